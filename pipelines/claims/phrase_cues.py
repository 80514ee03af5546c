"""Cues that are fixed expressions: prepositions and what they govern, places of saying, inserted sources."""

from __future__ import annotations

from dataclasses import replace

from .bracket_phrases import beside, beside_copula, is_behind, owner
from .candidates import Cue, Stretch, match_beside
from .capital_nouns import is_source, noun_phrase, noun_phrase_before
from .frames import has_content, infinitive_follows
from .lexicon import BIT, Lexicon, Mark, Verb
from .main_subject import main_subject
from .names import head_leads
from .noun_phrases import (
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
    THAT,
    TIME,
    Phrase,
    before_subject,
    begins_noun_phrase,
    is_marked,
    phrase_after,
)
from .subjects import subject_before
from .tokens import (
    CAPITAL,
    COMMA,
    CUE,
    DASH,
    HYPHEN,
    INSIDE,
    PAREN,
    QUOTE,
    WORD,
    Tokens,
)

INFINITIVE, PASSIVE, VERB = BIT["infinitive"], BIT["passive"], BIT["verb"]
POSSESSIVE, POSSESSOR, INTENTION = BIT["possessive"], BIT["possessor"], BIT["intention"]
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
    "noun",
}
OBLIQUE, NAME = BIT["oblique"], BIT["name"]
ADJECTIVES, REACH = 4, 40
OWNS = POSSESSIVE | POSSESSOR
NOT_ADJECTIVE = PREPOSITION | CONJUNCTION | AUXILIARY | VERB | COMMA | QUOTE | DASH | PRONOUN | DEFINITE
SOMEBODY = ("people", "trade", "anonymous", "collective", "researcher", "role")


def phrase_cue(stretch: Stretch, mark: Mark, place: int, end: int) -> Cue | None:
    """The cue of a fixed expression that stands from `place` to `end`, where it attributes something."""
    tokens, lexicon, low, high = stretch.tokens, stretch.lexicon, stretch.low, stretch.high
    kind, rule = mark.type, mark.rule
    if kind in SOURCELESS:
        return Cue(
            kind, rule, place, end, None, subordinate=lexicon.script.verb_bracket and beside(stretch, place, end)
        )
    if kind == "around" and is_marked(tokens, end - 1, end, ("document",)):
        apart = place == low or tokens.bits[place - 1] & (COMMA | CONJUNCTION)  # in a poll of May, half of …
        return Cue("according", rule, place, end, (place + 1, end)) if apart and end < high else None
    if kind == "around":
        names = any(tokens.bits[at] & (CAPITAL | POSSESSIVE | POSSESSOR) for at in range(place + 1, end - 1))
        return Cue("according", rule, place, end, (place + 1, end - 1)) if names else None
    if kind == "noun":
        return _noun(stretch, rule, place, end)
    if kind == "anaphoric":
        return Cue("verb", rule, place, end, None, implied=True)
    bracket = lexicon.script.verb_bracket
    if kind == "own_words":
        own = owner(tokens, lexicon, low, high) if bracket else main_subject(tokens, low, place)
        return Cue("according", rule, place, end, own) if own else Cue("verb", rule, place, end, None, implied=True)
    if kind == "according_after":
        source = noun_phrase_before(tokens, place, low) if bracket else subject_before(tokens, place, low)[0]
        if bracket and source and tokens.bits[place] & PREPOSITION and not is_behind(tokens, source, end, high):
            return None
        return Cue("according", rule, place, end, source) if source else None
    if kind == "according" and end == place + 1 and place > low and tokens.bits[place - 1] & DETERMINER:
        return None  # o segundo candidato
    source = noun_phrase(tokens, end, high) if bracket else phrase_after(tokens, end, high, governed=True)
    if bracket and source and tokens.bits[source[0]] & PREPOSITION and not tokens.bits[source[0]] & DETERMINER:
        return None  # dachte laut über … nach
    if kind == "citing" and source and tokens.cases:
        source = _before_outlet(tokens, source, high)
    if kind == "citing" and source and lexicon.script.cased and not lexicon.script.capital_nouns:
        named = any(tokens.bits[at] & CAPITAL for at in range(*source))
        if not (named or is_marked(tokens, *source)):
            return None  # citing a lack of time
    if kind == "according_document":
        return Cue("according", rule, place, end, source) if source and _is_document(tokens, source) else None
    if kind == "insertion":
        if place == low:
            return (
                Cue("according", rule, place, end, source)
                if source and _closes(tokens, source, high) and _only_names(tokens, lexicon, end, high)
                else None
            )
        return _inserted_source(tokens, rule, place, end, source, high)
    set_off = kind == "according" and (place == low or tokens.bits[place - 1] & (COMMA | QUOTE))
    if source is None or not (
        set_off or begins_noun_phrase(tokens, source[0]) or known_source(tokens, source, lexicon)
    ):
        return None
    if tokens.cases and any(tokens.bits[at] & AUXILIARY for at in range(end, source[0])):
        return None  # по данным нельзя судить
    if kind in ("according", "citing") and source[1] - source[0] > 1 and _finite(tokens, lexicon, source[0]):
        source = source[0] + 1, source[1]  # según explicó la ministra
    elif kind == "according" and source[1] - source[0] == 1 and _finite(tokens, lexicon, source[0]):
        main = main_subject(tokens, low, place)  # según relata
        return Cue("verb", rule, place, source[1], main, implied=main is None)
    if kind == "locative":
        return _locative(stretch, rule, place, source)
    if kind == "viewpoint":
        spelt_out = (
            place + 1 < end and place > low
        )  # nella ricostruzione della procura: it needs no comma in front, and may close
        opening = place == low or bool(tokens.bits[place - 1] & (COMMA | ADVERB | CONJUNCTION | CLAUSE))
        closing = bool(source[1] < high and tokens.bits[source[1]] & COMMA) or (spelt_out and source[1] >= high - 1)
        if opening and not closing and head_leads(lexicon):
            source = before_subject(tokens, source)
            closing = is_marked(tokens, *source, ("collective", "researcher", "role", "authority")) and bool(
                source[1] < high and tokens.bits[source[1]] & DETERMINER
            )
        if (
            not ((opening and closing) or (bracket and beside_copula(stretch, place, source)))
            or not names_person(tokens, source)
            or (
                source[1] + 1 < high
                and infinitive_follows(tokens, lexicon, source[1] + 1, high)
                and not is_marked(tokens, *_behind(source))
            )
        ):
            return None
        kind = "according"
    return Cue(kind, rule, place, end, source)


