"""The words and marks of a document, with what the lexicon says of each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from .folding import Folded
from .lexicon import BIT, WORD_CLASSES, Lexicon, Mark
from .quotations import Quotation

_FREE = len(WORD_CLASSES)
ENDING_LENGTH = 5
SHORTEST_PREFIXED = 3
ADVERB, RUMOUR, POSSESSOR = BIT["adverb"], BIT["rumour_mood"], BIT["possessor"]
CAPITAL, COMMA, STOP, QUOTE, DASH, PAREN, DIGIT, WORD, INSIDE, HYPHEN = (1 << (_FREE + place) for place in range(10))
MARKS = {
    ",": COMMA, "،": COMMA, ";": STOP, "؛": STOP, ":": STOP, "(": PAREN, ")": PAREN, "[": PAREN, "]": PAREN,
    "–": DASH, "—": DASH, "-": HYPHEN, "…": STOP, "!": STOP, "?": STOP, "؟": STOP, "/": HYPHEN,
    **dict.fromkeys("«»“”„‟\"‹›", QUOTE),
}  # fmt: skip
ELIDING = re.compile(r"\d[\d.,]*\d|[^\W_]+(?:'(?=\w))?|''|[^\w\s]|_")
WHOLE = re.compile(r"\d[\d.,]*\d|[^\W_]+(?:'[^\W\d_]+)?|''|[^\w\s]|_")


@dataclass(slots=True)
class Tokens:
    """Parallel lists, one entry a word or mark: offsets into `low`, the folded text; the word as the lexicon has it.

    `bits` holds its word classes.
    `marks` gives, for a token, the phrases of the lexicon that begin there: (token after the phrase, its meaning).
    `quoted` gives the number of the quotation that a token lies in, or -1.
    """

    low: str
    start: list[int]
    end: list[int]
    word: list[str]
    bits: list[int]
    marks: dict[int, list[tuple[int, Mark]]]
    quoted: list[int]

    def at(self, offset: int) -> int:
        """The first token that begins at or after an offset."""
        return bisect_left(self.start, offset)


Candidates = Sequence[tuple[int, re.Pattern[str], Mark]]


def tokenise(folded: Folded, lexicon: Lexicon, quotations: tuple[Quotation, ...]) -> Tokens:
    """Cut a folded text into tokens and look every one up; a word that comes again is looked up once."""
    low, text = folded.low, folded.text
    cased = lexicon.script.cased
    tokens = Tokens(low, [], [], [], [], {}, [])
    starts, ends, words, bits = tokens.start, tokens.end, tokens.word, tokens.bits
    seen: dict[str, tuple[str, int, Candidates]] = {}
    beginnings: list[tuple[int, Candidates]] = []
    for match in (ELIDING if lexicon.script.elision else WHOLE).finditer(low):
        word = match.group()
        found = seen.get(word)
        if found is None:
            found = seen[word] = _look_up(word, lexicon)
        key, bit, candidates = found
        start, end = match.span()
        if cased and text[start] != word[0] and text[start].isupper():
            bit |= CAPITAL
            if bits and bits[-1] & WORD:
                bit &= ~ADVERB  # a name: Kimberly, Italy
        elif bit == HYPHEN and text[start - 1 : start].strip() == "" and text[end : end + 1].isspace():
            bit = DASH
        if candidates:
            beginnings.append((len(starts), candidates))
        starts.append(start)
        ends.append(end)
        words.append(key)
        bits.append(bit)
    tokens.quoted = [-1] * len(starts)
    for number, quotation in enumerate(quotations):
        first, after = tokens.at(quotation.start), tokens.at(quotation.end)
        for place in range(first, after):
            tokens.quoted[place] = number
            bits[place] |= INSIDE
        for place in (first, after - 1):
            if not bits[place] & WORD:
                bits[place] |= QUOTE
    for place, candidates in beginnings:
        for shift, pattern, mark in candidates:
            phrase = pattern.match(low, starts[place] + shift)
            if phrase:
                end = phrase.start() + len(phrase.group().rstrip(" -\n"))
                tokens.marks.setdefault(place, []).append((tokens.at(end), mark))
    return tokens


def _look_up(word: str, lexicon: Lexicon) -> tuple[str, int, Candidates]:
    """A word as the lexicon has it, its bits, and the phrases that may begin with it, each with the letters to skip."""
    script = lexicon.script
    if not word[0].isalnum():
        return word, QUOTE if word == "''" else MARKS.get(word, 0), ()
    key, bit = word, WORD | DIGIT | BIT["number"]
    if not word[0].isdigit():
        if script.prefixes and word not in lexicon.known and word[0] in script.prefixes and word[1:] in lexicon.known:
            key = word[1:]
        bit = lexicon.bits.get(key, 0) | WORD
        if bit == WORD and len(key) > ENDING_LENGTH:
            if script.adverb_endings and key.endswith(script.adverb_endings):
                bit |= ADVERB
            elif script.rumour_endings and key.endswith(script.rumour_endings):
                bit |= RUMOUR
        if script.possessor_endings and bit == WORD and key.endswith(script.possessor_endings):
            bit |= POSSESSOR
    candidates = [(len(word) - len(key), *candidate) for candidate in lexicon.phrases.beginning(key)]
    if key is word and script.prefixes and word[0] in script.prefixes and len(word) > SHORTEST_PREFIXED:
        candidates += [(1, *candidate) for candidate in lexicon.phrases.beginning(word[1:])]
    return key, bit, candidates
