"""The fields of a sentence: the stretches between its commas and marks, and what kind of clause each is."""

from __future__ import annotations

from .capital_nouns import is_term
from .lexicon import BIT, Lexicon
from .noun_phrases import (
    ADVERB,
    AUXILIARY,
    CLITIC,
    DETERMINER,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    TIME,
    Phrase,
)
from .tokens import CAPITAL, COMMA, DASH, DIGIT, INSIDE, PAREN, QUOTE, STOP, WORD, Tokens

VERB, REPORTED, NEGATION = BIT["verb"], BIT["reported_mood"], BIT["negation"]
REACH = 48


def is_boundary(tokens: Tokens, place: int) -> bool:
    bit = tokens.bits[place]
    if bit & INSIDE:
        return not is_term(tokens, place)
    if bit & STOP and tokens.bits[place - 1] & DIGIT and tokens.end[place - 1] == tokens.start[place]:
        return place + 1 >= len(tokens.bits) or not tokens.bits[place + 1] & DIGIT  # 15:36
    return bool(bit & (COMMA | STOP | DASH | QUOTE))


def field(tokens: Tokens, place: int, low: int, high: int) -> Phrase:
    bits, word = tokens.bits, tokens.word
    start, end = place, place + 1
    floor, ceiling = max(low, place - REACH), min(high, place + REACH)
    bracket = int(word[place] in ")]")
    while start > floor:
        before = start - 1
        if word[before] in ")]":
            bracket += 1
        elif word[before] in "([":
            if not bracket:
                break
            bracket -= 1
        elif not bracket and is_boundary(tokens, before):
            break
        start -= 1
    bracket = 0
    while end < ceiling:
        if word[end] in "([":
            bracket += 1
        elif word[end] in ")]":
            if not bracket:
                break
            bracket -= 1
        elif not bracket and is_boundary(tokens, end):
            break
        end += 1
    while end > place + 1 and not bits[end - 1] & (WORD | PAREN | QUOTE):
        end -= 1
    return start, end


def opens_relative(tokens: Tokens, place: int, high: int) -> bool:
    """Does a relative clause begin at `place`, behind a comma? An article has its noun, and a verb may follow it."""
    bits = tokens.bits
    if place < high and bits[place] & PREPOSITION:
        place += 1
    if place + 1 >= high or not bits[place] & RELATIVE:
        return False
    if not bits[place] & DETERMINER or bits[place] & POSSESSIVE:
        return True
    following = bits[place + 1]
    if following & (CAPITAL | DIGIT | QUOTE):
        return False
    _, end = field(tokens, place, place, high)
    for at in range(place + 1, end):
        if bits[at] & (AUXILIARY | REPORTED | VERB) and not bits[at] & (CAPITAL | INSIDE):
            return all(bits[after] & AUXILIARY for after in range(at + 1, end))
    if following & (DETERMINER | PREPOSITION | PRONOUN | ADVERB | CLITIC | TIME | NEGATION):
        return True
    for at in range(place + 1, min(place + 5, high)):
        if bits[at] & CAPITAL:
            return False
        if bits[at] & (COMMA | STOP | DETERMINER | PREPOSITION | PRONOUN | ADVERB):
            return True
    return True


def finite_in(tokens: Tokens, lexicon: Lexicon, start: int, end: int) -> bool:
    """Is there a finite verb between two tokens?"""
    for place in range(start, end):
        bit = tokens.bits[place]
        if bit & (CAPITAL | INSIDE):
            continue
        if bit & (AUXILIARY | VERB | REPORTED):
            return True
        if any("finite" in types for _, types in lexicon.verbs.get(tokens.word[place], ())):
            return True
        if tokens.word[place].endswith(lexicon.script.preterite_endings) and not (
            place + 1 < end
            and tokens.bits[place + 1] & CAPITAL
            and place > start
            and tokens.bits[place - 1] & DETERMINER
        ):
            return True
    return False
