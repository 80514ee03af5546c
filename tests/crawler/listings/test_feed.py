from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from crawler.listings.feed import read_feed

URL = "https://outlet.example/feed"
FORMATS = {
    "RSS 0.91": '<rss version="0.91"><channel><title>O</title><item><title>A</title><link>https://outlet.example/a</link></item></channel></rss>',
    "RSS 2.0": """<rss version="2.0"><channel><item><link>https://outlet.example/a</link>
        <pubDate>Sun, 22 Nov 2026 10:00:00 +0200</pubDate></item></channel></rss>""",
    "Atom": """<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="alternate" href="/a"/>
        <published>2026-11-22T08:00:00Z</published><updated>2026-11-22T09:00:00Z</updated></entry></feed>""",
    "RDF": """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="https://outlet.example/a">
        <link>https://outlet.example/a</link><dc:date>2026-11-22T08:00:00Z</dc:date></item></rdf:RDF>""",
    "JSON Feed": json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [{"id": "1", "url": "https://outlet.example/a", "date_published": "2026-11-22T08:00:00Z"}, 5, {}],
        }
    ),
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_names_its_articles(name: str) -> None:
    content = read_feed(FORMATS[name].encode(), URL, "application/xml")
    assert [entry.url for entry in content.found] == ["https://outlet.example/a"]
    assert content.problem == ""
    if name != "RSS 0.91":
        (entry,) = content.found
        assert datetime(2026, 11, 22, 8, tzinfo=UTC) in (entry.published, entry.modified)


def test_an_update_is_told_from_a_publication() -> None:
    (entry,) = read_feed(FORMATS["Atom"].encode(), URL, "").found
    assert entry.modified == datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_broken_xml_gives_what_can_be_read() -> None:
    broken = (
        "<rss version='2.0'><channel><item><title>Q & A <b></title><link>https://outlet.example/a</link></item>"
        "<item><link>https://outlet.example/b</link><description>cut off"
    )
    found = read_feed(broken.encode(), URL, "text/html").found
    assert "https://outlet.example/a" in [entry.url for entry in found]


def test_an_address_may_stand_in_the_guid_alone() -> None:
    items = "<item><guid>https://outlet.example/a</guid></item><item><guid isPermaLink='false'>17</guid></item>"
    feed = f"<rss version='2.0'><channel>{items}</channel></rss>"
    assert [entry.url for entry in read_feed(feed.encode(), URL, "").found] == ["https://outlet.example/a"]


@pytest.mark.parametrize(
    "body", [b"", b"\x00\xff\x13", b"<html><body><p>Sorry</p></body></html>", b"{", b"[" * 100_000, b'{"items": 5}']
)
def test_what_is_no_feed_is_said_to_be_none(body: bytes) -> None:
    content = read_feed(body, URL, "application/rss+xml")
    assert content.found == ()
    assert content.problem == "not a feed"


def test_an_empty_feed_is_a_feed() -> None:
    assert read_feed(b"<rss version='2.0'><channel><title>O</title></channel></rss>", URL, "").problem == ""


def test_entities_do_not_multiply() -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + level)} "{f"&{chr(97 + level)};" * 10}">' for level in range(9)
    )
    feed = f"{bomb}]><rss version='2.0'><channel><item><link>https://outlet.example/&j;</link></item></channel></rss>"
    assert sum(len(entry.url) for entry in read_feed(feed.encode(), URL, "").found) < 10_000
