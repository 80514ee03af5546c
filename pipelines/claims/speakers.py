"""Who speaks where no verb says so: a name and a colon, the owner of a quotation, whoever a colon follows."""

from __future__ import annotations

from .bracket_subject import clause_subject
from .candidates import Cue
from .capital_nouns import noun_phrase
from .drafts import Document, Draft
from .main_subject import main_subject
from .noun_phrases import (
    ADVERB,
    AUXILIARY,
    CLAUSE,
    CONJUNCTION,
    DETERMINER,
    GENITIVE,
    PREPOSITION,
    PRONOUN,
    THAT,
    TIME,
    VERB,
    Phrase,
    phrase_after,
    text_bounds,
)
from .phrase_cues import names_person, of_class
from .tokens import ARTICLE, CAPITAL, CUE, DASH, DIGIT, GOVERNED, HYPHEN, INSIDE, PAREN, QUOTE, WORD, Tokens

SPEAKERS = frozenset(
    ["anonymous", "people", "trade", "collective", "researcher", "authority", "body", "role", "outlet"]
)
LABELS = SPEAKERS | {"document"}
LONGEST_LABEL = 10
HANDLE = "@"
CLOCK = 5
OUTLETS = frozenset(["outlet"])


def ticker(document: Document, draft: Draft) -> Cue | None:
    """Reuters: …, SMITH: …, Lynch: "…", Interior ministry: …, Anna Lowell (@lowell): …, Lynch on Trump: "…": a name or
    another source and a colon at the beginning (rule 19)."""
    tokens, cased = document.tokens, document.lexicon.script.cased
    if ":" not in tokens.word[draft.low : draft.low + 2 * LONGEST_LABEL]:
        return None
    low = _behind_clock(tokens, draft)
    end = 0  # of the name, where more than that stands before the colon
    for at in range(low, min(low + LONGEST_LABEL, draft.high - (2 if document.transcript else 3))):
        bit, word = tokens.bits[at], tokens.word[at]
        if word == ":" and at > low:
            opened = sum((tokens.word[k] == "(") - (tokens.word[k] == ")") for k in range(low, at))
            if opened or (tokens.bits[at + 1] & DIGIT and _is_row(tokens, at, draft.high)):
                return None
            return _label(document, (low, end or at), at, whole=not end or tokens.verb_first)
        governs = at > low and bit & (PREPOSITION | GOVERNED) and not bit & CAPITAL
        if bit & (PAREN | QUOTE) or word == HANDLE or governs:
            if bit & QUOTE and tokens.word[at + 1] == ":" and of_class(tokens, (low, at), OUTLETS):
                return _label(document, (low, at), at + 1, whole=True)  # «Ведомости»: …
            end = end or at
            if end == low or (bit & QUOTE and end == at):
                return None
            continue
        verbal = (bit & (AUXILIARY | VERB) or word in document.lexicon.verbs) and not bit & CAPITAL
        joins = at > low and bool(bit & GENITIVE) and not tokens.bits[low] & DETERMINER  # Sindicato dos Docentes: …
        if verbal or (cased and not end and not joins and not _may_name(tokens, at)):
            return None
    return None


def _behind_clock(tokens: Tokens, draft: Draft) -> int:
    """The first word of a sentence behind the time of its entry (09:12 Uhr) and its marks."""
    low = draft.low
    if low + 2 < draft.high and tokens.bits[low] & tokens.bits[low + 2] & DIGIT and tokens.word[low + 1] == ":":
        low += 3
        low += low < draft.high and bool(tokens.bits[low] & TIME)
    elif tokens.bits[low] & DIGIT:
        ahead = range(low + 1, min(low + CLOCK, draft.high))  # 14 h 20 –
        mark = next((at for at in ahead if not tokens.bits[at] & DIGIT and len(tokens.word[at]) > 1), 0)
        low = next((at for at in ahead if tokens.bits[at] & DASH and (not mark or at < mark)), low)
    while low < draft.high and (tokens.bits[low] & (QUOTE | DASH | HYPHEN) or tokens.word[low] == HANDLE):
        low += 1
    return low


def _takes_turns(document: Document, phrase: Phrase) -> bool:
    """LOWELL: … in a transcript, but not WHEN: …"""
    start, end = text_bounds(document.tokens, phrase)
    asks = document.tokens.bits[phrase[0]] & (THAT | CLAUSE | PRONOUN)
    return document.transcript and not asks and end - start > 1 and document.folded.text[start:end].isupper()


def _may_name(tokens: Tokens, place: int) -> bool:
    named = tokens.bits[place] & (CAPITAL | HYPHEN | DIGIT) or tokens.word[place] == "."
    return bool(named) or tokens.word[place - 1] == HANDLE or _is_source(tokens, place)


