"""`unsourced report`: the flags of a store as one static page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from crawler.commands.inputs import one_of


def report(
    context: typer.Context,
    html: Annotated[str, typer.Option(metavar="FILE", help="The page to write (- for stdout).")],
    source: Annotated[list[str] | None, typer.Option(metavar="ID", help="Of these sources (repeat it).")] = None,
    since: Annotated[str, typer.Option(metavar="TIME|AGE", help="Published from then on: 2026-11-22, 24h, 7d.")] = "",
    new: Annotated[bool, typer.Option("--new", help="Only what nobody has decided yet.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="Articles to show, the most urgent first.")] = 200,
    store: Annotated[str | None, typer.Option(metavar="FILE|URL", help="The store to read.")] = None,
) -> None:
    """Write the flags as one static HTML page.

    To read, mail or print: no script, nothing loaded from elsewhere.

    Example: unsourced report --since 24h --html today.html
    """
    from crawler.commands.cards import Wanted, fold
    from crawler.commands.html import report_page, write_page
    from crawler.commands.times import time_or_age
    from crawler.configuration import load_settings
    from pipelines.stores import open_store
    from pipelines.stores.base import ArticleFilter

    now = datetime.now(UTC)
    time = time_or_age("--since", since, now)
    with open_store(load_settings(context.obj, store=store).store, create=False) as opened:
        outlets = {one.id: one.name for one in opened.sources()}
        chosen = ArticleFilter(source_ids=one_of("--source", source, outlets), since=time)
        cards = fold(opened.articles(chosen), Wanted(new=new))
    write_page(html, report_page(cards[:limit], outlets, now))
    if html != "-":
        typer.echo(f"{html}: {min(len(cards), limit)} of {len(cards)} articles with flags", err=True)
