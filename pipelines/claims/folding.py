"""Texts as the engine reads them: composed, without invisible characters, and lower-cased at the same length."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\v\f\r"
LINE_BREAKS = "\u0085\u2028\u2029"
DASHES = "\u2012\u2015\u2e3a\ufe58"
# One character to one, so that offsets stay; the last has a lower case longer than itself.
PLAIN = {
    **dict.fromkeys(SPACES, " "),
    **dict.fromkeys(LINE_BREAKS, "\n"),
    **dict.fromkeys(DASHES, "—"),
    "İ": "i",
}
APOSTROPHES = {"’": "'", "ʼ": "'"}
COMBINING = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u3099\u309a"


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` without what a reader does not see, `low` its lower case of the same length.

    `origin` gives for each offset of `text` the offset in the original, or is None where they are the same.
    """

    text: str
    low: str
    origin: tuple[int, ...] | None

    def original(self, offset: int) -> int:
        """The offset in the original text of an offset in `text`."""
        return offset if self.origin is None else self.origin[offset]


def fold(text: str, ignored: str = "", equivalents: dict[int, str] | None = None) -> Folded:
    """Fold a text for matching.

    `ignored` are characters of the language that carry no meaning for matching (Arabic vowel signs), `equivalents` a
    translation table of characters that stand for each other, one for one.
    """
    unseen = frozenset(INVISIBLE + ignored)
    origin: tuple[int, ...] | None = None
    if not unseen.isdisjoint(text) or not unicodedata.is_normalized("NFC", text):
        text, origin = _compose(text, unseen)
    plain = _replaced(text, PLAIN)
    low = _replaced(plain.lower(), APOSTROPHES)
    if len(low) != len(plain):
        low = _replaced("".join(c.lower() if len(c.lower()) == 1 else c for c in plain), APOSTROPHES)
    return Folded(plain, low.translate(equivalents) if equivalents else low, origin)


def _replaced(text: str, characters: dict[str, str]) -> str:
    # Many searches for what is rarely there take a twentieth of the time of one `translate` over all characters.
    for character, usual in characters.items():
        text = text.replace(character, usual)
    return text


def _compose(text: str, unseen: frozenset[str]) -> tuple[str, tuple[int, ...]]:
    """The text without the unseen characters, letters and their marks composed; and where each character stood.

    Only letters that carry marks are looked at; what stands between them is copied as it is.
    """
    marked = re.compile(f"(?s).?[{COMBINING}{re.escape(''.join(sorted(unseen)))}]+")
    pieces: list[str] = []
    offsets: list[int] = []
    copied = 0
    for stretch in marked.finditer(text):
        start, end = stretch.span()
        pieces.append(text[copied:start])
        offsets.extend(range(copied, start))
        composed = unicodedata.normalize("NFC", "".join(c for c in stretch.group() if c not in unseen))
        pieces.append(composed)
        offsets.extend([start] * len(composed))
        copied = end
    pieces.append(text[copied:])
    offsets.extend(range(copied, len(text)))
    return "".join(pieces), (*offsets, len(text))
