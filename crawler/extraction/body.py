"""The body of an article as paragraphs: trafilatura's, freed of what it leaves wrong."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence

from lxml import etree
from trafilatura import bare_extraction

from crawler.extraction.json_ld import text
from crawler.extraction.page import Candidate, Page, squeeze
from crawler.extraction.titles import fold

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its warnings are this program's Problem entries

_WORDS = re.compile(r"\w+")
_MIN_STANDFIRST = 25
_MAX_STANDFIRST = 1_200


def body_paragraphs(page: Page) -> tuple[str, ...]:
    """The paragraphs of the article as they stand on the page."""
    document = bare_extraction(page.tree, url=page.url, include_comments=False)
    found = tuple(squeeze(line) for line in str(getattr(document, "text", "")).splitlines())
    inline = inline_body(page)
    if sum(map(len, inline)) > 2 * sum(map(len, found)):
        return inline
    return tuple(line for line in found if line)


def inline_body(page: Page) -> tuple[str, ...]:
    """The body that stands in the page's JSON-LD alone."""
    for node in page.articles[:1]:
        stated = text(node.get("articleBody"))
        if "<" in stated:
            stated = re.sub(r"</p>|<br\s*/?>", "\n", stated)
            stated = re.sub(r"<[^<>]*>", "", stated)
        return tuple(line for part in re.split(r"\n+", stated) if (line := squeeze(part)))
    return ()


def without_title(paragraphs: Sequence[str], titles: Sequence[str]) -> tuple[str, ...]:
    """Leave the title out where it is repeated among the first paragraphs."""
    known = {fold(title) for title in titles}
    return tuple(line for index, line in enumerate(paragraphs) if index > 3 or fold(line) not in known)


def choose_standfirst(
    page: Page, descriptions: Sequence[Candidate], paragraphs: Sequence[str], titles: Sequence[str]
) -> str:
    """The description that stands visibly on the page outside the body, as the page has it; empty where none does."""
    known = {fold(title) for title in titles}
    body = _key(" ".join(paragraphs))
    blocks = [
        squeeze(element.text_content())
        for element in page.tree.iter("p", "h2", "h3", "div", "span")
        if len(element) < 4
    ]
    visible = {_key(block): block for block in blocks if _MIN_STANDFIRST <= len(block) <= _MAX_STANDFIRST}
    for candidate in descriptions:
        key = _key(candidate.value)
        if len(candidate.value) < _MIN_STANDFIRST or fold(candidate.value) in known or key[:60] in body:
            continue
        shown = visible.get(key) or next((block for k, block in visible.items() if k.startswith(key[:60])), "")
        if shown and _key(shown)[:80] not in body:
            return shown
    return ""


def _key(line: str) -> str:
    return " ".join(_WORDS.findall(line.casefold()))


def plain_paragraphs(page: Page) -> tuple[str, ...]:
    """The cheaper body, where trafilatura fails: paragraphs of some length under the element that has most of them."""
    counts: dict[etree._Element, int] = {}
    for paragraph in page.tree.iter("p"):
        parent = paragraph.getparent()
        length = len(squeeze(paragraph.text_content()))
        if parent is not None and length > 40:
            counts[parent] = counts.get(parent, 0) + length
    if not counts:
        return ()
    best = max(counts, key=lambda parent: counts[parent])
    return tuple(line for child in best.iterchildren("p") if (line := squeeze(child.text_content())))
