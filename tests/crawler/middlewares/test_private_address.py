"""Hostile pages must not lead a crawl into the network it runs in."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request

from crawler.middlewares.private_address import PrivateAddress, PrivateAddressMiddleware, is_private
from crawler.outcomes import outcome_of_exception
from pipelines.items import Source


def middleware(*homes: str) -> PrivateAddressMiddleware:
    sources = {home: Source(home, home, home, "FR", ("fr",), "Europe/Paris") for home in homes}
    crawler: Any = SimpleNamespace(spider=SimpleNamespace(sources_by_id=sources))
    return PrivateAddressMiddleware(crawler)


PRIVATE = [
    "http://127.0.0.1:8000/x",
    "http://localhost/x",
    "http://news.localhost/x",
    "http://[::1]/x",
    "http://10.1.2.3/x",
    "http://192.168.0.1/x",
    "http://169.254.169.254/latest/meta-data/",
    "http://[fe80::1]/x",
    "http://0.0.0.0/x",
]


@pytest.mark.parametrize("url", PRIVATE)
def test_an_address_of_a_private_network_is_refused(url: str) -> None:
    with pytest.raises(PrivateAddress) as refused:
        asyncio.run(middleware("https://1.1.1.1/").process_request(Request(url)))
    assert outcome_of_exception(refused.value).reason == "private address"


@pytest.mark.parametrize("url", PRIVATE)
def test_all_pass_where_a_source_lies_in_a_private_network(url: str) -> None:
    asyncio.run(middleware("https://1.1.1.1/", "http://127.0.0.9:8000/").process_request(Request(url)))


def test_a_public_address_passes() -> None:
    asyncio.run(middleware("https://1.1.1.1/").process_request(Request("https://8.8.8.8/feed")))


def test_a_name_is_judged_by_what_it_resolves_to() -> None:
    # the resolver of this machine answers; no name server is asked
    assert asyncio.run(is_private("ip6-localhost")) or asyncio.run(is_private("localhost"))
    assert not asyncio.run(is_private("no-such-host.invalid"))
