"""Parts of a page that show by their markup that they hold something beside the article: captions, boxes, bylines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from lxml.html import HtmlElement

from crawler.extraction.blocks import Block, holds_page

_TAGS = frozenset({"figcaption", "aside", "nav", "footer", "form", "button"})
# Words of class names and ids, each of them seen on many sites; a boundary is a hyphen, an underscore, a space or a
# change of case.
_WORDS = (
    "captions?|bild-?unterschrift|bild-?text|legende|credits?|kicker|topline|overline|byline|author-?(?:bio|info|box|card|line)?|authors|"
    "bio|newsletter|subscri(?:be|ption)|paywall|related|recommend(?:ed|ations?)?|read-?(?:more|also|next)|more-?links?|"
    "mor-?link|see-?also|lire-?aussi|share|sharing|social|promo(?:tion)?|teaser-?list|feedback|toast|modal|tooltip|popup|"
    "comments?|disqus|cite(?:wrapper)?|citation|info-?box|fact-?box|factbox|faktenbox|sidebar|side-?bar|pull-?quote|"
    "pullquote|highlight--quote|tags?|tag-?list|breadcrumbs?|cookie|consent|gdpr|advert(?:isement|orial)?|ads?|sponsor(?:ed)?|"
    "copyright|footnote|disclaimer|visually-?hidden|sr-?only|screen-?reader-?text|timestamp|date-?line|publish-?date|"
    "article-?date|print-?only|no-?print|gallery|slideshow|poll|survey|rating|whatsapp-?group|outbrain|taboola|embed-?caption"
)
_NAMED = re.compile(rf"(?:^|[\s_\-])(?:{_WORDS})(?:$|[\s_\-])", re.IGNORECASE)
_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LONGEST_NAME = 500
_BOXES = frozenset({"div", "figure", "section", "table", "span"})
_OF_TEXT = ("h1", "h2", "h3", "h4", "time")
_LONGEST_CAPTION = 300


class Zones:
    """The zones of a page, except those that hold the body itself.

    A zone with a third of the text chosen is no side matter, and where zones hold half of it together the site names
    its parts otherwise than most, so that none of them counts.
    """

    def __init__(self, chosen: Sequence[Block]) -> None:
        self._known: dict[HtmlElement, HtmlElement | None] = {}
        held: Counter[HtmlElement] = Counter()
        for block in chosen:
            zone = self._zone(block.element)
            if zone is not None:
                held[zone] += len(block.text)
        total = sum(len(block.text) for block in chosen)
        of_body = {zone for zone, size in held.items() if size * 3 > total}
        excessive = sum(size for zone, size in held.items() if zone not in of_body) * 2 > total
        self._ignored = set(held) if excessive else of_body

    def holds(self, block: Block) -> bool:
        """Whether a block stands in a zone."""
        zone = self._zone(block.element)
        return zone is not None and zone not in self._ignored

    def _zone(self, element: HtmlElement) -> HtmlElement | None:
        path: list[HtmlElement] = []
        current: HtmlElement | None = element
        while current is not None and current not in self._known:
            path.append(current)
            current = current.getparent()
        found = self._known[current] if current is not None else None
        for step in reversed(path):
            if found is None and _is_zone(step):
                found = step
            self._known[step] = found
        return found


def _is_zone(element: HtmlElement) -> bool:
    if element.tag in _TAGS:
        return not (element.tag == "form" and holds_page(element))
    if element.tag in _BOXES and _boxed(element):
        return True
    named = " ".join(filter(None, map(element.get, ("class", "id", "aria-label"))))[:_LONGEST_NAME]
    return len(named) > 1 and element.tag not in {"body", "html"} and _names_zone(named)


def _boxed(element: HtmlElement) -> bool:
    """Whether an element holds a line or two with a picture or a form, and no heading or time as a text would."""
    size = 0
    for words in element.itertext():  # first, since a large element is left after a few words
        size += len(words.strip())
        if size > _LONGEST_CAPTION:
            return False
    if next(element.iter("input"), None) is not None:
        return True
    return next(element.iter("img", "picture"), None) is not None and next(element.iter(*_OF_TEXT), None) is None


@lru_cache(maxsize=4096)
def _names_zone(named: str) -> bool:
    return bool(_NAMED.search(_CASE.sub("-", named)))