def _label(document: Document, phrase: Phrase, colon: int, *, whole: bool) -> Cue | None:
    """Does this name speak: because a quotation follows, or by what it is? Where it is not the whole of what stands
    before the colon it must be a person's or have a handle."""
    tokens = document.tokens
    person = document.mentions.is_person(phrase) and not tokens.bits[phrase[0]] & DETERMINER
    handle = any(tokens.word[at] == HANDLE for at in range(max(0, phrase[0] - 1), colon))
    speaks = handle or person
    if whole and not speaks:
        quotes = bool(tokens.bits[colon + 1] & QUOTE and not tokens.bits[phrase[0]] & (CLAUSE | CONJUNCTION | TIME))
        speaks = (
            quotes or _initials(tokens, phrase) or of_class(tokens, phrase, LABELS) or _takes_turns(document, phrase)
        )
    return Cue("verb", "ticker", phrase[0], colon + 1, phrase) if speaks else None


def _is_source(tokens: Tokens, place: int) -> bool:
    return any(mark.rule == "sources" for _, mark in tokens.marks.get(place, ()))


def _is_row(tokens: Tokens, colon: int, high: int) -> bool:
    """A row of a table has numbers and their unit behind the colon (Liberal Party: 28.6 %)."""
    return sum(1 for at in range(colon + 1, high) if tokens.bits[at] & WORD and not tokens.bits[at] & DIGIT) <= 1


def told_behind(document: Document, draft: Draft) -> Cue | None:
    """“We lost”, smiled the coach: whatever somebody does right behind the quotation that opens a sentence."""
    tokens, bits = document.tokens, document.tokens.bits
    number = tokens.quoted[draft.low]
    if not document.lexicon.script.inversion or not draft.speech or draft.quoted or number < 0:
        return None
    after = next((at for at in range(draft.low, draft.high) if tokens.quoted[at] != number), draft.high)
    verb = next((at for at in range(after, draft.high) if bits[at] & WORD and not bits[at] & ADVERB), draft.high)
    acts = VERB | CUE | (WORD if tokens.verb_first and verb not in tokens.marks else 0)
    if verb == after or verb == draft.high or bits[verb] & (CAPITAL | ARTICLE) or not bits[verb] & acts:
        return None
    subject = phrase_after(tokens, verb + 1, draft.high)
    return Cue("verb", "told-behind", verb, verb + 1, subject) if subject and names_person(tokens, subject) else None


def quotation_owner(document: Document, draft: Draft) -> Cue | None:
    """A quotation without a cue in a sentence about a person is that person's."""
    tokens = document.tokens
    subject = main_subject(tokens, draft.low, draft.high)
    if subject is None or not _can_speak(document, subject, draft.low):
        return None
    opening = next((at for at in range(draft.low, draft.high) if tokens.bits[at] & INSIDE), draft.high)
    if opening < subject[1]:
        return None
    return Cue("verb", "quotation-owned", opening, opening + 1, subject)


def _can_speak(document: Document, phrase: Phrase, low: int) -> bool:
    """Is this somebody: a pronoun, a name, an office or a body rather than a thing?"""
    tokens = document.tokens
    if tokens.bits[phrase[0]] & PRONOUN or of_class(tokens, phrase, SPEAKERS):
        return True
    return document.mentions.is_person(phrase) or any(
        tokens.bits[at] & CAPITAL for at in range(max(phrase[0], low + 1), phrase[1])
    )


def _initials(tokens: Tokens, phrase: Phrase) -> bool:
    letters = [place for place in range(*phrase) if tokens.bits[place] & WORD]
    return all(tokens.bits[place] & CAPITAL and len(tokens.word[place]) == 1 for place in letters)


def colon_quotation(document: Document, draft: Draft) -> Cue | None:
    """He is angry: "…": a colon and a quotation after a clause whose subject is a person or a body."""
    tokens = document.tokens
    if not draft.speech or draft.quoted:
        return None
    for colon in range(draft.low + 3 - document.lexicon.script.verb_bracket, draft.high - 1):
        if tokens.word[colon] == ":" and tokens.bits[colon + 1] & QUOTE and not tokens.bits[colon] & INSIDE:
            subject = before_colon(document, draft, colon) or _governed(tokens, draft.low, colon)
            if subject is None or tokens.bits[subject[0]] & PRONOUN:
                return None
            person = (
                document.mentions.is_person(subject)
                or names_person(tokens, subject)
                or of_class(tokens, subject, LABELS)
            )
            return Cue("verb", "colon", colon, colon + 1, subject) if person else None
    return None


def _governed(tokens: Tokens, low: int, colon: int) -> Phrase | None:
    """From the report: "…": the phrase behind a preposition, where nothing else stands before the colon."""
    source = phrase_after(tokens, low + 1, colon, governed=True) if tokens.bits[low] & PREPOSITION else None
    return source if source and source[1] == colon else None


def before_colon(document: Document, draft: Draft, colon: int) -> Phrase | None:
    """The subject of the clause before a colon, or the phrase that stands there without a verb."""
    tokens = document.tokens
    if not document.lexicon.script.verb_bracket:
        return main_subject(tokens, draft.low, colon)
    low = _behind_clock(tokens, draft)
    return clause_subject(tokens, document.lexicon, low, colon) or noun_phrase(tokens, low, colon)


def is_outlet(document: Document, phrase: Phrase) -> bool:
    return of_class(document.tokens, phrase, OUTLETS)
