from __future__ import annotations

from datetime import UTC, datetime

import pytest
from scrapy import exceptions
from twisted.internet.error import ConnectionLost

from crawler.extensions.stopping import CrawlStopped
from crawler.middlewares.budget import OverBudget
from crawler.middlewares.retry import Postponed
from crawler.outcomes import outcome_of_exception, outcome_of_status, retry_after

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "verdict", "reason"),
    [
        (404, "gone", "404 not found"),
        (410, "gone", "410 gone"),
        (403, "failed", "403 forbidden"),
        (429, "failed", "429 too many requests"),
        (500, "failed", "500"),
        (503, "failed", "503"),
        (418, "failed", "418"),
        (304, "skipped", "not modified"),
    ],
)
def test_a_status_has_its_reason(status: int, verdict: str, reason: str) -> None:
    outcome = outcome_of_status(status)
    assert outcome is not None
    assert (outcome.verdict, outcome.reason) == (verdict, reason)


def test_a_page_has_no_outcome_yet() -> None:
    assert outcome_of_status(200) is None


@pytest.mark.parametrize(
    ("error", "verdict", "reason"),
    [
        (exceptions.IgnoreRequest("Forbidden by robots.txt"), "skipped", "robots.txt"),
        (exceptions.IgnoreRequest("max redirections reached"), "failed", "redirect loop"),
        (exceptions.IgnoreRequest("exceeded DOWNLOAD_MAXSIZE (9 B) during decompression."), "skipped", "too large"),
        (exceptions.DownloadCancelledError("Expected response size"), "skipped", "too large"),
        (exceptions.DownloadTimeoutError("30 s"), "failed", "timed out"),
        (exceptions.ResponseDataLossError(), "failed", "truncated body"),
        (exceptions.CannotResolveHostError("no.example"), "failed", "host not found"),
        (exceptions.DownloadConnectionRefusedError(), "failed", "connection refused"),
        (exceptions.UnsupportedURLSchemeError("gopher"), "skipped", "not a web address"),
        (ConnectionLost(), "failed", "download failed: ConnectionLost"),
        (OSError("gzip"), "failed", "connection failed"),
        (OverBudget("a"), "left", "over the domain's budget"),
        (Postponed("a.example", 90), "failed", "429 too many requests"),
        (CrawlStopped("stopped"), "left", "the crawl was stopped"),
        (KeyError("x"), "failed", "download failed: KeyError"),
    ],
)
def test_a_failed_download_has_its_reason(error: Exception, verdict: str, reason: str) -> None:
    outcome = outcome_of_exception(error)
    assert (outcome.verdict, outcome.reason) == (verdict, reason)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("Sun, 22 Nov 2026 12:01:00 GMT", 60),
        ("Sun, 22 Nov 2026 13:01:00 +0100", 60),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("", 0),
        ("soon", 0),
        ("-5", 0),
        ("²", 0),
    ],
)
def test_retry_after_is_a_number_or_a_date(value: str, seconds: float) -> None:
    assert retry_after(value, NOW) == seconds
