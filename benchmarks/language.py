"""How often the language of a text is told rightly: python -m benchmarks.language [--errors]

The texts are one invented story in many languages (stories.toml): as a whole, and each of its sentences.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.language import UNDECIDED, detect_language

STORIES: Mapping[str, Sequence[str]] = tomllib.loads(
    Path(__file__).with_name("stories.toml").read_text(encoding="utf-8")
)
ONE_VOICE = frozenset({"is", "xh", "zu"})
"""The languages of the stories that langdetect lacks, so that only one voice is left: they are told less often."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered for texts in known languages: (code, answer, text) of every answer that is not the code."""

    texts: int
    wrong: tuple[tuple[str, str, str], ...]
    undecided: tuple[tuple[str, str, str], ...]


def told(texts: Sequence[tuple[str, str]]) -> Told:
    """The answers for (code, text) pairs."""
    answers = [(code, detect_language(text).code, text) for code, text in texts]
    missed = [answer for answer in answers if answer[0] != answer[1]]
    undecided = tuple(answer for answer in missed if answer[1] == UNDECIDED.code)
    return Told(len(answers), tuple(answer for answer in missed if answer not in undecided), undecided)


def bodies() -> Told:
    """The answers for the whole stories."""
    return told([(code, " ".join(sentences)) for code, sentences in STORIES.items()])


def sentences(*, one_voice: bool) -> Told:
    """The answers for each sentence by itself, in the languages with one voice or in those with two."""
    return told(
        [(code, sentence) for code, story in STORIES.items() if (code in ONE_VOICE) == one_voice for sentence in story]
    )


def main() -> None:
    """Print the shares, and with --errors every answer that was not the language."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.language", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--errors", action="store_true", help="print every answer that was not the language")
    args = parser.parse_args()
    measured = (
        (f"bodies in {len(STORIES)} languages", bodies()),
        ("sentences, two voices", sentences(one_voice=False)),
        ("sentences, one voice", sentences(one_voice=True)),
    )
    for name, found in measured:
        wrong, undecided = len(found.wrong) / found.texts, len(found.undecided) / found.texts
        print(f"{name:24} {found.texts:4}: wrong {wrong:5.1%}, undecided {undecided:5.1%}")
        for code, answer, text in (*found.wrong, *found.undecided) if args.errors else ():
            print(f"  {code} told as {answer}: {text}")


if __name__ == "__main__":
    main()
