"""The item pipelines of the crawl: thin coroutines around pure functions, one class a stage.

A stage that fails on an article keeps the article with a Problem that says why, and the next stage goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol, Self, cast

from scrapy.exceptions import NotConfigured

from pipelines.analysis import analyse_article
from pipelines.claims import covered
from pipelines.duplicates import fingerprint
from pipelines.errors import StoreFailure
from pipelines.items import Article, Problem
from pipelines.language import detect_language
from pipelines.normalise import normalise

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from pipelines.stores.owner import StoreOwner
    from pipelines.workers import Workers

UNDECIDED = ("", "und")


class Resources(Protocol):
    """What a spider that feeds these stages has."""

    workers: Workers
    owner: StoreOwner

    def end_with(self, failure: StoreFailure) -> None: ...


class Stage:
    """What the stages share: the workers for CPU work, and how an article gets its Problem."""

    def __init__(self, workers: Workers) -> None:
        self.workers = workers

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(_resources(crawler).workers)


class NormalisePipeline(Stage):
    """Gives text and title their normal form; from here on the text does not change."""

    async def process_item(self, item: Article) -> Article:
        result = await self.workers.attempt("normalise", normalise, item)
        return _with_problem(item, result) if isinstance(result, Problem) else result


class LanguagePipeline(Stage):
    """Detects the language where extraction left it open."""

    async def process_item(self, item: Article) -> Article:
        if item.language not in UNDECIDED or not item.text:
            return item
        guess = await self.workers.attempt("language", detect_language, item.text, item.language)
        if isinstance(guess, Problem):
            return _with_problem(item, guess)
        return replace(item, language=guess.code, language_confidence=guess.confidence)


class DuplicatesPipeline(Stage):
    """Takes the article's fingerprint, by which the store tells what it is a copy of when it saves it.

    The store alone decides: only within its transaction do two copies fetched at once see each other.
    """

    async def process_item(self, item: Article) -> Article:
        marks = await self.workers.attempt("duplicates", fingerprint, item.text)
        if isinstance(marks, Problem):
            return _with_problem(item, marks)
        return replace(item, text_hash=marks[0], signature=marks[1])


class ClaimsPipeline(Stage):
    """Analyses text and title where the engine covers their language."""

    async def process_item(self, item: Article) -> Article:
        if item.language not in covered():
            return _with_problem(item, Problem("claims", f"language not covered: {item.language or 'und'}"))
        result = await self.workers.attempt("claims", analyse_article, item)
        return _with_problem(item, result) if isinstance(result, Problem) else result


class StorePipeline:
    """Keeps the article, its claims and the state of its ledger entry in one transaction."""

    def __init__(
        self, owner: StoreOwner, count: Callable[[str], Any], end_with: Callable[[StoreFailure], None]
    ) -> None:
        self.owner = owner
        self.count = count
        self.end_with = end_with

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        resources = _resources(crawler)
        return cls(resources.owner, crawler.stats.inc_value, resources.end_with)

    async def process_item(self, item: Article) -> Article:
        now = datetime.now(UTC)
        try:
            result = await self.owner.run(lambda store: store.save_article(item, item.url, self.owner.run_id, now))
        except StoreFailure as failure:
            self.count("unsourced/left/the store failed")
            self.end_with(failure)
            return item
        self.count(f"unsourced/articles/{result}")
        self.count(f"unsourced/languages/{item.language or 'und'}")
        for problem in item.problems:
            self.count(f"unsourced/problems/{problem.stage}: {problem.reason}")
        return item


def _with_problem(article: Article, problem: Problem) -> Article:
    return replace(article, problems=(*article.problems, problem))


def _resources(crawler: Crawler) -> Resources:
    if not hasattr(crawler.spider, "owner"):
        raise NotConfigured("the stages work for the spiders of this project")
    return cast("Resources", crawler.spider)
