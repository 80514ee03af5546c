"""Articles that are split over several pages: the address of the next one, and their texts put together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.extraction.page import Page
from pipelines.items import Article, Link, Span

# How addresses number pages: /2, /page/2, /seite-2, -2.html, ,2.html, _2.html at the end of the path.
_IN_PATH = re.compile(
    r"(?:/(?:(?:page|seite|pagina|p)[-/]?)?|[-_,](?:(?:page|seite|pagina|p)-?)?)([2-9]|[1-4]\d)(?=\.\w{3,5}$|/?$)",
    re.IGNORECASE,
)
_KEYS = frozenset({"page", "p", "pg", "pagina", "seite", "paged"})
_OTHER_LISTS = re.compile("comment|kommentar|reply|forum", re.IGNORECASE)
_ENDING = re.compile(r"\.\w{3,5}$|/$")
_SHORTEST_SLUG = 12


def next_page(page: Page) -> str:
    """The address of the next page of the same article; empty where there is none.

    A link counts where its address is that of the article with the next page number in it: lists of articles and of
    comments have a next page too.
    """
    article, number = _numbered(page.url)
    if len(article.rsplit("/", 1)[-1]) < _SHORTEST_SLUG:  # a section, most likely
        return ""
    for address in _linked(page, re.compile(rf"(?<!\d)0*{number + 1}(?!\d)")):
        other, at = _numbered(address)
        if at == number + 1 and other == article and not _OTHER_LISTS.search(address):
            return address
    return ""


def joined(first: Article, further: Article) -> Article:
    """An article with the text of its next page behind its own, lines that both have only once."""
    known = {line for line in first.text.split("\n") if line}
    text, links = first.text, list(first.links)
    start = 0
    for line in further.text.split("\n"):
        if line and line not in known:
            moved = len(text) + 1 - start
            links += [
                Link(link.url, Span(link.span.start + moved, link.span.end + moved, link.span.text))
                for link in further.links
                if start <= link.span.start and link.span.end <= start + len(line)
            ]
            text += f"\n{line}"
        start += len(line) + 1
    return replace(first, text=text, links=tuple(links), next_page=further.next_page)


def _linked(page: Page, numbered: re.Pattern[str]) -> Iterable[str]:
    """The addresses of links in which a number stands: to look at all of them closely takes as long as parsing."""
    for element in page.tree.iter("link", "a"):
        if element.tag == "a" or "next" in (element.get("rel") or "").lower().split():
            href = element.get("href") or ""
            if numbered.search(href) and not href.startswith("#"):
                yield page.absolute(href)


def _numbered(address: str) -> tuple[str, int]:
    """Host and path of an address without its page number, and the number; 1 where there is none."""
    try:
        parts = urlsplit(address)
        numbers = [int(value) for key, value in parse_qsl(parts.query) if key.lower() in _KEYS and value.isdecimal()]
    except ValueError:
        return address, 1
    path = unquote(parts.path)
    found = _IN_PATH.search(path)
    if numbers:
        number = numbers[0]
    elif found:
        number, path = int(found[1]), path[: found.start()] + path[found.end() :]
    else:
        number = 1
    return f"{parts.netloc.removeprefix('www.')}{_ENDING.sub('', path)}", number
