"""The store over SQLAlchemy Core: each method one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Self

from sqlalchemy import insert, select

from pipelines.errors import WrongUse
from pipelines.items import Article, Source
from pipelines.stores import articles, ledger, migrations, reading, records, runs, schema
from pipelines.stores.base import (
    ArticleFilter,
    Decision,
    Found,
    LedgerEntry,
    Listing,
    Run,
    SaveResult,
    StoredArticle,
    Verdict,
)
from pipelines.stores.connection import connect, transaction, upsert

PRUNED_AT_ONCE = 200


class SQLStore:
    """A `Store` in any database that SQLAlchemy reaches. Usable from any thread, one at a time."""

    def __init__(self, address: str, *, create: bool = True) -> None:
        self._engine = connect(address, create=create)
        name = self._engine.url.render_as_string()
        try:
            with self._read() as connection:
                ready = migrations.is_up_to_date(connection)
            if not ready:
                with self._write() as connection:
                    migrations.bring_up_to_date(connection, name)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        self._engine.dispose()

    def start_run(self, now: datetime) -> int:
        with self._write() as connection:
            return runs.start(connection, now)

    def finish_run(self, run_id: int, now: datetime, report: Mapping[str, Any]) -> None:
        with self._write() as connection:
            runs.finish(connection, run_id, now, report)

    def runs(self, limit: int = 10) -> list[Run]:
        with self._read() as connection:
            return runs.latest(connection, limit)

    def save_sources(self, sources: Iterable[Source]) -> None:
        with self._write() as connection:
            for source in sources:
                row = records.source_row(source)
                connection.execute(upsert(connection, schema.sources, row), row)

    def sources(self) -> list[Source]:
        with self._read() as connection:
            rows = connection.execute(select(schema.sources).order_by(schema.sources.c.id))
            return [records.source_of(row._mapping) for row in rows]

    def listings(self, source_ids: Sequence[str]) -> dict[tuple[str, str], Listing]:
        with self._read() as connection:
            return ledger.read_listings(connection, source_ids)

    def record_visit(self, listing: Listing, found: Sequence[Found], now: datetime | None = None) -> int:
        with self._write() as connection:
            ledger.save_listing(connection, listing)
            return ledger.add_found(connection, listing, found, now or datetime.now(UTC))

    def lease(
        self, run_id: int, source_ids: Sequence[str], now: datetime, until: datetime, limit: int
    ) -> list[LedgerEntry]:
        with self._write() as connection:
            return ledger.lease(connection, run_id, source_ids, now, until, limit)

    def skip(self, source_id: str, url: str, reason: str, now: datetime) -> None:
        with self._write() as connection:
            ledger.skip(connection, source_id, url, reason, now)

    def fail(self, source_id: str, url: str, reason: str, now: datetime, next_try: datetime | None) -> None:
        with self._write() as connection:
            ledger.fail(connection, source_id, url, reason, now, next_try)

    def ledger_counts(self, source_ids: Sequence[str] = ()) -> dict[str, int]:
        with self._read() as connection:
            return ledger.counts(connection, source_ids)

    def save_article(self, article: Article, ledger_url: str, run_id: int, now: datetime) -> SaveResult:
        with self._write() as connection:
            result = articles.save(connection, article, now)
            ledger.stored(connection, article, ledger_url, run_id, now)
            return result

    def articles(self, chosen: ArticleFilter) -> Iterator[StoredArticle]:
        after = chosen.after_sequence
        while True:
            with self._read() as connection:
                batch = reading.read_articles(connection, reading.matching(chosen, after))
            yield from batch
            if len(batch) < reading.BATCH:
                return
            after = batch[-1].sequence

    def article(self, article_id: str) -> StoredArticle | None:
        with self._read() as connection:
            statement = reading.by_id(connection, article_id)
            return None if statement is None else reading.read_articles(connection, statement)[0]

    def article_of_claim(self, claim_id: str) -> StoredArticle | None:
        with self._read() as connection:
            statement = reading.by_claim(connection, claim_id)
            return None if statement is None else reading.read_articles(connection, statement)[0]

    def decide(self, claim_id: str, verdict: Verdict, note: str, by: str, now: datetime) -> Decision:
        with self._write() as connection:
            whole = reading.claim_named(connection, claim_id)
            if whole is None:
                raise WrongUse(f"No claim has an id that begins with {claim_id!r}: `unsourced claims` lists them.")
            sequence = articles.next_sequence(connection)
            decision = Decision(sequence, whole, verdict, schema.storable(note), now, schema.storable(by))
            row = {name: getattr(decision, name) for name in schema.decisions.c.keys()}  # noqa: SIM118
            connection.execute(insert(schema.decisions).values(row))
            return decision

    def decisions(self, after_sequence: int = 0) -> Iterator[Decision]:
        while True:
            with self._read() as connection:
                batch = reading.read_decisions(connection, after_sequence)
            yield from batch
            if len(batch) < reading.BATCH:
                return
            after_sequence = batch[-1].sequence

    def prune(self, before: datetime) -> int:
        deleted = 0
        while True:
            with self._write() as connection:
                batch = articles.prune(connection, before, PRUNED_AT_ONCE)
            deleted += batch
            if batch < PRUNED_AT_ONCE:
                return deleted

    def _read(self) -> Any:
        return transaction(self._engine, writes=False)

    def _write(self) -> Any:
        return transaction(self._engine, writes=True)
