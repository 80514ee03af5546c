"""Date strings of pages -> Moments, in stages from the surest reading to the most lenient.

1. machine formats: ISO 8601, RFC 5322, epoch seconds and milliseconds;
2. absolute dates in the language of the page, by dateparser, day and month required;
3. relative dates, never one number and one word ("3 min" is a reading time);
4. the same as 2 from the first digit on.
Only 1990 to a day after fetching, only strings up to 120 characters. Measured on 143 strings in 16 languages: 98.6 %
right and no garbage taken, against 43 % and 24 % with dateparser's defaults.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.extraction.page import Candidate
from crawler.extraction.vocabulary import replacements
from pipelines.items import Moment, Precision

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=1)
_LONGEST = 120
_EPOCH = re.compile(r"^\d{9,10}(?:\.\d+)?$|^\d{12,13}$")
_COMPACT = re.compile(r"^(\d{4})(\d\d)(\d\d)$")
_ISO_LIKE = re.compile(
    r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:[T\s]+(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?)?"
    r"\s*(Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?(?:\[[^\]]*\])?$",
    re.IGNORECASE,
)
_STATED_ZONE = re.compile(r"(?:\b(?:UTC|GMT|[A-Z]{2,4}T|Z)\b|[+-]\d\d:?\d\d)(?:\)|$|\s)")
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d|\d\s?[ap]\.?m\b", re.IGNORECASE)
_CLOCK_TIME = re.compile(r"\d{1,2}:\d\d(?::\d\d)?|\d\s?[ap]\.?m\b", re.IGNORECASE)
_NUMBERS_AND_WORDS = re.compile(r"^\W*(?:\d+\s*[^\W\d]+\W*)+$")
_MONTH_FIRST = frozenset({"US", "CA"})
_YEAR_FIRST = frozenset({"zh", "ja", "ko", "hu", "lt"})
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]{3}")
_CJK_AGO = re.compile(r"[前전]\s*$")
_CJK = re.compile("[\u3040-\u9fff\uac00-\ud7af]")
_LONGEST_RELATIVE = 40
_MONTH = r"[^\W\d_][^\s\d,]{2,13},?"  # with the signs that \w leaves out of words in Indic scripts and Thai
_DATE = (
    r"(?:\b\d{4}\s?[-/.年년]\s?\d{1,2}\s?[-/.月월]\s?\d{1,2}(?:\s?[日일])?"
    r"|\b\d{1,2}[./-]\s?\d{1,2}[./-]\s?(?:\d{4}|\d\d)\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th|er|\.|º)?\s(?:de\s)?{_MONTH}\s(?:de\s)?\d{{4}}"
    rf"|\b{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}"
    rf"|\b\d{{4}}\.?\s(?:\w\.?\s|gada\s)?{_MONTH}\s\d{{1,2}}\b"
    r"|(?:令和|平成)\s?(?:\d{1,2}|元)年\s?\d{1,2}月\s?\d{1,2}日)"
)
_TIME = (
    r"(?P<between>\D{1,16}?)(?P<clock>\d{1,2}\s?[:.h時点시]\s?\d\d(?:\s?[ap]\.?\s?m\b\.?)?"
    r"(?:\s?(?:[A-Z]{2,4}T|UTC|GMT|[+-]\d\d:?\d\d))?)"
)
VISIBLE_DATE = re.compile(rf"(?P<date>{_DATE})(?:{_TIME})?")
"""A date with its time of day, if any, within a longer line."""

_AFTERNOON = re.compile("下午|午後|오후|μ\\.?μ")
_CALENDAR_LANGUAGES = frozenset({"fa", "ps", "ar", "ur"})
_BUDDHIST_LANGUAGES = frozenset({"th", "lo", "km"})
_BUDDHIST_YEAR = re.compile(r"(?<!\d)25[3-9]\d(?!\d)")
_ERAS = {"平成": 1988, "令和": 2018}
_JAPANESE_ERA = re.compile("(平成|令和)\\s?(\\d{1,2}|元)年")
_CALENDAR_YEAR = re.compile(r"(?<!\d)1[345]\d\d(?!\d)")
_DIGITS_OF_OTHERS = {
    ord(digit): str(value) for zero in "٠۰०০๐" for value, digit in enumerate(chr(ord(zero) + n) for n in range(10))
}
# What dateparser does not know, written as it does.
_SPELLINGS = tuple(
    (re.compile(pattern, re.IGNORECASE), usual)
    for pattern, usual in (
        (r"(?<!\d)(\d{1,2})\s?[hu]\s?(\d\d)(?!\d)", r"\1:\2"),
        (r"(?<!\d)(\d{1,2})\s?h(?!\w)", r"\1:00"),
        (r"(\d{1,2})\s*[時时点點시]\s*(\d{1,2})\s*[分분]", r" \1:\2"),
        (r"(\d{1,2})\.(\d\d)\s?([ap])\.?m\.?", r"\1:\2 \3m"),
        (r"(?<!\d)(\d{1,2})\.(\d\d)\s(?:uhr|kl)", r"\1:\2"),
        (r"\b(?:kl|klo|ore|om|um|ob)\b\.?\s(?=\d)", " "),
        (r"\(?\bмск\b\)?", "MSK"),
        (r"\bJänner\b", "Januar"),
        (r"(\d{4}) m\. (\w+) (\d{1,2}) d\.", r"\3 \2 \1"),
        (r"(\d{4})\. gada (\d{1,2})\. (\w+)", r"\2. \3 \1"),
        (r"\([月火水木金土日一二三四五六]\)", " "),
        (r"[：]", ": "),
        (r"\s[-–—|•·]\s", " "),
    )
)


@dataclass(frozen=True, slots=True)
class Clock:
    """What a page's dates are read with: language, country (ISO 3166), time zone (IANA), the time of fetching."""

    language: str = ""
    country: str = ""
    zone: str = ""
    fetched: datetime | None = None


