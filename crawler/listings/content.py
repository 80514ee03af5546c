"""What a listing was found to hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

from pipelines.normalise import normalise_url
from pipelines.stores.base import Found


@dataclass(frozen=True, slots=True)
class ListingContent:
    """The articles a listing names, the sitemaps it refers to, and why it could not be read, if it could not."""

    found: tuple[Found, ...] = ()
    sitemaps: tuple[Found, ...] = ()
    problem: str = ""
    too_old: int = 0


def cleaned(
    content: ListingContent, allow: tuple[str, ...], deny: tuple[str, ...], oldest: datetime | None
) -> ListingContent:
    """The content with each article once, by addresses that can be fetched and that the source's patterns let pass.

    What was last touched before `oldest`, articles and sitemaps, is counted and left out.
    """
    recent = tuple(entry for entry in content.found if not _before(entry, oldest))
    sitemaps = tuple(entry for entry in content.sitemaps if not _before(entry, oldest))
    found: dict[str, Found] = {}
    for entry in recent:
        address = without_tracking(entry.url)
        if address.startswith(("http://", "https://")) and lets_through(allow, deny, address):
            found.setdefault(normalise_url(address), replace(entry, url=address))
    too_old = len(content.found) - len(recent) + len(content.sitemaps) - len(sitemaps)
    return replace(content, found=tuple(found.values()), sitemaps=sitemaps, too_old=too_old)


def lets_through(allow: tuple[str, ...], deny: tuple[str, ...], address: str) -> bool:
    """Whether an address matches one of the regular expressions in `allow`, where there are any, and none in `deny`."""

    def one_matches(expressions: tuple[str, ...]) -> bool:
        return any(re.search(expression, address) for expression in expressions)

    return (not allow or one_matches(allow)) and not one_matches(deny)


def _before(entry: Found, oldest: datetime | None) -> bool:
    touched = max((time for time in (entry.published, entry.modified) if time), default=None)
    return oldest is not None and touched is not None and touched < oldest


def without_tracking(url: str) -> str:
    """The address in its normal form where only query and fragment differ from it; else as it stands.

    Two addresses that a normal form calls the same page are not always served by the same host and path.
    """
    normal = normalise_url(url)
    try:
        before, after = urlsplit(url), urlsplit(normal)
    except ValueError:
        return url
    return normal if (before.netloc, before.path or "/") == (after.netloc, after.path) else url.partition("#")[0]


def absolute(base: str, link: str) -> str:
    """The whole http or https address that `link` stands for on the page at `base`, or nothing."""
    try:
        address = urljoin(base, link.strip())
    except ValueError:  # brackets that hold no IPv6 address, say
        return ""
    return address if address.startswith(("http://", "https://")) else ""


def parse_time(raw: str) -> datetime | None:
    """An ISO 8601 or W3C time in UTC, also where no zone is stated; None for anything else."""
    try:
        value = datetime.fromisoformat(raw.strip())
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # midnight of the year 1, which stands for no date, is in no year in UTC
        return None
