"""Cues that are verbs: who is their subject, in which order they stand, and whether they say anything."""

from __future__ import annotations

from .candidates import Candidate, Cue, Stretch, match_beside
from .case_subjects import agrees, is_infinitive, is_thing, subject_behind
from .frames import (
    closes_clause,
    closes_insertion,
    ends_sentence,
    has_another_verb,
    has_auxiliary_before,
    has_clitics,
    has_content,
    holds_neuter,
    holds_object,
    in_subordinate_clause,
    insertion_end,
    is_rumoured,
    is_tail,
    particle_follows,
    stands_alone,
    that_follows,
)
from .lexicon import BIT, Verb
from .main_subject import main_person, main_subject
from .nonfinite_cues import gerund_cue, infinitive_cue, passive_cue
from .noun_phrases import (
    ADVERB,
    AUXILIARY,
    CLAUSE,
    CLITIC,
    CONJUNCTION,
    DETERMINER,
    GENITIVE,
    INDEFINITE,
    NEGATION,
    OBLIQUE,
    PREPOSITION,
    PRONOUN,
    QUANTITY,
    RELATIVE,
    THAT,
    VERB,
    Phrase,
    begins_noun_phrase,
    is_marked,
    phrase_after,
    short_quotation,
)
from .phrase_cues import content_before, known_source, names_person, of_class
from .subjects import inverted_pronoun, subject_before, verb_group_start
from .tokens import ARTICLE, CAPITAL, COMMA, CUE, DASH, HYPHEN, INSIDE, JOINED, QUOTE, STOP, WORD, Tokens
from .verb_bracket import find_verb

INFINITIVE, PASSIVE, REFLEXIVE, HYPOTHESIS = BIT["infinitive"], BIT["passive"], BIT["reflexive"], BIT["hypothesis"]
PARTICIPLE, NEUTER, TIME = BIT["participle"], BIT["neuter"], BIT["time"]
RUMOUR, POSSESSOR, PLURAL = BIT["rumour_mood"], BIT["possessor"], BIT["plural"]
# What stands before the article of a noun, but not before a pronoun of the same form (l'annonce, ils l'annoncent).
NOMINAL = PREPOSITION | GENITIVE | AUXILIARY | CONJUNCTION | CLAUSE | DETERMINER | VERB

BASE = frozenset(["finite", "infinitive"])
ONLY_INFINITIVE = frozenset(["infinitive"])

WINDOW, NEAR = 12, 6


def verb_cue(stretch: Stretch, place: int, verb: Verb, types: frozenset[str], *, subordinate: bool) -> Cue | None:
    """The cue of a word that can be these forms of a verb, where it attributes something there."""
    if stretch.lexicon.script.verb_bracket:
        found = find_verb(stretch, place, verb, types)
        if found is None:
            return None
        return Cue("verb", verb.rule, place, place + 1, found.source, found.source is None, found.subordinate)
    tokens, low = stretch.tokens, stretch.low
    bits = tokens.bits
    after = _behind_complement(stretch, verb, place)
    if after is None:
        return None
    start, auxiliary = verb_group_start(tokens, place, low)
    before = bits[place - 1] if place > low else 0
    script = stretch.lexicon.script
    base = script.head_last and types <= BASE and not tokens.word[place].endswith(script.plural_endings)
    nominal = types != ONLY_INFINITIVE and _is_noun(tokens, place, low, fronted=script.null_subject)
    if nominal or (base and _behind_adjective(tokens, place, low)) or not has_clitics(tokens, verb, start, place):
        return None
    passive = any(bits[at] & PASSIVE for at in range(start, place))
    if "participle" in types:
        passive = passive and not any(bits[at] & REFLEXIVE for at in range(start, place))
        auxiliary = auxiliary or bool(before & CONJUNCTION and has_auxiliary_before(tokens, place, low))
    if script.null_subject and before & AUXILIARY and types == {"finite"} and not tokens.verb_first:
        return None  # cuando haya sentencia: a noun
    candidate = Candidate(verb, types, place, start, after, auxiliary, subordinate)
    if verb.origin:
        source = _origin(stretch, candidate)
        return candidate.cue(source, subordinate=False) if source else None
    if any(bits[at] & RUMOUR and not bits[at] & HYPOTHESIS for at in range(start, place)):
        return None  # aurait avoué, avrebbe chiesto: that it was said is itself a rumour
    if (
        before & (GENITIVE | PREPOSITION)
        and not before & (INFINITIVE | CLITIC)
        and not ("gerund" in types or types == ONLY_INFINITIVE)
    ):
        return None
    if passive and not types & {"participle", "gerund"}:
        return None  # there are reports: a noun
    if "participle" in types and (passive or ("finite" not in types and not auxiliary)):
        return passive_cue(stretch, candidate, passive=passive)
    if "gerund" in types and "finite" not in types and not auxiliary:
        return gerund_cue(stretch, candidate)
    if "infinitive" in types and not auxiliary and (types == ONLY_INFINITIVE or before & INFINITIVE):
        return infinitive_cue(stretch, candidate)
    if tokens.verb_first:
        return _verb_first(stretch, candidate)
    pronoun = inverted_pronoun(tokens, start, after, stretch.high)
    if pronoun is not None:
        return candidate.cue((pronoun, pronoun + 1), end=max(after, pronoun))
    return _with_subject(stretch, candidate)