def read_moment(candidate: Candidate, clock: Clock) -> Moment | None:
    """The moment that a string states, or None where it states none that can be right. Never raises."""
    raw = " ".join(candidate.value.split())
    if not raw or len(raw) > _LONGEST:
        return None
    found = _machine(raw) or _written(raw, clock)
    if found is None:
        return None
    value, precision = found
    return _placed(value, precision, candidate, clock)


def choose_moment(candidates: Iterable[Candidate], clock: Clock) -> Moment | None:
    """The first candidate that states a minute and its zone; else the most precise one within 36 hours of the first.

    Places disagree by a time zone or by the time of day left out; what is further off means something else.
    """
    moments: list[Moment] = []
    for candidate in candidates:
        moment = read_moment(candidate, clock)
        if moment is None or (moments and abs(moment.value - moments[0].value) > timedelta(hours=36)):
            continue
        if moment.precision == "minute" and moment.zone_from == "stated":
            return moment
        moments.append(moment)
    return min(moments, key=lambda m: (m.precision != "minute", m.zone_from == "none"), default=None)


def _placed(value: datetime, precision: Precision, candidate: Candidate, clock: Clock) -> Moment | None:
    origin: Literal["stated", "source", "none"] = "stated"
    if value.tzinfo is None:
        zone = _zone(clock.zone)
        origin = "source" if zone else "none"
        value = value.replace(tzinfo=zone or UTC)
    latest = (clock.fetched or datetime.max.replace(tzinfo=UTC) - _AHEAD) + _AHEAD
    try:
        if not _EARLIEST <= value <= latest:
            return None
        value = value.replace(tzinfo=_fixed(value))
    except OverflowError:
        return None
    return Moment(value, precision, origin, candidate.value, candidate.where)


def _fixed(value: datetime) -> Any:
    from datetime import timezone

    return timezone(value.utcoffset() or timedelta())


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _machine(raw: str) -> tuple[datetime, Precision] | None:
    try:
        if _EPOCH.match(raw):
            seconds = float(raw)
            return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC), "minute"
        if (match := _COMPACT.match(raw)) and int(match[1]) >= _EARLIEST.year:
            year, month, day = (int(part) for part in match.groups())
            return datetime(year, month, day), "day"  # noqa: DTZ001 - the zone is found out later
        if (match := _ISO_LIKE.match(raw)) and int(match[1]) >= _EARLIEST.year:
            year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
            value = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001
            if zone := match[7]:
                offset = "+00:00" if zone.upper() in {"Z", "UTC", "GMT"} else zone
                value = value.replace(tzinfo=datetime.fromisoformat(f"2000-01-01T00:00:00{offset}").tzinfo)
            return value, "minute" if match[4] else "day"
        value = datetime.fromisoformat(raw)
    except (ValueError, OverflowError, OSError):
        return _rfc(raw)
    if value.year < _EARLIEST.year:
        return None
    return value, "minute" if _CLOCK.search(raw) else "day"


def _rfc(raw: str) -> tuple[datetime, Precision] | None:
    if not re.match(r"^[A-Za-z]{3},? ", raw):
        return None
    try:
        return parsedate_to_datetime(raw), "minute"
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _written(raw: str, clock: Clock) -> tuple[datetime, Precision] | None:
    text = _cleaned(raw, clock.language)
    if found := _other_calendar(text, clock.language):
        return found
    for attempt in (text, *_without_lead(text)):
        if found := _absolute(attempt, clock, whole=attempt is text):
            return found
        if attempt is text and (found := _relative(text, clock)):
            return found
    return _within(text, clock)


def _within(text: str, clock: Clock) -> tuple[datetime, Precision] | None:
    """A date and a time of day with other words between and around them."""
    seen = VISIBLE_DATE.search(text)
    if not seen:
        return None
    half = " pm" if seen["clock"] and _AFTERNOON.search(seen["between"]) else ""
    alone = f"{seen['date']} {re.sub(r'(?<=[ap])[. ]+m[. ]*$', 'm', seen['clock'] or '')}{half}".strip()
    return None if alone == text else _machine(alone) or _absolute(alone, clock, whole=True)


