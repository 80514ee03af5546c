"""The body of an article as blocks of the page: those trafilatura finds, freed of what it leaves wrong.

Its lines are led back to the blocks they stand in, so that a paragraph torn at a link is whole again, what stands in a
caption, fact box or newsletter box can be told, paragraphs it passed over within the same container are added, and
links keep their place. The block of the standfirst comes first.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from crawler.extraction.blocks import Block
from crawler.extraction.boilerplate import is_boilerplate, zone_of
from crawler.extraction.json_ld import text
from crawler.extraction.page import Candidate, Page, squeeze
from crawler.extraction.titles import fold

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its warnings are this program's Problem entries

_INVISIBLE = re.compile("[\\s\u00ad\u200b\u2060\ufeff]+")
_LETTERS = re.compile(r"\w+")
_CELL_IS_PROSE = 100
_TORN = 20
_HEADINGS = frozenset({"h2", "h3", "h4", "h5"})
_FLOW = _HEADINGS | {"p", "blockquote"}
_STANDFIRST_LENGTH = (25, 1_200)
_STANDFIRST_CLASS = re.compile(
    r"(?:^|[\s_-])(?:stand-?first|chap[eo]au?|chapo|dek|lead|lede|sub-?title|sub-?head(?:line)?|summary|intro(?:duction)?|"
    r"excerpt|teaser|vorspann|anrei[sß]+er|entradilla|bajada|sottotitolo|ingress|manchet|lid|perex|description|abstract)"
    r"(?:$|[\s_-])|(?:stand-?first|subtitle|chapo|ingress|entradilla)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Body:
    """The paragraphs of an article with its standfirst.

    A link is (index of its paragraph, start in it, words, address); `edges` are the first and last lines of the text,
    those left out as boilerplate included.
    """

    paragraphs: tuple[str, ...]
    standfirst: str = ""
    links: tuple[tuple[int, int, str, str], ...] = ()
    edges: tuple[str, ...] = ()


def read_body(
    page: Page,
    visible: Sequence[Block],
    titles: Sequence[str],
    authors: Sequence[str],
    descriptions: Sequence[Candidate],
) -> Body:
    """The body of the article on a page, of whose `visible` blocks it consists; no paragraphs where there is none."""
    document = bare_extraction(page.tree, url=page.url, include_comments=False, favor_precision=True)
    chosen = _led_back(str(getattr(document, "text", "")).splitlines(), visible)
    chosen = _own_article(chosen, titles)
    zones = _Zones(chosen)
    chosen = _filled([block for block in chosen if not zones.holds(block)], visible, zones)
    chosen = _own_article(chosen, titles)
    kept = _without_boilerplate(chosen, titles, authors)
    inline = inline_body(page)
    if sum(map(len, inline)) > 2 * sum(len(block.text) for block in kept):
        return Body(inline)
    standfirst = _standfirst(kept, visible, titles, descriptions)
    if standfirst:
        kept = [standfirst, *(block for block in kept if block is not standfirst)]
    return Body(
        tuple(block.text for block in kept),
        standfirst.text if standfirst else "",
        tuple(_links(kept, page)),
        tuple(block.text for block in (*chosen[:4], *chosen[-4:])),
    )


def inline_body(page: Page) -> tuple[str, ...]:
    """The body that stands in the page's JSON-LD alone."""
    for node in page.articles[:1]:
        stated = text(node.get("articleBody"))
        if "<" in stated:
            stated = re.sub(r"</p>|<br\s*/?>", "\n", stated)
            stated = re.sub(r"<[^<>]*>", "", stated)
        return tuple(line for part in re.split(r"\n+", stated) if (line := squeeze(part)))
    return ()


def plain_blocks(visible: Sequence[Block]) -> list[Block]:
    """The cheaper body, where trafilatura fails: the paragraphs under the element that holds most of their text."""
    weights: Counter[HtmlElement] = Counter()
    for block in visible:
        parent = block.element.getparent()
        if block.element.tag == "p" and parent is not None and len(block.text) > 40:
            weights[parent] += len(block.text)
    if not weights:
        return []
    best = weights.most_common(1)[0][0]
    return [block for block in visible if block.element.tag == "p" and block.element.getparent() is best]


