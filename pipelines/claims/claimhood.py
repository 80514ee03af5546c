"""Is a sentence a claim: does it state something that could be checked (design: section 1 of the definition)?"""

from __future__ import annotations

from .drafts import Draft
from .lexicon import BIT, Lexicon
from .tokens import ARTICLE, CAPITAL, DIGIT, INSIDE, WORD, Tokens

VERBAL = BIT["auxiliary"] | BIT["verb"]
FINAL = ".!…。»”“«‘\"'"
SHORTEST, LABEL, LONG = 3, 5, 12


def is_claim(text: str, draft: Draft, tokens: Tokens, lexicon: Lexicon) -> tuple[bool, str]:
    """Whether the sentence that reads `text` is a claim, and the reason where it is not."""
    low, high, types = draft.low, draft.high, draft.types
    attributed, quoted = draft.attribution != "none", draft.quoted
    words = [place for place in range(low, high) if tokens.bits[place] & WORD]
    digits = draft.bits & DIGIT
    if not words:
        return False, "no words"
    if low in types.get("cross_reference", ()) or words[0] in types.get("cross_reference", ()):
        return False, "cross-reference"
    if "boilerplate" in types:
        return False, "boilerplate"
    ending = text.rstrip(" »”“«‘\"')]")
    if ending.endswith(("?", "؟")) and not (attributed and not quoted and _speaks_outside(tokens, low, high)):
        return False, "question"
    if "reporting" in types:
        return False, "the author on the reporting"
    if words[0] in types.get("hypothesis", ()) and not attributed and _foresees(tokens, words, lexicon):
        return False, "hypothesis"
    if "opinion" in types and not digits and not attributed:
        return False, "judgement"
    finished = bool(text) and text[-1] in FINAL
    nominal = tokens.verb_first and len(words) == SHORTEST  # where a sentence may have no verb
    if len(words) <= SHORTEST and not attributed and not (finished and (nominal or _verbal(tokens, words))):
        return False, "fragment"
    if ending.endswith(":") and not attributed and len(words) < 8:
        return False, "announces what follows"
    if text.endswith(("...", "…")) and tokens.bits[words[0]] & BIT["clause"]:
        return False, "unfinished"
    if not finished and not attributed and not quoted and not _states_event(tokens, words):
        return False, "topic label"
    return True, ""


def _foresees(tokens: Tokens, words: list[int], lexicon: Lexicon) -> bool:
    """Is there a verb of the future or a conditional, so that what "if" opens has not come about?"""
    endings = lexicon.script.future_endings
    return any(
        tokens.bits[place] & BIT["future"] or (bool(endings) and tokens.word[place].endswith(endings))
        for place in words
    )


def _states_event(tokens: Tokens, words: list[int]) -> bool:
    """A headline or subheading of several words with a verb, or that sets in with a determiner, states an event."""
    if _verbal(tokens, words) or len(words) >= LONG:
        return True
    return len(words) >= LABEL and bool(tokens.bits[words[0]] & (BIT["definite"] | ARTICLE))


def _verbal(tokens: Tokens, words: list[int]) -> bool:
    return any(tokens.bits[place] & VERBAL and not tokens.bits[place] & CAPITAL for place in words)


def _speaks_outside(tokens: Tokens, low: int, high: int) -> bool:
    """A quoted question within a statement: most words stand outside the quotation."""
    outside = sum(1 for place in range(low, high) if tokens.bits[place] & WORD and not tokens.bits[place] & INSIDE)
    return outside > 6
