"""The words that extraction knows, read from vocabulary.toml once."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff]")


@cache
def pattern(table: str, key: str) -> re.Pattern[str]:
    """The list under `table` and `key` as one pattern of alternatives, by any case; ends of words count.

    In lists of lines they do not for scripts that leave no space between words.
    """
    listed = _tables()[table][key]
    unspaced = [words for words in listed if table == "line" and _UNSPACED.search(words)]
    spaced = "|".join(words for words in listed if words not in unspaced)
    return re.compile("|".join([rf"(?<!\w)(?:{spaced})(?!\w)", *unspaced]), re.IGNORECASE)


def keys(table: str) -> tuple[str, ...]:
    """The names of the lists in a table, in the order of the file."""
    return tuple(_tables()[table])


@cache
def replacements(table: str) -> tuple[tuple[str, str], ...]:
    """The pairs of a table, longest spelling first."""
    return tuple(sorted(_tables()[table].items(), key=lambda pair: -len(pair[0])))


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("vocabulary.toml").read_text(encoding="utf-8"))
