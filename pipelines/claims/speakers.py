"""Who speaks where no verb says so: a name and a colon, the owner of a quotation, whoever a colon follows."""

from __future__ import annotations

from .candidates import Cue
from .drafts import Document, Draft
from .main_subject import main_subject
from .noun_phrases import PRONOUN, Phrase
from .phrase_cues import names_person, of_class
from .tokens import CAPITAL, DASH, DIGIT, HYPHEN, INSIDE, QUOTE, WORD, Tokens

SPEAKERS = frozenset(["anonymous", "people", "collective", "researcher", "authority", "body", "role", "outlet"])
LABELS = SPEAKERS | {"document"}
OUTLETS = frozenset(["outlet"])


def ticker(document: Document, draft: Draft) -> Cue | None:
    """Reuters: …, SMITH: …, Lynch: "…": a name and a colon at the beginning (rule 19)."""
    tokens, low = document.tokens, draft.low
    if low + 2 < draft.high and tokens.bits[low] & tokens.bits[low + 2] & DIGIT and tokens.word[low + 1] == ":":
        low += 3  # the time of an entry
    while low < draft.high and tokens.bits[low] & (QUOTE | DASH | HYPHEN):
        low += 1
    for colon in range(low + 1, min(low + 7, draft.high - 3)):
        if tokens.word[colon - 1] in document.lexicon.verbs and not tokens.bits[colon - 1] & CAPITAL:
            return None
        if tokens.word[colon] == ":":
            if tokens.bits[colon + 1] & DIGIT:
                return None  # a table: Liberal Party: 28.6 %
            phrase = (low, colon)
            speaks = bool(tokens.bits[colon + 1] & QUOTE) or document.mentions.is_person(phrase)
            speaks = speaks or _initials(tokens, phrase) or of_class(tokens, phrase, LABELS)
            return Cue("verb", "ticker", low, colon + 1, phrase) if speaks else None
        capital = tokens.bits[colon - 1] & (CAPITAL | HYPHEN) or tokens.word[colon - 1] == "."
        if document.lexicon.script.cased and not capital:
            return None
    return None


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
    for colon in range(draft.low + 3, draft.high - 1):
        if tokens.word[colon] == ":" and tokens.bits[colon + 1] & QUOTE and not tokens.bits[colon] & INSIDE:
            subject = main_subject(tokens, draft.low, colon)
            if subject is None or tokens.bits[subject[0]] & PRONOUN:
                return None
            person = document.mentions.is_person(subject) or names_person(tokens, subject)
            return Cue("verb", "colon", colon, colon + 1, subject) if person else None
    return None


def is_outlet(document: Document, phrase: Phrase) -> bool:
    return of_class(document.tokens, phrase, OUTLETS)
