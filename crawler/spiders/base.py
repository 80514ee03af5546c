"""What all spiders share: they take addresses from the ledger, read listings, and yield articles.

The ledger, not the spider, knows what is to be fetched: `start` leases addresses a few at a time for every source, and
goes on as long as a listing or an article is under way. What a run leaves unfinished the next one takes up.
"""

from __future__ import annotations

import asyncio
import os
import random
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.exceptions import CloseSpider
from scrapy.http import HtmlResponse, Response

from crawler.barriers import barrier
from crawler.extraction import extract_article
from crawler.listings.reading import read_listing
from crawler.outcomes import (
    EMPTY,
    HOME_PAGE,
    NOT_HTML,
    Outcome,
    outcome_of_exception,
    outcome_of_status,
    retry_after,
)
from crawler.schedule import SOFT, after_visit, is_due, next_try
from crawler.sources import load_sources, select_sources
from pipelines.errors import Failure, StoreFailure
from pipelines.items import Article, ListingType, Problem, Source
from pipelines.stores import open_store
from pipelines.stores.base import Found, LedgerEntry, Listing, Store
from pipelines.stores.owner import StoreOwner
from pipelines.workers import Workers

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure as DownloadFailure

ACCEPT: Mapping[ListingType, str] = {
    "feed": "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5",
    "sitemap": "application/xml, text/xml, */*;q=0.5",
    "section": "text/html, application/xhtml+xml;q=0.9, */*;q=0.5",
}
LEASE = timedelta(hours=1)
SITEMAPS_IN_AN_INDEX = 100


