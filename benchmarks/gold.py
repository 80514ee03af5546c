"""Gold documents: short texts written for this project, labelled sentence by sentence by the definition.

`gold/<code>.toml` has stories as a newspaper prints them; `challenge/<code>.toml` the same news from every sort of
source in ever other words, and articles. Both hold `[[document]]` tables: `id`, `title`, `kind` (`news` where left
out) and `text`, in which each line is `CLASS PRIORITY | SENTENCE` and a blank line ends a paragraph. CLASS is named,
anonymous, vague, hearsay or none; PRIORITY is 0, 1 or 2, or `-` for a sentence that is no claim. What a sentence takes
from its paragraph (`context`) and whether it is flagged follow from these labels and the policy.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

from pipelines.errors import UnreadableFile
from pipelines.items import Attribution, Context, Kind, Sentence

FOLDER = Path(__file__).parent / "gold"
COLLECTIONS = (FOLDER, Path(__file__).parent / "challenge")
LINE = re.compile(rf"({'|'.join(get_args(Attribution))}) ([012-]) \| (\S.*)")
PRIORITY = {"0": 0.0, "1": 0.5, "2": 0.75, "-": 0.0}
KEYS = {"id", "title", "kind", "text"}


@dataclass(frozen=True, slots=True)
class Document:
    """A gold document: its text with a newline after each paragraph, and its sentences as they should be labelled."""

    id: str
    title: str
    kind: Kind
    text: str
    sentences: tuple[Sentence, ...]


def languages() -> tuple[str, ...]:
    """The codes of the languages that have gold."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def read_gold(path: Path) -> tuple[Document, ...]:
    """The documents of a gold file. Raises UnreadableFile with the document and the line of a mistake."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get("document", [])
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise UnreadableFile(f"{path.name}: {error}") from error
    return tuple(_document(table, path.name) for table in tables)


def _document(table: dict[str, Any], name: str) -> Document:
    where = f"{name}: document {table.get('id')!r}"
    if unknown := table.keys() - KEYS:
        raise UnreadableFile(f"{where}: unknown key {min(unknown)!r}; known are {', '.join(sorted(KEYS))}")
    kind = table.get("kind", "news")
    if kind not in get_args(Kind):
        raise UnreadableFile(f"{where}: kind = {kind!r}: known are {', '.join(get_args(Kind))}")
    text = ""
    sentences: list[Sentence] = []
    context: Context | None = None
    for line in table["text"].strip().splitlines():
        if not line.strip():
            text, context = f"{text}\n", None
            continue
        match = LINE.fullmatch(line.strip())
        if not match:
            raise UnreadableFile(f"{where}: {line!r}: a line reads CLASS PRIORITY | SENTENCE")
        text += " " if text and not text.endswith("\n") else ""
        sentence = _sentence(match, len(text))
        text += sentence.text
        if sentence.attribution != "none":
            context = Context(sentence.attribution, "")
        elif sentence.claim:
            sentence = replace(sentence, context=context)
        sentences.append(sentence)
    return Document(table["id"], table["title"], kind, text, tuple(sentences))


def _sentence(match: re.Match[str], start: int) -> Sentence:
    attribution, priority, words = match.groups()
    return Sentence(
        start=start,
        end=start + len(words),
        text=words,
        claim=priority != "-",
        attribution=attribution,  # type: ignore[arg-type]
        rule="gold",
        priority=PRIORITY[priority],
    )
