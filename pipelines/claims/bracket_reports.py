"""Reported speech by its mood alone, in one sentence with somebody who can have said it, whatever the verb is."""

from __future__ import annotations

from .bracket_subject import clause_subject
from .candidates import Cue
from .capital_nouns import noun_phrase, subject_after
from .drafts import Document, Draft
from .fields import opens_relative
from .lexicon import BIT
from .noun_phrases import CLAUSE, DETERMINER, PRONOUN, THAT, Phrase
from .phrase_cues import of_class
from .speakers import LABELS, before_colon
from .tokens import CAPITAL, COMMA, DIGIT, INSIDE, WORD, Tokens

MOOD, CONDITION = BIT["reported_mood"], BIT["reported_plural"]
FIRST_PERSON = BIT["first_person"]


def mood_report(document: Document, draft: Draft) -> Cue | None:
    """Who is reported where a clause has the mood of reported speech: whoever stands before its colon, or is the
    subject of the clause beside it (ein Informant steckte der Zeitung, der Vertrag sei gefälscht)."""
    if not draft.bits & (MOOD | CONDITION) or draft.bits & FIRST_PERSON or not document.lexicon.script.verb_bracket:
        return None
    return _behind_colon(document, draft) or _beside_clause(document, draft)


def _behind_colon(document: Document, draft: Draft) -> Cue | None:
    """Helpers raise the alarm: every third child be underfed: a colon before a verb form of reported speech."""
    tokens = document.tokens
    colon = next((at for at in range(draft.low + 2, draft.high - 2) if _is_colon(tokens, at)), None)
    if colon is None or not any(tokens.bits[at] & (MOOD | CONDITION) for at in range(colon + 1, draft.high)):
        return None
    speaker = before_colon(document, draft, colon)
    if speaker is None or not of_class(tokens, speaker, LABELS):
        sources = (noun_phrase(tokens, at, colon) for at in range(draft.low, colon) if tokens.bits[at] & DETERMINER)
        speaker = next((phrase for phrase in sources if phrase and of_class(tokens, phrase, LABELS)), speaker)
    return Cue("verb", "colon", colon, colon + 1, speaker) if speaker and _can_report(document, speaker) else None


def _is_colon(tokens: Tokens, place: int) -> bool:
    return tokens.word[place] == ":" and not tokens.bits[place + 1] & DIGIT


def _beside_clause(document: Document, draft: Draft) -> Cue | None:
    tokens = document.tokens
    bits = tokens.bits
    commas = [at for at in range(draft.low, draft.high) if bits[at] & COMMA and not bits[at] & INSIDE]
    clauses = list(zip([draft.low, *(comma + 1 for comma in commas)], [*commas, draft.high], strict=True))
    for number, (start, end) in enumerate(clauses):
        form = next((at for at in range(start, end) if bits[at] & MOOD and not bits[at] & (INSIDE | CAPITAL)), None)
        if form is None:
            continue
        if number and (opens_relative(tokens, start, draft.high) or (bits[start] & CLAUSE and not bits[start] & THAT)):
            return None
        speaker = _subject_before(document, clauses[:number]) if number else _subject_behind(tokens, clauses[1:])
        return (
            Cue("verb", "reported-clause", form, form + 1, speaker)
            if speaker and _can_report(document, speaker)
            else None
        )
    return None


def _subject_before(document: Document, clauses: list[Phrase]) -> Phrase | None:
    found = (clause_subject(document.tokens, document.lexicon, start, end) for start, end in reversed(clauses))
    return next((subject for subject in found if subject and _can_report(document, subject)), None)


def _subject_behind(tokens: Tokens, clauses: list[Phrase]) -> Phrase | None:
    """…, gab die Schaffnerin zu Protokoll: a verb opens the clause, its subject stands right behind it."""
    for start, end in clauses:
        bit = tokens.bits[start] if start < end else 0
        if bit & WORD and not bit & (CAPITAL | CLAUSE | DETERMINER | PRONOUN | THAT) and start + 1 < end:
            subject = subject_after(tokens, start + 1, end)
            if subject and subject[0] == start + 1:
                return subject
    return None


def _can_report(document: Document, phrase: Phrase) -> bool:
    tokens = document.tokens
    alone = tokens.bits[phrase[0]] & PRONOUN and not tokens.bits[phrase[0]] & DETERMINER
    return bool(alone) or of_class(tokens, phrase, LABELS) or document.mentions.is_person(phrase)
