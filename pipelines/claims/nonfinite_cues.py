"""Cue verbs without a subject of their own beside them: passives with an agent, gerunds, infinitives."""

from __future__ import annotations

from dataclasses import replace

from .candidates import Candidate, Cue, Stretch
from .frames import (
    closing_infinitive,
    has_another_verb,
    has_content,
    that_follows,
)
from .lexicon import BIT
from .main_subject import main_subject
from .noun_phrases import (
    AGENT,
    AUXILIARY,
    CLAUSE,
    NEGATION,
    PREPOSITION,
    THAT,
    VERB,
    Phrase,
    is_marked,
    phrase_after,
)
from .subjects import subject_before
from .tokens import COMMA, DASH, QUOTE, STOP, WORD, Tokens

ABSOLUTE, INTENTION = BIT["absolute"], BIT["intention"]
PASSIVE_FRAMES = frozenset(["passive", "that"])
ONLY_INFINITIVE = frozenset(["infinitive"])
PASSIVE_REACH = 8
WINDOW, REACH = 12, 3


def passive_cue(stretch: Stretch, candidate: Candidate, *, passive: bool) -> Cue | None:
    """Announced by the ministry: the agent is the source; in a language of cases no preposition shows it."""
    tokens, place, high = stretch.tokens, candidate.place, stretch.high
    if not candidate.verb.frames & PASSIVE_FRAMES:
        return None
    # the plan announced by the ministry costs …: a participle beside another verb says nothing of the sentence
    subordinate = candidate.subordinate or (not passive and has_another_verb(tokens, stretch.low, high))
    if tokens.cases:
        agent = phrase_after(tokens, place + 1, high, governed=True)
        known = agent and agent[0] == place + 1 and is_marked(tokens, *agent)
        return candidate.cue(agent, end=place + 1, subordinate=subordinate) if known else None
    reach = PASSIVE_REACH if passive else 3
    for at in range(place + 1, min(place + reach, high)):
        if tokens.bits[at] & AGENT:
            source = phrase_after(tokens, at + 1, high, governed=True)
            return candidate.cue(source, end=at + 1, subordinate=subordinate) if source else None
        if tokens.bits[at] & (STOP | COMMA | QUOTE):
            return None
    return None


def gerund_cue(stretch: Stretch, candidate: Candidate) -> Cue | None:
    """…, adding that the road was closed: the subject is that of the sentence, or stands right before."""
    tokens, low, start = stretch.tokens, stretch.low, candidate.start
    if not has_content(stretch, candidate.verb, candidate.after):
        return None
    own = _absolute(tokens, start, low)
    if own is not None:
        return candidate.cue(own, subordinate=True)
    main = main_subject(tokens, low, candidate.place)
    source = main or (None if tokens.verb_first else subject_before(tokens, start, low)[0])
    return replace(candidate.cue(source, subordinate=False), implied=main is None)


def _absolute(tokens: Tokens, gerund: int, low: int) -> Phrase | None:
    """The subject that a gerund has of its own behind a preposition (with some analysts suggesting that …)."""
    bits = tokens.bits
    for at in range(gerund - 1, max(low, gerund - WINDOW) - 1, -1):
        if bits[at] & PREPOSITION:
            return (at + 1, gerund) if at + 1 < gerund and bits[at] & ABSOLUTE else None
        if bits[at] & (COMMA | STOP | DASH | AUXILIARY | VERB | THAT | CLAUSE | QUOTE) or not bits[at] & WORD:
            return None
    return None


def infinitive_cue(stretch: Stretch, candidate: Candidate) -> Cue | None:
    """What nobody only wants or refuses to say (went on to claim that …)."""
    tokens, low, place = stretch.tokens, stretch.low, candidate.place
    bits, verb, after = tokens.bits, candidate.verb, candidate.after
    if candidate.types == ONLY_INFINITIVE:
        closing = closing_infinitive(stretch, verb, place)
        if closing is not None:
            return replace(candidate, start=closing).cue(phrase_after(tokens, after, stretch.high))
        if "that" not in verb.frames or not (that_follows(tokens, after, stretch.high) or stretch.speech):
            return None
        if any(bits[at] & INTENTION for at in range(max(low, place - REACH), place)):
            return None
    else:
        governor = bits[place - 2] if place - 2 >= low else STOP
        inserted = "tail" in verb.frames and after < stretch.high and bits[after] & COMMA  # …, she hastened to add, …
        if governor & (INTENTION | NEGATION | DASH | STOP | COMMA) or not (
            inserted or has_content(stretch, verb, after)
        ):
            return None
    return replace(candidate, start=place).cue(main_subject(tokens, low, place), subordinate=False)
