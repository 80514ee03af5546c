"""`unsourced decide`: a person's verdict on a claim."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from typing import Annotated, get_args

import typer

from crawler.commands.inputs import one_of
from pipelines.errors import WrongUse
from pipelines.stores.base import Verdict


def decide(
    context: typer.Context,
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="The id of the claim, as `claims` shows it.")],
    verdict: Annotated[
        str, typer.Argument(metavar="VERDICT", help="to-check, sourced-in-context, wrong-label or not-checkable.")
    ],
    note: Annotated[str, typer.Option(metavar="TEXT", help="A remark to keep with it.")] = "",
    reviewer: Annotated[str | None, typer.Option(metavar="NAME", help="Who decides.")] = None,
    store: Annotated[str | None, typer.Option(metavar="FILE|URL", help="The store to write to.")] = None,
) -> None:
    """Give a verdict on a claim.

    Earlier decisions are kept, the last one counts, and `claims --new` shows the claim no more.

    Example: unsourced decide 5be0a1c2d3e4 to-check --note "asked the ministry"
    """
    from crawler.configuration import load_settings
    from pipelines.stores import open_store

    (found,) = one_of("VERDICT", [verdict.replace("-", " ")], get_args(Verdict))
    settings = load_settings(context.obj, store=store, reviewer=reviewer)
    with open_store(settings.store, create=False) as opened:
        if opened.article_of_claim(claim) is None:
            raise WrongUse(f"{claim}: no claim of the store has this id; `unsourced claims` lists them")
        decision = opened.decide(claim, found, note, settings.reviewer or login_name(), datetime.now(UTC))
    typer.echo(f"{decision.claim_id}: {decision.verdict} (decision {decision.sequence}, {decision.by})")


def login_name() -> str:
    """Who is logged in, where the system knows."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