def _behind_complement(stretch: Stretch, verb: Verb, place: int) -> int | None:
    """The token behind a verb and what it needs beside it, None where that is missing."""
    tokens, after = stretch.tokens, place + 1
    if verb.then:
        match = match_beside(tokens, verb, tokens.end[place])
        if not match or match.end() > tokens.end[stretch.high - 1]:
            return None
        after = tokens.at(match.end())
        if tokens.end[after - 1] > match.end():
            after -= 1
    if verb.particle and not particle_follows(tokens, verb.particle, after, stretch.high):
        return None
    return after


def _behind_adjective(tokens: Tokens, place: int, low: int) -> bool:
    """To make an improbable remark, with a sweeping claim: a noun of the form of a verb behind an article and an
    adjective, where the article opens no clause."""
    bits, article = tokens.bits, place - 2
    if article <= low or not bits[article] & INDEFINITE or bits[article] & (QUANTITY | PLURAL):
        return False
    if bits[place - 1] & ~(WORD | PARTICIPLE) or is_marked(tokens, place - 1, place):
        return False
    return bool(bits[article - 1] & (PREPOSITION | VERB) or (article - 2 >= low and bits[article - 2] & INFINITIVE))


def _is_noun(tokens: Tokens, place: int, low: int, *, fronted: bool) -> bool:
    """A noun of the form of a verb, by what stands before it: the claims, the minister's claims, a self-described …
    `fronted`: a pronoun may open the sentence (Lo dijo el alcalde)."""
    bits = tokens.bits
    before = bits[place - 1] if place > low else 0
    clitic = before & CLITIC and place - 2 >= low and not bits[place - 2] & NOMINAL and bits[place - 2] & WORD
    clitic = clitic and not (
        has_auxiliary_before(tokens, place - 2, max(low, place - NEAR)) and not bits[place - 2] & PRONOUN
    )
    clitic = clitic or (fronted and place - 1 == low and bool(before & NEUTER))
    if before & DETERMINER and not before & (PRONOUN | QUANTITY | PLURAL | OBLIQUE) and not clitic:
        return True
    joined = before & HYPHEN and tokens.end[place - 1] == tokens.start[place]
    return bool(before & POSSESSOR or joined)


def _origin(stretch: Stretch, candidate: Candidate) -> Phrase | None:
    """The source behind a preposition, next after the verb or else before it (emerge dai dati, dai dati emerge)."""
    tokens, high, start, after = stretch.tokens, stretch.high, candidate.start, candidate.after
    behind = range(after, min(after + 3, high))
    ahead = range(start - 1, max(stretch.low, start - 2 * WINDOW) - 1, -1)
    for at in (*behind, *ahead):
        if tokens.word[at] in candidate.verb.origin and not tokens.bits[at] & INSIDE:
            source = phrase_after(tokens, at + 1, high if at >= after else start, governed=True)
            if of_class(tokens, source, candidate.verb.subjects):
                return source
    return None


