"""Cues that are verbs: who is their subject, in which order they stand, and whether they say anything."""

from __future__ import annotations

from dataclasses import replace

from .frames import (
    closes_clause,
    has_another_verb,
    has_auxiliary_before,
    has_content,
    holds_object,
    in_subordinate_clause,
    is_tail,
    particle_follows,
    that_follows,
)
from .lexicon import BIT, Lexicon, Verb
from .main_subject import main_subject
from .noun_phrases import (
    AGENT,
    AUXILIARY,
    CLAUSE,
    CLITIC,
    CONJUNCTION,
    DETERMINER,
    GENITIVE,
    NEGATION,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    THAT,
    TIME,
    Phrase,
    begins_noun_phrase,
    is_marked,
    phrase_after,
    short_quotation,
)
from .phrase_cues import SOMEBODY, Cue, content_before, known_source, names_person, of_class
from .subjects import inverted_pronoun, subject_before, verb_group_start
from .tokens import (
    ARTICLE,
    CAPITAL,
    COMMA,
    DASH,
    DIGIT,
    HYPHEN,
    INSIDE,
    JOINED,
    QUOTE,
    STOP,
    WORD,
    Tokens,
)
from .verb_bracket import find_verb

INFINITIVE, PASSIVE, VERB = BIT["infinitive"], BIT["passive"], BIT["verb"]
REFLEXIVE, HYPOTHESIS, RUMOUR = BIT["reflexive"], BIT["hypothesis"], BIT["rumour_mood"]
POSSESSIVE, POSSESSOR, INTENTION = BIT["possessive"], BIT["possessor"], BIT["intention"]
QUANTITY, PLURAL, PARENTHETICAL = BIT["quantity"], BIT["plural"], BIT["parenthetical"]
# What stands before the article of a noun, but not before a pronoun of the same form (l'annonce, ils l'annoncent).
NOMINAL = PREPOSITION | GENITIVE | AUXILIARY | CONJUNCTION | CLAUSE | DETERMINER | VERB
PASSIVE_FRAMES = frozenset(["passive", "that"])
OBLIQUE = BIT["oblique"]
WINDOW = 12


