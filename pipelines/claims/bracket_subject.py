"""The subject of a clause whose finite verb stands second (script key `verb_bracket`), whatever the verb."""

from __future__ import annotations

from .capital_nouns import subject_after
from .fields import field, opens_relative
from .lexicon import BIT, Lexicon
from .noun_phrases import AUXILIARY, CLAUSE, CONJUNCTION, THAT, Phrase
from .tokens import CAPITAL, CUE, INSIDE, Tokens
from .verb_bracket import subject_in_front

FINITE = AUXILIARY | CUE | BIT["verb"] | BIT["reported_mood"]


def clause_subject(tokens: Tokens, lexicon: Lexicon, low: int, high: int) -> Phrase | None:
    """The subject of the first main clause between two tokens: in front of its verb, or right behind it."""
    for at in range(low, high):
        bit = tokens.bits[at]
        if bit & (CAPITAL | INSIDE) or not (bit & FINITE or tokens.word[at].endswith(lexicon.script.preterite_endings)):
            continue
        start, end = field(tokens, at, low, high)
        while start < at and tokens.bits[start] & CONJUNCTION:
            start += 1
        if start < at and (tokens.bits[start] & (CLAUSE | THAT) or (start > low and opens_relative(tokens, start, at))):
            continue
        return (subject_in_front(tokens, start, at) if start < at else None) or subject_after(tokens, at + 1, end)
    return None
