"""`unsourced page`: the page of a stored article, as it was fetched."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from pipelines.errors import UnreadableFile, WrongUse


def page(
    context: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help="Of an article (its beginning is enough) or of a claim.")],  # noqa: A002
    part: Annotated[
        int, typer.Option(min=1, metavar="N", help="Which one of an article split over several pages.")
    ] = 1,
    store: Annotated[str | None, typer.Option(metavar="FILE|URL", help="The store to read.")] = None,
) -> None:
    """Print the page of a stored article, byte for byte as it was fetched.

    It is what the latest revision was read from, and is kept as long as the settings pages_days and pages_size say.
    Of an article split over several pages it is the first, unless --part names another.

    Example: unsourced page 3f9c2a > page.html
    """
    from crawler.commands.wording import counted
    from crawler.configuration import load_settings
    from pipelines.stores import open_store
    from pipelines.stores.pages import PageFiles, pages_folder

    settings = load_settings(context.obj, store=store)
    with open_store(settings.store, create=False) as opened:
        stored = opened.article(id) or opened.article_of_claim(id)
    if stored is None:
        raise WrongUse(f"{id}: no article and no claim of the store has this id; `unsourced claims` lists them")
    places = (stored.article.fetched_page, *stored.article.further_pages)
    if part > len(places):
        raise WrongUse(f"--part {part}: the article has {counted(len(places), 'page')}")
    place = places[part - 1]
    if place is None:
        raise UnreadableFile(f"{id}: its page was not kept; the settings pages_days and pages_size decide for new ones")
    files = PageFiles(pages_folder(settings.store), days=settings.pages_days, size=settings.pages_size)
    body = files.read(place).body
    if len(places) > 1:
        typer.echo(f"page {part} of {len(places)}; --part prints another", err=True)
    sys.stdout.buffer.write(body)
