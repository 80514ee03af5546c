"""Bylines -> the names of people and, apart from them, of organisations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from lxml.etree import XPath

from crawler.extraction.blocks import Block
from crawler.extraction.json_ld import text, types
from crawler.extraction.page import Candidate, Page, squeeze
from crawler.extraction.titles import fold, site_names
from crawler.extraction.vocabulary import pattern

_METAS = (
    "author",
    "article:author",
    "og:article:author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "byl",
    "cxenseparse:author",
)
_ORGANISATION_TYPES = frozenset({"Organization", "NewsMediaOrganization", "Corporation", "NGO"})
_JOINT = re.compile(
    r"\s*[,;/|•·、，・&+]\s*|\s+[-–—]\s+|\s+(?:and|und|et|y|e|i|og|och|en|и|та|και|és|ja|și|con|avec|mit|with|و)\s+",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\S*https?://\S*|\S*www\.\S*|\S+@\S+|(?<!\w)@\w+")
_RUN_TOGETHER = re.compile(r"(?<=[a-zß-ÿ]{3})(?<!Mac)(?<!Fitz)(?=[A-Z][a-zß-ÿ]+ [A-Z])")
_SURNAME_FIRST = re.compile(r"([A-ZÀ-Þ][\w'’-]+), ([A-ZÀ-Þ][\w'’-]+)")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1100-\u11ff\u3040-\u9fff\uac00-\ud7af]")
_LONGEST_ACRONYM = 5
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
# Words that only markup kept apart run together: three small letters, then a capital one, unlike "MacDonald".
_SEGMENT = re.compile(r"\s*[|•·–—]\s*|\s{2,}|(?<=[a-zß-ÿ]{3})(?=[A-Z][a-z])")
_NAME_ALONE = re.compile(r"^[^\W\d_][^\d,;:!?/|]+$")
_FROM_DIGIT = re.compile(r"\W*\d.*$")
_UNCASED = re.compile("[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0fff\u1100-\u11ff\u3040-\u9fff\uac00-\ud7af]")
_SIGNED = re.compile(
    r"(?:^|[\s_-])(?:by-?lines?|authors?|autor(?:en|es|in)?|auteurs?|signature|writer|reporter)", re.IGNORECASE
)
_ATTRIBUTED = XPath(
    "descendant-or-self::*[@rel or @itemprop][self::a or self::span or self::address or self::div or self::p]"
)
_IN_BRACKETS = re.compile(r"[（(]([^（）()]{3,60})[）)]")
_LONGEST_BYLINE = 150
_LONGEST_ROLE = 60
_INLINE = frozenset({"span", "a", "strong", "em", "cite", "b"})
_MOST_WITHIN = 30  # elements; what holds more is no line but a part of the page
_NEAR_TITLE = 25  # blocks from the title on in which a byline is looked for


def author_candidates(page: Page, near: Sequence[Block]) -> tuple[Candidate, ...]:
    """Where the page, or the blocks near its title, name who wrote the article.

    What JSON-LD types as an organisation is marked so in `where`.
    """
    found: list[Candidate] = []
    for node in page.articles[:1]:
        for key in ("author", "creator"):
            for words, of_types in _named(node.get(key)):
                kind = "organisation" if of_types & _ORGANISATION_TYPES else "author"
                found.append(Candidate(squeeze(words), f"json-ld:{kind}"))
    found.extend(page.meta(*_METAS))
    found.extend(
        Candidate(squeeze(element.text_content()), "author")
        for element in _ATTRIBUTED(page.tree)
        if element.get("rel") == "author" or "author" in (element.get("itemprop") or "").lower().split()
    )
    found.extend(_bylines(near))
    return tuple(dict.fromkeys(c for c in found if c.value and len(c.value) <= 2 * _LONGEST_BYLINE))


def _named(value: object) -> Iterable[tuple[str, frozenset[str]]]:
    """Every name in an author of JSON-LD, with the types it has there."""
    if isinstance(value, list):
        for item in value:
            yield from _named(item)
    elif isinstance(value, dict):
        inner = value.get("@list", value.get("name"))
        if isinstance(inner, list | dict):
            yield from ((words, types(value)) for words, _ in _named(inner))
        elif inner or not (parts := [text(value.get(key)) for key in ("givenName", "familyName")]):
            yield text(value), types(value)
        else:
            yield " ".join(parts).strip() or text(value), types(value)
    else:
        yield text(value), frozenset()


def choose_authors(candidates: Sequence[Candidate], page: Page) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(people, organisations), each of the first place that names any."""
    names = site_names(page)
    organisations: dict[str, str] = {}
    for place in dict.fromkeys(_place(candidate) for candidate in candidates):
        people: dict[str, str] = {}
        groups: dict[str, str] = {}
        for candidate in candidates:
            if _place(candidate) == place:
                stated_group = candidate.where == "json-ld:organisation"
                for name in split_byline(candidate.value):
                    bucket = groups if stated_group or _is_organisation(name, names) else people
                    bucket.setdefault(fold(name), name)
        organisations = organisations or groups
        if people and not (groups and all(len(name.split()) == 1 and name.isascii() for name in people.values())):
            return tuple(people.values()), tuple(organisations.values())
    return (), tuple(organisations.values())


