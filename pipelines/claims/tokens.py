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
ADVERB = BIT["adverb"]
POSSESSOR = BIT["possessor"]
DATIVE, THAT = BIT["dative"], BIT["complementiser"]
CAPITAL, COMMA, STOP, QUOTE, DASH, PAREN, DIGIT, WORD, INSIDE, HYPHEN, CUE = (
    1 << (_FREE + place) for place in range(11)
)
# Of words that others are written together with: an article, a conjunction, a preposition.
ARTICLE, JOINED, GOVERNED = (1 << (_FREE + place) for place in range(16, 19))
MARKS = {
    ",": COMMA, "،": COMMA, ";": STOP, "؛": STOP, ":": STOP, "(": PAREN, ")": PAREN, "[": PAREN, "]": PAREN,
    "–": DASH, "—": DASH, "|": DASH, "-": HYPHEN, "…": STOP, "!": STOP, "?": STOP, "؟": STOP, "/": HYPHEN, "--": DASH,
    **dict.fromkeys("«»“”„‟\"‹›", QUOTE),
}  # fmt: skip
ELIDING = re.compile(r"\d[\d.,]*\d|[^\W_]+(?:'(?=\w))?|''|--|[^\w\s]|_")
WHOLE = re.compile(r"\d[\d.,]*\d|[^\W_]+(?:'[^\W\d_]+)?|''|--|[^\w\s]|_")


@dataclass(slots=True)
class Tokens:
    """Parallel lists, one entry a word or mark: offsets into `low`, the folded text; the word as the lexicon has it.

    `bits` holds its word classes, `watched` the tokens that may be a cue or bound one: those with which a phrase
    begins, cue verbs, commas; `lead` counts the letters of other words that a token begins with, and in a
    `verb_first` language subjects stand behind their verbs.
    `marks` gives, for a token, the phrases of the lexicon that begin there: (token after the phrase, its meaning).
    `quoted` gives the number of the quotation that a token lies in, or -1. `names` are the words that have a capital
    behind another word, or without capitals those that come again. `cases`: where endings tell a subject from an
    object, those that a feminine nominative shares with a masculine genitive; `genitives`, those of genitive plurals
    alone. `predicate`: the bits at which a noun phrase ends.
    """

    low: str
    start: list[int]
    end: list[int]
    word: list[str]
    bits: list[int]
    watched: list[int]
    marks: dict[int, list[tuple[int, Mark]]] = field(default_factory=dict)
    quoted: list[int] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    lead: dict[int, int] = field(default_factory=dict)
    verb_first: bool = False
    cases: tuple[str, ...] = ()
    genitives: tuple[str, ...] = ()
    predicate: int = AUXILIARY

    def at(self, offset: int) -> int:
        """The first token that begins at or after an offset."""
        return bisect_left(self.start, offset)


def tokenise(folded: Folded, lexicon: Lexicon, quotations: tuple[Quotation, ...]) -> Tokens:
    """Cut a folded text into tokens and look every one up; a word that comes again is looked up once."""
    low, script, cache = folded.low, lexicon.script, lexicon.cache
    if len(cache) > CACHED_WORDS:
        cache.clear()
    found = list((ELIDING if script.elision else WHOLE).finditer(low))
    words = [match.group() for match in found]
    entries = [cache.get(word) or _look_up(word, lexicon) for word in words]
    tokens = Tokens(
        low,
        [match.start() for match in found],
        [match.end() for match in found],
        [entry.word for entry in entries],
        [entry.bits for entry in entries],
        [place for place, entry in enumerate(entries) if entry.watched],
        verb_first=script.verb_first,
        cases=script.feminine_endings if script.oblique_endings else (),
        genitives=script.genitive_endings,
        predicate=AUXILIARY | VERB if script.finite_endings else AUXILIARY,
    )
    if script.prefixes:
        tokens.lead = {place: entry.lead for place, entry in enumerate(entries) if entry.lead}
    if script.cased:
        _find_capitals(tokens, folded.text, lexicon)
    _find_dashes(tokens, folded.text)
    if script.elision:
        _tell_conjunctions(tokens)
    if script.dative_before:
        _tell_articles(tokens, script.dative_before)
    _find_quoted(tokens, quotations)
    _find_phrases(tokens, entries)
    verbs, marks = lexicon.verbs, tokens.marks
    tokens.watched = [
        place for place in tokens.watched if place in marks or tokens.word[place] in verbs or tokens.bits[place] & COMMA
    ]
    if not script.cased:
        tokens.names = _repeated(tokens)
    return tokens


