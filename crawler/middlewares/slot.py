"""Politeness by registered domain: one download slot for all its hosts, with the delay its robots.txt asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from scrapy import signals

from pipelines.domains import registered_domain

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.core.downloader import Downloader
    from scrapy.crawler import Crawler
    from scrapy.robotstxt import RobotParser


class DomainSlotMiddleware:
    """Puts every request, redirects and robots.txt included, into the download slot of its registered domain."""

    def __init__(self, user_agent: str, longest_delay: float) -> None:
        self.user_agent = user_agent
        self.longest_delay = longest_delay
        self.downloader: Downloader | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = cls(crawler.settings["USER_AGENT"], crawler.settings.getfloat("CRAWL_DELAY_MAX"))

        def find_downloader() -> None:
            if crawler.engine is not None:
                middleware.downloader = crawler.engine.downloader

        crawler.signals.connect(find_downloader, signals.engine_started, weak=False)
        crawler.signals.connect(middleware.robots_parsed, signals.robots_parsed)
        return middleware

    def process_request(self, request: Request) -> None:
        request.meta["download_slot"] = registered_domain(request.url)

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Slow the domain's slot down to the crawl-delay, both the slot there is and those opened later."""
        delay = robotparser.crawl_delay(self.user_agent)
        if delay is None or self.downloader is None:
            return
        key = registered_domain(request.url)
        known: dict[str, Any] = self.downloader.per_slot_settings.setdefault(key, {})
        slot = self.downloader.slots.get(key)
        # Hosts of one domain may each ask for a delay: the longest counts.
        delay = max(min(delay, self.longest_delay), known.get("delay", 0.0), slot.delay if slot else 0.0)
        # Scrapy spreads a delay from half of it to one and a half; a crawl-delay is the least that is asked for.
        known |= {"delay": delay, "jitter": 0.0}
        if slot is not None:
            slot.delay, slot.jitter = delay, 0.0
