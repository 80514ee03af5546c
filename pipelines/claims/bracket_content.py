"""What a cue verb of a bracketed clause says: the frames of languages with the script key `verb_bracket`."""

from __future__ import annotations

from dataclasses import dataclass

from .candidates import Stretch
from .capital_nouns import noun_phrase
from .fields import field, finite_in, opens_relative
from .lexicon import BIT, Lexicon, Verb
from .noun_phrases import ADVERB, CLAUSE, CONJUNCTION, DETERMINER, PREPOSITION, PRONOUN, THAT, TIME, Phrase
from .tokens import CAPITAL, COMMA, DASH, DIGIT, INSIDE, PAREN, QUOTE, WORD, Tokens

REFLEXIVE, PARENTHETICAL, ANAPHOR = BIT["reflexive"], BIT["parenthetical"], BIT["anaphor"]
HOPS = 4


@dataclass(slots=True)
class Found:
    """A verb in its clause: where the verb is finite, where its bracket ends, its field, the `first` word of that
    behind a conjunction, and its source."""

    finite: int
    end: int
    low: int
    high: int
    first: int
    passive: bool = False
    source: Phrase | None = None
    subordinate: bool = False


def has_content(stretch: Stretch, verb: Verb, found: Found, place: int) -> bool:
    """Does the verb have what it says, in one of its frames?"""
    tokens, lexicon, low, high = stretch.tokens, stretch.lexicon, stretch.low, stretch.high
    first = found.first
    bits, frames, source = tokens.bits, verb.frames, found.source
    if "quote" in frames and stretch.speech:
        return True
    if found.finite == first and first > low and "tail" in frames and (
        bits[first - 1] & (QUOTE | DASH) or (bits[first - 1] & COMMA and source and source[0] > first)
    ):  # fmt: skip
        return True
    if (
        "tail" in frames
        and first < found.finite
        and source
        and source[0] > found.finite
        and points(tokens, first, found.finite)
    ):
        return True
    behind = max(found.end, source[1] if source else 0)
    inside = range(min(found.finite, place) + 1, found.high)
    reflexive = any(bits[at] & REFLEXIVE for at in range(first, found.high))
    if "object" in frames and not reflexive and _object(tokens, found, source, place, first):
        return True
    if "of" in frames and any(
        tokens.word[at] in verb.prepositions for at in range(first, found.high) if not (bits[at] & INSIDE)
    ):
        return True
    if "bare" in frames and any(bits[at] & WORD and not (source and source[0] <= at < source[1]) for at in inside):
        return True
    at = found.high
    if "that" in frames:
        for inner in range(behind, found.high):
            if bits[inner] & THAT and not bits[inner] & (PREPOSITION | PARENTHETICAL):
                return True
    for _ in range(HOPS):
        while at < high and bits[at] & PAREN:
            at += 1
        if at >= high - 1:
            return False
        if tokens.word[at] == ":":
            return bool(frames & {"colon", "quote"})
        if not bits[at] & COMMA:
            return False
        opening = bits[at + 1]
        if opening & THAT and not (opening & PARENTHETICAL and _is_insertion(tokens, at + 1, high)):
            return bool(frames & {"that", "comma"})
        if opening & (CLAUSE | PARENTHETICAL) or opens_relative(tokens, at + 1, high):
            _, at = field(tokens, at + 1, low, high)
            continue
        if opening & CONJUNCTION or (tokens.word[at + 1] in lexicon.verbs and not opening & CAPITAL):
            return False  # …, sagte er: the verb of another cue
        _, end = field(tokens, at + 1, low, high)
        if "comma" in frames and _is_clause(tokens, lexicon, at + 1, end):
            return True
        at = end
    return False


def _is_clause(tokens: Tokens, lexicon: Lexicon, start: int, end: int) -> bool:
    """Is there a verb? Else a comma sets off no more than a phrase. A clause that ends in no noun ends in its verb."""
    if end > start and tokens.bits[end - 1] & WORD and not tokens.bits[end - 1] & (CAPITAL | DIGIT):
        return True
    moods = lexicon.script.reported_endings
    return finite_in(tokens, lexicon, start, end) or any(
        tokens.bits[at] == WORD
        and (tokens.word[at].endswith(moods) or (at > start and tokens.bits[at - 1] & (CAPITAL | PRONOUN)))
        for at in range(start, end)
    )


def _is_insertion(tokens: Tokens, place: int, high: int) -> bool:
    _, end = field(tokens, place, place, high)
    return end < high and bool(tokens.bits[end] & COMMA)


def points(tokens: Tokens, first: int, finite: int) -> bool:
    """Das sagte der Minister: one word in front that stands for the sentence before."""
    adverbs = all(tokens.bits[at] & ADVERB for at in range(first + 1, finite))
    return first < finite and adverbs and bool(tokens.bits[first] & ANAPHOR)


def _object(tokens: Tokens, found: Found, source: Phrase | None, place: int, first: int) -> bool:
    """A noun phrase beside the source, governed by nothing."""
    bits = tokens.bits
    at = first
    high = max(found.high, found.end)
    while at < high:
        if source and source[0] <= at < source[1]:
            at = source[1]
        elif bits[at] & PREPOSITION:
            if at == found.end - 1 or (at + 1 < high and bits[at + 1] & TIME):
                at += 1  # the verb's own part, or für Samstag
                continue
            phrase = noun_phrase(tokens, at + 1, high)
            at = phrase[1] if phrase else at + 1
        elif at in (found.finite, place, found.end - 1) or bits[at] & TIME:
            at += 1
        elif bits[at] & DETERMINER or bits[at] & (CAPITAL | DIGIT | QUOTE):
            return True
        else:
            at += 1
    return False