def _find_capitals(tokens: Tokens, text: str, lexicon: Lexicon) -> None:
    low, bits = tokens.low, tokens.bits
    for place, start in enumerate(tokens.start):
        if text[start] != low[start] and text[start].isupper():
            bits[place] |= CAPITAL
            if place and bits[place - 1] & WORD:
                bits[place] &= ~(ADVERB | OBLIQUE)  # a name: Kimberly, Italy
                tokens.names.add(tokens.word[place])
            elif tokens.word[place] not in lexicon.bits:
                bits[place] &= ~OBLIQUE


def _find_dashes(tokens: Tokens, text: str) -> None:
    """A hyphen between blanks is a dash."""
    place = -1
    for _ in range(tokens.bits.count(HYPHEN)):
        place = tokens.bits.index(HYPHEN, place + 1)
        start = tokens.start[place]
        if text[start - 1 : start].strip() == "" and text[start + 1 : start + 2].isspace():
            tokens.bits[place] = DASH


def _tell_conjunctions(tokens: Tokens) -> None:
    """An elided conjunction of the form of a reflexive pronoun (French s') stands before a pronoun only."""
    bits, both = tokens.bits, BIT["hypothesis"] | BIT["reflexive"]
    for place, word in enumerate(tokens.word[:-1]):
        if bits[place] & both == both and word[-1] in "'’" and not bits[place + 1] & BIT["pronoun"]:
            bits[place] &= ~BIT["hypothesis"]


def _tell_articles(tokens: Tokens, endings: tuple[str, ...]) -> None:
    """Prepositions of the form of an article (Portuguese a), by what follows them."""
    bits = tokens.bits
    for place in range(len(bits) - 1):
        if bits[place] & DATIVE:
            article = bits[place + 1] & CAPITAL or not (
                bits[place + 1] & THAT or tokens.word[place + 1].endswith(endings)
            )
            bits[place] &= ~(BIT["preposition"] if article else BIT["definite"])


def _find_quoted(tokens: Tokens, quotations: tuple[Quotation, ...]) -> None:
    bits = tokens.bits
    tokens.quoted = [-1] * len(bits)
    for number, quotation in enumerate(quotations):
        first, after = tokens.at(quotation.start), tokens.at(quotation.end)
        for place in range(first, after):
            tokens.quoted[place] = number
            bits[place] |= INSIDE
        for place in (first, after - 1):
            if not bits[place] & WORD:
                bits[place] |= QUOTE


def _find_phrases(tokens: Tokens, entries: list[Entry]) -> None:
    last = len(entries) - 1
    for place in tokens.watched:
        entry = entries[place]
        phrases = entry.phrases
        if entry.beside and place < last:
            phrases = entry.beside.get(entries[place + 1].letters, phrases)
        for shift, pattern, mark in phrases:
            if pattern is None:
                tokens.marks.setdefault(place, []).append((place + 1, mark))
                continue
            phrase = pattern.match(tokens.low, tokens.start[place] + shift)
            if phrase:
                end = phrase.start() + len(phrase.group().rstrip(" -\n"))
                tokens.marks.setdefault(place, []).append((tokens.at(end), mark))


def _repeated(tokens: Tokens) -> set[str]:
    """Without capitals: a noun that no list knows and that comes again without an article is a name."""
    seen: set[str] = set()
    again: set[str] = set()
    for place, (word, bit) in enumerate(zip(tokens.word, tokens.bits, strict=True)):
        if bit == WORD and place not in tokens.marks:
            (again if word in seen else seen).add(word)
    return again


