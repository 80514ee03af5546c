"""Trying again within the run: after a while that grows, with jitter, and never sooner than Retry-After allows."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, Self, cast

from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.misc import load_object

from crawler.outcomes import retry_after
from crawler.schedule import LONGEST_RETRY_AFTER
from pipelines.domains import registered_domain

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response

FIRST_WAIT = 1.0
HEARTBEAT = 0.25


class Postponed(IgnoreRequest):
    """The domain asked to be left alone for longer than the run is willing to wait: `wait` seconds from now."""

    def __init__(self, domain: str, wait: float) -> None:
        super().__init__(f"{domain} asked to be left alone for {wait:.0f} seconds")
        self.wait = wait


class PatientRetryMiddleware:
    """Repeats a request up to `times` times when its answer is one of `statuses` or its failure one of `errors`.

    A wait of more than `longest_wait` seconds is not sat out: the answer goes on to the spider, which leaves the
    address to the ledger. While a domain asks for a pause by Retry-After, nothing is sent to it.
    """

    def __init__(
        self,
        times: int,
        statuses: Collection[int],
        errors: tuple[type[BaseException], ...],
        longest_wait: float,
        running: Callable[[], bool],
        spider: Callable[[], Spider],
    ) -> None:
        self.times = times
        self.statuses = frozenset(statuses)
        self.errors = errors
        self.longest_wait = longest_wait
        self.running = running
        self.spider = spider
        self.not_before: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        def spider() -> Spider:
            return cast("Spider", crawler.spider)

        settings = crawler.settings
        return cls(
            settings.getint("RETRY_TIMES"),
            [int(status) for status in settings.getlist("RETRY_HTTP_CODES")],
            tuple(load_object(error) for error in settings.getlist("RETRY_EXCEPTIONS")),
            settings.getfloat("RETRY_WAIT_MAX"),
            lambda: crawler.engine is not None and crawler.engine.running,
            spider,
        )

    async def process_request(self, request: Request) -> None:
        domain = registered_domain(request.url)
        wait = self.not_before.get(domain, 0.0) - monotonic()
        if wait <= 0:
            return
        if wait > self.longest_wait:
            raise Postponed(domain, wait)
        await self._pause(wait)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        if response.status not in self.statuses:
            return response
        asked = retry_after((response.headers.get("Retry-After") or b"").decode("latin-1"), datetime.now(UTC))
        if asked:
            until = monotonic() + min(asked, LONGEST_RETRY_AFTER)
            domain = registered_domain(request.url)
            self.not_before[domain] = max(until, self.not_before.get(domain, 0.0))
        return await self._again(request, str(response.status), asked) or response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        if not isinstance(exception, self.errors):
            return None
        return await self._again(request, type(exception).__name__, 0.0)

    async def _again(self, request: Request, reason: str, asked: float) -> Request | None:
        tried = request.meta.get("retry_times", 0)
        wait = max(asked, FIRST_WAIT * 2**tried * random.uniform(0.5, 1.5))
        if tried >= self.times or wait > self.longest_wait:
            return None
        await self._pause(wait)
        if not self.running():
            return None
        return get_retry_request(request, spider=self.spider(), reason=reason, max_retry_times=self.times)

    async def _pause(self, seconds: float) -> None:
        end = monotonic() + seconds
        # A crawl that is stopped must not sit out the pause.
        while self.running() and (left := end - monotonic()) > 0:  # noqa: ASYNC110
            await asyncio.sleep(min(left, HEARTBEAT))
