"""Killed and competing processes, for real."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from pipelines.stores import open_store
from pipelines.stores.base import ArticleFilter, Found, Listing
from tests.pipelines.stores.samples import NOW

WRITER = """
import sys
from datetime import timedelta
from pipelines.stores import open_store
from tests.pipelines.stores.samples import NOW, article, claims, long_text

path, source, limit = sys.argv[1], sys.argv[2], int(sys.argv[3])
store = open_store(path)
run = store.start_run(NOW)
while entries := store.lease(run, [source], NOW, NOW + timedelta(hours=9), 5):
    for entry in entries:
        page = entry.url.rpartition("/")[2]
        item = article(source, page, long_text(int(page)), sentences=claims("It rained.", "Ten died."))
        store.save_article(item, entry.url, run, NOW)
        print(entry.url, flush=True)
        limit -= 1
        if not limit:
            sys.exit()
"""


def writer(path: Path, source: str, limit: int = -1) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), source, str(limit)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def found(path: Path, source: str, pages: int) -> None:
    with open_store(path) as store:
        addresses = [Found(f"https://{source}.example/{page}") for page in range(pages)]
        assert store.record_visit(Listing(source, "feed", "feed"), addresses, NOW) == pages


def integrity(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_killed_process_loses_nothing_it_reported(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    found(path, "gazette", 200)
    draw = random.Random(7)
    reported: set[str] = set()
    for _ in range(4):
        with writer(path, "gazette") as process:
            assert process.stdout is not None
            first = process.stdout.readline()
            time.sleep(draw.uniform(0, 0.08))
            process.send_signal(signal.SIGKILL)
            reported |= {first.strip(), *(line.strip() for line in process.stdout if line.endswith("\n"))}
        integrity(path)
        with open_store(path) as store:
            kept = {stored.article.url: stored for stored in store.articles(ArticleFilter())}
            assert reported <= set(kept)
            assert all(len(stored.claims) == 2 for stored in kept.values())
            assert store.ledger_counts()["stored"] == len(kept)
    with writer(path, "gazette") as process:
        process.communicate()
    with open_store(path) as store:
        assert store.ledger_counts() == {"stored": 200}
        assert len(list(store.articles(ArticleFilter()))) == 200
        assert [run.report for run in store.runs()].count({"died": True}) == 4


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    sources = ("gazette", "herald")
    for source in sources:
        found(path, source, 60)
    with writer(path, "gazette") as one, writer(path, "herald") as other:
        outputs = [process.communicate()[0] for process in (one, other)]
        assert [one.returncode, other.returncode] == [0, 0]
    assert [len(output.split()) for output in outputs] == [60, 60]
    integrity(path)
    with open_store(path) as store:
        read = list(store.articles(ArticleFilter()))
        assert [stored.sequence for stored in read] == list(range(1, 121))
        # Both print the same sixty texts: whoever came first is copied by the other.
        firsts = {stored.article_id for stored in read if not stored.article.copy_of}
        assert len(firsts) == 60
        assert {stored.article.copy_of for stored in read if stored.article.copy_of} == firsts


def test_two_processes_of_one_source_share_its_addresses(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    found(path, "gazette", 80)
    with writer(path, "gazette") as one, writer(path, "gazette") as other:
        outputs = [process.communicate()[0].split() for process in (one, other)]
    assert len(outputs[0]) + len(outputs[1]) == 80
    assert not set(outputs[0]) & set(outputs[1])


def test_processes_that_make_the_store_at_once_make_one(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    code = "import sys; from pipelines.stores import open_store; open_store(sys.argv[1]).close()"
    processes = [subprocess.Popen([sys.executable, "-c", code, str(path)]) for _ in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]
    integrity(path)
    with open_store(path) as store:
        assert store.start_run(NOW) == 1
