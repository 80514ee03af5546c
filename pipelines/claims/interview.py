"""Interviews in question and answer: an answer is an open quotation of the person interviewed (rule 14)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

QUESTIONS = 3
SHORT, LONG = 0.4, 0.2
ENDS = ("?", "؟")


def answers(sentences: Sequence[tuple[int, str]]) -> frozenset[int]:
    """The numbers of the sentences that answer a question, or none where the text is no interview; of each sentence
    the number of its paragraph and its text are given.

    A text is one when at least three of its paragraphs are questions, every one of them followed by another paragraph,
    and they make up at least a fifth of the text's paragraphs from the first on; or two that make up two fifths, the
    first of them near the beginning; or when at least three paragraphs open with a question and go on with its answer,
    and they make up half of them.
    """
    paragraphs: dict[int, list[int]] = {}
    for number, (paragraph, _) in enumerate(sentences):
        paragraphs.setdefault(paragraph, []).append(number)
    asks = [text.rstrip().endswith(ENDS) for _, text in sentences]
    last = max(paragraphs, default=0)
    questions = [n for n, held in paragraphs.items() if asks[held[-1]] and n < last]
    count = len(questions)
    least = LONG if count >= QUESTIONS else SHORT
    if (count >= QUESTIONS or (count == 2 and questions[0] <= 1)) and count >= least * (last + 1 - questions[0]):
        asked = set(questions)
        return frozenset(
            number for n, held in paragraphs.items() if n > questions[0] and n not in asked for number in held
        )
    answered = [n for n, held in paragraphs.items() if asks[held[0]] and not asks[held[-1]]]
    if len(answered) >= QUESTIONS and 2 * len(answered) >= last + 1 - answered[0]:
        return frozenset(
            number
            for n in answered
            for place, number in enumerate(paragraphs[n])
            if not all(asks[earlier] for earlier in paragraphs[n][: place + 1])
        )
    return frozenset()


def interviewee(names: Iterable[str], title: str) -> str:
    """The person interviewed: the first of the full names of the text whose last word the title has, else the first."""
    chosen = list(names)
    return next((name for name in chosen if name.split()[-1] in title), chosen[0] if chosen else "")
