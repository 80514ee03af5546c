"""The frames in which a cue verb has what it says: a clause, an infinitive, an object, an insertion of its own."""

from __future__ import annotations

from .candidates import Stretch
from .lexicon import BIT, Lexicon, Verb
from .noun_phrases import (
    ACTION,
    ADVERB,
    AUXILIARY,
    CLAUSE,
    CLITIC,
    DEFINITE,
    DETERMINER,
    GENITIVE,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    THAT,
    TIME,
    Phrase,
    begins_noun_phrase,
    is_marked,
    phrase_after,
)
from .subjects import after_period
from .tokens import (
    ARTICLE,
    CAPITAL,
    COMMA,
    DASH,
    DIGIT,
    GOVERNED,
    HYPHEN,
    INSIDE,
    QUOTE,
    STOP,
    WORD,
    Tokens,
)

INFINITIVE, PASSIVE, VERB = BIT["infinitive"], BIT["passive"], BIT["verb"]
PARTICIPLE, NEUTER, RUMOUR = BIT["participle"], BIT["neuter"], BIT["rumour_mood"]
QUANTITY, PLURAL, PARENTHETICAL = BIT["quantity"], BIT["plural"], BIT["parenthetical"]
CLOSE = 3
WINDOW, CLOSING, REACH = 12, 7, 120
APART = COMMA | QUOTE | DASH


def holds_object(tokens: Tokens, phrase: Phrase) -> bool:
    """Without a case ending the object is read as part of the subject: more words follow one with its article."""
    return any(tokens.bits[place] & ARTICLE for place in range(phrase[0], phrase[1] - 1))


def has_auxiliary_before(tokens: Tokens, place: int, low: int) -> bool:
    """Has presented … and assured: the participle of a second verb shares the auxiliary of the first."""
    return any(
        tokens.bits[at] & AUXILIARY and not tokens.bits[at] & (PASSIVE | INSIDE)
        for at in range(max(low, place - WINDOW), place)
    )


def particle_follows(tokens: Tokens, particle: str, place: int, high: int) -> bool:
    for at in range(place, high):
        if tokens.word[at] == particle and not tokens.bits[at] & INSIDE:
            return True
        if tokens.bits[at] & STOP:
            return False
    return False


def closing_infinitive(stretch: Stretch, verb: Verb, place: int) -> int | None:
    """Where a verb group opens that closes a sentence with its subject behind it (…, terminó por reconocer el alcalde;
    « … », s'est empressée de rassurer la principale)."""
    tokens, bits = stretch.tokens, stretch.tokens.bits
    if not verb.frames & {"tail", "quote"} or place + 1 >= stretch.high:
        return None
    opening = next((at for at in range(place - 1, max(stretch.low, place - CLOSING), -1) if bits[at] & APART), None)
    if opening is None or (bits[opening] & INSIDE and not bits[opening] & QUOTE):
        return None
    first = bits[opening + 1]
    if first & (PREPOSITION | GENITIVE | CLAUSE | RELATIVE | THAT | CAPITAL) and not first & CLITIC:
        return None
    subject = any(bits[at] & (DEFINITE | PRONOUN) and not bits[at] & CLITIC for at in range(opening + 1, place))
    if subject or opening + 1 == place:
        return None
    source = phrase_after(tokens, place + 1, stretch.high)
    quoted = bool((bits[opening] | bits[opening - 1]) & QUOTE)
    if source is None or not begins_noun_phrase(tokens, source[0]):
        return None
    somebody = quoted or is_marked(tokens, *source) or any(bits[at] & CAPITAL for at in range(*source))
    return opening + 1 if somebody and (quoted or closes_clause(tokens, opening, stretch.low)) else None


def ends_sentence(tokens: Tokens, subject: Phrase, low: int, start: int, high: int) -> bool:
    """Do a verb behind the only comma and somebody behind it leave nothing that could be said (Nadie avisó, denuncian
    los vecinos)?"""
    bits = tokens.bits
    if any(bits[at] & WORD for at in range(subject[1], high)) or any(bits[at] & COMMA for at in range(low, start - 1)):
        return False
    return begins_noun_phrase(tokens, subject[0]) and (is_marked(tokens, *subject) or bool(bits[subject[0]] & CAPITAL))


def insertion_end(tokens: Tokens, comma: int, high: int) -> int:
    """The token behind what two commas set off, or 0."""
    if comma >= high or not tokens.bits[comma] & COMMA:
        return 0
    close = next(
        (at for at in range(comma + 1, min(comma + CLOSING + 2, high)) if tokens.bits[at] & (COMMA | STOP)), high
    )
    return close + 1 if close + 1 < high and tokens.bits[close] & COMMA else 0


def closes_insertion(tokens: Tokens, place: int, high: int) -> bool:
    """Does a comma stand right behind a subject, or behind its relative clause (…, glisse un garde qui a vu, …)?"""
    if place < high and tokens.bits[place] & RELATIVE and not tokens.cases:
        behind = range(place + 1, min(place + WINDOW, high))
        place = next((at for at in behind if tokens.bits[at] & (COMMA | STOP)), high)
    return place < high and bool(tokens.bits[place] & COMMA)


