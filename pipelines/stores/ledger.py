"""The ledger and the listings: which addresses were found, which to fetch next, and what became of each.

The column `due` says from when on an address may be leased, whatever its state; an address that waits for nothing has
none. A new address is due since its article was published, and leases take the latest first: news before archives.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select, update

from pipelines.items import Article
from pipelines.stores.base import Found, LedgerEntry, Listing
from pipelines.stores.connection import insert_unless_there, upsert
from pipelines.stores.records import history_of
from pipelines.stores.schema import AnyRow, ledger, listings

WAITS = ledger.c.state == "found"

CHUNK = 500
"""Addresses in one statement: SQLite takes 32,766 parameters, and memory stays flat."""


def save_listing(connection: Connection, listing: Listing) -> None:
    """Insert a listing, or replace what is known of it."""
    history = [(time.isoformat(), seen, weight) for time, seen, weight in listing.history]
    row = {name: getattr(listing, name) for name in listings.c.keys() if name != "history"} | {"history": history}  # noqa: SIM118
    connection.execute(upsert(connection, listings, row), row)


def read_listings(connection: Connection, source_ids: Sequence[str]) -> dict[tuple[str, str], Listing]:
    """What is known of each listing of these sources, by (source id, URL)."""
    rows = connection.execute(select(listings).where(listings.c.source_id.in_(source_ids)))
    found = (Listing(**{**row._mapping, "history": history_of(row.history)}) for row in rows)
    return {(listing.source_id, listing.url): listing for listing in found}


def add_found(connection: Connection, listing: Listing, found: Sequence[Found], now: datetime) -> int:
    """Insert new addresses as found, let those stored before a later change be found again; gives how many are new."""
    new = 0
    unique = list({entry.url: entry for entry in found}.values())
    for start in range(0, len(unique), CHUNK):
        chunk = unique[start : start + CHUNK]
        statement = select(ledger.c.url, ledger.c.state, ledger.c.fetched).where(
            ledger.c.source_id == listing.source_id, ledger.c.url.in_([entry.url for entry in chunk])
        )
        known = {row.url: row for row in connection.execute(statement)}
        rows = [_found_row(listing, entry, now) for entry in chunk if entry.url not in known]
        if rows:
            connection.execute(insert_unless_there(connection, ledger), rows)
        changed = [entry.url for entry in chunk if entry.url in known and _was_changed(entry, known[entry.url])]
        if changed:
            connection.execute(_of(listing.source_id, changed).values(state="found", due=now, reason=""))
        new += len(rows)
    return new


def lease(
    connection: Connection, run_id: int, source_ids: Sequence[str], now: datetime, until: datetime, limit: int
) -> list[LedgerEntry]:
    """Take up to `limit` addresses that are due, shared out evenly among the sources."""
    taken: list[LedgerEntry] = []
    waiting = random.sample(source_ids, len(source_ids))  # so that a small limit does not always serve the same
    while waiting and len(taken) < limit:
        share = max(1, (limit - len(taken)) // len(waiting))
        for source_id in tuple(waiting):
            rows = _due(connection, source_id, now, min(share, limit - len(taken)))
            if rows:
                statement = _of(source_id, [row.url for row in rows])
                connection.execute(statement.values(state="leased", due=until, run_id=run_id))
            taken += [_entry(row, until) for row in rows]
            if len(rows) < share:
                waiting.remove(source_id)
    return taken


def release(connection: Connection, run_ids: Sequence[int], now: datetime) -> None:
    """Give back what these runs have leased and not finished."""
    held = (ledger.c.state == "leased", ledger.c.run_id.in_(run_ids))
    connection.execute(update(ledger).where(*held).values(state="found", due=now))


def skip(connection: Connection, source_id: str, url: str, reason: str, now: datetime) -> None:
    """Never fetch an address again, for a reason."""
    _settle(connection, source_id, url, now, {"state": "skipped", "due": None, "reason": reason})


def stored(connection: Connection, article: Article, url: str, run_id: int, now: datetime) -> None:
    """Mark the address an article was fetched by, and its further addresses, so that none is fetched for nothing."""
    fields = {"state": "stored", "due": None, "reason": "", "attempts": 0, "fetched": now, "run_id": run_id}
    _settle(connection, article.source_id, url, now, fields)
    for other in {article.url, article.canonical_url} - {url}:
        _settle(connection, article.source_id, other, now, fields, where=WAITS)


def fail(
    connection: Connection, source_id: str, url: str, reason: str, now: datetime, next_try: datetime | None
) -> None:
    """Count one attempt more; without a next try the address is gone."""
    here = (ledger.c.source_id == source_id, ledger.c.url == url)
    attempts = connection.execute(select(ledger.c.attempts).where(*here)).scalar() or 0
    state = "failed" if next_try else "gone"
    fields = {"state": state, "due": next_try, "reason": reason, "attempts": attempts + 1}
    _settle(connection, source_id, url, now, fields)


def counts(connection: Connection, source_ids: Sequence[str]) -> dict[str, int]:
    """How many addresses there are in each state, and for each reason."""
    statement = select(ledger.c.state, ledger.c.reason, func.count()).group_by(ledger.c.state, ledger.c.reason)
    if source_ids:
        statement = statement.where(ledger.c.source_id.in_(source_ids))
    numbers: dict[str, int] = {}
    for state, reason, number in connection.execute(statement):
        numbers[state] = numbers.get(state, 0) + number
        if state in ("skipped", "failed", "gone"):
            numbers[f"{state}: {reason}"] = number
    return dict(sorted(numbers.items()))


def _settle(
    connection: Connection,
    source_id: str,
    url: str,
    now: datetime,
    fields: dict[str, Any],
    where: ColumnElement[bool] | None = None,
) -> None:
    """Set what became of an address, also of one that no listing named."""
    row = {"source_id": source_id, "url": url, "found": now, **fields}
    connection.execute(upsert(connection, ledger, fields, where), row)


def _found_row(listing: Listing, entry: Found, now: datetime) -> dict[str, Any]:
    stated = max((time for time in (entry.published, entry.modified) if time), default=now)
    return {
        "source_id": listing.source_id,
        "url": entry.url,
        "state": "found",
        "due": min(stated, now),
        "listing": entry.listing or listing.url,
        "found": now,
    }


def _was_changed(entry: Found, known: AnyRow) -> bool:
    return known.state == "stored" and entry.modified is not None and entry.modified > known.fetched


def _of(source_id: str, urls: Sequence[str]) -> Any:
    return update(ledger).where(ledger.c.source_id == source_id, ledger.c.url.in_(urls))


def _due(connection: Connection, source_id: str, now: datetime, limit: int) -> Sequence[AnyRow]:
    statement = (
        select(ledger)
        .where(ledger.c.source_id == source_id, ledger.c.due <= now)
        .order_by(ledger.c.due.desc())
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return connection.execute(statement).all()


def _entry(row: AnyRow, until: datetime) -> LedgerEntry:
    names = ("source_id", "url", "listing", "attempts", "reason", "etag", "last_modified")
    return LedgerEntry(state="leased", next_try=until, **{name: row._mapping[name] for name in names})
