"""What stands at the addresses of sources at this moment: answers, entries, age, redirects, errors."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from crawler.barriers import barrier
from crawler.discovery import newest
from crawler.listings.feed import read_feed
from crawler.listings.section import read_section
from crawler.listings.sitemap import read_sitemap
from pipelines.domains import registered_domain
from pipelines.items import Source

if TYPE_CHECKING:
    from crawler.probe import Answer, Fetch

AddressType = Literal["home", "feed", "sitemap", "section"]
DOMAINS_AT_ONCE = 16
READERS = {"home": read_section, "section": read_section, "feed": read_feed, "sitemap": read_sitemap}


@dataclass(frozen=True, slots=True)
class AddressReport:
    """One address of one source: `entries` it names, the time of the newest, where it leads, and the `problem` if any.

    `entries` counts the articles of a feed, sitemap or section page, and of a sitemap index its sitemaps. `redirect` is
    the address that answered in its place, `permanently` whether the server calls that a move for good.
    """

    source_id: str
    type: AddressType
    url: str
    status: int
    entries: int = 0
    newest: datetime | None = None
    redirect: str = ""
    permanently: bool = False
    problem: str = ""


async def check_addresses(
    fetch: Fetch, sources: Sequence[Source], tell: Callable[[AddressReport], None]
) -> tuple[AddressReport, ...]:
    """Look once at every address of the sources and `tell` each result as it comes; all of them in the lists' order.

    At most 16 registered domains are visited at once, and the addresses of one domain one after the other.
    """
    wanted = [(source, kind, url) for source in sources for kind, url in addresses_of(source)]
    by_domain: dict[str, list[int]] = defaultdict(list)
    for number, (_, _, url) in enumerate(wanted):
        by_domain[registered_domain(url)].append(number)
    gate = asyncio.Semaphore(DOMAINS_AT_ONCE)
    reports: dict[int, AddressReport] = {}

    async def visit(numbers: Sequence[int]) -> None:
        async with gate:
            for number in numbers:
                source, kind, url = wanted[number]
                reports[number] = await asyncio.to_thread(report_on, source, kind, await fetch(url))
                tell(reports[number])

    await asyncio.gather(*(visit(numbers) for numbers in by_domain.values()))
    return tuple(reports[number] for number in range(len(wanted)))


def addresses_of(source: Source) -> Iterator[tuple[AddressType, str]]:
    """Every address of a source, the home page first."""
    yield "home", source.home
    yield from (("feed", url) for url in source.feeds)
    yield from (("sitemap", url) for url in source.sitemaps)
    yield from (("section", url) for url in source.sections)


def report_on(source: Source, kind: AddressType, answer: Answer) -> AddressReport:
    """What an answer says of an address of `source`."""
    moved = answer.url if answer.url and answer.url != answer.asked else ""
    page = kind in ("home", "section")
    problem = answer.status and page and barrier(answer.status, answer.url, answer.headers, answer.body)
    problem = problem or answer.problem
    if problem:
        return AddressReport(source.id, kind, answer.asked, answer.status, 0, None, moved, answer.permanently, problem)
    content = READERS[kind](answer.body, answer.url, answer.content_type)
    entries = len(content.found or content.sitemaps)
    empty = "no article links; a page made by scripts needs a browser" if page else "empty"
    return AddressReport(
        source.id,
        kind,
        answer.asked,
        answer.status,
        entries,
        newest(content),
        moved,
        answer.permanently,
        content.problem or ("" if entries else empty),
    )
