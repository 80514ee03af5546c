"""Phrases as language files write them, and an index that finds all of them in one walk over the words.

    selon                     a word
    fai* part                 `*`: any ending, or any beginning (*sprecher)
    (a|avait|aurait) dit      one of several
    il [lui] semble           `[…]`: may be missing
    source[s]                 so may an ending
    il … observé              `…`: up to four words between; `… …` up to eight, and so on
    {be} vu                   `{…}`: one of a list of words named in the same file

Words may be joined by spaces or hyphens; one that ends in an apostrophe stands before the next without a space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")
PIECE = re.compile(r"\{\w+\}|[^\s()\[\]|…{}]+(?:\[[^\]\s]+\])+|[()\[\]|…]|[^\s()\[\]|…{}]+")
STEM = 3
GAP = r"(?:(?:\d+(?:[.,]\d+)*\.?|[^\s.,;:!?\"«»“”„]+)\s+){0,%d}?"
GAP_WORDS = 4

Sequence_ = list["str | Choice"]


@dataclass(slots=True)
class Choice:
    """Alternatives, of which one must stand, or may where `optional`."""

    alternatives: list[Sequence_] = field(default_factory=lambda: [[]])
    optional: bool = False


def parse(phrase: str, lists: Mapping[str, Iterable[str]]) -> Sequence_:
    """Read a phrase into words and choices. Raises ValueError, with the reason, where it is not well formed."""
    stack: list[Choice] = [Choice()]
    for piece in PIECE.findall(phrase.lower().replace("’", "'")):
        if piece in "([":
            stack.append(Choice(optional=piece == "["))
        elif piece in ")]":
            if len(stack) < 2 or stack[-1].optional != (piece == "]"):
                raise ValueError(f"{piece!r} closes nothing")
            closed = stack.pop()
            stack[-1].alternatives[-1].append(closed)
        elif piece == "|":
            stack[-1].alternatives.append([])
        elif piece.startswith("{"):
            if piece[1:-1] not in lists:
                raise ValueError(f"there is no list named {piece[1:-1]!r}")
            stack[-1].alternatives[-1].append(Choice([parse(word, lists) for word in lists[piece[1:-1]]]))
        elif "[" in piece:
            stem, *endings = piece.replace("]", "").split("[")
            words = [stem + "".join(chosen) for chosen in product(*(("", ending) for ending in endings))]
            stack[-1].alternatives[-1].append(Choice([[word] for word in words]))
        else:
            words_so_far = stack[-1].alternatives[-1]
            if piece == "…" and words_so_far and str(words_so_far[-1])[0] == "…":
                piece += str(words_so_far.pop())
            words_so_far.append(piece)
    if len(stack) > 1:
        raise ValueError("a bracket is not closed")
    return [stack[0]] if len(stack[0].alternatives) > 1 else stack[0].alternatives[0]


def _word(piece: str) -> str:
    if piece[0] == "…":
        return GAP % (GAP_WORDS * len(piece))
    before, after = (r"\w*" if wild else "" for wild in (piece.startswith("*"), piece.endswith("*")))
    pattern = before + re.escape(piece.strip("*")).replace(r"\-", r"[\s\-]?") + after
    # A word that ends in a letter ends there; an apostrophe or a full stop may touch what follows.
    return pattern + (r"(?!\w)[\s\-]*" if piece[-1].isalnum() or piece[-1] == "*" else r"[\s\-]*")


def source(sequence: Sequence_) -> str:
    """The regular expression of a parsed phrase; it also takes the space after the last word."""
    out = []
    for piece in sequence:
        if isinstance(piece, str):
            out.append(_word(piece))
        else:
            body = "|".join(source(alternative) for alternative in piece.alternatives)
            out.append(f"(?:{body})" + ("?" if piece.optional else ""))
    return "".join(out)


def beginnings(sequence: Sequence_, count: int) -> set[tuple[str, ...]]:
    """The first `count` words of all that a phrase matches; fewer where it is shorter."""
    if not count or not sequence:
        return {()}
    first, rest = sequence[0], sequence[1:]
    if isinstance(first, str):
        return {(first, *following) for following in beginnings(rest, count - 1)}
    alternatives = [*first.alternatives, []] if first.optional else first.alternatives
    return {words for chosen in alternatives for words in beginnings([*chosen, *rest], count)}


def first_words(sequence: Sequence_) -> set[str]:
    """The words that a phrase can begin with. Raises ValueError where it could begin with anything."""
    words = {word for found in beginnings(sequence, 1) for word in found or ("",)}
    if "" in words:
        raise ValueError("the phrase is empty" if words == {""} else "nothing of the phrase must stand")
    for word in sorted(words):
        if word[0] == "…" or word.count("*") > 1 or ("*" in word and len(word) <= STEM):
            raise ValueError(f"a phrase must not begin with {word!r}")
    return words


def second_words(opening: set[tuple[str, ...]], first: str) -> frozenset[str] | None:
    """The words of which one must follow the first of a phrase, by its first two; None where it ends there, or where
    anything may follow."""
    if not WHOLE_WORD.fullmatch(first):
        return None
    seconds = {found[1] if len(found) > 1 else "" for found in opening if found[0] == first}
    return frozenset(seconds) if all(WHOLE_WORD.fullmatch(word) for word in seconds) else None


def is_alone(opening: set[tuple[str, ...]], first: str) -> bool:
    """Is a phrase no more than its first word, as the tokeniser has it?"""
    return bool(ONE_WORD.fullmatch(first)) and all(len(found) == 1 for found in opening if found[0] == first)


WORD_START = re.compile(r"[^\W_]+'?|[^\w\s]")
WHOLE_WORD = re.compile(r"[^\W_]+")
ONE_WORD = re.compile(r"\*?[^\W_]+\*?")


class Phrase(NamedTuple, Generic[T]):
    """The pattern of a phrase, None where it is no more than the word that it is found under; what it means; and the
    words of which one must be its second, if any must."""

    pattern: re.Pattern[str] | None
    meaning: T
    seconds: frozenset[str] | None

    def is_word(self, word: str) -> bool:
        """Is the phrase this one word, under which it was found?"""
        return self.pattern is None or bool(self.pattern.fullmatch(word))


class PhraseIndex(Generic[T]):
    """Phrases by their first word: looking at a word costs a dictionary look-up unless a phrase may begin there."""

    def __init__(self) -> None:
        self._words: dict[str, list[Phrase[T]]] = {}
        self._stems: dict[str, list[tuple[str, Phrase[T]]]] = {}
        self._tails: dict[str, list[tuple[str, Phrase[T]]]] = {}
        self._seconds: dict[frozenset[str], frozenset[str]] = {}

    def add(self, phrase: str, meaning: T, lists: Mapping[str, Iterable[str]]) -> None:
        """Add a phrase; raises ValueError where it is not well formed."""
        sequence = parse(phrase, lists)
        firsts, two = first_words(sequence), beginnings(sequence, 2)
        alone = {first for first in firsts if is_alone(two, first)}
        pattern = re.compile(source(sequence)) if firsts - alone else None
        for first in sorted(firsts):
            seconds = second_words(two, first)
            shared = self._seconds.setdefault(seconds, seconds) if seconds else None
            found = Phrase(None if first in alone else pattern, meaning, shared)
            if first.endswith("*"):
                self._stems.setdefault(first[:STEM], []).append((first[:-1], found))
            elif first.startswith("*"):
                self._tails.setdefault(first[-STEM:], []).append((first[1:], found))
            else:
                # Only the piece that is one word to the tokeniser can be looked up.
                opening = WORD_START.match(first)
                key = opening.group() if opening else first
                self._words.setdefault(key, []).append(found)
                if key.endswith("'"):
                    self._words.setdefault(key[:-1], []).append(found)

    def beginning(self, word: str) -> list[Phrase[T]]:
        """The phrases that may begin with a word; the pattern of each that has one must still match there."""
        found = list(self._words.get(word, ()))
        for stem, phrase in self._stems.get(word[:STEM], ()):
            if word.startswith(stem):
                found.append(phrase)
        for tail, phrase in self._tails.get(word[-STEM:], ()):
            if word.endswith(tail):
                found.append(phrase)
        return found
