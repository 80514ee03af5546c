"""Subjects in a language of cases, whose order is free: what can be the subject of a verb, by its endings."""

from __future__ import annotations

from .candidates import Candidate, Stretch
from .lexicon import BIT
from .noun_phrases import CONJUNCTION, PREPOSITION, QUANTITY, TIME, Phrase, is_marked
from .phrase_cues import SOMEBODY
from .tokens import CAPITAL, DIGIT, Tokens

PLURAL, VERB = BIT["plural"], BIT["verb"]


def subject_behind(stretch: Stretch, candidate: Candidate, following: Phrase | None) -> tuple[Phrase | None, bool]:
    """What stands behind a verb in a language of cases, if it can be its subject, and whether it is somebody. A verb in
    the plural before a place has none (сообщили в министерстве)."""
    tokens, script, after = stretch.tokens, stretch.lexicon.script, candidate.after
    bits = tokens.bits
    if bits[after - 1] & PREPOSITION and after - 1 > candidate.place:
        return None, False  # рассказывает о следователе
    if following is None or (bits[following[0]] & VERB and not bits[following[0]] & CAPITAL):
        return None, False
    if is_infinitive(stretch, following):
        return None, False  # предложили уйти
    impersonal = tokens.word[candidate.place].endswith(script.plural_verb_endings) and bits[after] & PREPOSITION
    people = is_marked(tokens, following[0], following[0] + 1, SOMEBODY)
    people = people and tokens.word[following[0]].endswith(script.plural_endings)
    if impersonal and not people and not bits[after + 1] & TIME:
        return None, False
    somebody = bool(bits[following[0]] & CAPITAL) or is_marked(tokens, *following)
    return following, somebody and following[0] == after and agrees(stretch, candidate.place, following)


def is_thing(tokens: Tokens, phrase: Phrase) -> bool:
    """No name and no word for a source: the object before its verb (закрытие школы подтвердил источник)."""
    names = any(tokens.bits[at] & CAPITAL for at in range(phrase[0] + 1, phrase[1]))
    return not names and not is_marked(tokens, *phrase)


def is_infinitive(stretch: Stretch, phrase: Phrase) -> bool:
    """Does a phrase open with what somebody promises to do (запустить котельную обещает глава)?"""
    tokens, start = stretch.tokens, phrase[0]
    ends = tokens.word[start].endswith(stretch.lexicon.script.infinitive_endings)
    return ends and not tokens.bits[start] & QUANTITY and not is_marked(tokens, start, start + 1)


def agrees(stretch: Stretch, verb: int, source: Phrase) -> bool:
    """Can a phrase be the subject of a verb in the plural, or is it one person and the verb has no subject
    (бывшего министра обвиняют в …)?"""
    tokens, script = stretch.tokens, stretch.lexicon.script
    bits, word = tokens.bits, tokens.word
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
