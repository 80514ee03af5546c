"""A page that takes too long: its worker is ended, the cheaper extraction tried, and the reason kept."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from time import perf_counter

from crawler.extraction import extract_article
from crawler.spiders.extracting import extract_in
from pipelines.items import Article, Problem, Source
from pipelines.workers import Workers

SOURCE = Source("ledger", "The Ledger", "https://ledger.example/", "GB", ("en",), "Europe/London")
TEXT = "".join(
    f"<p>On day {day} the council spoke of the bridge, which will stay closed until the spring.</p>"
    for day in range(20)
)
# Just under the size that is taken for too large: the full extraction takes twenty times as long as the cheaper one.
SLOW = f"<html><body><h1>Bridge closed</h1>{TEXT}<div>{'<span class=x>a</span><br>' * 13_000}</div></body></html>"


def extracted(page: str, time_limit: float) -> Article | Problem | None:
    async def run() -> Article | Problem | None:
        workers = Workers(1, time_limit=time_limit, preload=["crawler.preload"])
        try:
            return await extract_in(workers, page.encode(), "https://ledger.example/a", {}, datetime.now(UTC), SOURCE)
        finally:
            workers.stop()

    return asyncio.run(run())


def seconds_of_the_cheaper_way() -> float:
    spent = []
    for _ in range(2):  # the first loads what the workers have loaded
        begun = perf_counter()
        extract_article(SLOW.encode(), "https://ledger.example/a", {}, datetime.now(UTC), SOURCE, plain=True)
        spent.append(perf_counter() - begun)
    return min(spent)


def test_a_page_past_its_time_is_read_in_the_cheaper_way() -> None:
    limit = round(3 * seconds_of_the_cheaper_way(), 2)
    article = extracted(SLOW, limit)
    while isinstance(article, Problem):  # the machine is busier than it was a moment ago
        limit *= 2
        article = extracted(SLOW, limit)
    assert isinstance(article, Article)
    assert article.text.startswith("On day 0 the council")
    assert article.problems[0] == Problem("extraction", f"it took more than {limit:g} seconds")
    assert "plain" in article.problems[1].reason


def test_what_neither_way_reads_in_time_is_a_problem() -> None:
    assert extracted(SLOW, 0.01) == Problem("extraction", "it took more than 0.01 seconds")


def test_what_is_no_page_is_none() -> None:
    assert extracted("no markup at all", 5.0) is None
