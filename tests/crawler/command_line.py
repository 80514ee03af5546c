"""The real console script, for tests of the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crawler.cli import main

SCRIPT = Path(sys.executable).with_name("unsourced")


def unsourced(
    *arguments: str | Path, cwd: Path, stdin: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `unsourced` in a folder, with no setting but those given; says so when it ends in a traceback."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("UNSOURCED_")}
    ended = subprocess.run(
        [SCRIPT, *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        env={**kept, "COLUMNS": "120", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert "Traceback" not in ended.stderr, ended.stderr
    return ended


def in_this_process(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """The exit code of what the console script calls, without the time a process takes to start."""
    monkeypatch.setattr(sys, "argv", ["unsourced", *arguments])
    try:
        main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def lines(output: str) -> list[dict[str, Any]]:
    """The JSON objects of an output, one a line."""
    return [json.loads(line) for line in output.splitlines()]
