"""Articles from sitemaps, sitemap indexes and news sitemaps, named in the source list or in robots.txt."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

from crawler.spiders.base import LedgerSpider
from pipelines.items import ListingType, Source


def sitemap_urls(source: Source) -> Iterator[tuple[ListingType, str]]:
    """The sitemaps that the source list names, or the robots.txt that may name some."""
    for url in source.sitemaps or (urljoin(source.home, "/robots.txt"),):
        yield "sitemap", url


class SitemapsSpider(LedgerSpider):
    """Reads the sitemaps of its sources."""

    name = "sitemaps"

    def listing_urls(self, source: Source) -> Iterator[tuple[ListingType, str]]:
        return sitemap_urls(source)
