"""Which of the cues of a sentence belongs to its main claim (rule 4 of the definition)."""

from __future__ import annotations

from bisect import bisect_left

from .candidates import Cue
from .drafts import COMPLEMENTISER, Draft
from .noun_phrases import ADVERB, CLAUSE, PREPOSITION, TIME
from .tokens import COMMA, DASH, DIGIT, HYPHEN, WORD, Tokens

WHEN = PREPOSITION | TIME | ADVERB | DIGIT
ORDER = {"citing": 0, "according": 1, "verb": 1, "anonymous": 1, "vague": 2, "hearsay": 3}


def opens_with(tokens: Tokens, place: int, kind: str) -> bool:
    """Does a phrase of this type begin at a token?"""
    return any(mark.type == kind for _, mark in tokens.marks.get(place, ()))


def unhedged(cues: list[Cue]) -> list[Cue]:
    """Without verbs in whose bracket a hedge stands (die Täter haben offenbar … gefordert): that is hearsay too."""
    hedges = sorted(cue.start for cue in cues if cue.type == "hearsay")
    return [
        cue for cue in cues if not cue.source or bisect_left(hedges, cue.source[1]) >= bisect_left(hedges, cue.start)
    ]


def main_cue(tokens: Tokens, cues: list[Cue], draft: Draft) -> Cue | None:
    """The cue of the main claim: a subordinate one only where it introduces a quotation, a cited original source before
    all, sourced before agentless."""
    if len(cues) < 2:
        only = [cue for cue in cues if cue.type in ORDER and (not cue.subordinate or (draft.speech and cue.source))]
        return only[0] if only else None
    rumours = sorted(cue.start for cue in cues if cue.type == "hearsay")
    cues = [
        cue
        for cue in cues
        if not cue.source or bisect_left(rumours, cue.source[0]) == bisect_left(rumours, cue.source[1])
    ]
    opening = min((cue.end for cue in cues if _is_agentless(tokens, cue)), default=len(tokens.bits))
    within = {cue for cue in cues if cue.type == "verb" and cue.start >= opening and not _is_apart(tokens, cue)}
    rumoured = [cue.end for cue in cues if cue.type == "hearsay" and cue.start == draft.low and _closes(tokens, cue)]
    if rumoured:  # a quanto pare, il ministro ha promesso …
        within |= {cue for cue in cues if cue.type == "verb" and not _is_inserted(tokens, cue)}
    chosen = [cue for cue in cues if not cue.subordinate and cue.type in ORDER and cue not in within]
    if not chosen and draft.speech:
        chosen = [cue for cue in cues if cue.type in ORDER and cue.source]
    return min(chosen, key=lambda cue: _weight(tokens, cue, draft), default=None)


def _is_agentless(tokens: Tokens, cue: Cue) -> bool:
    """Does all that follows belong to nobody in particular (it is said that the president promised …)?"""
    return cue.type in ("vague", "hearsay") and not cue.subordinate and bool(tokens.bits[cue.end - 1] & COMPLEMENTISER)


def _closes(tokens: Tokens, cue: Cue) -> bool:
    return cue.end < len(tokens.bits) and bool(tokens.bits[cue.end] & COMMA)


def _is_inserted(tokens: Tokens, cue: Cue) -> bool:
    """…, assicura il ministro, …: the subject behind its verb, and a comma behind it."""
    if cue.source is None or cue.source[0] < cue.end:
        return False
    return bool(tokens.bits[cue.start - 1] & COMMA) and "".join(tokens.word[cue.source[1] : cue.source[1] + 1]) in ",."


def _is_apart(tokens: Tokens, cue: Cue) -> bool:
    first = min(cue.start, cue.source[0]) if cue.source else cue.start
    return bool(tokens.bits[first - 1] & (COMMA | CLAUSE | DASH))


def _weight(tokens: Tokens, cue: Cue, draft: Draft) -> tuple[int, bool, bool]:
    """What decides between cues, the least first; one at the end reports the whole of what stands before (the rebels
    demanded a ransom, sources confirm)."""
    closing = False
    if cue.type == "verb" and cue.source is not None and not draft.speech:
        first = min(cue.source[0], cue.start)
        closing = bool(tokens.bits[first - 1] & COMMA) and first > draft.low
        closing = closing and not opens_with(tokens, first, "according")
        closing = closing and (bool(tokens.cases) or not opens_with(tokens, draft.low, "according"))
        inverted = bool(tokens.bits[cue.source[0] - 1] & HYPHEN) and cue.start < cue.source[0]  # a-t-elle dit
        if cue.source[0] != cue.end and not inverted:
            closing = closing and not any(
                tokens.bits[at] & WORD and not tokens.bits[at] & WHEN for at in range(cue.end, draft.high)
            )
    apart = cue.end < draft.high and bool(tokens.bits[cue.start - 1] & tokens.bits[cue.end] & COMMA)  # …, dijo, …
    return ORDER[cue.type], cue.implied and not apart and not _governs(tokens, cue), not (closing or apart)


def _governs(tokens: Tokens, cue: Cue) -> bool:
    """Does all that follows belong to what a cue says (dice que …)?"""
    return cue.end < len(tokens.bits) and bool(tokens.bits[cue.end] & COMPLEMENTISER)
