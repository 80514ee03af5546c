"""`unsourced crawl`: visit sources and keep what they publish."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from crawler.commands.inputs import print_record
from pipelines.errors import Failure, WrongUse

ENDED_WELL = ("finished", "shutdown")


def crawl(
    context: typer.Context,
    lists: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[SOURCES...]", help="Source lists, or folders of them; else those of the settings."),
    ] = None,
    only: Annotated[list[str] | None, typer.Option(metavar="ID", help="This source alone (repeat it).")] = None,
    due: Annotated[bool, typer.Option("--due", help="Leave out what need not be visited again yet.")] = False,
    budget: Annotated[int | None, typer.Option(metavar="N", help="Requests to one domain, at most.")] = None,
    workers: Annotated[int | None, typer.Option(metavar="N", help="Processes that extract and analyse.")] = None,
    contact: Annotated[str | None, typer.Option(metavar="TEXT", help="How webmasters reach you.")] = None,
    progress: Annotated[
        Literal["auto", "live", "lines", "off"], typer.Option(help="How it is getting on: a live line, or plain ones.")
    ] = "auto",
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], typer.Option(help="Scrapy's own log.")
    ] = "CRITICAL",
    as_json: Annotated[bool, typer.Option("--json", help="The run report as one JSON object.")] = False,
    store: Annotated[str | None, typer.Option(metavar="FILE|URL", help="Where to keep everything.")] = None,
) -> None:
    """Visit news sites, keep their articles, flag claims.

    Ends with a report of what was fetched, stored, skipped and why. Ctrl-C ends it cleanly, a second one at once;
    the next crawl goes on where this one stopped.

    Example: unsourced crawl seeds/francophone.toml --due
    """
    from crawler.configuration import load_settings
    from crawler.crawl import run_crawl
    from crawler.sources import load_sources, select_sources

    settings = load_settings(context.obj, store=store, budget=budget, workers=workers, contact=contact)
    chosen = lists or [Path(name) for name in settings.sources]
    if not chosen:
        raise WrongUse("no source list: name one, as `unsourced crawl seeds/francophone.toml`, or set `sources`")
    report = run_crawl(
        select_sources(load_sources(chosen), only or ()),
        settings.store,
        due=due,
        contact=settings.contact,
        budget=settings.budget,
        workers=settings.workers,
        progress=progress,
        log_level=log_level,
        settings={"PAGES_DAYS": settings.pages_days, "PAGES_SIZE_MB": settings.pages_size},
    )
    if as_json:
        print_record(dict(report))
    else:
        show_report(report, settings.store)
    if report["nothing"]:
        raise Failure(report["nothing"])
    if report["finish"] not in ENDED_WELL:
        raise Failure(f"the crawl was cut short ({report['finish']}); what was fetched is kept, run it again to go on")


def show_report(report: Mapping[str, Any], store: str) -> None:
    """The run report as a table, and what to type next."""
    from rich.text import Text

    from crawler.commands.run_report import report_view
    from crawler.commands.terminal import open_console

    console = open_console()
    console.print(report_view(report))
    if report.get("articles"):
        option = "" if store == "unsourced.db" else f" --store {store}"
        console.print(Text(f"Next: unsourced claims{option}", style="dim"))
