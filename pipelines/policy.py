"""From claims to flags: which claims a desk is shown, by the kind of the article. Data, applied when flags are read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.items import Attribution, Kind, Sentence

NEVER = 2.0
HEADLINE = "headline"
"""The rule of a claim that is the title of its article."""

WEAK: tuple[Attribution, ...] = ("anonymous", "vague", "hearsay")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The priority from which a claim is flagged: one of a weak source, one of nobody, and one of nobody that follows
    a weak source. `none_with_number`: a claim of nobody must hold a number. `headline`: the title can be flagged."""

    weak: float = 0.5
    none: float = 0.75
    none_after_weak: float = 0.5
    none_with_number: bool = False
    headline: bool = True


NEWS = Thresholds()
SILENT = Thresholds(NEVER, NEVER, NEVER)
POLICY: dict[Kind, Thresholds] = {
    "opinion": Thresholds(none=0.5, none_after_weak=0.5, none_with_number=True, headline=False),
    "sport": SILENT,
    "weather": SILENT,
    "obituary": SILENT,
    "horoscope": SILENT,
    "review": SILENT,
    "petition": SILENT,
    "programme listing": SILENT,
}


def flagged(sentence: Sentence, kind: Kind = "news") -> bool:
    """Does a sentence of an article of this kind raise a flag? (section 5 of the definition)"""
    return sentence.claim and sentence.priority >= _threshold(sentence, POLICY.get(kind, NEWS))


def _threshold(sentence: Sentence, thresholds: Thresholds) -> float:
    if sentence.attribution == "named" or (sentence.rule == HEADLINE and not thresholds.headline):
        return NEVER
    if sentence.attribution in WEAK:
        return thresholds.weak
    if thresholds.none_with_number and not any(c.isdigit() for c in sentence.text):
        return NEVER
    if sentence.context is None:
        return thresholds.none
    return NEVER if sentence.context.attribution == "named" else thresholds.none_after_weak


def flags(sentences: Iterable[Sentence], kind: Kind = "news") -> tuple[Sentence, ...]:
    """The flagged sentences of an article, highest priority first, then as they stand in the text."""
    return tuple(sorted((s for s in sentences if flagged(s, kind)), key=lambda s: (-s.priority, s.start)))
