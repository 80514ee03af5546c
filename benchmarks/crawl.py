"""CPU and memory of a whole crawl, from response to committed claims, beside trafilatura alone on the same pages.

    python -m benchmarks.crawl [FOLDER] [--pages 2000] [--workers 1]

FOLDER holds `*.html.gz`; `expected.jsonl` beside it names the `page` and `url` of each. Without one the pages of the
sample newsroom serve. They are served on loopback
as one outlet with a feed and a sitemap, again and again under further addresses with small changes to their text, and
crawled by `run_crawl`. CPU is that of the crawl and all its processes between two moments of the crawl itself, so that
the start is not in it. Between the same moments trafilatura runs over the same pages in a process of its own, warm:
the same work costs a fifth more when the machine has more to do. Reads /proc, so it needs Linux.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

from pipelines.items import Source
from tests.site.content import load
from tests.site.rendering import article_page

TICKS = os.sysconf("SC_CLK_TCK")
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
SETTLED = 200  # pages after which caches are warm and the start is over
MARKS = (500, 2000)
ELSEWHERE = "https://newsroom.example"  # an address that copies declare on their own domain would make them one article


@dataclass(frozen=True)
class Page:
    """A saved page and the path it is served under."""

    path: str
    body: bytes


@dataclass(frozen=True)
class Sample:
    """What the crawl had stored at `time`; CPU seconds and resident bytes, of the crawler and of all its processes."""

    time: float
    stored: int
    parent_cpu: float
    cpu: float
    parent: int
    everything: int


def saved_pages(folder: Path | None) -> list[Page]:
    """The pages of the folder, with paths made from the addresses that expected.jsonl beside it names.

    Without a folder those of the sample newsroom.
    """
    if folder is None:
        return [
            Page(
                f"/{outlet.id}{outlet.path_of(page)}",
                article_page(outlet, page, ELSEWHERE, None).encode(outlet.charset, "xmlcharrefreplace"),
            )
            for outlet in load()
            for page in outlet.articles
        ]
    addresses = {}
    for line in (folder.parent / "expected.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        addresses[row["page"]] = row["url"]
    pages = []
    for file in sorted(folder.glob("*.html.gz")):
        parts = urlsplit(addresses[file.name])
        path = quote(f"/{parts.netloc}{parts.path or '/'}", safe="/%:@!$&'()*+,;=~-._")
        pages.append(Page(path, gzip.decompress(file.read_bytes())))
    return pages


def variant(page: Page, number: int) -> bytes:
    """The page as its copy `number`: each paragraph ends in another number, so that no two copies are one text."""
    return page.body.replace(b"</p>", b" %d.</p>" % number) if number else page.body


@contextmanager
def outlet(pages: Sequence[Page], total: int) -> Iterator[str]:
    """Serve `total` articles made from the pages; gives the home page."""
    addresses = {f"/{number // len(pages)}{pages[number % len(pages)].path}": number for number in range(total)}

    class Outlet(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None: ...

        def do_GET(self) -> None:
            base = f"http://127.0.0.1:{server.server_port}"
            if self.path == "/feed":
                items = "".join(f"<item><link>{escape(base + path)}</link></item>" for path in addresses)
                self.answer("application/rss+xml", f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
            elif self.path == "/sitemap.xml":
                urls = "".join(f"<url><loc>{escape(base + path)}</loc></url>" for path in addresses)
                name = "http://www.sitemaps.org/schemas/sitemap/0.9"
                self.answer("application/xml", f"<urlset xmlns='{name}'>{urls}</urlset>".encode())
            elif self.path in addresses:
                number = addresses[self.path]
                self.answer("text/html", variant(pages[number % len(pages)], number // len(pages)))
            else:
                self.answer("text/plain", b"", 404)

        def answer(self, content_type: str, body: bytes, status: int = 200) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Outlet)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def crawl(home: str, store: str, workers: int) -> None:
    """The crawl itself, in a process of its own; prints the report."""
    from crawler.crawl import run_crawl

    source = Source(
        "saved", "Saved pages", home, "XX", (), "UTC", feeds=(f"{home}feed",), sitemaps=(f"{home}sitemap.xml",)
    )
    fast = {"DOWNLOAD_DELAY": 0, "CONCURRENT_REQUESTS_PER_DOMAIN": 8, "DOMAIN_BUDGET": 0}
    report = run_crawl([source], store, workers=workers, progress="off", log_level="ERROR", settings=fast)
    print(json.dumps(report, indent=1, ensure_ascii=False))


def watch(process: subprocess.Popen[str], store: Path) -> list[Sample]:
    """Samples of the crawl until it ends."""
    samples = []
    while process.poll() is None:
        stored = articles_in(store)
        cpu, resident = usage(process.pid)
        if resident:
            samples.append(Sample(time.time(), stored, cpu[0], sum(cpu), resident[0], sum(resident)))
        time.sleep(0.5)
    return samples


def articles_in(store: Path) -> int:
    """How many articles the store holds so far."""
    try:
        with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
    except sqlite3.OperationalError:  # not made yet
        return 0


def usage(root: int) -> tuple[list[float], list[int]]:
    """CPU seconds and resident bytes of a process and of each living descendant; the CPU of ended ones is with them."""
    children: dict[int, list[int]] = {}
    table: dict[int, tuple[float, int]] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        table[int(entry.name)] = (sum(map(int, fields[11:15])) / TICKS, int(fields[21]) * PAGE_BYTES)
        children.setdefault(int(fields[1]), []).append(int(entry.name))
    cpu: list[float] = []
    resident: list[int] = []
    waiting = [root]
    while waiting:
        process = waiting.pop()
        if process in table:
            cpu.append(table[process][0])
            resident.append(table[process][1])
        waiting += children.get(process, [])
    return cpu, resident


def baseline(folder: str | None) -> None:
    """Trafilatura alone over the pages again and again; prints time, CPU seconds and pages so far after each round."""
    import trafilatura

    pages = saved_pages(Path(folder) if folder else None)
    for copy in count():
        for page in pages:
            trafilatura.bare_extraction(variant(page, copy), favor_precision=True, with_metadata=True)
        print(time.time(), time.process_time(), (copy + 1) * len(pages), flush=True)


def reference(lines: Sequence[str], begun: float, ended: float) -> float:
    """CPU seconds a page of the baseline between two moments."""
    rounds = [tuple(map(float, line.split())) for line in lines]
    inside = [figures for figures in rounds if begun <= figures[0] <= ended]
    if len(inside) < 2:
        sys.exit("the crawl was too short to measure anything beside it: ask for more --pages")
    (_, first_cpu, first_pages), (_, last_cpu, last_pages) = inside[0], inside[-1]
    return (last_cpu - first_cpu) / (last_pages - first_pages)


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve, crawl, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crawl", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", help="saved pages, such as ../shared/pages/pages")
    parser.add_argument("--pages", type=int, default=2000, help="how many articles to crawl")
    parser.add_argument("--workers", type=int, default=1, help="worker processes; 0: one a processor")
    options = parser.parse_args(arguments)
    pages = saved_pages(options.folder)
    with tempfile.TemporaryDirectory() as folder, outlet(pages, options.pages) as home:
        store = Path(folder) / "store.db"
        code = f"from benchmarks.crawl import crawl; crawl({home!r}, {str(store)!r}, {options.workers})"
        beside = f"from benchmarks.crawl import baseline; baseline({options.folder and str(options.folder)!r})"
        figures = Path(folder) / "baseline.txt"
        with (
            figures.open("w") as output,
            subprocess.Popen([sys.executable, "-c", beside], stdout=output) as alone,
            subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process,
        ):
            samples = watch(process, store)
            report = process.stdout.read() if process.stdout else ""
            alone.terminate()
        lines = figures.read_text().splitlines()
        if process.returncode:
            sys.exit(f"the crawl ended with {process.returncode}")
        print(report)
        print_fields(store)
    print_figures(samples, lines, min(SETTLED, options.pages // 4))


def print_fields(store: Path) -> None:
    """How many articles have each field."""
    from pipelines.stores import open_store
    from pipelines.stores.base import ArticleFilter

    counts = dict.fromkeys(("articles", "title", "text", "published", "authors", "language", "analysed", "claims"), 0)
    with open_store(str(store)) as opened:
        for stored in opened.articles(ArticleFilter()):
            article = stored.article
            counts["articles"] += 1
            for field in ("title", "text", "published", "authors", "language"):
                counts[field] += bool(getattr(article, field))
            counts["analysed"] += bool(article.engine_version)
            counts["claims"] += bool(stored.claims)
    print("with each field:", ", ".join(f"{name} {number}" for name, number in counts.items()))


def print_figures(samples: Sequence[Sample], lines: Sequence[str], settled: int) -> None:
    """CPU a page beside trafilatura's, and memory at the marks."""
    begun = next((sample for sample in samples if sample.stored >= settled), None)
    if begun is None or samples[-1].stored <= begun.stored:
        sys.exit("the crawl ended before there was anything to measure")
    ended = next(sample for sample in samples if sample.stored == samples[-1].stored)
    alone = reference(lines, begun.time, ended.time)
    page = (ended.cpu - begun.cpu) / (ended.stored - begun.stored)
    parent = (ended.parent_cpu - begun.parent_cpu) / (ended.stored - begun.stored)
    print(f"CPU a page, pages {begun.stored} to {ended.stored}: crawl {page * 1000:.1f} ms ", end="")
    print(
        f"(of it the crawler without its workers {parent * 1000:.1f} ms), trafilatura {alone * 1000:.1f} ms, ",
        end="",
    )
    print(f"ratio {page / alone:.2f}")
    for mark in MARKS:
        sample = next((sample for sample in samples if sample.stored >= min(mark, samples[-1].stored)), samples[-1])
        print(f"resident at page {sample.stored}: crawler {sample.parent / 2**20:.0f} MB, ", end="")
        print(f"with all processes {sample.everything / 2**20:.0f} MB")


if __name__ == "__main__":
    main()