def inserted_verb(stretch: Stretch, place: int) -> Cue | None:
    """A cue verb set between commas or dashes within a quotation: « Rien, souligne-t-elle, ne presse. »"""
    tokens, lexicon, low, high = stretch.tokens, stretch.lexicon, stretch.low, stretch.high
    if not any("quote" in verb.frames for verb, _ in lexicon.verbs.get(tokens.word[place], ())):
        return None
    start, _ = verb_group_start(tokens, place, low)
    if start <= low or not tokens.bits[start - 1] & (COMMA | DASH):
        return None
    rule = lexicon.verbs[tokens.word[place]][0][0].rule
    pronoun = inverted_pronoun(tokens, start, place + 1, high)
    source = (pronoun, pronoun + 1) if pronoun is not None else phrase_after(tokens, place + 1, high)
    if source is None:
        closes = place + 1 < high and tokens.bits[place + 1] & (COMMA | DASH)
        implied = bool(closes and lexicon.script.null_subject)
        return Cue("verb", rule, start, place + 1, None, implied=True) if implied else None
    ends = source[1] >= high or bool(tokens.bits[source[1]] & (COMMA | DASH | STOP)) or tokens.word[source[1]] == "."
    return (
        Cue("verb", rule, start, place + 1, source)
        if ends and (pronoun is not None or names_person(tokens, source))
        else None
    )


def _with_subject(stretch: Stretch, candidate: Candidate) -> Cue | None:
    """The subject stands before its verb, or behind it where the verb follows what is said."""
    tokens, lexicon, low, high = stretch.tokens, stretch.lexicon, stretch.low, stretch.high
    bits, verb, start, after = tokens.bits, candidate.verb, candidate.start, candidate.after
    script = lexicon.script
    before = bits[start - 1] if start > low else 0
    negated = any(bits[at] & NEGATION for at in range(start, candidate.place))
    negated |= bool(script.null_subject and before & NEGATION and not before & ADVERB)  # nadie ha reivindicado …
    if is_rumoured(tokens, start, candidate.place) or (negated and "affirmed" in verb.frames and not stretch.speech):
        return None
    following = _phrase_behind(stretch, after)
    if following is None and before & (COMMA | QUOTE | THAT) and not tokens.cases:
        behind = insertion_end(tokens, after, high)  # « … », lâche, en pleurs, une voisine
        following = _phrase_behind(stretch, behind) if behind else None
        after = behind if following and following[0] == behind else after
    tail = _closes_quotation(tokens, start, low) or (before & COMMA and closes_clause(tokens, start - 1, low))
    if tokens.cases:
        following, somebody = subject_behind(stretch, candidate, following)
        tail = tail or (somebody and bool(before & COMMA))
    adjacent = following is not None and all(bits[at] & (ADVERB | TIME) for at in range(after, following[0]))
    if script.inversion and following and adjacent and before & COMMA and "tail" in verb.frames:
        tail = tail or ends_sentence(tokens, following, low, start, high)
    near = adjacent or (after < high and bool(bits[after] & PREPOSITION))  # …, ha spiegato in aula il giudice, …
    if following and near and before & COMMA and "tail" in verb.frames:
        tail = tail or closes_insertion(tokens, following[1], high)  # …, cree Ríos, …
    beside = after == candidate.place + 1 or script.inversion
    if not script.inversion and tail and before & COMMA and following and following[1] < high:
        tail = not bits[following[1]] & (AUXILIARY | VERB)  # the mayor, who …, said the road is closed
    if (
        tail
        and following
        and (beside or (adjacent and is_marked(tokens, *following)))
        and not bits[following[0]] & THAT
    ):
        return candidate.cue(following)
    if script.null_subject and not following and before & COMMA and "tail" in verb.frames:
        alone = tail or not any(bits[at] & COMMA for at in range(low, start - 1))
        if alone and is_tail(stretch, None, start, after):
            return candidate.cue(main_person(tokens, low, start, after, script.plural_verb_endings))
    if before & THAT and adjacent and not before & DETERMINER:
        return candidate.cue(following)  # ce qu'a annoncé le maire
    if script.null_subject and not negated and "tail" in verb.frames and stands_alone(tokens, start, after, low, high):
        return candidate.cue(None)  # the law, she insists, is dead
    source, relative = subject_before(tokens, start, low)
    if "that" in verb.frames and holds_neuter(tokens, start, candidate.place, low):  # lo confirma el alcalde
        known = following and adjacent and (source is None or is_marked(tokens, *following))
        said = following if known else source
        if said is not None or relative:
            return candidate.cue(said) if said else None
    fronted = False  # what is said stands first, and is no subject: рост цен предсказывают аналитики
    if tokens.cases:
        place = any(mark.type == "locative" for _, mark in tokens.marks.get(after, ()))
        plural = tokens.word[candidate.place].endswith(script.plural_verb_endings)
        if following is None and place and plural and before & (COMMA | QUOTE | DASH):
            return candidate.cue(None)  # …, said in …
        if source and is_thing(tokens, source):
            if place and plural:
                return None
            fronted = bool(following and somebody and is_marked(tokens, following[0], following[0] + 1))
            source = None if fronted else source
        if source and not agrees(stretch, candidate.place, source):
            source = None
        if following and somebody and tokens.word[low] in verb.prepositions:
            source = None  # об отставке главы порта сообщил источник
        elif source and is_infinitive(stretch, source):
            source = None
    subordinate = candidate.subordinate or relative or in_subordinate_clause(tokens, source, low, start)
    end = after
    if source is None and not relative and script.inversion and following and not _is_object(stretch, verb, following):
        source, end = following, following[1]
    opens = "infinitive" in verb.frames and low < start and is_infinitive(stretch, (low, low + 1))
    if tokens.cases and (opens or (fronted and "bare" in verb.frames) or content_before(tokens, verb, start, low)):
        return candidate.cue(source, subordinate=subordinate)
    consumed = script.inversion and after > candidate.place + 1
    if not has_content(stretch, verb, end, consumed=consumed) and not (
        "tail" in verb.frames and is_tail(stretch, source, start, end)
    ):
        # where the subject stands after the verb, what was taken for one belongs to what comes before
        if not (script.inversion and following and source is not None and source is not following):
            return None
        if not has_content(stretch, verb, following[1]):
            return None
    if source is not None:
        shared = (
            before & CONJUNCTION and is_thing(tokens, source) if tokens.cases else _is_predicate(stretch, source, start)
        )
        if shared:
            source = main_subject(tokens, low, start) or source
        nobody = any(bits[at] & NEGATION and not bits[at] & ADVERB for at in range(max(low, source[0] - 1), source[1]))
        return None if nobody and "affirmed" in verb.frames else candidate.cue(source, subordinate=subordinate)
    if relative or not (before & (CONJUNCTION | COMMA | CLAUSE) or script.null_subject or start == low):
        return None
    main = main_subject(tokens, low, start) if start > low + 1 and not tail else None
    if main is not None and tokens.cases and not agrees(stretch, candidate.place, main):
        main = None
    if main is None and not (script.null_subject or stretch.speech):
        return None
    return candidate.cue(main, subordinate=subordinate or bool(before & THAT and script.null_subject))


