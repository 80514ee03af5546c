"""What kind of article a page holds, since the kind decides what is flagged; and the agency its text comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote, urlsplit

from crawler.extraction.blocks import Block
from crawler.extraction.json_ld import text, types
from crawler.extraction.page import Candidate, Page
from crawler.extraction.vocabulary import keys, pattern
from pipelines.items import Kind

_BY_TYPE: dict[str, Kind] = {
    "LiveBlogPosting": "live",
    "OpinionNewsArticle": "opinion",
    "ReviewNewsArticle": "review",
    "Review": "review",
    "CriticReview": "review",
    "Interview": "interview",
    "AdvertiserContentArticle": "press release",
}
_KINDS: tuple[Kind, ...] = (
    "weather",
    "horoscope",
    "programme listing",
    "obituary",
    "petition",
    "press release",
    "opinion",
    "interview",
    "review",
    "sport",
    "live",
)
_LABEL_LENGTH = 40
# Elsewhere in the page's furniture these words name buttons and menus, so that beside a title only these kinds count.
_LABELLED = frozenset({"opinion", "interview", "obituary", "review"})
_TOLD = {"label": _LABELLED, "slug": frozenset({"interview", "obituary", "horoscope"})}
"""The kinds that a word in these places can tell; in the others it tells any."""

_BUTTONS = frozenset(
    {"comment", "comments", "blog", "blogs", "letters", "ideas", "voices", "reviews", "opinion", "commenti"}
)
_DATELINE_OF_CHINA = re.compile(r"^(\w{2,6}社)\w{0,8}\d{1,2}月\d{1,2}日电")
_BOXED = re.compile(r"[【［]([^】］]{2,40})[】］]")
_IN_BRACKETS = re.compile(r"\(([^()]{2,30})\)")
_AT_END = re.compile(r"\(([^()]{2,30})\)\W*$")
_DATELINE = re.compile(r"^[^.!?]{2,60}?\s[-–—]{1,2}\s(?:[^.!?]{2,20}\.)?|^(?:[\w ]{2,30}\. ){1,3}[\w.]{2,20} [-–—] ")
_SENTENCE_ALONE = re.compile(r"(?<=\. )\w[\w -]{1,20}(?=\.)")
_SIGNATURE_LENGTH = 60
_PARTS = re.compile(
    r"[,;:/|()\[\]=©.+]|\d+|\s[-–—]{1,2}(?:\s|$)"
    r"|(?:^|(?<=\s))(?:avec|mit(?: material)?|von|with|und|and|et|y|e|con|de|by|par|por)\s",
    re.IGNORECASE,
)
_CLOCK_ENTRY = re.compile(r"^\W{0,3}\d{1,2}[:.h]\d\d(?:\s?(?:uhr|h|[ap]m))?(?:\W|$)", re.IGNORECASE)
_QUESTION = re.compile(r"[?؟？]\W{0,3}$")


def kind_candidates(page: Page, section: str, title: str, labels: Sequence[Block]) -> tuple[Candidate, ...]:
    """The words that may name the kind: section, breadcrumbs, genre, parts of the address, and
    the `labels` beside the title.
    """
    found = [Candidate(part, "section") for part in re.split(r"[/,>|]", section)]
    *parts, slug = unquote(urlsplit(page.url).path).rstrip("/").split("/")
    found += [Candidate(part, "address") for part in parts[1:]]
    # A slug ends or begins with what the page is, and has what it is about between.
    words = re.sub(r"\.\w+$", "", slug).split("-")
    found += [Candidate(word, "slug") for word in dict.fromkeys((words[0], words[-1])) if len(words) > 2]
    for node in page.nodes:
        if "BreadcrumbList" in types(node):
            items = node.get("itemListElement")
            found += [
                Candidate(text(item.get("name") or item.get("item")), "breadcrumb")
                for item in (items if isinstance(items, list) else [])[:-1]
                if isinstance(item, dict)
            ]
    found += [Candidate(text(node.get("genre")), "json-ld:genre") for node in page.articles[:1]]
    found += [Candidate(block.text, "label") for block in labels if len(block.text) <= _LABEL_LENGTH]
    if lead := re.match(r"^([^:|–]{3,30})\s?[:|–]", title):
        found.append(Candidate(lead[1], "title"))
    return tuple(candidate for candidate in found if candidate.value.strip())


def choose_kind(
    page: Page,
    candidates: Sequence[Candidate],
    title: str,
    paragraphs: Sequence[str],
    authors: Sequence[str],
    *,
    agency: bool,
) -> Kind:
    """The JSON-LD type if it says; else the first kind, most special first, that a word names or the text shows."""
    for node in page.articles[:1]:
        for name in sorted(types(node)):
            if name in _BY_TYPE:
                return _BY_TYPE[name]
    words = [(_word(candidate.value), candidate.where) for candidate in candidates]
    for kind in _KINDS:
        named = pattern("kind", kind)
        for word, where in words:
            told = _TOLD.get(where)
            if named.fullmatch(word) and (told is None or (kind in told and word not in _BUTTONS)):
                return kind
        if _shown(kind, title, paragraphs) or (kind == "opinion" and _outsiders(authors, paragraphs)):
            return kind
    return "agency" if agency else "news"


def agency_of(authors: Iterable[str], edges: Iterable[str]) -> str:
    """The news agency that a byline names alone, or that stands in a date line or signature; empty where none does.

    `edges` are the first and last lines of the text, those told to be boilerplate included.
    """
    for author in authors:
        for agency in keys("agency"):
            if pattern("agency", agency).fullmatch(author.strip()):
                return agency
    for line in edges:
        for mark in _marks(line):
            for agency in keys("agency"):
                if pattern("agency", agency).fullmatch(mark):
                    return agency
    return ""


def _outsiders(authors: Sequence[str], paragraphs: Sequence[str]) -> bool:
    """Whether the last lines introduce an author by another office than a journalist's."""
    return any(
        pattern("line", "office").search(line[:200])
        for line in paragraphs[-4:]
        for author in authors
        if line.startswith(author)
    )


def _word(value: str) -> str:
    return value.strip().lower().replace(" ", "-").replace("_", "-")


def _marks(line: str) -> Iterable[str]:
    """The parts of a line in which an agency names itself, if one does: of its date line, its brackets, a signature."""
    if pattern("line", "credit").match(line):  # who took the picture did not write the text
        return
    if dateline := _DATELINE_OF_CHINA.match(line):
        yield dateline[1]
    if boxed := _BOXED.match(line):
        yield from boxed[1].split()
    stretches = [*_IN_BRACKETS.findall(line[:120]), *_AT_END.findall(line)]
    stretches += [dateline.group() for dateline in [_DATELINE.match(line)] if dateline]
    if len(line) < _SIGNATURE_LENGTH:
        stretches.append(line)
    else:
        stretches += _SENTENCE_ALONE.findall(line[:80])
    for stretch in stretches:
        yield from (part.strip() for part in _PARTS.split(stretch))


def _shown(kind: Kind, title: str, paragraphs: Sequence[str]) -> bool:
    if kind == "live":
        return sum(bool(_CLOCK_ENTRY.match(line)) for line in paragraphs) >= 5 or bool(
            pattern("title", "live").search(title)
        )
    if kind == "interview":
        asked = sum(bool(_QUESTION.search(line)) and len(line) < 400 for line in paragraphs)
        return asked >= 5 and asked * 4 >= len(paragraphs)
    if kind in keys("title") and pattern("title", kind).search(title):
        return True
    return kind == "opinion" and any(
        pattern("line", "opinion").search(line) for line in (*paragraphs[:3], *paragraphs[-4:])
    )
