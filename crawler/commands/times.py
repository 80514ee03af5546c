"""Times as people type them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from pipelines.errors import WrongUse

AGE = re.compile(r"(\d{1,5})([mhdw])")
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def time_or_age(option: str, text: str, now: datetime) -> datetime | None:
    """An ISO 8601 day or time (local where it has no offset), or an age such as 90m, 24h, 7d, 2w before `now`.

    Raises WrongUse naming the option and the text; None for an empty text.
    """
    if not text:
        return None
    try:
        if age := AGE.fullmatch(text.strip().lower()):
            return now - timedelta(**{UNITS[age[2]]: int(age[1])})
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise WrongUse(f"{option} {text}: neither a time (2026-11-22T14:00+01:00) nor an age (24h)") from error
