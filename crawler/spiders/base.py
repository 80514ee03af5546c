"""What all spiders share: they take addresses from the ledger, read listings, and yield articles.

The ledger, not the spider, knows what is to be fetched: `start` leases addresses a few at a time for every source, and
goes on as long as a listing or an article is under way. What a run leaves unfinished the next one takes up.
"""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.exceptions import CloseSpider
from scrapy.http import HtmlResponse, Response

from crawler.barriers import barrier
from crawler.extraction.paging import joined
from crawler.outcomes import (
    EMPTY,
    HOME_PAGE,
    NO_TEXT,
    NOT_HTML,
    OVER_BUDGET,
    Outcome,
    outcome_of_exception,
    outcome_of_status,
    retry_after,
)
from crawler.response_headers import header, headers
from crawler.schedule import SOFT, next_try
from crawler.spiders.extracting import extract_in
from crawler.spiders.visits import VisitingSpider
from pipelines.errors import StoreFailure
from pipelines.items import Article, PagePlace, Problem, Source
from pipelines.stores.base import LedgerEntry, Store
from pipelines.warc import Capture

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure as DownloadFailure

LEASE = timedelta(hours=1)
PAGES_OF_AN_ARTICLE = 20


class LedgerSpider(VisitingSpider):
    """A spider over the ledger; the classes below it say which listings they read, and where those are."""

    def __init__(self, *arguments: Any, **attributes: Any) -> None:
        super().__init__(*arguments, **attributes)
        self.open_articles: defaultdict[str, set[str]] = defaultdict(set)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        for handler, signal in (
            (spider._article_done, signals.item_scraped),
            (spider._article_done, signals.item_dropped),
            (spider._article_done, signals.item_error),
            (spider._callback_failed, signals.spider_error),
        ):
            crawler.signals.connect(handler, signal)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """What the ledger has, then the listings, then what they added, until nothing is under way."""
        try:
            if not self.sources_by_id:
                self.logger.error("No sources: name source lists or ids, as in -a sources=seeds/francophone.toml")
                return
            self._preparing = asyncio.ensure_future(self.prepare())
            listings = await self.owner.run(self.open_run)
            for request in await self._lease():
                yield request
            for source in self.sources_by_id.values():
                for request in self.listing_requests(source, self.listing_urls(source), listings):
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
            raise CloseSpider("failed") from failure

    async def parse_article(self, response: Response, entry: LedgerEntry) -> list[Article | Request]:
        """The article at an address, or the request for its next page, or its outcome in the ledger."""
        outcome = outcome_of_status(response.status) or _page_outcome(response, entry.url)
        if outcome is not None:
            wait = retry_after(header(response, "Retry-After"), datetime.now(UTC))
            await self._settle(entry, outcome, wait)
            return []
        source = self.sources_by_id[entry.source_id]
        fetched = datetime.now(UTC)
        result = await extract_in(self.workers, response.body, response.url, headers(response), fetched, source)
        if result is None:
            await self._settle(entry, NOT_HTML)
            return []
        if isinstance(result, Problem):
            await self._settle(entry, Outcome("failed", f"extraction: {result.reason}", SOFT))
            return []
        if not result.text and not result.problems:
            await self._settle(entry, NO_TEXT)
            return []
        place, problems = await self._keep(response, source, fetched)
        article = replace(result, url=entry.url, fetched_page=place, problems=(*result.problems, *problems))
        return [self._next_page(article, entry, 2) or article]

    async def parse_next_page(
        self, response: Response, entry: LedgerEntry, article: Article, number: int
    ) -> list[Article | Request]:
        """The article with the text of a further page, or the request for the one after it."""
        source = self.sources_by_id[entry.source_id]
        outcome = outcome_of_status(response.status) or _page_outcome(response, response.url)
        if outcome is not None:
            return [_incomplete(article, outcome.reason)]
        now = datetime.now(UTC)
        further = await extract_in(self.workers, response.body, response.url, headers(response), now, source)
        if not isinstance(further, Article):
            return [_incomplete(article, further.reason if further else NOT_HTML.reason)]
        article = joined(article, further)
        place, problems = await self._keep(response, source, now)
        article = replace(
            article, further_pages=(*article.further_pages, place), problems=(*article.problems, *problems)
        )
        return [self._next_page(article, entry, number + 1) or article]

    async def next_page_failed(self, failure: Any) -> list[Article]:
        """The article as far as it goes, with the reason why it goes no further."""
        article: Article = failure.request.cb_kwargs["article"]
        return [_incomplete(article, outcome_of_exception(failure.value).reason)]

    def _next_page(self, article: Article, entry: LedgerEntry, number: int) -> Request | None:
        if not article.next_page or number > PAGES_OF_AN_ARTICLE:
            return None
        return Request(
            article.next_page,
            self.parse_next_page,
            errback=self.next_page_failed,
            cb_kwargs={"entry": entry, "article": article, "number": number},
            dont_filter=True,
        )

    async def _keep(
        self, response: Response, source: Source, fetched: datetime
    ) -> tuple[PagePlace | None, tuple[Problem, ...]]:
        """Where the page is kept from now on, as it was fetched; None where it is not, and why if it should be."""
        if self.pages is None:
            return None, ()
        capture = Capture(response.url, response.status, headers(response), response.body, fetched)
        try:
            place = await asyncio.to_thread(self.pages.keep, capture, source.country.lower())
        except OSError as error:
            return None, (Problem("page", f"was not kept: {error.strerror}"),)
        return place, ()

    async def article_failed(self, failure: Any) -> None:
        """Records an article whose download failed."""
        entry: LedgerEntry = failure.request.cb_kwargs["entry"]
        outcome = outcome_of_exception(failure.value)
        if outcome is OVER_BUDGET:
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
            self.end_with(failure)
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
            self.listing_done(listing)


def _incomplete(article: Article, reason: str) -> Article:
    problem = Problem("extraction", f"a further page is missing: {reason}")
    return replace(article, next_page="", problems=(*article.problems, problem))


def _page_outcome(response: Response, url: str) -> Outcome | None:
    barred = barrier(response.status, response.url, headers(response), response.body)
    if barred:
        return Outcome("failed", barred, SOFT)
    if not response.body.strip():
        return EMPTY
    if not isinstance(response, HtmlResponse):
        return NOT_HTML
    if urlsplit(response.url).path in ("", "/") and urlsplit(url).path not in ("", "/"):
        return HOME_PAGE
    return None
