"""Real signals to a crawl and to its workers: it ends cleanly or at once, and nothing is lost or left behind."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crawler.crawling import Answer, Site, crawl, ledger, serving, source_list, started, stored, story

ARTICLES = 60


def unhurried(site: Site, path: str) -> Answer:
    if path == "/robots.txt":
        return 404, {}, ""
    if path == "/feed":
        return 200, {}, site.feed(*(f"/{number}" for number in range(ARTICLES)))
    time.sleep(0.15)
    return 200, {}, story(f"Town{path[1:]}")


def wait_until(reached: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.05)


def descendants(process: int) -> set[int]:
    children: dict[int, set[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            children.setdefault(parent, set()).add(int(entry.name))
    found: set[int] = set()
    waiting = [process]
    while waiting:
        below = children.get(waiting.pop(), set())
        found |= below
        waiting += below
    return found


def all_ended(processes: set[int]) -> bool:
    return not any(Path(f"/proc/{process}").exists() for process in processes)


def fetched(site: Site) -> int:
    return sum(path[1:].isdigit() for path in site.paths())


def exactly_once(store: Path) -> None:
    urls = [each.article.url for each in stored(store)]
    assert len(urls) == len(set(urls)) == ARTICLES
    assert ledger(store) == {"stored": ARTICLES}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_ends_a_crawl_cleanly_and_the_next_crawl_goes_on(tmp_path: Path, number: int) -> None:
    site, store = Site("town", unhurried), tmp_path / "store.db"
    with serving(site):
        sources = source_list(tmp_path, site)
        with started(sources, store) as process:
            wait_until(lambda: fetched(site) >= 10)
            family = descendants(process.pid)
            process.send_signal(number)
            sent = time.monotonic()
            output, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
        assert time.monotonic() - sent < 15
        report = json.loads(output)
        assert report["finish"] == "shutdown"
        kept = len(stored(store))
        assert 0 < kept == report["articles"]["stored"] < ARTICLES
        assert ledger(store) == {"found": ARTICLES - kept, "stored": kept}
        wait_until(lambda: all_ended(family), 10)
        crawl(sources, store)
    exactly_once(store)
    assert fetched(site) <= ARTICLES + 8


def test_the_second_signal_ends_it_at_once(tmp_path: Path) -> None:
    site, store = Site("town", unhurried), tmp_path / "store.db"
    with serving(site):
        sources = source_list(tmp_path, site)
        with started(sources, store) as process:
            wait_until(lambda: fetched(site) >= 10)
            family = descendants(process.pid)
            process.send_signal(signal.SIGINT)
            time.sleep(0.05)
            process.send_signal(signal.SIGINT)
            sent = time.monotonic()
            process.communicate(timeout=30)
        assert time.monotonic() - sent < 8
        wait_until(lambda: all_ended(family), 10)
        crawl(sources, store)
    exactly_once(store)


def test_killed_for_good_it_loses_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    site, store = Site("town", unhurried), tmp_path / "store.db"
    with serving(site):
        sources = source_list(tmp_path, site)
        for already in (5, 25):
            with started(sources, store) as process:
                wait_until(lambda already=already: fetched(site) >= already)  # type: ignore[misc]
                family = descendants(process.pid)
                process.kill()
                process.communicate()
            wait_until(lambda family=family: all_ended(family), 15)  # type: ignore[misc]
        crawl(sources, store)
    exactly_once(store)


def test_workers_that_are_killed_cost_no_article(tmp_path: Path) -> None:
    site, store = Site("town", unhurried), tmp_path / "store.db"
    with serving(site):
        sources = source_list(tmp_path, site)
        with started(sources, store, workers=2, settings={"WORKER_TIME_LIMIT": 4}) as process:
            for already in (5, 20):
                wait_until(lambda already=already: fetched(site) >= already)  # type: ignore[misc]
                for worker in workers_of(process):
                    os.kill(worker, signal.SIGKILL)
            output, errors = process.communicate(timeout=90)
    assert process.returncode == 0, errors
    assert json.loads(output)["finish"] == "finished"
    exactly_once(store)
    assert sum(bool(each.article.text) for each in stored(store)) >= ARTICLES - 8


def sluggish(site: Site, path: str) -> Answer:
    """One article with so much beside it that the full extraction takes ten times as long as the plain one."""
    if path == "/robots.txt":
        return 404, {}, ""
    if path == "/feed":
        return 200, {}, site.feed("/slow")
    beside = "".join(f"<div><div>Entry {number} of the list<br>and more.</div></div>" for number in range(9000))
    return 200, {}, story("Slowtown").replace("</article>", f"</article>{beside}")


def test_a_page_past_its_time_is_read_by_the_plain_extraction(tmp_path: Path) -> None:
    site, store = Site("town", sluggish), tmp_path / "store.db"
    with serving(site):
        report = crawl(source_list(tmp_path, site), store, settings={"WORKER_TIME_LIMIT": 1.5})
    (kept,) = stored(store)
    assert "needs 11 new bridges" in kept.article.text
    assert [problem.reason for problem in kept.article.problems if problem.stage == "extraction"] == [
        "it took more than 1.5 seconds",
        "plain paragraphs were taken",
    ]
    assert report["problems"]["extraction: it took more than 1.5 seconds"] == 1


def test_a_page_that_kills_its_workers_fails_and_is_tried_again(tmp_path: Path) -> None:
    site, store = Site("town", sluggish), tmp_path / "store.db"
    with serving(site):
        sources = source_list(tmp_path, site)
        with started(sources, store) as process:
            wait_until(lambda: "/slow" in site.paths())
            while process.poll() is None:
                time.sleep(0.05)
                for worker in workers_of(process):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(worker, signal.SIGKILL)
            _, errors = process.communicate()
    assert process.returncode == 0, errors
    assert stored(store) == []
    assert ledger(store) == {"failed": 1, "failed: extraction: its process ended before the work was done": 1}


def workers_of(process: subprocess.Popen[str]) -> set[int]:
    """The processes below the fork server, which is the one child that has children."""
    below = descendants(process.pid)
    return {worker for child in below for worker in descendants(child)}
