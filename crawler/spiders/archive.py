"""Articles from web archives: WARC files such as those of CC-NEWS, through the same extraction and stages."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.exceptions import CloseSpider

from crawler.barriers import barrier
from crawler.listings.content import lets_through, without_tracking
from crawler.outcomes import NO_TEXT, NOT_HTML, TOO_LARGE
from crawler.spiders.extracting import extract_in
from crawler.spiders.run import RunSpider
from pipelines.domains import registered_domain
from pipelines.errors import StoreFailure, UnreadableFile
from pipelines.items import Article, PagePlace, Problem, Source
from pipelines.warc import Capture, Damage, holds_html, read_captures

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

READ_AT_ONCE = 16
"""Pages taken from a file at once: as many wait in memory."""


class ArchiveSpider(RunSpider):
    """Reads the files named in `files`, with commas between them; pages of other outlets than its sources' are left.

    A page is of the source whose domain and patterns fit its address; of several on a domain, of the one whose home
    page lies nearest.

    An article's time of fetching is that of its record. A record that cannot be read costs itself alone, and one of
    more than `largest` bytes is skipped, as a crawl would.
    """

    name = "archive"

    def __init__(self, *arguments: Any, files: str = "", largest: int, **attributes: Any) -> None:
        super().__init__(*arguments, **attributes)
        self.files = [Path(name.strip()).resolve() for name in files.split(",") if name.strip()]
        self.by_domain: defaultdict[str, list[Source]] = defaultdict(list)
        for source in self.sources_by_id.values():
            self.by_domain[registered_domain(source.home)].append(source)
        self.largest = largest
        self.room = asyncio.Semaphore(2 * READ_AT_ONCE)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, largest=crawler.settings.getint("DOWNLOAD_MAXSIZE"), **kwargs)
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(spider._article_done, signal)
        return spider

    async def start(self) -> AsyncIterator[Article]:
        """The articles of every file, a few at a time."""
        if not self.sources_by_id or not self.files:
            self.logger.error("Nothing to read: name files and sources, as in -a files=a.warc.gz -a sources=seeds")
            raise CloseSpider("failed")
        try:
            self._preparing = asyncio.ensure_future(self.prepare())
            await self.owner.run(self.open_run)
        except StoreFailure as failure:
            self.fault = failure
            raise CloseSpider("failed") from failure
        for path in self.files:
            try:
                async for article in self._articles(path):
                    await self.room.acquire()
                    yield article
            except OSError as error:
                self.end_with(UnreadableFile(f"{path}: cannot be read ({error.strerror})"))
                return
            self.count("listings", "archive")

    async def _articles(self, path: Path) -> AsyncIterator[Article]:
        with await asyncio.to_thread(path.open, "rb") as file:
            captures = read_captures(file)
            while batch := await asyncio.to_thread(lambda: list(islice(captures, READ_AT_ONCE))):
                found = await asyncio.gather(*(self._article(path, offset, capture) for offset, capture in batch))
                for article in filter(None, found):
                    yield article

    async def _article(self, path: Path, offset: int, capture: Capture | Damage) -> Article | None:
        if isinstance(capture, Damage):
            self.logger.warning("%s: the record at byte %d cannot be read: %s", path, offset, capture.reason)
            self.count("failed", "damaged record")
            return None
        source = outlet_of(capture.url, self.by_domain.get(registered_domain(capture.url), ()))
        if isinstance(source, str):
            self.count("left", source)
            return None
        if not holds_html(capture):
            self.count("skipped", NOT_HTML.reason)
            return None
        if len(capture.body) > self.largest:
            self.count("skipped", TOO_LARGE.reason)
            return None
        if barred := barrier(capture.status, capture.url, capture.headers, capture.body):
            self.count("skipped", barred)
            return None
        found = await extract_in(self.workers, capture.body, capture.url, capture.headers, capture.fetched, source)
        if found is None or isinstance(found, Problem):
            reason = f"extraction: {found.reason}" if found else NOT_HTML.reason
            self.count("failed" if found else "skipped", reason)
            return None
        if not found.text:
            self.count("skipped", NO_TEXT.reason)
            return None
        return replace(found, fetched_page=PagePlace(str(path), offset))

    def _article_done(self) -> None:
        self.room.release()


def outlet_of(url: str, of_domain: Sequence[Source]) -> Source | str:
    """The source that a page belongs to, of those of its domain, or the reason why it belongs to none."""
    if not of_domain:
        return "of no source"
    address = without_tracking(url)
    allowed = [source for source in of_domain if lets_through(source.allow, source.deny, address)]
    if not allowed:
        return "kept out by allow or deny"
    if len(of_domain) == 1:
        return allowed[0]
    nearest = max(allowed, key=lambda source: (_nearness(source.home, address), bool(source.allow)))
    return nearest if nearest.allow or any(_nearness(nearest.home, address)) else "of several sources"


def _nearness(home: str, address: str) -> tuple[int, int]:
    """How much of an address a home page makes out: the length of the host it lies under, and of the path."""
    ours, theirs = urlsplit(home), urlsplit(address)
    host = (ours.hostname or "").removeprefix("www.")
    if not f".{theirs.hostname}".endswith(f".{host}"):
        return 0, 0
    return len(host), len(ours.path) if theirs.path.startswith(ours.path) else 0
