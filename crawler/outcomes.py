"""What a response or a failed download means for the ledger: pure, and data instead of branches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

from crawler.schedule import HARD, SOFT, TEMPORARY

Verdict = Literal["failed", "skipped", "gone", "left"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Why there is no article: `failed` is tried again, `skipped` and `gone` are not, `left` was never tried.

    `weight` says how heavily a failed visit counts against a listing.
    """

    verdict: Verdict
    reason: str
    weight: float


NOT_HTML = Outcome("skipped", "not HTML", SOFT)
TOO_LARGE = Outcome("skipped", "too large", SOFT)
NO_TEXT = Outcome("skipped", "no text", SOFT)
EMPTY = Outcome("failed", "empty body", SOFT)
HOME_PAGE = Outcome("skipped", "redirected to the home page", SOFT)
NOT_MODIFIED = Outcome("skipped", "not modified", TEMPORARY)
ROBOTS = Outcome("skipped", "robots.txt", HARD)
OVER_BUDGET = Outcome("left", "over the domain's budget", TEMPORARY)

BY_STATUS = {
    401: Outcome("failed", "401 login required", HARD),
    402: Outcome("failed", "402 payment required", HARD),
    403: Outcome("failed", "403 forbidden", SOFT),
    404: Outcome("gone", "404 not found", HARD),
    410: Outcome("gone", "410 gone", HARD),
    429: Outcome("failed", "429 too many requests", TEMPORARY),
    451: Outcome("gone", "451 withheld for legal reasons", HARD),
}

# By class name, in the order of the exception's own ancestry: Scrapy and Twisted raise subclasses of these.
BY_EXCEPTION = {
    "OverBudget": OVER_BUDGET,
    "PrivateAddress": Outcome("skipped", "private address", HARD),
    "Postponed": Outcome("failed", "429 too many requests", TEMPORARY),
    "CrawlStopped": Outcome("left", "the crawl was stopped", 0.0),
    "DownloadTimeoutError": Outcome("failed", "timed out", TEMPORARY),
    "DownloadCancelledError": TOO_LARGE,
    "ResponseDataLossError": Outcome("failed", "truncated body", TEMPORARY),
    "CannotResolveHostError": Outcome("failed", "host not found", SOFT),
    "DownloadConnectionRefusedError": Outcome("failed", "connection refused", TEMPORARY),
    "UnsupportedURLSchemeError": Outcome("skipped", "not a web address", HARD),
    "DownloadFailedError": Outcome("failed", "connection failed", TEMPORARY),
    "OSError": Outcome("failed", "connection failed", TEMPORARY),
}
# Scrapy's own reasons to ignore a request have no classes of their own.
BY_MESSAGE = {
    "Forbidden by robots.txt": ROBOTS,
    "max redirections reached": Outcome("failed", "redirect loop", SOFT),
    "during decompression": TOO_LARGE,
}


def outcome_of_status(status: int) -> Outcome | None:
    """What a status means, None where it promises a page."""
    if 200 <= status < 300:
        return None
    if status in BY_STATUS:
        return BY_STATUS[status]
    if status == 304:
        return NOT_MODIFIED
    return Outcome("failed", f"{status}", TEMPORARY if status >= 500 else SOFT)


def outcome_of_exception(error: BaseException) -> Outcome:
    """What a download that ended in `error` means."""
    message = str(error)
    for part, outcome in BY_MESSAGE.items():
        if part in message:
            return outcome
    for ancestor in type(error).__mro__:
        if ancestor.__name__ in BY_EXCEPTION:
            return BY_EXCEPTION[ancestor.__name__]
    return Outcome("failed", f"download failed: {type(error).__name__}", TEMPORARY)


def retry_after(header: str, now: datetime) -> float:
    """The seconds a Retry-After header asks to wait, a number or a date (RFC 9110, 10.2.3); 0 for none or nonsense."""
    header = header.strip()
    if header.isascii() and header.isdigit():
        return float(header)
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max((moment - now).total_seconds(), 0.0)
