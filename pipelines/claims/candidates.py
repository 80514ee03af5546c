"""What is looked at for an attribution, and what comes of it: a stretch of tokens, a word in it, a cue."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .lexicon import Lexicon, Verb
from .noun_phrases import Phrase
from .tokens import Tokens

BESIDE = 200  # characters that what a verb needs beside it may take, however far a pattern would look


@dataclass(frozen=True, slots=True)
class Stretch:
    """The tokens of a sentence, `low` to `high`. `speech`: it holds somebody's words, not only a term, in quotation
    marks."""

    tokens: Tokens
    lexicon: Lexicon
    low: int
    high: int
    speech: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """A mark of attribution: its rule, the tokens of the cue, and those of the source where the sentence names one.

    `implied`: the source is the subject of an earlier verb, here or in an earlier sentence. `subordinate`: it covers
    only a remark beside the main claim (rule 4).
    """

    type: str
    rule: str
    start: int
    end: int
    source: Phrase | None
    implied: bool = False
    subordinate: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may be a cue verb, at `place`: what the lexicon has of it, and which of its forms it can be.

    `start` is the first token of its verb group, `auxiliary` whether that has an auxiliary; `after` is where what the
    verb needs beside it ends.
    """

    verb: Verb
    types: frozenset[str]
    place: int
    start: int
    after: int
    auxiliary: bool
    subordinate: bool

    def cue(self, source: Phrase | None, *, subordinate: bool | None = None, end: int = 0) -> Cue:
        """The cue of this verb; without a source it is implied."""
        return Cue(
            "verb",
            self.verb.rule,
            self.start,
            end or self.after,
            source,
            implied=source is None,
            subordinate=self.subordinate if subordinate is None else subordinate,
        )


def match_beside(tokens: Tokens, verb: Verb, end: int) -> re.Match[str] | None:
    """What `then` of a verb finds behind the offset `end`."""
    return verb.then.match(tokens.low, end, end + BESIDE) if verb.then else None
