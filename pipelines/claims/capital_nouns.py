"""Noun phrases where nouns have capitals: a phrase ends with its last capital (script key `capital_nouns`)."""

from __future__ import annotations

from .lexicon import BIT
from .noun_phrases import (
    ADVERB,
    AUXILIARY,
    CLAUSE,
    CLITIC,
    CONJUNCTION,
    DEFINITE,
    DETERMINER,
    GENITIVE,
    INDEFINITE,
    PREPOSITION,
    PRONOUN,
    THAT,
    TIME,
    Phrase,
    is_marked,
)
from .tokens import CAPITAL, COMMA, DASH, DIGIT, HYPHEN, PAREN, QUOTE, STOP, WORD, Tokens

OBLIQUE, VERB, QUANTITY = BIT["oblique"], BIT["verb"], BIT["quantity"]
ATTRIBUTE_BREAK = AUXILIARY | VERB | CAPITAL | PREPOSITION | CONJUNCTION | ADVERB | PRONOUN
PREMODIFIERS = 7
REACH = 24


def noun_phrase(tokens: Tokens, place: int, high: int) -> Phrase | None:
    """The noun phrase that begins at `place`: a pronoun; a word of quantity; or determiner, adjectives and nouns with
    the genitives and coordinated nouns that follow."""
    bits, word = tokens.bits, tokens.word
    if place >= high:
        return None
    if bits[place] & PRONOUN and not bits[place] & DETERMINER:
        return place, place + 1
    if not bits[place] & (DETERMINER | CAPITAL | DIGIT | QUOTE | QUANTITY | OBLIQUE) and not is_domain(
        tokens, place, high
    ):
        following = bits[place + 1] if place + 1 < high else 0
        if not following & (CAPITAL | CONJUNCTION | HYPHEN) and (following & ADVERB or not following & WORD):
            return None  # an adjective alone begins a phrase; a verb does not
    at, end, spare = place, None, PREMODIFIERS
    while at < high:
        bit = bits[at]
        if bit & QUOTE and is_term(tokens, at) and (end != at or bits[min(at + 1, high - 1)] & CAPITAL):
            at += 1
            while at < high and tokens.quoted[at] == tokens.quoted[at - 1]:
                at += 1
            end = at
        elif bit & WORD and (bit & CAPITAL or is_domain(tokens, at, high)) and not (bit & TIME and end):
            at += 1
            if not bit & (DETERMINER | PREPOSITION | PRONOUN) or at - 1 > place:
                end = at
            while at < high and word[at] in ("-", ".", "/", "&", "'") and tokens.end[at - 1] == tokens.start[at]:
                if word[at] == "." and len(word[at - 1]) > 4:
                    break
                at += 1
                if at < high and bits[at] & WORD and tokens.end[at - 1] == tokens.start[at]:
                    at += 1
                    end = at
            continue
        elif end == at and end is not None:
            following = bits[at + 1] if at + 1 < high else 0
            if (bit & GENITIVE and following) or (
                bit & CONJUNCTION and following & (CAPITAL | DETERMINER) and not following & (PRONOUN | TIME)
            ):
                at += 1
            elif word[at] == "(" and at + 2 < high and word[at + 2] == ")":
                at += 3
                end = at
                continue
            elif bit & DIGIT and at + 1 < high and bits[at - 1] & CAPITAL and word[at + 1] != ".":
                at += 1
                end = at
                continue
            else:
                break
            spare = PREMODIFIERS
        elif end is None and at > place and bit & PREPOSITION and bits[place] & DETERMINER and not bit & DETERMINER:
            inner = noun_phrase(tokens, at + 1, high)  # einer mit den Gesprächen vertrauten Person
            if inner is None or inner[1] + 1 >= high or not bits[inner[1]] & WORD or bits[inner[1]] & ATTRIBUTE_BREAK:
                break
            at = inner[1]
        elif bit & DIGIT or bit & HYPHEN or (word[at] == "." and at > place and bits[at - 1] & DIGIT):
            at += 1
        elif bit & WORD and spare and not bit & (AUXILIARY | CLITIC | CLAUSE | THAT | TIME) and (
            at == place or not bit & (DETERMINER | PREPOSITION | CONJUNCTION) or bit & (GENITIVE | QUANTITY)
            or (bit & DETERMINER and bits[at - 1] & (CONJUNCTION | GENITIVE))
            or bit & CONJUNCTION
        ):  # fmt: skip
            spare -= 1
            at += 1
        else:
            break
    if end is None:
        if bits[place] & DETERMINER and at > place + 1 and any(bits[k] & DIGIT for k in range(place, at)):
            return place, at  # der 81-jährige
        alone = bits[place] & (DEFINITE | PRONOUN) and (place + 1 >= high or bits[place + 1] & AUXILIARY)
        return (place, place + 1) if alone or bits[place] & (QUANTITY | PRONOUN) else None
    return place, end


