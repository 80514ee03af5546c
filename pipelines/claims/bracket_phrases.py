"""What a fixed expression attributes in a sentence of bracketed clauses (script key `verb_bracket`)."""

from __future__ import annotations

from .bracket_subject import clause_subject
from .candidates import Stretch
from .capital_nouns import noun_phrase, subject_after
from .fields import field, opens_relative
from .lexicon import BIT, Lexicon
from .noun_phrases import (
    AUXILIARY,
    CONJUNCTION,
    DETERMINER,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    THAT,
    TIME,
    VERB,
    Phrase,
    is_marked,
)
from .tokens import CAPITAL, COMMA, QUOTE, WORD, Tokens

COPULA = AUXILIARY | VERB
JUDGES = ("collective", "researcher")


def is_behind(tokens: Tokens, source: Phrase, end: int, high: int) -> bool:
    """Berichten nach ist …: a preposition behind what it governs, with nothing behind it that it could govern."""
    governed = DETERMINER | CAPITAL | PRONOUN | TIME | QUOTE | CONJUNCTION | BIT["number"]
    free = end < high and tokens.bits[end] & WORD and not tokens.bits[end] & governed
    return bool(free) and is_marked(tokens, *source) and not tokens.bits[source[0]] & POSSESSIVE


def owner(tokens: Tokens, lexicon: Lexicon, low: int, high: int) -> Phrase | None:
    """Whose own words they are: the subject, or in front whoever has something (den Ermittlern liegt … vor)."""
    front = noun_phrase(tokens, low, high)
    if front and is_marked(tokens, *front) and not tokens.bits[front[0]] & PREPOSITION:
        return front
    return clause_subject(tokens, lexicon, low, high) or subject_after(tokens, low, high)


def beside(stretch: Stretch, place: int, end: int) -> bool:
    """Does a word hedge an attribute or a relative clause alone (ein offenbar leeres Haus; der angeblich floh)?"""
    tokens, low = stretch.tokens, stretch.low
    if end == place + 1 and place > low and tokens.bits[place - 1] & DETERMINER:
        return True
    start, _ = field(tokens, place, low, stretch.high)
    return start > low and opens_relative(tokens, start, stretch.high)


def beside_copula(stretch: Stretch, place: int, source: Phrase) -> bool:
    """Überraschend ist für die Leiterin, dass …: beside the verb of a judgement whose content follows."""
    bits, low, high = stretch.tokens.bits, stretch.low, stretch.high
    if not is_marked(stretch.tokens, *source) and bits[source[0]] & DETERMINER:
        return False
    if place == low and source[1] < high and bits[source[1]] & COPULA and is_marked(stretch.tokens, *source, JUDGES):
        return True
    copula = bits[source[1]] & COPULA if place == low and source[1] < high else bits[place - 1] & COPULA
    word = stretch.tokens.word
    content = (word[at] == ":" or (bits[at] & COMMA and bits[at + 1] & THAT) for at in range(source[1], high - 1))
    return bool(copula) and any(content)
