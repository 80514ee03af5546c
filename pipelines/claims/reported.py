"""Verb forms that keep reported speech open (rule 1): a sentence without a cue of its own continues by its mood."""

from __future__ import annotations

from .candidates import Cue, Stretch
from .drafts import Document, Draft
from .fields import field, opens_relative
from .lexicon import BIT
from .mentions import Mention
from .noun_phrases import ADVERB, AUXILIARY, CLAUSE, CLITIC, CONJUNCTION, DETERMINER, PREPOSITION, PRONOUN, THAT, TIME
from .tokens import CAPITAL, COMMA, INSIDE, STOP, WORD, Tokens

MOOD, CONDITION, WILL = BIT["reported_mood"], BIT["reported_plural"], BIT["reported_will"]
RUMOUR, PARTICIPLE, INFINITIVE = BIT["rumour_mood"], BIT["participle"], BIT["infinitive"]
HYPOTHESIS, FIRST_PERSON = BIT["hypothesis"], BIT["first_person"]
BACK = 4
# Words that open a subordinate clause but are also something else, at its beginning.
MAIN = DETERMINER | ADVERB | CONJUNCTION | PREPOSITION
SHORTEST = 5
# An adjective of the same ending follows none of these and stands before none of those.
BEFORE = CAPITAL | PRONOUN | ADVERB | CLITIC | TIME
BEHIND = DETERMINER | PREPOSITION | PRONOUN | ADVERB | CLITIC | CONJUNCTION | COMMA | STOP


def continue_report(document: Document, number: int, draft: Draft) -> None:
    """Give a sentence whose verb form keeps reported speech open to whoever spoke before it.

    A form that is nothing else (er sei) is hearsay where nobody did; one that can be a condition too (sie hätten), or
    that is known by its ending alone, must follow what is attributed.
    """
    mood = _has_form(document, draft, MOOD)
    before = document.drafts[max(0, number - BACK) : number]
    open_to = before
    if not mood:
        same = [one for one in before if one.paragraph == draft.paragraph]
        if _has_form(document, draft, CONDITION) or _ends_in_mood(document, draft):
            open_to = same or before[-1:]
        elif _has_form(document, draft, WILL):
            open_to = [one for one in same[-1:] if one.speaker is not None]
        else:
            return
    for previous in reversed(open_to):
        if previous.speaker is not None:
            inherit(draft, previous.speaker, "reported-mood")
            return
        if previous.attribution != "none":
            draft.attribution, draft.rule = previous.attribution, "reported-mood"
            return
    if mood:
        draft.attribution, draft.rule = "hearsay", "reported-mood"


def rumours(stretch: Stretch) -> list[Cue]:
    """Where a bracket tells second-hand news: a modal with a perfect infinitive (soll … gestohlen haben)."""
    tokens = stretch.tokens
    bits = tokens.bits
    forms = [at for at in range(stretch.low, stretch.high) if bits[at] & RUMOUR and not bits[at] & INSIDE]
    last = next((at for at in range(stretch.high - 1, stretch.low, -1) if _closes(tokens, at, stretch)), stretch.low)
    found = []
    for at in forms:
        if at < last:
            start, _ = field(tokens, at, stretch.low, stretch.high)
            aside = start > stretch.low and opens_relative(tokens, start, stretch.high)
            found.append(Cue("hearsay", "rumour-mood", at, at + 1, None, subordinate=aside))
    return found


def _closes(tokens: Tokens, place: int, stretch: Stretch) -> bool:
    """Is this the auxiliary behind a participle or, of having, behind what is had, at the end of its bracket?"""
    bits = tokens.bits
    behind = bits[place + 1] if place + 1 < stretch.high else 0
    if not bits[place] & INFINITIVE or bits[place] & INSIDE or (behind & WORD and not behind & CONJUNCTION):
        return False
    start, _ = field(tokens, place, stretch.low, stretch.high)
    if bits[start] & (CLAUSE | THAT) and not bits[start] & MAIN:
        return False
    before = bits[place - 1]
    if before & PARTICIPLE:
        return True
    return bool(bits[place] & AUXILIARY and before & WORD)


def inherit(draft: Draft, speaker: Mention, rule: str) -> None:
    draft.attribution, draft.rule, draft.speaker, draft.resolved = speaker.attribution, rule, speaker, speaker.text
    draft.inherited = True


def _has_form(document: Document, draft: Draft, mood: int) -> bool:
    """Has a sentence a form of a mood: no noun, none of a quotation, no first person, and no condition?"""
    tokens = document.tokens
    if not draft.bits & mood or draft.bits & FIRST_PERSON:
        return False
    if mood == CONDITION and tokens.bits[draft.low] & HYPOTHESIS:
        return False
    skipped = INSIDE | CAPITAL if document.lexicon.script.capital_nouns else INSIDE
    fixed = draft.types.get("fixed", ())
    forms = (
        at
        for at in range(draft.low, draft.high)
        if tokens.bits[at] & mood and not tokens.bits[at] & skipped and at - 1 not in fixed  # es sei denn
    )
    if mood == MOOD:
        return any(True for _ in forms)
    return any(not _in_subordinate(tokens, at, draft) for at in forms)


def _in_subordinate(tokens: Tokens, place: int, draft: Draft) -> bool:
    opening, _ = field(tokens, place, draft.low, draft.high)
    if tokens.bits[opening] & (CLAUSE | THAT) and not tokens.bits[opening] & MAIN:
        return True
    return opening > draft.low and opens_relative(tokens, opening, draft.high)


def _ends_in_mood(document: Document, draft: Draft) -> bool:
    """Has a sentence a verb of this mood that no list has (China übertreibe die Gefahr)? Adjectives have its ending
    too, but follow a determiner or stand before a noun."""
    tokens, endings = document.tokens, document.lexicon.script.reported_endings
    if not endings or draft.bits & FIRST_PERSON:
        return False
    bits, word = tokens.bits, tokens.word
    return any(
        bits[at] == WORD
        and len(word[at]) >= SHORTEST
        and word[at].endswith(endings)
        and not bits[at - 1] & (DETERMINER | PREPOSITION | AUXILIARY | INSIDE)
        and (
            bits[at - 1] & BEFORE if at + 1 < draft.high and bits[at + 1] & WORD else _in_subordinate(tokens, at, draft)
        )
        and (at + 1 >= draft.high or (bits[at + 1] & BEHIND and not bits[at + 1] & CAPITAL) or not bits[at + 1] & WORD)
        for at in range(draft.low + 1, draft.high)
    )
