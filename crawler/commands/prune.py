"""`unsourced prune`: delete what is old."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer


def prune(
    context: typer.Context,
    before: Annotated[str, typer.Option(metavar="TIME|AGE", help="What was stored before it: 2026-01-01, 90d.")],
    store: Annotated[str | None, typer.Option(metavar="FILE|URL", help="The store to delete from.")] = None,
) -> None:
    """Delete old articles with their claims, and old pages.

    Decisions stay, and so does the ledger of addresses, so that nothing deleted is fetched again.

    Example: unsourced prune --before 90d
    """
    from crawler.commands.times import time_or_age
    from crawler.commands.wording import counted
    from crawler.configuration import load_settings
    from pipelines.errors import WrongUse
    from pipelines.stores import open_store
    from pipelines.stores.pages import PageFiles, pages_folder

    time = time_or_age("--before", before, datetime.now(UTC))
    if time is None:
        raise WrongUse("--before: is empty; write a time (2026-01-01) or an age (90d)")
    settings = load_settings(context.obj, store=store)
    with open_store(settings.store, create=False) as opened:
        deleted = opened.prune(time)
    files = PageFiles(pages_folder(settings.store), days=settings.pages_days, size=settings.pages_size)
    pages = files.prune(time.astimezone(UTC).date())
    files_of_pages = f", {counted(pages, 'file')} of pages" if pages else ""
    typer.echo(f"{counted(deleted, 'article')} deleted{files_of_pages}")
