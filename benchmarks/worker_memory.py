"""Memory of the worker processes over many pages: bounded, since each process is replaced after so many tasks.

    nice python -m benchmarks.worker_memory FOLDER [--pages 20000] [--tasks 1500] [--workers 2]

FOLDER holds `*.html.gz`; `expected.jsonl` beside it names the `page` and `url` of each. They are extracted again and
again, each time with other words in every paragraph, so that no cache has seen them. A crawl gives its workers four
tasks a page, this one task a page: `--tasks` is a quarter of the setting WORKER_TASKS. Reads /proc, so it needs Linux.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count, cycle
from pathlib import Path

from crawler.extraction import extract_article
from pipelines.items import Article
from pipelines.workers import Workers

PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
SAMPLED_EVERY = 250


def main() -> None:
    """Read the arguments, extract, and print what the processes held."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--tasks", type=int, default=1500, help="tasks after which a process is replaced")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="end after so long with what there is")
    args = parser.parse_args()
    asyncio.run(measure(args.folder, args.pages, args.tasks, args.workers, args.seconds))


async def measure(folder: Path, pages: int, tasks: int, workers: int, seconds: float) -> None:
    """Extract the pages and print a line a sample, then the largest process of all."""
    pool = Workers(workers, time_limit=60, tasks_each=tasks, preload=["crawler.preload"])
    given = bodies(folder)
    started = time.monotonic()
    done = largest = 0
    processes: set[int] = set()
    fetched = datetime.now(UTC)
    print(f"{'pages':>7} {'processes so far':>17} {'largest now, MB':>16} {'all now, MB':>12}")
    while done < pages and time.monotonic() - started < seconds:
        batch = [next(given) for _ in range(min(SAMPLED_EVERY, pages - done))]
        calls = (pool.run(extract_article, body, url, {}, fetched, None) for url, body in batch)
        assert all(isinstance(article, Article) for article in await asyncio.gather(*calls))
        done += len(batch)
        held = memory_of_workers()
        processes |= held.keys()
        largest = max(largest, *held.values())
        if not done % 1000:
            print(f"{done:7} {len(processes):17} {max(held.values()) // 10**6:16} {sum(held.values()) // 10**6:12}")
    pool.stop()
    print(
        f"{done} pages in {time.monotonic() - started:.0f} s by {len(processes)} processes, {tasks} pages each at most:"
    )
    print(f"no process was seen to hold more than {largest // 10**6} MB.")


def bodies(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Address and page without end, the words of each paragraph new every time."""
    rows = [json.loads(line) for line in (folder.parent / "expected.jsonl").read_text(encoding="utf-8").splitlines()]
    saved = [(row["url"], gzip.decompress((folder / row["page"]).read_bytes())) for row in rows]
    for number, (url, body) in zip(count(), cycle(saved)):
        yield f"{url}?edition={number}", body.replace(b"</p>", b" edition%d words%d</p>" % (number, number * 7919))


def memory_of_workers() -> dict[int, int]:
    """Resident bytes of every process below this one that has no children: the workers, without the fork server."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
    servers = {process for process, parent in parents.items() if parent == os.getpid()}
    found = {}
    for process, parent in parents.items():
        if parent in servers:
            try:
                resident = int(Path(f"/proc/{process}/statm").read_text().split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
            found[process] = resident * PAGE_BYTES
    return found


if __name__ == "__main__":
    main()
