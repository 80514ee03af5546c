"""`unsourced prune`: delete what is old."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer


def prune(
    context: typer.Context,
    before: Annotated[str, typer.Option(metavar="TIME|AGE", help="Articles stored before it: 2026-01-01, 90d.")],
    store: Annotated[str | None, typer.Option(metavar="FILE|URL", help="The store to delete from.")] = None,
) -> None:
    """Delete old articles with their claims.

    Decisions stay, and so does the ledger of addresses, so that nothing deleted is fetched again.

    Example: unsourced prune --before 90d
    """
    from crawler.commands.times import time_or_age
    from crawler.configuration import load_settings
    from pipelines.errors import WrongUse
    from pipelines.stores import open_store

    time = time_or_age("--before", before, datetime.now(UTC))
    if time is None:
        raise WrongUse("--before: is empty; write a time (2026-01-01) or an age (90d)")
    with open_store(load_settings(context.obj, store=store).store, create=False) as opened:
        deleted = opened.prune(time)
    typer.echo(f"{deleted} articles deleted")
