"""The run report in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from crawler.commands.wording import counted, shown

GROUPS = {
    "listings": "feeds, sitemaps, sections",
    "addresses": "addresses",
    "articles": "articles",
    "languages": "languages",
    "skipped": "skipped, because",
    "failed": "failed, to be tried again",
    "gone": "given up",
    "left": "left for the next crawl",
    "problems": "kept with a problem",
}
TROUBLE = {"failed": "yellow", "gone": "yellow", "problems": "yellow"}


def report_view(report: Mapping[str, Any]) -> RenderableType:
    """What was visited, fetched, stored, skipped and why; a group that counted nothing is left out."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="bold")
    table.add_column(justify="right")
    table.add_column()
    for group, title in GROUPS.items():
        head = Text(title, style=TROUBLE.get(group, ""))
        for name, number in report.get(group, {}).items():
            table.add_row(head, f"{number:,}", Text(shown(name)))
            head = Text()
    if "sources" not in report:  # ended at once, before anything was counted up
        return Text(report["finish"], style="bold")
    facts = (
        counted(report["sources"], "source"),
        counted(report["requests"], "request"),
        f"{report['bytes'] / 1_000_000:,.1f} MB",
        f"{report['seconds']:,} s",
        report["finish"],
    )
    return Group(Text(" · ".join(facts), style="bold"), table)
