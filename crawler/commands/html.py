"""The static pages: flags of a store, and one document in colour. No script, everything escaped, right-to-left safe."""

from __future__ import annotations

import base64
import hashlib
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from crawler.commands.cards import Card
from crawler.commands.palette import CLASSES
from crawler.commands.wording import blocks, day_and_time, paragraphs, reasons_in_words
from pipelines.errors import WrongUse
from pipelines.items import Article, Sentence, Span
from pipelines.records import article_address


@dataclass(frozen=True, slots=True)
class DocumentView:
    """An article ready to be shown: its paragraphs, and the number of each flag by where its sentence starts."""

    article: Article
    paragraphs: tuple[list[Sentence | Span], ...]
    flagged: Mapping[int, int]
    headline: Sentence | None


def marks(sentence: Sentence) -> Iterator[tuple[str, str]]:
    """The sentence cut at its source and cue: (`source`, `cue` or nothing, text)."""
    spans = sorted(
        (span.start, span.end, role) for role, span in (("source", sentence.source), ("cue", sentence.cue)) if span
    )
    at = sentence.start
    for start, end, role in spans:
        start = max(start, at)
        yield "", sentence.text[at - sentence.start : start - sentence.start]
        yield role, sentence.text[start - sentence.start : end - sentence.start]
        at = max(at, end)
    yield "", sentence.text[at - sentence.start :]


def environment() -> Environment:
    """The templates with the words and colours they need; every value is escaped."""
    found = Environment(
        loader=PackageLoader("crawler"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals["classes"] = CLASSES
    found.filters.update(
        marks=marks,
        blocks=blocks,
        why=reasons_in_words,
        day=day_and_time,
        address=article_address,
        is_address=lambda url: url.startswith(("http://", "https://")),
    )
    style = found.get_template("style.css.j2").render()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    found.globals.update(style=Markup(style), style_hash=f"sha256-{digest}")  # noqa: S704  our own style sheet
    return found


def report_page(cards: Sequence[Card], outlets: Mapping[str, str], made: datetime) -> str:
    """The flags of a store, card by card. `outlets` gives the name of a source id, `made` is in UTC."""
    counts = Counter(claim.sentence.attribution for card in cards for claim in card.with_headline)
    widths = [counts[name] for name in CLASSES]
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            cards=cards,
            outlets=outlets,
            made=made,
            counts=counts,
            total=counts.total(),
            outlets_seen=len({card.stored.article.source_id for card in cards}),
            shares=list(zip(CLASSES, accumulate(widths, initial=0), widths, strict=False)),
        )
    )


def document_page(articles: Sequence[tuple[Article, Sequence[Sentence]]]) -> str:
    """Articles in colour, each with the claims that are flagged, its headline among them."""
    views = [
        DocumentView(
            article,
            tuple(paragraphs(article)),
            {
                start: number
                for number, start in enumerate(sorted(one.start for one in flags if one != article.headline), 1)
            },
            article.headline if article.headline in flags else None,
        )
        for article, flags in articles
    ]
    return environment().get_template("document.html.j2").render(views=views)


def write_page(name: str, page: str) -> None:
    """Write a page to a file, or to stdout for `-`. Raises WrongUse when it cannot be written."""
    if name == "-":
        sys.stdout.write(page)
        return
    try:
        Path(name).write_text(page, encoding="utf-8", errors="replace")
    except OSError as error:
        raise WrongUse(f"--html {name}: cannot be written ({error.strerror})") from error
