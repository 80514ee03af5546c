"""Lines that stand in an article's text and are no part of it, told by their words."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.extraction.titles import fold
from crawler.extraction.vocabulary import pattern

_LONGEST_WHOLE, _LONGEST_OPENED, _LONGEST_SIGN = 400, 250, 40


def is_boilerplate(line: str, authors: Sequence[str] = ()) -> bool:
    """Whether a line is a read-more, share, newsletter, paywall or credit line, or a caption.

    With `authors`, as for the lines near both ends of a text, also whether it is their byline and nothing else.
    """
    if len(line) > _LONGEST_WHOLE:
        return False
    if not any(char.isalpha() for char in line) and len(line) < _LONGEST_SIGN:
        return True
    if pattern("line", "whole").fullmatch(line):
        return True
    if len(line) < _LONGEST_OPENED and pattern("line", "start").match(line):
        return True
    if any(match.end() == len(line.rstrip(" .)|")) for match in pattern("line", "end").finditer(line)):
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
