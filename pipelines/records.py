"""The records the program prints and exports: frozen items as plain JSON values, described in docs/data-format.md."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipelines.items import Article, Moment, Sentence, Span

if TYPE_CHECKING:  # `unsourced analyse` starts without loading the store
    from pipelines.stores.base import Claim, Decision, StoredArticle

Record = dict[str, Any]


def span_record(span: Span | None) -> Record | None:
    """A span as `{text, start, end}`."""
    return None if span is None else {"text": span.text, "start": span.start, "end": span.end}


def moment_text(moment: Moment | None) -> str | None:
    """ISO 8601, no finer than what is known: without an offset, or without a time, where none is."""
    if moment is None:
        return None
    if moment.precision == "month":
        return moment.value.strftime("%Y-%m")
    if moment.precision == "day":
        return moment.value.date().isoformat()
    return (moment.value if moment.zone_from != "none" else moment.value.replace(tzinfo=None)).isoformat()


def utc_text(value: datetime | None) -> str | None:
    """An instant in UTC, to the second."""
    return None if value is None else value.astimezone(UTC).isoformat(timespec="seconds")


def moment_record(moment: Moment | None) -> Record | None:
    """A moment with what it rests on."""
    if moment is None:
        return None
    return {**dataclasses.asdict(moment), "value": moment.value.isoformat()}


def sentence_record(sentence: Sentence) -> Record:
    """A sentence with its labels; offsets are code points into the text analysed."""
    return {
        "start": sentence.start,
        "end": sentence.end,
        "text": sentence.text,
        "claim": sentence.claim,
        "attribution": sentence.attribution,
        "source": span_record(sentence.source),
        "cue": span_record(sentence.cue),
        "resolved": sentence.resolved,
        "relay": span_record(sentence.relay),
        "context": sentence.context and dataclasses.asdict(sentence.context),
        "record": sentence.record,
        "quotation": sentence.quotation,
        "evidence": list(sentence.evidence),
        "priority": round(sentence.priority, 3),
        "reasons": list(sentence.reasons),
        "rule": sentence.rule,
    }


def article_address(article: Article) -> str:
    """The address to name an article by: a page saved without one is known by what it declares."""
    return article.canonical_url or article.url or article.declared_canonical


def article_record(article: Article) -> Record:
    """An article without its sentences."""
    return {
        "source_id": article.source_id,
        "url": article_address(article),
        "fetched_url": article.url,
        "declared_canonical": article.declared_canonical,
        "fetched": utc_text(article.fetched),
        "title": article.title,
        "titles": list(article.titles),
        "published": moment_text(article.published),
        "published_moment": moment_record(article.published),
        "modified": moment_text(article.modified),
        "modified_moment": moment_record(article.modified),
        "authors": list(article.authors),
        "organisations": list(article.organisations),
        "language": article.language,
        "language_confidence": round(article.language_confidence, 3),
        "kind": article.kind,
        "section": article.section,
        "tags": list(article.tags),
        "image": article.image,
        "paywall": article.paywall,
        "origin": article.origin,
        "charset": article.charset,
        "standfirst": span_record(article.standfirst),
        "links": [{"url": link.url, **(span_record(link.span) or {})} for link in article.links],
        "copy_of": article.copy_of,
        "likeness": round(article.likeness, 3),
        "problems": [dataclasses.asdict(problem) for problem in article.problems],
        "entries": [{"start": entry.start, "time": moment_text(entry.time)} for entry in article.entries],
        "next_page": article.next_page,
        "page_file": article.fetched_page.file if article.fetched_page else "",
        "page_offset": article.fetched_page.offset if article.fetched_page else None,
        "further_pages": [place and dataclasses.asdict(place) for place in article.further_pages],
        "text": article.text,
    }


def stored_article_record(stored: StoredArticle) -> Record:
    """The latest revision of a stored article, without its claims."""
    return {
        "article_id": stored.article_id,
        "sequence": stored.sequence,
        "revision": stored.revision,
        "first_stored": utc_text(stored.first_stored),
        "copies": stored.copies,
        **article_record(stored.article),
    }


def claim_record(stored: StoredArticle, claim: Claim, *, flagged: bool) -> Record:
    """A stored claim with the address of its article; offsets are into that article's `text`."""
    return {
        "claim_id": claim.claim_id,
        "article_id": stored.article_id,
        "sequence": stored.sequence,
        "revision": stored.revision,
        "source_id": stored.article.source_id,
        "url": article_address(stored.article),
        "title": stored.article.title,
        "published": moment_text(stored.article.published),
        "language": stored.article.language,
        "kind": stored.article.kind,
        "copy_of": stored.article.copy_of,
        "first_seen": utc_text(claim.first_seen),
        **sentence_record(claim.sentence),
        "flagged": flagged,
        "decision": claim.decision and decision_record(claim.decision),
        "versions": {"engine": stored.article.engine_version, "language": stored.article.language_version},
    }


def decision_record(decision: Decision) -> Record:
    """A person's verdict on a claim."""
    return {**dataclasses.asdict(decision), "decided": utc_text(decision.decided)}
