"""The versions of the schema.

A new store gets the tables of schema.py. A store of an earlier version goes through the statements in `MIGRATIONS` from
its version on, all in one transaction; a test holds that both ways lead to the same tables.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, insert, inspect, select, update

from pipelines.errors import StoreFailure
from pipelines.stores.schema import counter, schema_version, tables


def add_pages(connection: Connection) -> None:
    """Revisions know where their page is kept."""
    connection.exec_driver_sql("ALTER TABLE revisions ADD COLUMN page_file TEXT DEFAULT '' NOT NULL")
    connection.exec_driver_sql("ALTER TABLE revisions ADD COLUMN page_offset BIGINT DEFAULT '0' NOT NULL")


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (add_pages,)
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
