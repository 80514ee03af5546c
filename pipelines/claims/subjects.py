"""Finding the subject that stands before a verb, read leftwards from the verb."""

from __future__ import annotations

from .lexicon import BIT
from .noun_phrases import (
    ADVERB,
    AUXILIARY,
    BREAK,
    CLAUSE,
    CLITIC,
    CONJUNCTION,
    DEFINITE,
    DETERMINER,
    GENITIVE,
    GROUP,
    NAME_LENGTH,
    NEGATION,
    OBLIQUE,
    PASSIVE,
    PERIOD,
    PREPOSITION,
    PRONOUN,
    REACH,
    RELATIVE,
    THAT,
    TIME,
    VERB,
    WITHIN,
    Phrase,
    behind_governed,
    short_quotation,
)
from .tokens import (
    CAPITAL,
    COMMA,
    CUE,
    DASH,
    HYPHEN,
    INSIDE,
    PAREN,
    QUOTE,
    STOP,
    WORD,
    Tokens,
)

FIRST_PERSON, INFINITIVE = BIT["first_person"], BIT["infinitive"]


def verb_group_start(tokens: Tokens, verb: int, low: int) -> tuple[int, bool]:
    """The first token of the verb group that ends in `verb`, and whether it has an auxiliary."""
    place, has_auxiliary, first = verb, False, verb
    while place > low:
        bits = tokens.bits[place - 1]
        if bits & INSIDE and not tokens.bits[verb] & INSIDE:
            break
        grouped = bits & GROUP and (bits & AUXILIARY or not bits & CAPITAL)
        enclitic = bits & DEFINITE and place - 2 > low and tokens.bits[place - 2] & HYPHEN
        grouped = grouped or (enclitic and tokens.end[place - 2] == tokens.start[place - 1])  # tinha-a alertado
        if grouped or bits & HYPHEN:
            has_auxiliary |= bool(bits & AUXILIARY)
            place -= 1
            if not bits & HYPHEN:
                first = place
            continue
        # a-t-il déclaré: the subject stands within the group
        if bits & PRONOUN and place - 2 >= low and tokens.bits[place - 2] & HYPHEN:
            place -= 1
            first = place
            continue
        adverb = _inserted_adverb(tokens, place, low)
        if adverb:
            place = first = adverb
            has_auxiliary = True
            continue
        break
    across = None if has_auxiliary or tokens.verb_first or tokens.cases else _auxiliary_across(tokens, first, low)
    return (first, has_auxiliary) if across is None else (across, True)


def _inserted_adverb(tokens: Tokens, place: int, low: int) -> int | None:
    """The auxiliary before an adverb between commas (has, however, revealed)."""
    bits, start = tokens.bits, place - 4
    if start < low or not bits[place - 1] & bits[place - 3] & COMMA:
        return None
    return start if bits[place - 2] & ADVERB and bits[start] & AUXILIARY else None


def _auxiliary_across(tokens: Tokens, start: int, low: int) -> int | None:
    """The auxiliary before an adverbial within the verb group (has in three letters warned)."""
    bits = tokens.bits
    for place in range(start - 1, max(low, start - WITHIN) - 1, -1):
        bit = bits[place]
        if bit & AUXILIARY and not bit & (CAPITAL | PREPOSITION):
            following = bits[place + 1] if place + 1 < start else 0
            opens = following & PREPOSITION and not following & (GENITIVE | INFINITIVE)
            return place if opens and not bit & PASSIVE else None
        if bit & (COMMA | STOP | DASH | CLAUSE | THAT | RELATIVE | PRONOUN | QUOTE | CUE):
            return None
    return None


def inverted_pronoun(tokens: Tokens, start: int, end: int, high: int) -> int | None:
    """The pronoun of an inverted verb (dit-elle, a-t-il précisé), within or right after the verb group."""
    for place in range(start, min(end + 4, high)):
        bits = tokens.bits[place]
        if bits & PRONOUN and place > start and tokens.bits[place - 1] & HYPHEN:
            return place
        if place >= end and not bits & (HYPHEN | CLITIC):
            return None
    return None


def skip_parenthesis_left(tokens: Tokens, place: int, low: int) -> int:
    """From a closing bracket to the token before its opening one."""
    for inner in range(place - 1, max(low, place - 20) - 1, -1):
        if tokens.word[inner] in "([":
            return inner - 1
    return place - 1