class LedgerSpider(Spider):
    """A spider over the ledger; the classes below it say which listings they read, and where those are."""

    def __init__(
        self,
        name: str | None = None,
        *,
        sources: Sequence[Source] = (),
        due: bool = False,
        owner: StoreOwner,
        workers: Workers,
        open_at_once: int = 16,
        sitemap_age: timedelta = timedelta(days=30),
        **attributes: Any,
    ) -> None:
        super().__init__(name, **attributes)
        self.sources_by_id = {source.id: source for source in sources}
        self.due = due
        self.owner = owner
        self.workers = workers
        self.open_at_once = open_at_once
        self.sitemap_age = sitemap_age
        self.fault: Failure | None = None
        self.report: Mapping[str, Any] = {}
        self.open_listings: set[tuple[str, str]] = set()
        self.seen_listings: set[tuple[str, str]] = set()
        self.open_articles: defaultdict[str, set[str]] = defaultdict(set)
        # Sources that the ledger may have addresses for; without those over their budget.
        self.hungry = set(self.sources_by_id)
        self.over_budget: set[str] = set()
        self.changed = asyncio.Event()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        settings = crawler.settings
        store = settings["STORE"]
        spider = super().from_crawler(
            crawler,
            *args,
            sources=_chosen(kwargs.pop("sources", ()), Path(settings["SEEDS"])),
            due=str(kwargs.pop("due", "")).lower() in ("1", "true", "yes"),
            owner=StoreOwner(lambda: open_store(store)),
            workers=Workers(
                settings.getint("WORKERS") or len(os.sched_getaffinity(0)),
                time_limit=settings.getfloat("WORKER_TIME_LIMIT"),
                tasks_each=settings.getint("WORKER_TASKS"),
                preload=settings.getlist("WORKER_PRELOAD"),
            ),
            open_at_once=2 * settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"),
            sitemap_age=timedelta(days=settings.getint("SITEMAP_MAX_AGE_DAYS")),
            **kwargs,
        )
        for handler, signal in (
            (spider._article_done, signals.item_scraped),
            (spider._article_done, signals.item_dropped),
            (spider._article_done, signals.item_error),
            (spider._callback_failed, signals.spider_error),
            (spider.release, signals.engine_stopped),
        ):
            crawler.signals.connect(handler, signal)
        return spider

    def listing_urls(self, source: Source) -> Iterator[tuple[ListingType, str]]:
        """The listings of a source that this spider reads."""
        raise NotImplementedError

    async def start(self) -> AsyncIterator[Request]:
        """What the ledger has, then the listings, then what they added, until nothing is under way."""
        try:
            if not self.sources_by_id:
                self.logger.error("No sources: name source lists or ids, as in -a sources=seeds/francophone.toml")
                return
            self._preparing = asyncio.ensure_future(self.workers.prepare())
            listings = await self.owner.run(self._open_run)
            for request in await self._lease():
                yield request
            for source in self.sources_by_id.values():
                for request in self._listing_requests(source, self.listing_urls(source), listings):
                    yield request
            # Scrapy may come back from a yield long after: only a look at the ledger during which nothing changed, and
            # with nothing under way, is the last one.
            while True:
                self.changed.clear()
                for request in await self._lease():
                    yield request
                if self.changed.is_set():
                    continue
                if not self.open_listings and not any(self.open_articles.values()):
                    break
                await self.changed.wait()
        except StoreFailure as failure:
            self.fault = failure
            raise CloseSpider("store failed") from failure

    # Listings

    async def parse_listing(self, response: Response, listing: Listing) -> list[Request]:
        """Records what the listing holds; gives requests for the sitemaps it names."""
        outcome = outcome_of_status(response.status)
        now = datetime.now(UTC)
        if response.status == 304:
            self.count("listings", "unchanged")
            await self._record(listing, seen=1.0)
        elif outcome is not None:
            wait = retry_after(_header(response, "Retry-After"), now)
            await self._listing_failed(listing, outcome.reason, outcome.weight, wait)
        else:
            return await self._read(response, listing)
        return []

    async def listing_failed(self, failure: Any) -> None:
        """Records a listing whose download failed."""
        listing: Listing = failure.request.cb_kwargs["listing"]
        outcome = outcome_of_exception(failure.value)
        if outcome.verdict == "left":
            self.count("listings", f"left: {outcome.reason}")
            self._listing_done(listing)
            return
        await self._listing_failed(listing, outcome.reason, outcome.weight, getattr(failure.value, "wait", 0.0))

    async def _read(self, response: Response, listing: Listing) -> list[Request]:
        source = self.sources_by_id[listing.source_id]
        oldest = datetime.now(UTC) - self.sitemap_age if listing.type == "sitemap" else None
        content = await self.workers.attempt(
            "listing",
            read_listing,
            listing.type,
            response.body,
            response.url,
            _header(response, "Content-Type"),
            source,
            oldest,
        )
        if isinstance(content, Problem) or content.problem:
            reason = content.reason if isinstance(content, Problem) else content.problem
            await self._listing_failed(listing, reason, SOFT)
            return []
        # An index is read anew each time: it may stand still while the sitemaps it names change.
        conditional = not content.sitemaps
        listing = replace(
            listing,
            etag=_header(response, "ETag") if conditional else "",
            last_modified=_header(response, "Last-Modified") if conditional else "",
        )
        sitemaps: list[tuple[ListingType, str]] = [
            ("sitemap", entry.url) for entry in content.sitemaps[:SITEMAPS_IN_AN_INDEX]
        ]
        self.count("listings", "changed")
        self.count("addresses", "too old", content.too_old)
        requests = []
        if sitemaps:
            known = await self.owner.run(lambda store: store.listings([source.id]))
            requests = list(self._listing_requests(source, sitemaps, known))
        await self._record(listing, found=content.found)
        return requests

    async def _record(
        self,
        listing: Listing,
        *,
        found: Sequence[Found] = (),
        seen: float | None = None,
        failure: float = 0.0,
        wait: float = 0.0,
    ) -> None:
        source = self.sources_by_id[listing.source_id]

        def record(store: Store) -> int:
            new = store.record_visit(listing, found) if found else 0
            share = 1 - new / len(found) if found else seen
            visited = after_visit(
                listing,
                (source.min_interval, source.max_interval),
                datetime.now(UTC),
                seen=share,
                failure=failure,
                retry_after=wait,
                jitter=random.uniform(-1, 1),
            )
            store.record_visit(visited, ())
            return new

        try:
            new = await self.owner.run(record)
        except StoreFailure as fault:
            self.store_failed(fault)
            return
        finally:
            self._listing_done(listing)
        self.count("addresses", "named", len(found))
        self.count("addresses", "new", new)
        # Not only new addresses wait: one that was stored is due again once the listing says it was modified.
        if found and listing.source_id not in self.over_budget:
            self.hungry.add(listing.source_id)

    async def _listing_failed(self, listing: Listing, reason: str, weight: float, wait: float = 0.0) -> None:
        self.count("listings", f"failed: {reason}")
        self.logger.info("The %s %s could not be read: %s", listing.type, listing.url, reason)
        await self._record(listing, failure=weight, wait=wait)

    def _listing_requests(
        self,
        source: Source,
        wanted: Iterable[tuple[ListingType, str]],
        known: Mapping[tuple[str, str], Listing],
    ) -> Iterator[Request]:
        now = datetime.now(UTC)
        for listing_type, url in wanted:
            key = (source.id, url)
            listing = known.get(key) or Listing(source.id, url, listing_type)
            if key in self.seen_listings:
                continue
            self.seen_listings.add(key)
            if self.due and not is_due(listing, now):
                self.count("listings", "not due")
                continue
            self.open_listings.add(key)
            headers = {"Accept": ACCEPT[listing_type]}
            if listing.etag:
                headers["If-None-Match"] = listing.etag
            if listing.last_modified:
                headers["If-Modified-Since"] = listing.last_modified
            yield Request(
                url,
                self.parse_listing,
                headers=headers,
                errback=self.listing_failed,
                cb_kwargs={"listing": listing},
                # robots.txt speaks of pages; it is itself what says where the sitemaps are.
                meta={"dont_obey_robotstxt": urlsplit(url).path == "/robots.txt"},
                priority=1,
                dont_filter=True,
            )

    def _listing_done(self, listing: Listing) -> None:
        self.open_listings.discard((listing.source_id, listing.url))
        self.changed.set()

    # Articles

    async def parse_article(self, response: Response, entry: LedgerEntry) -> list[Article]:
        """The article at an address, or its outcome in the ledger."""
        outcome = outcome_of_status(response.status) or _page_outcome(response, entry.url)
        if outcome is not None:
            wait = retry_after(_header(response, "Retry-After"), datetime.now(UTC))
            await self._settle(entry, outcome, wait)
            return []
        source = self.sources_by_id[entry.source_id]
        fetched = datetime.now(UTC)
        result = await self.workers.attempt(
            "extract", extract_article, response.body, response.url, _headers(response), fetched, source
        )
        if isinstance(result, Problem):
            return [Article(source.id, entry.url, response.url, fetched, problems=(result,))]
        if not result.text and not result.problems:
            await self._settle(entry, Outcome("skipped", "no text", SOFT))
            return []
        return [replace(result, url=entry.url)]

    async def article_failed(self, failure: Any) -> None:
        """Records an article whose download failed."""
        entry: LedgerEntry = failure.request.cb_kwargs["entry"]
        outcome = outcome_of_exception(failure.value)
        if outcome.reason == "over the domain's budget":
            self.over_budget.add(entry.source_id)
            self.hungry.discard(entry.source_id)
        await self._settle(entry, outcome, getattr(failure.value, "wait", 0.0))

    async def _settle(self, entry: LedgerEntry, outcome: Outcome, wait: float = 0.0) -> None:
        now = datetime.now(UTC)
        verdict = outcome.verdict
        due = None
        if verdict == "failed":
            due = next_try(entry.attempts, now, retry_after=wait, jitter=random.uniform(-1, 1))
            verdict = "failed" if due else "gone"
        self.count(verdict, outcome.reason)
        try:
            if verdict == "skipped":
                await self.owner.run(lambda store: store.skip(entry.source_id, entry.url, outcome.reason, now))
            elif verdict != "left":
                await self.owner.run(lambda store: store.fail(entry.source_id, entry.url, outcome.reason, now, due))
        except StoreFailure as failure:
            self.store_failed(failure)
        finally:
            self._close_article(entry.source_id, entry.url)

    async def _lease(self) -> list[Request]:
        """Requests for what the ledger has, up to a few for each source, so that no source keeps others waiting."""
        wanted = {
            source_id: room
            for source_id in self.hungry
            if (room := self.open_at_once - len(self.open_articles[source_id])) > self.open_at_once // 2
        }
        if not wanted:
            return []
        self.hungry.difference_update(wanted)  # before the wait, in which a listing may make one hungry again

        def lease(store: Store) -> dict[str, list[LedgerEntry]]:
            now = datetime.now(UTC)
            return {
                source_id: store.lease(self.owner.run_id, [source_id], now, now + LEASE, room)
                for source_id, room in wanted.items()
            }

        requests = []
        for source_id, entries in (await self.owner.run(lease)).items():
            if len(entries) == wanted[source_id] and source_id not in self.over_budget:
                self.hungry.add(source_id)
            for entry in entries:
                self.open_articles[source_id].add(entry.url)
                requests.append(
                    Request(
                        entry.url,
                        self.parse_article,
                        errback=self.article_failed,
                        cb_kwargs={"entry": entry},
                        dont_filter=True,
                    )
                )
        return requests

    def _close_article(self, source_id: str, url: str) -> None:
        self.open_articles[source_id].discard(url)
        self.changed.set()

    # The run

    def count(self, group: str, name: str, number: int = 1) -> None:
        """Count something under its reason; the run report is made of these."""
        if number:
            self.crawler.stats.inc_value(f"unsourced/{group}/{name}", number)

    def store_failed(self, failure: StoreFailure) -> None:
        """End the crawl: without a store nothing that is fetched can be kept."""
        if self.fault is None:
            self.fault = failure
            self.logger.error(str(failure))
            self._closing = asyncio.ensure_future(self._close("store failed"))

    async def _close(self, reason: str) -> None:
        if self.crawler.engine is not None:
            await self.crawler.engine.close_spider_async(reason=reason)

    def release(self) -> None:
        """Let go of the worker processes and of the store."""
        self.workers.stop()
        self.owner.close()

    def _open_run(self, store: Store) -> dict[tuple[str, str], Listing]:
        self.owner.run_id = store.start_run(datetime.now(UTC))
        store.save_sources(self.sources_by_id.values())
        return store.listings(list(self.sources_by_id))

    def _article_done(self, item: Article) -> None:
        self._close_article(item.source_id, item.url)

    def _callback_failed(self, failure: DownloadFailure, response: Any) -> None:
        """A mistake in this program must not leave the crawl waiting: the address stays leased, for the next run."""
        request = response.request if response is not None else None
        if request is None:
            return
        self.count("left", f"internal error: {type(failure.value).__name__}")
        if entry := request.cb_kwargs.get("entry"):
            self._close_article(entry.source_id, entry.url)
        elif listing := request.cb_kwargs.get("listing"):
            self._listing_done(listing)


def _page_outcome(response: Response, url: str) -> Outcome | None:
    barred = barrier(response.status, response.url, _headers(response), response.body)
    if barred:
        return Outcome("failed", barred, SOFT)
    if not response.body.strip():
        return EMPTY
    if not isinstance(response, HtmlResponse):
        return NOT_HTML
    if urlsplit(response.url).path in ("", "/") and urlsplit(url).path not in ("", "/"):
        return HOME_PAGE
    return None


def _headers(response: Response) -> dict[str, str]:
    return {str(name).lower(): value for name, value in response.headers.to_unicode_dict().items()}


def _header(response: Response, name: str) -> str:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else ""


def _chosen(sources: str | Sequence[Source], seeds: Path) -> Sequence[Source]:
    """Sources as they are, or those that a list of files and ids names, with commas between them."""
    if not isinstance(sources, str):
        return sources
    names = [name.strip() for name in sources.split(",") if name.strip()]
    paths = [Path(name) for name in names if Path(name).exists() or name.endswith(".toml")]
    ids = [name for name in names if Path(name) not in paths]
    return select_sources(load_sources(paths or [seeds]), ids) if names else ()
