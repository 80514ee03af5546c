"""Live blogs: the times of their entries, out of the text and kept with the place where the entry begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from crawler.extraction.blocks import Block
from crawler.extraction.body import Body
from crawler.extraction.dates import Clock, read_moment
from crawler.extraction.json_ld import Node, text
from crawler.extraction.page import Candidate, squeeze
from crawler.extraction.titles import fold
from pipelines.items import Entry, Moment

_LEAD = re.compile(
    r"^\W{0,3}(?P<hour>[01]?\d|2[0-3])\s?(?:[:.h]|Uhr)\s?(?P<minute>[0-5]\d)(?!\d|[.,]\d)"
    r"(?:\s?(?:uhr|hrs?|h|(?P<half>[ap])\.?m\b\.?))?(?:\s*[:|–—-]\s*|\s+|$)",
    re.IGNORECASE,
)
_LONGEST_STAMP = 40
_OPENING = 50  # characters by which a paragraph is known again
_HEADINGS = frozenset({"h2", "h3", "h4", "h5"})
_FEWEST = 3
"""Entries of a live blog: less than so many lines with a time in front are lines with a time in front."""


def dated_entries(
    body: Body,
    visible: Sequence[Block],
    updates: Sequence[Node],
    clock: Clock,
    published: Moment | None,
    modified: Moment | None,
) -> tuple[Body, tuple[Entry, ...]]:
    """The body without the times of its entries, and the entries with theirs; as it was where there are too few.

    A time stands in JSON-LD (`updates`), in front of an entry's first line, or in a block of its own before it; an
    entry's heading may stand above its time. A time without a day takes that of the article, counted on over midnight.
    """
    stamps = {block.order: stamp for block in visible if (stamp := _stamp(block))}
    begins: dict[int, Candidate] = {}
    paragraphs = list(body.paragraphs)
    removed = [0] * len(paragraphs)
    for index, paragraph in enumerate(paragraphs):
        order = body.orders[index] if index < len(body.orders) else -1
        if order in stamps:  # it is nothing but a time
            removed[index] = len(paragraph) + 1
        elif (lead := _LEAD.match(paragraph)) and lead.end() < len(paragraph):
            begins[index] = Candidate(lead.group().strip(" \t:|–—-"), "entry")
            removed[index] = lead.end()
    begins |= {index: stamp for index, stamp in _by_blocks(body, visible, stamps) if index not in begins}
    stated = _by_updates([paragraph[cut:] for paragraph, cut in zip(paragraphs, removed, strict=True)], updates)
    begins = stated if len(stated) >= max(len(begins), _FEWEST) else begins
    if len(begins) < _FEWEST:
        return body, ()
    times = _times([begins[index] for index in sorted(begins)], clock, published, modified)
    kept = [index for index in range(len(paragraphs)) if removed[index] <= len(paragraphs[index])]
    starts, position = {}, 0
    for index in kept:
        starts[index] = position
        position += len(paragraphs[index]) - removed[index] + 1
    entries = tuple(
        Entry(starts[index], time)
        for index, time in zip(sorted(begins), times, strict=True)
        if time is not None and index in starts
    )
    places = {index: place for place, index in enumerate(kept)}
    links = tuple(
        (places[index], start - removed[index], words, address)
        for index, start, words, address in body.links
        if index in places and start >= removed[index]
    )
    lines = tuple(paragraphs[index][removed[index] :] for index in kept)
    return replace(body, paragraphs=lines, links=links, orders=()), entries


def _stamp(block: Block) -> Candidate | None:
    """The time that a block consists of."""
    if len(block.text) > _LONGEST_STAMP:
        return None
    for element in block.element.iter("time"):
        if len(squeeze(element.text_content())) * 2 >= len(block.text):
            return Candidate(element.get("datetime") or block.text, "entry:time")
    lead = _LEAD.match(block.text)
    return Candidate(block.text, "entry") if lead and lead.end() == len(block.text) else None


def _by_blocks(body: Body, visible: Sequence[Block], stamps: dict[int, Candidate]) -> list[tuple[int, Candidate]]:
    """The paragraphs before which a time stands, or whose heading stands before one."""
    found = []
    before = 0
    for index, order in enumerate(body.orders):
        passed = [place for place in range(before, order) if place in stamps]
        before = order + 1
        if not passed or order in stamps or not index:
            continue
        above = body.orders[index - 1]
        headed = above == passed[-1] - 1 and visible[above].element.tag in _HEADINGS
        found.append((index - 1 if headed else index, stamps[passed[-1]]))
    return found


def _by_updates(paragraphs: Sequence[str], updates: Sequence[Node]) -> dict[int, Candidate]:
    """The paragraphs that an update of JSON-LD begins with: its headline, or the opening of its text."""
    places: dict[str, int] = {}
    for index, paragraph in enumerate(paragraphs):
        places.setdefault(fold(paragraph)[:_OPENING], index)
    found: dict[int, Candidate] = {}
    for update in updates:
        lines = [text(update.get(key)) for key in ("headline", "articleBody")]
        openings = [fold(squeeze(line.lstrip().split("\n")[0]))[:_OPENING] for line in lines]
        place = next((places[opening] for opening in openings if opening in places), None)
        stated = text(update.get("datePublished"))
        if place is not None and stated:
            found.setdefault(place, Candidate(stated, "json-ld:liveBlogUpdate"))
    return found


def _times(
    stamps: Sequence[Candidate], clock: Clock, published: Moment | None, modified: Moment | None
) -> list[Moment | None]:
    clocks = [_clock(stamp.value) for stamp in stamps]
    bare = [each for each in clocks if each is not None]
    falling = sum(after < before for before, after in pairwise(bare)) * 2 > len(bare) - 1
    anchor = (modified or published) if falling else published
    zoned = published or modified
    times: list[Moment | None] = []
    day = anchor.value.astimezone(zoned.value.tzinfo).date() if zoned and anchor else None
    last: tuple[int, int] | None = None
    for stamp, each in zip(stamps, clocks, strict=True):
        if each is None or day is None or zoned is None:
            times.append(read_moment(stamp, clock))
            continue
        if last is not None and (each > last if falling else each < last):
            day += timedelta(days=-1 if falling else 1)
        last = each
        value = datetime(day.year, day.month, day.day, *each, tzinfo=zoned.value.tzinfo)
        times.append(Moment(value, "minute", zoned.zone_from, stamp.value, stamp.where))
    return times


def _clock(raw: str) -> tuple[int, int] | None:
    lead = _LEAD.match(raw)
    if not lead or lead.end() < len(raw):
        return None
    hour = int(lead["hour"])
    if lead["half"]:
        hour = hour % 12 + (12 if lead["half"].lower() == "p" else 0)
    return hour, int(lead["minute"])