def subject_before(tokens: Tokens, group: int, low: int) -> tuple[Phrase | None, bool]:
    """The subject that ends right before a verb group, and whether the verb stands in a relative clause.

    Read leftwards: appositions and clauses between commas are stepped over, so is a relative clause that ends at the
    verb; a finite verb, a conjunction of clauses or a mark ends the phrase.
    """
    place = group - 1
    if place < low:
        return None, False
    bits = tokens.bits[place]
    if bits & RELATIVE and not bits & (DETERMINER if tokens.bits[place] & DEFINITE else 0):
        cleft = tokens.bits[low] & PRONOUN and low + 2 < place and tokens.bits[low + 1] & PASSIVE
        return ((low + 2, place), False) if cleft else (None, True)  # it was Lowell who said
    if bits & THAT and _heads_relative(tokens, place, low):
        return None, True
    if bits & PRONOUN and not (bits & OBLIQUE and place > low):
        return (place, place + 1), bool(tokens.cases) and _relative_before(tokens, place, low)
    if (
        bits & COMMA
        and place - 1 > low
        and tokens.bits[place - 1] & QUOTE
        and tokens.quoted[place - 1] == tokens.quoted[low]
    ):
        return None, False  # a short quotation opens the sentence
    end = group
    if bits & (COMMA | DASH):
        previous = _comma_before(tokens, place - 1, low, bits & (COMMA | DASH))
        if previous is None:
            end = place
        else:
            end = previous
            if not _noun_phrase_like(tokens, _chunk_start(tokens, end - 1, low)[0], end):
                # an adverbial and its comma: "In May, the minister, ..." has no head before the first comma
                end = place
    start, relative, broken = _chunk_start(tokens, end - 1, low)
    if relative is not None and relative > start:
        end = relative
        if end > start + 1 and tokens.bits[end - 1] & DEFINITE and tokens.bits[end - 2] & PREPOSITION:
            end -= 1
        while end > start and tokens.bits[end - 1] & (COMMA | PREPOSITION):
            end -= 1
    if bits & COMMA and start > low + 1 and tokens.bits[start - 1] & COMMA:
        # Anna Lowell, the mayor of Vaubury, Kent, said: the name before the first comma
        name = _chunk_start(tokens, start - 2, low)[0]
        if 0 < start - 1 - name <= NAME_LENGTH and all(
            tokens.bits[at] & CAPITAL or tokens.word[at] == "." for at in range(name, start - 1)
        ):
            return (name, start - 1), False
    return _trim(tokens, start, end, broken), False


def _comma_before(tokens: Tokens, place: int, low: int, mark: int = COMMA) -> int | None:
    """The comma, or the mark of another kind, that opens what is closed behind `place`."""
    floor = max(low, place - REACH)
    while place >= floor:
        bits = tokens.bits[place]
        if tokens.word[place] == ")":
            place = skip_parenthesis_left(tokens, place, low)
            continue
        if bits & mark:
            return place
        if bits & (STOP | QUOTE):
            return None
        place -= 1
    return None


def _chunk_start(tokens: Tokens, place: int, low: int) -> tuple[int, int | None, bool]:
    """Where the stretch without a break that ends at `place` begins; its relative pronoun; was it cut at a verb?"""
    relative = None
    floor = max(low, place - REACH)
    while place >= floor:
        bits = tokens.bits[place]
        if tokens.word[place] in (")", "]"):
            place = skip_parenthesis_left(tokens, place, low)
            continue
        if bits & QUOTE and not short_quotation(tokens, place):
            return place + 1, relative, False
        if bits & (STOP | CLAUSE | DASH) or (bits & COMMA):
            if bits & COMMA and relative == place + 1:
                # X, qui …, a dit: the head stands before the comma
                place -= 1
                continue
            return place + 1, relative, False
        if bits & RELATIVE and not bits & DETERMINER:
            relative = place
        elif bits & THAT:
            if not _heads_relative(tokens, place, floor):
                return place + 1, relative, False
            relative = place
        elif bits & FIRST_PERSON and place > floor and _is_noun_before(tokens, place):
            relative = place  # farmers I spoke to
        elif (
            bits & tokens.predicate
            and not bits & CAPITAL
            and relative is None
            and not _relative_before(tokens, place, floor)
        ):
            return place + 1, relative, True
        place -= 1
    return max(place + 1, low), relative, place >= low


def _is_noun_before(tokens: Tokens, place: int) -> bool:
    before = tokens.bits[place - 1]
    return bool(before & WORD) and not before & (
        THAT | GROUP | CONJUNCTION | PREPOSITION | RELATIVE | CLAUSE | TIME | CUE | VERB
    )


def _heads_relative(tokens: Tokens, place: int, floor: int) -> bool:
    """Is this "that" a relative pronoun? It is where no verb stands before it that it could depend on (a neighbour that
    saw it says …), or where a preposition and an article do (documents to the which the press had access)."""
    bits = tokens.bits
    if place - 2 >= floor and bits[place - 1] & DEFINITE and bits[place - 2] & PREPOSITION:
        return True
    if place - 1 >= floor and bits[place - 1] & PREPOSITION and not bits[place - 1] & (GENITIVE | ADVERB | CLAUSE):
        return True
    if (
        place <= floor
        or not bits[place - 1] & WORD
        or bits[place - 1] & (PREPOSITION | GENITIVE | ADVERB | CONJUNCTION)
    ):
        return False
    if place - 2 >= floor and bits[place - 2] & (CLITIC | DETERMINER) == CLITIC:
        return False  # y découvre que: a pronoun of the verb group makes a verb of any word
    for inner in range(place - 1, floor - 1, -1):
        if bits[inner] & (CUE | AUXILIARY | VERB | CLAUSE | THAT):
            return False
        if bits[inner] & (STOP | QUOTE | DASH | COMMA):
            break
    return True


