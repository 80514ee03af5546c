"""Finding the noun phrase beside a cue: the subject before a verb, the phrase after a verb or a preposition.

A phrase is a pair of token numbers, the second exclusive.
"""

from __future__ import annotations

from .lexicon import BIT, SOURCE_TYPES
from .tokens import (
    ARTICLE,
    CAPITAL,
    COMMA,
    CUE,
    DASH,
    DIGIT,
    GOVERNED,
    HYPHEN,
    INSIDE,
    JOINED,
    QUOTE,
    STOP,
    WORD,
    Tokens,
)

Phrase = tuple[int, int]
DEFINITE, INDEFINITE, POSSESSIVE = BIT["definite"], BIT["indefinite"], BIT["possessive"]
DETERMINER = DEFINITE | INDEFINITE | POSSESSIVE | BIT["quantity"]
GENITIVE, PREPOSITION, CONJUNCTION = BIT["genitive"], BIT["preposition"], BIT["conjunction"]
CLAUSE, RELATIVE, THAT = BIT["clause"], BIT["relative"], BIT["complementiser"]
PRONOUN, AUXILIARY, ADVERB, CLITIC = (
    BIT["pronoun"] | BIT["first_person"],
    BIT["auxiliary"],
    BIT["adverb"],
    BIT["clitic"],
)
DEGREE = BIT["degree"]
TIME, AGENT, NEGATION, PERIOD, VERB = BIT["time"], BIT["agent"], BIT["negation"], BIT["period"], BIT["verb"]
PASSIVE = BIT["passive"]
ACTION, QUANTITY = BIT["action"], BIT["quantity"]
GROUP = AUXILIARY | ADVERB | CLITIC | NEGATION
BREAK = STOP | COMMA | CLAUSE | DASH
OBLIQUE, ADJECTIVE = BIT["oblique"], BIT["adjective"]
OPENING = DETERMINER | CAPITAL | PRONOUN | DIGIT | ARTICLE
# What cannot begin a subject behind its verb.
NO_SUBJECT = PREPOSITION | GOVERNED | THAT | CLAUSE | RELATIVE | ACTION | VERB | COMMA | STOP
PEOPLE = frozenset(["anonymous", "people", "trade", "role"])
REACH = 40
NAME_LENGTH = 5
WITHIN = 8


def short_quotation(tokens: Tokens, place: int) -> bool:
    """Does a token lie in a quotation of a few words?"""
    number = tokens.quoted[place]
    if number < 0:
        return False
    first = place
    while first > 0 and tokens.quoted[first - 1] == number and place - first < 7:
        first -= 1
    last = place
    while last + 1 < len(tokens.quoted) and tokens.quoted[last + 1] == number and last - first < 7:
        last += 1
    return last - first < 6


def behind_governed(tokens: Tokens, start: int, end: int) -> int:
    """In a language of cases, the subject behind an adverbial that no comma closes (Во вторник министр …): right behind
    a point of time, else the next name or source that is no oblique form and that no preposition governs."""
    bits = tokens.bits
    place = start + 1
    if place < end and bits[place] & TIME:
        while place < end and bits[place] & (TIME | DIGIT | OBLIQUE | ADVERB):
            place += 1
        if place < end and not bits[place] & (PREPOSITION | COMMA):
            return place
    found = end
    for at in range(place + 1, end):
        if bits[at] & (OBLIQUE | TIME | PREPOSITION | INSIDE) or bits[at - 1] & PREPOSITION or not bits[at] & WORD:
            continue
        if bits[at] & (CAPITAL | DETERMINER | PRONOUN) or is_marked(tokens, at, at + 1):
            if not tokens.word[at].endswith(tokens.cases):
                return at
            found = min(found, at)
    return found


def is_marked(tokens: Tokens, start: int, end: int, types: tuple[str, ...] = SOURCE_TYPES) -> bool:
    """Does a word of these classes of sources begin between two tokens?"""
    return any(
        mark.rule == "sources" and mark.type in types
        for at in range(start, end)
        for _, mark in tokens.marks.get(at, ())
    )


