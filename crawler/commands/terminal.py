"""What the commands show on a terminal: an article sentence by sentence, and lines about one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from rich.console import Console, Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from crawler.commands.palette import CLASSES
from crawler.commands.wording import blocks, counted, day_and_time, paragraphs, reasons_in_words, shown
from pipelines.items import Article, Sentence, Span
from pipelines.records import article_address

FLAG = "⚑"

NO_NOTES: Mapping[Sentence, str] = MappingProxyType({})


def open_console() -> Console:
    """The terminal, or a plain stream as wide as the lines need."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=120)


def class_label(sentence: Sentence) -> Text:
    """The class of a claim in its colour, a dash for what is no claim."""
    if not sentence.claim:
        return Text("–", style="dim")
    return Text(sentence.attribution, style=CLASSES[sentence.attribution].terminal)


def priority_bar(priority: float) -> Text:
    """A priority from 0 to 1 as five blocks, the empty ones dim."""
    bar = Text(blocks(priority))
    bar.highlight_regex("▱+", "dim")
    return bar


def marked_sentence(sentence: Sentence, *, flagged: bool) -> Text:
    """The sentence with its source underlined and its cue in italics."""
    colour = CLASSES[sentence.attribution].terminal
    text = Text(shown(sentence.text), style="bold" if flagged else "" if sentence.claim else "dim")
    for span, style in ((sentence.source, f"underline {colour}"), (sentence.cue, f"italic {colour}")):
        if span:
            text.stylize(style, span.start - sentence.start, span.end - sentence.start)
    if flagged and not (sentence.source or sentence.cue):
        text.stylize(colour)
    return text


def heading(article: Article, outlet: str, flags: int) -> RenderableType:
    """Title, and a line that says where, when, in which language and how many flags."""
    facts = [
        outlet,
        day_and_time(article.published),
        ", ".join(article.authors[:3]),
        article.language,
        article.kind,
        counted(flags, "flag") if article.sentences is not None else "not analysed",
    ]
    return Group(
        Rule(style="dim"),
        Text(shown(article.title) or "(no title)", style="bold"),
        Text(shown(" · ".join(filter(None, facts))), style="dim"),
        Text(shown(article_address(article)), style="dim"),
    )


def document_view(
    article: Article,
    flagged: Collection[Sentence],
    outlet: str = "",
    notes: Mapping[Sentence, str] = NO_NOTES,
) -> RenderableType:
    """An article, each sentence with its class, priority, marked spans, reasons and rule.

    `flagged` are those of its sentences that are flagged, and its headline where that is.

    `notes` is what else to say under a sentence, and under the title where that is flagged.
    """
    chosen = set(flagged)
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=1)
    grid.add_column(width=9)
    grid.add_column(width=5)
    grid.add_column(ratio=1)
    for pieces in paragraphs(article):
        for piece in pieces:
            if isinstance(piece, Span):
                grid.add_row("", "", "", Text(shown(piece.text).strip(), style="dim"))
                continue
            hit = piece in chosen
            colour = CLASSES[piece.attribution].terminal
            grid.add_row(
                Text(FLAG, style=f"bold {colour}") if hit else "",
                class_label(piece),
                priority_bar(piece.priority) if piece.claim else "",
                marked_sentence(piece, flagged=hit),
            )
            if piece.claim:
                why = " · ".join(filter(None, (reasons_in_words(piece), notes.get(piece, ""))))
                grid.add_row("", "", "", Text(shown(why), style="dim"))
        grid.add_row()
    parts: list[RenderableType] = [heading(article, outlet, len(chosen)), Text(), grid]
    if article.headline and article.headline in chosen:
        parts[1:1] = headline_lines(article.headline, notes.get(article.headline, ""))
    return Group(*parts)


def headline_lines(headline: Sentence, note: str) -> list[RenderableType]:
    """A flagged title, which stands right above: why it is flagged, and the note."""
    colour = CLASSES[headline.attribution].terminal
    why = Text(f"{FLAG} headline: {' · '.join(headline.reasons)}", style=f"bold {colour}")
    return [why, Text(shown(note), style="dim")] if note else [why]


def legend() -> RenderableType:
    """What the colours mean."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    for name, look in CLASSES.items():
        grid.add_row(Text(name, style=look.terminal), Text(look.meaning, style="dim"))
    return grid
