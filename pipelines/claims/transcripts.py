"""Transcripts, and what else stands unquoted under somebody's name (rule 19)."""

from __future__ import annotations

from .drafts import SPEECH_WORDS, Document, Draft
from .interview import ENDS
from .mentions import Mention
from .noun_phrases import text_bounds
from .reported import inherit


def hold_forth(document: Document) -> None:
    """The paragraph after a line that ends in a colon, and what follows a name and a colon: its paragraph in a text
    with two such lines, and all up to the next name in a transcript."""
    drafts = document.drafts
    labels = [number for number, draft in enumerate(drafts) if draft.rule == "ticker" and draft.source]
    holder: Mention | None = None
    last: Draft | None = None
    for number, draft in enumerate(drafts):
        if last is None or draft.paragraph != last.paragraph:
            announced = last is not None and last.announces and draft.paragraph == last.paragraph + 1
            goes_on = document.transcript and number < labels[-1] if labels else False
            holder = last.speaker if announced and last is not None else holder if goes_on else None
        if draft.rule == "ticker" and draft.source and draft.speaker:
            holder = draft.speaker if len(labels) > 1 or _in_capitals(document, draft) else holder
        elif holder is not None and draft.attribution == "none" and _speaks(document, draft):
            inherit(draft, holder, "held-forth")
        last = draft


def _in_capitals(document: Document, draft: Draft) -> bool:
    start, end = text_bounds(document.tokens, draft.source or (draft.low, draft.high))
    return document.folded.text[start:end].isupper()


def _speaks(document: Document, draft: Draft) -> bool:
    """More than a few words, and neither a stage direction nor somebody else's question."""
    if document.tokens.word[draft.low] == "(" or document.tokens.word[draft.high - 1] in ENDS:
        return False
    return draft.high - draft.low > SPEECH_WORDS
