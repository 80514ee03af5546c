"""Connections and transactions, and the few things that databases do each in their own way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from json import JSONEncoder
from pathlib import Path
from typing import Any

from sqlalchemy import URL, ColumnElement, Connection, Engine, Insert, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, StatementError

from pipelines.errors import StoreFailure, UnreadableFile, WrongUse
from pipelines.stores.schema import storable

BUSY_SECONDS = 30

PRAGMAS = (
    f"busy_timeout = {BUSY_SECONDS * 1000}",
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "foreign_keys = ON",
    "cache_size = -16000",  # 16 MB
    "wal_autocheckpoint = 4000",  # pages: fewer waits for the disk than with 1,000, for 16 MB of log
)

ENCODER = JSONEncoder(ensure_ascii=False, separators=(",", ":"))

SENTENCES = {
    "readonly": "may be read but not written: change its permissions, or name another store",
    "read-only": "may be read but not written: change its permissions, or name another store",
    "is locked": f"is being written by another program, and was still after {BUSY_SECONDS} seconds: try again later",
    "is full": "cannot grow: the disk is full. Free some space; nothing that was saved is lost",
    "not a database": "is no SQLite database: name another file",
    "malformed": "is damaged: restore it from a copy, or crawl into a new one",
    "unable to open": "cannot be opened: see that its folder is there and may be written",
}


def connect(address: str, *, create: bool) -> Engine:
    """An engine for a path or an SQLAlchemy URL; no connection is made yet.

    Raises `WrongUse` for an address of no known database, `UnreadableFile` for a missing file that is not to be made.
    """
    try:
        url = make_url(address) if "://" in address else URL.create("sqlite", database=address)
        engine = create_engine(url, json_serializer=encoded)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise WrongUse(
            f"The store {address} is neither a path nor the URL of a database known here: {error}."
        ) from error
    if engine.dialect.name == "sqlite":
        if not create and url.database and not url.query and not Path(url.database).exists():
            raise UnreadableFile(f"There is no store at {url.database}: `unsourced crawl` makes one.")
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def transaction(engine: Engine, *, writes: bool) -> Iterator[Connection]:
    """One transaction, committed at the end and rolled back on an error.

    Raises `StoreFailure` with a sentence in place of the database's own errors.
    """
    try:
        with engine.connect().execution_options(writes=writes) as connection, connection.begin():
            yield connection
    except StatementError as error:
        name = engine.url.database if engine.dialect.name == "sqlite" else engine.url.render_as_string()
        cause = str(error.orig)
        sentence = next((words for sign, words in SENTENCES.items() if sign in cause), f"failed: {cause}")
        raise StoreFailure(f"The store {name} {sentence}.") from error


def insert_unless_there(connection: Connection, table: Table) -> Insert:
    """INSERT of rows whose key is new; others are left as they are."""
    return _insert(connection.dialect.name, table).on_conflict_do_nothing()


def upsert(
    connection: Connection, table: Table, fields: Iterable[str], where: ColumnElement[bool] | None = None
) -> Insert:
    """INSERT that sets these fields where the row's key is there already and, if given, a condition holds of it."""
    return _upsert(connection.dialect.name, table, tuple(fields), where)


@cache  # one for each list of fields in the code: to build it takes several times as long as to run it
def _upsert(dialect: str, table: Table, fields: tuple[str, ...], where: ColumnElement[bool] | None) -> Insert:
    statement = _insert(dialect, table)
    changes = {name: statement.excluded[name] for name in fields}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=changes, where=where)


def _insert(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    # ON CONFLICT is in no standard, yet PostgreSQL and SQLite have the same.
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def _set_up_sqlite(connection: Any, record: object) -> None:  # noqa: ARG001
    connection.isolation_level = None  # so that BEGIN is ours to say, see below
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads before it writes fails at once when another wrote in between; one that says at its
    # beginning that it will write waits for its turn.
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def encoded(value: object) -> str:
    """A value as JSON in letters that any database takes."""
    return storable(ENCODER.encode(value))
