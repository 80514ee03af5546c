"""`unsourced sources`: what the source lists hold, whether they are right, and entries for new ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.commands.inputs import print_record
from crawler.commands.wording import counted
from pipelines.errors import Failure, WrongUse
from pipelines.items import Source

if TYPE_CHECKING:
    from crawler.address_check import AddressReport

STALE_DAYS = 30
sources = typer.Typer(no_args_is_help=True, help="Source lists: show them, check them, find the entry for a site.")

Lists = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[FILE...]",
        help="Source lists, or folders of them; else those of the configuration, else seeds/.",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


@sources.command("list")
def list_sources(context: typer.Context, files: Lists = None, as_json: AsJson = False) -> None:
    """Show the sources of the lists.

    Example: unsourced sources list seeds/francophone.toml
    """
    from dataclasses import asdict

    found = _load(context, files)
    if as_json:
        for source in found:
            print_record(asdict(source))
        return

    from rich.table import Column, Table
    from rich.text import Text

    from crawler.commands.terminal import open_console

    console = open_console()
    if not console.is_terminal:
        for source in found:
            typer.echo("\t".join([source.id, source.name, source.country, " ".join(source.languages), source.home]))
        return
    table = Table(Column("id", no_wrap=True), "name", "country", "languages", "listings", "tags", box=None)
    for source in found:
        listings = str(_addresses([source]) - 1)
        row = (source.id, source.name, source.country, " ".join(source.languages), listings, ", ".join(source.tags))
        table.add_row(*map(Text, row))
    console.print(table)
    typer.echo(_summary(found))


@sources.command("check")
def check_sources(
    context: typer.Context,
    files: Lists = None,
    online: Annotated[bool, typer.Option("--online", help="Also visit every address once, politely.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check source lists; every mistake is named with file, source, key and value.

    With --online each address is visited: does it answer, with how many entries, how old is the newest, where does it
    lead. Leaves with 2 when a list is wrong and with 1 when an address failed.

    Example: unsourced sources check seeds/francophone.toml --online
    """
    found = _load(context, files)
    if not online:
        if as_json:
            print_record({"sources": len(found), "addresses": _addresses(found), "mistakes": 0})
        else:
            typer.echo(_summary(found))
        return
    from crawler.address_check import check_addresses
    from crawler.configuration import load_settings
    from crawler.probe import run_probe

    now = datetime.now(UTC)

    def tell(report: AddressReport) -> None:
        if as_json:
            newest = report.newest.isoformat() if report.newest else None
            fields = ("type", "url", "status", "entries", "redirect", "permanently", "problem")
            values = {field: getattr(report, field) for field in fields}
            print_record({"source": report.source_id, **values, "newest": newest})
        else:
            typer.echo(_report_line(report, now))

    settings = load_settings(context.obj or "")
    reports = run_probe(lambda fetch: check_addresses(fetch, found, tell), contact=settings.contact)
    failed = sum(bool(report.problem) for report in reports)
    if failed:
        raise Failure(f"{failed} of {len(reports)} addresses failed; correct them in the list, or leave them out")
    if not as_json:
        typer.echo(f"all is well: {counted(len(reports), 'address', 'addresses')} of {counted(len(found), 'source')}")


@sources.command("find")
def find_source(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="Home page of the site.")],
    as_json: AsJson = False,
) -> None:
    """Print a ready entry for a site, from its link tags, its robots.txt and the usual paths.

    The entry goes to stdout and what was found to stderr, so that `>> my-sources.toml` keeps the entry alone.

    Example: unsourced sources find https://www.lemonde.fr/ >> my-sources.toml
    """
    from crawler.configuration import load_settings
    from crawler.discovery import entry, find
    from crawler.probe import run_probe

    settings = load_settings(context.obj or "")
    finding = run_probe(lambda fetch: find(fetch, url), contact=settings.contact)
    now = datetime.now(UTC)
    if as_json:
        for listing in finding.listings:
            newest = listing.newest.isoformat() if listing.newest else None
            print_record({"type": listing.type, "url": listing.url, "entries": len(listing.entries), "newest": newest})
        return
    typer.echo(entry(finding), nl=False)
    for listing in finding.listings:
        typer.echo(f"{listing.type} {listing.url}: {len(listing.entries)} entries{_age(listing.newest, now)}", err=True)
    if not finding.listings:
        typer.echo("no feed and no sitemap found: the home page alone will be read", err=True)


def _load(context: typer.Context, files: Sequence[Path] | None) -> tuple[Source, ...]:
    from crawler.configuration import load_settings
    from crawler.sources import load_sources

    chosen = files or [Path(name) for name in load_settings(context.obj or "").sources] or [Path("seeds")]
    if not files and not chosen[0].exists():
        raise WrongUse(f"{chosen[0]}: there is no such source list; name one, as `unsourced sources list FILE`")
    return load_sources(chosen)


def _addresses(found: Sequence[Source]) -> int:
    return sum(1 + len(source.feeds) + len(source.sitemaps) + len(source.sections) for source in found)


def _summary(found: Sequence[Source]) -> str:
    countries = {source.country for source in found}
    languages = {language for source in found for language in source.languages}
    return (
        f"{counted(len(found), 'source')} in {counted(len(countries), 'country', 'countries')}"
        f" and {counted(len(languages), 'language')},"
        f" {counted(_addresses(found), 'address', 'addresses')}: no mistake"
    )


def _report_line(report: AddressReport, now: datetime) -> str:
    outcome = report.problem or f"{report.entries} entries{_age(report.newest, now)}"
    move = (
        f"; {'moved for good' if report.permanently else 'redirected'} to {report.redirect}" if report.redirect else ""
    )
    return f"{'FAILED' if report.problem else 'ok    '} {report.source_id} {report.type} {report.url}: {outcome}{move}"


def _age(newest: datetime | None, now: datetime) -> str:
    if newest is None:
        return ""
    days = (now - newest).days
    age = f"{days} days" if days > 1 else f"{max(0, round((now - newest).total_seconds() / 3600))} hours"
    return f", newest {age} old" + (": stale" if days > STALE_DAYS else "")
