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
from copy import copy
from dataclasses import dataclass

from lxml.etree import LxmlError, strip_elements
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from crawler.extraction.blocks import UNSEEN, Block
from crawler.extraction.boilerplate import is_boilerplate, is_edge
from crawler.extraction.inline import inline_body, state_body
from crawler.extraction.page import Candidate, Page, squeeze
from crawler.extraction.standfirst import choose_standfirst
from crawler.extraction.titles import fold
from crawler.extraction.zones import Zones

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its warnings are this program's Problem entries

_INVISIBLE = re.compile("[\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")
_CELL_IS_PROSE = 100
_TORN = 20
_WINDOW = 300  # blocks from the last one found on in which a torn line is looked for
_HEADINGS = frozenset({"h2", "h3", "h4", "h5"})
_FLOW = _HEADINGS | {"p", "blockquote"}
# Without head and form, which a page may have around its text; with what holds no text.
_FURNITURE = UNSEEN - {"head", "title", "meta", "link", "form"} | {"picture", "source", "img", "input"}
_PARAGRAPH, _OTHER_PROSE = frozenset({"p"}), frozenset({"div", "td", "section", "article"})
_SMALL = 250  # characters of body under which other places are looked at
# Real pages stay far under both; beyond them trafilatura takes tens of seconds.
_MAX_ELEMENTS, _MAX_TEXT = 30_000, 1_500_000
# What trafilatura and the libraries under it were seen to raise on pages that are not theirs to mend.
_FAILURES = (ValueError, TypeError, AttributeError, KeyError, IndexError, AssertionError, RecursionError, LxmlError)


@dataclass(frozen=True, slots=True)
class Body:
    """The paragraphs of an article with its standfirst.

    A link is (index of its paragraph, start in it, words, address); `orders` are the places of the paragraphs among the
    blocks of the page, where they were taken from there; `edges` are the first and last lines of the text,
    those left out as boilerplate included; `problem` says why it was taken otherwise than usual.
    """

    paragraphs: tuple[str, ...]
    standfirst: str = ""
    links: tuple[tuple[int, int, str, str], ...] = ()
    edges: tuple[str, ...] = ()
    problem: str = ""
    orders: tuple[int, ...] = ()


def read_body(
    page: Page,
    visible: Sequence[Block],
    titles: Sequence[str],
    authors: Sequence[str],
    descriptions: Sequence[Candidate],
    *,
    plain: bool = False,
) -> Body:
    """The body of the article on a page, of whose `visible` blocks it consists; no paragraphs where there is none.

    `plain` leaves trafilatura out, for pages on which it runs past its time.
    """
    lines, problem = ([], "plain paragraphs were taken") if plain else _extracted(page, visible)
    chosen = _own_article(_led_back(lines, visible), titles)
    if _size(chosen) < _SMALL:
        chosen = max(chosen, _plain(visible), key=_size)
    zones = Zones(chosen)
    chosen = _filled([block for block in chosen if not zones.holds(block)], visible, zones)
    chosen = _own_article(chosen, titles)
    kept = _without_boilerplate(chosen, titles, authors)
    stated = inline_body(page) or (state_body(page) if _size(kept) < _SMALL else ())
    inline = sum(map(len, stated)) > 2 * _size(kept)
    if inline and _size(shown := _led_back(stated, visible)) * 5 > sum(map(len, stated)) * 4:
        chosen = [block for block in shown if not zones.holds(block)]
        kept = _without_boilerplate(chosen, titles, authors)
        inline = False
    standfirst = choose_standfirst(kept, visible, titles, descriptions)
    if inline:
        return _inline(stated, standfirst, problem)
    if standfirst:
        kept = [standfirst, *(block for block in kept if block is not standfirst)]
    return Body(
        tuple(block.text for block in kept),
        standfirst.text if standfirst else "",
        tuple(_links(kept, page)),
        tuple(block.text for block in (*chosen[:4], *chosen[-4:])),
        problem,
        tuple(block.order for block in kept),
    )


def _inline(stated: tuple[str, ...], standfirst: Block | None, problem: str) -> Body:
    """A body that the page does not show, below the standfirst that it does."""
    edges = (*stated[:4], *stated[-4:])
    opening = standfirst.text if standfirst else ""
    if not opening or opening == stated[0]:
        return Body(stated, opening, edges=edges, problem=problem)
    repeated = _key(opening) in _key("".join(stated))
    return Body(stated if repeated else (opening, *stated), "" if repeated else opening, edges=edges, problem=problem)


def _extracted(page: Page, visible: Sequence[Block]) -> tuple[list[str], str]:
    elements = int(page.tree.xpath("count(descendant-or-self::*)"))
    characters = _size(visible)
    if elements > _MAX_ELEMENTS or characters > _MAX_TEXT:
        size = f"{elements:,} elements, {characters:,} characters"
        return [], f"too large for the full extraction ({size}); plain paragraphs were taken"
    try:
        tree = _without_furniture(page.tree)
        document = bare_extraction(tree, url=page.url, include_comments=False, favor_precision=True)
    except _FAILURES as error:
        return [], f"trafilatura failed ({type(error).__name__}: {error}); plain paragraphs were taken"
    return str(getattr(document, "text", "")).splitlines(), ""


