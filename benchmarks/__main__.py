"""All figures of accuracy, speed and memory: python -m benchmarks [--saved FOLDER] [--texts FOLDER] [--pages N]

Without folders the pages of the sample newsroom and the gold documents serve.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console

from benchmarks import accuracy, crawl, engine
from pipelines.claims import covered

parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").split("\n")[0])
parser.add_argument("--saved", type=Path, help="*.html.gz with expected.jsonl beside the folder")
parser.add_argument("--texts", type=Path, help="plain texts, *.txt")
parser.add_argument("--language", default="en", help="the language of the texts")
parser.add_argument("--pages", type=int, default=2_100, help="how many pages to crawl")
options = parser.parse_args()
accuracy.score(covered(), Console())
engine.main([str(options.texts), options.language] if options.texts and options.texts.is_dir() else [])
crawled = [str(options.saved)] if options.saved and options.saved.is_dir() else []
crawl.main([*crawled, "--pages", str(options.pages)])
