"""Finding what marks an attribution in one sentence: cue verbs in their frames, prepositions, fixed expressions."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .capital_nouns import is_source, noun_phrase, noun_phrase_before
from .lexicon import BIT, Lexicon, Verb
from .noun_phrases import (
    ACTION,
    ADVERB,
    AGENT,
    AUXILIARY,
    CLAUSE,
    CLITIC,
    CONJUNCTION,
    DEFINITE,
    DETERMINER,
    GENITIVE,
    NEGATION,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    THAT,
    TIME,
    Phrase,
    after_period,
    begins_noun_phrase,
    behind_governed,
    inverted_pronoun,
    is_marked,
    phrase_after,
    short_quotation,
    subject_before,
    verb_group_start,
)
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
    PAREN,
    QUOTE,
    STOP,
    WORD,
    Tokens,
)
from .verb_bracket import find_verb, subject_after

RUMOUR = BIT["rumour_mood"]
INFINITIVE, PASSIVE, VERB = BIT["infinitive"], BIT["passive"], BIT["verb"]
REFLEXIVE, HYPOTHESIS, RUMOUR = BIT["reflexive"], BIT["hypothesis"], BIT["rumour_mood"]
POSSESSIVE, POSSESSOR, INTENTION = BIT["possessive"], BIT["possessor"], BIT["intention"]
PARTICIPLE = BIT["participle"]
QUANTITY, PLURAL, PARENTHETICAL = BIT["quantity"], BIT["plural"], BIT["parenthetical"]
SOURCELESS: frozenset[str] = frozenset(["anonymous", "vague", "hearsay"])
PHRASE_CUES = SOURCELESS | {
    "according",
    "according_after",
    "according_document",
    "citing",
    "relay",
    "viewpoint",
    "insertion",
    "anaphoric",
    "own_words",
    "locative",
    "around",
}
# What stands before the article of a noun, but not before a pronoun of the same form (l'annonce, ils l'annoncent).
NOMINAL = PREPOSITION | GENITIVE | AUXILIARY | CONJUNCTION | CLAUSE | DETERMINER | VERB
PASSIVE_FRAMES = frozenset(["passive", "that"])
OBLIQUE = BIT["oblique"]
WINDOW = 12
SOMEBODY = ("people", "anonymous", "collective", "researcher", "role")


@dataclass(frozen=True, slots=True)
class Cue:
    """A mark of attribution: its rule, the tokens of the cue, and those of the source where the sentence names one.

    `implied`: the source is the subject of an earlier verb, here or in an earlier sentence. `subordinate`: it covers
    only a remark beside the main claim (rule 4).
    """

    type: str
    rule: str
    start: int
    end: int
    source: Phrase | None
    implied: bool = False
    subordinate: bool = False


def find_cues(tokens: Tokens, lexicon: Lexicon, low: int, high: int, speech: bool) -> list[Cue]:
    """All cues of the sentence of tokens `low` to `high`, in order. `speech`: the sentence holds a quotation of
    somebody's words, not only of a term."""
    cues: list[Cue] = []
    suppressed = muted = subordinate = low
    bits, words, verbs, marks = tokens.bits, tokens.word, lexicon.verbs, tokens.marks
    for place in range(low, high):
        if place not in marks and words[place] not in verbs:  # most words
            if bits[place] & COMMA and not bits[place] & INSIDE:
                subordinate = min(subordinate, place)
            continue
        if bits[place] & INSIDE:
            cue = None if lexicon.script.verb_bracket else _insertion(tokens, lexicon, place, low, high)
            if cue:
                cues.append(cue)
            continue
        if bits[place] & COMMA:
            subordinate = min(subordinate, place)
        if place >= suppressed:
            for end, mark in marks.get(place, ()):
                if mark.type == "fixed":
                    suppressed = max(suppressed, end)
                elif mark.type == "subordinate":
                    subordinate = high
        if place < suppressed:
            continue
        quiet = place < muted
        for end, mark in sorted(marks.get(place, ()), key=lambda found: -found[0]):
            if mark.type in PHRASE_CUES and mark.rule != "sources":
                cue = _phrase_cue(tokens, lexicon, mark.type, mark.rule, place, end, low, high, speech)
                if cue:
                    cues.append(cue)
                    if cue.type in SOURCELESS:
                        muted = max(muted, end)  # "it is said that" says nothing more than that
                    break
        if quiet:
            continue
        for verb, types in verbs.get(words[place], ()):
            cue = _verb_cue(tokens, lexicon, place, verb, types, low, high, speech, place < subordinate)
            if cue and tokens.verb_first and place < muted and cue.implied:
                continue  # unvowelled, the passive of a fixed expression looks like a subject left out
            if (
                cue
                and place < muted
                and (cue.implied or (lexicon.script.null_subject and cue.source and cue.source[0] > place))
            ):
                continue  # estima-se que: the verb of a phrase for nobody in particular
            if cue and cue.implied and tokens.cases and muted > place:
                break  # they say, with nobody spoken of as subject: the phrase has it
            if cue and (not verb.subjects or of_class(tokens, cue.source, verb.subjects)):
                cues.append(cue)
                break
    return cues


