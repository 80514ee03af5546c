"""Date strings of many languages, and strings that are no dates."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extraction.dates import Clock, choose_moment, read_moment
from crawler.extraction.page import Candidate
from tests.crawler.extraction.date_strings import GARBAGE, STRINGS

FETCHED = datetime(2026, 3, 18, 15, 30, tzinfo=UTC)


def read(raw: str, language: str = "en", country: str = "GB", zone: str = "Europe/London") -> str:
    moment = read_moment(Candidate(raw, "test"), Clock(language, country, zone, FETCHED))
    if moment is None:
        return ""
    return moment.value.date().isoformat() if moment.precision == "day" else moment.value.isoformat("T", "minutes")


@pytest.mark.parametrize(("language", "country", "zone", "raw", "wanted"), STRINGS)
def test_a_date_string_is_read(language: str, country: str, zone: str, raw: str, wanted: str) -> None:
    assert read(raw, language, country, zone) == wanted


@pytest.mark.parametrize(("language", "raw"), GARBAGE)
def test_what_is_no_date_is_not_taken_for_one(language: str, raw: str) -> None:
    assert read(raw, language, "", "Europe/Paris") == ""


def test_the_zone_comes_from_the_page_the_source_or_nowhere() -> None:
    stated = read_moment(Candidate("2026-03-17T08:05:00+02:00", "x"), Clock(zone="Europe/Paris", fetched=FETCHED))
    of_source = read_moment(Candidate("2026-03-17T08:05:00", "x"), Clock(zone="Europe/Paris", fetched=FETCHED))
    unknown = read_moment(Candidate("2026-03-17T08:05:00", "x"), Clock(fetched=FETCHED))
    assert stated is not None
    assert of_source is not None
    assert unknown is not None
    assert (stated.zone_from, stated.value.utcoffset()) == ("stated", timedelta(hours=2))
    assert (of_source.zone_from, of_source.value.utcoffset()) == ("source", timedelta(hours=1))
    assert (unknown.zone_from, unknown.value.utcoffset()) == ("none", timedelta(0))
    assert of_source.raw == "2026-03-17T08:05:00"


def test_relative_dates_need_the_time_of_fetching() -> None:
    assert read_moment(Candidate("3 hours ago", "x"), Clock("en", "GB", "Europe/London")) is None


def test_a_candidate_with_minute_and_zone_is_preferred_to_an_earlier_day() -> None:
    candidates = [
        Candidate("2026-03-17", "json-ld:datePublished"),
        Candidate("2026-03-17T08:05:00+01:00", "meta:article:published_time"),
        Candidate("2025-01-01T00:00:00Z", "time"),
    ]
    chosen = choose_moment(candidates, Clock(fetched=FETCHED))
    assert chosen is not None
    assert chosen.where == "meta:article:published_time"
    assert choose_moment([Candidate("2031-01-01", "x")], Clock(fetched=FETCHED)) is None


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=130), st.sampled_from(["en", "fr", "no", "xh", "ar", "fa", "zh", "", "qq"]))
def test_no_string_raises_and_none_is_dated_ahead(raw: str, language: str) -> None:
    moment = read_moment(Candidate(raw, "x"), Clock(language, "FR", "Europe/Paris", FETCHED))
    assert moment is None or moment.value <= FETCHED + timedelta(days=1)
