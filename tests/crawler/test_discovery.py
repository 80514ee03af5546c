"""Finding a site's feeds and sitemaps, over HTTP against an outlet on loopback."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.discovery import Finding, FoundListing, Site, entry, find, read_site, worth_visiting, zones_of
from crawler.sources import load_sources
from pipelines.errors import Failure, WrongUse
from tests.crawler.outlet import fetch, outlet, rss, sitemap

HTML = "text/html; charset=utf-8"


def test_link_tags_and_robots_txt_lead_to_a_ready_entry(tmp_path: Path) -> None:
    with outlet() as site:
        site.put(
            "/",
            """<html lang="fr-BE"><head><title>La Gazette — toute l’actualité</title>
            <link rel="alternate" type="application/rss+xml" href="/rss/une.xml">
            <link rel="alternate" type="application/rss+xml" title="Comments Feed" href="/comments/feed">
            <link rel="alternate" type="application/atom+xml" href="/copie.xml">
            <link rel="alternate" hreflang="en" href="/en/"><link rel="stylesheet" type="text/css" href="/a.css">
            </head></html>""",
            Content_Type=HTML,
        )
        site.put("/robots.txt", f"User-agent: *\nDisallow: /x\nSitemap: {site.url}/sitemap_index.xml\n")
        site.put("/sitemap_index.xml", sitemap(f"{site.url}/archive-1.xml", f"{site.url}/news-1.xml", index=True))
        site.put("/news-1.xml", sitemap(f"{site.url}/a/1", f"{site.url}/a/2"))
        site.put("/archive-1.xml", sitemap(f"{site.url}/a/0"))
        site.put("/rss/une.xml", rss(f"{site.url}/a/1", f"{site.url}/a/2"))
        site.put("/copie.xml", rss(f"{site.url}/a/2", f"{site.url}/a/1"))
        finding = asyncio.run(find(fetch, site.url))
        assert finding.site == Site(
            site.url, "La Gazette", "fr", "BE", (f"{site.url}/rss/une.xml", f"{site.url}/copie.xml")
        )
        assert [(one.type, one.url, len(one.entries)) for one in finding.listings] == [
            ("feed", f"{site.url}/rss/une.xml", 2),
            ("sitemap", f"{site.url}/news-1.xml", 2),
        ]
        assert finding.listings[0].newest == datetime(2026, 3, 1, 9, tzinfo=UTC)
        assert "/comments/feed" not in site.asked
        assert "/archive-1.xml" not in site.asked
    (tmp_path / "found.toml").write_text(entry(finding), encoding="utf-8")
    (source,) = load_sources([tmp_path / "found.toml"])
    assert (source.name, source.country, source.languages) == ("La Gazette", "BE", ("fr",))
    assert source.timezone == "Europe/Brussels"
    assert source.feeds == (f"{site.url}/rss/une.xml",)
    assert source.sitemaps == (f"{site.url}/news-1.xml",)


def test_usual_paths_are_tried_where_the_page_names_nothing() -> None:
    with outlet() as site:
        site.put("/", "<p>Hello", Content_Type=HTML)
        site.put("/feed", rss(f"{site.url}/a/1"))
        site.put("/rss", "<html><body>a page for every address</body></html>", Content_Type=HTML)
        site.put("/sitemap.xml", sitemap(f"{site.url}/a/1"))
        finding = asyncio.run(find(fetch, site.url))
        assert [one.url for one in finding.listings] == [f"{site.url}/feed"]  # an archive is not visited beside a feed
        del site.pages["/feed"]
        finding = asyncio.run(find(fetch, site.url))
        assert [one.url for one in finding.listings] == [f"{site.url}/sitemap.xml"]
    assert finding.site.language == finding.site.country == ""


@pytest.mark.parametrize("url", ["ftp://courier.example/", "", "http://", "a b"])
def test_what_is_no_address_is_wrong_use(url: str) -> None:
    with pytest.raises(WrongUse, match="write it in full"):
        asyncio.run(find(fetch, url))


def test_a_home_page_that_does_not_answer_or_stands_behind_a_challenge_is_a_failure() -> None:
    with outlet() as site:
        with pytest.raises(Failure, match="status 404"):
            asyncio.run(find(fetch, site.url))
        site.put("/", "<title>Just a moment...</title>", status=202)
        with pytest.raises(Failure, match="bot challenge"):
            asyncio.run(find(fetch, site.url))


@pytest.mark.parametrize(
    ("page", "content_type", "expected"),
    [
        (b"", "", Site("https://a.example/")),
        (b"\x00\xff\x1f\x8b", "image/png", Site("https://a.example/", "")),
        ("<title>Ö1: Nachrichten</title>".encode("latin-1"), "text/html; charset=iso-8859-1",
         Site("https://a.example/", "Ö1")),
        (b'<html lang="xx-YY"><title>A - B</title>', "", Site("https://a.example/", "A")),
        (b'<meta property="og:locale" content="pt_BR"><meta property="og:site_name" content="Jornal">', "",
         Site("https://a.example/", "Jornal", "pt", "BR")),
        (b'<link rel="alternate" type="application/rss+xml" href="javascript:x">', "",
         Site("https://a.example/")),
        (b'<base href="/b/"><link rel="home alternate" type="application/feed+json; charset=utf-8" href="f.json">', "",
         Site("https://a.example/", feeds=("https://a.example/b/f.json",))),
        (b'<link rel="alternate" type="application/rss+xml" href="http://[::1">', "", Site("https://a.example/")),
    ],
)  # fmt: skip
def test_what_a_home_page_says(page: bytes, content_type: str, expected: Site) -> None:
    assert read_site(page, "https://a.example/", content_type) == expected


def test_the_host_tells_the_country_before_the_page_does() -> None:
    assert read_site(b'<html lang="en-US">', "https://www.courier.co.uk/", "").country == "GB"


def listing(url: str, *entries: str, sitemap: bool = False, index: bool = False) -> FoundListing:
    return FoundListing(url, "sitemap" if sitemap else "feed", entries, None, index)


def test_feeds_that_add_nothing_are_left_out() -> None:
    found = worth_visiting([listing("/one", "a", "b"), listing("/two", "b"), listing("/three", "b", "c")])
    assert [one.url for one in found] == ["/one", "/three"]


def test_an_entry_says_what_is_not_certain() -> None:
    lines = entry(Finding(Site("https://www.journal.com/", "Journal", "fr"))).splitlines()
    assert 'id = "journal"' in lines
    assert 'country = "FR"  # guessed from the language: check' in lines
    assert 'timezone = "Europe/Paris"' in lines
    lines = entry(Finding(Site("https://x.example/", "X", "en", "CA"))).splitlines()
    assert 'timezone = "America/Toronto"  # the country has several: check' in lines
    lines = entry(Finding(Site('https://x.example/"', 'A "quoted" \\ name'))).splitlines()
    assert 'country = ""  # the site does not say: fill it in' in lines
    assert r'name = "A \"quoted\" \\ name"' in lines


def test_the_zone_most_people_live_in_comes_first() -> None:
    firsts = {"AU": "Australia/Sydney", "BR": "America/Sao_Paulo", "RU": "Europe/Moscow", "FR": "Europe/Paris"}
    assert {country: zones_of(country)[0] for country in firsts} == firsts
    assert zones_of("") == ()
