"""How a run is getting on: one line that is redrawn on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from time import monotonic
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

if TYPE_CHECKING:
    from rich.console import Console
    from rich.live import Live
    from scrapy.crawler import Crawler

MODES = ("auto", "live", "lines", "off")
REDRAW_SECONDS = 0.5
LINE_SECONDS = 15.0


class Progress:
    """Shows what has been counted so far on `console`, which should write to standard error."""

    def __init__(self, console: Console, live: bool, stats: Mapping[str, Any]) -> None:
        self.console = console
        self.is_live = live
        self.stats = stats
        self.started = monotonic()
        self.live: Live | None = None
        self.task: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        mode = crawler.settings["PROGRESS"]
        if mode == "off":
            raise NotConfigured
        from rich.console import Console

        console = Console(file=sys.stderr, highlight=False)
        extension = cls(console, mode == "live" or (mode == "auto" and console.is_terminal), crawler.stats.get_stats())
        crawler.signals.connect(extension.start, signals.spider_opened)
        crawler.signals.connect(extension.stop, signals.spider_closed)
        return extension

    def start(self) -> None:
        from rich.live import Live

        if self.is_live:
            self.live = Live(console=self.console, auto_refresh=False, transient=True)
            self.live.start()
        self.task = asyncio.ensure_future(self._show())

    def stop(self) -> None:
        if self.task is not None:
            self.task.cancel()
        if self.live is not None:
            self.live.stop()

    async def _show(self) -> None:
        shown = ""
        while True:
            await asyncio.sleep(REDRAW_SECONDS if self.live else LINE_SECONDS)
            line = progress_line(self.stats)
            if self.live is not None:
                self.live.update(f"{_clock(monotonic() - self.started)}  {line}", refresh=True)
            elif line != shown:
                self.console.print(line)
            shown = line


def progress_line(stats: Mapping[str, Any]) -> str:
    """What has been counted so far, in one line; what has not happened is left out."""

    def total(group: str) -> int:
        return sum(number for key, number in stats.items() if key.startswith(f"unsourced/{group}/"))

    numbers = {
        "listings": total("listings"),
        "new addresses": stats.get("unsourced/addresses/new", 0),
        "pages": stats.get("response_received_count", 0),
        "articles": total("articles"),
        "skipped": total("skipped"),
        "failed": total("failed") + total("gone"),
    }
    return " · ".join(f"{number:,} {name}" for name, number in numbers.items() if number) or "starting"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"
