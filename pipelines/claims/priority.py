"""How much a desk would want to check a claim: 0 to 1, with the reasons in words (section 4 of the definition)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from .drafts import Draft
from .lexicon import BIT, PRIORITY_GROUPS
from .tokens import DIGIT, Tokens

NUMBER = BIT["number"]
GROUPS = frozenset(PRIORITY_GROUPS) - {"unit"}  # a unit counts beside a figure only
BASE = 0.5
# What each kind of content adds to or takes from an ordinary claim. 0.75 is what a desk would check.
WEIGHT = {
    "violence": 0.25, "death": 0.25, "accusation": 0.25, "crime": 0.25, "secrecy": 0.25, "motive": 0.25, "cause": 0.15,
    "policy": 0.15, "superlative": 0.1, "unit": 0.25, "routine": -0.2, "sport": -0.3, "weather": -0.3, "fiction": -0.5,
    "obituary": -0.3,
}  # fmt: skip
REASON = {
    "violence": "violence", "death": "death or injury", "accusation": "an accusation", "crime": "a crime",
    "secrecy": "secret plans", "motive": "an imputed motive", "cause": "a cause", "policy": "an effect of policy",
    "superlative": "a superlative", "unit": "a number", "routine": "routine", "sport": "sport", "weather": "weather",
    "fiction": "a plot", "obituary": "a life's dates",
}  # fmt: skip
YEAR = range(1900, 2101)
ROUTINE = 0.5
CURRENCY = "$£€¥₽"
# The topics that lower a whole document, and the sentences that must speak of them: at least so many, such a share.
# A page on a book or a film says so twice and then retells the plot.
TOPICS = {"sport": (3, 0.2), "weather": (3, 0.2), "obituary": (3, 0.2), "fiction": (2, 0.05)}
# A death is checked whatever the page is about.
GRAVE = frozenset(["death"])


def topics(sentences: Iterable[Mapping[str, object]]) -> frozenset[str]:
    """The topics of a document, by the words of its sentences."""
    counts: Counter[str] = Counter()
    total = 0
    for types in sentences:
        total += 1
        counts.update(topic for topic in TOPICS if topic in types)
    return frozenset(topic for topic, (least, share) in TOPICS.items() if counts[topic] >= max(least, share * total))


def priority(
    tokens: Tokens, draft: Draft, about: frozenset[str], *, record: bool, evidence: bool
) -> tuple[float, tuple[str, ...]]:
    """The priority of a claim, and what raised or lowered it, weightiest first; `about` are the topics of the whole
    document."""
    found = {group for group in draft.types if group in GROUPS} | about
    if draft.bits & (DIGIT | NUMBER) and _figure(tokens, draft):
        found.add("unit")
    if found & GRAVE:
        found -= set(TOPICS)
    value = BASE + sum(WEIGHT[group] for group in found)
    reasons = [REASON[group] for group in sorted(found, key=lambda g: (-abs(WEIGHT[g]), g))]
    value = min(1.0, max(0.0, value))
    for applies, reason in ((record, "public record"), (evidence, "linked evidence")):
        if applies and value > ROUTINE:
            value = ROUTINE
            reasons.append(reason)
    return round(value, 2), tuple(reasons)


def _figure(tokens: Tokens, draft: Draft) -> bool:
    """A number that would be checked: with a unit beside it, or large, and no date, year, age or score."""
    units = draft.types.get("unit", ())
    for place in range(draft.low, draft.high):
        if not tokens.bits[place] & (DIGIT | NUMBER):
            continue
        if any(place <= unit <= place + 4 for unit in units) or (
            place > draft.low and tokens.word[place - 1] in CURRENCY
        ):
            return True
        digits = "".join(c for c in tokens.word[place] if c.isdigit())
        if len(digits) >= 4 and int(digits[:12]) not in YEAR:
            return True
    return False
