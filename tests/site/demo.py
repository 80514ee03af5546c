"""`make demo`: serve the sample newsroom, crawl it with the program itself, and show what a desk wants to see.

Leaves demo.db and demo-pages in the working directory, and nothing running.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.table import Table
from rich.text import Text

from crawler.commands.run_report import report_view
from crawler.commands.terminal import open_console
from pipelines.stores.pages import pages_folder
from tests.site.running import serving

STORE = Path("demo.db")
PARTISAN, AGENCY = "base-secrete-valderie", "budget-eau-potable-vote"
TOP = 10
NEXT = {
    f"unsourced claims --store {STORE}": "all flags, article by article",
    f"unsourced claims --store {STORE} --class anonymous --class hearsay": "only what nobody stands behind by name",
    f"unsourced report --store {STORE} --html report.html": "the same as a page to pass on",
    "unsourced explain FILE|URL": "your own text, or a page on the web",
    "unsourced crawl seeds/francophone.toml": "the real thing",
}


def run(*arguments: str, captured: bool = False) -> str:
    """Run a command of the program on the demo's store; what it prints, where that is `captured`."""
    command = [sys.executable, "-m", "crawler.cli", *arguments, "--store", str(STORE)]
    pipe = subprocess.PIPE if captured else None
    return subprocess.run(command, check=True, stdout=pipe, encoding="utf-8").stdout or ""


def records(*arguments: str) -> list[dict[str, Any]]:
    """What a command of the program prints as JSON lines."""
    return [json.loads(line) for line in run(*arguments, captured=True).splitlines()]


def first_flags(flags: list[dict[str, Any]]) -> Table:
    """Those of highest priority over all outlets."""
    table = Table(expand=True)
    for heading in ("priority", "class", "outlet"):
        table.add_column(heading, no_wrap=True)
    table.add_column("sentence", ratio=1)
    for flag in sorted(flags, key=lambda flag: flag["priority"], reverse=True)[:TOP]:
        cells = (f"{flag['priority']:.2f}", flag["attribution"], flag["source_id"], flag["text"])
        table.add_row(*map(Text, cells))
    return table


def main() -> None:
    console = open_console()
    for leftover in STORE.parent.glob(f"{STORE.name}*"):
        leftover.unlink()
    shutil.rmtree(pages_folder(str(STORE)), ignore_errors=True)
    with TemporaryDirectory() as folder, serving(Path(folder)) as newsroom:
        console.rule(f"unsourced crawl: the {len(newsroom.bases)} outlets of the sample newsroom, served on loopback")
        (report,) = records("crawl", str(newsroom.sources), "--json")
    articles = {Path(article["url"]).stem: article["article_id"] for article in records("export", "articles")}
    console.rule("unsourced show: a partisan article")
    run("show", articles[PARTISAN])
    console.rule("unsourced show: an agency story")
    run("show", articles[AGENCY])
    console.rule(f"unsourced claims: the {TOP} flags of highest priority")
    console.print(first_flags(records("claims", "--json", "--limit", "1000")))
    console.rule("the report of the run")
    console.print(report_view(report))
    console.rule("what to type next")
    for command, purpose in NEXT.items():
        console.print(Text.assemble((f".venv/bin/{command}", "bold"), f"  {purpose}"))


if __name__ == "__main__":
    main()
