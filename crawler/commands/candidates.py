"""What `extract --explain` shows on a terminal: for each field the choice, then its candidates and where they stood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from crawler.commands.wording import shown

if TYPE_CHECKING:
    from crawler.extraction.page import Candidate
    from pipelines.records import Record

LONGEST = 200  # characters of a value that are shown
IN_RECORD = {"canonical": "url"}
"""Fields whose choice stands under another name in the record."""


def choices_view(name: str, record: Record, candidates: Mapping[str, Sequence[Candidate]]) -> RenderableType:
    """A page by its name, its article's record, and the candidates of each field."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(style="cyan", no_wrap=True)
    grid.add_column(ratio=1)
    for field, stated in candidates.items():
        grid.add_row(field, "→", Text(worded(record.get(IN_RECORD.get(field, field))), style="bold"))
        for candidate in stated:
            grid.add_row("", shown(candidate.where), Text(worded(candidate.value), style="dim"))
    return Group(Rule(shown(name), style="dim"), grid)


def worded(value: object) -> str:
    """A value of a record in one line; a dash where nothing is known."""
    if isinstance(value, dict):  # a span
        value = value.get("text")
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    text = shown(str(value)) if value not in (None, "", ()) else "–"
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
