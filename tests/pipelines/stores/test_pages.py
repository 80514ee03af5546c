"""Pages kept beside a store: appended by several processes, read by their place, deleted by age and size."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.errors import UnreadableFile
from pipelines.items import PagePlace
from pipelines.stores.pages import PageFiles, pages_folder
from pipelines.warc import Capture, Damage, read_captures

ROOT = Path(__file__).parents[3]
WRITER = """
import random, sys
from datetime import UTC, datetime
from pathlib import Path
from pipelines.stores.pages import PageFiles
from pipelines.warc import Capture
files, seed = PageFiles(Path(sys.argv[1]), days=3, size=10**9), int(sys.argv[2])
body = random.Random(seed).randbytes(200_000)
for number in range(int(sys.argv[3])):
    place = files.keep(Capture(f"https://a.example/{seed}/{number}", 200, {}, body, datetime.now(UTC)), "fr")
    print(place.file, place.offset, flush=True)
"""
NOW = datetime.now(UTC)


def capture(body: bytes = b"<p>Text</p>", fetched: datetime = NOW) -> Capture:
    return Capture("https://gazette.example/1", 200, {}, body, fetched)


def writer(folder: Path, seed: int, pages: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(folder), str(seed), str(pages)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_a_page_is_read_by_its_place(tmp_path: Path) -> None:
    files = PageFiles(tmp_path / "pages", days=3, size=10**9)
    places = [files.keep(capture(b"<p>%d</p>" % number), "fr") for number in range(3)]
    assert {place.file for place in places} == {f"{NOW:%Y%m%d}-fr.warc.gz"}
    assert [files.read(place).body for place in places] == [b"<p>0</p>", b"<p>1</p>", b"<p>2</p>"]


def test_processes_that_write_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    processes = [writer(tmp_path, seed, 20) for seed in (1, 2)]
    places: list[PagePlace] = []
    for process in processes:
        output, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        places += [PagePlace(name, int(offset)) for name, offset in map(str.split, output.splitlines())]
    files = PageFiles(tmp_path, days=3, size=10**9)
    assert len({files.read(place).url for place in places}) == 40


def test_a_killed_process_spoils_nothing_and_the_next_one_mends_the_end(tmp_path: Path) -> None:
    told: list[PagePlace] = []
    files = PageFiles(tmp_path, days=3, size=10**9)
    for seed in range(3):
        with writer(tmp_path, seed, 10_000) as process:
            time.sleep(random.Random(seed).uniform(0.3, 0.8))
            assert process.stdout is not None
            told.append(_place(process.stdout.readline()))
            os.kill(process.pid, signal.SIGKILL)
            rest = process.stdout.read().splitlines(keepends=True)
        told += [_place(line) for line in rest if line.endswith("\n")]
        assert [files.read(place).status for place in told] == [200] * len(told)
    name = told[0].file
    torn = tmp_path / name
    torn.write_bytes(torn.read_bytes() + b"\x1f\x8b\x08\x00 half a record")
    last = PageFiles(tmp_path, days=3, size=10**9).keep(capture(), "fr")
    with torn.open("rb") as file:
        found = list(read_captures(file))
    assert not any(isinstance(one, Damage) for _, one in found)
    assert {offset for offset, _ in found} >= {place.offset for place in (*told, last)}


@pytest.mark.parametrize("size", [3_000, 50_000])
def test_what_a_full_disk_took_of_a_page_is_taken_back(tmp_path: Path, size: int) -> None:
    files = PageFiles(tmp_path, days=3, size=10**9)
    places = [files.keep(capture(random.Random(1).randbytes(50_000)), "fr")]
    (path,) = tmp_path.iterdir()
    before = path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 1_000, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            files.keep(capture(random.Random(2).randbytes(size)), "fr")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_bytes() == before
    places.append(files.keep(capture(), "fr"))
    assert [files.read(place).status for place in places] == [200, 200]


def _place(line: str) -> PagePlace:
    name, offset = line.split()
    return PagePlace(name, int(offset))


def test_files_go_by_age_and_then_by_size_the_oldest_first(tmp_path: Path) -> None:
    days = [NOW - timedelta(days=age) for age in (9, 4, 3, 0)]
    generous = PageFiles(tmp_path, days=100, size=10**9)
    for day in days:
        generous.keep(capture(random.Random(1).randbytes(50_000), day), "fr")
    (tmp_path / "notes.txt").write_text("not a page")
    assert PageFiles(tmp_path, days=5, size=120_000).trim(NOW.date()) == 2
    assert left(tmp_path) == [f"{NOW - timedelta(days=3):%Y%m%d}", f"{NOW:%Y%m%d}"]
    assert PageFiles(tmp_path, days=5, size=1).trim(NOW.date()) == 1, "today's stay"
    assert generous.prune(date(2100, 1, 1)) == 1
    assert (tmp_path / "notes.txt").exists()


def left(folder: Path) -> list[str]:
    return sorted(path.name[:8] for path in folder.glob("*.warc.gz"))


def test_limits_hold_while_it_is_written(tmp_path: Path) -> None:
    files = PageFiles(tmp_path, days=100, size=200_000)
    for age in range(9, -1, -1):
        files.keep(capture(random.Random(age).randbytes(50_000), NOW - timedelta(days=age)), "fr")
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 260_000
    assert f"{NOW:%Y%m%d}" in left(tmp_path)


def test_a_page_that_was_deleted_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"20260301-fr\.warc\.gz: the page was deleted with its file"):
        PageFiles(tmp_path, days=3, size=1).read(PagePlace("20260301-fr.warc.gz", 0))


@pytest.mark.parametrize(
    ("store", "folder"),
    [
        ("unsourced.db", "unsourced-pages"),
        ("/var/lib/news.db", "/var/lib/news-pages"),
        ("sqlite:////var/lib/news.db", "/var/lib/news-pages"),
        ("postgresql://db.example/news", "unsourced-pages"),
    ],
)
def test_pages_lie_beside_the_store(store: str, folder: str) -> None:
    assert pages_folder(store) == Path(folder)