def _without_furniture(tree: HtmlElement) -> HtmlElement:
    """A copy without what `blocks` passes over: a quarter less work, whose lines would have led back to nothing."""
    smaller = copy(tree)
    strip_elements(smaller, *_FURNITURE, with_tail=False)
    return smaller


def _plain(visible: Sequence[Block]) -> list[Block]:
    """The cheaper body: the paragraphs under the element that holds most of their text, or blocks where there are none.

    A block that is no paragraph counts with those in the same element: what lies around that is the rest of the page.
    """
    alone = Counter(block.element for block in visible)
    for tags in (_PARAGRAPH, _OTHER_PROSE):
        weights: Counter[HtmlElement] = Counter()
        held = {
            block.order: _holder(block, alone[block.element] == 1) for block in visible if block.element.tag in tags
        }
        for block in visible:
            if block.order in held and len(block.text) > 40 and not block.mostly_link:
                weights[held[block.order]] += len(block.text)
        if weights:
            best = weights.most_common(1)[0][0]
            return [block for block in visible if held.get(block.order) is best]
    return []


def _holder(block: Block, alone: bool) -> HtmlElement:
    """The element that holds a block beside others: its table where it is a cell of one."""
    element = block.element
    if element.tag == "td" and alone:
        return next(element.iterancestors("table"), element)
    parent = element.getparent()
    return parent if parent is not None and (alone or element.tag == "p") else element


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
            within = range(max(last, 0), min(last + _WINDOW, len(keys))) if len(key) >= _TORN else ()
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
    known = {folded for title in titles if (folded := fold(title))}
    others: dict[HtmlElement, bool] = {}
    kept: list[Block] = []
    for block in chosen:
        article = next(reversed(list(block.element.iterancestors("article"))), None)
        if article is not None and article not in others:
            headings = {fold(squeeze(heading.text_content())) for heading in article.iter("h1")}
            others[article] = bool(headings) and not any(title in heading for heading in headings for title in known)
        if article is None or not others[article]:
            kept.append(block)
    return kept or list(chosen)


def _filled(chosen: Sequence[Block], visible: Sequence[Block], zones: Zones) -> list[Block]:
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
        if block.order not in taken and not block.mostly_link and belongs(block) and not zones.holds(block)
    ]
    end = max([*inside, *(block.order for block in added)], default=last)
    kept = [block for block in chosen if block.order <= end or belongs(block)]
    return sorted([*kept, *added], key=lambda block: block.order)


def _container(chosen: Sequence[Block]) -> HtmlElement:
    """The innermost element that holds three quarters of the text chosen."""
    weights: Counter[HtmlElement] = Counter()
    for block in chosen:
        for ancestor in block.element.iterancestors():
            weights[ancestor] += len(block.text)
    total = _size(chosen)
    fitting = [element for element, weight in weights.items() if weight * 4 >= total * 3]
    return max(fitting, key=lambda element: sum(1 for _ in element.iterancestors()))


def _parent(block: Block) -> HtmlElement | None:
    return block.element.getparent()


def _look(element: HtmlElement) -> tuple[str, str]:
    return element.tag, element.get("class") or ""


def _size(chosen: Sequence[Block]) -> int:
    return sum(len(block.text) for block in chosen)


def _without_boilerplate(chosen: Sequence[Block], titles: Sequence[str], authors: Sequence[str]) -> list[Block]:
    known = {folded for title in titles if (folded := fold(title))}
    kept: list[Block] = []
    seen: set[str] = set()
    for index, block in enumerate(chosen):
        folded = fold(block.text)
        if index < 4 and any(folded.endswith(title) and len(folded) < 2.5 * len(title) for title in known):
            continue
        near_edge = index < 4 or index >= len(chosen) - 4
        if is_boilerplate(block.text):
            continue
        if near_edge and block.element.tag not in _HEADINGS and is_edge(block.text, authors):
            continue
        if block.element.tag not in _HEADINGS and len(block.text) < 200 and _listed_link(block):
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
    linked = block.mostly_link or (block.element.tag == "li" and block.linked * 2 > len(block.text))
    return linked and not block.text.endswith((".", "。", "!", "?", "»", "”", "…"))


def _links(kept: Sequence[Block], page: Page) -> Iterable[tuple[int, int, str, str]]:
    for index, block in enumerate(kept):
        at = 0
        for words, href in block.links:
            found = block.text.find(words, at)
            address = page.absolute(href)
            if found >= 0:
                at = found + len(words)
                if address.startswith(("http://", "https://")):
                    yield index, found, words, address
