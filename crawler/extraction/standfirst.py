"""The standfirst: the lines between title and body that sum the article up, as a block of the page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extraction.blocks import Block
from crawler.extraction.boilerplate import is_boilerplate
from crawler.extraction.page import Candidate
from crawler.extraction.titles import fold

_LETTERS = re.compile(r"\w+")
_SHORTEST, _LONGEST = 25, 1_200
_OPENING = 60  # characters by which a description is known again
_DATELINE = 30  # characters that a place may take in front of it
_CLASS = re.compile(
    r"(?:^|[\s_-])(?:stand-?first|chap[eo]au?|chapo|dek|lead|lede|sub-?title|sub-?head(?:line)?|summary|intro(?:duction)?|"
    r"excerpt|teaser|vorspann|anrei[sß]+er|entradilla|bajada|sottotitolo|ingress|manchet|lid|perex|description|abstract)"
    r"(?:$|[\s_-])|(?:stand-?first|subtitle|chapo|ingress|entradilla)",
    re.IGNORECASE,
)


def choose_standfirst(
    body: Sequence[Block], visible: Sequence[Block], titles: Sequence[str], descriptions: Sequence[Candidate]
) -> Block | None:
    """The block that the page's own description or its class name calls a standfirst; None where there is none.

    It may be one of the first two blocks of the body; otherwise it stands before the body and is not repeated in it.
    """
    second = {fold(c.value) for c in descriptions if c.where == "json-ld:alternativeHeadline"}
    known = {fold(title) for title in titles} - second | set(map(fold, titles[:1]))
    described = {_letters(c.value) for c in descriptions if len(c.value) >= _SHORTEST and fold(c.value) not in known}
    for block in body[:2]:
        if _fits(block) and (_letters(block.text) in described or _named(block)):
            return block
    start = body[0].order if body else len(visible)
    repeated = _letters(" ".join(block.text for block in body))
    before = [
        block
        for block in visible[:start]
        if _fits(block)
        and fold(block.text) not in known
        and _letters(block.text)[:80] not in repeated
        and not _caption(block)
    ]
    headings = (block.order for block in visible[:start] if block.element.tag == "h1" or fold(block.text) in known)
    heading = max(headings, default=len(visible))
    openings = tuple(description[:_OPENING] for description in described)
    for block in before:
        letters = _letters(block.text)
        opened = any(opening in letters[: _OPENING + _DATELINE] for opening in openings)
        if opened and (block.order > heading or fold(block.text) not in second):
            return block
    return next((block for block in before if block.order > heading and _named(block)), None)


def _caption(block: Block) -> bool:
    return is_boilerplate(block.text) or any(True for _ in block.element.iterancestors("figure"))


def _fits(block: Block) -> bool:
    return _SHORTEST <= len(block.text) <= _LONGEST


def _named(block: Block) -> bool:
    parent = block.element.getparent()
    names = [block.element.get("class") or ""]
    if parent is not None and len(parent) <= 2:
        names.append(parent.get("class") or "")
    return any(_CLASS.search(name) for name in names)


def _letters(line: str) -> str:
    return " ".join(_LETTERS.findall(line.casefold()))
