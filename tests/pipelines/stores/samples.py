"""Sources, texts and articles for the tests of the store."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from pipelines.duplicates import fingerprint
from pipelines.items import Article, Sentence

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def long_text(seed: int, words: int = 300) -> str:
    """A text of its own for each seed, long enough for a signature."""
    draw = random.Random(seed)
    return " ".join(f"word{draw.randrange(50_000)}" for _ in range(words))


def claims(*texts: str) -> tuple[Sentence, ...]:
    """Sentences that are claims of nobody."""
    return tuple(Sentence(0, len(text), text, True, "none", "assertion", priority=0.8) for text in texts)


def article(source: str = "gazette", page: str = "1", text: str = "", **fields: Any) -> Article:
    """An article as the duplicates stage hands it on."""
    url = f"https://{source}.example/{page}"
    made = Article(source, url, url, NOW, title=f"Title {page}", text=text, sentences=())
    mark, signature = fingerprint(text)
    return replace(made, text_hash=mark, signature=signature, **fields)


def edited(text: str, places: Sequence[int]) -> str:
    """The text with other words at some places."""
    words = text.split()
    for place in places:
        words[place] = f"edit{place}"
    return " ".join(words)