def _phrase_cue(
    tokens: Tokens,
    lexicon: Lexicon,
    kind: str,
    rule: str,
    place: int,
    end: int,
    low: int,
    high: int,
    speech: bool,
) -> Cue | None:
    if kind in SOURCELESS:
        return Cue(kind, rule, place, end, None)
    if kind == "around":
        names = any(tokens.bits[at] & (CAPITAL | POSSESSIVE | POSSESSOR) for at in range(place + 1, end - 1))
        return Cue("according", rule, place, end, (place + 1, end - 1)) if names else None
    if kind == "anaphoric":
        return Cue("verb", rule, place, end, None, implied=True)
    bracket = lexicon.script.verb_bracket
    if kind == "own_words":
        own = main_subject(tokens, low, place) or (subject_after(tokens, end, high) if bracket else None)
        return Cue("according", rule, place, end, own) if own else Cue("verb", rule, place, end, None, implied=True)
    if kind == "according_after":
        source = noun_phrase_before(tokens, place, low) if bracket else subject_before(tokens, place, low)[0]
        return Cue("according", rule, place, end, source) if source else None
    if kind == "according" and end == place + 1 and place > low and tokens.bits[place - 1] & DETERMINER:
        return None  # o segundo candidato
    source = noun_phrase(tokens, end, high) if bracket else phrase_after(tokens, end, high, governed=True)
    if kind == "citing" and source and tokens.cases:
        source = _before_outlet(tokens, source, high)
    if kind == "according_document":
        return Cue("according", rule, place, end, source) if source and _is_document(tokens, source) else None
    if kind == "insertion":
        if place == low:
            return (
                Cue("according", rule, place, end, source)
                if source and _only_names(tokens, lexicon, end, high)
                else None
            )
        return _inserted_source(tokens, rule, place, end, source, high)
    set_off = kind == "according" and (place == low or tokens.bits[place - 1] & (COMMA | QUOTE))
    if source is None or not (
        set_off or begins_noun_phrase(tokens, source[0]) or _known_source(tokens, source, lexicon)
    ):
        return None
    if kind in ("according", "citing") and source[1] - source[0] > 1 and _finite(tokens, lexicon, source[0]):
        source = source[0] + 1, source[1]  # según explicó la ministra
    if kind == "locative":
        return _locative(tokens, lexicon, rule, place, source, low, high, speech)
    if kind == "viewpoint":
        opening = place == low or bool(tokens.bits[place - 1] & COMMA) or place - low <= 1
        closing = source[1] < high and bool(tokens.bits[source[1]] & COMMA)
        if (
            not (opening and closing)
            or not names_person(tokens, source)
            or _infinitive(tokens, lexicon, source[1] + 1, high)
        ):
            return None
        kind = "according"
    return Cue(kind, rule, place, end, source)


def _only_names(tokens: Tokens, lexicon: Lexicon, low: int, high: int) -> bool:
    """Is there no finite verb, so that the sentence only names who spoke before (Così il presidente della Regione.)?"""
    return not any(
        (tokens.bits[at] & (AUXILIARY | VERB) and not tokens.bits[at] & CAPITAL) or _finite(tokens, lexicon, at)
        for at in range(low, high)
    )


