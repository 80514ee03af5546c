"""When to visit a listing next, and when to try an article again. Pure: the time and the jitter are arguments."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from pipelines.stores.base import Listing

FIRST_INTERVAL = 3600
HISTORY_KEPT = 10
FEW_SEEN, MANY_SEEN = 1 / 3, 2 / 3
SHORTER, LONGER = 0.5, 1.5
# What a failed visit says of the listing: gone, broken for now, or merely busy.
HARD, SOFT, TEMPORARY = 1.0, 0.5, 0.25
SLOWEST_PROBE = 30 * 86_400
LONGEST_RETRY_AFTER = 86_400
FIRST_RETRY = 900
MOST_ATTEMPTS = 6
JITTER_SHARE = 0.1


def after_visit(
    listing: Listing,
    bounds: tuple[int, int],
    now: datetime,
    *,
    seen: float | None = None,
    failure: float = 0.0,
    retry_after: float = 0.0,
    jitter: float = 0.0,
) -> Listing:
    """The listing with this visit in its history, and with its next one set.

    Media Cloud's rules: the interval shrinks when under a third of the entries (`seen`, 0 to 1, None where there were
    none) were known, grows when two thirds were, and stays within `bounds` (seconds). Failures in a row add up their
    weights (`failure`: 0 for a visit that went well) and double the wait for each whole one; a listing is never given
    up, only probed ever more slowly. `retry_after` (seconds) is kept, up to a day. `jitter` (-1 to 1) moves the visit
    by up to a tenth, so that listings that failed together do not return together.
    """
    lowest, highest = bounds
    interval = float(listing.interval or FIRST_INTERVAL)
    if not failure and seen is not None:
        interval *= SHORTER if seen < FEW_SEEN else LONGER if seen >= MANY_SEEN else 1.0
    interval = min(max(interval, lowest), highest)
    history = (*listing.history, (now, seen, failure))[-HISTORY_KEPT:]
    wait = min(interval * 2 ** _failures_in_a_row(history), max(SLOWEST_PROBE, highest))
    wait = max(wait * (1 + JITTER_SHARE * jitter), min(retry_after, LONGEST_RETRY_AFTER))
    return replace(listing, interval=round(interval), history=history, next_visit=now + timedelta(seconds=wait))


def is_due(listing: Listing, now: datetime) -> bool:
    """Whether the listing was never visited, or its next visit has come."""
    return listing.next_visit is None or listing.next_visit <= now


def next_try(attempts: int, now: datetime, *, retry_after: float = 0.0, jitter: float = 0.0) -> datetime | None:
    """When to try an article again that has failed `attempts` times before; None when that was often enough.

    The wait doubles from a quarter of an hour to a day at most; `retry_after` (seconds) is kept, up to a day.
    """
    if attempts + 1 >= MOST_ATTEMPTS:
        return None
    wait = min(FIRST_RETRY * 2**attempts, LONGEST_RETRY_AFTER)
    return now + timedelta(seconds=max(wait * (1 + JITTER_SHARE * jitter), min(retry_after, LONGEST_RETRY_AFTER)))


def _failures_in_a_row(history: tuple[tuple[datetime, float | None, float], ...]) -> float:
    total = 0.0
    for _, _, failure in reversed(history):
        if not failure:
            break
        total += failure
    return total
