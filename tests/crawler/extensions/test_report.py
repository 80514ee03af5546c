from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.extensions.progress import progress_line
from crawler.extensions.report import run_report

START = datetime(2026, 11, 22, 12, tzinfo=UTC)
END = START + timedelta(seconds=61.26)


def nothing(stats: dict[str, int], sources: int = 1, finish: str = "finished") -> str:
    return str(run_report(stats, START, END, sources, finish)["nothing"])


def test_what_was_counted_stands_in_its_group_largest_first() -> None:
    stats = {
        "downloader/request_count": 9,
        "unsourced/articles/stored": 5,
        "unsourced/skipped/not HTML": 1,
        "unsourced/skipped/robots.txt": 3,
        "unsourced/problems/claims: language not covered: is": 2,
    }
    report = run_report(stats, START, END, 2, "finished")
    assert list(report["skipped"].items()) == [("robots.txt", 3), ("not HTML", 1)]
    assert report["problems"] == {"claims: language not covered: is": 2}
    assert (report["seconds"], report["sources"], report["requests"], report["nothing"]) == (61.3, 2, 9, "")


@pytest.mark.parametrize(
    ("stats", "part"),
    [
        ({}, "name no feed"),
        ({"unsourced/listings/changed": 2}, "no article is in what was read"),
        ({"unsourced/listings/failed: 404 not found": 2}, "404 not found (2)"),
        ({"unsourced/listings/changed": 1, "unsourced/failed/bot challenge": 7}, "bot challenge (7)"),
    ],
)
def test_a_run_without_articles_says_why(stats: dict[str, int], part: str) -> None:
    assert part in nothing(stats)


def test_without_sources_the_word_is_sources() -> None:
    assert "no sources" in nothing({}, sources=0)


@pytest.mark.parametrize(
    "stats",
    [
        {"unsourced/articles/stored": 1, "unsourced/failed/500": 9},
        {"unsourced/listings/unchanged": 3},
        {"unsourced/listings/changed": 3, "unsourced/addresses/named": 40},
        {"unsourced/listings/not due": 3},
    ],
)
def test_a_run_with_nothing_to_do_is_no_failure(stats: dict[str, int]) -> None:
    assert nothing(stats) == ""


def test_a_run_that_was_stopped_is_no_failure() -> None:
    assert nothing({}, finish="shutdown") == ""


def test_progress_names_what_has_happened() -> None:
    assert progress_line({}) == "starting"
    stats = {"unsourced/listings/changed": 2, "unsourced/articles/stored": 1200, "unsourced/gone/404 not found": 3}
    assert progress_line(stats) == "2 listings · 1,200 articles · 3 failed"
