"""Finding what marks an attribution in one sentence: cue verbs in their frames, prepositions, fixed expressions."""

from __future__ import annotations

from bisect import bisect_left

from .candidates import Cue, Stretch
from .lexicon import BIT, SOURCE_TYPES
from .noun_phrases import DETERMINER, PREPOSITION, PRONOUN, THAT, Phrase
from .phrase_cues import PHRASE_CUES, SOURCELESS, of_class, phrase_cue
from .tokens import CAPITAL, COMMA, INSIDE, Tokens
from .verb_cues import inserted_verb, verb_cue

NAME, PASSIVE = BIT["name"], BIT["passive"]
SPEAKING = frozenset(SOURCE_TYPES) - {"document"}


def find_cues(stretch: Stretch) -> list[Cue]:
    """All cues of a sentence, in order."""
    cues: list[Cue] = []
    tokens, lexicon = stretch.tokens, stretch.lexicon
    suppressed = muted = subordinate = stretch.low
    acted = False
    bits, words, verbs, marks = tokens.bits, tokens.word, lexicon.verbs, tokens.marks
    watched = tokens.watched
    for place in watched[bisect_left(watched, stretch.low) : bisect_left(watched, stretch.high)]:
        if bits[place] & INSIDE:
            if words[place] in verbs and not lexicon.script.verb_bracket:
                cue = inserted_verb(stretch, place)
                if cue:
                    cues.append(cue)
            continue
        if bits[place] & COMMA:
            subordinate = min(subordinate, place)
        here = marks.get(place, ())
        if place >= suppressed:
            for end, mark in here:
                if mark.type == "fixed":
                    suppressed = max(suppressed, end)
                elif mark.type == "subordinate":
                    subordinate = stretch.high
        if place < suppressed:
            continue
        quiet = place < muted
        for end, mark in here if len(here) < 2 else sorted(here, key=lambda found: -found[0]):
            if mark.type in PHRASE_CUES and mark.rule != "sources":
                cue = phrase_cue(stretch, mark, place, end)
                if cue:
                    cues.append(cue)
                    if cue.type in SOURCELESS:
                        muted = max(muted, end)  # "it is said that" says nothing more than that
                        acted = lexicon.script.verb_bracket and bool(bits[place] & PASSIVE)
                    break
        for verb, types in verbs.get(words[place], ()):
            if quiet and not (acted and "passive" in verb.frames and "participle" in types):
                continue  # but for an agent: wird von der Partei kritisiert
            cue = verb_cue(stretch, place, verb, types, subordinate=place < subordinate)
            if (
                cue
                and (place < muted or (place == muted > stretch.low and "infinitive" in types))
                and (
                    cue.implied
                    or (not verb.origin and _without_subject(stretch, cue))
                    or (not tokens.verb_first and not verb.origin and _within(cue, place, muted))
                )
            ):
                continue  # estima-se que, dit-on: the verb of a phrase for nobody in particular
            if cue and cue.source and _is_fiction(tokens, cue.source):
                continue  # der Roman erzählt von …
            if cue and cue.implied and tokens.cases and muted > place:
                break  # they say, with nobody spoken of as subject: the phrase has it
            if cue and (not verb.subjects or _is_of(stretch, cue, verb.subjects)):
                cues.append(cue)
                break
    return cues


def _is_fiction(tokens: Tokens, phrase: Phrase) -> bool:
    """Is the source a work of fiction, with nobody who wrote it? Roman is a name too."""
    titled = tokens.cases and phrase[1] - phrase[0] > 1 and tokens.bits[phrase[0] + 1] & INSIDE
    if not (tokens.bits[phrase[0]] & DETERMINER or titled):
        return False
    outside = (at for at in range(*phrase) if not tokens.bits[at] & INSIDE)
    kinds = {mark.type for at in outside for _, mark in tokens.marks.get(at, ())}
    return "fiction" in kinds and not kinds & SPEAKING


def _within(cue: Cue, place: int, end: int) -> bool:
    return cue.source is not None and place <= cue.source[0] < end


def _is_of(stretch: Stretch, cue: Cue, classes: frozenset[str]) -> bool:
    """Is the subject of one of these classes? Where cases or word order show it for the subject, a name or a pronoun
    counts as an office-holder."""
    tokens, source = stretch.tokens, cue.source
    if source is None or of_class(tokens, source, classes) or "role" not in classes:
        return of_class(tokens, source, classes)
    if not (tokens.cases or tokens.verb_first):
        return False
    capitals = [at for at in range(*source) if tokens.bits[at] & CAPITAL]
    named = len(capitals) > 1 or any(at > stretch.low for at in capitals)
    return named or bool(tokens.bits[source[0]] & (PRONOUN | NAME))


def _without_subject(stretch: Stretch, cue: Cue) -> bool:
    """Where subjects can be left out, what follows the verb is none; cases tell one, but for a verb between commas that
    opens no clause of content (the law, they say, is dead)."""
    tokens, script = stretch.tokens, stretch.lexicon.script
    bits, after = tokens.bits, cue.start + 1
    if not tokens.cases:
        free = script.null_subject and not tokens.verb_first
        return bool(free and cue.source and cue.source[0] > cue.start)
    if cue.source and cue.source[0] > after and bits[after] & PREPOSITION:
        return True
    apart = after + 1 < len(bits) and cue.start and bits[cue.start - 1] & bits[after] & COMMA
    return bool(apart) and not bits[after + 1] & THAT
