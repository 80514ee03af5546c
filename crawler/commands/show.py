"""`unsourced show`: one stored article in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from crawler.commands.inputs import SHORT, print_record
from pipelines.errors import WrongUse

if TYPE_CHECKING:
    from pipelines.stores.base import Claim


def show(
    context: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help="Of an article (its beginning is enough) or of a claim.")],  # noqa: A002
    as_json: Annotated[bool, typer.Option("--json", help="The article with its claims as one JSON object.")] = False,
    store: Annotated[str | None, typer.Option(metavar="FILE|URL", help="The store to read.")] = None,
) -> None:
    """Show a stored article with its claims, flags and decisions.

    Example: unsourced show 3f9c2a
    """
    from crawler.configuration import load_settings
    from pipelines.policy import flagged
    from pipelines.records import claim_record, stored_article_record
    from pipelines.stores import open_store

    with open_store(load_settings(context.obj, store=store).store, create=False) as opened:
        stored = opened.article(id) or opened.article_of_claim(id)
        outlets = {one.id: one.name for one in opened.sources()}
    if stored is None:
        raise WrongUse(f"{id}: no article and no claim of the store has this id; `unsourced claims` lists them")
    flags = [claim for claim in stored.all_claims if flagged(claim.sentence, stored.article.kind)]
    if as_json:
        records = [claim_record(stored, claim, flagged=claim in flags) for claim in stored.all_claims]
        print_record({**stored_article_record(stored), "claims": records})
        return

    from crawler.commands.terminal import document_view, open_console

    article = stored.article
    outlet = outlets.get(article.source_id, article.source_id)
    notes = {claim.sentence: claim_note(claim) for claim in flags}
    chosen = [claim.sentence for claim in flags]
    open_console().print(document_view(article, chosen, outlet, notes))


def claim_note(claim: Claim) -> str:
    """The beginning of a claim's id, as `decide` takes it, and what was decided."""
    if claim.decision is None:
        return f"claim {claim.claim_id[:SHORT]}"
    verdict = f"{claim.decision.verdict.upper()} ({claim.decision.by})"
    return " · ".join(filter(None, (f"claim {claim.claim_id[:SHORT]}", verdict, claim.decision.note)))
