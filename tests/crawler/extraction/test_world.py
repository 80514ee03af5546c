"""The same story in thirty languages on the pages of nine systems: every field, and no line too many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from crawler.extraction import extract_article
from pipelines.items import Source
from pipelines.normalise import normalise, normalise_line
from tests.crawler.extraction.layouts import DATED_BY_LINE, LAYOUTS, lead, paragraphs, stated, title
from tests.crawler.extraction.world import WORLD, Around

FETCHED = datetime(2026, 3, 18, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("around", WORLD, ids=lambda around: around.language)
def test_a_page(layout: Callable[[Around], str], around: Around) -> None:
    source = Source("v", "Velmora Ledger", "https://ledger.example/", around.country, (around.language,), around.zone)
    page = layout(around).encode()
    article = normalise(extract_article(page, "https://ledger.example/a/bridge-closed", {}, FETCHED, source))
    assert article.title == normalise_line(title(around))
    assert article.authors == around.names
    assert article.text.split("\n") == [normalise_line(line) for line in (lead(around), *paragraphs(around))]
    assert article.language == around.language
    assert article.published is not None
    wanted = around.published if layout in DATED_BY_LINE else stated(around)
    value = article.published.value
    assert (value.date().isoformat() if len(wanted) == 10 else value.isoformat("T", "minutes")) == wanted
