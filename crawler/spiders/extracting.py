"""Extraction in the workers, with a second, cheaper try."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from crawler.extraction import extract_article
from pipelines.errors import UnreadableFile
from pipelines.items import Article, Problem, Source
from pipelines.workers import Workers


async def extract_in(
    workers: Workers, body: bytes, url: str, headers: Mapping[str, str], fetched: datetime, source: Source
) -> Article | Problem | None:
    """The article, by the cheaper extraction where the full one came to no result; None where there is no page.

    A Problem says why neither came to one.
    """
    page = (body, url, headers, fetched, source)
    try:
        result = await workers.attempt("extraction", extract_article, *page)
        if isinstance(result, Article):
            return result
        plain = await workers.attempt("extraction", extract_article, *page, plain=True)
    except UnreadableFile:
        return None
    if isinstance(plain, Problem) or not plain.text:
        return result
    return replace(plain, problems=(result, *plain.problems))
