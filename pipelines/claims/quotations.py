"""Where quotations begin and end: one walk over the quotation marks of a document."""

from __future__ import annotations

import re
from dataclasses import dataclass

MARKS = re.compile("[«»“”„‟\"‹›‘’‚]|''|\n")
SINGLE = "‘’‚"
MIXED = '"“”'


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its marks, `start` to `end`. One that runs over paragraphs is one quotation for each of them,
    and `continues` says that it began in the one before."""

    start: int
    end: int
    closed: bool
    continues: bool = False


def find_quotations(text: str, pairs: tuple[str, ...]) -> tuple[Quotation, ...]:
    """The outermost quotations of a text, in order.

    `pairs` are the opening and closing marks of the language, two characters each. A mark that opens and closes alike
    (`"`, `''`) opens where a word follows and none stands before it. A quotation that is still open at the end of its
    paragraph goes on where the next paragraph opens with a mark again, or where it is closed there before another
    opens; else it ends with its paragraph, and is none at all where it began in the middle of a sentence.
    """
    closers: dict[str, str] = {}
    for pair in pairs:
        closers[pair[0]] = closers.get(pair[0], "") + pair[1]
    closing = set("".join(closers.values()))
    found: list[Quotation] = []
    marks = [(m.start(), m.end(), '"' if m.group() == "''" else m.group()) for m in MARKS.finditer(text)]
    opened: int | None = None
    expected = ""
    depth = 0
    continues = inner = False
    for number, (start, end, mark) in enumerate(marks):
        if mark == "\n":
            if opened is None:
                continue
            goes_on = _goes_on(text, marks, number, closers, expected)
            whole = goes_on or _opens_sentence(text, opened)
            if whole and start > opened + 1:
                found.append(Quotation(opened, start, closed=False, continues=continues))
            if goes_on:
                opened, continues = end, True
            else:
                opened, continues, depth = None, False, 0
            continue
        before = text[start - 1] if start else "\n"
        after = text[end] if end < len(text) else "\n"
        can_open = not before.isalnum() and not after.isspace() and after not in ".,;:!?)"
        if mark == "«":
            can_open = True
        if opened is None:
            if mark in closers and can_open and not (mark in SINGLE and not after.isalnum()):
                opened, expected, depth, inner = start, closers[mark], 0, False
            elif mark in closing and can_open and before.isspace() and after.isalnum() and mark not in SINGLE:
                opened, expected, depth, inner = start, mark, 0, False  # a closing mark used to open
            continue
        if mark in expected and not (mark in SINGLE and after.isalnum()):
            if mark == '"' and can_open and before.isspace() and not after.isspace():
                # Two openings in a row: the first was never closed.
                if start > opened + 1 and _opens_sentence(text, opened):
                    found.append(Quotation(opened, start, closed=False, continues=continues))
                opened, continues, depth = start, False, 0
                continue
            if depth:
                depth -= 1
                continue
            found.append(Quotation(opened, end, closed=True, continues=continues))
            opened, continues = None, False
        elif mark in closers and not can_open and not before.isspace() and closers[mark] == expected:
            found.append(Quotation(opened, end, closed=True, continues=continues))  # an opening mark used to close
            opened, continues = None, False
        elif mark in MIXED and expected in MIXED and closers.get(mark) != expected:
            if can_open or inner:
                inner = can_open
            else:
                found.append(Quotation(opened, end, closed=True, continues=continues))  # “…": marks of two sorts
                opened, continues = None, False
        elif mark in closers and mark not in closing and closers[mark] == expected:
            if continues and not text[opened:start].strip():
                continue  # the mark that opens the paragraph again
            depth += 1
    if opened is not None and len(text) > opened + 1 and _opens_sentence(text, opened):
        found.append(Quotation(opened, len(text), closed=False, continues=continues))
    return tuple(found)


def _opens_sentence(text: str, offset: int) -> bool:
    before = text[max(0, offset - 3) : offset].rstrip(" -—–")
    return not before or before[-1] in '\n.!?…:»”)"'


def _goes_on(
    text: str, marks: list[tuple[int, int, str]], newline: int, closers: dict[str, str], expected: str
) -> bool:
    """Does the quotation open at this end of a paragraph go on in the next one?"""
    following = text[marks[newline][1] : marks[newline][1] + 3].lstrip(" \n-—–")
    if following and closers.get(following[0], "") == expected:
        return True
    breaks = 0
    for _, _, mark in marks[newline + 1 : newline + 12]:
        if mark == "\n":
            breaks += 1
            if breaks == 3:
                return False
        elif mark in expected:
            return mark not in closers or closers[mark] != expected
        elif mark in closers:
            return False
    return False