def has_clitics(tokens: Tokens, verb: Verb, start: int, place: int) -> bool:
    """Do the pronouns of the verb group make the verb this one (certains y voient, but not le bilan se chiffre)? They
    may be joined behind the verb (queixou-se)."""
    if not verb.beside and not verb.without:
        return True
    group = set(tokens.word[start:place])
    if place + 2 < len(tokens.word) and tokens.bits[place + 1] & HYPHEN:
        group.add(tokens.word[place + 2])
    return not group & verb.without and (not verb.beside or bool(group & verb.beside))


def is_rumoured(tokens: Tokens, start: int, place: int) -> bool:
    """Is it a rumour that somebody said it?"""
    return any(
        tokens.bits[at] & RUMOUR or any(mark.type == "rumour" for _, mark in tokens.marks.get(at, ()))
        for at in range(start, place)
    )


def holds_neuter(tokens: Tokens, start: int, place: int, low: int) -> bool:
    """Does a pronoun of the verb group stand for what is said (the mayor confirms it)? A noun or a preposition behind
    the verb shows that it is somebody else (lo acusa de)."""
    return any(tokens.bits[at] & NEUTER for at in range(max(low, start - 1), place))


def stands_alone(tokens: Tokens, start: int, after: int, low: int, high: int) -> bool:
    """Does a verb stand between two marks without any subject, the first of them the first of its sentence?"""
    bits = tokens.bits
    if start <= low or after >= high or not (bits[start - 1] & (COMMA | DASH) and bits[after] & (COMMA | DASH)):
        return False
    return not any(bits[at] & (COMMA | DASH) for at in range(low, start - 1))


def has_another_verb(tokens: Tokens, low: int, high: int) -> bool:
    """Is there a finite verb outside quotations and relative clauses?"""
    relative, before = False, 0
    for bit in tokens.bits[max(low, high - REACH) : high]:
        relative = (relative or bool(bit & RELATIVE and not bit & DETERMINER)) and not bit & (COMMA | STOP)
        noun = bit & (CAPITAL | INSIDE | PREPOSITION) or (before & DETERMINER and not before & CLITIC)
        if bit & (AUXILIARY | VERB) and not relative and not noun:
            return True
        before = bit
    return False


def that_follows(tokens: Tokens, place: int, high: int) -> bool:
    commas = 0
    for at in range(place, min(place + WINDOW, high)):
        bit = tokens.bits[at]
        if bit & THAT:
            # after one comma it is a relative pronoun, after two the clause goes on behind an insertion
            return tokens.verb_first or bool(tokens.cases) or not (commas == 1 and tokens.bits[at - 1] & COMMA)
        if bit & STOP or (bit & QUOTE and not bit & INSIDE):
            return False
        if bit & COMMA:
            commas += 1
            if commas > 2:
                return False
    return False


def has_content(stretch: Stretch, verb: Verb, place: int, *, consumed: bool = False) -> bool:
    """Does a verb have what it says at `place`, in one of its frames? `consumed`: what it needs beside it is
    some of that already."""
    tokens, lexicon, high = stretch.tokens, stretch.lexicon, stretch.high
    frames, bits = verb.frames, tokens.bits
    if "quote" in frames and stretch.speech:
        return True
    if "next" in frames:
        return place < high and bool(bits[place + bool(tokens.cases and bits[place] & COMMA)] & THAT)
    if "that" in frames and that_follows(tokens, place, high):
        return True
    at = place
    while at < high and (
        (bits[at] & (ADVERB | TIME) and not bits[at] & (DETERMINER | THAT | PREPOSITION))
        or (bits[at] & PREPOSITION and at + 1 < high and bits[at + 1] & TIME)
    ):
        at += 1
    if at == place and not tokens.cases:
        at = insertion_end(tokens, at, high) or at  # déplore, dans un courriel, l'absence de …
    if "bare" in frames and consumed:
        return True
    consumed = "bare" in frames and verb.then is not None and not lexicon.script.inversion
    if at >= high:
        return consumed
    bit = bits[at]
    if "zero" in frames and _clause_follows(tokens, at, high):
        return True
    if "bare" in frames and (consumed or bit & (WORD | QUOTE)):
        return True
    if "comma" in frames and any(bits[k] & COMMA for k in range(at, min(at + WINDOW, high - 2))):
        return True
    if "infinitive" in frames and infinitive_follows(tokens, lexicon, at, high):
        return True
    if (
        "object" in frames
        and (bit & (DETERMINER | DIGIT | CAPITAL | ARTICLE) or bit & GENITIVE or bit & QUOTE)
        and not bit & TIME
    ):
        return True
    if "object" in frames and tokens.verb_first and _act_follows(tokens, at, high):
        return True
    if "of" in frames and bit & (GENITIVE | PREPOSITION | GOVERNED):
        return True
    return "colon" in frames and any(tokens.word[k] == ":" for k in range(at, min(at + 2 * WINDOW, high)))