def verb_cue(
    tokens: Tokens,
    lexicon: Lexicon,
    place: int,
    verb: Verb,
    types: frozenset[str],
    low: int,
    high: int,
    speech: bool,
    subordinate: bool,
) -> Cue | None:
    if lexicon.script.verb_bracket:
        found = find_verb(tokens, lexicon, place, verb, types, low, high, speech)
        if found is None:
            return None
        return Cue("verb", verb.rule, place, place + 1, found.source, found.source is None, found.subordinate)
    bits = tokens.bits
    after = place + 1
    if verb.then:
        match = verb.then.match(tokens.low, tokens.end[place])
        if not match:
            return None
        after = tokens.at(match.end())
        if tokens.end[after - 1] > match.end():
            after -= 1
    if verb.particle and not particle_follows(tokens, verb.particle, after, high):
        return None
    start, auxiliary = verb_group_start(tokens, place, low)
    before = bits[place - 1] if place > low else 0
    if (
        before & DETERMINER
        and not before & (PRONOUN | QUANTITY | PLURAL | OBLIQUE)
        and not (before & CLITIC and place - 2 >= low and not bits[place - 2] & NOMINAL and bits[place - 2] & WORD)
    ):
        return None
    if before & POSSESSOR or (before & HYPHEN and tokens.end[place - 1] == tokens.start[place]):
        return None  # the minister's claims, a self-described socialist
    if verb.origin:
        source = _origin(tokens, verb, low, start, after, high)
        return Cue("verb", verb.rule, start, after, source) if source else None
    if any(bits[at] & RUMOUR and not bits[at] & HYPOTHESIS for at in range(start, place)):
        return None  # aurait avoué, avrebbe chiesto: that it was said is itself a rumour
    if (
        before & (GENITIVE | PREPOSITION)
        and not before & INFINITIVE
        and not ("gerund" in types or types == {"infinitive"})
    ):
        return None
    if not types & {"participle", "gerund"} and any(bits[at] & PASSIVE for at in range(start, place)):
        return None  # there are reports: a noun
    if "participle" in types:
        passive = any(bits[at] & PASSIVE for at in range(start, place))
        passive = passive and not any(bits[at] & REFLEXIVE for at in range(start, place))
        auxiliary = auxiliary or bool(before & CONJUNCTION and has_auxiliary_before(tokens, place, low))
        if passive or ("finite" not in types and not auxiliary):
            if not verb.frames & PASSIVE_FRAMES:
                return None
            cue = _passive(tokens, verb, place, start, high)
            # the plan announced by the ministry costs …: a participle beside another verb says nothing of the sentence
            return cue and replace(
                cue, subordinate=subordinate or (not passive and has_another_verb(tokens, low, high))
            )
    if "gerund" in types and "finite" not in types and not auxiliary:
        if not has_content(tokens, lexicon, verb, after, high, speech):
            return None
        source, _ = subject_before(tokens, start, low)
        main = main_subject(tokens, low, place)
        source = main or (None if tokens.verb_first else source)
        return Cue("verb", verb.rule, start, after, source, implied=main is None)
    if "infinitive" in types and not auxiliary and (types == {"infinitive"} or before & INFINITIVE):
        if types == {"infinitive"}:
            if "that" not in verb.frames or not (that_follows(tokens, after, high) or speech):
                return None
        else:
            governor = bits[place - 2] if place - 2 >= low else STOP
            if governor & (INTENTION | NEGATION | DASH | STOP | COMMA):
                return None
            if not has_content(tokens, lexicon, verb, after, high, speech):
                return None
        main = main_subject(tokens, low, place)
        return Cue("verb", verb.rule, place, after, main, implied=main is None)
    if tokens.verb_first:
        return _verb_first(tokens, lexicon, verb, (start, place), after, low, high, speech, subordinate)
    pronoun = inverted_pronoun(tokens, start, after, high)
    if pronoun is not None:
        return Cue("verb", verb.rule, start, max(after, pronoun), (pronoun, pronoun + 1), subordinate=subordinate)
    return _with_subject(tokens, lexicon, verb, (start, place), after, low, high, speech, subordinate)


def _origin(tokens: Tokens, verb: Verb, low: int, start: int, after: int, high: int) -> Phrase | None:
    """The source behind a preposition, next after the verb or else before it (emerge dai dati, dai dati emerge)."""
    behind, ahead = range(after, min(after + 3, high)), range(start - 1, max(low, start - 2 * WINDOW) - 1, -1)
    for at in (*behind, *ahead):
        if tokens.word[at] in verb.origin and not tokens.bits[at] & INSIDE:
            source = phrase_after(tokens, at + 1, high if at >= after else start, governed=True)
            if of_class(tokens, source, verb.subjects):
                return source
    return None


def inserted_verb(tokens: Tokens, lexicon: Lexicon, place: int, low: int, high: int) -> Cue | None:
    """A cue verb set between commas or dashes within a quotation: « Rien, souligne-t-elle, ne presse. »"""
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