def _before_outlet(tokens: Tokens, source: Phrase, high: int) -> Phrase:
    """What is cited, without the outlet that cites it (со ссылкой на источники Reuters пишет)."""
    end = source[1]
    if end < high and tokens.bits[end] & CUE:
        while end - 1 > source[0] and is_marked(tokens, end - 1, end, ("outlet",)):
            end -= 1
    return source[0], end


def _inserted_source(tokens: Tokens, rule: str, place: int, end: int, source: Phrase | None, high: int) -> Cue | None:
    """…, so der Minister, …: between commas or at the end, with somebody who can say something."""
    bits = tokens.bits
    if source is None or not bits[place - 1] & (COMMA | QUOTE | DASH | PAREN) or not is_source(tokens, source):
        return None
    after = bits[source[1]] if source[1] < high else 0
    if after & WORD and not after & (PREPOSITION | ADVERB | TIME | CLAUSE | CONJUNCTION):
        return None
    return Cue("according", rule, place, end, source)


def _locative(
    tokens: Tokens, lexicon: Lexicon, rule: str, place: int, source: Phrase, low: int, high: int, speech: bool
) -> Cue | None:
    """Where it is said stands for who says it, by a verb of saying (en el Gobierno explican que …; …, aseguran desde
    la Plataforma; à l'Élysée, on assure que …)."""
    bits = tokens.bits
    held = bool(tokens.cases) and source[1] - source[0] > 1  # perhaps with its object (в министерстве это отрицают)
    for at in range(source[0] + 1, min(high, source[1] + 1)):
        if _finite(tokens, lexicon, at):
            held = held and at > source[0] + 1
            source = source[0], at  # the phrase took in the verb behind it
            break
    if not _is_body(tokens, source) or (tokens.cases and _has_subject(tokens, lexicon, source)):
        return None
    at, beside = source[1], COMMA | ADVERB | CLITIC | AUXILIARY | NEGATION
    pronouns = () if tokens.cases else ("collective",)
    while at < high and (bits[at] & beside or is_marked(tokens, at, at + 1, pronouns)):
        at += 1
    # the experts heard by the paper say …: an agent behind a participle
    agent = bits[place] & AGENT and place > low and not bits[place - 1] & (COMMA | ADVERB | TIME | CONJUNCTION)
    if not agent and at < min(high, source[1] + 6) and _says(tokens, lexicon, at, at + 1, high, speech, held):
        return Cue("verb", rule, at, at + 1, source)
    before = place - 1
    while tokens.cases and before > low and bits[before] & (OBLIQUE | CAPITAL | QUOTE | INSIDE | TIME | PREPOSITION):
        before -= 1
    free = COMMA | PARENTHETICAL | QUOTE | DASH | OBLIQUE if tokens.cases else COMMA
    if before >= low + (not tokens.cases) and _says(
        tokens, lexicon, before, source[1], high, speech or (before > low and bool(bits[before - 1] & free))
    ):
        return Cue("verb", rule, before, place, source)
    return None


def _has_subject(tokens: Tokens, lexicon: Lexicon, phrase: Phrase) -> bool:
    """Does somebody in the nominative plural follow the place (в больнице пациенты сообщили)?"""
    endings = lexicon.script.plural_endings
    return any(
        is_marked(tokens, at, at + 1, SOMEBODY) and tokens.word[at].endswith(endings)
        for at in range(phrase[0] + 1, phrase[1])
    )


def _finite(tokens: Tokens, lexicon: Lexicon, place: int) -> bool:
    entries = lexicon.verbs.get(tokens.word[place], ())
    return any("finite" in types for _, types in entries) and not tokens.bits[place - 1] & (DETERMINER | PREPOSITION)


def _says(
    tokens: Tokens, lexicon: Lexicon, place: int, after: int, high: int, speech: bool, held: bool = False
) -> bool:
    """Is this a verb of saying without a subject of its own, and with a content behind `after` or around it?
    `held`: its object may stand before it."""
    endings = lexicon.script.plural_verb_endings
    if endings and not tokens.word[place].endswith(endings):
        return False
    for verb, types in lexicon.verbs.get(tokens.word[place], ()):
        if "finite" in types:
            match = verb.then.match(tokens.low, tokens.end[after - 1]) if verb.then else None
            if verb.then and match is None:
                continue
            if held and "object" in verb.frames:
                return True
            if _content(tokens, lexicon, verb, tokens.at(match.end()) if match else after, high, speech):
                return True
    return False


