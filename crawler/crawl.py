"""A crawl as the command line runs it: one crawler, one process, one report."""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from crawler.settings import user_agent
from pipelines.errors import Failure
from pipelines.items import Source

NO_SETTINGS: Mapping[str, Any] = MappingProxyType({})


def run_crawl(
    sources: Sequence[Source],
    store: str,
    *,
    spider: str = "news",
    due: bool = False,
    contact: str = "",
    budget: int | None = None,
    workers: int = 0,
    progress: str = "auto",
    log_level: str = "CRITICAL",
    settings: Mapping[str, Any] = NO_SETTINGS,
) -> Mapping[str, Any]:
    """Crawl the sources into the store (a file or an SQLAlchemy URL), and give the report that `run_report` describes.

    `due` leaves out listings whose next visit has not come. `contact` goes into the user agent, `budget` is the most
    requests to one registered domain, `workers` the number of processes (0: one a processor), `progress` one of
    `auto`, `live`, `lines`, `off`, `log_level` that of Scrapy's log, and `settings` go over those of
    crawler/settings.py.

    The first SIGINT or SIGTERM ends the crawl cleanly, the second at once; the report then says so under `finish`
    (`killed`, where it could not be completed). Can be called once in a process, since a reactor does not restart.
    Raises StoreFailure when the store cannot be opened or fails on the way, after the processes have ended.
    """
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.utils.project import get_project_settings

    chosen = get_project_settings()
    chosen.setmodule("crawler.settings", priority="project")
    overrides = {"STORE": store, "WORKERS": workers, "PROGRESS": progress, "LOG_LEVEL": log_level}
    if contact:
        overrides["USER_AGENT"] = user_agent(contact)
    if budget is not None:
        overrides["DOMAIN_BUDGET"] = budget
    chosen.setdict({**overrides, **settings}, priority="cmdline")
    # Scrapy and what it needs stay for good: the garbage collector need not go through them again and again.
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    process = AsyncCrawlerProcess(chosen)
    crawler = process.create_crawler(spider)
    process.crawl(crawler, sources=sources, due=due)
    try:
        process.start()
    finally:
        running: Any = crawler.spider
        if running is not None:
            running.release()
    if running is None or running.report.get("finish") == "start_error":
        raise Failure(
            "The crawl did not get under way, by a mistake in this program: its log at level ERROR says where."
        )
    if running.fault is not None:
        raise running.fault
    return running.report or {"finish": "killed", "nothing": ""}
