"""Bodies that stand in a page's scripts alone: JSON-LD `articleBody`, or the state of the framework that renders it."""

from __future__ import annotations

import html
import json
import re
from collections import deque
from collections.abc import Iterable, Sequence
from itertools import islice

from crawler.extraction.json_ld import Node, text
from crawler.extraction.page import Page, squeeze

_PARAGRAPH_END = re.compile(r"</(?:p|h[1-6]|li|blockquote|div)>|<br\s*/?>|\n+", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_STATE = re.compile(r"""[\w$\]"'][ \n]{0,3}=[ \n]{0,3}(?=[{\[])|JSON\.parse\(\s{0,3}(?=")""")
_SENTENCE = re.compile(r"[.!?。؟।](?:[\s\"”»<]|$)|[\u0e00-\u0eff]{40}")
# Keys of a state under which the texts of other articles stand, or those of the site.
_ASIDE = re.compile(
    r"related|recommend|teaser|latest(?:news|articles|stories|posts)?$|popular|trending|sidebar|footer|menu|nav(?:igation)?$|comment|description|excerpt|"
    r"summary|caption|alt(?:text)?$|disclaimer|consent|cookie|polic|i18n|translation|message|label|config|seo|meta",
    re.IGNORECASE,
)
_SHORTEST_PARAGRAPH = 30
_SHORTEST_BODY = 250  # characters, those of East Asian scripts counted twice
_MOST_STATES = 8
_MAX_VALUES = 50_000


def inline_body(page: Page) -> tuple[str, ...]:
    """The paragraphs of `articleBody`, or those of the entries of a live blog; empty where the page has neither."""
    for node in page.articles[:1]:
        if stated := _paragraphs(text(node.get("articleBody"))):
            return stated
    return tuple(
        line
        for update in live_updates(page)
        for line in (squeeze(text(update.get("headline"))), *_paragraphs(text(update.get("articleBody"))))
        if line
    )


def live_updates(page: Page) -> tuple[Node, ...]:
    """The entries that a LiveBlogPosting lists (https://schema.org/liveBlogUpdate)."""
    for node in page.articles[:1]:
        listed = node.get("liveBlogUpdate")
        return tuple(item for item in (listed if isinstance(listed, list) else [listed]) if isinstance(item, dict))
    return ()


def state_body(page: Page) -> tuple[str, ...]:
    """The paragraphs that the page's framework state holds under one and the same path; empty where there are none."""
    best: list[str] = []
    for script in page.tree.iter("script"):
        source = script.text or ""
        if len(source) < _SHORTEST_BODY or "ld+json" in (script.get("type") or ""):
            continue
        for state in _states(source):
            best = max([best, *_by_path(state).values()], key=_told)
    return tuple(line for value in best for line in _paragraphs(value)) if _told(best) >= _SHORTEST_BODY else ()


def _told(values: Sequence[str]) -> int:
    """How much is told in values that hold sentences."""
    long = (value for value in values if len(value) >= _SHORTEST_PARAGRAPH // 2 and _SENTENCE.search(value))
    return sum(size for value in long if (size := _size(value)) >= _SHORTEST_PARAGRAPH)


def _size(value: str) -> int:
    return len(value) + sum(char > "\u2e7f" for char in value)


def _paragraphs(stated: str) -> tuple[str, ...]:
    lines = (squeeze(html.unescape(_TAG.sub("", part))) for part in _PARAGRAPH_END.split(stated))
    return tuple(line for line in lines if line)


def _states(source: str) -> Iterable[object]:
    """The JSON that a script is, or assigns."""
    decoder = json.JSONDecoder(strict=False)
    stripped = source.lstrip()
    starts = [len(source) - len(stripped)] if stripped[:1] in {"{", "["} else []
    starts += [found.end() for found in islice(_STATE.finditer(source), _MOST_STATES)]
    end = 0
    for start in starts:
        if start < end:
            continue
        try:
            state, end = decoder.raw_decode(source, start)
            yield json.loads(state) if isinstance(state, str) else state
        except (ValueError, RecursionError):
            continue


def _by_path(state: object) -> dict[tuple[str, ...], list[str]]:
    found: dict[tuple[str, ...], list[str]] = {}
    queue: deque[tuple[tuple[str, ...], object]] = deque([((), state)])
    seen = 0
    while queue and seen < _MAX_VALUES:
        seen += 1
        path, value = queue.popleft()
        if isinstance(value, dict):
            queue.extend(
                ((*path, key), item) for key, item in value.items() if len(path) < 30 and not _ASIDE.search(key)
            )
        elif isinstance(value, list):
            queue.extend((path, item) for item in value)
        elif isinstance(value, str):
            found.setdefault(path, []).append(value)
    return found
