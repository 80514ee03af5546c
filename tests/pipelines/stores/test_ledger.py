from __future__ import annotations

import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

from pipelines.items import Source
from pipelines.stores import open_store
from pipelines.stores.base import Found, Listing, Store
from tests.pipelines.stores.samples import NOW, article, long_text

FEED = Listing("gazette", "https://gazette.example/feed", "feed")
HOUR = timedelta(hours=1)


def address(page: int, source: str = "gazette") -> str:
    return f"https://{source}.example/{page}"


def find(store: Store, *pages: int, source: str = "gazette", listing: Listing = FEED) -> int:
    return store.record_visit(listing, [Found(address(page, source)) for page in pages], NOW)


def lease(store: Store, limit: int = 100, after: timedelta = timedelta(), *sources: str) -> list[str]:
    entries = store.lease(1, sources or ("gazette",), NOW + after, NOW + after + HOUR, limit)
    return [entry.url for entry in entries]


def test_sources_survive_the_round_trip(store: Store) -> None:
    plain = Source("gazette", "The Gazette", "https://gazette.example/", "GB", ("en",), "Europe/London")
    full = Source(
        *("herald", "L'Écho", "https://herald.example/", "BE", ("fr", "nl"), "Europe/Brussels"),
        feeds=("a", "b"),
        sitemaps=("c",),
        sections=("d",),
        allow=("e",),
        deny=("f",),
        min_interval=60,
        max_interval=120,
        tags=("agency",),
        browser=True,
    )
    store.save_sources([full, plain])
    assert store.sources() == [plain, full]
    store.save_sources([Source("herald", "L'Écho", "https://herald.example/", "BE", ("fr",), "Europe/Brussels")])
    assert [source.languages for source in store.sources()] == [("en",), ("fr",)]


def test_a_visit_saves_the_listing_and_counts_what_is_new(store: Store) -> None:
    visited = Listing(
        *("gazette", "https://gazette.example/feed", "feed", '"etag"', "Sun, 01 Mar 2026 10:00:00 GMT"),
        next_visit=NOW + HOUR,
        interval=3600,
        history=((NOW - HOUR, None, 1.0), (NOW, 0.25, 0.0)),
    )
    assert find(store, 1, 2, 2, 3, listing=FEED) == 3
    assert find(store, 3, 4, listing=visited) == 1
    assert store.listings(["gazette"]) == {("gazette", visited.url): visited}
    assert store.listings(["herald"]) == {}
    assert store.ledger_counts() == {"found": 4}


def test_a_leased_address_is_not_leased_again_until_the_lease_lapses(store: Store) -> None:
    find(store, 1, 2, 3)
    first = lease(store, 2)
    second = lease(store, 2)
    assert sorted(first + second) == [address(page) for page in (1, 2, 3)]
    assert lease(store) == []
    assert sorted(lease(store, 5, 2 * HOUR)) == sorted(first + second)


def test_what_was_settled_is_not_leased_again(store: Store) -> None:
    find(store, 1, 2, 3, 4)
    lease(store)
    store.save_article(article(page="1", text=long_text(1)), address(1), 1, NOW)
    store.skip("gazette", address(2), "not an article", NOW)
    store.fail("gazette", address(3), "HTTP 500", NOW, NOW + 3 * HOUR)
    store.fail("gazette", address(4), "HTTP 410", NOW, None)
    assert lease(store, 10, 2 * HOUR) == []
    assert store.ledger_counts(["gazette"]) == {
        "failed": 1,
        "failed: HTTP 500": 1,
        "gone": 1,
        "gone: HTTP 410": 1,
        "skipped": 1,
        "skipped: not an article": 1,
        "stored": 1,
    }
    (entry,) = store.lease(1, ["gazette"], NOW + 4 * HOUR, NOW + 5 * HOUR, 10)
    assert (entry.url, entry.attempts, entry.reason, entry.state) == (address(3), 1, "HTTP 500", "leased")
    store.fail("gazette", address(3), "timeout", NOW, NOW + 6 * HOUR)
    (entry,) = store.lease(1, ["gazette"], NOW + 7 * HOUR, NOW + 8 * HOUR, 10)
    assert (entry.attempts, entry.reason) == (2, "timeout")
    assert find(store, 1, 2, 3, 4) == 0


