"""Which word of a source's noun phrase is its head, and what class of source that makes it."""

from __future__ import annotations

from .lexicon import BIT, Lexicon
from .noun_phrases import DEFINITE, DETERMINER, INDEFINITE, QUANTITY, is_marked
from .tokens import CAPITAL, COMMA, PAREN, WORD, Tokens

ATTACHING = BIT["preposition"] | BIT["genitive"] | BIT["relative"] | COMMA | PAREN
UNNAMED = frozenset(["anonymous", "people", "trade", "collective"])


def heads_of(tokens: Tokens, start: int, end: int, lexicon: Lexicon) -> dict[str, str]:
    """The source classes that words of the phrase belong to, each with its first word. Within a phrase a capital makes
    a name of a word for people (the Mothers of the Plaza)."""
    heads: dict[str, str] = {}
    names = lexicon.script.cased and not lexicon.script.capital_nouns
    for place in range(start, end):
        named = names and place > start and tokens.bits[place] & CAPITAL
        # строительная компания: an adjective of people is no head
        named = named or bool(tokens.cases and tokens.word[place].endswith(lexicon.script.adjective_endings))
        marks = [(last, mark.type) for last, mark in tokens.marks.get(place, ()) if mark.rule == "sources"]
        longest = max(marks, default=(0, ""))[0]
        for last, kind in marks:
            if last == longest and not (named and kind in UNNAMED):
                heads.setdefault(kind, tokens.word[place])
    return heads


def nearest_head(tokens: Tokens, start: int, end: int, lexicon: Lexicon) -> dict[str, str]:
    """Where the head stands first and no word joins its genitive (представитель полиции): the classes of the first word
    that has one, an outlet only where there is no other."""
    found = [heads for at in range(start, end) if (heads := heads_of(tokens, at, at + 1, lexicon))]
    return next((heads for heads in found if heads.keys() != {"outlet"}), found[0] if found else {})


def first_head(tokens: Tokens, start: int, end: int, lexicon: Lexicon, every: dict[str, str]) -> dict[str, str]:
    """Where the head stands first: an office (the lawyer of the victims), or a definite body (the association of the
    residents), is not unnamed because its genitive is."""
    joint = next((at for at in range(start + 1, end) if tokens.bits[at] & BIT["genitive"]), end)
    first = heads_of(tokens, start, joint, lexicon)
    if any(tokens.bits[at] & QUANTITY for at in range(start, joint)):
        return every  # une bonne partie de la presse
    if not first and joint < end and tokens.bits[start] & INDEFINITE:
        return {}  # a caretaker of the museum: somebody of a body is not the body
    definite = tokens.bits[start] & DEFINITE or not tokens.bits[start] & DETERMINER
    if UNNAMED & first.keys():
        nouns = (at for at in range(start, joint) if is_marked(tokens, at, at + 1))
        head = next((at for at in nouns if not tokens.bits[at] & DETERMINER), joint)
        behind = heads_of(tokens, head + 1, joint, lexicon).keys()
        adjectives = UNNAMED & behind - heads_of(tokens, head, head + 1, lexicon).keys()
        every = {kind: word for kind, word in every.items() if kind not in adjectives}  # analistas militares
        if UNNAMED & first.keys() - adjectives:
            return every
    if "role" in first:
        return {kind: word for kind, word in every.items() if kind in first or kind in ("body", "outlet")}
    if definite and ("body" in first or "outlet" in first):
        return {kind: word for kind, word in every.items() if kind not in UNNAMED}
    return every


def construct_head(tokens: Tokens, start: int, end: int, lexicon: Lexicon) -> dict[str, str]:
    """Where nouns follow each other without a preposition the first is the head; a document or an outlet keeps who is
    behind it (the statement of the ministry)."""
    for at in range(start, end):
        if heads := heads_of(tokens, at, at + 1, lexicon):
            behind = heads_of(tokens, at + 1, end, lexicon)
            if "role" in heads:
                return heads
            if "document" in heads and (unnamed := UNNAMED & behind.keys()):
                return {kind: behind[kind] for kind in unnamed}  # estimates of two officials
            return heads | {kind: word for kind, word in behind.items() if kind in ("body", "outlet")}
    return {}


def last_head(tokens: Tokens, start: int, end: int, lexicon: Lexicon) -> dict[str, str]:
    """Where the head of a noun phrase stands last (a police spokesman): the classes of the last word before what is
    attached to it by a preposition or a relative pronoun."""
    for place in range(start + 1, end):
        if tokens.bits[place] & ATTACHING and not tokens.bits[place] & DETERMINER:
            end = place
            break
    return next((heads for at in range(end - 1, start - 1, -1) if (heads := heads_of(tokens, at, at + 1, lexicon))), {})


def head_word(tokens: Tokens, start: int, end: int, lexicon: Lexicon) -> str:
    """The first word behind the determiner; where the head stands last, that before what is attached to it."""
    words: list[str] = []
    for place in range(start, end):
        bit = tokens.bits[place]
        if words and bit & ATTACHING and not bit & DETERMINER:
            break
        if bit & WORD and not bit & DETERMINER:
            words.append(tokens.word[place])
    return "" if not words else words[-1] if lexicon.script.head_last else words[0]