def _is_object(stretch: Stretch, verb: Verb, phrase: Phrase) -> bool:
    """Where a subject can be left out, is the noun behind a verb its object (Negó cualquier trato)?"""
    free = stretch.lexicon.script.null_subject and not stretch.tokens.cases
    if not free or not verb.frames & {"object", "bare"} or verb.then is None:
        return False
    bits = stretch.tokens.bits
    somebody = is_marked(stretch.tokens, *phrase) or any(bits[at] & (CAPITAL | PRONOUN) for at in range(*phrase))
    return not somebody


def _is_predicate(stretch: Stretch, phrase: Phrase, verb: int) -> bool:
    """Does what stands before a verb belong to another one that shares its subject (rushed in and said)?"""
    bits = stretch.tokens.bits
    first = bits[phrase[0]]
    verbal = bool(first & (VERB | PARTICIPLE | CUE) and not first & (CAPITAL | DETERMINER | PRONOUN))
    if bits[verb - 1] & CONJUNCTION:
        main = main_subject(stretch.tokens, stretch.low, verb)
        shorter = main is not None and main[0] == phrase[0] and main[1] < phrase[1]
        return verbal or shorter or has_another_verb(stretch.tokens, stretch.low, verb)
    if phrase[0] > stretch.low and bits[phrase[0] - 1] & COMMA:
        return False  # a clause of its own: …, mining documents show
    return verbal


