"""Small outlets on loopback, each a registered domain by its port, and real crawls in processes of their own."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from pipelines.stores import open_store
from pipelines.stores.base import ArticleFilter, StoredArticle

ROOT = Path(__file__).parents[2]
RUN = """
import json, sys
from pathlib import Path
from crawler.crawl import run_crawl
from crawler.sources import load_sources
if __name__ == "__main__":
    options = json.loads(sys.argv[3])
    print(json.dumps(run_crawl(load_sources([Path(sys.argv[1])]), sys.argv[2], **options)))
"""
FAST = {"DOWNLOAD_DELAY": 0, "RETRY_WAIT_MAX": 4}
Answer = tuple[int, dict[str, str], str]


@dataclass
class Asked:
    """One request: when it came, for which path, with which headers."""

    time: float
    path: str
    headers: dict[str, str]


@dataclass
class Site:
    """An outlet whose `answer` gives status, headers and body for a path; `asked` has what was asked for."""

    id: str
    answer: Callable[[Site, str], Answer]
    url: str = ""
    asked: list[Asked] = field(default_factory=list)

    def paths(self, since: int = 0) -> list[str]:
        return [asked.path for asked in self.asked[since:]]

    def times(self, prefix: str) -> list[float]:
        return [asked.time for asked in self.asked if asked.path.startswith(prefix)]

    def feed(self, *paths: str) -> str:
        items = "".join(f"<item><link>{self.url}{path}</link></item>" for path in paths)
        return f"<rss version='2.0'><channel><title>{self.id}</title>{items}</channel></rss>"


def story(name: str) -> str:
    """A page with an article of its own, long enough to be one."""
    told = " ".join(
        f"The council of {name} met for the {number}th time and the mayor said that {name} needs {number} new bridges."
        for number in range(3, 12)
    )
    return (
        f"<html lang=en><head><title>What {name} needs</title></head><body><article><h1>What {name} needs</h1>"
        f"<p>{told}</p>"
        f"<p>Nobody in {name} asked how the bridges of {name} would be paid for.</p></article></body></html>"
    )


@contextmanager
def serving(*sites: Site) -> Iterator[None]:
    """Serve each site on a port of its own until the block ends."""
    servers = []
    for site in sites:

        class Request(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            served = site

            def log_message(self, *_: object) -> None: ...

            def do_GET(self) -> None:
                self.served.asked.append(Asked(time.monotonic(), self.path, dict(self.headers)))
                status, headers, body = self.served.answer(self.served, self.path)
                content = body.encode()
                self.send_response(status)
                for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        server = ThreadingHTTPServer(("127.0.0.1", 0), Request)
        server.daemon_threads = True
        site.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
    try:
        yield
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


def source_list(folder: Path, *sites: Site, **listings: str) -> Path:
    """A source list of the sites, each with a feed at /feed, or with the listings given: a TOML value for each key."""
    tables = []
    for site in sites:
        named = listings or {"feeds": json.dumps([f"{site.url}/feed"])}
        lines = "\n".join(f"{key} = {value.replace('SITE', site.url)}" for key, value in named.items())
        tables.append(
            f'[[source]]\nid = "{site.id}"\nname = "{site.id}"\nhome = "{site.url}/"\ncountry = "GB"\n'
            f'languages = ["en"]\ntimezone = "Europe/London"\n{lines}\n'
        )
    path = folder / "sources.toml"
    path.write_text("\n".join(tables), encoding="utf-8")
    return path


def started(
    sources: Path, store: Path, *, settings: dict[str, Any] | None = None, **options: Any
) -> subprocess.Popen[str]:
    """A crawl under way; its report comes on its standard output."""
    given = {"workers": 1, "progress": "off", **options, "settings": {**FAST, **(settings or {})}}
    command = [sys.executable, "-c", RUN, str(sources), str(store), json.dumps(given)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def crawl(sources: Path, store: Path, **options: Any) -> dict[str, Any]:
    """The report of a crawl that ended."""
    with started(sources, store, **options) as process:
        output, errors = process.communicate(timeout=90)
    assert process.returncode == 0, errors
    report: dict[str, Any] = json.loads(output)
    return report


def stored(store: Path) -> list[StoredArticle]:
    """All articles in a store."""
    with open_store(str(store)) as opened:
        return list(opened.articles(ArticleFilter()))


def ledger(store: Path) -> dict[str, int]:
    """The counts of a store's ledger."""
    with open_store(str(store)) as opened:
        return opened.ledger_counts()