def _possessor(tokens: Tokens, place: int, low: int) -> Phrase:
    """The name or noun phrase that ends in a possessor: Anna Lowell's, the state's old treasurer's."""
    bits, start = tokens.bits, place
    while start > low and (bits[start - 1] & CAPITAL or tokens.word[start - 1] == "."):
        start -= 1
    if not bits[place] & CAPITAL:
        start = next((at for at in range(place, max(low, place - ADJECTIVES) - 1, -1) if bits[at] & DETERMINER), place)
    return start, place + 1


def _noun(stretch: Stretch, rule: str, place: int, end: int) -> Cue | None:
    """Her claim that …, a demand by the minister, that …: a noun of saying, whose it is, and what it says. As the
    subject it says what follows a copula (his answer was that …) or a colon (sein Fazit: …); else the
    sentence speaks of it."""
    tokens, low, high = stretch.tokens, stretch.low, stretch.high
    bits = tokens.bits
    owner = place - 1
    while owner >= low and place - owner <= ADJECTIVES and not bits[owner] & (OWNS | NOT_ADJECTIVE):
        owner -= 1
    source: Phrase | None = None
    if owner >= low and bits[owner] & POSSESSIVE:
        source = owner, owner + 1
    elif owner >= low and bits[owner] & POSSESSOR:
        source = _possessor(tokens, owner, low)
    content = end + 1 if end < high and bits[end] & COMMA else end
    if source is None and content + 1 < high and bits[content] & (AGENT | GENITIVE | PREPOSITION):
        that = next((at for at in range(content + 1, min(high, content + REACH)) if bits[at] & THAT), high)
        if stretch.lexicon.script.verb_bracket:
            source = noun_phrase(tokens, content + 1 if bits[content] & PREPOSITION else content, that)
        else:
            source = phrase_after(tokens, content + 1, that, governed=True)
        named = source and any(tokens.bits[at] & CAPITAL for at in range(*source))
        if source is None or not (named or names_person(tokens, source)):
            return None
        content = source[1] + 1 if source[1] < high and bits[source[1]] & COMMA else source[1]
    if source is None or content + 1 >= high:
        return None
    copula = bits[content] & PASSIVE and (
        bits[content + 1] & THAT or infinitive_follows(tokens, stretch.lexicon, content + 1, high)
    )
    subject = all(not bits[at] & WORD or bits[at] & (CONJUNCTION | ADVERB) for at in range(low, min(source[0], place)))
    says = copula or tokens.word[content] == ":" or (bits[content] & THAT and not subject)
    return Cue("according", rule, place, end, source) if says else None


def _behind(source: Phrase) -> Phrase:
    """The word behind the comma that follows a source: its office, perhaps (Pour Ana Ríos, consejera, …)."""
    return source[1] + 1, source[1] + 2


def _closes(tokens: Tokens, source: Phrase, high: int) -> bool:
    """Does a noun phrase end its sentence, or a comma end the phrase?"""
    last = source[1] >= high - 1 or bool(tokens.bits[source[1]] & COMMA)
    return last and begins_noun_phrase(tokens, source[0])


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
    if after & WORD and not after & (PREPOSITION | ADVERB | TIME | CLAUSE | CONJUNCTION | GENITIVE):
        return None
    return Cue("according", rule, place, end, source)


