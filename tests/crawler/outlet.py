"""A small outlet on loopback whose answers a test lays down path by path."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from crawler.probe import Answer


@dataclass
class Outlet:
    """Where it listens, what it answers (status, headers, body) and which paths were asked for, in order."""

    url: str = ""
    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def put(self, path: str, body: str | bytes = b"", status: int = 200, **headers: str) -> None:
        content = body.encode() if isinstance(body, str) else body
        self.pages[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, content)


@contextmanager
def outlet() -> Iterator[Outlet]:
    """Serve an outlet on a free port of 127.0.0.1 until the block ends."""
    served = Outlet()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append(self.path)
            status, headers, body = served.pages.get(self.path, (404, {}, b"not here"))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


async def fetch(url: str) -> Answer:
    """One address over HTTP, without Scrapy and its delays."""
    return await asyncio.to_thread(_fetch, url)


def _fetch(url: str) -> Answer:
    try:
        with urlopen(url, timeout=10) as response:
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(url, response.url, response.status, headers, response.read())
    except HTTPError as error:
        with error:
            return Answer(url, url, error.code, problem=f"status {error.code}")
    except URLError as error:
        return Answer(url, problem=str(error.reason))


def rss(*links: str, day: int = 1) -> str:
    """A feed with an entry for each link, all of one day of March 2026."""
    items = "".join(
        f"<item><title>T</title><link>{link}</link><pubDate>Sun, {day:02} Mar 2026 10:00:00 +0100</pubDate></item>"
        for link in links
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{items}</channel></rss>'


def sitemap(*links: str, index: bool = False) -> str:
    """A sitemap of the links, or an index of sitemaps."""
    root, part = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    inner = "".join(f"<{part}><loc>{link}</loc><lastmod>2026-03-02</lastmod></{part}>" for link in links)
    return f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</{root}>'
