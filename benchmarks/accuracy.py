"""Score the claim engine on the labelled documents, and fail below the floors: python -m benchmarks.accuracy [CODE ...]

They stand in two folders, gold/ and challenge/, the floors in floors.toml. `--errors` prints every sentence whose
class, claim or flag is wrong.
"""

from __future__ import annotations

import argparse
import math
import re
import sys
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchmarks.gold import COLLECTIONS, Document, read_gold
from pipelines.claims import analyse_text, covered
from pipelines.claims.language_file import load
from pipelines.items import Attribution, Kind, Sentence
from pipelines.policy import flagged

FLOORS = Path(__file__).parent / "floors.toml"
CLASSES: tuple[Attribution, ...] = get_args(Attribution)
MISSING = Sentence(0, 0, "", claim=False, attribution="none", rule="missing")


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold sentence and what the engine says of the sentence that overlaps it most; `found`: there is one."""

    document: str
    kind: Kind
    gold: Sentence
    predicted: Sentence
    found: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two yes-or-no judgements agree. Matthews' correlation is 0 where one side is constant."""

    hits: int
    false_alarms: int
    misses: int
    rest: int

    @property
    def precision(self) -> float:
        return self.hits / max(1, self.hits + self.false_alarms)

    @property
    def recall(self) -> float:
        return self.hits / max(1, self.hits + self.misses)

    @property
    def f1(self) -> float:
        return 2 * self.hits / max(1, 2 * self.hits + self.false_alarms + self.misses)

    @property
    def mcc(self) -> float:
        said, meant = self.hits + self.false_alarms, self.hits + self.misses
        unsaid, unmeant = self.misses + self.rest, self.false_alarms + self.rest
        root = math.sqrt(said * meant * unsaid * unmeant)
        return (self.hits * self.rest - self.false_alarms * self.misses) / root if root else 0.0


def agreement(answers: Iterable[tuple[bool, bool]]) -> Agreement:
    """Count (gold, predicted) answers."""
    counts = {(True, True): 0, (False, True): 0, (True, False): 0, (False, False): 0}
    for answer in answers:
        counts[answer] += 1
    return Agreement(counts[True, True], counts[False, True], counts[True, False], counts[False, False])


def align(document: Document, predicted: Sequence[Sentence]) -> Iterable[Pair]:
    """Pair each gold sentence with the predicted one that overlaps it most; one without any counts as wrong."""
    for gold in document.sentences:
        best = max(predicted, key=lambda p: min(gold.end, p.end) - max(gold.start, p.start), default=MISSING)
        found = min(gold.end, best.end) > max(gold.start, best.start)
        yield Pair(document.id, document.kind, gold, best if found else MISSING, found)


def judge(path: Path) -> list[Pair]:
    """The labelled documents of a file, named for its language, beside what the engine says of them."""
    pairs: list[Pair] = []
    for document in read_gold(path):
        pairs += align(document, analyse_text(document.text, path.stem, document.title) or ())
    return pairs


def measure(pairs: Sequence[Pair]) -> dict[str, float]:
    """All figures that floors may be set for, by name."""
    documents = len({pair.document for pair in pairs})
    by_class = {name: of_class(pairs, name) for name in CLASSES}
    flags = agreement((flagged(p.gold, p.kind), flagged(p.predicted, p.kind)) for p in pairs)
    return {
        "named_or_not_mcc": by_class["named"].mcc,
        "accuracy": sum(p.found and p.gold.attribution == p.predicted.attribution for p in pairs) / len(pairs),
        "claim_f1": agreement((p.gold.claim, p.predicted.claim) for p in pairs).f1,
        "flagged_f1": flags.f1,
        **{f"{name}_recall": by_class[name].recall for name in CLASSES},
        "flags_a_document": (flags.hits + flags.false_alarms) / documents,
        "gold_flags_a_document": (flags.hits + flags.misses) / documents,
    }


def of_class(pairs: Iterable[Pair], name: Attribution) -> Agreement:
    """Agreement on one class against the four others."""
    return agreement((p.gold.attribution == name, p.found and p.predicted.attribution == name) for p in pairs)