def _relative_before(tokens: Tokens, place: int, floor: int) -> bool:
    for inner in range(place - 1, max(floor, place - 8) - 1, -1):
        bits = tokens.bits[inner]
        if bits & RELATIVE and not bits & DETERMINER:
            return True
        if bits & THAT:
            return _heads_relative(tokens, inner, floor)
        if bits & (BREAK | AUXILIARY | QUOTE):
            return False
    return False


def _noun_phrase_like(tokens: Tokens, start: int, end: int) -> bool:
    while start < end and tokens.bits[start] & (CONJUNCTION | ADVERB):
        start += 1
    return (start < end and not tokens.bits[start] & (PREPOSITION | TIME | CLAUSE | THAT)) or False


def _trim(tokens: Tokens, start: int, end: int, broken: bool) -> Phrase | None:
    bits = tokens.bits
    if broken:
        # Cut at a verb: what stands before the last conjunction belongs to that verb.
        for place in range(end - 2, start - 1, -1):
            if bits[place] & CONJUNCTION and bits[place + 1] & (DETERMINER | CAPITAL | PRONOUN):
                start = place + 1
                break
        else:
            while start < end and not bits[start] & (DETERMINER | CAPITAL) and not tokens.cases:
                start += 1
    while start < end and (
        (
            bits[start] & (CONJUNCTION | ADVERB | CLITIC | TIME | HYPHEN | QUOTE | NEGATION)
            and not bits[start] & DETERMINER
        )
        or not bits[start] & (WORD | PAREN)
    ):
        start += 1
    if start < end and bits[start] & PREPOSITION and not bits[start] & (DETERMINER | THAT):
        start = _after_prepositional(tokens, start, end)
    start = after_period(tokens, start, end)
    if tokens.cases:
        start, end = _nominative(tokens, start, end)
    while end - 1 > start and bits[end - 1] & TIME:
        end -= 1  # the mayor on Tuesday said
        if end - 1 > start and bits[end - 1] & DEFINITE:
            end -= 1  # the mayor this week
    while end > start and (
        bits[end - 1] & (COMMA | CONJUNCTION | PREPOSITION | ADVERB | HYPHEN)
        or not bits[end - 1] & (WORD | PAREN | QUOTE)
    ):
        if tokens.word[end - 1] == "." and end - start > 1:
            break
        end -= 1
    return (start, end) if start < end else None


def _nominative(tokens: Tokens, start: int, end: int) -> Phrase:
    """A subject without the oblique forms before it, the pronoun and the source that it cites behind it."""
    bits = tokens.bits
    while start < end and bits[start] & OBLIQUE:
        start += 1
    if end - start > 1 and bits[end - 1] & OBLIQUE and not bits[end - 2] & (PREPOSITION | OBLIQUE):
        end -= not tokens.word[end - 1].endswith(tokens.genitives)
    for place in range(start + 1, end):
        if any(mark.type == "citing" for _, mark in tokens.marks.get(place, ())):
            return start, place
    return start, end


def after_period(tokens: Tokens, start: int, end: int) -> int:
    """Behind a stretch or point of time that opens a phrase (a day later the minister …): it is nobody's subject."""
    bits = tokens.bits
    for place in range(start, min(start + 3, end)):
        if bits[place] & PERIOD and not (bits[place] & CAPITAL or bits[place - 1] & HYPHEN):
            for following in range(place + 1, min(place + WITHIN, end)):
                if bits[following] & (DETERMINER | CAPITAL | PRONOUN) and not bits[following - 1] & PREPOSITION:
                    return following
            return end
    return start


def _after_prepositional(tokens: Tokens, start: int, end: int) -> int:
    """The subject of "dans une interview la source": the last determiner that no preposition governs."""
    bits = tokens.bits
    if tokens.cases:
        return behind_governed(tokens, start, end)
    for place in range(end - 1, start + 1, -1):
        if bits[place] & DETERMINER and not bits[place - 1] & (PREPOSITION | GENITIVE | CONJUNCTION | DETERMINER):
            return place
    # Saturday at the convention Sen. Anna Lowell: the name right before the verb
    place = end
    while place > start and (bits[place - 1] & (CAPITAL | PAREN | HYPHEN) or tokens.word[place - 1] == "."):
        if bits[place - 1] & TIME:
            break
        place -= 1
    named = end - place > 1 and bits[place] & CAPITAL and place > start
    return place if named and not bits[place - 1] & (PREPOSITION | GENITIVE | CONJUNCTION | DETERMINER) else end
