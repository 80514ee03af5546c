"""The words and marks of a document, with what the lexicon says of each."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from .folding import Folded
from .lexicon import BIT, WORD_CLASSES, Lexicon, Mark
from .quotations import Quotation

_FREE = len(WORD_CLASSES)
ENDING_LENGTH = 5
ADVERB, RUMOUR = BIT["adverb"], BIT["rumour_mood"]
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


def tokenise(folded: Folded, lexicon: Lexicon, quotations: tuple[Quotation, ...]) -> Tokens:
    """Cut a folded text into tokens and look every one up, once."""
    low, text = folded.low, folded.text
    bits_of, known, prefixes = lexicon.bits, lexicon.known, lexicon.script.prefixes
    cased = lexicon.script.cased
    adverb_endings, rumour_endings = lexicon.script.adverb_endings, lexicon.script.rumour_endings
    tokens = Tokens(low, [], [], [], [], {}, [])
    starts, ends, words, bits = tokens.start, tokens.end, tokens.word, tokens.bits
    for match in (ELIDING if lexicon.script.elision else WHOLE).finditer(low):
        word = match.group()
        start = match.start()
        first = word[0]
        if first.isalpha():
            if prefixes and word not in known and first in prefixes and word[1:] in known:
                word = word[1:]
            bit = bits_of.get(word, 0) | WORD
            if bit == WORD and len(word) > ENDING_LENGTH:
                if adverb_endings and word.endswith(adverb_endings):
                    bit |= ADVERB
                elif rumour_endings and word.endswith(rumour_endings):
                    bit |= RUMOUR
            if cased and text[start].isupper():
                bit |= CAPITAL
        elif first.isdigit():
            bit = WORD | DIGIT | BIT["number"]
        else:
            bit = QUOTE if word == "''" else MARKS.get(word, 0)
            if (
                bit == HYPHEN
                and (not start or text[start - 1].isspace())
                and text[match.end() : match.end() + 1].isspace()
            ):
                bit = DASH
        starts.append(start)
        ends.append(match.end())
        words.append(word)
        bits.append(bit)
    tokens.quoted = [-1] * len(starts)
    for number, quotation in enumerate(quotations):
        for place in range(tokens.at(quotation.start), tokens.at(quotation.end)):
            tokens.quoted[place] = number
            bits[place] |= INSIDE
    _mark_phrases(tokens, low, lexicon)
    return tokens


def _mark_phrases(tokens: Tokens, low: str, lexicon: Lexicon) -> None:
    find = lexicon.phrases.at
    prefixes = lexicon.script.prefixes
    for place, word in enumerate(tokens.word):
        if not tokens.bits[place] & WORD:
            continue
        start = tokens.start[place] + (len(low[tokens.start[place] : tokens.end[place]]) - len(word))
        for end, mark in find(low, word, start):
            tokens.marks.setdefault(place, []).append((tokens.at(end), mark))
        if prefixes and word[0] in prefixes and len(word) > 3:
            for end, mark in find(low, word[1:], start + 1):
                tokens.marks.setdefault(place, []).append((tokens.at(end), mark))
