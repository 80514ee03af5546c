"""Verbs that no list knows, in frames that only verbs of saying, thinking and finding fill.

A verb before a clause of content (she fretted that …), or one that closes a whole sentence with somebody beside it
(…, officials grumbled; …, denunció el alcalde), says what the rest of the sentence holds, whatever verb it is
(Quirk et al., A Comprehensive Grammar of the English Language, 1985, sections 15.54 and 16.30: comment clauses and
that-clauses as objects). The script key `open_endings` has the endings by which such a verb is known.
"""

from __future__ import annotations

from .candidates import Cue, Stretch
from .frames import closes_clause
from .lexicon import BIT, Verb
from .noun_phrases import (
    ADVERB,
    AUXILIARY,
    CLAUSE,
    CLITIC,
    CONJUNCTION,
    DETERMINER,
    GENITIVE,
    NEGATION,
    PASSIVE,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    THAT,
    TIME,
    VERB,
    Phrase,
    is_marked,
    phrase_after,
)
from .showing import shown_cue
from .tokens import ARTICLE, CAPITAL, COMMA, CUE, DASH, DIGIT, GOVERNED, INSIDE, QUOTE, STOP, WORD
from .verb_cues import verb_cue

RULE = "open-verb"
OPEN = Verb(RULE, frozenset(["next"]))
BRACKET = Verb(RULE, frozenset(["that", "tail"]))
FINITE, PARTICIPLE = frozenset(["finite"]), frozenset(["participle"])
VERBAL = VERB | BIT["participle"]
LONGEST = 14
SHORTEST_VERB = 4
INTENTION, FUTURE, RUMOUR, NAME = BIT["intention"], BIT["future"], BIT["rumour_mood"], BIT["name"]
# What no phrase for somebody holds beside its determiner, and what no verb of saying has before it at the end.
INNER = AUXILIARY | RELATIVE | VERB | NEGATION
NO_SAYING = PASSIVE | NEGATION | INTENTION
BOUNDARY = COMMA | DASH | QUOTE


def open_cue(stretch: Stretch) -> Cue | None:
    """The cue of a verb that no list knows, in a sentence where no other cue was found."""
    tokens, script = stretch.tokens, stretch.lexicon.script
    if tokens.verb_first:
        return _opening_verb(stretch)
    if not script.open_endings:
        return None
    bits = tokens.bits
    for that in [at for at in range(stretch.low + 2, stretch.high) if bits[at] & THAT]:
        place = that - 1 - bool(bits[that - 1] & COMMA)
        if place <= stretch.low or not _opens_clause(stretch, that) or not _is_verb(stretch, place):
            continue
        if script.verb_bracket:
            cue = verb_cue(stretch, place, BRACKET, FINITE, subordinate=False)
        elif that == place + 1 or tokens.cases:
            cue = verb_cue(
                stretch, place, OPEN, PARTICIPLE if bits[place - 1] & AUXILIARY else FINITE, subordinate=False
            )
        else:
            continue
        if cue and cue.source and not cue.subordinate:
            return cue
    return _closing_cue(stretch) or shown_cue(stretch)


def _opening_verb(stretch: Stretch) -> Cue | None:
    """Where verbs come first: one that no list knows, somebody, and a clause of content (أصر الوزير على أن الجسر آمن);
    a clause that opens with a verb is what somebody wants rather than says."""
    tokens, bits, high = stretch.tokens, stretch.tokens.bits, stretch.high
    place = next((at for at in range(stretch.low, high) if bits[at] & WORD and not bits[at] & CONJUNCTION), high)
    word = tokens.word[place] if place < high else ""
    if len(word) < SHORTEST_VERB - 1 or word in stretch.lexicon.bits or place in tokens.marks:
        return None
    source = phrase_after(tokens, place + 1, high) if not bits[place] & (ARTICLE | GOVERNED | INSIDE) else None
    if source is None or not _is_somebody(stretch, source):
        return None
    that = next((at for at in range(source[1], min(source[1] + LONGEST, high)) if bits[at] & (THAT | STOP)), high)
    if that + 1 >= high or not bits[that] & THAT or bits[that + 1] & VERB:
        return None
    return Cue("verb", RULE, place, place + 1, source)


def _opens_clause(stretch: Stretch, that: int) -> bool:
    """Does a subject stand behind a "that" which could be a determiner (that the road …, but: that day)?"""
    tokens, following = stretch.tokens, that + 1
    if not tokens.bits[that] & DETERMINER or following >= stretch.high:
        return True
    subject = tokens.bits[following] & (DETERMINER | PRONOUN | CAPITAL | DIGIT)
    return bool(subject) or tokens.word[following].endswith(stretch.lexicon.script.plural_endings)


def _is_verb(stretch: Stretch, place: int) -> bool:
    """A word that no list knows as anything else, with the ending of a verb or right behind an auxiliary."""
    tokens, lexicon = stretch.tokens, stretch.lexicon
    bit, word, before = tokens.bits[place], tokens.word[place], tokens.bits[place - 1]
    if not bit & WORD or bit & (CAPITAL | INSIDE | DIGIT) or len(word) < SHORTEST_VERB or place in tokens.marks:
        return False
    if (
        lexicon.bits.get(word, 0) & ~VERBAL
        or bit & (RUMOUR | ADVERB)
        or word.endswith(lexicon.script.infinitive_endings)
    ):
        return False
    if any("that" in verb.frames for verb, _ in lexicon.verbs.get(word, ())):
        return False  # its own frames were tried
    helped = lexicon.script.inversion and before & AUXILIARY and not before & (PASSIVE | INTENTION | CAPITAL | FUTURE)
    return bool(helped) or (
        word.endswith(lexicon.script.open_endings) and not before & (DETERMINER | PREPOSITION | GENITIVE)
    )


