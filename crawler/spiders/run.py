"""What a spider needs for a run: its sources, the store with its owner, the workers, the counts and the report."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from scrapy import Spider, signals

from crawler.sources import load_sources, select_sources
from pipelines import claims
from pipelines.errors import Failure, LanguageFault
from pipelines.items import Source
from pipelines.stores import open_store
from pipelines.stores.base import Listing, Store
from pipelines.stores.owner import StoreOwner
from pipelines.stores.pages import PageFiles, pages_folder
from pipelines.workers import WorkerFault, Workers

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class RunSpider(Spider):
    """A spider with what a run needs; it opens the store when it starts, and lets go of everything when it ends."""

    def __init__(
        self,
        name: str | None = None,
        *,
        sources: Sequence[Source] = (),
        due: bool = False,
        owner: StoreOwner,
        workers: Workers,
        open_at_once: int = 16,
        sitemap_age: timedelta = timedelta(days=30),
        pages: PageFiles | None = None,
        **attributes: Any,
    ) -> None:
        super().__init__(name, **attributes)
        self.sources_by_id = {source.id: source for source in sources}
        self.due = due
        self.owner = owner
        self.workers = workers
        self.open_at_once = open_at_once
        self.sitemap_age = sitemap_age
        self.pages = pages
        self.fault: Failure | None = None
        self.report: Mapping[str, Any] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        settings = crawler.settings
        store = settings["STORE"]
        spider = super().from_crawler(
            crawler,
            *args,
            sources=_chosen(kwargs.pop("sources", ()), Path(settings["SEEDS"])),
            due=str(kwargs.pop("due", "")).lower() in ("1", "true", "yes"),
            owner=StoreOwner(lambda: open_store(store)),
            workers=Workers(
                settings.getint("WORKERS") or _processors(),
                time_limit=settings.getfloat("WORKER_TIME_LIMIT"),
                tasks_each=settings.getint("WORKER_TASKS"),
                preload=settings.getlist("WORKER_PRELOAD"),
            ),
            open_at_once=2 * settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"),
            sitemap_age=timedelta(days=settings.getint("SITEMAP_MAX_AGE_DAYS")),
            pages=_page_files(store, settings.getint("PAGES_DAYS"), settings.getint("PAGES_SIZE_MB")),
            **kwargs,
        )
        crawler.signals.connect(spider.release, signals.engine_stopped)
        return spider

    def count(self, group: str, name: str, number: int = 1) -> None:
        """Count something under its reason; the run report is made of these."""
        if number:
            self.crawler.stats.inc_value(f"unsourced/{group}/{name}", number)

    def end_with(self, failure: Failure) -> None:
        """End the crawl, and have it said why: without a store, say, nothing that is fetched can be kept."""
        if self.fault is None:
            self.fault = failure
            self.logger.error(str(failure))
            self._closing = asyncio.ensure_future(self._close("failed"))

    async def prepare(self) -> None:
        """Start the workers, and end the crawl where a language file has mistakes: no stage is left out silently."""
        try:
            for code in claims.covered():
                await self.workers.run(claims.language_version, code)
        except LanguageFault as fault:
            self.end_with(fault)
        except WorkerFault as fault:
            self.logger.warning("The workers did not start well: %s", fault)

    async def _close(self, reason: str) -> None:
        if self.crawler.engine is not None:
            await self.crawler.engine.close_spider_async(reason=reason)

    def release(self) -> None:
        """Let go of the worker processes and of the store."""
        self.workers.stop()
        self.owner.close()

    def open_run(self, store: Store) -> dict[tuple[str, str], Listing]:
        self.owner.run_id = store.start_run(datetime.now(UTC))
        store.save_sources(self.sources_by_id.values())
        return store.listings(list(self.sources_by_id))


def _page_files(store: str, days: int, megabytes: int) -> PageFiles | None:
    return PageFiles(pages_folder(store), days=days, size=megabytes * 1_000_000) if days and megabytes else None


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _chosen(sources: str | Sequence[Source], seeds: Path) -> Sequence[Source]:
    """Sources as they are, or those that a list of files and ids names, with commas between them."""
    if not isinstance(sources, str):
        return sources
    names = [name.strip() for name in sources.split(",") if name.strip()]
    paths = [Path(name) for name in names if Path(name).exists() or name.endswith(".toml")]
    ids = [name for name in names if Path(name) not in paths]
    return select_sources(load_sources(paths or [seeds]), ids) if names else ()
