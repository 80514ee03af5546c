"""One colour and one sentence for each class of attribution, the same on the terminal and in HTML."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.items import Attribution


@dataclass(frozen=True, slots=True)
class Look:
    """How a class of attribution is shown: a terminal colour, its likeness on light and on dark paper, and in words."""

    terminal: str
    light: str
    dark: str
    meaning: str


CLASSES: dict[Attribution, Look] = {
    "none": Look("red", "#b4232f", "#ff8a8f", "nobody vouches for it: the author asserts it"),
    "anonymous": Look("yellow", "#8f5a00", "#f0b64c", "particular people whose identity is withheld"),
    "vague": Look("magenta", "#8a3aa8", "#d9a0ee", "an indefinite crowd, or reports nobody could find"),
    "hearsay": Look("cyan", "#0f6f8c", "#6cc9e3", "second hand, marked by a word or a verb form alone"),
    "named": Look("green", "#23733f", "#7fce98", "a source one could call"),
}
