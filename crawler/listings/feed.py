"""RSS 0.9x to 2.0, Atom, RDF and JSON Feed -> the articles they name."""

from __future__ import annotations

import json
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from time import struct_time
from typing import Any

from crawler.listings.content import ListingContent, absolute, parse_time
from pipelines.stores.base import Found


def read_feed(body: bytes, url: str, content_type: str) -> ListingContent:
    """The entries of the feed at `url` in their order, with absolute addresses; broken XML gives what can be read."""
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _read_json_feed(body, url)
    import feedparser

    parsed = feedparser.parse(
        BytesIO(body),
        response_headers={"content-type": content_type, "content-location": url},
        # The text of entries is not used: cleaning it is most of the work.
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    found = tuple(_entries(parsed.entries, url))
    if not found and not parsed.get("version"):
        return ListingContent(problem="not a feed")
    return ListingContent(found)


def _entries(entries: list[dict[str, Any]], url: str) -> Iterator[Found]:
    for entry in entries:
        # FeedBurner keeps the article's own address beside the one that counts clicks.
        link = entry.get("feedburner_origlink") or entry.get("link")
        if link and (address := absolute(url, link)):
            yield Found(
                address,
                url,
                published=_moment(entry.get("published_parsed")),
                # Asked for a key it lacks, feedparser gives the time of publishing, and warns.
                modified=_moment(entry["updated_parsed"] if "updated_parsed" in entry else None),  # noqa: SIM401
            )


def _moment(parsed: struct_time | None) -> datetime | None:
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _read_json_feed(body: bytes, url: str) -> ListingContent:
    try:
        feed = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return ListingContent(problem="not a feed")
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        return ListingContent(problem="not a feed")
    return ListingContent(tuple(_json_entries(items, url)))


def _json_entries(items: list[Any], url: str) -> Iterator[Found]:
    for item in items:
        link = (item.get("url") or item.get("external_url")) if isinstance(item, dict) else None
        if isinstance(link, str) and (address := absolute(url, link)):
            yield Found(
                address,
                url,
                published=parse_time(str(item.get("date_published", ""))),
                modified=parse_time(str(item.get("date_modified", ""))),
            )
