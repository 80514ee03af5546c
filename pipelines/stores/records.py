"""Items to rows and back. Every field of an article and of its claims survives the round trip."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from pipelines.items import Article, PagePlace, Sentence, Source

ARTICLE = TypeAdapter(Article)
SENTENCE = TypeAdapter(Sentence)
SOURCE = TypeAdapter(Source)

ARTICLE_COLUMNS = ("source_id", "canonical_url", "language", "kind", "text_hash", "signature", "copy_of", "likeness")
REVISION_COLUMNS = ("title", "text", "engine_version", "language_version")
CLAIM_COLUMNS = ("start", "end", "text", "attribution", "priority")


def article_row(article: Article) -> dict[str, Any]:
    """What the articles table says of an article, its identity and history aside."""
    row = {name: getattr(article, name) for name in ARTICLE_COLUMNS}
    return row | {"published": article.published and article.published.value}


def revision_row(article: Article) -> dict[str, Any]:
    """What the revisions table says of an article, its key and number aside."""
    row = {name: getattr(article, name) for name in REVISION_COLUMNS}
    left_out = {*ARTICLE_COLUMNS, *REVISION_COLUMNS, "sentences", "headline", "fetched_page"}
    details = ARTICLE.dump_python(article, mode="json", exclude=left_out, exclude_defaults=True)
    place = article.fetched_page or PagePlace("", 0)
    row |= {"page_file": place.file, "page_offset": place.offset}
    return row | {"analysed": article.sentences is not None, "details": details}


def claim_row(sentence: Sentence) -> dict[str, Any]:
    """What the claims table says of a sentence, its keys aside."""
    row = {name: getattr(sentence, name) for name in CLAIM_COLUMNS}
    left_out = {*CLAIM_COLUMNS, "claim"}
    return row | {"details": SENTENCE.dump_python(sentence, mode="json", exclude=left_out, exclude_defaults=True)}


def source_row(source: Source) -> dict[str, Any]:
    """A row of the sources table."""
    details = SOURCE.dump_python(source, mode="json", exclude={"id", "name"}, exclude_defaults=True)
    return {"id": source.id, "name": source.name, "details": details}


def article_of(row: Mapping[Any, Any], claims: Iterable[Sentence], headline: Sentence | None) -> Article:
    """The article of a row of articles joined with its revision, with its claims for sentences."""
    fields = {name: row[name] for name in (*ARTICLE_COLUMNS, *REVISION_COLUMNS)}
    place = PagePlace(row["page_file"], row["page_offset"]) if row["page_file"] else None
    article = ARTICLE.validate_python(row["details"] | fields | {"fetched_page": place})
    if row["analysed"]:
        object.__setattr__(article, "sentences", tuple(claims))
        object.__setattr__(article, "headline", headline)
    return article


def sentence_of(row: Mapping[Any, Any]) -> Sentence:
    """The sentence of a row of claims."""
    fields = {name: row[name] for name in CLAIM_COLUMNS}
    return SENTENCE.validate_python(row["details"] | fields | {"claim": True})


def source_of(row: Mapping[Any, Any]) -> Source:
    """The source of a row of sources."""
    return SOURCE.validate_python(row["details"] | {"id": row["id"], "name": row["name"]})


def history_of(visits: Iterable[Any]) -> tuple[tuple[datetime, float | None, float], ...]:
    """The visits of a listing, from JSON."""
    return tuple((datetime.fromisoformat(time), seen, weight) for time, seen, weight in visits)
