"""The subject with which a sentence sets in."""

from __future__ import annotations

from .frames import is_adverbial
from .lexicon import BIT
from .noun_phrases import (
    CONJUNCTION,
    DETERMINER,
    PREPOSITION,
    TIME,
    Phrase,
    begins_noun_phrase,
    behind_governed,
    is_marked,
    phrase_after,
    short_quotation,
)
from .tokens import (
    ARTICLE,
    CAPITAL,
    COMMA,
    DASH,
    INSIDE,
    PAREN,
    QUOTE,
    WORD,
    Tokens,
)

INFINITIVE, PASSIVE, VERB = BIT["infinitive"], BIT["passive"], BIT["verb"]
PARTICIPLE, PLURAL = BIT["participle"], BIT["plural"]
PERSONS = ("anonymous", "people", "trade", "role")
REACH = 250  # tokens: a text without sentence marks is one sentence, and asked for its subject at every cue


def main_subject(tokens: Tokens, low: int, high: int) -> Phrase | None:
    """The subject with which the sentence sets in, behind any adverbial before the first comma."""
    place, high = low, min(high, low + REACH)
    bits = tokens.bits
    for at in range(low, min(low + 9, high)):
        if bits[at] & DASH and bits[at - 1] & (WORD | PAREN) and at > low:
            place = at + 1  # behind a date line
            break
    while place < high and (not bits[place] & WORD or (bits[place] & INSIDE and not short_quotation(tokens, place))):
        place += 1
    if place + 1 < high and bits[place] & CONJUNCTION:
        place += 1
    if place == low and place + 2 < high and bits[place + 1] & TIME and not bits[place] & PREPOSITION:
        place += 2  # last week the mayor
    if tokens.cases and place < high and bits[place] & PREPOSITION:
        end = next((at for at in range(place, high) if bits[at] & (COMMA | tokens.predicate)), high)
        behind = behind_governed(tokens, place, end)
        place = behind if behind < end else place
    while place < high and is_adverbial(tokens, place, high):
        place = next((at + 1 for at in range(place, high) if bits[at] & COMMA and not bits[at] & INSIDE), high)
    if place >= high:
        return None
    if tokens.verb_first and not bits[place] & ARTICLE and not is_marked(tokens, place, place + 1):
        place += 1
    phrase = phrase_after(tokens, place, high)
    if phrase and (tokens.verb_first or tokens.cases) and phrase[1] <= high and is_marked(tokens, *phrase):
        return phrase
    if phrase is None or phrase[1] > high or not begins_noun_phrase(tokens, phrase[0]):
        return None
    return phrase[0], _first_verb(tokens, *phrase)


def main_person(tokens: Tokens, low: int, verb: int, after: int, endings: tuple[str, ...]) -> Phrase | None:
    """A neighbour saw, she says, …: where an inserted verb, which these endings show in the plural, has no subject,
    the person with whom the sentence sets in."""
    main = main_subject(tokens, low, verb)
    if main is None or not is_marked(tokens, *main, PERSONS):
        return None
    plural = any(tokens.word[at].endswith(endings) for at in range(verb, after))
    return main if plural == bool(tokens.bits[main[0]] & PLURAL) else None


def _first_verb(tokens: Tokens, start: int, end: int) -> int:
    """Where a verb that no list of auxiliaries has ends a subject (the record prompted the …), else `end`."""
    bits = tokens.bits
    for at in range(start + 1, end):
        if bits[at] & VERB and not bits[at] & (CAPITAL | DETERMINER):
            return at
        noun = at == start + 1 and bits[start] & DETERMINER  # the timing of …
        if (
            bits[at] & PARTICIPLE
            and not noun
            and at + 1 < end
            and bits[at + 1] & (DETERMINER | CAPITAL | PREPOSITION | QUOTE)
        ):
            return at
    return end