def _closes_quotation(tokens: Tokens, start: int, low: int) -> bool:
    """Does a verb stand right behind a quotation or a dash, unless the quotation is a title within its subject, or an
    insertion ends there?"""
    before = tokens.bits[start - 1] if start > low else 0
    if before & DASH and any(
        tokens.bits[at] & DASH and tokens.bits[at - 1] & WORD
        for at in range(max(low + 1, start - 3 * WINDOW), start - 1)
    ):
        return False
    titled = before & QUOTE and short_quotation(tokens, start - 1) and tokens.bits[start - 2] & WORD
    return bool(before & (QUOTE | DASH)) and not titled


def _phrase_behind(stretch: Stretch, after: int) -> Phrase | None:
    """The noun phrase behind a verb that may be its subject."""
    tokens = stretch.tokens
    phrase = phrase_after(tokens, after, stretch.high)
    if phrase is None or begins_noun_phrase(tokens, phrase[0]):
        return phrase
    opens = tokens.bits[phrase[0]] & (THAT | RELATIVE | CLAUSE | PREPOSITION | GENITIVE)
    return phrase if not opens and known_source(tokens, phrase, stretch.lexicon) else None


def _verb_first(stretch: Stretch, candidate: Candidate) -> Cue | None:
    """The subject stands behind its verb, or at the head of the sentence, or is left out."""
    tokens, low, high = stretch.tokens, stretch.low, stretch.high
    bits, verb, start, after = tokens.bits, candidate.verb, candidate.start, candidate.after
    before = bits[start - 1] if start > low else 0
    subordinate = candidate.subordinate or bool(before & RELATIVE)
    following = phrase_after(tokens, after, high)
    if following and bits[following[0]] & INSIDE and not that_follows(tokens, following[1], high):
        following = None
    topic = None
    joined = bits[start] & JOINED and not bits[low] & CLAUSE  # as for the mayor, he said
    if start > low and not joined and not before & (RELATIVE | COMMA | QUOTE | DASH | STOP):
        topic = _topic(tokens, low, start)
    known = following is not None and is_marked(tokens, *following)
    if topic and (not known or is_marked(tokens, *topic)) and has_content(stretch, verb, after):
        return candidate.cue(topic, subordinate=subordinate)
    if following and (
        has_content(stretch, verb, _behind_apposition(tokens, following[1], high))
        or (verb.frames & {"object", "bare"} and holds_object(tokens, following))
        or ("tail" in verb.frames and is_tail(stretch, following, start, following[1]))
    ):
        return candidate.cue(following, subordinate=subordinate)
    if before & RELATIVE or not has_content(stretch, verb, after):
        return None
    main = topic or (main_subject(tokens, low, start) if start > low + 1 else None)
    return candidate.cue(main, subordinate=subordinate)


def _behind_apposition(tokens: Tokens, place: int, high: int) -> int:
    """Behind what is set between commas after a subject (the widow, a teacher, asks …)."""
    if place < high and tokens.bits[place] & COMMA:
        closing = (at for at in range(place + 1, min(place + WINDOW, high)) if tokens.bits[at] & (COMMA | STOP))
        end = next(closing, high)
        return end + 1 if end < high and tokens.bits[end] & COMMA else place
    return place


def _topic(tokens: Tokens, low: int, verb: int) -> Phrase | None:
    """The subject that heads a sentence, behind what joins it to the one before (however, the minister said)."""
    bits = tokens.bits
    opening = next((at for at in range(low, verb) if bits[at] & WORD), verb)
    joint = next((at for at in range(opening, min(opening + 3, verb)) if bits[at] & THAT), None)
    if joint is not None:
        opening = joint + 1
    elif bits[opening] & CLAUSE:
        opening += 1
    while opening < verb and bits[opening] & AUXILIARY:
        opening += 1
    if opening >= verb or bits[opening] & VERB:
        return None
    phrase = phrase_after(tokens, opening, verb)
    if phrase is None or phrase[0] != opening:
        return None
    return phrase if bits[opening] & ARTICLE or phrase[1] == verb or is_marked(tokens, *phrase) else None
