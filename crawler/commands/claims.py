"""`unsourced claims`: the flags in the store, grouped by article."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from crawler.commands.inputs import SHORT, known_language, one_of, print_record
from crawler.commands.palette import CLASSES
from pipelines.items import Kind

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from crawler.commands.cards import Card
    from pipelines.stores.base import Claim

FIRST = 3  # flags shown of one article
NOTHING = "nothing flagged, or nothing that fits these filters"


def claims(
    context: typer.Context,
    source: Annotated[list[str] | None, typer.Option(metavar="ID", help="Of these sources (repeat it).")] = None,
    language: Annotated[list[str] | None, typer.Option(metavar="CODE", help="In these languages.")] = None,
    class_: Annotated[
        list[str] | None, typer.Option("--class", metavar="CLASS", help=f"Of these classes: {', '.join(CLASSES)}.")
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option(metavar="KIND", help="In articles of these kinds: news, opinion ...")
    ] = None,
    since: Annotated[str, typer.Option(metavar="TIME|AGE", help="Published from then on: 2026-11-22, 24h, 7d.")] = "",
    priority: Annotated[float, typer.Option(min=0, max=1, help="Of this priority or higher.")] = 0.0,
    new: Annotated[bool, typer.Option("--new", help="Only what nobody has decided yet.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="Articles to show, the most urgent first.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a flag.")] = False,
    store: Annotated[str | None, typer.Option(metavar="FILE|URL", help="The store to read.")] = None,
) -> None:
    """List the flags by article, the most urgent first.

    Copies of a story are folded under its first outlet. Elsewhere than on a terminal: one line a flag, separated by
    tabs.

    Example: unsourced claims --since 24h --class anonymous --class vague --new
    """
    from crawler.commands.cards import Wanted, fold
    from crawler.commands.terminal import open_console
    from crawler.commands.times import time_or_age
    from crawler.configuration import load_settings
    from pipelines.stores import open_store
    from pipelines.stores.base import ArticleFilter

    classes = one_of("--class", class_, CLASSES)
    languages = tuple(map(known_language, language or ()))
    kinds = one_of("--kind", kind, get_args(Kind))
    time = time_or_age("--since", since, datetime.now(UTC))
    with open_store(load_settings(context.obj, store=store).store, create=False) as opened:
        outlets = {one.id: one.name for one in opened.sources()}
        sources = one_of("--source", source, outlets)
        chosen = ArticleFilter(sources, languages, kinds, classes, time)
        cards = fold(opened.articles(chosen), Wanted(classes, priority, new))
    console = open_console()
    if as_json:
        print_json(cards[:limit])
    elif console.is_terminal:
        print_cards(console, cards, outlets, limit)
    else:
        print_lines(cards[:limit], outlets)
    if not cards and not console.is_terminal:
        typer.echo(NOTHING, err=True)


def print_json(cards: list[Card]) -> None:
    """One JSON object a flag."""
    from pipelines.records import claim_record

    for card in cards:
        for claim in card.with_headline:
            print_record({**claim_record(card.stored, claim, flagged=True), "copies": card.copies})


def print_lines(cards: list[Card], outlets: Mapping[str, str]) -> None:
    """One line a flag: claim, priority, class, outlet, title, sentence."""
    from crawler.commands.wording import shown

    for card in cards:
        article = card.stored.article
        outlet = outlets.get(article.source_id, article.source_id)
        for claim in card.with_headline:
            sentence = claim.sentence
            cells = (claim.claim_id, f"{sentence.priority:.2f}", sentence.attribution, outlet)
            typer.echo("\t".join((*cells, shown(article.title), shown(sentence.text))))


def print_cards(console: Console, cards: list[Card], outlets: Mapping[str, str], limit: int) -> None:
    """Cards on a terminal, and a last line that counts them."""
    from rich.text import Text

    from crawler.commands.wording import counted

    for card in cards[:limit]:
        console.print(card_view(card, outlets))
    flags = sum(len(card.with_headline) for card in cards)
    left = len(cards) - limit
    more = f"; {counted(left, 'more article')}: --limit {len(cards)}" if left > 0 else ""
    tip = "unsourced show ID reads one in full" if cards else NOTHING
    console.print(Text(f"{counted(flags, 'flag')} in {counted(len(cards), 'article')}{more}. {tip}.", style="dim"))


def card_view(card: Card, outlets: Mapping[str, str]) -> RenderableType:
    """One article with its first flags and the outlets that copied it."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    from crawler.commands.terminal import class_label, marked_sentence, priority_bar
    from crawler.commands.wording import counted, day_and_time, reasons_in_words, shown

    article = card.stored.article
    facts = " · ".join(
        (day_and_time(article.published) or "undated", article.language, article.kind, card.stored.article_id[:SHORT])
    )
    head = Text.assemble(
        (shown(outlets.get(article.source_id, article.source_id)), "bold blue"), "  ", (shown(article.title), "bold")
    )
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=1)
    grid.add_column(width=9)
    grid.add_column(width=5)
    grid.add_column(ratio=1)

    def add_why(claim: Claim, *reasons: str) -> None:
        verdict = claim.decision.verdict.upper() if claim.decision else ""
        why = " · ".join(filter(None, (verdict, *reasons, claim.claim_id[:SHORT])))
        grid.add_row("", "", "", Text(shown(why), style="dim"))

    if card.headline:
        headline = card.headline.sentence
        label = Text("headline", style=CLASSES[headline.attribution].terminal)
        grid.add_row("", label, "", Text(" · ".join(headline.reasons), style="bold"))
        add_why(card.headline)
    for claim in card.flags[:FIRST]:
        bar = priority_bar(claim.sentence.priority)
        grid.add_row("", class_label(claim.sentence), bar, marked_sentence(claim.sentence, flagged=True))
        add_why(claim, reasons_in_words(claim.sentence))
    tail = []
    if len(card.flags) > FIRST:
        tail.append(counted(len(card.flags) - FIRST, "more flag"))
    if card.copies:
        names = ", ".join(outlets.get(one, one) for one in card.outlets)
        tail.append(counted(card.copies, "copy", "copies") + (f": {names}" if names else ""))
    more = [Text(shown(f"  + {' · '.join(tail)}"), style="dim")] if tail else []
    return Group(head, Text(facts, style="dim"), grid, *more, Text())
