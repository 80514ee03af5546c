"""Articles from feeds: RSS 0.9x to 2.0, Atom, RDF, JSON Feed."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.spiders.base import LedgerSpider
from pipelines.items import ListingType, Source


def feed_urls(source: Source) -> Iterator[tuple[ListingType, str]]:
    """The feeds that the source list names."""
    for url in source.feeds:
        yield "feed", url


class FeedsSpider(LedgerSpider):
    """Reads the feeds of its sources."""

    name = "feeds"

    def listing_urls(self, source: Source) -> Iterator[tuple[ListingType, str]]:
        return feed_urls(source)
