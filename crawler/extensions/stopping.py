"""A clean stop that is prompt: what waits in a download slot is dropped, what is being downloaded is finished."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import IgnoreRequest

if TYPE_CHECKING:
    from scrapy.core.downloader import Slot
    from scrapy.core.engine import ExecutionEngine
    from scrapy.crawler import Crawler

HEARTBEAT = 0.25


class CrawlStopped(IgnoreRequest):
    """The request was still waiting when the crawl was stopped; the ledger gives its address to the next run."""


class PromptStop:
    """Watches for the end of the crawl: under a long crawl-delay Scrapy would sit out every request in the queue."""

    def __init__(self) -> None:
        self.watch: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls()

        def start() -> None:
            if crawler.engine is not None:
                extension.watch = asyncio.ensure_future(extension.drop_when_stopped(crawler.engine))

        crawler.signals.connect(start, signals.spider_opened, weak=False)
        crawler.signals.connect(extension.stop, signals.engine_stopped)
        return extension

    def stop(self) -> None:
        if self.watch is not None:
            self.watch.cancel()

    async def drop_when_stopped(self, engine: ExecutionEngine) -> None:
        was_running = False  # the signal comes just before the engine runs
        while True:
            was_running = was_running or engine.running
            if was_running and not engine.running:
                drop_waiting(engine.downloader.slots.values())
            await asyncio.sleep(HEARTBEAT)


def drop_waiting(slots: Iterable[Slot]) -> None:
    """Fail the requests that wait in these slots with CrawlStopped."""
    for slot in slots:
        while slot.queue:
            _, waiting = slot.queue.popleft()
            waiting.errback(CrawlStopped("the crawl was stopped"))
