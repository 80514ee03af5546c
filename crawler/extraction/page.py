"""A page, parsed once: its tree, its meta elements and its JSON-LD, which everything else reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from crawler.extraction.json_ld import Node, article_nodes, read_json_ld
from pipelines.errors import UnreadableFile

_MAX_CHARACTERS = 20_000_000
# Every tag but those that carry text blocks, links and metadata.
_CONTAINERS = re.compile(
    r"</?(?!(?:html|head|body|title|meta|link|script|style|noscript|template|p|h[1-6]|br|a|time)\b)[a-z][^<>]*>",
    re.IGNORECASE,
)
_HTML_TAG = re.compile(
    r"<(?:!doctype|html|head|body|title|meta|link|script|div|p|article|section|main|h[1-6]|span|a|table|br|ul)\b",
    re.IGNORECASE,
)
_PAST_ANY_TAG = 100_000
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# libxml2 compares every attribute of a tag with all before it: a tag of a million would take hours.
_LONGEST_TAG = 20_000
_LONG_TAG = re.compile(rf"<([a-z][^\s<>/]*+)([^<>]{{{_LONGEST_TAG},}}+)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""[^\s"'/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"']+))?""")
_MOST_ATTRIBUTES = 1_000
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that a field could take, and where on the page it stood, such as `json-ld:headline`."""

    value: str
    where: str


@dataclass(frozen=True, slots=True)
class Page:
    """One parsed page. `metas` has every meta element by its lower-case name, property or itemprop."""

    url: str
    tree: HtmlElement
    metas: Mapping[str, tuple[str, ...]]
    nodes: tuple[Node, ...]
    articles: tuple[Node, ...]
    flattened: bool = False
    scripts: tuple[str, ...] = field(default=(), repr=False)

    def meta(self, *names: str) -> tuple[Candidate, ...]:
        """The values of these meta elements, in the order of the names."""
        return tuple(Candidate(value, f"meta:{name}") for name in names for value in self.metas.get(name, ()) if value)

    def absolute(self, address: str) -> str:
        """An address on this page made absolute; empty where it is malformed."""
        try:
            return urljoin(self.url, address.strip())
        except ValueError:
            return ""


def squeeze(text: str | None) -> str:
    """One line of text: every run of white space is one space."""
    return " ".join((text or "").split())


def parse_page(text: str, url: str) -> Page:
    """Parse a decoded page.

    Raises UnreadableFile where there is no HTML element in it at all.
    """
    tree, flattened = _parse(text[:_MAX_CHARACTERS], url)
    url = url if _is_address(url) else ""
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = squeeze(element.get("content"))
        if content:
            for key in ("property", "name", "itemprop"):
                if name := element.get(key):
                    metas.setdefault(name.strip().lower(), []).append(content)
    scripts = [script.text or "" for script in tree.iter("script") if "ld+json" in (script.get("type") or "").lower()]
    nodes = read_json_ld(scripts)
    canonical = next((link.get("href", "") for link in tree.iter("link") if link.get("rel") == "canonical"), "")
    frozen = {name: tuple(values) for name, values in metas.items()}
    titles = frozen.get("og:title", ())
    return Page(url, tree, frozen, nodes, article_nodes(nodes, (url, canonical), titles), flattened)


def _is_address(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def _parse(text: str, url: str) -> tuple[HtmlElement, bool]:
    head = text[:_PAST_ANY_TAG]
    if not _HTML_TAG.search(head) or len(_CONTROL.findall(head)) * 20 > len(head):
        raise UnreadableFile(
            f"{url or 'The page'} holds no HTML: nothing was extracted; fetch it again or check the address."
        )
    text = _DECLARATION.sub("", _FORBIDDEN.sub("", text), count=1)
    if any(len(tag) > _LONGEST_TAG and ">" not in tag[:_LONGEST_TAG] for tag in text.split("<")):
        text = _LONG_TAG.sub(_bare, text)
    tree, too_deep = _tree(text, url)
    if too_deep:
        # libxml2 stops at 255 levels and drops what follows: without its containers the text survives.
        return _tree(_CONTAINERS.sub(" ", text), url)[0], True
    return tree, False


def _bare(tag: re.Match[str]) -> str:
    """A tag without its attributes, where they are more than any page has."""
    attributes = sum(1 for _ in _ATTRIBUTE.finditer(tag[2]))
    return f"<{tag[1]}>" if attributes > _MOST_ATTRIBUTES else tag[0]


def _tree(text: str, url: str) -> tuple[HtmlElement, bool]:
    parser = HTMLParser(remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        tree = document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(
            f"{url or 'The page'} could not be parsed as HTML ({error}); fetch it again or check the address."
        ) from error
    too_deep = any("depth" in entry.message.lower() for entry in parser.error_log)
    return tree, too_deep
