"""The words and marks of a document, with what the lexicon says of each."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from .folding import Folded
from .lexicon import BIT, WORD_CLASSES, Beginnings, Entry, Lexicon, Mark
from .patterns import Phrase
from .quotations import Quotation

_FREE = len(WORD_CLASSES)
ENDING_LENGTH = 5
SHORTEST_PREFIXED = 3
PREFIXES = 3
CACHED_WORDS = 20_000
OBLIQUE, VERB, AUXILIARY = BIT["oblique"], BIT["verb"], BIT["auxiliary"]
ADVERB, RUMOUR, POSSESSOR, PARTICIPLE = BIT["adverb"], BIT["rumour_mood"], BIT["possessor"], BIT["participle"]
DATIVE, THAT = BIT["dative"], BIT["complementiser"]
CAPITAL, COMMA, STOP, QUOTE, DASH, PAREN, DIGIT, WORD, INSIDE, HYPHEN, CUE = (
    1 << (_FREE + place) for place in range(11)
)
# Of words that others are written together with: an article, a conjunction, a preposition.
ARTICLE, JOINED, GOVERNED = (1 << (_FREE + place) for place in range(16, 19))
MARKS = {
    ",": COMMA, "،": COMMA, ";": STOP, "؛": STOP, ":": STOP, "(": PAREN, ")": PAREN, "[": PAREN, "]": PAREN,
    "–": DASH, "—": DASH, "-": HYPHEN, "…": STOP, "!": STOP, "?": STOP, "؟": STOP, "/": HYPHEN,
    **dict.fromkeys("«»“”„‟\"‹›", QUOTE),
}  # fmt: skip
ELIDING = re.compile(r"\d[\d.,]*\d|[^\W_]+(?:'(?=\w))?|''|[^\w\s]|_")
ANY_WORD = re.compile(r"[^\W_]+")
WHOLE = re.compile(r"\d[\d.,]*\d|[^\W_]+(?:'[^\W\d_]+)?|''|[^\w\s]|_")


@dataclass(slots=True)
class Tokens:
    """Parallel lists, one entry a word or mark: offsets into `low`, the folded text; the word as the lexicon has it.

    `bits` holds its word classes; `lead` counts the letters of other words that a token begins with, and in a
    `verb_first` language subjects stand behind their verbs.
    `marks` gives, for a token, the phrases of the lexicon that begin there: (token after the phrase, its meaning).
    `quoted` gives the number of the quotation that a token lies in, or -1. `names` are the words that have a capital
    behind another word, or without capitals those that come again. `cases`: where endings tell a subject from an
    object, those that a feminine nominative shares with a masculine genitive. `predicate`: the bits at which a noun
    phrase ends.
    """

    low: str
    start: list[int]
    end: list[int]
    word: list[str]
    bits: list[int]
    marks: dict[int, list[tuple[int, Mark]]]
    quoted: list[int]
    names: set[str] = field(default_factory=set)
    lead: dict[int, int] = field(default_factory=dict)
    verb_first: bool = False
    cases: tuple[str, ...] = ()
    predicate: int = AUXILIARY

    def at(self, offset: int) -> int:
        """The first token that begins at or after an offset."""
        return bisect_left(self.start, offset)


def tokenise(folded: Folded, lexicon: Lexicon, quotations: tuple[Quotation, ...]) -> Tokens:
    """Cut a folded text into tokens and look every one up; a word that comes again is looked up once."""
    low, text = folded.low, folded.text
    cache = lexicon.cache
    if len(cache) > CACHED_WORDS:
        cache.clear()
    found = list((ELIDING if lexicon.script.elision else WHOLE).finditer(low))
    entries = [cache.get(word) or _look_up(word, lexicon) for word in (match.group() for match in found)]
    starts = [match.start() for match in found]
    bits = [entry.bits for entry in entries]
    tokens = Tokens(low, starts, [match.end() for match in found], [entry.word for entry in entries], bits, {}, [])
    if lexicon.script.cased:
        for place, start in enumerate(starts):
            if text[start] != low[start] and text[start].isupper():
                bits[place] |= CAPITAL
                if place and bits[place - 1] & WORD:
                    bits[place] &= ~(ADVERB | OBLIQUE)  # a name: Kimberly, Italy
                    tokens.names.add(tokens.word[place])
                elif tokens.word[place] not in lexicon.bits:
                    bits[place] &= ~OBLIQUE
    for place, bit in enumerate(bits):
        if bit == HYPHEN and _stands_free(text, starts[place]):
            bits[place] = DASH
        elif bit & DATIVE and place + 1 < len(bits):
            noun, endings = tokens.word[place + 1], lexicon.script.dative_before
            article = bits[place + 1] & CAPITAL or not (bits[place + 1] & THAT or noun.endswith(endings))
            bits[place] &= ~(BIT["preposition"] if article else BIT["definite"])
    tokens.verb_first = lexicon.script.verb_first
    tokens.cases = lexicon.script.feminine_endings if lexicon.script.oblique_endings else ()
    tokens.predicate |= VERB if lexicon.script.finite_endings else 0
    if lexicon.script.prefixes:
        tokens.lead = {place: entry.lead for place, entry in enumerate(entries) if entry.lead}
    tokens.quoted = [-1] * len(starts)
    for number, quotation in enumerate(quotations):
        first, after = tokens.at(quotation.start), tokens.at(quotation.end)
        for place in range(first, after):
            tokens.quoted[place] = number
            bits[place] |= INSIDE
        for place in (first, after - 1):
            if not bits[place] & WORD:
                bits[place] |= QUOTE
    following = (*(entry.letters for entry in entries[1:]), "")
    for place, entry in enumerate(entries):
        phrases = entry.beside.get(following[place], entry.phrases) if entry.beside else entry.phrases
        for shift, pattern, mark in phrases:
            phrase = pattern.match(low, starts[place] + shift)
            if phrase:
                end = phrase.start() + len(phrase.group().rstrip(" -\n"))
                tokens.marks.setdefault(place, []).append((tokens.at(end), mark))
    if not lexicon.script.cased:
        tokens.names = _repeated(tokens)
    return tokens


def _repeated(tokens: Tokens) -> set[str]:
    """Without capitals: a noun that no list knows and that comes again without an article is a name."""
    seen: set[str] = set()
    again: set[str] = set()
    for place, (word, bit) in enumerate(zip(tokens.word, tokens.bits, strict=True)):
        if bit == WORD and place not in tokens.marks:
            (again if word in seen else seen).add(word)
    return again


def _ending(word: str, lexicon: Lexicon) -> int:
    """The class that the ending of a word gives it, where no list knows the word."""
    script = lexicon.script
    if word in lexicon.bits:
        return 0
    if word.endswith(script.finite_endings):
        return VERB
    if len(word) > SHORTEST_PREFIXED and word.startswith(script.finite_beginnings):
        return VERB
    if len(word) > SHORTEST_PREFIXED and word.endswith(script.oblique_endings):
        return OBLIQUE
    if len(word) > ENDING_LENGTH and word.endswith(script.adverb_endings):
        return ADVERB
    if len(word) > ENDING_LENGTH and word.endswith(script.rumour_endings):
        return RUMOUR
    if len(word) > ENDING_LENGTH and word.endswith(script.participle_endings):
        return PARTICIPLE
    return POSSESSOR if word.endswith(script.possessor_endings) else 0


def _trade(word: str, phrases: list[tuple[int, Phrase[Mark]]], lexicon: Lexicon) -> str:
    """The class of people that the ending of a noun gives it, where no list knows the noun."""
    if len(word) <= ENDING_LENGTH or word in lexicon.known:
        return ""
    kind = next((kind for kind, endings in lexicon.trades if word.endswith(endings)), "")
    if kind and any(p.meaning.rule == "sources" and p.pattern.fullmatch(word) for _, p in phrases):
        return ""
    return kind


def _stands_free(text: str, hyphen: int) -> bool:
    """A hyphen between blanks is a dash."""
    return text[hyphen - 1 : hyphen].strip() == "" and text[hyphen + 1 : hyphen + 2].isspace()


def _look_up(word: str, lexicon: Lexicon) -> Entry:
    """What the lexicon has of a word or mark, kept for the next time it comes."""
    script = lexicon.script
    key, bit, lead, article = word, WORD | DIGIT | BIT["number"], 0, ""
    if not word[0].isalnum():
        bit = QUOTE if word == "''" else MARKS.get(word, 0)
    elif not word[0].isdigit():
        if script.prefixes:
            lead, article = _written_before(word, lexicon)
            key = word[lead + len(article) :]
        bit = lexicon.bits.get(key, 0) | WORD | (ARTICLE if article else _ending(key, lexicon))
        for letter in word[:lead] + article[:1]:
            if letter in script.prefixes:
                bit |= GOVERNED if lexicon.bits.get(letter, 0) & BIT["preposition"] else JOINED
        if any("finite" in types for _, types in lexicon.verbs.get(key, ())):
            bit |= CUE | (VERB if script.finite_endings else 0)
    phrases = [(len(word) - len(key), phrase) for phrase in lexicon.phrases.beginning(key)] if bit & WORD else []
    if bit & WORD and (trade := _trade(key, phrases, lexicon)):
        phrases.append((len(word) - len(key), Phrase(ANY_WORD, Mark(trade, "sources"), None)))
    for shift in range(lead + bool(article)):
        phrases += [(shift, phrase) for phrase in lexicon.phrases.beginning(word[shift:])]
    if article:
        bit &= ~BIT["action"]
    if article and key in lexicon.verbs:
        key = word  # a noun, not the verb that it looks like
    alone, beside = _by_second_word(phrases) if phrases else ((), {})
    entry = lexicon.cache[word] = Entry(key, bit, alone, beside, word.partition("'")[0], lead)
    return entry


def _by_second_word(phrases: list[tuple[int, Phrase[Mark]]]) -> tuple[Beginnings, dict[str, Beginnings]]:
    """The phrases that may begin at a word whatever follows, and those that may where a certain word does. Any may go
    on behind a hyphen."""

    def those(second: str) -> Beginnings:
        return tuple(
            (shift, phrase.pattern, phrase.meaning)
            for shift, phrase in phrases
            if phrase.seconds is None or second in phrase.seconds or second == "-"
        )

    seconds = {word for _, phrase in phrases for word in phrase.seconds or ()}
    return those(""), {second: those(second) for second in seconds | {"-"}} if seconds else {}


def _written_before(word: str, lexicon: Lexicon) -> tuple[int, str]:
    """How many letters of a word are words written together with it, and the article that follows them."""
    script = lexicon.script
    if word in lexicon.known:
        return 0, ""
    places = [0]
    while len(places) < min(PREFIXES, len(word) - 1) and word[len(places) - 1] in script.prefixes:
        places.append(len(places))
    for place in places:
        if place and word[place:] in lexicon.known:
            return place, ""
        for article in script.article:
            if word.startswith(article, place) and len(word) - place - len(article) >= SHORTEST_PREFIXED - 1:
                return place, article
    if not lexicon.phrases.beginning(word):
        for place in places[1:]:
            if len(word) - place >= SHORTEST_PREFIXED and lexicon.phrases.beginning(word[place:]):
                return place, ""
    return 0, ""
