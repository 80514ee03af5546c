"""The sample newsroom does what its outlet files say, before any crawler comes."""

from __future__ import annotations

import gzip
import http.client
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen
from xml.etree import ElementTree

import feedparser
import pytest

from crawler.sources import load_sources
from tests.site.content import Listing, Outlet, load
from tests.site.running import Running, serving
from tests.site.server import Newsroom, OutletServer

OUTLETS = load()
LISTINGS = [(outlet, listing) for outlet in OUTLETS for listing in outlet.listings if not listing.answers]
LISTING_IDS = [f"{outlet.id}{listing.path}" for outlet, listing in LISTINGS]


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serving(tmp_path_factory.mktemp("newsroom")) as running:
        yield running


def fetch(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers in lower case and body of one GET; a redirect is not followed."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""), headers=headers)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, {name.lower(): value for name, value in response.getheaders()}, body


def test_the_source_list_is_valid(newsroom: Running) -> None:
    sources = load_sources([newsroom.sources])
    assert {source.id for source in sources} == {outlet.id for outlet in OUTLETS}


@pytest.mark.parametrize(("outlet", "listing"), LISTINGS, ids=LISTING_IDS)
def test_a_listing_names_what_it_should_in_its_own_format(newsroom: Running, outlet: Outlet, listing: Listing) -> None:
    status, _, body = fetch(newsroom.bases[outlet.id] + listing.path)
    assert status == 200
    body = gzip.decompress(body) if listing.path.endswith(".gz") else body
    text = body.decode("utf-8" if listing.format == "json" else outlet.charset)
    expected = outlet.listed(listing)
    if not listing.children:
        assert all((page.through[0] if page.through else outlet.path_of(page)) in text for page in expected)
    if listing.format == "json":
        assert len(json.loads(text)["items"]) == len(expected)
    elif listing.format == "rss-broken":
        with pytest.raises(ElementTree.ParseError):
            ElementTree.fromstring(body)
    elif listing.format.startswith("sitemap"):
        ElementTree.fromstring(body)
    elif listing.format in ("rss", "atom", "rdf"):
        parsed = feedparser.parse(body)
        assert len(parsed.entries) == len(expected) + sum(each.listed for each in outlet.troubles)
        assert not parsed.bozo


def test_an_unchanged_listing_is_not_sent_again(newsroom: Running) -> None:
    for outlet, listing in LISTINGS:
        url = newsroom.bases[outlet.id] + listing.path
        _, headers, _ = fetch(url)
        if listing.validator == "etag":
            assert fetch(url, **{"If-None-Match": headers["etag"]})[0] == 304
        elif listing.validator:
            assert fetch(url, **{"If-Modified-Since": headers["last-modified"]})[0] == 304


def test_pages_are_in_the_charset_of_their_outlet_whatever_they_declare(newsroom: Running) -> None:
    for outlet in OUTLETS:
        for page in [page for page in outlet.articles if not page.answers]:
            status, headers, body = fetch(newsroom.bases[outlet.id] + outlet.path_of(page))
            assert status == 200
            charset = f"; charset={outlet.header_charset}" if outlet.header_charset else ""
            assert headers["content-type"] == "text/html" + charset
            assert page.text.strip().splitlines()[-1].split()[-1].rstrip(".»") in body.decode(outlet.charset)
            assert len(body) > page.junk
    lying = next(outlet for outlet in OUTLETS if outlet.charset == "windows-1252" and outlet.header_charset == "utf-8")
    body = fetch(newsroom.bases[lying.id] + lying.path_of(lying.articles[0]))[2]
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")


def test_troubles_happen(newsroom: Running) -> None:
    statuses = {}
    for outlet in OUTLETS:
        for trouble in outlet.troubles:
            if trouble.answers not in ("endless", "truncated"):
                statuses[trouble.answers] = fetch(newsroom.bases[outlet.id] + trouble.path)[0]
    expected = {"busy": 429, "challenge": 202, "not found": 404, "gone": 410, "forbidden": 403, "error": 500}
    assert expected.items() <= statuses.items()


def test_an_endless_body_outlasts_its_reader(newsroom: Running) -> None:
    with urlopen(newsroom.bases["radio-vallon"] + "/infos/sans-fin", timeout=10) as response:
        assert len(response.read(3_000_000)) == 3_000_000


def test_a_truncated_body_ends_before_its_announced_length(newsroom: Running) -> None:
    with (
        urlopen(newsroom.bases["radio-vallon"] + "/infos/tronque", timeout=10) as response,
        pytest.raises(http.client.IncompleteRead),
    ):
        response.read()


def test_a_busy_page_answers_the_second_time(newsroom: Running) -> None:
    (outlet, page), *_ = [(o, page) for o in OUTLETS for page in o.articles if page.answers == "busy once"]
    url = newsroom.bases[outlet.id] + outlet.path_of(page)
    first, second = fetch(url), fetch(url)
    assert (first[0], first[1]["retry-after"]) == (429, "1")
    assert second[0] == 200


def test_the_access_log_knows_every_visit_and_its_conditions(newsroom: Running) -> None:
    base = newsroom.bases["phare-souverain"]
    fetch(base + "/nowhere?utm=1", **{"If-None-Match": '"tag"', "User-Agent": "a visitor"})
    last = newsroom.visits()[-1]
    assert (last["outlet"], last["path"], last["query"]) == ("phare-souverain", "/nowhere", "utm=1")
    assert (last["if_none_match"], last["if_modified_since"], last["user_agent"]) == ('"tag"', "", "a visitor")


def test_an_edit_changes_the_article_and_its_moment_in_the_listing(tmp_path: Path) -> None:
    (outlet, page), *_ = [(o, page) for o in OUTLETS for page in o.articles if page.outcome == "revision"]
    with serving(tmp_path) as newsroom:
        base = newsroom.bases[outlet.id]
        before = fetch(base + outlet.path_of(page))[2].decode(outlet.charset)
        listing = fetch(base + outlet.listings[0].path)[2]
        newsroom.edit()
        after = fetch(base + outlet.path_of(page))[2].decode(outlet.charset)
        assert page.title in before
        assert page.edited_title in after
        assert fetch(base + outlet.listings[0].path)[2] != listing


def test_nothing_runs_on_after_the_block(tmp_path: Path) -> None:
    with serving(tmp_path) as newsroom:
        base = newsroom.bases["phare-souverain"]
        assert fetch(base + "/robots.txt")[0] == 200
    with pytest.raises(OSError, match="refused"):
        urlopen(Request(base + "/robots.txt"), timeout=2)


def test_where_there_is_one_loopback_address_the_outlets_differ_by_port(tmp_path: Path) -> None:
    elsewhere = replace(OUTLETS[0], address="203.0.113.1")  # of the range for documentation: no machine has it
    newsroom = Newsroom(tmp_path / "access.jsonl")
    server = OutletServer(elsewhere, newsroom)
    assert server.base == f"http://127.0.0.1:{server.server_port}"
    assert not server.alone
    for each in (server, *newsroom.servers):
        each.server_close()


def test_an_unknown_address_is_not_found(newsroom: Running) -> None:
    with pytest.raises(HTTPError, match="404"):
        urlopen(newsroom.bases["phare-souverain"] + "/nowhere", timeout=5)