def noun_phrase_before(tokens: Tokens, end: int, low: int) -> Phrase | None:
    """The longest noun phrase that ends right before token `end` (einem Bericht der Zeitung zufolge)."""
    bits = tokens.bits
    first = end
    floor = max(low, end - REACH)
    while first > floor:
        bit = bits[first - 1]
        if bit & (COMMA | STOP | DASH | CLAUSE | AUXILIARY | THAT | ADVERB | CLITIC) and not bit & DETERMINER:
            break
        if bit & QUOTE and not is_term(tokens, first - 1):
            break
        first -= 1
    for start in range(first, end):
        if bits[start] & (DETERMINER | CAPITAL | PRONOUN | DIGIT | QUANTITY | OBLIQUE):
            if bits[start] & PREPOSITION:
                continue
            phrase = noun_phrase(tokens, start, end)
            if phrase and phrase[1] == end:
                return _with_head(tokens, phrase, low)
    return None


def _with_head(tokens: Tokens, phrase: Phrase, low: int) -> Phrase:
    """The noun that a phrase is attached to by its preposition, where that is a source (Quellen in der Armee)."""
    joint = phrase[0] - 1
    if joint - 1 < low or not tokens.bits[joint] & PREPOSITION:
        return phrase
    head = noun_phrase_before(tokens, joint, low)
    return (head[0], phrase[1]) if head and is_marked(tokens, *head) else phrase


def is_domain(tokens: Tokens, place: int, high: int) -> bool:
    """t-online.de, tagesschau.de: a full stop or a hyphen within the word."""
    word, start, end = tokens.word, tokens.start, tokens.end
    for at in range(place + 1, min(place + 4, high - 1)):
        if start[at] != end[at - 1] or not (tokens.bits[at] & WORD or word[at] in "-."):
            return False
        if word[at] == ".":
            return bool(start[at + 1] == end[at] and tokens.bits[at + 1] & WORD and not tokens.bits[at + 1] & CAPITAL)
    return False


def is_term(tokens: Tokens, place: int) -> bool:
    """Does the quotation at `place` hold a name or a term rather than a sentence?"""
    number = tokens.quoted[place]
    if number < 0:
        return False
    first = last = place
    while first > 0 and tokens.quoted[first - 1] == number and place - first < 8:
        first -= 1
    while last + 1 < len(tokens.quoted) and tokens.quoted[last + 1] == number and last - first < 8:
        last += 1
    return last - first < 7


def is_source(tokens: Tokens, phrase: Phrase) -> bool:
    """Does a phrase hold a word for a source, or is it a pronoun or a name of two words?"""
    if tokens.bits[phrase[0]] & PRONOUN and phrase[1] - phrase[0] == 1:
        return True
    if any(mark.rule == "sources" for at in range(*phrase) for _, mark in tokens.marks.get(at, ())):
        return True
    if all(tokens.bits[at] & (CAPITAL | HYPHEN) for at in range(*phrase)):
        return True
    named = phrase[1] - phrase[0] > 2 and tokens.bits[phrase[1] - 1] & tokens.bits[phrase[1] - 2] & CAPITAL
    return bool(named) and tokens.bits[phrase[0]] & DETERMINER > 0  # der zuständige Vorstand Uwe Brandt


def subject_after(tokens: Tokens, place: int, end: int) -> Phrase | None:
    """The first noun phrase from `place` on that can be a subject: no preposition governs it, no form says object."""
    bits, word = tokens.bits, tokens.word
    while place < end:
        bit = bits[place]
        if bit & PREPOSITION:
            phrase = noun_phrase(tokens, place + 1, end)
            place = phrase[1] if phrase else place + 2
        elif is_oblique(tokens, place, end):
            phrase = noun_phrase(tokens, place, end)
            place = phrase[1] if phrase else place + 1
        elif bit & (DETERMINER | PRONOUN | QUANTITY) or (
            (bit & CAPITAL or (bit & WORD and is_domain(tokens, place, end))) and not bit & TIME
        ):
            phrase = noun_phrase(tokens, place, end)
            if phrase:
                return phrase
            place += 1
        elif bit & QUOTE and place + 1 < end and bits[place + 1] & CAPITAL and is_term(tokens, place):
            return noun_phrase(tokens, place, end)
        elif bit & (ADVERB | CLITIC | TIME | DIGIT | WORD | PAREN | HYPHEN) or word[place] == ".":
            if bit & DIGIT and place + 1 < end and bits[place + 1] & CAPITAL and not bits[place + 1] & TIME:
                return noun_phrase(tokens, place, end)
            place += 1
        else:
            return None
    return None


def is_oblique(tokens: Tokens, place: int, end: int) -> bool:
    bit = tokens.bits[place]
    if not bit & OBLIQUE:
        return False
    return not (bit & INDEFINITE and place + 1 < end and tokens.bits[place + 1] & GENITIVE)


def is_bare(tokens: Tokens, phrase: Phrase) -> bool:
    """A noun without a determiner, and no body: in the plural it names nobody (Gutachter empfehlen)."""
    bits = tokens.bits
    return (
        not bits[phrase[0]] & (DETERMINER | PRONOUN | DIGIT | QUANTITY)
        and not any(bits[at] & (CONJUNCTION | GENITIVE | QUOTE) for at in range(*phrase))
        and not is_marked(tokens, *phrase, ("body", "outlet"))
    )