def split_byline(byline: str) -> tuple[str, ...]:
    """The single names in a byline, without "by", addresses, roles, places after a name and what is no name at all."""
    byline = squeeze(_ADDRESS.sub(" ", byline))
    agencies = [inner for inner in _IN_BRACKETS.findall(byline) if _is_body(inner)]
    byline = squeeze(_RUN_TOGETHER.sub(", ", _BRACKETS.sub(" ", byline)))
    byline = byline[_by_end(byline) :]
    if (reversed_name := _SURNAME_FIRST.fullmatch(byline)) and not _is_body(byline):
        return (f"{reversed_name[2]} {reversed_name[1]}",)
    parts = [_name(part) for part in (*_JOINT.split(byline), *agencies)]
    full = any(len(part.split()) > 1 for part in parts)
    return tuple(part for index, part in enumerate(parts) if part and not (full and index and _is_place(part)))


def _is_place(part: str) -> bool:
    """Whether a part of a byline is where its author wrote, as a single word behind a name is."""
    return len(part.split()) == 1 and not (part.isupper() or _UNSPACED.match(part) or _is_body(part))


def _is_body(words: str) -> bool:
    return bool(pattern("byline", "organisations").search(words))


def _bylines(near: Sequence[Block]) -> Iterable[Candidate]:
    short = [block for block in near if len(block.text) <= _LONGEST_BYLINE and not _beside(block)]
    yield from _opened([line for block in short for line in _classed(block)], "by")
    yield from _opened([block.text for block in short], "by")
    for block in short:
        if _names_role(block.text) and _all_names(block.text):
            yield Candidate(block.text, "role")
    for block in short:
        for line in _classed(block):
            line = line[_by_end(line) :]
            if _all_names(rest := _FROM_DIGIT.sub("", line)):
                yield Candidate(rest, "byline")
    for block in short:
        names = block.text.split("/")
        if len(names) > 1 and all(
            1 < len(name.split()) < 4 and _NAME_ALONE.match(name.strip()) and _capitalised(name) for name in names
        ):
            yield Candidate(block.text, "names")


def signatures(edges: Sequence[str], behind: Sequence[Block]) -> tuple[Candidate, ...]:
    """Bylines in the first and last lines of a text and in the blocks `behind` it, for pages that name nobody else."""
    edges = (*edges, *(block.text for block in behind))
    short = [line for line in edges if len(line) <= _LONGEST_BYLINE]
    in_brackets = [found[1] for line in edges for found in _IN_BRACKETS.finditer(line)]
    classed = [line for block in behind if not _beside(block) for line in _classed(block)]
    signed = [Candidate(line, "signature") for line in classed if _all_names(line)]
    opened = (*_opened(in_brackets, "signature"), *_opened(short, "signature"))
    return (*opened, *signed, *_opened(short, "editor"))


def is_byline(line: str) -> bool:
    """Whether a line is a byline by the word it opens with, and nothing else."""
    return len(line) <= _LONGEST_BYLINE and any(True for _ in _opened([line], "by"))


def _opened(lines: Iterable[str], where: str) -> Iterable[Candidate]:
    """What stands behind the words that open a byline, or name an editor, where it is names."""
    key = "editor" if where == "editor" else "by"
    for line in lines:
        for segment in _SEGMENT.split(line):
            if (end := _by_end(segment, key)) and _all_names(rest := _FROM_DIGIT.sub("", segment[end:])):
                yield Candidate(rest, where)


