"""`unsourced extract`: pages in, articles out."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.commands.inputs import Faults, print_record
from pipelines.errors import Failure, WrongUse

if TYPE_CHECKING:
    from crawler.extraction import Extraction
    from pipelines.items import Source


def extract(
    context: typer.Context,
    files: Annotated[
        list[str], typer.Argument(metavar="FILE|URL...", help="Saved pages (html, html.gz, warc.gz), - or addresses.")
    ],
    url: Annotated[str, typer.Option(metavar="URL", help="The address the saved page came from.")] = "",
    fetched: Annotated[
        str,
        typer.Option(metavar="TIME", help="When it was fetched (ISO 8601 with offset); relative dates need it."),
    ] = "",
    zone: Annotated[
        str, typer.Option(metavar="ZONE", help="Time zone of the site (Europe/Paris) for times that state none.")
    ] = "",
    explain: Annotated[
        bool, typer.Option("--explain", help="Also what each field could have been, and where that stood.")
    ] = False,
) -> None:
    """Read the article out of each page.

    Title, authors, times, language, kind and text. Prints one JSON object a page. An address is fetched once,
    politely: robots.txt is obeyed.

    Example: unsourced extract --zone Europe/Paris page.html.gz
    """
    from crawler.commands.pages import check_address, examined, read_pages
    from crawler.configuration import load_settings
    from pipelines.records import article_record

    if url and len(files) > 1:
        raise WrongUse(f"--url {url}: belongs to one page, and {len(files)} were given; run them one by one")
    if url:
        check_address(f"--url {url}", url)
    time, source = fetch_time(fetched), site_in(zone)
    contact = load_settings(context.obj).contact
    faults = Faults()
    for page in read_pages(files, faults, contact=contact, url=url, fetched=time):
        with faults.survived():
            found = examined(page, source)
            article = found.article
            if explain:
                explain_choices(page.name, found)
            else:
                print_record({"page": page.name, **article_record(article)})
            if not article.text:
                raise Failure(f"{page.name}: no article was found in it")
    faults.end()


def explain_choices(name: str, found: Extraction) -> None:
    """Every field of metadata with its candidates: a table on a terminal, the whole record elsewhere."""
    from crawler.commands.candidates import choices_view
    from crawler.commands.terminal import open_console
    from pipelines.records import article_record

    record = article_record(found.article)
    console = open_console()
    if console.is_terminal:
        console.print(choices_view(name, record, found.candidates))
        return
    listed = {
        field: [{"value": one.value, "where": one.where} for one in candidates]
        for field, candidates in found.candidates.items()
    }
    print_record({"page": name, **record, "candidates": listed})


def fetch_time(text: str) -> datetime | None:
    """The time of fetching. Raises WrongUse when it is no ISO 8601 time with an offset."""
    if not text:
        return None
    try:
        time = datetime.fromisoformat(text)
    except ValueError as error:
        raise WrongUse(f"--fetched {text}: not an ISO 8601 time; write 2026-11-22T14:05:00+01:00") from error
    if time.tzinfo is None:
        raise WrongUse(f"--fetched {text}: has no offset; write {text}+00:00 or the offset it was taken with")
    return time


def site_in(zone: str) -> Source | None:
    """A nameless source in a time zone. Raises WrongUse when there is no such zone."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    from pipelines.items import Source

    if not zone:
        return None
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise WrongUse(f"--zone {zone}: no such time zone; write an IANA name such as Europe/Paris") from error
    return Source(id="", name="", home="", country="", languages=(), timezone=zone)
