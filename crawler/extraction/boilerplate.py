"""What stands in an article's text and is no part of it: boxes told by their markup, lines told by their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from lxml.html import HtmlElement

from crawler.extraction.titles import fold
from crawler.extraction.vocabulary import pattern

_ZONE_TAGS = frozenset({"figcaption", "aside", "nav", "footer", "form", "button"})
# Words of class names and ids, each of them seen on many sites; a boundary is a hyphen, an underscore, a space or a
# change of case.
_ZONE_WORDS = (
    "captions?|bildunterschrift|legende|credits?|kicker|topline|overline|byline|author-?(?:bio|info|box|card|line)?|authors|"
    "bio|newsletter|subscri(?:be|ption)|paywall|related|recommend(?:ed|ations?)?|read-?(?:more|also|next)|more-?links?|"
    "mor-?link|see-?also|lire-?aussi|share|sharing|social|promo(?:tion)?|teaser-?list|feedback|toast|modal|tooltip|popup|"
    "comments?|disqus|cite(?:wrapper)?|citation|info-?box|fact-?box|factbox|faktenbox|sidebar|side-?bar|pull-?quote|"
    "pullquote|highlight--quote|tags?|tag-?list|breadcrumbs?|cookie|consent|gdpr|advert(?:isement|orial)?|ads?|sponsor(?:ed)?|"
    "copyright|footnote|disclaimer|visually-?hidden|sr-?only|screen-?reader-?text|timestamp|date-?line|publish-?date|"
    "article-?date|print-?only|no-?print|gallery|slideshow|poll|survey|rating|whatsapp-?group|outbrain|taboola|embed-?caption"
)
_ZONE = re.compile(rf"(?:^|[\s_\-])(?:{_ZONE_WORDS})(?:$|[\s_\-])", re.IGNORECASE)
_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])")


def zone_of(element: HtmlElement) -> bool:
    """Whether an element says of itself that it holds something beside the article."""
    if element.tag in _ZONE_TAGS:
        return True
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return len(named) > 1 and element.tag not in {"body", "html"} and _zone_name(named)


def is_boilerplate(line: str, authors: Sequence[str] = ()) -> bool:
    """Whether a line is a read-more, share, newsletter, paywall or credit line.

    With `authors`, as for the lines near both ends of a text, also whether it is their byline and nothing else.
    """
    if len(line) > 400:
        return False
    if not any(char.isalpha() for char in line) and len(line) < 40:
        return True
    if pattern("line", "whole").fullmatch(line) or (len(line) < 250 and pattern("line", "start").match(line)):
        return True
    return bool(authors) and _only_names(line, authors)


def _only_names(line: str, authors: Sequence[str]) -> bool:
    rest = fold(line)
    folded = [fold(author) for author in authors if len(author) > 2]
    if not any(author in rest for author in folded):
        return False
    for author in folded:
        rest = rest.replace(author, " ")
    return len("".join(rest.split())) < 25


@cache
def _zone_name(named: str) -> bool:
    return bool(_ZONE.search(_CASE.sub("-", named)))