def _cleaned(raw: str, language: str) -> str:
    text = raw.translate(_DIGITS_OF_OTHERS).replace("\u200c", " ")
    text = _JAPANESE_ERA.sub(lambda found: f"{_ERAS[found[1]] + int(found[2].replace('元', '1'))}年", text)
    if language in _BUDDHIST_LANGUAGES:
        text = _BUDDHIST_YEAR.sub(lambda found: str(int(found[0]) - 543), text)
    for spelled, usual in replacements("month"):
        text = text.replace(spelled, usual)
    for pattern, usual in _SPELLINGS:
        text = pattern.sub(usual, text)
    return " ".join(text.split())


def _without_lead(text: str) -> Iterable[str]:
    """The text without its first one to four words, down to where its digits begin."""
    first = _DIGITS.search(text)
    words = text.split()
    for dropped in range(1, min(len(words), 5)):
        rest = " ".join(words[dropped:])
        if not first or len(text) - len(rest) > first.start():
            break
        yield rest
    if first and first.start() and text[first.start() - 1] != " ":
        yield text[first.start() :]


def _absolute(text: str, clock: Clock, *, whole: bool) -> tuple[datetime, Precision] | None:
    found = _dateparser(text, "absolute-time", clock)
    if found is None or not {"day", "month"} <= set(found.parts):
        return None
    numbers = _DIGITS.findall(_CLOCK_TIME.sub(" ", text))
    stated_year = len(numbers) > 2 or any(len(number) == 4 for number in numbers)
    if not stated_year and not (whole and len(numbers) == 1 and _WORD.search(text)):
        return None
    value: datetime = found.date_obj if _STATED_ZONE.search(text) else found.date_obj.replace(tzinfo=None)
    return value, "minute" if "time" in found.parts else "day"


def _relative(text: str, clock: Clock) -> tuple[datetime, Precision] | None:
    if (
        clock.fetched is None
        or len(text) > _LONGEST_RELATIVE
        or (_NUMBERS_AND_WORDS.match(text) and not _CJK_AGO.search(text))
    ):
        return None
    found = _dateparser(text, "relative-time", clock)
    if found is None or (not _WORD.search(_CLOCK.sub(" ", text)) and not _CJK.search(text)):
        return None
    if not _DIGITS.search(text):  # "yesterday" moves with the day of fetching, the name of a weekday does not
        later = _dateparser(text, "relative-time", replace(clock, fetched=clock.fetched + timedelta(days=1)))
        if later is None or later.date_obj - found.date_obj != timedelta(days=1):
            return None
    base = clock.fetched.astimezone(_zone(clock.zone) or UTC).replace(tzinfo=None)
    value: datetime = found.date_obj.replace(tzinfo=None)
    whole_days = (base - value) % timedelta(days=1) == timedelta()
    if value > base or (whole_days and value.date() == base.date() and _DIGITS.search(text)):
        return None
    return value, "day" if whole_days else "minute"


def _other_calendar(text: str, language: str) -> tuple[datetime, Precision] | None:
    """Jalali and Hijri dates, told by their years; needs the extra `calendars`."""
    if not (language in _CALENDAR_LANGUAGES and _CALENDAR_YEAR.search(text)):
        return None
    digits = _DIGITS.search(text)
    try:
        if language == "fa":
            from dateparser.calendars.jalali import JalaliCalendar as Calendar
        else:
            from dateparser.calendars.hijri import HijriCalendar as Calendar
    except ImportError:
        return None
    found = Calendar(text[digits.start() :] if digits else text).get_date()
    if found is None or found.date_obj is None or not {"year", "month", "day"} <= set(found.parts):
        return None
    return found.date_obj, "minute" if "time" in found.parts else "day"


def _dateparser(text: str, parser: str, clock: Clock) -> Any:
    from dateparser.data.languages_info import language_order
    from dateparser.date import DateDataParser

    # dateparser has no "no", and raises on "xh".
    language = "nb" if clock.language == "no" else clock.language
    languages = [code for code in dict.fromkeys((language, "en")) if code in language_order and code != "xh"]
    order = "MDY" if clock.country in _MONTH_FIRST else "YMD" if language in _YEAR_FIRST else "DMY"
    settings: dict[str, Any] = {"PREFER_DATES_FROM": "past", "DATE_ORDER": order, "PARSERS": [parser]}
    if clock.country == "IN":
        settings["TIMEZONE_ABBREVIATIONS"] = {"IST": timedelta(hours=5, minutes=30)}
    if clock.fetched:
        zone = _zone(clock.zone) or UTC
        settings["RELATIVE_BASE"] = clock.fetched.astimezone(zone).replace(tzinfo=None)
    try:
        found = DateDataParser(languages=languages, use_given_order=True, settings=settings).get_date_data(text)
    except (ValueError, OverflowError, RecursionError, AttributeError, KeyError, TypeError):
        return None
    return found if found.date_obj is not None else None