def _led_back(lines: Iterable[str], visible: Sequence[Block]) -> list[Block]:
    by_key: dict[str, list[int]] = {}
    keys = [_key(block.text) for block in visible]
    for index, key in enumerate(keys):
        by_key.setdefault(key, []).append(index)
    chosen: dict[int, Block] = {}
    last = -1
    for line in _cells(lines):
        places = by_key.get(_key(line)) or by_key.get(_key(line.removeprefix("- ")))
        if places:
            place = next((place for place in places if place > last), places[-1])
        else:
            key = _key(line.removeprefix("- "))
            within = range(max(last, 0), len(keys)) if len(key) >= _TORN else ()
            place = next((index for index in within if key in keys[index]), -1)
        if place >= 0:
            chosen[place] = visible[place]
            last = place
    return [chosen[index] for index in sorted(chosen)]


def _cells(lines: Iterable[str]) -> Iterable[str]:
    for line in lines:
        if line.startswith("|"):
            yield from (cell for cell in line.split("|") if len(cell) > _CELL_IS_PROSE)
        elif line.strip():
            yield line


def _key(line: str) -> str:
    return _INVISIBLE.sub("", line)


def _own_article(chosen: Sequence[Block], titles: Sequence[str]) -> list[Block]:
    """Without further articles that the page goes on with: those in an article element that has another title."""
    known = {fold(title) for title in titles}
    others: dict[HtmlElement, bool] = {}
    kept: list[Block] = []
    for block in chosen:
        article = next(reversed(list(block.element.iterancestors("article"))), None)
        if article is not None and article not in others:
            headings = {fold(squeeze(heading.text_content())) for heading in article.iter("h1")}
            others[article] = bool(headings) and not any(
                title in heading for heading in headings for title in known if title
            )
        if article is None or not others[article]:
            kept.append(block)
    return kept or list(chosen)


class _Zones:
    """Which parts of a page are captions, boxes and the like by their markup, unless they hold the body itself."""

    def __init__(self, chosen: Sequence[Block]) -> None:
        self._known: dict[HtmlElement, HtmlElement | None] = {}
        held: Counter[HtmlElement] = Counter()
        for block in chosen:
            zone = self._zone(block.element)
            if zone is not None:
                held[zone] += len(block.text)
        total = sum(len(block.text) for block in chosen)
        body_zones = {zone for zone, size in held.items() if size * 3 > total}
        excessive = sum(size for zone, size in held.items() if zone not in body_zones) * 2 > total
        self._ignored = set(held) if excessive else body_zones

    def holds(self, block: Block) -> bool:
        """Whether a block stands in such a part."""
        zone = self._zone(block.element)
        return zone is not None and zone not in self._ignored

    def _zone(self, element: HtmlElement) -> HtmlElement | None:
        path: list[HtmlElement] = []
        found: HtmlElement | None = None
        current: HtmlElement | None = element
        while current is not None and current not in self._known:
            path.append(current)
            current = current.getparent()
        if current is not None:
            found = self._known[current]
        for step in reversed(path):
            if found is None and zone_of(step):
                found = step
            self._known[step] = found
        return found


def _filled(chosen: Sequence[Block], visible: Sequence[Block], zones: _Zones) -> list[Block]:
    """With the blocks that stand beside those chosen, look the same, and were passed over; without a foreign tail."""
    if len(chosen) < 2:
        return list(chosen)
    container = _container(chosen)
    looks = Counter(_look(block.element) for block in chosen)
    taken = {block.order for block in chosen}
    first, last = chosen[0].order, chosen[-1].order
    shares: Counter[tuple[str, str]] = Counter()
    for block in chosen:
        if (parent := _parent(block)) is not None:
            shares[_look(parent)] += len(block.text)
    total = sum(shares.values())
    parents = {look for look, size in shares.items() if size * 5 >= total}
    inside = {block.order for block in chosen if container in block.element.iterancestors()}

    def belongs(block: Block) -> bool:
        parent = _parent(block)
        if block.element.tag in _FLOW:
            same = parent is not None and _look(parent) in parents
            return same and (container in block.element.iterancestors() or bool(_look(parent)[1]))
        return block.order < last and looks[_look(block.element)] >= 2 and container in block.element.iterancestors()

    added = [
        block
        for block in visible[first:]
        if block.order not in taken and belongs(block) and not zones.holds(block) and not _mostly_link(block)
    ]
    end = max([*inside, *(block.order for block in added)], default=last)
    kept = [block for block in chosen if block.order <= end or belongs(block)]
    return sorted([*kept, *added], key=lambda block: block.order)


