"""The run report: what was visited, fetched, stored, skipped and why; kept in the store with the run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals

from pipelines.errors import StoreFailure

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.spiders.base import LedgerSpider

GROUPS = ("listings", "addresses", "articles", "languages", "skipped", "failed", "gone", "left", "problems")
PREFIX = "unsourced/"


class RunReport:
    """Puts the report together when the spider closes, and gives it to the spider and to the store."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.started = datetime.now(UTC)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_closed, signals.spider_closed)
        return extension

    async def spider_closed(self, spider: LedgerSpider, reason: str) -> None:
        now = datetime.now(UTC)
        report = run_report(self.crawler.stats.get_stats(), self.started, now, len(spider.sources_by_id), reason)
        spider.report = report
        spider.logger.info("Run report: %s", report)
        if report["nothing"]:
            spider.logger.error(report["nothing"])
        run_id = spider.owner.run_id
        if not run_id or spider.fault is not None:
            return
        try:
            await spider.owner.run(lambda store: store.finish_run(run_id, now, report))
        except StoreFailure as failure:
            spider.fault = failure


def run_report(
    stats: Mapping[str, Any], started: datetime, ended: datetime, sources: int, reason: str
) -> dict[str, Any]:
    """The report of a run from Scrapy's statistics.

    `finish` is `finished`, `shutdown` (a signal) or why else the crawl ended; `seconds` its duration; `sources`,
    `requests`, `responses` and `bytes` are numbers; each of GROUPS maps a name or a reason to a number, largest first.
    `nothing` is a sentence when the run brought no article and nothing explains it, else empty.
    """
    groups: dict[str, dict[str, int]] = {group: {} for group in GROUPS}
    for key, number in stats.items():
        if key.startswith(PREFIX):
            group, _, name = key.removeprefix(PREFIX).partition("/")
            groups[group][name] = number
    report: dict[str, Any] = {
        "finish": reason,
        "started": started.isoformat(timespec="seconds"),
        "seconds": round((ended - started).total_seconds(), 1),
        "sources": sources,
        "requests": stats.get("downloader/request_count", 0),
        "responses": stats.get("downloader/response_count", 0),
        "bytes": stats.get("downloader/response_bytes", 0),
        "retries": stats.get("retry/count", 0),
    }
    for group, numbers in groups.items():
        report[group] = dict(sorted(numbers.items(), key=lambda entry: (-entry[1], entry[0])))
    report["nothing"] = _nothing(report)
    return report


def _nothing(report: Mapping[str, Any]) -> str:
    if report["articles"] or report["finish"] not in ("finished", "start_error"):
        return ""
    listings = report["listings"]
    failed = {name.removeprefix("failed: "): number for name, number in listings.items() if name.startswith("failed: ")}
    read = sum(number for name, number in listings.items() if name in ("changed", "unchanged"))
    troubles = failed | report["skipped"] | report["failed"] | report["gone"] | report["left"]
    if not report["sources"]:
        return "Nothing was crawled: no sources were given."
    if not listings:
        return "Nothing was crawled: the sources name no feed, sitemap or section that this spider reads."
    addresses = report["addresses"]
    if read and (listings.get("unchanged") or addresses.get("named", 0) > addresses.get("new", 0)):
        return ""  # what the listings name is known; a few addresses that still fail do not make a failure of the run
    if not troubles:
        if set(listings) == {"not due"}:
            return ""
        return "Nothing was found: no article is in what was read."
    why = ", ".join(
        f"{reason} ({number})" for reason, number in sorted(troubles.items(), key=lambda entry: -entry[1])[:5]
    )
    return f"No article was stored. Why: {why}."
