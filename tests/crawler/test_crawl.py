"""Real crawls of small outlets: politeness, budgets, redirects, and what the next crawl asks for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from pipelines.items import Article
from pipelines.stores import open_store
from tests.crawler.crawling import Answer, Site, crawl, ledger, serving, source_list, started, stored, story

OK = 200
NOT_FOUND: Answer = (404, {}, "")


def slow_asker(site: Site, path: str) -> Answer:
    """Its robots.txt asks for a delay and forbids a part."""
    if path == "/robots.txt":
        return OK, {"Content-Type": "text/plain"}, "User-agent: *\nCrawl-delay: 0.5\nDisallow: /forbidden\n"
    if path == "/feed":
        return OK, {"ETag": '"1"'}, site.feed("/one", "/two", "/three", "/forbidden/four")
    return OK, {}, story(f"Slow{path[1:]}")


def busy(site: Site, path: str) -> Answer:
    """The first request for an article is one too many, for a second."""
    if path == "/feed":
        if any(asked.headers.get("If-None-Match") == '"7"' for asked in site.asked[-1:]):
            return 304, {}, ""
        return OK, {"ETag": '"7"'}, site.feed("/a", "/b", "/c")
    if path == "/robots.txt":
        return NOT_FOUND
    if len(site.times("/a") + site.times("/b") + site.times("/c")) == 1:
        return 429, {"Retry-After": "1"}, ""
    return OK, {}, story(f"Busy{path[1:]}")


def shut(site: Site, path: str) -> Answer:
    """Wants to be left alone for an hour."""
    if path == "/feed":
        return OK, {}, site.feed(*(f"/{number}" for number in range(40)))
    return NOT_FOUND if path == "/robots.txt" else (429, {"Retry-After": "3600"}, "")


def large(site: Site, path: str) -> Answer:
    """Has more articles than its budget."""
    if path == "/feed":
        return OK, {}, site.feed(*(f"/{number}" for number in range(30)))
    return NOT_FOUND if path == "/robots.txt" else (OK, {}, story(f"Large{path[1:]}"))


def new_home(site: Site, path: str) -> Answer:
    """Where `moved` has gone; it has no feed of its own in the source list."""
    return NOT_FOUND if path == "/robots.txt" else (OK, {}, story(f"Moved{path[1:]}"))


@dataclass(frozen=True)
class State:
    """Three crawls of the same outlets, the last one of what is due; `later` is what came after the first."""

    sites: dict[str, Site]
    before: dict[str, int]
    first: dict[str, Any]
    second: dict[str, Any]
    third: dict[str, Any]
    counts: dict[str, int]
    articles: list[Article]

    def later(self, site: str) -> list[str]:
        return self.sites[site].paths(self.before[site])

    def kept(self, site: str) -> list[str]:
        return sorted(urlsplit(article.url).path for article in self.articles if article.source_id == site)


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> State:
    folder = tmp_path_factory.mktemp("crawl")
    away = Site("away", new_home)

    def moved(site: Site, path: str) -> Answer:
        if path == "/feed":
            return OK, {}, site.feed("/x", "/loop")
        if path == "/loop":
            return 302, {"Location": "/loop"}, ""
        return NOT_FOUND if path == "/robots.txt" else (301, {"Location": f"{away.url}{path}"}, "")

    answers = {"slow": slow_asker, "busy": busy, "shut": shut, "large": large, "moved": moved}
    listed = [Site(name, answer) for name, answer in answers.items()]
    sites = {site.id: site for site in (*listed, away)}
    store = folder / "store.db"
    with serving(*sites.values()):
        sources = source_list(folder, *listed)
        first = crawl(sources, store, budget=12)
        counts = ledger(store)
        before = {name: len(site.asked) for name, site in sites.items()}
        second = crawl(sources, store, budget=12)
        third = crawl(sources, store, budget=12, due=True)
    return State(sites, before, first, second, third, counts, [each.article for each in stored(store)])


def test_a_crawl_delay_is_kept_and_what_is_forbidden_is_not_asked_for(state: State) -> None:
    slow = state.sites["slow"]
    times = [asked.time for asked in slow.asked[: state.before["slow"]]]
    assert slow.paths()[0] == "/robots.txt"
    assert all(later - earlier >= 0.45 for earlier, later in pairwise(times[1:]))
    assert not slow.times("/forbidden")
    assert state.first["skipped"]["robots.txt"] == 1
    assert state.kept("slow") == ["/one", "/three", "/two"]


def test_retry_after_holds_for_the_whole_domain(state: State) -> None:
    times = [asked.time for asked in state.sites["busy"].asked if len(asked.path) == 2]
    # Some requests were on their way when the refusal came.
    assert sum(time < times[0] + 0.9 for time in times) <= 3
    assert state.kept("busy") == ["/a", "/b", "/c"]


def test_a_domain_that_asks_for_an_hour_gets_it(state: State) -> None:
    asked = [path for path in state.sites["shut"].paths() if path not in ("/feed", "/robots.txt")]
    assert len(asked) <= 8
    assert state.first["failed"]["429 too many requests"] == 40


def test_the_budget_holds_and_the_rest_is_left_to_the_next_crawl(state: State) -> None:
    assert state.before["large"] == 1 + 12
    assert state.counts["found"] == 30 - 11
    assert len(state.kept("large")) == 11 + 11 + 8


def test_a_redirect_to_another_domain_is_followed_and_settled(state: State) -> None:
    (article,) = [article for article in state.articles if article.source_id == "moved"]
    assert article.canonical_url == f"{state.sites['away'].url}/x"
    assert article.url == f"{state.sites['moved'].url}/x"
    assert "/robots.txt" in state.sites["away"].paths()
    assert state.first["failed"]["redirect loop"] == 1
    assert "/x" not in state.later("moved")


def test_the_second_crawl_fetches_no_article_again(state: State) -> None:
    assert state.later("slow") == ["/robots.txt", "/feed"]
    assert state.later("busy") == ["/robots.txt", "/feed"]
    assert state.second["listings"]["unchanged"] == 1
    articles = [path for path in state.sites["large"].paths() if path[1:].isdigit()]
    assert len(articles) == len(set(articles))


def test_only_what_is_due_is_visited_when_asked_so(state: State) -> None:
    assert state.third["listings"] == {"not due": 5}


def test_every_request_says_who_asks(state: State) -> None:
    agents = {asked.headers["User-Agent"] for site in state.sites.values() for asked in site.asked}
    assert len(agents) == 1
    assert agents.pop().startswith("unsourced/")


def tree(site: Site, path: str) -> Answer:
    """Articles in a sitemap that robots.txt names through an index, and on the home page."""
    if path == "/robots.txt":
        return OK, {}, f"User-agent: *\nAllow: /\nSitemap: {site.url}/index.xml\n"
    if path == "/index.xml":
        return OK, {}, f"<sitemapindex><sitemap><loc>{site.url}/pages.xml</loc></sitemap></sitemapindex>"
    if path == "/pages.xml":
        return OK, {}, f"<urlset><url><loc>{site.url}/in-the-sitemap</loc></url></urlset>"
    if path == "/":
        link = '<a href="/2026/11/22/what-the-town-of-elmbridge-needs">What the town of Elmbridge needs</a>'
        return OK, {}, f"<html><body><nav><a href='/news'>News</a></nav><h2>{link}</h2></body></html>"
    return OK, {}, story(path.rsplit("-", 1)[-1].title())


@pytest.mark.parametrize(
    ("spider", "path"), [("sitemaps", "/in-the-sitemap"), ("sections", "/2026/11/22/what-the-town-of-elmbridge-needs")]
)
def test_a_spider_with_one_parser(tmp_path: Path, spider: str, path: str) -> None:
    site = Site("tree", tree)
    with serving(site):
        report = crawl(source_list(tmp_path, site, tags="[]"), tmp_path / "store.db", spider=spider)
    assert report["articles"] == {"stored": 1}
    assert [urlsplit(each.article.url).path for each in stored(tmp_path / "store.db")] == [path]


def test_a_crawl_that_brings_nothing_says_so(tmp_path: Path) -> None:
    site = Site("dead", tree)
    with serving(site):
        pass
    report = crawl(source_list(tmp_path, site), tmp_path / "store.db", settings={"RETRY_TIMES": 0})
    assert report["listings"] == {"failed: connection refused": 1}
    assert "connection refused" in report["nothing"]


def test_a_store_that_cannot_be_opened_ends_the_crawl_with_a_sentence(tmp_path: Path) -> None:
    site = Site("tree", tree)
    with serving(site):
        sources = source_list(tmp_path, site)
        with started(sources, tmp_path / "no" / "such" / "folder" / "store.db") as process:
            _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "StoreFailure: The store" in errors
    assert not site.asked


def test_the_report_is_kept_with_the_run(tmp_path: Path) -> None:
    site = Site("tree", tree)
    with serving(site):
        report = crawl(source_list(tmp_path, site, sitemaps='["SITE/pages.xml"]'), tmp_path / "store.db")
    with open_store(str(tmp_path / "store.db")) as store:
        (run,) = store.runs()
    assert run.ended is not None
    assert json.loads(json.dumps(run.report)) == report
