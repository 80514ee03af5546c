"""Sentences in the making: their tokens, their phrases, and how much of them is somebody's words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from pipelines.items import Attribution

from .folding import Folded
from .lexicon import BIT, Lexicon
from .mentions import Mention, Mentions
from .noun_phrases import Phrase, is_marked
from .quotations import Quotation
from .sentences import split_sentences
from .tokens import CAPITAL, COMMA, DASH, DIGIT, INSIDE, WORD, Tokens

DATE_LINE = re.compile(
    r"([^\W\d_]{2,}(?:[ ,.'-]{1,2}[^\W\d_]+){0,4}\.?)(?: \([^\W\d_]{2,12}\))? ?(:|--|[—–]| - ) ?(?=\S)"
)
# A name in capitals and a colon at the beginning of a line: two of them make a transcript.
SPEAKER = re.compile(r"^([^\W\d_][\w .'’-]{1,40}):(?=\s)", re.MULTILINE)
SHORTEST_PLACE = 5
SPEECH_WORDS = 4
TITLE_WORDS = 8
# What these say within a quotation is the speaker's, not the author's.
AUTHORS_OWN = frozenset(
    ["backward", "opinion", "reporting", "boilerplate", "cross_reference", "hypothesis", "record", "rumour"]
)
COMPLEMENTISER = BIT["complementiser"]


@dataclass(slots=True)
class Draft:
    """A sentence in the making; token numbers, and offsets into the folded text. `bits` are the classes of all its
    words together: most sentences have no word of a rare class, and need not be searched for one."""

    start: int
    end: int
    low: int
    high: int
    paragraph: int
    bits: int
    types: dict[str, list[int]]
    speech: bool
    quoted: bool
    opens_inside: bool
    attribution: Attribution = "none"
    rule: str = "none"
    source: Phrase | None = None
    cue: Phrase | None = None
    resolved: str = ""
    relay: Phrase | None = None
    backward: bool = False
    announces: bool = False
    announced: Mention | None = None
    inherited: bool = False
    speaker: Mention | None = None


@dataclass(slots=True)
class Document:
    """A text, its tokens and quotations, and the state that travels from sentence to sentence."""

    folded: Folded
    lexicon: Lexicon
    tokens: Tokens
    quotations: tuple[Quotation, ...]
    mentions: Mentions
    drafts: list[Draft] = field(default_factory=list)
    transcript: bool = False


def make_drafts(document: Document) -> list[Draft]:
    folded, lexicon, tokens, quotations = document.folded, document.lexicon, document.tokens, document.quotations
    speeches = [_is_speech(tokens, q) or _is_said(document, q) for q in quotations]
    starts = [q.start for q in quotations]
    marked = sorted(tokens.marks)
    speakers = [found.group(1) for found in SPEAKER.finditer(folded.text) if found.group(1).isupper()]
    document.transcript = len(speakers) > 1
    if document.transcript:
        tokens.names.update(word for speaker in speakers for word in speaker.lower().split())
    drafts: list[Draft] = []
    paragraph, previous_end = 0, 0
    for start, end in split_sentences(
        folded.text,
        folded.low,
        quotations,
        lexicon.abbreviations,
        lexicon.starters,
        lexicon.openers,
        lexicon.verbs,
        lexicon.script.ordinals,
    ):
        paragraph += folded.text.count("\n", previous_end, start) > 0
        previous_end = end
        low, high = tokens.at(start + _date_line(document, start, paragraph)), tokens.at(end)
        types: dict[str, list[int]] = {}
        inner: dict[str, list[int]] = {}
        for place in marked[bisect_left(marked, low) : bisect_left(marked, high)]:
            for _, mark in tokens.marks[place]:
                if mark.rule != "sources":
                    kept = inner if tokens.bits[place] & INSIDE and mark.type in AUTHORS_OWN else types
                    kept.setdefault(mark.type, []).append(place)
        bits = reduce(or_, tokens.bits[low:high], 0)
        speech, quoted = _spoken(tokens, low, high, speeches) if bits & INSIDE else (False, False)
        if quoted:
            types |= inner
        around = bisect_right(starts, start - 1) - 1
        opens_inside = around >= 0 and quotations[around].end > start and speeches[around]
        drafts.append(Draft(start, end, low, high, paragraph, bits, types, speech, quoted, opens_inside))
    return drafts


def _date_line(document: Document, start: int, paragraph: int) -> int:
    """The length of a date line, which attributes nothing (rule 19): WASHINGTON (AP) -- …

    One with a colon stands at the head of a text and once, and is no outlet: they, and whoever speaks in a transcript,
    have a colon too.
    """
    text, tokens = document.folded.text, document.tokens
    line = DATE_LINE.match(text, start)
    if line is None or not line.group(1).isupper():
        return 0
    place = line.group(1)
    speaks = len(place) < SHORTEST_PLACE or is_marked(tokens, tokens.at(start), tokens.at(line.end(1)))
    if line.group(2) == ":" and (paragraph > 1 or speaks or document.transcript or text.count(place + ":") > 1):
        return 0
    return line.end() - start


def _spoken(tokens: Tokens, low: int, high: int, speeches: list[bool]) -> tuple[bool, bool]:
    """Does a sentence hold somebody's words, and is it nothing but that?"""
    speech, outside, words = False, False, False
    for bit, number in zip(tokens.bits[low:high], tokens.quoted[low:high], strict=True):
        if number >= 0 and speeches[number]:
            speech = True
            words = words or bool(bit & WORD)
        elif bit & WORD:
            outside = True
    return speech, words and not outside


def _is_speech(tokens: Tokens, quotation: Quotation) -> bool:
    """Somebody's words rather than a term or a title between quotation marks."""
    if not quotation.closed or quotation.continues:
        return True
    words = 0
    large, ended, title = 0, False, True
    low, high = tokens.at(quotation.start), tokens.at(quotation.end)
    if high + 1 < len(tokens.bits) and tokens.bits[high] & COMMA and tokens.bits[high + 1] & DASH:
        return True  # «…», — said somebody
    for place in range(low, tokens.at(quotation.end)):
        bit = tokens.bits[place]
        if bit & WORD:
            words += 1
            if len(tokens.word[place]) >= SPEECH_WORDS:
                # A title has capitals on all but its small words.
                title &= bool(bit & (CAPITAL | DIGIT))
                large += 1
        ended |= bool(words) and tokens.word[place] in "!?.,"
        if not title and (words >= SPEECH_WORDS or ended):
            return True
    return (words >= SPEECH_WORDS or ended) and (large < 2 or words > TITLE_WORDS)


def _is_said(document: Document, quotation: Quotation) -> bool:
    """„Wir gehen“, sagte sie: few words that open a sentence, with a comma and a cue verb behind them."""
    text, tokens = document.folded.text, document.tokens
    before = text[max(0, quotation.start - 2) : quotation.start].rstrip(" ")
    comma = tokens.at(quotation.end)
    return (
        (not before or before[-1] in "\n.!?:")
        and comma + 1 < len(tokens.word)
        and bool(tokens.bits[comma] & COMMA)
        and tokens.word[comma + 1] in document.lexicon.verbs
    )
