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

    def lets_through(self, claim: Claim) -> bool:
        """Whether a claim is wanted for its class, its priority, and for having been decided or not."""
        sentence = claim.sentence
        return (
            (not self.classes or sentence.attribution in self.classes)
            and sentence.priority >= self.priority
            and not (self.new and claim.decision)
        )


@dataclass(frozen=True, slots=True)
class Card:
    """An article (without its text) with its flags, highest priority first, and the other outlets that carry it.

    `headline` is the flag of the title, which stands before the others and is not counted among the first of them.
    """

    stored: StoredArticle
    flags: tuple[Claim, ...]
    headline: Claim | None = None
    outlets: tuple[str, ...] = ()

    @property
    def copies(self) -> int:
        """How many copies there are: those the store counts, or those seen while folding."""
        return max(self.stored.copies, len(self.outlets))

    @property
    def with_headline(self) -> tuple[Claim, ...]:
        """All flags, that of the title before the others."""
        return (self.headline, *self.flags) if self.headline else self.flags

    @property
    def urgency(self) -> tuple[float, int]:
        """What cards are sorted by: the highest priority of a flag, then how many there are."""
        return max(claim.sentence.priority for claim in self.with_headline), len(self.with_headline)


def card_of(stored: StoredArticle, wanted: Wanted) -> Card | None:
    """The card of an article with the flags that are wanted, or None where there are none."""
    kind = stored.article.kind
    chosen = [claim for claim in stored.all_claims if flagged(claim.sentence, kind) and wanted.lets_through(claim)]
    if not chosen:
        return None
    headline = chosen.pop(0) if chosen[0] is stored.headline else None
    chosen.sort(key=lambda claim: (-claim.sentence.priority, claim.sentence.start))
    light = replace(stored, article=replace(stored.article, text="", links=(), sentences=None), claims=())
    return Card(light, tuple(chosen), headline)


def fold(articles: Iterable[StoredArticle], wanted: Wanted) -> list[Card]:
    """Cards, most urgent first. A story's card is its first outlet's article, else its first copy."""
    cards: dict[str, Card] = {}
    for card in filter(None, (card_of(stored, wanted) for stored in articles)):
        article = card.stored.article
        story = article.copy_of or card.stored.article_id
        first = cards.get(story)
        if first is None:
            cards[story] = card
        elif article.copy_of:
            cards[story] = replace(first, outlets=(*first.outlets, article.source_id))
        else:
            cards[story] = replace(card, outlets=(*first.outlets, first.stored.article.source_id))
    return sorted(cards.values(), key=lambda card: card.urgency, reverse=True)
