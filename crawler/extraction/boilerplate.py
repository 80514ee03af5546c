"""Lines that stand in an article's text and are no part of it, told by their words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extraction.authors import is_byline
from crawler.extraction.dates import VISIBLE_DATE
from crawler.extraction.titles import fold
from crawler.extraction.vocabulary import pattern

_LONGEST_WHOLE, _LONGEST_OPENED, _LONGEST_CREDIT, _LONGEST_SIGN = 400, 250, 120, 40
_LONGEST_PAYWALL = 160
_WORDS_OF_A_TIME = 40
_WORDS_BESIDE_A_DATE = 12
_MARK = re.compile(r"\s?[:：=©/|]|(?<=\.)\s")
_TIME = re.compile(
    r"\d{1,2}[:.h]\d\d|\d\s?[./年년-]\s?\d|\d\.?\s[^\W\d]{3,}\.?,?\s\d{4}|[^\W\d]{3,}\.?\s\d{1,2},?\s\d{4}|:\s?\d"
)


def is_boilerplate(line: str) -> bool:
    """Whether a line is a read-more, share, newsletter, paywall or credit line, or a caption."""
    if len(line) > _LONGEST_WHOLE:
        return False
    if not any(char.isalpha() for char in line) and len(line) < _LONGEST_SIGN:
        return True
    if pattern("line", "whole").fullmatch(line):
        return True
    if len(line) < _LONGEST_OPENED and pattern("line", "start").match(line):
        return True
    if len(line) < _LONGEST_CREDIT and (_labelled(line) or _stamped(line)):
        return True
    if len(line) < _LONGEST_PAYWALL and pattern("line", "paywall").search(line):
        return True
    if pattern("line", "offer").search(line) and pattern("line", "take").search(line):
        return True
    return any(match.end() == len(line.rstrip(" .)|")) for match in pattern("line", "end").finditer(line))


def is_edge(line: str, authors: Sequence[str]) -> bool:
    """Whether a line, near an end of a text, is nothing but a byline or the time of publishing."""
    if _only_names(line, authors) or is_byline(line):
        return True
    dated = VISIBLE_DATE.search(line) if len(line) < _LONGEST_CREDIT else None
    if not dated:
        return False
    return sum(map(str.isalpha, line[: dated.start()] + line[dated.end() :])) < _WORDS_BESIDE_A_DATE


def _labelled(line: str) -> bool:
    """Whether a line begins with the word for a picture or a source and a mark behind it; a question may do so too."""
    ends = [match.end() for key in ("credit", "source") if (match := pattern("line", key).match(line))]
    return bool(ends and _MARK.match(line, max(ends))) and not line.endswith(("?", "？", "؟"))


def _stamped(line: str) -> bool:
    """Whether a line says when something was published, and nothing else."""
    label = pattern("line", "stamped").match(line)
    rest = line[label.end() :] if label else ""
    return bool(_TIME.search(rest)) and sum(char.isalpha() for char in rest) < _WORDS_OF_A_TIME


def _only_names(line: str, authors: Sequence[str]) -> bool:
    rest = fold(line)
    folded = [fold(author) for author in authors if len(author) > 2]
    if not any(author in rest for author in folded):
        return False
    for author in folded:
        rest = rest.replace(author, " ")
    return len("".join(rest.split())) < 25
