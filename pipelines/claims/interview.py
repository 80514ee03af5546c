"""Interviews in question and answer: an answer is an open quotation of the person interviewed (rule 14)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

QUESTIONS = 3
SHORT, LONG = 0.4, 0.2
ENDS = ("?", "؟")


def answered_paragraphs(paragraphs: Sequence[str]) -> frozenset[int]:
    """The numbers of the paragraphs that answer a question, or none where the text is no interview.

    A text is one when at least three of its paragraphs end in a question mark, every one of them followed by another
    paragraph, and they make up at least a fifth of the text's paragraphs from the first on; or two that make up two
    fifths, the first of them near the beginning.
    """
    questions = [n for n, text in enumerate(paragraphs) if _asks(text) and n + 1 < len(paragraphs)]
    count = len(questions)
    least = LONG if count >= QUESTIONS else SHORT
    if count < QUESTIONS and (count < 2 or questions[0] > 1):
        return frozenset()
    if count < least * (len(paragraphs) - questions[0]):
        return frozenset()
    asked = set(questions)
    return frozenset(n for n in range(questions[0] + 1, len(paragraphs)) if n not in asked)


def _asks(text: str) -> bool:
    return text.rstrip().endswith(ENDS)


def interviewee(names: Iterable[str], title: str) -> str:
    """The person interviewed: the first of the full names of the text whose last word the title has, else the first."""
    chosen = list(names)
    return next((name for name in chosen if name.split()[-1] in title), chosen[0] if chosen else "")
