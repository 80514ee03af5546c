"""Reading any listing by its type, in one call to a worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from crawler.listings.content import ListingContent, cleaned
from crawler.listings.feed import read_feed
from crawler.listings.section import read_section
from crawler.listings.sitemap import read_sitemap
from pipelines.items import ListingType, Source

READERS: Mapping[ListingType, Callable[[bytes, str, str], ListingContent]] = MappingProxyType(
    {"feed": read_feed, "sitemap": read_sitemap, "section": read_section}
)


def read_listing(
    listing_type: ListingType, body: bytes, url: str, content_type: str, source: Source, oldest: datetime | None = None
) -> ListingContent:
    """What the listing at `url` (after redirects) holds, as the source's patterns let it pass.

    Nothing that was last touched before `oldest`.
    """
    return cleaned(READERS[listing_type](body, url, content_type), source.allow, source.deny, oldest)
