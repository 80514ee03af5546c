"""Run the sample newsroom in a process of its own, and read its access log."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Running:
    """A newsroom that is being served: its source list, its access log and the address of each outlet."""

    sources: Path
    log: Path
    bases: dict[str, str]

    def visits(self) -> list[dict[str, Any]]:
        """Every request so far, oldest first, with the keys that the server's access log writes."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def edit(self) -> None:
        """Have the newsroom edit the articles that have another text to show."""
        base = next(iter(self.bases.values()))
        with urlopen(Request(base + "/.newsroom/edit", method="POST"), timeout=10) as response:
            response.read()


@contextmanager
def serving(folder: Path) -> Iterator[Running]:
    """Serve the newsroom with its files in `folder`; it is stopped at the end of the block, whatever happens."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.site", str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None
            line = server.stdout.readline().strip()
            if not line:
                raise RuntimeError(f"the sample newsroom did not start (exit code {server.wait()})")
            sources = Path(line)
            tables = tomllib.loads(sources.read_text(encoding="utf-8"))["source"]
            bases = {table["id"]: table["home"].rstrip("/") for table in tables}
            yield Running(sources, folder / "access.jsonl", bases)
        finally:
            server.terminate()
