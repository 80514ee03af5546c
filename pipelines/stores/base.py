"""What a store can do: the one interface over SQLite and, later, PostgreSQL.

Every method is synchronous and one transaction. Times are aware datetimes, UTC in and out. Within a crawl one owner
thread makes all calls; outside a crawl a store is used directly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol, Self

from pipelines.items import Article, Attribution, Kind, ListingType, Sentence, Source

LedgerState = Literal["found", "leased", "stored", "skipped", "failed", "gone"]
SaveResult = Literal["stored", "revision", "updated", "unchanged", "alias"]
"""`updated`: the same text, of which another field (the title, say) or the analysis changed."""

Verdict = Literal["to check", "sourced in context", "wrong label", "not checkable"]
VisitResult = Literal["changed", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Listing:
    """A feed, sitemap or section page of a source, with what earlier visits left behind.

    `history` holds the latest visits, newest last: (time, share of entries seen before or None, failure weight 0 to 1).
    """

    source_id: str
    url: str
    type: ListingType
    etag: str = ""
    last_modified: str = ""
    next_visit: datetime | None = None
    interval: int = 0
    history: tuple[tuple[datetime, float | None, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """An article address that a listing named, with what the listing said of it."""

    url: str
    listing: str = ""
    published: datetime | None = None
    modified: datetime | None = None


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What the ledger knows of one address of one source."""

    source_id: str
    url: str
    state: LedgerState
    listing: str = ""
    attempts: int = 0
    reason: str = ""
    next_try: datetime | None = None
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One crawl: who ran it, when, and what it counted."""

    id: int
    started: datetime
    ended: datetime | None
    host: str
    pid: int
    report: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Claim:
    """A stored sentence that is a claim. `claim_id` survives re-runs and re-analysis; `decision` is the latest one."""

    claim_id: str
    sentence: Sentence
    first_seen: datetime
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's verdict on a claim, appended and never overwritten."""

    sequence: int
    claim_id: str
    verdict: Verdict
    note: str
    decided: datetime
    by: str


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """The latest revision of an article with its claims. `sequence` grows with every change to the store.

    `headline` is the title as a claim, where it is one, with offsets into it.
    """

    article_id: str
    sequence: int
    revision: int
    first_stored: datetime
    article: Article
    claims: tuple[Claim, ...]
    copies: int = 0
    headline: Claim | None = None

    @property
    def all_claims(self) -> tuple[Claim, ...]:
        """The claims of the text, and that of the title before them."""
        return (self.headline, *self.claims) if self.headline else self.claims


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """Which articles to read; an empty field lets all through. Class, priority and novelty are matters of policy.

    `attributions` asks for articles with a claim of one of these classes. `since` is compared with the time of
    publication, or where that is unknown with the time of first storing.
    """

    source_ids: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    since: datetime | None = None
    after_sequence: int = 0


class Store(Protocol):
    """Where everything is kept."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *error: object) -> None: ...
    def close(self) -> None: ...

    # Runs
    def start_run(self, now: datetime) -> int:
        """Open a run for this host and process, and free the leases of runs whose process has died."""

    def finish_run(self, run_id: int, now: datetime, report: Mapping[str, Any]) -> None:
        """Close a run, and give back what it has leased and not finished."""

    def runs(self, limit: int = 10) -> list[Run]: ...

    # Sources, listings and the ledger
    def save_sources(self, sources: Iterable[Source]) -> None: ...
    def sources(self) -> list[Source]: ...
    def listings(self, source_ids: Sequence[str]) -> dict[tuple[str, str], Listing]:
        """What is known of each listing, by (source id, URL)."""

    def record_visit(self, listing: Listing, found: Sequence[Found], now: datetime | None = None) -> int:
        """In one transaction insert the new addresses as `found` and save the listing's state; gives how many are new.

        `now` is the clock's time unless given.

        A known, `stored` address whose `modified` is later than its last fetch becomes `found` again: a revision may
        wait there.
        """

    def lease(
        self, run_id: int, source_ids: Sequence[str], now: datetime, until: datetime, limit: int
    ) -> list[LedgerEntry]:
        """Take up to `limit` addresses that are `found`, or `failed` and due, or whose lease has lapsed.

        Sources share the limit evenly; of each the addresses with the latest date come first.
        """

    def skip(self, source_id: str, url: str, reason: str, now: datetime) -> None: ...
    def fail(self, source_id: str, url: str, reason: str, now: datetime, next_try: datetime | None) -> None:
        """Count one attempt more; without a next try the address is `gone`."""

    def ledger_counts(self, source_ids: Sequence[str] = ()) -> dict[str, int]:
        """How many addresses there are in each state; `skipped`, `failed` and `gone` as `state: reason` too."""

    # Articles and claims
    def save_article(self, article: Article, ledger_url: str, run_id: int, now: datetime) -> SaveResult:
        """One transaction: article, revision, claims, and the ledger entry of `ledger_url` becomes `stored`.

        Where another source had the same or nearly the same text first, the article becomes a copy of that one.
        """

    def articles(self, chosen: ArticleFilter) -> Iterator[StoredArticle]:
        """Latest revisions by sequence, read in batches, never all at once."""

    def article(self, article_id: str) -> StoredArticle | None:
        """By id or by a prefix of one that is unique. Raises `WrongUse` for a prefix of several."""

    def article_of_claim(self, claim_id: str) -> StoredArticle | None:
        """By claim id or by a prefix of one that is unique."""

    def decide(self, claim_id: str, verdict: Verdict, note: str, by: str, now: datetime) -> Decision:
        """Append a decision; the claim may be named by a prefix of its id. Raises `WrongUse` where there is none."""

    def decisions(self, after_sequence: int = 0) -> Iterator[Decision]:
        """All decisions after a sequence number, in order, read in batches."""

    def prune(self, before: datetime) -> int:
        """Delete the articles first stored before a time; gives how many.

        Decisions stay, and so does the ledger, so that nothing deleted is fetched again.
        """
