"""Each stage on its own: what it fills in, and what it leaves when something fails."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipelines import claims, stages
from pipelines.duplicates import article_id
from pipelines.errors import Failure, StoreFailure
from pipelines.items import Article, Problem, Source
from pipelines.stages import ClaimsPipeline, DuplicatesPipeline, LanguagePipeline, NormalisePipeline, StorePipeline
from pipelines.stores import open_store
from pipelines.stores.owner import StoreOwner
from pipelines.workers import Workers

TEXT = " ".join(
    f"Sources close to the council of Elmbridge say that bridge number {number} will be closed in {2026 + number}."
    for number in range(20)
)
ARTICLE = Article(
    "one", "https://one.example/a", "https://one.example/a", datetime(2026, 11, 22, tzinfo=UTC), text=TEXT
)
HERE = Workers(0)


@pytest.fixture
def owner(tmp_path: Path) -> Iterator[StoreOwner]:
    owner = StoreOwner(lambda: open_store(tmp_path / "store.db"))
    yield owner
    owner.close()


def explode(*_: object, **__: object) -> Any:
    raise RecursionError("too deep")


def test_the_text_takes_its_normal_form() -> None:
    article = asyncio.run(NormalisePipeline(HERE).process_item(replace(ARTICLE, text="One\u00a0 line\r\nand another")))
    assert article.text == "One line\nand another"


def test_only_an_open_language_is_detected() -> None:
    stage = LanguagePipeline(HERE)
    assert asyncio.run(stage.process_item(ARTICLE)).language == "en"
    assert asyncio.run(stage.process_item(replace(ARTICLE, language="fr"))).language == "fr"
    assert asyncio.run(stage.process_item(replace(ARTICLE, text=""))).language == ""


def test_claims_come_with_the_versions_that_made_them() -> None:
    article = asyncio.run(ClaimsPipeline(HERE).process_item(replace(ARTICLE, language="en")))
    assert article.sentences
    assert article.headline is None
    asserted = replace(ARTICLE, language="en", title="Bridge number 7 of Elmbridge will be closed in 2033")
    headline = asyncio.run(ClaimsPipeline(HERE).process_item(asserted)).headline
    assert headline
    assert (headline.text, headline.rule, headline.attribution) == (asserted.title, "headline", "anonymous")
    assert article.engine_version == claims.ENGINE_VERSION
    assert article.language_version == claims.language_version("en")


def test_a_language_that_is_not_covered_is_said_to_be_so() -> None:
    article = asyncio.run(ClaimsPipeline(HERE).process_item(replace(ARTICLE, language="xx")))
    assert article.sentences is None
    assert article.problems == (Problem("claims", "language not covered: xx"),)


@pytest.mark.parametrize(
    ("function", "stage", "name"),
    [
        ("normalise", NormalisePipeline(HERE), "normalise"),
        ("detect_language", LanguagePipeline(HERE), "language"),
    ],
)
def test_a_stage_that_fails_keeps_the_article(
    monkeypatch: pytest.MonkeyPatch, function: str, stage: Any, name: str
) -> None:
    monkeypatch.setattr(stages, function, explode)
    article = asyncio.run(stage.process_item(ARTICLE))
    assert article.text == TEXT
    assert article.problems == (Problem(name, "failed: RecursionError"),)


def test_an_article_is_kept_with_its_ledger_entry_and_a_copy_elsewhere_names_it(owner: StoreOwner) -> None:
    counted: Counter[str] = Counter()
    ended: list[Failure] = []
    duplicates = DuplicatesPipeline(HERE)
    store = StorePipeline(owner, lambda key: counted.update([key]), ended.append)
    other = replace(ARTICLE, source_id="two", url="https://two.example/b", canonical_url="https://two.example/b")

    async def work() -> Article:
        owner.run_id = await owner.run(lambda opened: opened.start_run(datetime.now(UTC)))
        sources = [Source(name, name, f"https://{name}.example/", "GB", ("en",), "UTC") for name in ("one", "two")]
        await owner.run(lambda opened: opened.save_sources(sources))
        await store.process_item(await duplicates.process_item(ARTICLE))
        await store.process_item(await duplicates.process_item(other))
        assert await owner.run(lambda opened: opened.ledger_counts()) == {"stored": 2}
        copy = await owner.run(lambda opened: opened.article(article_id("two", other.canonical_url)))
        assert copy
        return copy.article

    copy = asyncio.run(work())
    assert copy.copy_of == article_id("one", ARTICLE.canonical_url)
    assert copy.likeness == 1.0
    assert counted["unsourced/articles/stored"] == 2
    assert not ended


def test_a_store_that_fails_ends_the_crawl(tmp_path: Path) -> None:
    owner = StoreOwner(lambda: open_store(tmp_path / "no" / "folder" / "store.db"))
    ended: list[Failure] = []
    counted: Counter[str] = Counter()
    store = StorePipeline(owner, lambda key: counted.update([key]), ended.append)
    assert asyncio.run(store.process_item(ARTICLE)) == ARTICLE
    assert [type(failure) for failure in ended] == [StoreFailure]
    assert counted == {"unsourced/left/the store failed": 1}
    owner.close()