def _is_body(tokens: Tokens, phrase: Phrase) -> bool:
    """A body, an outlet or authorities; or a name with an article, as places seldom have."""
    if tokens.bits[phrase[0]] & DEFINITE and any(tokens.bits[at] & CAPITAL for at in range(phrase[0] + 1, phrase[1])):
        return True
    if tokens.cases and tokens.bits[phrase[0]] & (CAPITAL | QUOTE):
        return True
    return is_marked(tokens, *phrase, ("body", "authority", "outlet", "anonymous", "collective"))


def _is_document(tokens: Tokens, phrase: Phrase) -> bool:
    marks = (mark for at in range(*phrase) for _, mark in tokens.marks.get(at, ()))
    return any(mark.rule == "sources" and mark.type == "document" for mark in marks)


def _known_source(tokens: Tokens, phrase: Phrase, lexicon: Lexicon) -> bool:
    if not lexicon.script.cased or lexicon.script.inversion:
        return True
    return any(mark.rule == "sources" for at in range(*phrase) for _, mark in tokens.marks.get(at, ()))


def of_class(tokens: Tokens, phrase: Phrase | None, classes: frozenset[str]) -> bool:
    """Is one of the words of a phrase of these source classes?"""
    return phrase is not None and any(
        mark.rule == "sources" and mark.type in classes for at in range(*phrase) for _, mark in tokens.marks.get(at, ())
    )


def names_person(tokens: Tokens, phrase: Phrase) -> bool:
    """A name, a pronoun or somebody's office; a number or a place alone is neither."""
    if tokens.bits[phrase[0]] & (PRONOUN | CAPITAL):
        return True
    return any(
        mark.rule == "sources" and mark.type in ("role", "anonymous", "people", "collective", "body")
        for at in range(*phrase)
        for _, mark in tokens.marks.get(at, ())
    )


