"""Speed and memory of the claim engine, beside the trivial baseline: a quotation mark or a reporting verb.

    python -m benchmarks.engine [FOLDER [CODE]]

FOLDER holds plain texts `*.txt` in the language CODE (`en` where left out); without one the gold documents serve. CPU
is that of `unsourced analyse` over all of them, its JSON output included, less that over the first alone.
"""

from __future__ import annotations

import argparse
import gc
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.gold import FOLDER, read_gold
from pipelines.claims import analyse_text, covered
from pipelines.claims.language_file import load

ROUNDS = 3
USUAL, LONG = 4_600, 200_000  # characters of a usual document, and of one that shows whether time grows with length
PAGE_BYTES = resource.getpagesize()


def command_seconds(files: Sequence[Path], code: str) -> float:
    """CPU seconds of `unsourced analyse` over the files: the best of several."""
    command = [sys.executable, "-m", "crawler.cli", "analyse", "--language", code, *map(str, files)]

    def run() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return min(run() for _ in range(ROUNDS))


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of some work in this process: the best of several, after one that warms its caches."""
    work()
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def trivial(text: str, code: str) -> list[bool]:
    """The baseline, sentence by sentence: has it a quotation mark or a reporting verb?"""
    lexicon = load(code)
    marks = set("".join(lexicon.script.quotes))
    return [
        not marks.isdisjoint(sentence)
        or any(word in lexicon.verbs for word in re.findall(r"[^\W_]+", sentence.lower()))
        for sentence in re.split(r"(?<=[.!?])\s+", text)
    ]


def resident() -> float:
    """Megabytes of this process in memory."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE_BYTES / 2**20


def print_memory() -> None:
    """Memory that the languages take once they are loaded and have been used; for a process of its own."""
    before = resident()
    for code in covered():
        analyse_text("", code)
    print(f"memory of {len(covered())} loaded languages: {resident() - before:.1f} MB")


def measure(folder: Path, code: str) -> None:
    """Print milliseconds a document, beside the baseline, and how they grow with length."""
    files = sorted(folder.glob("*.txt"))
    if len(files) < 2:
        sys.exit(f"{folder} holds fewer than two *.txt: there is nothing to measure")
    ours = (command_seconds(files, code) - command_seconds(files[:1], code)) / (len(files) - 1)
    texts = [file.read_text(encoding="utf-8") for file in files]
    plain = seconds(lambda: [trivial(text, code) for text in texts]) / len(texts)
    length = sum(map(len, texts)) / len(texts)
    print(f"analyse --language {code}: {ours * 1000:.2f} ms a document of {length:.0f} characters, ", end="")
    print(f"trivial baseline {plain * 1000:.2f} ms ({len(texts)} documents)")
    whole = "\n".join(texts)
    whole *= LONG // len(whole) + 1
    usual, long = (seconds(lambda size=size: analyse_text(whole[:size], code)) for size in (USUAL, LONG))  # type: ignore[misc]
    print(f"{LONG:,} characters: {long * 1000:.0f} ms, {long / usual:.0f} times as much as {USUAL:,} characters")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the folder, or the gold documents of one language."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engine", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", help="plain texts; the gold documents where left out")
    parser.add_argument("code", nargs="?", default="en", help="their language")
    options = parser.parse_args(arguments)
    if options.folder:
        measure(options.folder, options.code)
    else:
        with tempfile.TemporaryDirectory() as folder:
            for document in read_gold(FOLDER / f"{options.code}.toml"):
                (Path(folder) / f"{document.id}.txt").write_text(document.text, encoding="utf-8")
            measure(Path(folder), options.code)
    sys.stdout.flush()
    subprocess.run([sys.executable, "-c", "from benchmarks.engine import print_memory; print_memory()"], check=True)


if __name__ == "__main__":
    main()
