"""`make demo`: serve the sample newsroom, crawl it with the program itself, and show what a desk wants to see.

Leaves behind demo.db in the working directory, and nothing running.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tests.site.running import serving

STORE = Path("demo.db")
PARTISAN, AGENCY = "base-secrete-valderie", "port-lazare-greve-ecluses"


def unsourced(*arguments: str) -> None:
    """Run a command of the program on this terminal."""
    subprocess.run([sys.executable, "-m", "crawler.cli", *arguments, "--store", str(STORE)], check=True)


def records(*arguments: str) -> list[dict[str, object]]:
    """What a command of the program prints as JSON lines."""
    command = [sys.executable, "-m", "crawler.cli", *arguments, "--store", str(STORE)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in output.splitlines()]


def first_flags(number: int) -> Table:
    """The flags of highest priority over all outlets."""
    flags = sorted(records("claims", "--json", "--limit", "1000"), key=lambda flag: -float(str(flag["priority"])))
    table = Table(expand=True)
    for heading, ratio in (("priority", None), ("class", None), ("outlet", None), ("sentence", 1)):
        table.add_column(heading, ratio=ratio, no_wrap=ratio is None)
    for flag in flags[:number]:
        cells = (f"{flag['priority']:.2f}", flag["attribution"], flag["source_id"], flag["text"])
        table.add_row(*(Text(str(cell)) for cell in cells))
    return table


def main() -> None:
    console = Console()
    for leftover in STORE.parent.glob(STORE.name + "*"):
        leftover.unlink()
    with TemporaryDirectory() as folder, serving(Path(folder)) as newsroom:
        console.rule(f"{len(newsroom.bases)} outlets are served on this machine: unsourced crawl")
        unsourced("crawl", str(newsroom.sources))
    found = {Path(str(article["url"])).stem: str(article["article_id"]) for article in records("export", "articles")}
    console.rule("A partisan article: unsourced show")
    unsourced("show", found[PARTISAN])
    console.rule("An agency story: unsourced show")
    unsourced("show", found[AGENCY])
    console.rule("The ten flags of highest priority: unsourced claims")
    console.print(first_flags(10))


if __name__ == "__main__":
    main()
