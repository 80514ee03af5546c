"""Extract a folder of saved pages and print CPU per page beside trafilatura with its own metadata.

    python benchmarks/extraction.py PAGES EXPECTED.jsonl PREDICTED.jsonl

EXPECTED.jsonl gives `page` (the file's name) and `url` a line; PREDICTED.jsonl is what a scorer compares with it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from trafilatura import bare_extraction

from crawler.extraction import extract_article
from pipelines.items import Moment
from pipelines.normalise import normalise

Saved = list[tuple[str, str, bytes]]


def main() -> None:
    """Read the arguments, extract, write, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("pages", type=Path)
    parser.add_argument("expected", type=Path)
    parser.add_argument("predicted", type=Path)
    parser.add_argument("--rounds", type=int, default=0, help="measure CPU over this many rounds")
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.expected.read_text(encoding="utf-8").splitlines() if line.strip()]
    saved = [(row["page"], row.get("url") or "", _read(args.pages / row["page"])) for row in rows]
    with args.predicted.open("w", encoding="utf-8") as output:
        for page, url, body in saved:
            output.write(json.dumps({"page": page, **_predicted(body, url)}, ensure_ascii=False) + "\n")
    if args.rounds:
        ours = _cpu(saved, lambda body, url: normalise(extract_article(body, url, {}, None, None)), args.rounds)
        peer = _cpu(
            saved,
            lambda body, url: bare_extraction(body, url=url, favor_precision=True, with_metadata=True),
            args.rounds,
        )
        print(
            f"CPU a page: {ours * 1000:.1f} ms, trafilatura with metadata {peer * 1000:.1f} ms, ratio {ours / peer:.2f}"
        )


def _read(path: Path) -> bytes:
    body = path.read_bytes()
    return gzip.decompress(body) if path.suffix == ".gz" else body


def _predicted(body: bytes, url: str) -> dict[str, object]:
    article = normalise(extract_article(body, url, {}, None, None))
    return {
        "url": url,
        "title": article.title,
        "published": _stated(article.published),
        "authors": article.authors,
        "language": article.language,
        "kind": article.kind,
        "text": article.text,
        "problems": [problem.reason for problem in article.problems],
    }


def _stated(moment: Moment | None) -> str | None:
    if moment is None:
        return None
    value = moment.value if moment.zone_from != "none" else moment.value.replace(tzinfo=None)
    return value.date().isoformat() if moment.precision == "day" else value.isoformat()


def _cpu(saved: Saved, extract: Callable[[bytes, str], object], rounds: int) -> float:
    for _, url, body in saved[:10]:
        extract(body, url)
    best = sys.float_info.max
    for _ in range(rounds):
        start = time.process_time()
        for _, url, body in saved:
            extract(body, url)
        best = min(best, (time.process_time() - start) / len(saved))
    return best


if __name__ == "__main__":
    main()
