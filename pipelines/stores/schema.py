"""The tables, with portable types alone.

`articles` holds what an article is looked up by, `revisions` what was read, `claims` the sentences of a revision that
are claims. `details` columns hold the remaining fields of the item as JSON, the ones at their default left out.
"""

from __future__ import annotations

import struct
from datetime import UTC, datetime
from typing import Any, TypeAlias

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    Table,
    Text,
    TypeDecorator,
)


class Instant(TypeDecorator[datetime]):
    """A UTC time, also where the database knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None or value.tzinfo is None:
            return value and value.replace(tzinfo=UTC)
        return value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text as pages have it, which may hold what no database takes: lone surrogates and NUL.

    Each becomes one other character, so that offsets stay right.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return value and storable(value)


class Signature(TypeDecorator[tuple[int, ...]]):
    """A tuple of 32-bit numbers as bytes."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: tuple[int, ...] | None, dialect: Dialect) -> bytes:  # noqa: ARG002
        value = value or ()
        return struct.pack(f"<{len(value)}I", *value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> tuple[int, ...]:  # noqa: ARG002
        value = value or b""
        return struct.unpack(f"<{len(value) // 4}I", value)


def storable(text: str) -> str:
    """The text with each lone surrogate and NUL replaced by one other character."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")


AnyRow: TypeAlias = Row[*tuple[Any, ...]]
HEADLINE_POSITION = -1
Key = BigInteger().with_variant(Integer, "sqlite")
tables = MetaData()

schema_version = Table("schema_version", tables, Column("version", Integer, nullable=False))

counter = Table("counter", tables, Column("sequence", BigInteger, nullable=False))

sources = Table(
    "sources",
    tables,
    Column("id", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("details", JSON, nullable=False),
)

listings = Table(
    "listings",
    tables,
    Column("source_id", Words, primary_key=True),
    Column("url", Words, primary_key=True),
    Column("type", Text, nullable=False),
    Column("etag", Words, nullable=False),
    Column("last_modified", Words, nullable=False),
    Column("next_visit", Instant),
    Column("interval", Integer, nullable=False),
    Column("history", JSON, nullable=False),
)

runs = Table(
    "runs",
    tables,
    Column("id", Integer, primary_key=True),
    Column("started", Instant, nullable=False),
    Column("ended", Instant),
    Column("host", Text, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("process_start", Text, nullable=False),
    Column("report", JSON, nullable=False),
)

ledger = Table(
    "ledger",
    tables,
    Column("source_id", Words, primary_key=True),
    Column("url", Words, primary_key=True),
    Column("state", Text, nullable=False),
    Column("due", Instant, doc="from when on the address may be leased; null: never"),
    Column("listing", Words, nullable=False, default=""),
    Column("attempts", Integer, nullable=False, default=0),
    Column("reason", Words, nullable=False, default=""),
    Column("etag", Words, nullable=False, default=""),
    Column("last_modified", Words, nullable=False, default=""),
    Column("found", Instant, nullable=False),
    Column("fetched", Instant, doc="when its article was last saved"),
    Column("run_id", Integer),
)
Index("ledger_due", ledger.c.source_id, ledger.c.due)
leased = ledger.c.state == "leased"
Index("ledger_leases", ledger.c.run_id, sqlite_where=leased, postgresql_where=leased)

articles = Table(
    "articles",
    tables,
    Column("key", Key, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("source_id", Words, nullable=False),
    Column("canonical_url", Words, nullable=False),
    Column("first_stored", Instant, nullable=False, index=True),
    Column("sequence", BigInteger, nullable=False, unique=True),
    Column("revision", Integer, nullable=False),
    Column("language", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("published", Instant),
    Column("text_hash", Text, nullable=False, index=True),
    Column("signature", Signature, nullable=False),
    Column("copy_of", Text, nullable=False, index=True),
    Column("likeness", Float, nullable=False),
)

aliases = Table(
    "aliases",
    tables,
    Column("source_id", Words, primary_key=True),
    Column("url", Words, primary_key=True),
    Column("article", Key, ForeignKey("articles.key", ondelete="CASCADE"), nullable=False, index=True),
    Column("first_seen", Instant, nullable=False),
)

revisions = Table(
    "revisions",
    tables,
    Column("article", Key, ForeignKey("articles.key", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("stored", Instant, nullable=False),
    Column("title", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("details", JSON, nullable=False),
    Column("analysed", Boolean, nullable=False),
    Column("engine_version", Text, nullable=False),
    Column("language_version", Text, nullable=False),
    Column("page_file", Words, nullable=False, server_default="", doc="WARC file of the page; empty: not kept"),
    Column("page_offset", BigInteger, nullable=False, server_default="0"),
)
is_latest = (revisions.c.article == articles.c.key) & (revisions.c.number == articles.c.revision)

claims = Table(
    "claims",
    tables,
    Column("article", Key, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("position", Integer, primary_key=True, doc="of its sentence in the text, from 0; -1 for the title"),
    Column("claim_id", Text, nullable=False, index=True),
    Column("first_seen", Instant, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Words, nullable=False),
    Column("attribution", Text, nullable=False),
    Column("priority", Float, nullable=False),
    Column("details", JSON, nullable=False),
    ForeignKeyConstraint(["article", "revision"], ["revisions.article", "revisions.number"], ondelete="CASCADE"),
)

decisions = Table(
    "decisions",
    tables,
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("claim_id", Text, nullable=False, index=True),
    Column("verdict", Text, nullable=False),
    Column("note", Words, nullable=False),
    Column("decided", Instant, nullable=False),
    Column("by", Words, nullable=False),
)

bands = Table(
    "bands",
    tables,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column("article", Key, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
