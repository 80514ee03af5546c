"""The headline flag: a title that asserts as fact what the text gives only from a weak source, or nowhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.items import Attribution, Sentence
from pipelines.policy import NEWS, WEAK

from . import analyse_text
from .folding import fold
from .language_file import covered, load
from .lexicon import BIT, WORD_CLASSES, Lexicon

WORD = re.compile(r"\d[\d.,]*\d|[^\W_]+")
FUNCTION = sum(BIT[name] for name in WORD_CLASSES if name != "number")
# Shares of the title's content words. Chosen so that ordinary titles, which are never word for word in the text, pass.
SAME_NEWS = 0.6
RELATED = 0.5
NOWHERE = 0.34
STEM = 4
FEWEST_WORDS = 3
FEWEST_SENTENCES = 5


@dataclass(frozen=True, slots=True)
class HeadlineFlag:
    """Why a title is flagged: the sentence that gives its news (None: no sentence does), the class of that sentence's
    source (`none` without one), and the reason in words."""

    sentence: Sentence | None
    attribution: Attribution
    reason: str


def headline_flag(title: str, sentences: Sequence[Sentence], language: str) -> HeadlineFlag | None:
    """Compare a title with the labelled sentences of its text (section 5 of the definition).

    Gives None where the title attributes or quotes, asks, explains or only names a topic, or has less priority than the
    news policy asks of a claim; where a sentence with its news is `named`, public record, linked or follows a named
    source; and in a language without a file. Of two words one counts as a form of the other where at least half of
    the longer is common to both beginnings (in a script with joined prefixes: or to both ends).
    """
    if language not in covered():
        return None
    lexicon = load(language)
    wanted = _content(title, lexicon)
    if len(wanted) < FEWEST_WORDS or not _asserts(title, lexicon):
        return None
    shared = [_shared(wanted, sentence.text, lexicon) for sentence in sentences]
    same = [(len(found), s) for found, s in zip(shared, sentences, strict=True) if len(found) >= RELATED * len(wanted)]
    if not same:
        return _nowhere(title, wanted, shared, language)
    if not all(_weak(sentence) for _, sentence in same):
        return None
    most, sentence = max(same, key=lambda pair: pair[0])
    if most < SAME_NEWS * len(wanted):
        return None
    attribution = sentence.context.attribution if sentence.context else sentence.attribution
    return HeadlineFlag(sentence, attribution, f"the title asserts what the text has only from {_WORDED[attribution]}")


_WORDED: dict[Attribution, str] = {
    "anonymous": "an anonymous source",
    "vague": "a vague source",
    "hearsay": "hearsay",
}


def _weak(sentence: Sentence) -> bool:
    """Does the sentence rest on a weak source, its own or that of the sentence it follows?"""
    if sentence.evidence or sentence.record:
        return False
    if sentence.context is not None:
        return sentence.context.attribution in WEAK
    return sentence.attribution in WEAK


def _nowhere(
    title: str, wanted: frozenset[str], shared: Sequence[frozenset[str]], language: str
) -> HeadlineFlag | None:
    """A flag where not even two sentences in a row hold a fair share of the title's words.

    A text of few sentences may be the beginning of a longer one, and a title that is not clearly a sentence may name
    its topic in words of its own.
    """
    if len(shared) < FEWEST_SENTENCES or len(wanted) <= FEWEST_WORDS or not _worth_checking(title, language, NEWS.none):
        return None
    most = max(len(a | b) for a, b in pairwise(shared))
    if most > NOWHERE * len(wanted):
        return None
    return HeadlineFlag(None, "none", "the title asserts what no sentence of the text says")


def _asserts(title: str, lexicon: Lexicon) -> bool:
    """Does the title, read as a sentence, state something in its own voice?"""
    folded = fold(title, lexicon.script.ignored, lexicon.equivalents)
    first = WORD.search(folded.low)
    if first is None or lexicon.bits.get(first.group(), 0) & BIT["complementiser"]:
        return False
    if any(pair[0] in folded.text for pair in lexicon.script.quotes):
        return False
    finished = title if title.rstrip().endswith((".", "?", "!", "؟", "…")) else f"{title}."
    labelled = analyse_text(finished, lexicon.code) or ()
    return (
        any(s.claim and s.priority >= NEWS.weak for s in labelled)
        and all(s.attribution == "none" for s in labelled)
        and "?" not in title
    )


def _worth_checking(title: str, language: str, priority: float) -> bool:
    return any(sentence.claim and sentence.priority >= priority for sentence in analyse_text(title, language) or ())


def _content(text: str, lexicon: Lexicon) -> frozenset[str]:
    """The words of a text that carry its news: no function word of the language, no single letter."""
    bits = lexicon.bits
    return frozenset(
        word
        for word in WORD.findall(fold(text, lexicon.script.ignored, lexicon.equivalents).low)
        if (len(word) > 1 or word.isdigit()) and not (bits.get(word, 0) | bits.get(f"{word}'", 0)) & FUNCTION
    )


def _shared(wanted: frozenset[str], text: str, lexicon: Lexicon) -> frozenset[str]:
    """Those of the wanted words that a text has in some form."""
    low = fold(text, lexicon.script.ignored, lexicon.equivalents).low
    prefixed = bool(lexicon.script.prefixes)
    near = [word for word in wanted if word[:STEM] in low or (prefixed and word[-STEM:] in low)]
    if not near:
        return frozenset()
    there = frozenset(WORD.findall(low))
    return frozenset(
        word
        for word in near
        if word in there
        or any(_same_stem(word, other) or (prefixed and _same_stem(word[::-1], other[::-1])) for other in there)
    )


def _same_stem(a: str, b: str) -> bool:
    half = max(STEM, (max(len(a), len(b)) + 1) // 2)
    return a[:half] == b[:half] and min(len(a), len(b)) >= half and not a[0].isdigit()
