"""Articles from the links on home and section pages."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.spiders.base import LedgerSpider
from pipelines.items import ListingType, Source


def section_urls(source: Source) -> Iterator[tuple[ListingType, str]]:
    """The home page and the section pages that the source list names."""
    for url in dict.fromkeys((source.home, *source.sections)):
        yield "section", url


class SectionsSpider(LedgerSpider):
    """Reads the home and section pages of its sources."""

    name = "sections"

    def listing_urls(self, source: Source) -> Iterator[tuple[ListingType, str]]:
        return section_urls(source)