def _act_follows(tokens: Tokens, place: int, high: int) -> bool:
    """The act that is announced, also behind an adverbial (announced in a statement the closure)."""
    for at in range(place, min(place + WINDOW, high)):
        if tokens.bits[at] & ACTION:
            return True
        if tokens.bits[at] & (COMMA | STOP | QUOTE):
            return False
    return False


def _clause_follows(tokens: Tokens, place: int, high: int) -> bool:
    """A clause without a conjunction: a subject, and a finite verb soon after it (he insists the road is safe)."""
    if not begins_noun_phrase(tokens, place):
        return False
    if tokens.bits[place] & PRONOUN and place + 1 < high and tokens.bits[place + 1] & WORD:
        return True
    for at in range(place + 1, min(place + WINDOW, high)):
        bit = tokens.bits[at]
        if bit & (AUXILIARY | VERB) and not bit & (CAPITAL | PREPOSITION):
            return True
        if bit & (STOP | COMMA | QUOTE | THAT | RELATIVE):
            return False
    return False


def infinitive_follows(tokens: Tokens, lexicon: Lexicon, place: int, high: int) -> bool:
    if tokens.bits[place] & INFINITIVE:
        return True
    if tokens.bits[place] & CLITIC and place + 1 < high and tokens.bits[place + 1] & INFINITIVE:
        return True  # confie l'avoir écrit
    if (
        tokens.bits[place] & (GENITIVE | PREPOSITION | CLITIC)
        and not tokens.bits[place] & DEFINITE
        and place + 1 < high
    ):
        place += 1
    if tokens.bits[place] & INFINITIVE:
        return True
    endings = lexicon.script.infinitive_endings
    return bool(endings) and tokens.word[place].endswith(endings) and not tokens.bits[place] & CAPITAL


def is_tail(stretch: Stretch, source: Phrase | None, start: int, end: int) -> bool:
    """…, he said, …: after a comma, and what follows does not belong to the verb."""
    tokens, low, high = stretch.tokens, stretch.low, stretch.high
    first = min(source[0], start) if source else start
    inserted = bool(tokens.bits[first - 1] & PARENTHETICAL) if first > low else False
    if first <= low or not (inserted or tokens.bits[first - 1] & (COMMA | QUOTE | DASH)):
        return False
    if tokens.bits[first - 1] & DASH and all(
        tokens.bits[at] & DIGIT or not tokens.bits[at] & WORD for at in range(low, first)
    ):
        return False  # behind the time of an entry
    inserted = inserted or (end < high and bool(tokens.bits[end] & COMMA))
    short = first - low < WINDOW  # more than that is no adverbial
    adverbial = short and bool(tokens.bits[first - 1] & COMMA) and not closes_clause(tokens, first - 1, low)
    if first < start and not inserted and adverbial:
        return False  # earlier, the minister had apologised
    if end >= high:
        return True
    bit = tokens.bits[end]
    return (not bit & INFINITIVE or high - end <= CLOSE) and (
        bool(bit & (COMMA | DASH | STOP | PREPOSITION | TIME | RELATIVE | CLAUSE | ADVERB)) or tokens.word[end] == "."
    )


def closes_clause(tokens: Tokens, comma: int, low: int) -> bool:
    """Is what stands before this comma a clause of its own, so that an inverted verb may follow it?"""
    commas = 0
    verbal = False
    for place in range(comma - 1, low - 1, -1):
        bit = tokens.bits[place]
        opening = place - 1 - bool(tokens.bits[place - 1] & PREPOSITION)
        if bit & RELATIVE and place > low and opening >= low and tokens.bits[opening] & COMMA:
            return False  # the head of a relative clause between commas is the subject
        if bit & QUOTE:
            return True
        verbal |= bool(bit & (tokens.predicate | VERB)) and not bit & PREPOSITION
        if bit & COMMA:
            commas += 1
            if verbal or commas == 2:
                break
    return verbal or (commas == 0 and comma - low >= 3)


def in_subordinate_clause(tokens: Tokens, source: Phrase | None, low: int, start: int) -> bool:
    """Alors que X avait affirmé …, Y …: a conjunction opens the clause of the cue, and another clause follows."""
    first = source[0] if source else start
    for place in range(first - 1, max(low, first - 4) - 1, -1):
        bit = tokens.bits[place]
        if bit & CLAUSE and bit & BIT["hypothesis"]:
            return True
        if bit & (COMMA | STOP | QUOTE):
            return False
    return False


def is_adverbial(tokens: Tokens, place: int, high: int) -> bool:
    """Does an adverbial begin here: a preposition, an adverb, a stretch of time (however, two days later, …)?"""
    bit = tokens.bits[place]
    if bit & (PREPOSITION | CLAUSE | TIME | ADVERB | THAT) and not bit & DEFINITE:
        return True
    if bit & PARTICIPLE and place + 1 < high and not tokens.bits[place + 1] & CAPITAL:
        return tokens.word[place] not in tokens.names
    return after_period(tokens, place, high) > place
