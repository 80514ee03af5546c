"""A site's feeds and sitemaps, from its home page, its robots.txt and the usual paths, and the entry they make."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from crawler.barriers import barrier
from crawler.listings.content import ListingContent, absolute
from crawler.listings.feed import read_feed
from crawler.listings.sitemap import read_sitemap
from pipelines.domains import registered_domain
from pipelines.errors import Failure, WrongUse
from pipelines.items import ListingType

if TYPE_CHECKING:
    from crawler.probe import Answer, Fetch

USUAL_FEEDS = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json")
USUAL_SITEMAPS = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml", "/sitemap.xml", "/sitemap_index.xml")
FEED_TYPES = frozenset(
    ["application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/json"]
)
NO_ARTICLES = re.compile(r"comment|kommentar|wp-json|oembed|podcast", re.IGNORECASE)
NEWS = re.compile(r"news|actu|noticias|nachrichten|latest", re.IGNORECASE)
READERS: tuple[tuple[ListingType, Callable[[bytes, str, str], ListingContent]], ...] = (
    ("feed", read_feed),
    ("sitemap", read_sitemap),
)
MOST_LISTINGS = 10
# A country's time zone, where the time zone database does not name the one most people live in first.
ZONES = {"AU": "Australia/Sydney", "BR": "America/Sao_Paulo", "CA": "America/Toronto", "RU": "Europe/Moscow"}
# The country with most outlets in a language, for a site that says no more of itself than its language.
COUNTRIES = {"de": "DE", "es": "ES", "fr": "FR", "it": "IT", "ja": "JP", "nl": "NL", "pl": "PL", "ru": "RU", "uk": "UA"}


@dataclass(frozen=True, slots=True)
class Site:
    """What a home page says of its outlet: `language` and `country` as ISO codes, empty where it says nothing."""

    home: str
    name: str = ""
    language: str = ""
    country: str = ""
    feeds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundListing:
    """A feed or sitemap that answered: the addresses it names and the newest time it states, if any."""

    url: str
    type: ListingType
    entries: tuple[str, ...]
    newest: datetime | None
    index: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A site with the listings worth visiting."""

    site: Site
    listings: tuple[FoundListing, ...] = ()


async def find(fetch: Fetch, url: str) -> Finding:
    """Look at the site whose home page is `url`.

    Raises WrongUse for what is no address, Failure when no page answers.
    """
    from crawler.source_entry import web_address

    try:
        home = web_address(url if "://" in url else f"https://{url}")
    except ValueError as error:
        raise WrongUse(f"{url} {error}") from error
    page = await fetch(home)
    if problem := barrier(page.status, page.url, page.headers, page.body) or page.problem:
        raise Failure(f"{home}: {problem}; try the address that a browser ends up on")
    site = await asyncio.to_thread(read_site, page.body, page.url, page.content_type)
    robots = await fetch(urljoin(page.url, "/robots.txt"))
    named = () if robots.problem else read_sitemap(robots.body, robots.url, robots.content_type).sitemaps
    listings = await _listings(fetch, site.feeds or [urljoin(page.url, path) for path in USUAL_FEEDS])
    listings += await _listings(
        fetch, [found.url for found in named] or [urljoin(page.url, path) for path in USUAL_SITEMAPS]
    )
    parts = [part for listing in listings if listing.index for part in listing.entries if is_news(part)]
    listings += await _listings(fetch, parts)
    return Finding(site, worth_visiting(listings))


async def _listings(fetch: Fetch, addresses: Sequence[str]) -> list[FoundListing]:
    answers = [await fetch(address) for address in list(dict.fromkeys(addresses))[:MOST_LISTINGS]]
    read = [await asyncio.to_thread(listing_at, answer) for answer in answers if not answer.problem]
    return [listing for listing in read if listing]


def read_site(body: bytes, url: str, content_type: str) -> Site:
    """The outlet's name, language, country and the feeds its home page declares, comment feeds left out."""
    from lxml import etree, html
    from w3lib.encoding import html_to_unicode

    page = html_to_unicode(content_type, body)[1].encode("utf-8", "replace")
    try:
        tree = html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return Site(url, country=_known(_host_country(url)))
    base = absolute(url, tree.xpath("string(//base/@href)")) or url
    feeds = [
        absolute(base, link.get("href"))
        for link in tree.xpath("//link[contains(concat(' ', @rel, ' '), ' alternate ')][@href][@type]")
        if link.get("type").partition(";")[0].strip().lower() in FEED_TYPES
        and not NO_ARTICLES.search(f"{link.get('href')} {link.get('title', '')}")
    ]
    said = tree.xpath("string(//meta[@property='og:site_name']/@content)") or tree.xpath("string(//title)")
    locales = [tree.get("lang") or "", tree.xpath("string(//meta[@property='og:locale']/@content)")]
    codes = [locale.strip().replace("_", "-").split("-") for locale in locales]
    return Site(
        url,
        re.split(r"\s+[|–—-]\s+|\s*[:：]\s+", "".join(filter(str.isprintable, " ".join(said.split()))))[0],
        next((code[0].lower() for code in codes if _is_language(code[0].lower())), ""),
        _known(_host_country(url), *(code[-1] for code in codes if len(code) > 1)),
        tuple(dict.fromkeys(filter(None, feeds))),
    )