def _verb_cue(
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
    if verb.particle and not _particle(tokens, verb.particle, after, high):
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
        auxiliary = auxiliary or bool(before & CONJUNCTION and _auxiliary_before(tokens, place, low))
        if passive or ("finite" not in types and not auxiliary):
            if not verb.frames & PASSIVE_FRAMES:
                return None
            cue = _passive(tokens, verb, place, start, high)
            # the plan announced by the ministry costs …: a participle beside another verb says nothing of the sentence
            return cue and replace(cue, subordinate=subordinate or (not passive and _another_verb(tokens, low, high)))
    if "gerund" in types and "finite" not in types and not auxiliary:
        if not _content(tokens, lexicon, verb, after, high, speech):
            return None
        source, _ = subject_before(tokens, start, low)
        main = main_subject(tokens, low, place)
        source = main or (None if tokens.verb_first else source)
        return Cue("verb", verb.rule, start, after, source, implied=main is None)
    if "infinitive" in types and not auxiliary and (types == {"infinitive"} or before & INFINITIVE):
        if types == {"infinitive"}:
            if "that" not in verb.frames or not (_that_follows(tokens, after, high) or speech):
                return None
        else:
            governor = bits[place - 2] if place - 2 >= low else STOP
            if governor & (INTENTION | NEGATION | DASH | STOP | COMMA):
                return None
            if not _content(tokens, lexicon, verb, after, high, speech):
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


def _insertion(tokens: Tokens, lexicon: Lexicon, place: int, low: int, high: int) -> Cue | None:
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
        before & COMMA and _closes_clause(tokens, start - 1, low)
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
            _known_source(tokens, following, lexicon)
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
        if source and not _agrees(tokens, lexicon, group[1], source):
            source = None
    subordinate = subordinate or relative or _in_subordinate(tokens, source, low, start)
    end = after
    if source is None and not relative and lexicon.script.inversion and following:
        source, end = following, following[1]
    if tokens.cases and _content_before(tokens, verb, start, low):
        return Cue("verb", verb.rule, start, after, source, implied=source is None, subordinate=subordinate)
    if not _content(tokens, lexicon, verb, end, high, speech) and not (
        "tail" in verb.frames and _tail(tokens, source, start, end, low, high)
    ):
        if source is not following and lexicon.script.inversion and following and source is not None:
            # the subject stood after the verb, and what was taken for one belongs to what comes before
            if not _content(tokens, lexicon, verb, following[1], high, speech):
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
    if following and bits[following[0]] & INSIDE and not _that_follows(tokens, following[1], high):
        following = None
    topic = None
    if start > low and not bits[start] & JOINED and not before & (RELATIVE | COMMA | QUOTE | DASH | STOP):
        topic = _topic(tokens, low, start)
    known = following is not None and is_marked(tokens, *following)
    if topic and (not known or is_marked(tokens, *topic)) and _content(tokens, lexicon, verb, after, high, speech):
        return Cue("verb", verb.rule, start, after, topic, subordinate=subordinate)
    if following and (
        _content(tokens, lexicon, verb, following[1], high, speech)
        or (verb.frames & {"object", "bare"} and _holds_object(tokens, following))
        or ("tail" in verb.frames and _tail(tokens, following, start, following[1], low, high))
    ):
        return Cue("verb", verb.rule, start, after, following, subordinate=subordinate)
    if before & RELATIVE or not _content(tokens, lexicon, verb, after, high, speech):
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
    if opening >= verb or bits[opening] & VERB:
        return None
    phrase = phrase_after(tokens, opening, verb)
    if phrase is None or phrase[0] != opening:
        return None
    return phrase if bits[opening] & ARTICLE or phrase[1] == verb or is_marked(tokens, *phrase) else None


def _holds_object(tokens: Tokens, phrase: Phrase) -> bool:
    """Without a case ending the object is read as part of the subject: more words follow one with its article."""
    return any(tokens.bits[place] & ARTICLE for place in range(phrase[0], phrase[1] - 1))


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


def _auxiliary_before(tokens: Tokens, place: int, low: int) -> bool:
    """Has presented … and assured: the participle of a second verb shares the auxiliary of the first."""
    return any(
        tokens.bits[at] & AUXILIARY and not tokens.bits[at] & (PASSIVE | INSIDE)
        for at in range(max(low, place - WINDOW), place)
    )


def _particle(tokens: Tokens, particle: str, place: int, high: int) -> bool:
    for at in range(place, high):
        if tokens.word[at] == particle and not tokens.bits[at] & INSIDE:
            return True
        if tokens.bits[at] & STOP:
            return False
    return False


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


def _another_verb(tokens: Tokens, low: int, high: int) -> bool:
    """Is there a finite verb outside quotations and relative clauses?"""
    relative, before = False, 0
    for bit in tokens.bits[low:high]:
        relative = (relative or bool(bit & RELATIVE and not bit & DETERMINER)) and not bit & (COMMA | STOP)
        noun = bit & (CAPITAL | INSIDE | PREPOSITION) or (before & DETERMINER and not before & CLITIC)
        if bit & (AUXILIARY | VERB) and not relative and not noun:
            return True
        before = bit
    return False


def _that_follows(tokens: Tokens, place: int, high: int) -> bool:
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


def _content(tokens: Tokens, lexicon: Lexicon, verb: Verb, place: int, high: int, speech: bool) -> bool:
    """Does the verb have what it says, in one of its frames?"""
    frames, bits = verb.frames, tokens.bits
    if "quote" in frames and speech:
        return True
    if "that" in frames and _that_follows(tokens, place, high):
        return True
    at = place
    while at < high and (
        (bits[at] & (ADVERB | TIME) and not bits[at] & (DETERMINER | THAT | PREPOSITION))
        or (bits[at] & PREPOSITION and at + 1 < high and bits[at + 1] & TIME)
    ):
        at += 1
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
    if "infinitive" in frames and _infinitive(tokens, lexicon, at, high):
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


def _content_before(tokens: Tokens, verb: Verb, start: int, low: int) -> bool:
    """Where cases make the order free: does what is said stand first (об этом рассказали …; министр это отрицает)?"""
    fronted = tokens.word[low] in verb.prepositions
    return fronted or ("object" in verb.frames and start > low and bool(tokens.bits[start - 1] & OBLIQUE))


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


def _infinitive(tokens: Tokens, lexicon: Lexicon, place: int, high: int) -> bool:
    if tokens.bits[place] & INFINITIVE:
        return True
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


def _tail(tokens: Tokens, source: Phrase | None, start: int, end: int, low: int, high: int) -> bool:
    """…, he said, …: after a comma, and what follows does not belong to the verb."""
    first = min(source[0], start) if source else start
    inserted = bool(tokens.bits[first - 1] & PARENTHETICAL) if first > low else False
    if first <= low or not (inserted or tokens.bits[first - 1] & (COMMA | QUOTE | DASH)):
        return False
    if end >= high:
        return True
    bit = tokens.bits[end]
    return not bit & INFINITIVE and (
        bool(bit & (COMMA | DASH | STOP | PREPOSITION | TIME | RELATIVE | CLAUSE | ADVERB)) or tokens.word[end] == "."
    )


def _closes_clause(tokens: Tokens, comma: int, low: int) -> bool:
    """Is what stands before this comma a clause of its own, so that an inverted verb may follow it?"""
    commas = 0
    verbal = False
    for place in range(comma - 1, low - 1, -1):
        bit = tokens.bits[place]
        if bit & RELATIVE and place > low and tokens.bits[place - 1] & COMMA:
            return False  # the head of a relative clause between commas is the subject
        if bit & QUOTE:
            return True
        verbal |= bool(bit & tokens.predicate) and not bit & PREPOSITION
        if bit & COMMA:
            commas += 1
            if verbal or commas == 2:
                break
    return verbal or (commas == 0 and comma - low >= 3)


def _in_subordinate(tokens: Tokens, source: Phrase | None, low: int, start: int) -> bool:
    """Alors que X avait affirmé …, Y …: a conjunction opens the clause of the cue, and another clause follows."""
    first = source[0] if source else start
    for place in range(first - 1, max(low, first - 4) - 1, -1):
        bit = tokens.bits[place]
        if bit & CLAUSE and bit & BIT["hypothesis"]:
            return True
        if bit & (COMMA | STOP | QUOTE):
            return False
    return False


def _adverbial(tokens: Tokens, place: int, high: int) -> bool:
    """Does an adverbial begin here: a preposition, an adverb, a stretch of time (however, two days later, …)?"""
    bit = tokens.bits[place]
    if bit & (PREPOSITION | CLAUSE | TIME | ADVERB | THAT) and not bit & DEFINITE:
        return True
    if bit & PARTICIPLE and place + 1 < high and not tokens.bits[place + 1] & CAPITAL:
        return tokens.word[place] not in tokens.names
    return after_period(tokens, place, high) > place


def main_subject(tokens: Tokens, low: int, high: int) -> Phrase | None:
    """The subject with which the sentence sets in, behind any adverbial before the first comma."""
    place = low
    bits = tokens.bits
    for at in range(low, min(low + 9, high)):
        if bits[at] & DASH and bits[at - 1] & (WORD | PAREN) and at > low:
            place = at + 1  # behind a date line
            break
    while place < high and (not bits[place] & WORD or (bits[place] & INSIDE and not short_quotation(tokens, place))):
        place += 1
    if place + 1 < high and bits[place] & CONJUNCTION:
        place += 1
    if tokens.cases and place < high and bits[place] & PREPOSITION:
        end = next((at for at in range(place, high) if bits[at] & (COMMA | tokens.predicate)), high)
        behind = behind_governed(tokens, place, end)
        place = behind if behind < end else place
    while place < high and _adverbial(tokens, place, high):
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


def _first_verb(tokens: Tokens, start: int, end: int) -> int:
    """Where a verb that no list of auxiliaries has ends a subject (the record prompted the …), else `end`."""
    bits = tokens.bits
    for at in range(start + 1, end):
        if bits[at] & VERB and not bits[at] & (CAPITAL | DETERMINER):
            return at
        if bits[at] & PARTICIPLE and at + 1 < end and bits[at + 1] & (DETERMINER | CAPITAL | PREPOSITION | QUOTE):
            return at
    return end
