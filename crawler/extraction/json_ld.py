"""JSON-LD scripts -> their nodes with references resolved, and those that are articles, the page's own first.

https://www.w3.org/TR/json-ld11/ as news sites use it: graphs, lists, references by `@id`, several articles on a page.
"""

from __future__ import annotations

import html
import json
import re
from collections import deque
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

Node = dict[str, Any]

# https://schema.org/Article and everything below it that outlets were seen to use.
ARTICLE_TYPES = frozenset(
    {
        "Article",
        "NewsArticle",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "ReviewNewsArticle",
        "BackgroundNewsArticle",
        "AskPublicNewsArticle",
        "SatiricalArticle",
        "AdvertiserContentArticle",
        "LiveBlogPosting",
        "BlogPosting",
        "SocialMediaPosting",
        "Report",
        "TechArticle",
        "ScholarlyArticle",
        "Review",
        "CriticReview",
        "Interview",
    }
)
_MAX_NODES = 5_000
_OPENING = re.compile(r"<!--|//<!\[CDATA\[|<!\[CDATA\[|/\*.*?\*/", re.DOTALL)
_CLOSINGS = ("-->", "//]]>", "]]>", "/*]]>*/")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')


def read_json_ld(scripts: Iterable[str]) -> tuple[Node, ...]:
    """Every JSON object in the scripts, outer ones first; invalid JSON is repaired where that is safe."""
    nodes: list[Node] = []
    for script in scripts:
        queue = deque([_parsed(script)])
        while queue and len(nodes) < _MAX_NODES:
            item = queue.popleft()
            if isinstance(item, dict):
                nodes.append(item)
            inner = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
            queue.extend(value for value in inner if isinstance(value, dict | list))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    for node in nodes:
        for key, value in node.items():
            if isinstance(value, list):
                node[key] = [_resolved(item, by_id) for item in value]
            else:
                node[key] = _resolved(value, by_id)
    return tuple(nodes)


def types(node: Node) -> frozenset[str]:
    """The schema.org types of a node, without their address."""
    stated = node.get("@type", ())
    listed = stated if isinstance(stated, list) else [stated]
    return frozenset(re.split(r"[/:#]", item)[-1] for item in listed if isinstance(item, str))


def article_nodes(nodes: Sequence[Node], addresses: Iterable[str], titles: Iterable[str]) -> tuple[Node, ...]:
    """The nodes that are articles, those that name one of the page's own addresses or titles first."""
    found = [node for node in nodes if types(node) & ARTICLE_TYPES]
    own = {_bare(address) for address in addresses if address}
    known = set(titles)

    def distance(node: Node) -> tuple[bool, bool, bool]:
        named = {_bare(text(node.get(key))) for key in ("url", "mainEntityOfPage", "@id")}
        return (not named & own, text(node.get("headline")) not in known, "headline" not in node)

    return tuple(sorted(found, key=distance))


def text(value: object) -> str:
    """The text of a JSON-LD value: a string, or the value, name or address of an object, or the first of a list."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = next((value[key] for key in ("@value", "name", "url", "@id") if isinstance(value.get(key), str)), "")
    return html.unescape(value).strip() if isinstance(value, str) else ""


def _resolved(value: object, by_id: dict[str, Node]) -> object:
    if isinstance(value, dict) and isinstance(value.get("@id"), str) and set(value) <= {"@id", "@type"}:
        return by_id.get(value["@id"], value)
    return value


def _bare(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}" if parts.netloc else ""


def _uncommented(script: str) -> str:
    """A script without the marks of a comment around it."""
    script = script.strip()
    opening = _OPENING.match(script)
    if opening:
        script = script[opening.end() :]
    script = script.rstrip().removesuffix(";")
    for mark in _CLOSINGS:
        script = script.removesuffix(mark).rstrip()
    return script.strip().rstrip(";")


def _parsed(script: str) -> object:
    script = _uncommented(script)
    repairs = (
        lambda source: source,
        lambda source: _TRAILING_COMMA.sub(r"\1", source),
        lambda source: _BAD_ESCAPE.sub(r"\\\\", _TRAILING_COMMA.sub(r"\1", source)),
        html.unescape,
    )
    for repair in repairs:
        try:
            return json.loads(repair(script), strict=False)
        except (ValueError, RecursionError):
            continue
    return None