def phrase_after(tokens: Tokens, place: int, high: int, *, governed: bool = False) -> Phrase | None:
    """The noun phrase that begins at or soon after `place`.

    `governed`: after a preposition, so that a genitive or a relative clause belongs to the phrase's surroundings only.
    """
    bits = tokens.bits
    limit = min(high, place + 6)
    while (
        place < limit and bits[place] & (ADVERB | CLITIC | HYPHEN | QUOTE | AUXILIARY) and not bits[place] & DETERMINER
    ):
        if governed and bits[place] & (CAPITAL | PRONOUN):
            break
        place += 1
    if place >= high:
        return None
    if bits[place] & PRONOUN:
        return place, place + 1
    while tokens.cases and not governed and place < high and bits[place] & (OBLIQUE | CONJUNCTION):
        place += 1
    if place >= high:
        return None
    if tokens.verb_first and bits[place] & THAT:
        return None
    if not governed and tokens.verb_first and bits[place] & NO_SUBJECT:
        place = _behind_object(tokens, place, high) if bits[place] & (PREPOSITION | GOVERNED) else high
        if place >= high:
            return None
    elif not governed and bits[place] & (PREPOSITION | GENITIVE) and not bits[place] & DETERMINER:
        place = _behind_object(tokens, place, high)
        if place >= high:
            return None
    start = place
    ceiling = min(high, start + 24)
    while place < ceiling:
        bit = bits[place]
        if tokens.word[place] == ".":
            if place > start and place + 1 < high and bits[place + 1] & (WORD | HYPHEN):
                place += 1
                continue
            break
        if tokens.word[place] == "(":
            break
        if bit & QUOTE:
            if not short_quotation(tokens, place):
                break
        elif bit & (STOP | COMMA | DASH):
            break
        elif place > start:
            if bit & (RELATIVE | THAT | CLAUSE) and not bit & (GENITIVE | DETERMINER):
                break
            if bit & TIME or (bit & tokens.predicate and not bit & CAPITAL) or (bit & PRONOUN and not bit & DETERMINER):
                break
            if bit & PREPOSITION and not bit & GENITIVE and not _partitive(tokens, start, place):
                break
            if (
                bit & (ACTION | GOVERNED)
                or (bit & (VERB | DEFINITE) and tokens.verb_first)
                or (place > start + 1 and bit == WORD and bits[place - 1] & (ADJECTIVE | ARTICLE) == ADJECTIVE)
                or (bit & JOINED and not bit & ARTICLE)
            ):
                break
            if bit & INDEFINITE and bits[place - 1] & CAPITAL and not bit & (GENITIVE | CAPITAL):
                break
            if (
                bit & (ADVERB | CLITIC | NEGATION)
                and not bit & (CAPITAL | DETERMINER | GENITIVE)
                and not (place == start + 1 and bits[start] & DETERMINER)
                and not _graded(tokens, place, high)
            ):
                break
            if bit & CONJUNCTION and not (
                place + 1 < high and bits[place + 1] & (CAPITAL | DETERMINER) and not bits[place + 1] & (THAT | PRONOUN)
            ):
                break
        place += 1
    while place > start and bits[place - 1] & (CONJUNCTION | HYPHEN | PREPOSITION) and not bits[place - 1] & CAPITAL:
        place -= 1
    return (start, place) if place > start else None


def _graded(tokens: Tokens, place: int, high: int) -> bool:
    """Does an adverb grade the adjective behind it (une source particulièrement bien informée)?"""
    bits = tokens.bits
    while place + 1 < high and bits[place] & ADVERB and bits[place + 1] & DEGREE:
        place += 1
    return bool(bits[place] & DEGREE) and place + 1 < high and not bits[place + 1] & ~(WORD | CUE | INSIDE)


def _partitive(tokens: Tokens, start: int, place: int) -> bool:
    """Many of the residents, two of them: a word of quantity and a preposition."""
    return tokens.verb_first and place == start + 1 and bool(tokens.bits[start] & (QUANTITY | INDEFINITE))


def _behind_object(tokens: Tokens, place: int, high: int) -> int:
    """The subject behind an indirect object: a indiqué à l'AFP une source."""
    bits = tokens.bits
    if tokens.cases:
        end = next((at for at in range(place, min(place + WITHIN, high)) if bits[at] & (BREAK | THAT | RELATIVE)), high)
        found = behind_governed(tokens, place, min(end, place + WITHIN))
        return found if found < min(end, place + WITHIN) else high
    for at in range(place + 1 if bits[place] & GOVERNED else place + 2, min(place + 8, high)):
        if bits[at] & (BREAK | QUOTE | THAT | RELATIVE):
            break
        if tokens.verb_first:
            if not bits[at] & (ARTICLE | GOVERNED) and not bits[at - 1] & PREPOSITION and _is_person(tokens, at):
                return at
            continue
        if bits[at - 1] & (PREPOSITION | GENITIVE | DETERMINER | CONJUNCTION):
            continue
        named = bits[at] & CAPITAL and not bits[at - 1] & CAPITAL and bits[place + 1] & INDEFINITE
        if bits[at] & DETERMINER or named:
            return at  # also: scrive in una nota Medici senza Frontiere
    return high


def _is_person(tokens: Tokens, place: int) -> bool:
    return any(mark.rule == "sources" and mark.type in PEOPLE for _, mark in tokens.marks.get(place, ()))


def text_bounds(tokens: Tokens, phrase: Phrase) -> tuple[int, int]:
    """The offsets of a phrase in the folded text, without what is written together with its first word."""
    return tokens.start[phrase[0]] + tokens.lead.get(phrase[0], 0), tokens.end[phrase[1] - 1]


def begins_noun_phrase(tokens: Tokens, place: int) -> bool:
    """Can a noun phrase with a determiner, a name or a number begin here?"""
    return bool(tokens.bits[place] & OPENING) and not bool(tokens.bits[place] & TIME)


def before_subject(tokens: Tokens, source: Phrase) -> Phrase:
    """Whose view it is, without the subject that follows (per gli esperti la causa è …)."""
    bits = tokens.bits
    joined = DETERMINER | PREPOSITION | CONJUNCTION | ADVERB
    for at in range(source[0] + 2, source[1]):
        if bits[at] & DETERMINER and not bits[at - 1] & joined:
            return source[0], at
    return source