def _trade(word: str, phrases: list[tuple[int, Phrase[Mark]]], lexicon: Lexicon) -> str:
    """The class of people that the ending of a noun gives it, where no list knows the noun."""
    if len(word) <= ENDING_LENGTH or word in lexicon.known:
        return ""
    kind = next((kind for kind, endings in lexicon.trades if word.endswith(endings)), "")
    if kind and any(p.meaning.rule == "sources" and p.is_word(word) for _, p in phrases):
        return ""
    return kind


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
        bit = (lexicon.bits.get(key) or (0 if article else lexicon.by_ending(key))) | WORD | (ARTICLE if article else 0)
        for letter in word[:lead] + article[:1] if script.prefixes else "":
            if letter in script.prefixes:
                bit |= GOVERNED if lexicon.bits.get(letter, 0) & BIT["preposition"] else JOINED
        if key in lexicon.verbs and any("finite" in types for _, types in lexicon.verbs[key]):
            bit |= CUE | (VERB if script.finite_endings else 0)
    phrases = [(len(word) - len(key), phrase) for phrase in lexicon.phrases.beginning(key)] if bit & WORD else []
    if lexicon.trades and bit & WORD and (trade := _trade(key, phrases, lexicon)):
        phrases.append((len(word) - len(key), Phrase(None, Mark(trade, "sources"), None)))
    if bit & POSSESSOR:  # the ministry's figures
        owners = lexicon.phrases.beginning(word.partition("'")[0])
        phrases += [(0, phrase) for phrase in owners if phrase.meaning.rule == "sources"]
    if script.possessed_endings and bit & WORD and (kind := _possessed(key, phrases, lexicon)):
        phrases.append((len(word) - len(key), Phrase(None, Mark(kind, "sources"), None)))
    if key is not word:
        for shift in range(lead + bool(article)):
            phrases += [(shift, phrase) for phrase in lexicon.phrases.beginning(word[shift:])]
    if article:
        bit &= ~(BIT["action"] | VERB)
    if article and key in lexicon.verbs:
        key = word  # a noun, not the verb that it looks like
    alone, beside = _by_second_word(phrases) if phrases else ((), {})
    watched = bool(phrases or bit & COMMA or key in lexicon.verbs)
    entry = lexicon.cache[word] = Entry(key, bit, alone, beside, word.partition("'")[0], lead, watched)
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
        if place and _joins_verb(word[:place], word[place:], lexicon):
            return place, ""
        for article in script.article:
            if word.startswith(article, place) and len(word) - place - len(article) >= SHORTEST_PREFIXED - 1:
                return place, article
    if not lexicon.phrases.beginning(word):
        for place in places[1:]:
            if len(word) - place >= SHORTEST_PREFIXED and lexicon.phrases.beginning(word[place:]):
                return place, ""
        governs = script.action_beginnings and lexicon.bits.get(word[:1], 0) & BIT["preposition"]
        if governs and len(word) > ENDING_LENGTH and word.startswith(script.action_beginnings, 1):
            return 1, ""
    return 0, ""


def _possessed(word: str, phrases: list[tuple[int, Phrase[Mark]]], lexicon: Lexicon) -> str:
    """The class of the noun in a word that a pronoun is written behind (جيرانه, his neighbours)."""
    ending = next((e for e in lexicon.script.possessed_endings if word.endswith(e) and len(word) > len(e) + 2), "")
    if not ending or word in lexicon.known or any(found.meaning.rule == "sources" for _, found in phrases):
        return ""
    noun = word.removesuffix(ending)
    alone = noun[:-1] + lexicon.script.before_pronouns.get(noun[-1:], noun[-1:])
    for stem in (noun, alone):
        for found in lexicon.phrases.beginning(stem):
            if found.meaning.rule == "sources" and found.is_word(stem):
                return found.meaning.type
    return ""


def _joins_verb(before: str, word: str, lexicon: Lexicon) -> bool:
    """Is this "and" before a verb that its beginning shows?"""
    beginnings = lexicon.script.finite_beginnings
    joins = bool(lexicon.bits.get(before, 0) & BIT["conjunction"])
    return joins and len(word) > SHORTEST_PREFIXED and bool(beginnings) and word.startswith(beginnings)
