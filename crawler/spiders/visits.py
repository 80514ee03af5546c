"""Visits to feeds, sitemaps and section pages: what they hold goes to the ledger, and they are told when to return."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

from crawler.listings.reading import read_listing
from crawler.outcomes import outcome_of_exception, outcome_of_status, retry_after
from crawler.response_headers import header
from crawler.schedule import SOFT, after_visit, is_due
from crawler.spiders.run import RunSpider
from pipelines.errors import StoreFailure
from pipelines.items import ListingType, Problem, Source
from pipelines.stores.base import Found, Listing, Store

ACCEPT: Mapping[ListingType, str] = MappingProxyType(
    {
        "feed": "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5",
        "sitemap": "application/xml, text/xml, */*;q=0.5",
        "section": "text/html, application/xhtml+xml;q=0.9, */*;q=0.5",
    }
)
SITEMAPS_IN_AN_INDEX = 100


class VisitingSpider(RunSpider):
    """A spider that visits listings; a class below it says which, and `hungry` then names the sources with news."""

    def __init__(self, *arguments: Any, **attributes: Any) -> None:
        super().__init__(*arguments, **attributes)
        self.open_listings: set[tuple[str, str]] = set()
        self.seen_listings: set[tuple[str, str]] = set()
        # Sources that the ledger may have addresses for; without those over their budget.
        self.hungry = set(self.sources_by_id)
        self.over_budget: set[str] = set()
        self.changed = asyncio.Event()

    def listing_urls(self, source: Source) -> Iterator[tuple[ListingType, str]]:
        """The listings of a source that this spider reads."""
        raise NotImplementedError

    async def parse_listing(self, response: Response, listing: Listing) -> list[Request]:
        """Records what the listing holds; gives requests for the sitemaps it names."""
        outcome = outcome_of_status(response.status)
        now = datetime.now(UTC)
        if response.status == 304:
            self.count("listings", "unchanged")
            await self._record(listing, seen=1.0)
        elif outcome is not None:
            wait = retry_after(header(response, "Retry-After"), now)
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
            self.listing_done(listing)
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
            header(response, "Content-Type"),
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
            etag=header(response, "ETag") if conditional else "",
            last_modified=header(response, "Last-Modified") if conditional else "",
        )
        sitemaps: list[tuple[ListingType, str]] = [
            ("sitemap", entry.url) for entry in content.sitemaps[:SITEMAPS_IN_AN_INDEX]
        ]
        self.count("listings", "changed")
        self.count("addresses", "too old", content.too_old)
        requests = []
        if sitemaps:
            known = await self.owner.run(lambda store: store.listings([source.id]))
            requests = list(self.listing_requests(source, sitemaps, known))
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
            self.end_with(fault)
            return
        finally:
            self.listing_done(listing)
        self.count("addresses", "named", len(found))
        self.count("addresses", "new", new)
        # Not only new addresses wait: one that was stored is due again once the listing says it was modified.
        if found and listing.source_id not in self.over_budget:
            self.hungry.add(listing.source_id)

    async def _listing_failed(self, listing: Listing, reason: str, weight: float, wait: float = 0.0) -> None:
        self.count("listings", f"failed: {reason}")
        self.logger.info("The %s %s could not be read: %s", listing.type, listing.url, reason)
        await self._record(listing, failure=weight, wait=wait)

    def listing_requests(
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

    def listing_done(self, listing: Listing) -> None:
        self.open_listings.discard((listing.source_id, listing.url))
        self.changed.set()
