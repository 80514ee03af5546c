"""Bodies that stand in a page's scripts alone: JSON-LD `articleBody`, or the state of the framework that renders it."""

from __future__ import annotations

import html
import json
import re
from collections import deque

from crawler.extraction.json_ld import Node, text
from crawler.extraction.page import Page, squeeze

_PARAGRAPH_END = re.compile(r"</(?:p|h[1-6]|li|blockquote|div)>|<br\s*/?>|\n+", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_STATE = re.compile(r"^\s*(?:window\.|self\.|var\s+)?[\w.$\[\]\"']{2,60}\s*=\s*(?=[{\[])")
_SENTENCE = re.compile(r"[.!?。؟](?:[\s\"”»<]|$)")
_SHORTEST_PARAGRAPH = 60
_SHORTEST_BODY = 600
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
        for values in _by_path(_parsed(source)).values():
            if sum(map(len, values)) > max(sum(map(len, best)), _SHORTEST_BODY):
                best = values
    return tuple(line for value in best for line in _paragraphs(value))


def _paragraphs(stated: str) -> tuple[str, ...]:
    lines = (squeeze(html.unescape(_TAG.sub("", part))) for part in _PARAGRAPH_END.split(stated))
    return tuple(line for line in lines if line)


def _parsed(source: str) -> object:
    opened = _STATE.match(source)
    try:
        return json.JSONDecoder(strict=False).raw_decode(source[opened.end() if opened else 0 :].lstrip())[0]
    except (ValueError, RecursionError):
        return None


def _by_path(state: object) -> dict[tuple[str, ...], list[str]]:
    found: dict[tuple[str, ...], list[str]] = {}
    queue: deque[tuple[tuple[str, ...], object]] = deque([((), state)])
    seen = 0
    while queue and seen < _MAX_VALUES:
        seen += 1
        path, value = queue.popleft()
        if isinstance(value, dict):
            queue.extend(((*path, key), item) for key, item in value.items() if len(path) < 30)
        elif isinstance(value, list):
            queue.extend((path, item) for item in value)
        elif isinstance(value, str) and len(value) >= _SHORTEST_PARAGRAPH and _SENTENCE.search(value):
            found.setdefault(path, []).append(value)
    return found
