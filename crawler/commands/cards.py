"""Flags as a desk wants them: one card an article, its copies folded under it, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipelines.items import Attribution
from pipelines.policy import flagged
from pipelines.stores.base import Claim, StoredArticle


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which flags to show, beyond what the store can choose; an empty field lets all through."""

    classes: tuple[Attribution, ...] = ()
    priority: float = 0.0
    new: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """An article (without its text) with its flags, highest priority first, and the other outlets that carry it."""

    stored: StoredArticle
    flags: tuple[Claim, ...]
    outlets: tuple[str, ...] = ()

    @property
    def copies(self) -> int:
        """How many copies there are: those the store counts, or those seen while folding."""
        return max(self.stored.copies, len(self.outlets))

    @property
    def urgency(self) -> tuple[float, int]:
        """What cards are sorted by: the priority of the first flag, then how many there are."""
        return self.flags[0].sentence.priority, len(self.flags)


def chosen_flags(stored: StoredArticle, wanted: Wanted) -> tuple[Claim, ...]:
    """The claims of an article that policy flags and that are wanted, highest priority first."""
    claims = [
        claim
        for claim in stored.claims
        if flagged(claim.sentence, stored.article.kind)
        and (not wanted.classes or claim.sentence.attribution in wanted.classes)
        and claim.sentence.priority >= wanted.priority
        and not (wanted.new and claim.decision)
    ]
    return tuple(sorted(claims, key=lambda claim: (-claim.sentence.priority, claim.sentence.start)))


def fold(articles: Iterable[StoredArticle], wanted: Wanted) -> list[Card]:
    """Cards, most urgent first. A story's card is its first outlet's article, else its first copy."""
    cards: dict[str, Card] = {}
    for stored in articles:
        flags = chosen_flags(stored, wanted)
        if not flags:
            continue
        article = stored.article
        story = article.copy_of or stored.article_id
        light = replace(stored, article=replace(article, text="", links=(), sentences=None), claims=())
        first = cards.get(story)
        if first is None:
            cards[story] = Card(light, flags)
        elif article.copy_of:
            cards[story] = replace(first, outlets=(*first.outlets, article.source_id))
        else:
            cards[story] = Card(light, flags, (*first.outlets, first.stored.article.source_id))
    return sorted(cards.values(), key=lambda card: card.urgency, reverse=True)
