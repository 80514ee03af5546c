"""Articles from all listings of a source, under one budget a domain: the spider of `unsourced crawl`."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.spiders.base import LedgerSpider
from crawler.spiders.feeds import feed_urls
from crawler.spiders.sections import section_urls
from crawler.spiders.sitemaps import sitemap_urls
from pipelines.items import ListingType, Source


def news_urls(source: Source) -> Iterator[tuple[ListingType, str]]:
    """What the source list names; for a source without any listing, its robots.txt and its home page."""
    yield from feed_urls(source)
    if source.sitemaps or not source.feeds:
        yield from sitemap_urls(source)
    if source.sections or not (source.feeds or source.sitemaps):
        yield from section_urls(source)


class NewsSpider(LedgerSpider):
    """Reads feeds, sitemaps and section pages of its sources."""

    name = "news"

    def listing_urls(self, source: Source) -> Iterator[tuple[ListingType, str]]:
        return news_urls(source)
