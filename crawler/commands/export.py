"""`unsourced export`: the store as JSON lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from crawler.commands.inputs import print_record

if TYPE_CHECKING:
    from pipelines.records import Record
    from pipelines.stores.base import Store

Table = Literal["articles", "claims", "decisions"]


def export(
    context: typer.Context,
    table: Annotated[Table, typer.Argument(metavar="WHAT", help="articles, claims or decisions.")],
    since: Annotated[int, typer.Option(min=0, metavar="SEQUENCE", help="Only what changed after it.")] = 0,
    store: Annotated[str | None, typer.Option(metavar="FILE|URL", help="The store to read.")] = None,
) -> None:
    """Print articles, claims or decisions as JSON lines.

    They come in the order they changed. Every record has a `sequence`: give the last one you have to --since and
    get what came after it.

    Example: unsourced export claims --since 1200 > claims.jsonl
    """
    from crawler.configuration import load_settings
    from pipelines.stores import open_store

    with open_store(load_settings(context.obj, store=store).store, create=False) as opened:
        for record in records(opened, table, since):
            print_record(record)


def records(store: Store, table: Table, since: int) -> Iterator[Record]:
    """The records of one kind after a sequence number, one by one."""
    from pipelines.policy import flagged
    from pipelines.records import claim_record, decision_record, stored_article_record
    from pipelines.stores.base import ArticleFilter

    if table == "decisions":
        yield from map(decision_record, store.decisions(since))
        return
    for stored in store.articles(ArticleFilter(after_sequence=since)):
        if table == "articles":
            yield stored_article_record(stored)
        else:
            for claim in stored.all_claims:
                yield claim_record(stored, claim, flagged=flagged(claim.sentence, stored.article.kind))
