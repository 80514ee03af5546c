"""What the engine knows of one language, compiled; `language_file` reads it from its file.

docs/adding-a-language.md explains the format; each key of `Script` and each word class below is a key of the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from .patterns import PhraseIndex

# Word classes are bits: a word can belong to several, and a test of several costs one operation.
WORD_CLASSES = (
    "definite", "indefinite", "possessive", "genitive", "preposition", "conjunction", "clause", "relative",
    "complementiser", "pronoun", "first_person", "auxiliary", "adverb", "clitic", "time", "number", "plural", "agent",
    "infinitive", "quantity", "negation", "oblique", "anaphor", "particle", "reported_plural", "reported_will",
    "reported_mood", "rumour_mood", "hypothesis", "verb",
    "passive", "reflexive", "parenthetical", "future", "noun", "period", "dative", "possessor", "intention", "action",
    "participle", "name", "adjective", "degree", "absolute", "neuter",
)  # fmt: skip
BIT = {name: 1 << place for place, name in enumerate(WORD_CLASSES)}
FORM_TYPES = ("finite", "participle", "gerund", "infinitive")
VERB_KEYS = ("then", "particle", "prepositions", "origin", "subjects", "with", "without")
FRAMES = frozenset([
    "quote", "that", "zero", "bare", "comma", "infinitive", "object", "of", "tail", "colon", "passive", "affirmed",
])  # fmt: skip
RULE_TYPES = frozenset((
    "verb", "according", "according_after", "according_document", "around", "citing", "anonymous", "relay", "vague",
    "hearsay", "fixed", "backward", "anonymity", "pseudonym", "subordinate", "cross_reference", "boilerplate",
    "opinion", "hypothesis", "reporting", "record", "viewpoint", "insertion", "anaphoric", "own_words", "rumour",
    "locative", "noun",
))  # fmt: skip
SOURCE_TYPES = (
    "anonymous", "people", "trade", "collective", "document", "researcher", "authority", "body", "role", "outlet",
)  # fmt: skip
# The endings in `Script` that give a word a class, that class, and the letters that a word must have more of.
ENDINGS = (
    ("finite", "verb", 0), ("oblique", "oblique", 3), ("genitive", "oblique", 3), ("adverb", "adverb", 5),
    ("rumour", "rumour_mood", 5), ("participle", "participle", 5), ("possessor", "possessor", 0),
)  # fmt: skip
SHORTEST_FINITE = 3
PRIORITY_GROUPS = (
    "violence", "death", "accusation", "crime", "secrecy", "motive", "cause", "policy", "superlative", "unit",
    "routine", "sport", "weather", "fiction", "obituary",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Script:
    """How the language is written."""

    quotes: tuple[str, ...]
    abbreviations: tuple[str, ...] = ()
    elision: bool = False
    cased: bool = True
    capital_nouns: bool = False
    ordinals: bool = False
    inversion: bool = False
    verb_bracket: bool = False
    null_subject: bool = False
    verb_first: bool = False
    owned_quotations: bool = False
    head_last: bool = False
    head_first: bool = False
    bare_plurals: bool = False
    plural_endings: tuple[str, ...] = ()
    infinitive_endings: tuple[str, ...] = ()
    adjective_endings: tuple[str, ...] = ()
    adverb_endings: tuple[str, ...] = ()
    possessor_endings: tuple[str, ...] = ()
    participle_endings: tuple[str, ...] = ()
    future_endings: tuple[str, ...] = ()
    rumour_endings: tuple[str, ...] = ()
    reported_endings: tuple[str, ...] = ()
    plural_verb_endings: tuple[str, ...] = ()
    oblique_endings: tuple[str, ...] = ()
    genitive_endings: tuple[str, ...] = ()
    finite_endings: tuple[str, ...] = ()
    preterite_endings: tuple[str, ...] = ()
    open_endings: tuple[str, ...] = ()
    feminine_endings: tuple[str, ...] = ()
    finite_beginnings: tuple[str, ...] = ()
    action_beginnings: tuple[str, ...] = ()
    possessed_endings: tuple[str, ...] = ()
    dative_before: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    article: tuple[str, ...] = ()
    ignored: str = ""
    equivalents: Mapping[str, str] = field(default_factory=dict)
    before_pronouns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verb:
    """A cue verb as one rule has it: the frames in which it attributes, and what must follow it or stand later.

    `prepositions` open what it says in the frame `of`; where there is an `origin`, the source stands behind one of
    these prepositions instead of being the subject. `subjects` are the source
    classes of which the subject must be. Of the words of `beside` one must stand in the verb group, of `without` none.
    """

    rule: str
    frames: frozenset[str]
    then: re.Pattern[str] | None = None
    particle: str = ""
    prepositions: frozenset[str] = frozenset()
    origin: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mark:
    """What a phrase means where it stands: a rule's type, a class of sources or a group of priority words."""

    type: str
    rule: str


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that a rule must match, or must not."""

    rule: str
    type: str
    text: str
    matches: bool


Beginnings = tuple[tuple[int, re.Pattern[str] | None, Mark], ...]


class Entry(NamedTuple):
    """What the lexicon has of a word: the form it is listed under, its classes, and the phrases that may begin with it,
    each with the letters to skip, its pattern and its meaning: those that may whatever follows, and by the word that
    follows. `lead` counts the letters of words written before it, `letters` are those before an apostrophe;
    `watched` is a word that may be a cue or bound one."""

    word: str
    bits: int
    phrases: Beginnings
    beside: Mapping[str, Beginnings]
    letters: str
    lead: int
    watched: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A language file, compiled."""

    code: str
    name: str
    version: str
    script: Script
    bits: Mapping[str, int]
    verbs: Mapping[str, tuple[tuple[Verb, frozenset[str]], ...]]
    phrases: PhraseIndex[Mark]
    abbreviations: frozenset[str]
    starters: frozenset[str]
    openers: frozenset[str]
    trades: tuple[tuple[str, tuple[str, ...]], ...]
    known: frozenset[str]
    equivalents: dict[int, str]
    examples: tuple[Example, ...]
    endings: tuple[tuple[int, tuple[str, ...], int], ...]
    cache: dict[str, Entry] = field(default_factory=dict, compare=False, repr=False)

    def by_ending(self, word: str) -> int:
        """The class that its ending, or its beginning, gives a word that no list knows."""
        if len(word) > SHORTEST_FINITE and word.startswith(self.script.finite_beginnings):
            return BIT["verb"]
        for length, endings, bit in self.endings:
            if len(word) > length and word.endswith(endings):
                return bit
        return 0
