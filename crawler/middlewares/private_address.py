"""Pages of the web do not lead a crawl into the network it runs in: addresses that are not public are refused."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy.exceptions import IgnoreRequest

from pipelines.items import Source

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

KEPT = 10_000


class PrivateAddress(IgnoreRequest):
    """The host lies in this machine's own network: loopback, private or link-local."""


class PrivateAddressMiddleware:
    """Refuses requests and redirects to addresses that are not public, whatever feed or page named them.

    Where a source list itself names such an address (an intranet, a test), the operator wants them, and all pass.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.private: dict[str, bool] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        host = urlsplit(request.url).hostname or ""
        if host not in self.private:
            if len(self.private) >= KEPT:
                self.private.clear()
            self.private[host] = await is_private(host)
        if self.private[host] and not self.wanted:
            raise PrivateAddress(f"{host} is an address of a private network")

    @cached_property
    def wanted(self) -> bool:
        """Does a source of this crawl lie in a private network itself?"""
        sources: Iterable[Source] = getattr(self.crawler.spider, "sources_by_id", {}).values()
        named = {urlsplit(url).hostname or "" for s in sources for url in (s.home, *s.feeds, *s.sitemaps, *s.sections)}
        return not named or any(_is_private_literal(host) for host in named)


async def is_private(host: str) -> bool:
    """Is any address of the host not public? A host that cannot be resolved is not: its download says so itself."""
    if _is_private_literal(host):
        return True
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False
    return any(_is_private_literal(str(address[0])) for *_, address in found)


def _is_private_literal(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return not address.is_global