def test_an_address_no_listing_named_can_be_settled(store: Store) -> None:
    store.skip("gazette", address(1), "robots.txt", NOW)
    store.fail("gazette", address(2), "HTTP 404", NOW, None)
    assert store.ledger_counts() == {"gone": 1, "gone: HTTP 404": 1, "skipped": 1, "skipped: robots.txt": 1}


def test_a_stored_address_that_changed_later_is_found_again(store: Store) -> None:
    find(store, 1, 2)
    lease(store)
    for page in (1, 2):
        store.save_article(article(page=str(page), text=long_text(page)), address(page), 1, NOW)
    changes = [Found(address(1), modified=NOW + HOUR), Found(address(2), modified=NOW - HOUR)]
    assert store.record_visit(FEED, changes, NOW + 2 * HOUR) == 0
    assert lease(store, 10, 3 * HOUR) == [address(1)]


def test_the_other_addresses_of_an_article_are_not_fetched_for_nothing(store: Store) -> None:
    find(store, 1, 7)
    store.save_article(article(page="1", text=long_text(1)), address(7), 1, NOW)
    assert store.ledger_counts() == {"stored": 2}
    assert lease(store) == []


def test_the_latest_news_comes_first(store: Store) -> None:
    ages = {1: 48, 2: 1, 3: 24}
    found = [Found(address(page), published=NOW - age * HOUR) for page, age in ages.items()]
    store.record_visit(FEED, found, NOW)
    assert [lease(store, 1)[0] for _ in ages] == [address(2), address(3), address(1)]


def test_a_date_in_the_future_does_not_hold_an_address_back(store: Store) -> None:
    store.record_visit(FEED, [Found(address(1), published=NOW + 1000 * HOUR)], NOW)
    assert lease(store) == [address(1)]


def test_sources_share_a_lease_evenly(store: Store) -> None:
    find(store, *range(100))
    find(store, *range(3), source="herald", listing=Listing("herald", "https://herald.example/feed", "feed"))
    leased = lease(store, 20, timedelta(), "gazette", "herald", "tribune")
    assert sum("herald" in url for url in leased) == 3
    assert sum("gazette" in url for url in leased) == 17


def test_a_run_that_ends_gives_back_what_it_leased(store: Store) -> None:
    run = store.start_run(NOW)
    find(store, 1, 2)
    store.lease(run, ["gazette"], NOW, NOW + HOUR, 1)
    store.finish_run(run, NOW + HOUR, {"stored": 3, "skipped": {"robots.txt": 1}})
    assert store.ledger_counts() == {"found": 2}
    (kept,) = store.runs()
    assert (kept.started, kept.ended, kept.report) == (NOW, NOW + HOUR, {"stored": 3, "skipped": {"robots.txt": 1}})


def test_the_leases_of_dead_runs_are_freed_and_those_of_living_ones_are_not(store: Store, tmp_path: Path) -> None:
    code = (
        "import sys, time; from tests.pipelines.stores.samples import NOW; from datetime import timedelta\n"
        "from pipelines.stores import open_store\n"
        "store = open_store(sys.argv[1]); run = store.start_run(NOW)\n"
        "print(len(store.lease(run, ['gazette'], NOW, NOW + timedelta(hours=9), 2)), flush=True); time.sleep(60)"
    )
    find(store, 1, 2, 3, 4)
    command = [sys.executable, "-c", code, str(tmp_path / "store.sqlite")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "2\n"
        store.start_run(NOW)
        assert store.ledger_counts() == {"found": 2, "leased": 2}
        other.kill()
        while other.poll() is None:  # a process is gone some moments after it is killed
            time.sleep(0.01)
        store.start_run(NOW + HOUR)
    assert store.ledger_counts() == {"found": 4}
    assert store.runs()[-1].report == {"died": True}
    assert len(lease(store, 10, 2 * HOUR)) == 4


def test_a_visit_of_thousands_of_addresses_is_one_transaction(tmp_path: Path) -> None:
    with open_store(tmp_path / "store.sqlite") as store:
        assert find(store, *range(2_500)) == 2_500
        assert find(store, *range(2_400, 2_600)) == 100
        assert store.ledger_counts() == {"found": 2_600}
