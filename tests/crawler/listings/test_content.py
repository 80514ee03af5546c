from __future__ import annotations

from datetime import UTC, datetime

from crawler.listings.content import ListingContent, cleaned, parse_time, without_tracking
from pipelines.stores.base import Found

OLD, NEW = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)
LIMIT = datetime(2026, 10, 1, tzinfo=UTC)


def kept(*urls: str, allow: tuple[str, ...] = (), deny: tuple[str, ...] = ()) -> list[str]:
    content = ListingContent(tuple(Found(url) for url in urls))
    return [entry.url for entry in cleaned(content, allow, deny, None).found]


def test_one_page_under_two_addresses_is_kept_once() -> None:
    assert kept("https://a.example/x?utm_source=rss", "https://a.example/x#top", "https://a.example/y") == [
        "https://a.example/x",
        "https://a.example/y",
    ]


def test_an_address_that_only_looks_the_same_is_fetched_as_it_was_linked() -> None:
    assert without_tracking("https://m.a.example/x?utm_source=rss#top") == "https://m.a.example/x?utm_source=rss"


def test_patterns_of_the_source_decide() -> None:
    urls = ("https://a.example/news/1", "https://a.example/sport/2", "ftp://a.example/news/3", "mailto:news@a.example")
    assert kept(*urls, allow=("/news/",)) == ["https://a.example/news/1"]
    assert kept(*urls, deny=("/sport/", "/news/2")) == ["https://a.example/news/1"]


def test_what_is_old_is_counted_and_left_out() -> None:
    content = ListingContent(
        (Found("https://a.example/1", published=OLD), Found("https://a.example/2", published=OLD, modified=NEW)),
        (Found("https://a.example/s", modified=OLD), Found("https://a.example/t")),
    )
    recent = cleaned(content, (), (), LIMIT)
    assert [entry.url for entry in recent.found] == ["https://a.example/2"]
    assert [entry.url for entry in recent.sitemaps] == ["https://a.example/t"]
    assert recent.too_old == 2
    assert cleaned(content, (), (), None).too_old == 0


def test_times() -> None:
    assert parse_time("2026-11-22T10:00:00+01:00") == datetime(2026, 11, 22, 9, tzinfo=UTC)
    assert parse_time("2026-11-22") == datetime(2026, 11, 22, tzinfo=UTC)
    assert parse_time("yesterday") is None
    assert parse_time("0001-01-01T00:00:00+02:00") is None, "the store keeps times in UTC, and UTC has no year 0"