def _parent(block: Block) -> HtmlElement | None:
    return block.element.getparent()


def _container(chosen: Sequence[Block]) -> HtmlElement:
    weights: Counter[HtmlElement] = Counter()
    for block in chosen:
        for ancestor in block.element.iterancestors():
            weights[ancestor] += len(block.text)
    total = sum(len(block.text) for block in chosen)
    fitting = [element for element, weight in weights.items() if weight * 4 >= total * 3]
    return max(fitting, key=lambda element: sum(1 for _ in element.iterancestors()))


def _look(element: HtmlElement) -> tuple[str, str]:
    return element.tag, element.get("class") or ""


def _mostly_link(block: Block) -> bool:
    linked = sum(len(squeeze(link.text_content())) for link in block.element.iter("a"))
    return linked * 10 > len(squeeze(block.element.text_content())) * 6


def _without_boilerplate(chosen: Sequence[Block], titles: Sequence[str], authors: Sequence[str]) -> list[Block]:
    known = {folded for title in titles if (folded := fold(title))}
    kept: list[Block] = []
    seen: set[str] = set()
    for index, block in enumerate(chosen):
        folded = fold(block.text)
        if index < 4 and any(folded.endswith(title) and len(folded) < 2.5 * len(title) for title in known):
            continue
        near_edge = index < 4 or index >= len(chosen) - 4
        if is_boilerplate(block.text, authors if near_edge else ()):
            continue
        if block.element.tag in {"li", "p", "div", "span"} and len(block.text) < 200 and _listed_link(block):
            continue
        if len(folded) > 60 and folded in seen:
            continue
        seen.add(folded)
        kept.append(block)
    while kept and kept[-1].element.tag in _HEADINGS:
        kept.pop()
    return kept


def _listed_link(block: Block) -> bool:
    """A line that is a link to another article: most of it linked, and no sentence of its own."""
    return _mostly_link(block) and not block.text.endswith((".", "。", "!", "?", "»", "”", "…"))


def _standfirst(
    kept: Sequence[Block], visible: Sequence[Block], titles: Sequence[str], descriptions: Sequence[Candidate]
) -> Block | None:
    known = {fold(title) for title in titles}
    described = {_letters(c.value) for c in descriptions if len(c.value) >= _STANDFIRST_LENGTH[0]}
    body = _letters(" ".join(block.text for block in kept))
    start = kept[0].order if kept else len(visible)
    for block in kept[:2]:
        if _fits(block) and (_letters(block.text) in described or _looks_standfirst(block)):
            return block
    before = [block for block in visible[:start] if _fits(block) and fold(block.text) not in known]
    for block in before:
        letters = _letters(block.text)
        if any(letters.startswith(d[:60]) for d in described) and letters[:80] not in body:
            return block
    heading = max((block.order for block in visible[:start] if fold(block.text) in known), default=len(visible))
    for block in before:
        if block.order > heading and _looks_standfirst(block) and _letters(block.text)[:80] not in body:
            return block
    return None


def _fits(block: Block) -> bool:
    return _STANDFIRST_LENGTH[0] <= len(block.text) <= _STANDFIRST_LENGTH[1]


def _looks_standfirst(block: Block) -> bool:
    parent = block.element.getparent()
    names = [
        block.element.get("class") or "",
        (parent.get("class") or "") if parent is not None and len(parent) <= 2 else "",
    ]
    return any(_STANDFIRST_CLASS.search(name) for name in names)


def _letters(line: str) -> str:
    return " ".join(_LETTERS.findall(line.casefold()))


def _links(kept: Sequence[Block], page: Page) -> Iterable[tuple[int, int, str, str]]:
    cursor: dict[HtmlElement, int] = {}
    for index, block in enumerate(kept):
        at = 0
        anchors = [link for link in block.element.iter("a") if link.get("href")]
        for link in anchors[cursor.get(block.element, 0) :]:
            words = squeeze(link.text_content())
            found = block.text.find(words, at) if words else -1
            if found < 0:
                continue
            address = page.absolute(link.get("href") or "")
            cursor[block.element] = anchors.index(link) + 1
            at = found + len(words)
            if address.startswith(("http://", "https://")):
                yield index, found, words, address
