"""End to end: real crawls of the sample newsroom in processes of their own, and what the store then holds."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from statistics import mean, median
from typing import Any
from urllib.parse import urlsplit

import pytest

from pipelines import policy
from pipelines.normalise import normalise_url
from pipelines.stores import open_store
from pipelines.stores.base import ArticleFilter, StoredArticle
from tests.site.content import Outlet, Page, load
from tests.site.rendering import plain_paragraphs
from tests.site.running import ROOT, Running, serving

OUTLETS = load()
STORED = [
    (outlet, page) for outlet in OUTLETS for page in outlet.articles if page.outcome not in ("forbidden", "too old")
]
KEPT = [trouble.reason for outlet in OUTLETS for trouble in outlet.troubles if trouble.state == "stored"]
ENTRY_TIME = re.compile(r"^\d\d:\d\d ")
KILLS = 10


def crawl_command(newsroom: Running, store: Path) -> list[str]:
    return [sys.executable, "-m", "crawler.cli", "crawl", str(newsroom.sources), "--json", "--store", str(store)]


def crawl(newsroom: Running, store: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(crawl_command(newsroom, store), cwd=ROOT, capture_output=True, text=True, timeout=120)


@dataclass(frozen=True)
class State:
    """The store and the access log after one crawl: only what that crawl asked for is in `visits`."""

    exit_code: int
    report: dict[str, Any]
    articles: list[StoredArticle]
    counts: dict[str, dict[str, int]]
    visits: list[dict[str, object]]

    def of(self, outlet: Outlet, page: Page) -> list[StoredArticle]:
        """The stored articles at one of the addresses that the page is served under."""
        paths = {outlet.path_of(page), *page.also_at}
        return [
            each
            for each in self.articles
            if each.article.source_id == outlet.id and urlsplit(each.article.canonical_url).path in paths
        ]


def state_after_crawl(newsroom: Running, store: Path) -> State:
    before = len(newsroom.visits())
    process = crawl(newsroom, store)
    with open_store(str(store)) as opened:
        articles = list(opened.articles(ArticleFilter()))
        counts = {outlet.id: opened.ledger_counts([outlet.id]) for outlet in OUTLETS}
    assert "Traceback" not in process.stderr
    return State(process.returncode, json.loads(process.stdout), articles, counts, newsroom.visits()[before:])


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serving(tmp_path_factory.mktemp("newsroom")) as running:
        yield running


@pytest.fixture(scope="module")
def crawls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[State, State, State]]:
    """A first crawl, one right after it, and one after the newsroom edited an article."""
    folder = tmp_path_factory.mktemp("crawls")
    with serving(folder) as newsroom:
        first = state_after_crawl(newsroom, folder / "store.db")
        second = state_after_crawl(newsroom, folder / "store.db")
        newsroom.edit()
        yield first, second, state_after_crawl(newsroom, folder / "store.db")


def test_the_newsroom_is_as_large_and_as_varied_as_it_claims() -> None:
    assert len(OUTLETS) >= 8
    assert len(STORED) >= 60
    assert {outlet.language for outlet in OUTLETS} == {"fr", "en", "de", "es", "ar"}
    assert len({(outlet.id, outlet.path_of(page)) for outlet, page in STORED}) == len(STORED)


def test_every_article_is_stored_once_and_nothing_else(crawls: tuple[State, State, State]) -> None:
    first = crawls[0]
    assert [state.exit_code for state in crawls] == [0, 0, 0]
    found = {(outlet.id, page.slug): len(first.of(outlet, page)) for outlet, page in STORED}
    assert {key: number for key, number in found.items() if number != 1} == {}
    assert len(first.articles) == len(STORED) + len(KEPT)


def test_every_field_is_read_back(crawls: tuple[State, State, State]) -> None:
    wrong = []
    for outlet, page in STORED:
        article = crawls[0].of(outlet, page)[0].article
        expected = page.published or (article.fetched and article.fetched - timedelta(minutes=page.ago))
        moment = article.published
        checks = {
            "title": article.title == page.title,
            "language": article.language == outlet.language,
            "kind": article.kind == page.kind,
            "authors": article.authors == page.authors,
            "published": moment is not None and abs(moment.value - expected) < timedelta(minutes=2),
            "precision": moment is not None and moment.precision == page.precision,
            "text": all(ENTRY_TIME.sub("", paragraph) in article.text for paragraph in plain_paragraphs(page)),
            "entries": len(article.entries) == sum(bool(ENTRY_TIME.match(line)) for line in plain_paragraphs(page)),
            "standfirst": page.standfirst in article.text,
            "nothing more": len(article.text) < 1.1 * sum(map(len, [page.standfirst, *plain_paragraphs(page)])) + 20,
            "no problem": not [each for each in article.problems if "not covered" not in each.reason],
        }
        wrong += [f"{outlet.id}/{page.slug}: {name}" for name, right in checks.items() if not right]
    assert not wrong, "\n".join(wrong)


def test_every_trouble_is_counted_under_its_reason(crawls: tuple[State, State, State]) -> None:
    overall: Counter[str] = Counter()
    for outlet in OUTLETS:
        troubles = [each for each in outlet.troubles if each.listed and each.state != "stored"]
        expected = Counter(f"{each.state}: {each.reason}" for each in troubles)
        forbidden = sum(page.outcome == "forbidden" for page in outlet.articles)
        expected += Counter({"skipped: robots.txt": forbidden})
        counted = {key: number for key, number in crawls[0].counts[outlet.id].items() if ": " in key}
        assert counted == dict(expected), outlet.id
        overall += expected
    report = crawls[0].report
    groups = ("skipped", "failed", "gone", "left")
    assert {f"{group}: {reason}": n for group in groups for reason, n in report[group].items()} == dict(overall)


def test_a_page_without_a_body_is_kept_with_the_reason(crawls: tuple[State, State, State]) -> None:
    kept = [stored.article for stored in crawls[0].articles if stored.article.problems and not stored.article.text]
    assert (
        sorted(problem.reason for article in kept for problem in article.problems if problem.stage == "extraction")
        == KEPT
    )


def test_nothing_is_lost(crawls: tuple[State, State, State]) -> None:
    for outlet in OUTLETS:
        pages = [page for page in outlet.articles if page.outcome != "too old"]
        paths = [each.path for each in outlet.troubles if each.listed]
        paths += [path for page in pages for path in (page.through[:1] or (outlet.path_of(page),)) + page.also_at]
        # Spellings of one address are one entry; where a redirect ends is known as well as where it began.
        addresses = {normalise_url(f"http://127.0.0.1{path}") for path in paths}
        known = len(addresses) + sum(bool(page.through) for page in pages)
        counts = {key: number for key, number in crawls[0].counts[outlet.id].items() if ": " not in key}
        assert sum(counts.values()) == known, outlet.id
        assert counts.get("found", 0) == counts.get("leased", 0) == 0, outlet.id


def test_a_syndicated_story_has_one_first_article_and_copies_of_it(crawls: tuple[State, State, State]) -> None:
    stories = defaultdict(list)
    for outlet, page in STORED:
        stored = crawls[0].of(outlet, page)[0]
        if page.story:
            stories[page.story].append(stored)
        else:
            assert stored.article.copy_of == "", page.slug
    for story, members in stories.items():
        firsts = [stored for stored in members if not stored.article.copy_of]
        assert len(firsts) == 1, story
        copies = [stored.article for stored in members if stored.article.copy_of]
        assert {article.copy_of for article in copies} == {firsts[0].article_id}
        assert all(0.7 < article.likeness <= 1 for article in copies)
        assert firsts[0].copies == len(copies)


def test_what_robots_txt_forbids_and_what_is_years_old_is_never_asked_for(crawls: tuple[State, State, State]) -> None:
    left = {(o.id, o.path_of(page)) for o in OUTLETS for page in o.articles if page.outcome in ("forbidden", "too old")}
    assert len(left) == 3
    assert left.isdisjoint((visit["outlet"], visit["path"]) for state in crawls for visit in state.visits)


def test_the_crawl_delay_is_kept(crawls: tuple[State, State, State]) -> None:
    times = [float(str(visit["time"])) for visit in crawls[0].visits if visit["outlet"] == "elbtal-anzeiger"]
    gaps = [later - earlier for earlier, later in pairwise(times[1:])]
    assert len(gaps) > 5
    assert min(gaps) > 0.9


def test_navigation_is_not_taken_for_articles(crawls: tuple[State, State, State]) -> None:
    listings = {(outlet.id, each.path) for outlet in OUTLETS for each in outlet.listings}
    decoys = {(outlet.id, urlsplit(path).path) for outlet in OUTLETS for path in outlet.decoys} - listings
    assert decoys
    assert decoys.isdisjoint((visit["outlet"], visit["path"]) for state in crawls for visit in state.visits)


def test_every_visitor_says_who_it_is(crawls: tuple[State, State, State]) -> None:
    agents = {str(visit["user_agent"]) for state in crawls for visit in state.visits}
    assert all("unsourced" in agent.lower() for agent in agents), agents


def test_a_second_crawl_visits_the_listings_and_no_article(crawls: tuple[State, State, State]) -> None:
    first, second, _ = crawls
    listings = {(outlet.id, each.path) for outlet in OUTLETS for each in outlet.listings}
    robots = {(outlet.id, "/robots.txt") for outlet in OUTLETS}
    visited = {(visit["outlet"], visit["path"]) for visit in second.visits}
    assert visited <= listings | robots
    conditional = {v["path"] for v in second.visits if v["if_none_match"] or v["if_modified_since"]}
    assert conditional == {each.path for outlet in OUTLETS for each in outlet.listings if each.validator}
    assert [each.sequence for each in second.articles] == [each.sequence for each in first.articles]


def test_an_edited_article_gets_a_revision(crawls: tuple[State, State, State]) -> None:
    _, second, third = crawls
    pages = [(outlet, page) for outlet, page in STORED if page.outcome == "revision"]
    assert pages
    for outlet, page in pages:
        before, after = second.of(outlet, page)[0], third.of(outlet, page)[0]
        assert after.revision == before.revision + 1
        assert (before.article.title, after.article.title) == (page.title, page.edited_title)
        assert page.edited_text.strip().splitlines()[1] in after.article.text
        kept = {claim.claim_id for claim in before.claims} & {claim.claim_id for claim in after.claims}
        assert kept, "a sentence that stayed keeps its claim"
    articles = {(outlet.id, outlet.path_of(page)) for outlet, page in STORED}
    refetched = [(visit["outlet"], visit["path"]) for visit in third.visits]
    assert [each for each in refetched if each in articles] == [(o.id, o.path_of(page)) for o, page in pages]


def test_ordinary_articles_raise_next_to_nothing_and_the_partisan_ones_much(
    crawls: tuple[State, State, State],
) -> None:
    ordinary, partisan = {}, {}
    for outlet, page in STORED:
        article = crawls[0].of(outlet, page)[0].article
        if article.sentences is not None:
            raised = policy.flags(article.sentences, article.kind)
            if "partisan" in outlet.tags:
                partisan[page.slug] = len(raised)
            elif not page.headline_flag:
                ordinary[page.slug] = len(raised)
    assert len(ordinary) >= 40
    assert median(ordinary.values()) == 0
    assert mean(ordinary.values()) <= 0.5, ordinary
    assert min(partisan.values()) >= 5, partisan


def test_quiet_kinds_raise_nothing(crawls: tuple[State, State, State]) -> None:
    quiet = [(o, page) for o, page in STORED if page.kind in ("sport", "weather", "obituary")]
    assert {page.kind for _, page in quiet} == {"sport", "weather", "obituary"}
    for outlet, page in quiet:
        article = crawls[0].of(outlet, page)[0].article
        assert policy.flags(article.sentences or (), article.kind) == (), page.slug


def test_headlines_that_assert_what_only_a_nameless_source_says(crawls: tuple[State, State, State]) -> None:
    raised = set()
    for outlet, page in STORED:
        if crawls[0].of(outlet, page)[0].headline:
            raised.add(page.slug)
    expected = {page.slug for _, page in STORED if page.headline_flag}
    assert expected <= raised
    ordinary = {page.slug for outlet, page in STORED if "partisan" not in outlet.tags}
    assert raised & ordinary == expected & ordinary


def test_killed_at_random_moments_it_still_stores_every_article_once(newsroom: Running, tmp_path: Path) -> None:
    store = tmp_path / "killed.db"
    stored = [0]
    for number in range(KILLS):
        before = newsroom.log.stat().st_size
        with subprocess.Popen(
            crawl_command(newsroom, store), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            wait_until(lambda size=before: newsroom.log.stat().st_size > size, process)
            if number % 2:  # so that half of them die in the thick of it, however busy the machine is
                wait_until(lambda known=stored[-1]: articles_in(store) > known, process)
            time.sleep(random.uniform(0.0, 1.5))
            process.kill()
        stored.append(articles_in(store))
    assert stored == sorted(stored)
    assert stored[-1] > 0
    state = state_after_crawl(newsroom, store)
    found = {(outlet.id, page.slug): len(state.of(outlet, page)) for outlet, page in STORED}
    assert {key: number for key, number in found.items() if number != 1} == {}
    assert len(state.articles) == len(STORED) + len(KEPT)
    for counts in state.counts.values():
        assert counts.get("found", 0) == counts.get("leased", 0) == 0


def test_sigterm_ends_a_crawl_cleanly_with_a_report(newsroom: Running, tmp_path: Path) -> None:
    store = tmp_path / "stopped.db"
    with subprocess.Popen(
        crawl_command(newsroom, store), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        wait_until(lambda: articles_in(store) > 0, process)
        process.send_signal(signal.SIGTERM)
        output, errors = process.communicate(timeout=30)
    assert "Traceback" not in output + errors
    assert process.returncode == 0
    with open_store(str(store)) as opened:
        articles, (run,) = list(opened.articles(ArticleFilter())), opened.runs()
        assert opened.ledger_counts().get("leased", 0) == 0
    assert 0 < len(articles) < len(STORED)
    assert run.ended is not None
    assert run.report["finish"] == "shutdown"
    assert json.loads(output)["articles"] == run.report["articles"]
    assert run.report["articles"]["stored"] == len(articles)


def articles_in(store: Path) -> int:
    """How many articles a store holds that another process is writing; none where it is not there yet."""
    if not store.exists():
        return 0
    with open_store(str(store)) as opened:
        return sum(1 for _ in opened.articles(ArticleFilter()))


def wait_until(happened: Callable[[], bool], process: subprocess.Popen[Any]) -> None:
    """Wait for something that a running crawl is to do, or for its end."""
    deadline = time.monotonic() + 60
    while not happened() and process.poll() is None:
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.1)


def test_the_demo_shows_what_it_promises(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "120"}
    demo = subprocess.run(
        [sys.executable, "-m", "tests.site.demo"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert demo.returncode == 0, demo.stderr
    assert "Traceback" not in demo.stderr
    parts = ["a partisan article", "an agency story", "0 flags", "highest priority", "the report", "next"]
    places = [demo.stdout.find(part) for part in parts]
    assert -1 not in places, demo.stdout
    assert places == sorted(places)
    assert (tmp_path / "demo.db").exists()
