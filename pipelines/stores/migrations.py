"""The versions of the schema.

A new store gets the tables of schema.py. A store of an earlier version goes through the statements in `MIGRATIONS` from
its version on, all in one transaction; a test holds that both ways lead to the same tables.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, bindparam, insert, inspect, select, update

from pipelines.duplicates import headline_id
from pipelines.errors import StoreFailure
from pipelines.stores.records import claim_row, sentence_of
from pipelines.stores.schema import (
    HEADLINE_POSITION,
    articles,
    claims,
    counter,
    is_latest,
    revisions,
    schema_version,
    tables,
)

BATCH = 200
COLUMNS = ("number", "stored", "title", "text")
ANALYSED = (
    select(articles.c.key, articles.c.id, articles.c.language, *(revisions.c[name] for name in COLUMNS))
    .join_from(articles, revisions, is_latest)
    .where(revisions.c.analysed)
    .order_by(articles.c.key)
    .limit(BATCH)
)


def add_pages(connection: Connection) -> None:
    """Revisions know where their page is kept."""
    connection.exec_driver_sql("ALTER TABLE revisions ADD COLUMN page_file TEXT DEFAULT '' NOT NULL")
    connection.exec_driver_sql("ALTER TABLE revisions ADD COLUMN page_offset BIGINT DEFAULT '0' NOT NULL")


def add_headlines(connection: Connection) -> None:
    """The latest revisions have their title among their claims, where it asserts what the text does not."""
    from pipelines.analysis import headline_claim  # loads the engine
    from pipelines.claims import analyse_text

    of_revision = select(claims).where(
        claims.c.article == bindparam("article"), claims.c.revision == bindparam("revision")
    )
    after = 0
    while rows := connection.execute(ANALYSED.where(articles.c.key > after)).all():
        for row in rows:
            place = {"article": row.key, "revision": row.number}
            found = [sentence_of(each._mapping) for each in connection.execute(of_revision, place)]
            headline = headline_claim(row.title, found, row.language)
            if headline and headline.attribution == "none":  # what no claim of the text says may stand in a question
                headline = headline_claim(
                    row.title, analyse_text(row.text, row.language, row.title) or (), row.language
                )
            if headline:
                place |= {"position": HEADLINE_POSITION, "claim_id": headline_id(row.id, row.title)}
                connection.execute(insert(claims), claim_row(headline) | place | {"first_seen": row.stored})
        after = rows[-1].key


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (add_pages, add_headlines)
"""`MIGRATIONS[0]` leads from version 1 to version 2, and so on. What was released is never edited."""


def latest_version() -> int:
    """The version of the schema in schema.py."""
    return len(MIGRATIONS) + 1


def is_up_to_date(connection: Connection) -> bool:
    """Whether the tables are there in their latest version, so that nothing need be written to open the store."""
    present = inspect(connection).has_table(schema_version.name)
    return present and connection.execute(select(schema_version.c.version)).scalar() == latest_version()


def bring_up_to_date(connection: Connection, name: str) -> None:
    """Make the tables, or migrate those of an earlier version.

    Raises `StoreFailure` for a store of a newer version and for a database of another program.
    """
    latest = latest_version()
    present = inspect(connection).get_table_names()
    if not present:
        tables.create_all(connection)
        connection.execute(insert(schema_version).values(version=latest))
        connection.execute(insert(counter).values(sequence=0))
        return
    if schema_version.name not in present:
        raise StoreFailure(f"The database {name} belongs to another program: name another store.")
    version = connection.execute(select(schema_version.c.version)).scalar_one()
    if version > latest:
        raise StoreFailure(
            f"The store {name} was made by a newer version of Unsourced (schema {version}, known here up to {latest}):"
            " install that version, or name another store."
        )
    for migrate in MIGRATIONS[version - 1 :]:
        migrate(connection)
    if version < latest:
        connection.execute(update(schema_version).values(version=latest))
