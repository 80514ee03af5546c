"""`python -m tests.site [FOLDER]`: serve the sample newsroom until stopped.

Writes `sources.toml` and `access.jsonl` into the folder and prints the path of the source list once all outlets answer.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from tempfile import mkdtemp

from tests.site.server import Newsroom


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else mkdtemp(prefix="newsroom-"))
    signals = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)  # before the threads start, so that all of them inherit it
    newsroom = Newsroom(folder / "access.jsonl")
    newsroom.start()
    source_list = folder / "sources.toml"
    source_list.write_text(newsroom.source_list(), encoding="utf-8")
    print(source_list, flush=True)  # noqa: T201
    signal.sigwait(signals)


if __name__ == "__main__":
    main()
