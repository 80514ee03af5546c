"""Cutting a document into sentences, as the definition of an unattributed claim has them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterator

from .quotations import Quotation

# A set of characters first, for which the text is searched ten times as fast as for alternatives.
END = re.compile(
    r"[\n.!?…؟۔。！？](?:(?<=\n)|(?<!\n)[.!?…؟۔。！？]*(?:[\s]?[»”\"’)\]›]|[“‘«]|'')*(?=\s|$|—)"
    r"|(?<=[a-zà-ÿа-я»”\")][.!?])(?=[A-ZÀ-ÝА-Я«“][a-zà-ÿа-я]))"
)
LAST_WORD = re.compile(r"[^\s(«“”»\"'’\[]+$")
SHORT_CLAUSE = re.compile(r"\s?([^\W\d_][^.!?…:;\n]{3,60})[.,]")
LONGEST_CLAUSE = 5
# The time of an entry in a live report stands before its first sentence: 10:07 GMT Shots were heard …
STAMP = re.compile(r"\d{1,2}[:.h]\d\d(?: ?(?:[A-Z]{2,4}|[ap]\.?m\.?|h|Uhr))?+(?=\s+[«“„\"]?[A-ZÀ-ÝА-Я])")
CLOSERS = '»”"'
OPENERS = "«“„\"'‘([¿¡‹-–—• "


def split_sentences(
    text: str,
    low: str,
    quotations: tuple[Quotation, ...],
    abbreviations: frozenset[str],
    starters: frozenset[str],
    openers: frozenset[str],
    verbs: Container[str],
    ordinals: bool,
) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each sentence, blanks at both ends left out.

    A newline always ends one; a closed quotation is not cut within its paragraph. `abbreviations` (with their full
    stops) end nothing; `starters` are function words: where one with a capital follows initials, a sentence begins
    ("in the U.S. The …"); of them `openers` are no part of a name, and do so after any abbreviation ("etc. Some …").
    A short clause with one of the `verbs` of saying belongs to the quotation before it ("“Why?” Anna Lowell asked.").
    `ordinals`: a number of two digits and a full stop is an ordinal ("am 3. Juni").
    """
    starts = [q.start for q in quotations]
    begin = 0
    for match in END.finditer(text):
        end = match.end()
        if match.group() == "\n":
            yield from _trimmed(text, begin, match.start())
            begin = end
            continue
        if _within_closed(match.start(), end, starts, quotations):
            continue
        if not _ends(text, low, match, abbreviations, starters, openers, ordinals):
            continue
        if match.group()[-1] in CLOSERS and _names_speaker(low, end, verbs):
            continue
        yield from _trimmed(text, begin, end)
        begin = end
    yield from _trimmed(text, begin, len(text))


def _names_speaker(low: str, start: int, verbs: Container[str]) -> bool:
    """Does a clause of a few words with its verb of saying stand here, behind a question in quotation marks?"""
    clause = SHORT_CLAUSE.match(low, start)
    words = clause.group(1).split() if clause else []
    return 2 <= len(words) <= LONGEST_CLAUSE and (words[-1] in verbs or words[1] in verbs)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if text[start : start + 1].isdigit() and text[start - 1 : start] in ("", "\n"):
        stamp = STAMP.match(text, start, end)
        if stamp:
            yield stamp.span()
            yield from _trimmed(text, stamp.end(), end)
            return
    if end > start:
        yield start, end


def _within_closed(start: int, end: int, starts: list[int], quotations: tuple[Quotation, ...]) -> bool:
    place = bisect_right(starts, start) - 1
    if place < 0:
        return False
    quotation = quotations[place]
    return quotation.closed and not quotation.continues and end < quotation.end


def _ends(
    text: str,
    low: str,
    match: re.Match[str],
    abbreviations: frozenset[str],
    starters: frozenset[str],
    openers: frozenset[str],
    ordinals: bool,
) -> bool:
    following = match.end()
    while following < len(text) and text[following] in OPENERS:
        following += 1
    if following >= len(text) or text[following] == "\n":
        return True
    letter = text[following]
    if letter.islower():
        return False
    if match.group()[0] == "…" or match.group().startswith("..."):
        return letter.isupper() or not letter.isalpha()
    if match.group() != ".":
        return True
    window = low[max(0, match.start() - 24) : match.start()]
    word = LAST_WORD.search(window)
    if not word:
        return True
    last = word.group()
    if last + "." in abbreviations or last in abbreviations:
        return _next_word(low, following) in openers
    if ordinals and last.isdigit() and len(last) <= 2:
        return False
    if (len(last) == 1 and last.isalpha() and text[match.start() - 1].isupper()) or (
        "." in last and len(last) <= 6 and last.replace(".", "").isalpha()
    ):  # initials: J. Dupont, the U.S.
        return _next_word(low, following) in starters and len(last) > 1
    return True


def _next_word(low: str, start: int) -> str:
    end = start
    while end < len(low) and low[end].isalpha():
        end += 1
    return low[start:end]
