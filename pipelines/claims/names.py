"""Which words of a noun phrase are a name."""

from __future__ import annotations

from .lexicon import BIT, Lexicon
from .noun_phrases import CONJUNCTION, DETERMINER, INDEFINITE, Phrase, is_marked
from .tokens import ARTICLE, CAPITAL, COMMA, JOINED, WORD, Tokens

PRONOUN, POSSESSOR, NAME = BIT["pronoun"], BIT["possessor"], BIT["name"]
COMMON = ("anonymous", "people", "trade", "collective", "document", "researcher", "authority")


def name_length(tokens: Tokens, start: int, end: int, lexicon: Lexicon, sentence_start: int) -> int:
    """How many words of the phrase look like a name; in scripts without capitals, words that no list knows."""
    if not lexicon.script.cased:
        return _apposition(tokens, start, end)
    count = run = best = 0
    for place in range(start, end):
        bit = tokens.bits[place]
        if bit & CAPITAL and not (place == sentence_start and _only_a_beginning(tokens, place, end, lexicon)):
            if lexicon.script.capital_nouns and not run and not _second_name(tokens, place, end, start):
                continue
            run += 1
            count += 1
            best = max(best, run)
        else:
            run = 0
    return min(2, best) if best > 1 else min(count, 1)


def head_leads(lexicon: Lexicon) -> bool:
    """Does the head of a phrase stand first, with a preposition behind it for its genitive?"""
    script = lexicon.script
    return not (script.head_last or script.head_first or script.verb_first or script.capital_nouns)


def _only_a_beginning(tokens: Tokens, place: int, end: int, lexicon: Lexicon) -> bool:
    """Has a word its capital from the beginning of the sentence alone?"""
    if tokens.bits[place] & (DETERMINER | PRONOUN) or tokens.marks.get(place):
        return True
    if place + 1 < end:
        if lexicon.script.capital_nouns and is_marked(tokens, place + 1, place + 2, COMMON):
            return True  # Interne Unterlagen: an adjective
        if head_leads(lexicon) and is_marked(tokens, place + 1, place + 2) and not tokens.bits[place + 1] & CAPITAL:
            return True  # Numerose ricerche
        if tokens.bits[place + 1] & CAPITAL or tokens.bits[place] & POSSESSOR:
            return False
        return end - place > 2 or (lexicon.script.bare_plurals and tokens.word[place] not in tokens.names)
    return is_bare_plural(tokens, place, lexicon)


def is_bare_plural(tokens: Tokens, place: int, lexicon: Lexicon) -> bool:
    """Landlords say: a plural without an article at the beginning of a sentence, and no name in the document."""
    script, word = lexicon.script, tokens.word[place]
    return script.bare_plurals and word.endswith(script.plural_endings) and word not in tokens.names


def _apposition(tokens: Tokens, start: int, end: int) -> int:
    """Behind a noun with its article, a word without one that no list knows is a name: an adjective would have the
    article too. So are two such words before a noun with its article."""
    bits, marks = tokens.bits, tokens.marks
    unknown = [
        not marks.get(place) and not bits[place] & ~(WORD | ARTICLE | JOINED | NAME) for place in range(start, end)
    ]
    article = False
    for place in range(start, end):
        if bits[place] & ARTICLE:
            article = True
        elif article and unknown[place - start]:
            return 2
    if len(unknown) > 2 and unknown[0] and unknown[1] and not bits[start] & ARTICLE:
        return 2 if any(bits[place] & ARTICLE and marks.get(place) for place in range(start + 2, end)) else 0
    return 0


def _second_name(tokens: Tokens, place: int, end: int, start: int) -> bool:
    """Where nouns have capitals too: two in a row, or one alone without a determiner, can be a name."""
    if place + 1 < end and tokens.bits[place + 1] & CAPITAL:
        return True
    return place == start and not tokens.marks.get(place)


def personal_name_follows(tokens: Tokens, end: int, high: int, lexicon: Lexicon) -> bool:
    """Un responsable, Jean Dupont: two capitals in a row, or without capitals a first name, right after a comma."""
    if end + 2 >= high or not tokens.bits[end] & COMMA:
        return False
    if not lexicon.script.cased:
        return bool(tokens.bits[end + 1] & NAME)
    return bool(tokens.bits[end + 1] & CAPITAL and tokens.bits[end + 2] & CAPITAL)


def begins_with_name(tokens: Tokens, start: int, end: int) -> bool:
    """Sylvia Marchant of the workers' union: two capitals in a row, of which no list knows the first."""
    return end - start > 1 and all(
        tokens.bits[place] & CAPITAL and not tokens.marks.get(place) and not tokens.bits[place] & DETERMINER
        for place in (start, start + 1)
    )


def ends_in_name(tokens: Tokens, start: int, end: int) -> bool:
    """Der Experte Jan Brandt: two capitals that no list knows right behind a noun or at the start. Behind an indefinite
    noun they may be a genitive (ein Vertrauter Jan Brandts)."""
    bits, marks = tokens.bits, tokens.marks
    for place in range(start, end - 1):
        if all(bits[at] & CAPITAL and not marks.get(at) and not bits[at] & DETERMINER for at in (place, place + 1)):
            genitive = bits[start] & INDEFINITE and tokens.word[end - 1].endswith("s")
            return not genitive and (place == start or bool(bits[place - 1] & CAPITAL))
    return False


def is_uncounted(tokens: Tokens, phrase: Phrase, lexicon: Lexicon, sentence_start: int) -> bool:
    """Tassisti siciliani, Sanitaristas: a plural without a determiner whose capital is that of the sentence."""
    start, end = phrase
    word, bits = tokens.word[start], tokens.bits
    opens = start == sentence_start and bits[start] & CAPITAL and not bits[start] & (DETERMINER | PRONOUN)
    if (
        not opens
        or is_marked(tokens, *phrase)
        or word in tokens.names
        or not word.endswith(lexicon.script.plural_endings or ("\0",))
    ):
        return False
    return not any(bits[at] & (CAPITAL | CONJUNCTION) for at in range(start + 1, min(start + 2, end)))