def _closing_cue(stretch: Stretch) -> Cue | None:
    """A verb and its subject behind a whole sentence, at its end or between commas."""
    tokens, low, high = stretch.tokens, stretch.low, stretch.high
    bits, script = tokens.bits, stretch.lexicon.script
    inverts = (script.inversion or script.elision) and not script.verb_bracket
    end = high
    while end > low and not bits[end - 1] & WORD:
        end -= 1
    if end <= low or bits[end - 1] & INSIDE:
        return None
    last, chunk = end, end
    for place in range(end - 1, max(low + 1, end - 2 * LONGEST), -1):
        if bits[place] & STOP:
            return None
        if not bits[place] & BOUNDARY or (bits[place] & INSIDE and not bits[place] & QUOTE):
            continue
        if bits[place] & QUOTE and not stretch.speech:
            continue  # a name in quotation marks
        cue = _inverted(stretch, place + 1, chunk) if inverts or bits[place - 1] & QUOTE else None
        if cue is None and chunk == last:
            cue = _straight(stretch, place, chunk)
        if cue is not None:
            return cue
        if bits[place] & QUOTE:
            return None
        chunk = place
    return None


def _inverted(stretch: Stretch, verb: int, end: int) -> Cue | None:
    """…, denunció el alcalde; …, a lancé la maire."""
    tokens, bits = stretch.tokens, stretch.tokens.bits
    start = verb
    while verb < end and bits[verb] & (AUXILIARY | CLITIC | ADVERB) and not bits[verb] & (DETERMINER | PREPOSITION):
        if bits[verb] & CLITIC and stretch.lexicon.script.null_subject:
            return None  # se reunieron los vecinos
        verb += 1
    if verb + 1 >= end or not (_is_verb(stretch, verb) or (not tokens.cases and _is_unknown(stretch, start, verb))):
        return None
    source = phrase_after(tokens, verb + 1, end)
    if source is None or source[0] != verb + 1 or not _is_somebody(stretch, source):
        return None
    if source[1] < end and not bits[source[1]] & (PREPOSITION | TIME | ADVERB):
        return None
    return Cue("verb", RULE, start, verb + 1, source)


def _is_unknown(stretch: Stretch, start: int, verb: int) -> bool:
    """Behind a whole sentence the word before a subject is a verb in any tense (…, alerte la fédération)."""
    tokens, lexicon = stretch.tokens, stretch.lexicon
    word = tokens.word[verb]
    if start != verb or tokens.bits[verb] & ~(WORD | CUE) or tokens.marks.get(verb) or len(word) < SHORTEST_VERB:
        return False
    if any(frames.then is None and frames.frames & {"that", "tail"} for frames, _ in lexicon.verbs.get(word, ())):
        return False
    if not tokens.bits[verb + 1] & (DETERMINER | CAPITAL) or word.endswith(lexicon.script.infinitive_endings):
        return False
    return bool(tokens.bits[start - 1] & QUOTE) or closes_clause(tokens, start - 1, stretch.low)


def _straight(stretch: Stretch, boundary: int, end: int) -> Cue | None:
    """…, officials have grumbled."""
    tokens, bits, low = stretch.tokens, stretch.tokens.bits, stretch.low
    if not bits[boundary] & QUOTE:
        opening = next((bits[at] for at in range(low, boundary) if bits[at] & WORD and not bits[at] & CONJUNCTION), 0)
        subordinate = opening & (CLAUSE | PREPOSITION | TIME | ADVERB | THAT | RELATIVE) and not opening & DETERMINER
        if subordinate or not closes_clause(tokens, boundary, low):
            return None
    verb = end - 1
    while verb > boundary and bits[verb] & (TIME | ADVERB) and not bits[verb] & CAPITAL:
        verb -= 1
    group = verb
    while group - 1 > boundary and bits[group - 1] & (AUXILIARY | ADVERB | CLITIC):
        group -= 1
    source = (boundary + 1, group)
    if source[0] >= group or not _is_verb(stretch, verb) or any(bits[at] & NO_SAYING for at in range(group, verb)):
        return None
    opening = bits[source[0]] & (CONJUNCTION | RELATIVE | THAT | CLAUSE | PREPOSITION)
    if (opening and not bits[source[0]] & DETERMINER) or any(bits[at] & INNER for at in range(*source)):
        return None
    return Cue("verb", RULE, group, verb + 1, source) if _is_somebody(stretch, source) else None


def _is_somebody(stretch: Stretch, phrase: Phrase) -> bool:
    tokens, bits = stretch.tokens, stretch.tokens.bits
    if bits[phrase[0]] & PRONOUN or is_marked(tokens, *phrase) or any(bits[at] & NAME for at in range(*phrase)):
        return True
    return (
        stretch.lexicon.script.cased
        and not stretch.lexicon.script.capital_nouns
        and any(bits[at] & CAPITAL for at in range(*phrase))
    )