def baseline(pairs: Sequence[Pair], code: str) -> Agreement:
    """The trivial rule: a sentence with a quotation mark or a reporting verb is `named`."""
    lexicon = load(code)
    marks = set("".join(lexicon.script.quotes))
    return agreement(
        (
            p.gold.attribution == "named",
            not marks.isdisjoint(p.gold.text)
            or any(word in lexicon.verbs for word in re.findall(r"[^\W_]+", p.gold.text.lower())),
        )
        for p in pairs
    )


def show(console: Console, path: Path, pairs: Sequence[Pair], figures: dict[str, float]) -> None:
    """Print the figures of a file."""
    documents = len({pair.document for pair in pairs})
    table = Table(
        title=f"{path.parent.name}/{path.name}: {documents} documents, {len(pairs)} sentences", title_justify="left"
    )
    for heading in ("class", "sentences", "precision", "recall", "F1"):
        table.add_column(heading, justify="left" if heading == "class" else "right")
    for name in CLASSES:
        row = of_class(pairs, name)
        table.add_row(name, str(row.hits + row.misses), *(f"{v:.3f}" for v in (row.precision, row.recall, row.f1)))
    console.print(table)
    trivial = baseline(pairs, path.stem)
    console.print(
        f"named or not: MCC {figures['named_or_not_mcc']:.3f} (quotation mark or reporting verb: {trivial.mcc:.3f}); "
        f"five-way accuracy {figures['accuracy']:.3f}; claim F1 {figures['claim_f1']:.3f}; "
        f"flagged F1 {figures['flagged_f1']:.3f}; flags a document {figures['flags_a_document']:.2f}, "
        f"gold {figures['gold_flags_a_document']:.2f}\n",
        highlight=False,
    )


def show_errors(console: Console, pairs: Iterable[Pair]) -> None:
    """Print every sentence on which gold and engine differ."""
    for p in pairs:
        gold, seen = p.gold, p.predicted
        differences = [
            f"{name}: {wanted} not {got}"
            for name, wanted, got in (
                ("class", gold.attribution, seen.attribution if p.found else "no sentence"),
                ("claim", gold.claim, seen.claim),
                ("flagged", flagged(gold, p.kind), flagged(seen, p.kind)),
            )
            if wanted != got
        ]
        if differences:
            reasons = ", ".join(seen.reasons)
            line = f"{p.document}: {'; '.join(differences)} ({seen.rule}; {seen.priority} {reasons}) {gold.text}"
            console.print(Text(line), soft_wrap=True)


def below(name: str, figures: dict[str, float], floors: dict[str, float]) -> list[str]:
    """The floors that a file does not reach, in words."""
    return [
        f"{name}: {measure} is {figures[measure]:.3f}, its floor {floor}"
        for measure, floor in floors.items()
        if figures[measure] < floor
    ]


def score(codes: Sequence[str], console: Console, *, errors: bool = False) -> list[str]:
    """Print the figures of the languages, with the sentences that are wrong where `errors`; the floors that they do not
    reach, in words."""
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    failures: list[str] = []
    for path in (folder / f"{code}.toml" for code in codes for folder in COLLECTIONS):
        name = f"{path.parent.name}/{path.name}"
        if not path.is_file():
            failures.append(f"there is no {name}")
            continue
        pairs = judge(path)
        figures = measure(pairs)
        show(console, path, pairs, figures)
        if errors:
            show_errors(console, pairs)
        pinned = floors.get(path.parent.name, {}).get(path.stem)
        failures += [f"floors.toml has none for {name}"] if pinned is None else below(name, figures, pinned)
    return failures


def main() -> None:
    """Score the languages asked for, or all; exit code 1 below a floor or without documents."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("codes", nargs="*", help="languages; all that the engine covers where none is given")
    parser.add_argument("--errors", action="store_true", help="print the sentences that are wrong")
    args = parser.parse_args()
    console = Console()
    failures = score(args.codes or covered(), console, errors=args.errors)
    for failure in failures:
        console.print(Text(failure, style="red"), soft_wrap=True)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
