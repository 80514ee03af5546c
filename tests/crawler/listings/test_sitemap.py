from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from crawler.listings import sitemap
from crawler.listings.sitemap import read_sitemap, unpack

URL = "https://outlet.example/sitemap.xml"
NAMES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)
NEWS = f"""<?xml version="1.0" encoding="UTF-8"?><urlset {NAMES}>
<url><loc> https://outlet.example/a </loc><lastmod>2026-11-22</lastmod>
<image:image><image:loc>https://outlet.example/a.jpg</image:loc></image:image>
<news:news><news:publication_date>2026-11-21T10:00:00+01:00</news:publication_date></news:news></url>
<url><loc>/b</loc></url><url><lastmod>2026</lastmod></url></urlset>""".encode()
INDEX = f"""<sitemapindex {NAMES}><sitemap><loc>https://outlet.example/1.xml.gz</loc><lastmod>2026-11-22T01:00:00Z</lastmod>
</sitemap><sitemap><loc>https://outlet.example/2.xml</loc></sitemap></sitemapindex>""".encode()


def urls(body: bytes, url: str = URL) -> list[str]:
    return [entry.url for entry in read_sitemap(body, url, "").found]


def test_pages_and_their_dates() -> None:
    first, second = read_sitemap(NEWS, URL, "").found
    assert (first.url, second.url) == ("https://outlet.example/a", "https://outlet.example/b")
    assert first.published == datetime(2026, 11, 21, 9, tzinfo=UTC)
    assert first.modified == datetime(2026, 11, 22, tzinfo=UTC)


def test_an_index_names_sitemaps() -> None:
    content = read_sitemap(INDEX, URL, "")
    assert content.found == ()
    assert [entry.url for entry in content.sitemaps] == [
        "https://outlet.example/1.xml.gz",
        "https://outlet.example/2.xml",
    ]


def test_gzip_whatever_it_is_called_and_torn_too() -> None:
    assert urls(gzip.compress(NEWS)) == urls(NEWS)
    many = NEWS.replace(b"</urlset>", b"".join(b"<url><loc>/%d</loc></url>" % n for n in range(5000)) + b"</urlset>")
    torn = urls(gzip.compress(many)[:-2000])
    assert 100 < len(torn) < 5002


def test_unpacking_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "LARGEST", 1000)
    assert len(unpack(gzip.compress(b"x" * 100_000))) == 1000
    assert unpack(b"\x1f\x8bnothing of the kind") == b""


def test_robots_txt_names_sitemaps() -> None:
    robots = b"User-agent: *\nDisallow: /x\nsitemap: /one.xml # the first\nSITEMAP:https://outlet.example/two.xml\nSitemap:\n"
    content = read_sitemap(robots, "https://outlet.example/robots.txt", "")
    assert [entry.url for entry in content.sitemaps] == [
        "https://outlet.example/one.xml",
        "https://outlet.example/two.xml",
    ]


def test_plain_lists_and_feeds_serve_as_sitemaps() -> None:
    assert urls(b"https://outlet.example/a\nhttps://outlet.example/b\n") == [
        "https://outlet.example/a",
        "https://outlet.example/b",
    ]
    feed = b"<?xml version='1.0'?><rss version='2.0'><channel><item><link>https://outlet.example/a</link></item></channel></rss>"
    assert urls(feed) == ["https://outlet.example/a"]


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"\x00\x01", b"<urlset"])
def test_what_is_no_sitemap_names_nothing(body: bytes) -> None:
    assert urls(body) == []


def test_entities_are_not_followed() -> None:
    body = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>' + NEWS.split(b"?>")[1].replace(b"/b", b"/b&f;")
    assert urls(body)[1] == "https://outlet.example/b"
