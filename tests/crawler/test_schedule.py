from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.schedule import HARD, HISTORY_KEPT, MOST_ATTEMPTS, SOFT, TEMPORARY, after_visit, is_due, next_try
from pipelines.stores.base import Listing

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
BOUNDS = (900, 86_400)
LISTING = Listing("outlet", "https://outlet.example/feed", "feed", interval=3600)


def waits(listing: Listing) -> float:
    assert listing.next_visit is not None
    return (listing.next_visit - NOW).total_seconds()


@pytest.mark.parametrize(("seen", "interval"), [(0.0, 1800), (0.3, 1800), (0.5, 3600), (0.7, 5400), (1.0, 5400)])
def test_the_interval_follows_what_was_seen_before(seen: float, interval: int) -> None:
    visited = after_visit(LISTING, BOUNDS, NOW, seen=seen)
    assert visited.interval == interval
    assert waits(visited) == interval


def test_an_empty_listing_keeps_its_interval() -> None:
    assert after_visit(LISTING, BOUNDS, NOW, seen=None).interval == 3600


def test_failures_in_a_row_add_up_and_success_ends_them() -> None:
    listing = LISTING
    expected = [(HARD, 7200), (SOFT, 3600 * 2**1.5), (TEMPORARY, 3600 * 2**1.75)]
    for weight, wait in expected:
        listing = after_visit(listing, BOUNDS, NOW, failure=weight)
        assert waits(listing) == pytest.approx(wait)
    assert listing.interval == 3600
    assert waits(after_visit(listing, BOUNDS, NOW, seen=0.5)) == 3600


def test_a_listing_that_always_fails_is_still_visited() -> None:
    listing = LISTING
    for _ in range(40):
        listing = after_visit(listing, BOUNDS, NOW, failure=HARD, jitter=1)
    assert listing.next_visit is not None
    assert listing.next_visit <= NOW + timedelta(days=33)
    assert len(listing.history) == HISTORY_KEPT


def test_retry_after_is_kept_up_to_a_day() -> None:
    assert waits(after_visit(LISTING, BOUNDS, NOW, failure=TEMPORARY, retry_after=20_000)) == 20_000
    assert waits(after_visit(LISTING, BOUNDS, NOW, failure=TEMPORARY, retry_after=10**9)) == 86_400


@given(
    seen=st.none() | st.floats(0, 1),
    failure=st.sampled_from([0.0, TEMPORARY, SOFT, HARD]),
    interval=st.integers(0, 10**6),
    jitter=st.floats(-1, 1),
)
def test_the_interval_stays_within_its_bounds(seen: float | None, failure: float, interval: int, jitter: float) -> None:
    listing = Listing("outlet", "https://outlet.example/feed", "feed", interval=interval)
    visited = after_visit(listing, BOUNDS, NOW, seen=seen, failure=failure, jitter=jitter)
    assert BOUNDS[0] <= visited.interval <= BOUNDS[1]
    assert waits(visited) >= 0.9 * BOUNDS[0]


def test_a_listing_is_due_when_its_time_has_come_or_it_was_never_visited() -> None:
    visited = after_visit(LISTING, BOUNDS, NOW, seen=0.5)
    assert is_due(LISTING, NOW)
    assert not is_due(visited, NOW + timedelta(seconds=3599))
    assert is_due(visited, NOW + timedelta(seconds=3600))


def test_articles_are_tried_again_ever_later_and_then_given_up() -> None:
    tries = [next_try(attempts, NOW) for attempts in range(MOST_ATTEMPTS)]
    assert tries[-1] is None
    kept = [moment for moment in tries if moment]
    assert kept == sorted(kept)
    assert kept[0] == NOW + timedelta(minutes=15)
    assert next_try(0, NOW, retry_after=7200) == NOW + timedelta(hours=2)
    assert next_try(0, NOW, retry_after=10**9) == NOW + timedelta(days=1)
