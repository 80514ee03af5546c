"""Looking at single addresses, politely and outside a crawl: one answer each, nothing stored."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from crawler.settings import user_agent

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.http import Response
    from scrapy.settings import Settings

T = TypeVar("T")
PERMANENT = (301, 308)
# What differs from crawler/settings.py: nothing is kept or repeated at length, and nobody waits for speed.
PROBE_SETTINGS = {
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "DOWNLOAD_DELAY": 0.5,
    "DOWNLOAD_TIMEOUT": 20,
    "RETRY_TIMES": 1,
    "DOWNLOADER_MIDDLEWARES": {"crawler.middlewares.slot.DomainSlotMiddleware": 10},
    "EXTENSIONS": {"crawler.extensions.stopping.PromptStop": 10},
    "ITEM_PIPELINES": {},
    "LOG_ENABLED": False,
    "LOG_INSTALL_ROOT_HANDLER": False,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What stood at an address: `url` after redirects, or the `problem` why nothing did. Header names in lower case."""

    asked: str
    url: str = ""
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    permanently: bool = False
    problem: str = ""

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")


Fetch = Callable[[str], Awaitable[Answer]]


def run_probe(task: Callable[[Fetch], Awaitable[T]], *, contact: str = "") -> T:
    """Run `task` with a function that fetches one address; gives back what the task gives, raises what it raises.

    Starts a Scrapy process of its own, so it can be called once in a process. robots.txt is obeyed, one request at a
    time goes to a registered domain, half a second lies between two, and 20 seconds are the longest wait. `contact`
    is the address or page for webmasters that goes into the user agent.
    """
    from scrapy.crawler import AsyncCrawlerProcess

    outcome: list[T | Exception] = []

    async def settle(fetch: Fetch) -> None:
        try:
            outcome.append(await task(fetch))
        except Exception as error:  # noqa: BLE001 - handed to the caller, beyond the event loop
            outcome.append(error)

    process = AsyncCrawlerProcess(_settings(contact))
    process.crawl(_spider_class(), task=settle)
    process.start()
    if not outcome:
        raise KeyboardInterrupt
    if isinstance(outcome[0], Exception):
        raise outcome[0]
    return outcome[0]


def _settings(contact: str) -> Settings:
    from scrapy.settings import Settings

    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.setdict(PROBE_SETTINGS, priority="cmdline")
    if contact:
        settings.set("USER_AGENT", user_agent(contact), priority="cmdline")
    return settings


def _spider_class() -> type[Spider]:
    from scrapy import Request, Spider
    from scrapy.exceptions import (
        CannotResolveHostError,
        DownloadConnectionRefusedError,
        DownloadFailedError,
        DownloadTimeoutError,
        IgnoreRequest,
        ResponseDataLossError,
    )

    problems: dict[type[Exception], str] = {
        CannotResolveHostError: "no such host",
        DownloadConnectionRefusedError: "connection refused",
        DownloadTimeoutError: "no answer in time",
        ResponseDataLossError: "answer cut short",
        DownloadFailedError: "connection failed",
    }

    class ProbeSpider(Spider):
        name = "probe"

        def __init__(self, task: Callable[[Fetch], Awaitable[None]], **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.task = task

        async def start(self) -> AsyncIterator[Request]:
            await self.task(self.fetch)
            nothing: tuple[Request, ...] = ()
            for request in nothing:
                yield request

        async def fetch(self, url: str) -> Answer:
            try:
                return _answer(url, await self.crawler.engine.download_async(Request(url)))
            except IgnoreRequest as error:
                return Answer(url, problem=str(error) or "refused")
            except tuple(problems) as error:
                return Answer(url, problem=problems[type(error)])

    return ProbeSpider


def _answer(asked: str, response: Response) -> Answer:
    reasons = response.meta.get("redirect_reasons", ()) if response.request else ()
    return Answer(
        asked,
        response.url,
        response.status,
        {
            name.decode("latin-1").lower(): b",".join(values).decode("latin-1")
            for name, values in response.headers.items()
        },
        response.body,
        permanently=bool(reasons) and all(reason in PERMANENT for reason in reasons),
        problem="" if response.status == 200 else f"status {response.status}",
    )
