"""The HTTP side of the sample newsroom: one threaded server an outlet, each on its own loopback address and port."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from tests.site import rendering
from tests.site.content import Listing, Outlet, Page, Trouble, load

FEED_TYPES = {
    "rss": "application/rss+xml",
    "rss-broken": "text/html; charset=iso-8859-1",
    "atom": "application/atom+xml",
    "rdf": "application/rdf+xml",
    "json": "application/feed+json",
    "sitemap": "application/xml",
    "sitemap-news": "text/xml",
    "sitemap-index": "application/xml",
}
EDIT_PATH = "/.newsroom/edit"
CHUNK = b"<p>" + b"endless " * 8_000 + b"</p>"


class Newsroom:
    """Everything that is served, who came, and whether the edit has happened."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._lock = threading.Lock()
        self.visits: Counter[tuple[str, str]] = Counter()
        self.opened = datetime.now(UTC).replace(microsecond=0)
        self.modified: datetime | None = None
        servers = [OutletServer(outlet, self) for outlet in load()]
        self.servers = [each for each in servers if each.alone or not each.outlet.must_be_alone]
        log.touch()

    def record(self, entry: dict[str, object]) -> int:
        """Write one line of the access log; gives how often this path was asked for, this time included."""
        with self._lock:
            with self._log.open("a", encoding="utf-8") as log:
                log.write(json.dumps(entry, ensure_ascii=False) + "\n")
            key = (str(entry["outlet"]), str(entry["path"]))
            self.visits[key] += 1
            return self.visits[key]

    def source_list(self) -> str:
        """The outlets as a source list. A JSON string is a TOML string too."""
        return "\n".join(server.source_table() for server in self.servers)

    def start(self) -> None:
        """Serve from threads that end with the process."""
        for server in self.servers:
            threading.Thread(target=server.serve_forever, daemon=True).start()