def _with_subject(
    tokens: Tokens,
    lexicon: Lexicon,
    verb: Verb,
    group: tuple[int, int],
    after: int,
    low: int,
    high: int,
    speech: bool,
    subordinate: bool,
) -> Cue | None:
    bits = tokens.bits
    start = group[0]
    before = bits[start - 1] if start > low else 0
    titled = before & QUOTE and short_quotation(tokens, start - 1) and bits[start - 2] & WORD
    tail = (start > low and bool(before & (QUOTE | DASH)) and not titled) or (
        before & COMMA and closes_clause(tokens, start - 1, low)
    )
    if any(
        bits[at] & RUMOUR or any(mark.type == "rumour" for _, mark in tokens.marks.get(at, ()))
        for at in range(start, group[1])
    ):
        return None  # what somebody is rumoured to have said
    if "affirmed" in verb.frames and not speech and any(bits[at] & NEGATION for at in range(start, group[1])):
        return None
    following = phrase_after(tokens, after, high)
    if following and not (
        begins_noun_phrase(tokens, following[0])
        or (
            known_source(tokens, following, lexicon)
            and not bits[following[0]] & (THAT | RELATIVE | CLAUSE | PREPOSITION | GENITIVE)
        )
    ):
        following = None
    if tokens.cases:
        following, somebody = _subject_behind(tokens, lexicon, group[1], after, following)
        tail = tail or (somebody and bool(before & COMMA))
    if following and following[0] == after and before & COMMA and "tail" in verb.frames:
        tail = tail or (following[1] < high and bool(bits[following[1]] & COMMA))  # …, cree Ríos, …
    if tail and following and (after == group[1] + 1 or lexicon.script.inversion):
        return Cue("verb", verb.rule, start, after, following, subordinate=subordinate)
    if before & THAT and following and following[0] == after and not before & DETERMINER:
        # ce qu'a annoncé le maire
        return Cue("verb", verb.rule, start, after, following, subordinate=subordinate)
    source, relative = subject_before(tokens, start, low)
    if tokens.cases:
        place = any(mark.type == "locative" for _, mark in tokens.marks.get(after, ()))
        plural = tokens.word[group[1]].endswith(lexicon.script.plural_verb_endings)
        if following is None and place and plural and before & (COMMA | QUOTE | DASH):
            return Cue("verb", verb.rule, start, after, None, implied=True, subordinate=subordinate)  # …, said in …
        if source and _is_thing(tokens, source):
            if place and plural:
                return None
            if following and somebody and is_marked(tokens, following[0], following[0] + 1):
                source = None
        if source and not _agrees(tokens, lexicon, group[1], source):
            source = None
    subordinate = subordinate or relative or in_subordinate_clause(tokens, source, low, start)
    end = after
    if source is None and not relative and lexicon.script.inversion and following:
        source, end = following, following[1]
    if tokens.cases and content_before(tokens, verb, start, low):
        return Cue("verb", verb.rule, start, after, source, implied=source is None, subordinate=subordinate)
    if not has_content(tokens, lexicon, verb, end, high, speech) and not (
        "tail" in verb.frames and is_tail(tokens, source, start, end, low, high)
    ):
        if source is not following and lexicon.script.inversion and following and source is not None:
            # the subject stood after the verb, and what was taken for one belongs to what comes before
            if not has_content(tokens, lexicon, verb, following[1], high, speech):
                return None
        else:
            return None
    if source is None and not relative:
        if before & (CONJUNCTION | COMMA | CLAUSE) or lexicon.script.null_subject or start == low:
            main = main_subject(tokens, low, start) if start > low + 1 and not tail else None
            if main is None and not (lexicon.script.null_subject or speech):
                return None
            subordinate = subordinate or bool(before & THAT and lexicon.script.null_subject)
            return Cue("verb", verb.rule, start, after, main, implied=main is None, subordinate=subordinate)
        return None
    return Cue("verb", verb.rule, start, after, source, subordinate=subordinate)