def title_place(visible: Sequence[Block], titles: Sequence[str]) -> int | None:
    """Where among the blocks of a page its title stands; None where it stands nowhere."""
    known = tuple(folded for title in titles if len(folded := fold(title)) > 12)
    opening = ((block, fold(block.text[:600])) for block in visible)
    found = [block for block, folded in opening if any(title in folded for title in known)]
    return min(found, key=lambda block: (block.element.tag != "h1", block.order)).order if found else None


def near_title(visible: Sequence[Block], place: int | None) -> Sequence[Block]:
    """The blocks around the title, where byline and date line stand."""
    if place is None:
        place = next((block.order for block in visible if block.element.tag == "h1"), 0)
    return visible[max(place - 3, 0) : place + _NEAR_TITLE]


def _beside(block: Block) -> bool:
    """Whether a block stands below a picture or in a box, where those named did not write the article."""
    return any(True for _ in block.element.iterancestors("aside", "figure")) or block.element.tag in {
        "aside",
        "figcaption",
    }


def _classed(block: Block) -> Iterable[str]:
    """A block, or what stands in it, whose class name says that it is a byline."""
    parent = block.element.getparent()
    named = f"{block.element.get('class') or ''} {(parent.get('class') or '') if parent is not None else ''}"
    if _SIGNED.search(named):
        yield block.text
    within = list(islice(block.element.iter(), _MOST_WITHIN))
    for element in within if len(within) < _MOST_WITHIN else ():
        if (
            element.tag in _INLINE
            and _SIGNED.search(element.get("class") or "")
            and (words := squeeze(element.text_content()))
        ):
            yield words


def _names_role(line: str) -> bool:
    """Whether a short line begins or ends with what somebody is for the outlet; whose a picture is does not count."""
    line = squeeze(_ADDRESS.sub(" ", line))
    if len(line) > _LONGEST_ROLE or pattern("line", "credit").match(line):
        return False
    return any(0 in match.span() or match.end() == len(line) for match in pattern("byline", "roles").finditer(line))


def _by_end(segment: str, key: str = "by") -> int:
    match = pattern("byline", key).match(segment)
    return match.end() + len(re.match(r"[\s:：.]*", segment[match.end() :])[0]) if match else 0  # type: ignore[index]


def _all_names(line: str) -> bool:
    parts = split_byline(line)
    return bool(parts) and all(_capitalised(part) for part in parts)


def _capitalised(name: str) -> bool:
    words = name.split()
    upper = [word for word in words if word[:1].isupper() or _UNCASED.match(word)]
    if (
        not words
        or words[-1] not in upper
        or not (words[0] in upper or pattern("byline", "particles").fullmatch(words[0]))
    ):
        return False
    return 1 <= len(upper) <= 5 and len(words) - len(upper) <= 2 and (len(words) > 1 or bool(_UNCASED.match(name)))


def _name(part: str) -> str:
    part = squeeze(part).strip("-–—.,:;|/()[]（） ")
    if not 1 < len(part) <= 60 or len(part.split()) > 6 or not any(char.isalpha() for char in part):
        return ""
    if any(char.isdigit() for char in part) or pattern("byline", "nobody").fullmatch(part):
        return ""
    if pattern("line", "credit").match(part) and ":" in part:
        return ""
    without_role = squeeze(pattern("byline", "roles").sub(" ", part))
    name = pattern("byline", "places").split(f"{without_role} ")[0].strip("-–—.,:;|/ ")
    one_word = len(name.split()) == 1 and name.islower() and not _is_body(name) and "." not in name
    return name if len(name) > 1 and not one_word else ""


def _place(candidate: Candidate) -> str:
    return "json-ld" if candidate.where.startswith("json-ld") else candidate.where


def _is_organisation(name: str, names: frozenset[str]) -> bool:
    return (
        fold(name) in names
        or _is_body(name)
        or (name.isupper() and len(name) < _LONGEST_ACRONYM and name.isalpha() and not _UNCASED.match(name))
        or "." in name.strip(".").replace(". ", "")
    )