def listing_at(answer: Answer) -> FoundListing | None:
    """The feed or sitemap that answered, if it is one and names anything."""
    for kind, read in READERS:
        content = read(answer.body, answer.url, answer.content_type)
        if found := content.found or content.sitemaps:
            addresses = tuple(dict.fromkeys(one.url for one in found))
            return FoundListing(answer.url, kind, addresses, newest(content), index=not content.found)
    return None


def newest(content: ListingContent) -> datetime | None:
    """The latest time that the entries of a listing state."""
    stated = [found.published or found.modified for found in (*content.found, *content.sitemaps)]
    return max((time for time in stated if time), default=None)


def is_news(url: str) -> bool:
    """Whether a sitemap's address says that it holds the latest articles alone."""
    return bool(NEWS.search(urlsplit(url).path))


def worth_visiting(listings: Iterable[FoundListing]) -> tuple[FoundListing, ...]:
    """The feeds, then the news sitemaps, without those that name nothing which an earlier one of their type does not.

    A sitemap of everything ever published is kept only where the site has neither feed nor news sitemap.
    """
    kept: list[FoundListing] = []
    known: dict[ListingType, set[str]] = {}
    for listing in listings:
        seen = known.setdefault(listing.type, {listing.url} if listing.index else set())
        if not seen.issuperset(listing.entries):
            kept.append(listing)
            seen.update(listing.entries)
    feeds = [listing for listing in kept if listing.type == "feed"]
    sitemaps = [listing for listing in kept if listing.type == "sitemap"]
    news = [listing for listing in sitemaps if is_news(listing.url)]
    return (*feeds[:MOST_LISTINGS], *(news or ([] if feeds else sitemaps))[:MOST_LISTINGS])


def entry(finding: Finding) -> str:
    """The `[[source]]` entry of a site, ready to append to a source list; a comment stands at what is not certain."""
    site = finding.site
    domain = registered_domain(site.home)
    country = site.country or COUNTRIES.get(site.language, "")
    zones = zones_of(country)
    guess = "" if site.country else "guessed from the language: check"
    lines = [
        "[[source]]",
        _line("id", re.sub(r"[^a-z0-9]+", "-", domain.rpartition(".")[0] or domain).strip("-") or "source"),
        _line("name", site.name or domain),
        _line("home", site.home),
        _line("country", country, guess),
        _line("languages", [site.language] if site.language else []),
        _line("timezone", zones[0] if zones else "", "the country has several: check" if len(zones) > 1 else ""),
    ]
    for key in ("feed", "sitemap"):
        addresses = [listing.url for listing in finding.listings if listing.type == key]
        if addresses:
            lines += [f"{key}s = [", *(f"    {_toml(address)}," for address in addresses), "]"]
    return "\n".join(lines) + "\n"


def zones_of(country: str) -> tuple[str, ...]:
    """The time zones of a country (ISO 3166-1 alpha-2), the one most people live in first."""
    table = resources.files("tzdata").joinpath("zoneinfo/zone.tab").read_text("utf-8")
    zones = [line.split("\t")[2] for line in table.splitlines() if line.startswith(f"{country}\t")]
    return tuple(sorted(zones, key=lambda zone: zone != ZONES.get(country, zone)))


def _line(key: str, value: str | list[str], remark: str = "") -> str:
    remark = remark if value else "the site does not say: fill it in"
    return f"{key} = {_toml(value)}" + (f"  # {remark}" if remark else "")


def _toml(value: str | list[str]) -> str:
    return json.dumps(value, ensure_ascii=False)  # a JSON string of printable characters is a TOML string


def _host_country(url: str) -> str:
    ending = (urlsplit(url).hostname or "").rpartition(".")[2]
    return {"uk": "gb"}.get(ending, ending)


def _known(*countries: str) -> str:
    from crawler.source_entry import countries as known

    return next((code.upper() for code in countries if code.upper() in known()), "")


def _is_language(code: str) -> bool:
    from crawler.source_entry import LANGUAGES

    return code in LANGUAGES