def _locative(stretch: Stretch, rule: str, place: int, source: Phrase) -> Cue | None:
    """Where it is said stands for who says it, by a verb of saying (en el Gobierno explican que …; …, aseguran desde
    la Plataforma; à l'Élysée, on assure que …)."""
    tokens, lexicon, low, high = stretch.tokens, stretch.lexicon, stretch.low, stretch.high
    bits = tokens.bits
    held = bool(tokens.cases) and source[1] - source[0] > 1  # perhaps with its object (в министерстве это отрицают)
    for at in range(source[0] + 1, min(high, source[1] + 1)):
        if _finite(tokens, lexicon, at):
            held = held and at > source[0] + 1
            source = source[0], at  # the phrase took in the verb behind it
            break
    body = _is_body(tokens, source)
    if not (body or bits[source[0]] & CAPITAL) or (tokens.cases and _has_subject(tokens, lexicon, source)):
        return None
    if tokens.cases and place > low and not bits[place - 1] & COMMA and _ends_subject(tokens, lexicon, low, place):
        return None
    at, beside = source[1], COMMA | ADVERB | CLITIC | AUXILIARY | NEGATION
    pronouns = () if tokens.cases else ("collective",)
    while at < high and (bits[at] & beside or is_marked(tokens, at, at + 1, pronouns)):
        at += 1
    # the experts heard by the paper say …: an agent behind a participle
    agent = bits[place] & AGENT and place > low and not bits[place - 1] & (COMMA | ADVERB | TIME | CONJUNCTION)
    # the experts in matters of war say …: a complement of the subject
    free = ADVERB | TIME | CONJUNCTION | THAT | CLAUSE | CUE | AUXILIARY
    inner = place > low and bits[place - 1] & WORD and not bits[place - 1] & free
    agent = agent or (not tokens.cases and inner)
    if body and not agent and at < min(high, source[1] + 6) and _says(stretch, at, at + 1, held=held):
        return Cue("verb", rule, at, at + 1, source)
    before = place - 1
    while tokens.cases and before > low and bits[before] & (OBLIQUE | CAPITAL | QUOTE | INSIDE | TIME | PREPOSITION):
        before -= 1
    if before > low and bits[before - 1] & HYPHEN and is_marked(tokens, before, before + 1, pronouns):
        before = next((at for at in range(before, low, -1) if _finite(tokens, lexicon, at)), low)  # glisse-t-on à
    free = COMMA | PARENTHETICAL | QUOTE | DASH | OBLIQUE if tokens.cases else COMMA
    set_off = before > low and bool(bits[before - 1] & free)
    said = replace(stretch, speech=stretch.speech or set_off)
    held = bool(tokens.cases) and before > low
    if before >= low + (not tokens.cases) and _says(said, before, source[1], held=held):
        return Cue("verb", rule, before, place, source)
    return None


def _ends_subject(tokens: Tokens, lexicon: Lexicon, low: int, place: int) -> bool:
    """Does the place belong to people who stand before it (собеседники в правительстве ожидают)?"""
    for at in range(place - 1, max(low, place - REACH) - 1, -1):
        if tokens.bits[at] & (COMMA | DASH | QUOTE | VERB | AUXILIARY):
            return False
        counted = at > low and tokens.bits[at - 1] & PLURAL
        plural = counted or tokens.word[at].endswith(lexicon.script.plural_endings)
        if plural and is_marked(tokens, at, at + 1, SOMEBODY):
            return True
    return False


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


def _says(stretch: Stretch, place: int, after: int, *, held: bool) -> bool:
    """Is this a verb of saying without a subject of its own, and with a content behind `after` or around it?
    `held`: its object may stand before it."""
    tokens, lexicon = stretch.tokens, stretch.lexicon
    endings = lexicon.script.plural_verb_endings
    if endings and not tokens.word[place].endswith(endings):
        return False
    for verb, types in lexicon.verbs.get(tokens.word[place], ()):
        if "finite" in types:
            match = match_beside(tokens, verb, tokens.end[after - 1])
            if verb.then and match is None:
                continue
            if held and "object" in verb.frames:
                return True
            if has_content(stretch, verb, tokens.at(match.end()) if match else after):
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
    """Is the head of a phrase, what stands before its genitive, a document?"""
    joint = next((at for at in range(phrase[0] + 1, phrase[1]) if tokens.bits[at] & GENITIVE), phrase[1])
    return is_marked(tokens, phrase[0], joint, ("document",))


def known_source(tokens: Tokens, phrase: Phrase, lexicon: Lexicon) -> bool:
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
    if tokens.bits[phrase[0]] & (PRONOUN | CAPITAL | NAME):
        return True
    return any(
        mark.rule == "sources" and mark.type in ("role", "anonymous", "people", "trade", "collective", "body")
        for at in range(*phrase)
        for _, mark in tokens.marks.get(at, ())
    )


def content_before(tokens: Tokens, verb: Verb, start: int, low: int) -> bool:
    """Where cases make the order free: does what is said stand first (об этом рассказали …; министр это отрицает)?"""
    fronted = tokens.word[low] in verb.prepositions
    return fronted or ("object" in verb.frames and start > low and bool(tokens.bits[start - 1] & OBLIQUE))