class OutletServer(ThreadingHTTPServer):
    """One outlet. Where only 127.0.0.1 exists (Linux has all of 127/8), the outlets differ by port alone."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, outlet: Outlet, newsroom: Newsroom) -> None:
        try:
            super().__init__((outlet.address, 0), OutletRequest)
        except OSError:
            super().__init__(("127.0.0.1", 0), OutletRequest)
        self.outlet, self.newsroom = outlet, newsroom
        self.alone = self.server_address[0] == outlet.address
        self.base = f"http://{self.server_address[0]}:{self.server_port}"
        self.answers = self._answers()

    def source_table(self) -> str:
        outlet = self.outlet
        fields: dict[str, object] = {
            "id": outlet.id,
            "name": outlet.name,
            "home": self.base + "/",
            "country": outlet.country,
            "languages": list(outlet.languages),
            "timezone": outlet.timezone,
        }
        for key in ("feed", "sitemap", "section"):
            urls = [self.base + each.path for each in outlet.listings if each.type == key and each.seeded]
            if urls:
                fields[key + "s"] = urls
        if outlet.deny:
            fields["deny"] = list(outlet.deny)
        fields["tags"] = [*outlet.tags, "sample"]
        lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
        return "\n".join(["[[source]]", *lines, ""])

    def handle_error(self, request: object, client_address: object) -> None:
        """A visitor that hangs up is nothing to speak of."""

    def _answers(self) -> dict[str, Callable[[OutletRequest, int], None]]:
        outlet, base = self.outlet, self.base
        answers: dict[str, Callable[[OutletRequest, int], None]] = {
            "/robots.txt": lambda request, _: request.send(rendering.robots(outlet, base).encode(), "text/plain"),
            "/": lambda request, _: request.send_plain(outlet.name, ""),
        }
        for path in outlet.decoys:
            answers[path] = lambda request, _: request.send_plain(outlet.name, "…")
        for trouble in outlet.troubles:
            answers[trouble.path] = _trouble(trouble)
        for page in outlet.articles:
            own = outlet.path_of(page)
            for path in (own, *page.also_at):
                answers[path] = _article(page)
            for here, there in pairwise((*page.through, own)):
                answers[here] = _redirect(there)
        for listing in outlet.listings:
            answers[listing.path] = _listing(listing)
        return answers


class OutletRequest(BaseHTTPRequestHandler):
    """One visit, answered from the outlet's table of addresses."""

    server: OutletServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        answer = self.server.answers.get(path)
        visit = self.server.newsroom.record(
            {
                "time": time.time(),
                "outlet": self.server.outlet.id,
                "path": path,
                "query": urlsplit(self.path).query,
                "user_agent": self.headers.get("User-Agent", ""),
                "if_none_match": self.headers.get("If-None-Match", ""),
                "if_modified_since": self.headers.get("If-Modified-Since", ""),
            }
        )
        if answer is None:
            self.send_plain("404", "", HTTPStatus.NOT_FOUND)
        else:
            answer(self, visit)

    def do_POST(self) -> None:
        if self.path == EDIT_PATH:
            self.server.newsroom.modified = datetime.now(UTC).replace(microsecond=0)
            self.send(b"edited\n", "text/plain")
        else:
            self.send_plain("405", "", HTTPStatus.METHOD_NOT_ALLOWED)

    def log_message(self, *_: object) -> None:
        """The access log is the newsroom's own."""

    def send(
        self, body: bytes, content_type: str, status: int = HTTPStatus.OK, headers: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        if "Content-Length" not in (headers or {}):
            self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def send_plain(
        self, title: str, paragraphs: str, status: int = HTTPStatus.OK, headers: dict[str, str] | None = None
    ) -> None:
        body = rendering.plain_page(self.server.outlet, title, paragraphs).encode()
        self.send(body, "text/html; charset=utf-8", status, headers)


def _article(page: Page) -> Callable[[OutletRequest, int], None]:
    def answer(request: OutletRequest, visit: int) -> None:
        server = request.server
        outlet = server.outlet
        if page.answers == "busy once" and visit == 1:
            request.send_plain("429", "", HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": "1"})
            return
        text = rendering.article_page(outlet, page, server.base, server.newsroom.modified)
        charset = f"; charset={outlet.header_charset}" if outlet.header_charset else ""
        request.send(text.encode(outlet.charset, "xmlcharrefreplace"), "text/html" + charset)

    return answer


def _listing(listing: Listing) -> Callable[[OutletRequest, int], None]:
    def answer(request: OutletRequest, visit: int) -> None:
        server = request.server
        if listing.answers == "error once" and visit == 1:
            request.send_plain("503", "", HTTPStatus.SERVICE_UNAVAILABLE)
            return
        body = rendering.listing_page(
            server.outlet, listing, server.base, server.newsroom.opened, server.newsroom.modified
        )
        headers, unchanged = {}, False
        if listing.validator == "etag":
            tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            headers["ETag"] = tag
            unchanged = request.headers.get("If-None-Match") == tag
        elif listing.validator == "last-modified":
            changed = server.newsroom.modified or datetime(2025, 3, 20, 6, tzinfo=UTC)
            headers["Last-Modified"] = f"{changed:%a, %d %b %Y %H:%M:%S GMT}"
            unchanged = request.headers.get("If-Modified-Since") == headers["Last-Modified"]
        if unchanged:
            request.send(b"", "text/plain", HTTPStatus.NOT_MODIFIED, headers)
            return
        kind = "application/gzip" if listing.path.endswith(".gz") else FEED_TYPES.get(listing.format, "text/html")
        if listing.format == "section":
            kind = f"text/html; charset={server.outlet.header_charset}" if server.outlet.header_charset else "text/html"
        request.send(body, kind, headers=headers)

    return answer


def _redirect(there: str, status: int = HTTPStatus.FOUND) -> Callable[[OutletRequest, int], None]:
    def answer(request: OutletRequest, _: int) -> None:
        request.send(b"", "text/html", status, {"Location": request.server.base + there})

    return answer


def _trouble(trouble: Trouble) -> Callable[[OutletRequest, int], None]:
    def answer(request: OutletRequest, _: int) -> None:
        TROUBLES[trouble.answers](request, trouble)

    return answer


def _endless(request: OutletRequest, _: Trouble) -> None:
    request.send_response(HTTPStatus.OK)
    request.send_header("Content-Type", "text/html; charset=utf-8")
    request.send_header("Connection", "close")
    request.end_headers()
    request.close_connection = True
    request.wfile.write(b"<!DOCTYPE html><html><body><h1>Direct</h1>")
    while True:  # until the visitor hangs up, which raises here
        request.wfile.write(CHUNK)


def _truncated(request: OutletRequest, trouble: Trouble) -> None:
    body = rendering.plain_page(request.server.outlet, trouble.title, trouble.text).encode()
    request.send(body, "text/html; charset=utf-8", headers={"Content-Length": str(len(body) + 40_000)})
    request.close_connection = True


def _truncated_gzip(request: OutletRequest, trouble: Trouble) -> None:
    packed = rendering.gzip.compress(rendering.plain_page(request.server.outlet, trouble.title, trouble.text).encode())
    request.send(packed[: len(packed) // 2], "text/html; charset=utf-8", headers={"Content-Encoding": "gzip"})


def _binary(request: OutletRequest, _: Trouble) -> None:
    request.send(bytes(range(256)) * 64, "text/html; charset=utf-8")


TROUBLES: dict[str, Callable[[OutletRequest, Trouble], None]] = {
    "not found": lambda request, _: request.send_plain("404", "", HTTPStatus.NOT_FOUND),
    "gone": lambda request, _: request.send_plain("410", "", HTTPStatus.GONE),
    "forbidden": lambda request, _: request.send_plain("403", "", HTTPStatus.FORBIDDEN),
    "error": lambda request, _: request.send_plain("500", "", HTTPStatus.INTERNAL_SERVER_ERROR),
    "busy": lambda request, _: request.send_plain("429", "", HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": "7200"}),
    "redirect": lambda request, trouble: _redirect(trouble.to)(request, 0),
    "page": lambda request, trouble: request.send_plain(trouble.title, trouble.text),
    "challenge": lambda request, trouble: request.send_plain(trouble.title, trouble.text, HTTPStatus.ACCEPTED),
    "image": lambda request, _: request.send(b"\xff\xd8\xff\xe0" + bytes(2_000), "image/jpeg"),
    "empty": lambda request, _: request.send(b"", "text/html; charset=utf-8"),
    "binary": _binary,
    "endless": _endless,
    "truncated": _truncated,
    "truncated gzip": _truncated_gzip,
}
