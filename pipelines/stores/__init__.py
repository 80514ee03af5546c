"""Stores: where sources, ledger, articles, claims and decisions are kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.stores.base import Store


def open_store(address: str | Path, *, create: bool = True) -> Store:
    """Open the store at a path (SQLite) or an SQLAlchemy URL, made or migrated to this version's schema if need be.

    Raises `UnreadableFile` when there is no such file and `create` is false, `StoreFailure` when it cannot be opened,
    is no store, or was made by a newer version.
    """
    from pipelines.stores.sql import SQLStore  # SQLAlchemy takes half a second to import: only who needs it waits

    return SQLStore(str(address), create=create)
