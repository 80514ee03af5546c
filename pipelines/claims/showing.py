"""What documents and findings show (un rapport détaille les failles): a subject that can do nothing but say.

Where the head of a noun phrase stands first and nouns have articles, the word right before an article is a verb; behind
a plural noun so is a word with the ending of a plural verb.
"""

from __future__ import annotations

from .candidates import Cue, Stretch
from .lexicon import BIT
from .main_subject import main_subject
from .names import head_leads
from .noun_phrases import (
    AUXILIARY,
    CLITIC,
    DEFINITE,
    GENITIVE,
    GROUP,
    INDEFINITE,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    THAT,
    is_marked,
)
from .tokens import CAPITAL, COMMA, CUE, DASH, DIGIT, INSIDE, QUOTE, STOP, WORD

RULE = "shown"
SHOWING = ("document", "researcher")
OTHERS = ("role", "anonymous", "people", "trade")
NUMBER, PASSIVE = BIT["number"], BIT["passive"]
# What ends a subject: a finite verb that a list knows, a clause, a mark.
ENDS = AUXILIARY | RELATIVE | THAT | COMMA | STOP | QUOTE | DASH | INSIDE
REACH = 12


def shown_cue(stretch: Stretch) -> Cue | None:
    """The cue of a verb that no list knows, whose subject opens the sentence and is a document or its authors."""
    tokens, low, high = stretch.tokens, stretch.low, stretch.high
    bits, script = tokens.bits, stretch.lexicon.script
    if not (head_leads(stretch.lexicon) and script.open_endings):
        return None
    subject = main_subject(tokens, low, high)
    if subject is None or subject[0] > low + 1:
        return None
    start = subject[0]
    head = next((at for at in range(start, min(start + 4, high)) if is_marked(tokens, at, at + 1)), high)
    if head >= high or not is_marked(tokens, head, head + 1, SHOWING) or is_marked(tokens, head, head + 1, OTHERS):
        return None
    plural = tokens.word[head].endswith(script.plural_endings)
    relative = 0
    for at in range(head + 1, min(head + REACH, high - 1)):
        bit, behind = bits[at], bits[at + 1]
        if bit & (RELATIVE | THAT) and not relative and bits[at - 1] & WORD:
            relative = at + 2
        if relative and (at <= relative or bits[at - 1] & (GROUP | PRONOUN)):
            continue
        helped = bits[at - 1] & AUXILIARY and not bits[at - 1] & PASSIVE
        if bit & ENDS and not (bit & AUXILIARY and not bit & PASSIVE and at + 2 < high):
            return None
        if bit & AUXILIARY or bit & (CAPITAL | DIGIT) or bit & ~(WORD | CUE) or tokens.marks.get(at):
            continue
        article = behind & (DEFINITE | INDEFINITE) and not behind & (NUMBER | PREPOSITION | GENITIVE | DIGIT)
        endings = script.plural_verb_endings or script.open_endings
        ended = plural and tokens.word[at].endswith(endings) and not behind & (PREPOSITION | COMMA | AUXILIARY)
        if bits[at - 1] & (PREPOSITION | GENITIVE) and not bits[at - 1] & CLITIC:
            continue
        if article or (ended and behind & WORD) or (helped and behind & GENITIVE):
            end = at - 1 if bits[at - 1] & (AUXILIARY | CLITIC) and at - 1 > head else at
            return Cue("verb", RULE, end, at + 1, (start, end))
    return None
