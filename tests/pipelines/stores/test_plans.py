"""No call made once an article or once an address may read a whole table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from pipelines.stores.base import ArticleFilter, Found, Listing
from pipelines.stores.sql import SQLStore
from tests.pipelines.stores.samples import NOW, article, claims, edited, long_text

FIRST = article(text=long_text(1), sentences=claims("It rained."))
SOON = NOW + timedelta(hours=1)


def decide(store: SQLStore) -> None:
    (kept,) = store.articles(ArticleFilter())
    store.decide(kept.claims[0].claim_id[:10], "to check", "", "ada", NOW)


CALLS: dict[str, Callable[[SQLStore], Any]] = {
    "a new article": lambda store: store.save_article(article(text=long_text(2)), "2", 1, NOW),
    "a copy": lambda store: store.save_article(article("herald", text=edited(FIRST.text, [3])), "2", 1, NOW),
    "an alias": lambda store: store.save_article(article(page="2", text=FIRST.text), "2", 1, NOW),
    "a revision": lambda store: store.save_article(replace(FIRST, text="Other.", text_hash=""), "2", 1, NOW),
    "another analysis": lambda store: store.save_article(replace(FIRST, engine_version="2"), FIRST.url, 1, NOW),
    "a visit": lambda store: store.record_visit(Listing("gazette", "feed", "feed"), [Found("5"), Found(FIRST.url)]),
    "a lease": lambda store: store.lease(1, ["gazette", "herald"], SOON, SOON, 10),
    "a failure": lambda store: store.fail("gazette", "1", "HTTP 500", NOW, SOON),
    "the end of a run": lambda store: store.finish_run(1, NOW, {}),
    "listings": lambda store: store.listings(["gazette"]),
    "reading": lambda store: list(store.articles(ArticleFilter(after_sequence=0))),
    "an article": lambda store: store.article("abc"),
    "the article of a claim": lambda store: store.article_of_claim("abc"),
    "a decision": decide,
    "decisions": lambda store: list(store.decisions(1)),
    "pruning": lambda store: store.prune(SOON),
}


@pytest.mark.parametrize("call", CALLS)
def test_no_table_is_scanned(tmp_path: Path, call: str) -> None:
    with SQLStore(str(tmp_path / "store.sqlite")) as store:
        store.save_article(FIRST, FIRST.url, 1, NOW)
        plans = []

        def explain(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
            if statement.startswith(("SELECT", "UPDATE", "DELETE", "INSERT")):
                first = parameters[0] if many else parameters
                steps = connection.connection.cursor().execute(f"EXPLAIN QUERY PLAN {statement}", first).fetchall()
                plans.extend(f"{step[3]} in {statement}" for step in steps)

        event.listen(store._engine, "before_cursor_execute", explain)
        CALLS[call](store)
        scans = [plan for plan in plans if plan.startswith("SCAN") and "SCAN counter" not in plan]
        assert plans
        assert [plan for plan in scans if "CONSTANT ROW" not in plan] == []