def _verb_first(
    tokens: Tokens,
    lexicon: Lexicon,
    verb: Verb,
    group: tuple[int, int],
    after: int,
    low: int,
    high: int,
    speech: bool,
    subordinate: bool,
) -> Cue | None:
    """The subject stands behind its verb, or at the head of the sentence, or is left out."""
    bits = tokens.bits
    start = group[0]
    before = bits[start - 1] if start > low else 0
    subordinate = subordinate or bool(before & RELATIVE)
    following = phrase_after(tokens, after, high)
    if following and bits[following[0]] & INSIDE and not that_follows(tokens, following[1], high):
        following = None
    topic = None
    if start > low and not bits[start] & JOINED and not before & (RELATIVE | COMMA | QUOTE | DASH | STOP):
        topic = _topic(tokens, low, start)
    known = following is not None and is_marked(tokens, *following)
    if topic and (not known or is_marked(tokens, *topic)) and has_content(tokens, lexicon, verb, after, high, speech):
        return Cue("verb", verb.rule, start, after, topic, subordinate=subordinate)
    if following and (
        has_content(tokens, lexicon, verb, following[1], high, speech)
        or (verb.frames & {"object", "bare"} and holds_object(tokens, following))
        or ("tail" in verb.frames and is_tail(tokens, following, start, following[1], low, high))
    ):
        return Cue("verb", verb.rule, start, after, following, subordinate=subordinate)
    if before & RELATIVE or not has_content(tokens, lexicon, verb, after, high, speech):
        return None
    main = topic or (main_subject(tokens, low, start) if start > low + 1 else None)
    return Cue("verb", verb.rule, start, after, main, implied=main is None, subordinate=subordinate)


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


def _subject_behind(
    tokens: Tokens, lexicon: Lexicon, verb: int, after: int, following: Phrase | None
) -> tuple[Phrase | None, bool]:
    """What stands behind a verb in a language of cases, if it can be its subject, and whether it is somebody. A verb in
    the plural before a place has none (сообщили в министерстве)."""
    bits = tokens.bits
    if following is None:
        return None, False
    script = lexicon.script
    impersonal = tokens.word[verb].endswith(script.plural_verb_endings) and bits[after] & PREPOSITION
    people = is_marked(tokens, following[0], following[0] + 1, SOMEBODY)
    people = people and tokens.word[following[0]].endswith(script.plural_endings)
    if impersonal and not people and not bits[after + 1] & TIME:
        return None, False
    somebody = bool(bits[following[0]] & CAPITAL) or is_marked(tokens, *following)
    return following, somebody and following[0] == after and _agrees(tokens, lexicon, verb, following)


def _is_thing(tokens: Tokens, phrase: Phrase) -> bool:
    """No name and no word for a source: the object before its verb (закрытие школы подтвердил источник)."""
    names = any(tokens.bits[at] & CAPITAL for at in range(phrase[0] + 1, phrase[1]))
    return not names and not is_marked(tokens, *phrase)


def _agrees(tokens: Tokens, lexicon: Lexicon, verb: int, source: Phrase) -> bool:
    """Can a phrase be the subject of a verb in the plural, or is it one person and the verb has no subject
    (бывшего министра обвиняют в …)?"""
    script, bits, word = lexicon.script, tokens.bits, tokens.word
    if not word[verb].endswith(script.plural_verb_endings):
        return True
    name = source[1] - source[0] > 1 and all(bits[at] & CAPITAL for at in range(*source))
    if not name and not is_marked(tokens, *source, ("role",)):
        return True
    if is_marked(tokens, *source, ("body", "outlet", "authority", "document")):
        return True
    return any(
        bits[at] & (PLURAL | CONJUNCTION | QUANTITY | DIGIT) or word[at].endswith(script.plural_endings)
        for at in range(*source)
    )


def _passive(tokens: Tokens, verb: Verb, place: int, start: int, high: int) -> Cue | None:
    """Announced by the ministry: the agent is the source; in a language of cases no preposition shows it."""
    if tokens.cases:
        agent = phrase_after(tokens, place + 1, high, governed=True)
        known = agent and agent[0] == place + 1 and is_marked(tokens, *agent)
        return Cue("verb", verb.rule, start, place + 1, agent) if known else None
    for at in range(place + 1, min(place + 5, high)):
        if tokens.bits[at] & AGENT:
            source = phrase_after(tokens, at + 1, high, governed=True)
            return Cue("verb", verb.rule, start, at + 1, source) if source else None
        if tokens.bits[at] & (STOP | COMMA | QUOTE):
            return None
    return None
