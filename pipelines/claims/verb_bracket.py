"""Cue verbs of languages whose clauses are brackets: the finite verb second or last, the rest of it at the end.

The script key `verb_bracket` says that a language is written so (German; Dutch would be another). A *field* is the
stretch between two commas or marks. A finite verb that opens its field has its subject behind it; one in second place
before or behind it; one that closes a field opened by a conjunction or a relative pronoun has it behind that word.
Nouns have capitals, so that a noun phrase ends with its last capital.
"""

from __future__ import annotations

from collections.abc import Iterable

from .bracket_content import Found, has_content, points
from .candidates import Stretch, match_beside
from .capital_nouns import is_oblique, is_source, noun_phrase, subject_after
from .fields import REACH, field, finite_in, is_boundary, opens_relative
from .lexicon import BIT, Lexicon, Verb
from .noun_phrases import (
    ADVERB,
    AGENT,
    AUXILIARY,
    CLAUSE,
    CLITIC,
    CONJUNCTION,
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
from .tokens import CAPITAL, COMMA, DASH, DIGIT, HYPHEN, INSIDE, PAREN, QUOTE, STOP, WORD, Tokens

OBLIQUE, PASSIVE, QUANTITY, REFLEXIVE = BIT["oblique"], BIT["passive"], BIT["quantity"], BIT["reflexive"]
PARENTHETICAL, INFINITIVE, ANAPHOR = BIT["parenthetical"], BIT["infinitive"], BIT["anaphor"]
PLURAL, PARTICLE = BIT["plural"], BIT["particle"]
HOPS = 4


def find_verb(stretch: Stretch, place: int, verb: Verb, types: frozenset[str]) -> Found | None:
    """Read the clause of a cue verb; None where it does not attribute anything there."""
    tokens, low = stretch.tokens, stretch.low
    if tokens.bits[place] & CAPITAL:
        return None
    beside = not verb.then or match_beside(tokens, verb, tokens.end[place]) is not None
    if verb.then and not beside and "(?!" in verb.then.pattern:
        return None
    found = _bracket(stretch, place, verb, types)
    if found is None or not (beside or _framed(tokens, verb, found, place)):
        return None
    opening = tokens.bits[found.first] if found.first < found.finite else 0
    if verb.origin and "passive" in verb.frames and not found.passive:
        return None
    if verb.origin:
        found.source = _origin(tokens, verb.origin, found.low, found.high)
        found.subordinate = bool(opening & (CLAUSE | THAT)) and not opening & PARENTHETICAL
    elif found.passive:
        found.source = _agent(tokens, found.low, found.high) if "passive" in verb.frames else None
        return found if found.source else None
    elif not _find_subject(stretch, found):
        return None
    elif found.source:
        found.source = _institution(tokens, found) or found.source
    if verb.origin and found.source is None:
        return None
    if opening & PARENTHETICAL:
        found.subordinate = _within_relative(tokens, found.low, low)
        said = found.first > low + 1 or stretch.high - found.high > 3
    else:
        said = has_content(stretch, verb, found, place)
    return found if said else None


def _framed(tokens: Tokens, verb: Verb, found: Found, place: int) -> bool:
    """Hat keinen Zweifel daran gelassen; keinen Zweifel daran lässt: what stands with a verb may stand within its
    bracket, or open the clause."""
    low, then = tokens.low, verb.then
    if then is None:
        return True
    if found.finite < place and match_beside(tokens, verb, tokens.end[found.finite]):
        return True
    return found.first < found.finite and bool(then.match(low, tokens.start[found.first], tokens.start[found.finite]))


def _institution(tokens: Tokens, found: Found) -> Phrase | None:
    """Beim Amt geht man davon aus: with "one" as its subject a verb speaks for the body in front of it."""
    bits, (place, end) = tokens.bits, found.source or (0, 0)
    if end - place != 1 or not bits[place] & QUANTITY or bits[place] & (INDEFINITE | PRONOUN):
        return None
    if not bits[found.first] & PREPOSITION or found.first >= found.finite:
        return None
    phrase = noun_phrase(tokens, found.first + 1, found.finite)
    return phrase if phrase and is_marked(tokens, *phrase, ("body", "outlet", "authority")) else None


def _within_relative(tokens: Tokens, insertion: int, low: int) -> bool:
    """Does an insertion stand within a relative clause (…, deren Herkunft, wie X einräumte, unklar ist)?"""
    if insertion <= low + 1:
        return False
    start, _ = field(tokens, insertion - 2, low, insertion)
    return start > low and opens_relative(tokens, start, insertion)


def _bracket(stretch: Stretch, place: int, verb: Verb, types: frozenset[str]) -> Found | None:
    """The bracket in which a verb stands: alone, with its separated part, or with its auxiliary before or behind it."""
    tokens, low, high = stretch.tokens, stretch.low, stretch.high
    bits, word = tokens.bits, tokens.word
    field_low, field_high = field(tokens, place, low, high)
    found = Found(place, place + 1, field_low, field_high, _behind_joint(tokens, field_low, place))
    final = place + 1 >= field_high
    closing = place + 1 < field_high and bool(bits[place + 1] & AUXILIARY) and place + 2 >= field_high
    apart = bool(verb.particle)
    if apart and place > low and word[place - 1] == verb.particle:
        apart = False  # bekannt gegeben, bekannt gab
    elif apart and "finite" not in types:
        return None
    if apart:
        at = _particle(tokens, verb.particle, place + 1, high)
        if at is None:
            return None
        found.end = at + 1
    elif closing and "participle" in types:
        found.finite, found.end = place + 1, place + 2
        found.passive = bool(bits[found.finite] & PASSIVE)
    elif "participle" in types and (final or "finite" not in types or bits[place + 1] & (THAT | CONJUNCTION | PAREN)):
        auxiliary = _auxiliary(tokens, place, found.first, low)
        if auxiliary is not None:
            found.finite, found.passive = auxiliary, bool(bits[auxiliary] & PASSIVE)
            if auxiliary < found.first:
                found.low = field(tokens, auxiliary, low, high)[0]
                found.first = _behind_joint(tokens, found.low, auxiliary)
        elif "finite" not in types:
            return None
    elif "finite" not in types:
        return None
    if not verb.particle and field_high - 1 > found.finite and bits[field_high - 1] & PARTICLE and not verb.origin:
        return None  # another verb: sagte … ab
    alone = found.finite == place and not apart
    if alone and place > low and bits[place - 1] & INFINITIVE:
        return None
    infinitive = word[place].endswith(stretch.lexicon.script.plural_verb_endings)
    infinitive = infinitive and not (place > low and bits[place - 1] & CONJUNCTION)
    helped = alone and place > low and (final or infinitive)
    if helped and _auxiliary(tokens, place, found.first, found.first) is not None:
        return None
    opening = _opening_before(tokens, stretch.lexicon, found.first, low) if alone and final else None
    if opening is not None:
        found.low = found.first = opening
    return found


def _behind_joint(tokens: Tokens, start: int, end: int) -> int:
    """The first word of a field that joins it to nothing (und, aber)."""
    while start < end and tokens.bits[start] & (CONJUNCTION | PAREN):
        start += 1
    return start


def _particle(tokens: Tokens, particle: str, place: int, high: int) -> int | None:
    """The separated part of the verb: it closes its field."""
    bits, commas = tokens.bits, 0
    for at in range(place, min(high, place + REACH)):
        if bits[at] & INSIDE:
            continue
        if tokens.word[at] == particle and (
            at + 1 >= high or not bits[at + 1] & WORD or bits[at + 1] & (CONJUNCTION | THAT | CLAUSE)
        ):
            return at
        if bits[at] & STOP:
            return None
        if bits[at] & COMMA:
            commas += 1
            if commas > 2:
                return None
    return None


def _auxiliary(tokens: Tokens, place: int, first: int, low: int) -> int | None:
    bits = tokens.bits
    for at in range(place - 1, first - 1, -1):
        if bits[at] & AUXILIARY and not bits[at] & INSIDE:
            return at
    if first > low + 1 and bits[first - 1] & COMMA:
        # behind an insertion: Die Polizei hat, so ein Sprecher, mitgeteilt
        inserted = field(tokens, first - 2, low, first)[0]
        if inserted > low + 1 and bits[inserted - 1] & COMMA:
            for at in range(inserted - 2, field(tokens, inserted - 2, low, inserted)[0] - 1, -1):
                if bits[at] & AUXILIARY and not bits[at] & INSIDE:
                    return at
    return None


def _opening_before(tokens: Tokens, lexicon: Lexicon, first: int, low: int) -> int | None:
    """Where the clause opens whose verb stands behind an insertion (wie der Sprecher, Jan Brandt, mitteilte)."""
    for _ in range(2):
        if first <= low + 1 or not tokens.bits[first - 1] & COMMA:
            return None
        before = field(tokens, first - 2, low, first)[0]
        if finite_in(tokens, lexicon, before, first - 1):
            return None
        first = before
        if tokens.bits[first] & (PARENTHETICAL | CLAUSE | THAT) and not tokens.bits[first] & DETERMINER:
            return first
    return None


def _origin(tokens: Tokens, prepositions: frozenset[str], low: int, high: int) -> Phrase | None:
    """What one of these prepositions governs, where that is a source (aus dem Bericht geht hervor)."""
    return _governed(tokens, (at for at in range(low, high - 1) if tokens.word[at] in prepositions), high)


def _agent(tokens: Tokens, low: int, high: int) -> Phrase | None:
    """By whom something is announced, where that is a source (wurde von der Polizei bestätigt)."""
    return _governed(tokens, (at for at in range(low, high - 1) if tokens.bits[at] & AGENT), high)


def _governed(tokens: Tokens, prepositions: Iterable[int], high: int) -> Phrase | None:
    for at in prepositions:
        if not tokens.bits[at] & INSIDE:
            phrase = noun_phrase(tokens, at + 1, high)
            if phrase and not tokens.bits[phrase[0]] & TIME and is_source(tokens, phrase):
                return phrase
    return None


def _find_subject(stretch: Stretch, found: Found) -> bool:
    """Put the subject of the verb into `found`; is there one?"""
    tokens, lexicon, low, first = stretch.tokens, stretch.lexicon, stretch.low, found.first
    bits = tokens.bits
    finite, end = found.finite, min(found.end, found.high) if found.end > found.finite + 1 else found.high
    opening = bits[first]
    if first < finite:
        conjunction = bool(opening & (CLAUSE | THAT | PARENTHETICAL))
        relative = first > low and bool(bits[first - 1] & COMMA) and opens_relative(tokens, first, finite)
        if (conjunction or relative) and finite + 1 >= found.high:
            found.subordinate = not opening & PARENTHETICAL
            if relative and not conjunction:
                found.source = _antecedent(tokens, first - 1, low)
                return True
            found.source = subject_after(tokens, first + 1, finite)
            return found.source is not None
        pronoun = finite + 1
        front = subject_in_front(tokens, first, finite)
        bare = front is not None and not bits[front[0]] & (DETERMINER | PRONOUN) and is_marked(tokens, *front)
        if (
            not bare
            and pronoun < found.high
            and bits[pronoun] & PRONOUN
            and not bits[pronoun] & (OBLIQUE | DETERMINER | PLURAL)
        ):
            found.source = (pronoun, pronoun + 1)
            return True
        back = subject_after(tokens, finite + 1, end)
        found.source = back if front is None or (back and _is_object(tokens, front, back, first, finite)) else front
        return found.source is not None
    # the verb opens its field: behind a clause or a quotation, or its subject lies before an insertion
    inserted = None
    if finite > low and bits[finite - 1] & COMMA and not bits[finite - 2] & (QUOTE | INSIDE):
        inserted = _subject_before_insertion(tokens, lexicon, finite - 1, low)
    if inserted is None and finite > low and bits[finite - 1] & CONJUNCTION:
        before = field(tokens, finite, low, found.high)[0]
        inserted = subject_in_front(tokens, before, finite - 1) or subject_after(tokens, before, finite - 1)
        if inserted is None and before > low and bits[before - 1] & COMMA:
            inserted = subject_in_front(tokens, low, before - 1)
    found.source = inserted or subject_after(tokens, finite + 1, end)
    return found.source is not None


def subject_in_front(tokens: Tokens, first: int, finite: int) -> Phrase | None:
    """The subject before a verb in second place, if what stands there is one."""
    bits = tokens.bits
    while first < finite and bits[first] & (ADVERB | CONJUNCTION | QUOTE | DASH) and not bits[first] & DETERMINER:
        first += 1
    if first >= finite or bits[first] & (PREPOSITION | TIME | CLAUSE | CLITIC) or is_oblique(tokens, first, finite):
        return None
    if bits[finite - 1] & TIME and not bits[finite - 1] & CAPITAL:
        return None  # drei Stunden später
    if not bits[first] & (DETERMINER | CAPITAL | PRONOUN | QUANTITY | DIGIT):
        return None
    phrase = noun_phrase(tokens, first, finite)
    if phrase is None:
        return (first, finite) if bits[first] & DETERMINER else None
    if phrase[1] == first + 1 and bits[first] & DETERMINER and bits[finite - 1] & CAPITAL:
        phrase = (first, finite)  # der am Montag entlassene Minister
    if phrase[1] == first + 1 and first + 1 < finite and bits[first + 1] == WORD and bits[finite - 1] & CAPITAL:
        phrase = (first, finite)  # Gut informierte Kreise
    # a postposition or an infinitive in between says that the phrase is none
    if any(mark.type == "according_after" for at in range(phrase[1], finite) for _, mark in tokens.marks.get(at, ())):
        return None
    return phrase


def _is_object(tokens: Tokens, front: Phrase, back: Phrase, first: int, finite: int) -> bool:
    """Is the phrase in front of the verb what is said (das sagte der Minister, die Reise nannte Brandt nutzlos)?"""
    if points(tokens, first, finite):
        return True
    joint = next((at for at in range(front[0] + 1, front[1]) if tokens.bits[at] & GENITIVE), front[1])
    if is_source(tokens, (front[0], joint)):
        return False
    named = all(tokens.bits[at] & (CAPITAL | HYPHEN) and not tokens.bits[at] & DETERMINER for at in range(*back))
    return named or is_marked(tokens, *back, ("body", "role", "authority", "outlet"))


def _antecedent(tokens: Tokens, comma: int, low: int) -> Phrase | None:
    start, _ = field(tokens, comma - 1, low, comma)
    for at in range(comma - 1, start - 1, -1):
        if tokens.bits[at] & DETERMINER and not tokens.bits[at] & GENITIVE:
            return noun_phrase(tokens, at, comma)
    return noun_phrase(tokens, start, comma) if tokens.bits[start] & CAPITAL else None


def _subject_before_insertion(tokens: Tokens, lexicon: Lexicon, comma: int, low: int) -> Phrase | None:
    """Der Minister, der gestern kam, sagte: the phrase before the inserted clauses, when no verb stands with it."""
    start = comma
    for _ in range(HOPS):
        start, _ = field(tokens, start - 1, low, comma)
        if start <= low:
            break
        if not tokens.bits[start - 1] & COMMA:
            break
        start -= 1
    end = start
    while end < comma and not is_boundary(tokens, end):
        end += 1
    if end >= comma or finite_in(tokens, lexicon, start, end):
        return None
    return subject_in_front(tokens, start, end)
