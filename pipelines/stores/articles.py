"""Writing articles: identity, aliases, copies, revisions, claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, exists, func, select, update
from sqlalchemy import insert as plain_insert

from pipelines.duplicates import NEAR, article_id, bands, claim_ids, likeness, text_hash
from pipelines.items import Article
from pipelines.stores import schema
from pipelines.stores.base import SaveResult
from pipelines.stores.connection import insert
from pipelines.stores.records import article_row, claim_row, revision_row
from pipelines.stores.schema import AnyRow, aliases, articles, claims, counter, revisions

BAND_CAPACITY = 16
"""Articles kept under one band. A template that thousands of pages share would else make each lookup read them all."""

CANDIDATES = 32
"""Articles whose likeness is worked out in one lookup: those that share the most bands."""

VOLATILE = {"fetched", "url"}
"""Fields that differ from one visit to the next without the article having changed."""


def next_sequence(connection: Connection) -> int:
    """The number of the next change. Its row stays locked until the commit: numbers become visible in their order."""
    statement = update(counter).values(sequence=counter.c.sequence + 1).returning(counter.c.sequence)
    return int(connection.execute(statement).scalar_one())


def save(connection: Connection, article: Article, now: datetime) -> SaveResult:
    """Keep an article: as a new one, a revision, an alias of one that is there, or nothing where nothing is new."""
    article = replace(article, text_hash=article.text_hash or text_hash(article.text))
    known = _known(connection, article)
    if known is None:
        same = _same_text(connection, article)
        if same is None:
            _add(connection, article, now)
            return "stored"
        alias = {"source_id": article.source_id, "url": article.canonical_url, "article": same, "first_seen": now}
        connection.execute(insert(connection, aliases).values(alias).on_conflict_do_nothing())
        return "alias"
    article = replace(article, canonical_url=known.canonical_url)
    if article.text_hash == known.text_hash:
        return _refresh(connection, article, known, now)
    if not article.text_hash:  # a page that gave no text this time, such as a wall, undoes nothing
        return "unchanged"
    _revise(connection, article, known, now)
    return "revision"


def find_copy(connection: Connection, article: Article) -> tuple[str, float] | None:
    """The first article of another source with the same or nearly the same text: (article id, likeness).

    None also where that one is itself a copy of an article of this source: the story was here first.
    """
    matches = [*_same_elsewhere(connection, article), *_near_elsewhere(connection, article)]
    if not matches:
        return None
    first = min(matches, key=lambda row: row.key)
    if first.copy_of:
        first = connection.execute(select(articles).where(articles.c.id == first.copy_of)).one()
        if first.source_id == article.source_id:
            return None
    same = first.text_hash == article.text_hash
    return first.id, 1.0 if same else likeness(first.signature, article.signature)


def prune(connection: Connection, before: datetime, limit: int) -> int:
    """Delete up to `limit` articles first stored before a time, with all that hangs on them but people's decisions."""
    statement = select(articles).where(articles.c.first_stored < before).order_by(articles.c.first_stored).limit(limit)
    rows = connection.execute(statement).all()
    for row in rows:
        _remove_bands(connection, row.key, row.signature)
    orphans = articles.c.copy_of.in_([row.id for row in rows])
    connection.execute(update(articles).where(orphans).values(copy_of="", likeness=0.0))
    connection.execute(delete(articles).where(articles.c.key.in_([row.key for row in rows])))
    return len(rows)


def _known(connection: Connection, article: Article) -> AnyRow | None:
    identity = article_id(article.source_id, article.canonical_url)
    statement = select(articles, revisions).join_from(articles, revisions, schema.is_latest)
    row = connection.execute(statement.where(articles.c.id == identity)).first()
    if row is not None:
        return row
    here = (aliases.c.source_id == article.source_id, aliases.c.url == article.canonical_url)
    return connection.execute(statement.join(aliases, aliases.c.article == articles.c.key).where(*here)).first()


def _same_text(connection: Connection, article: Article) -> int | None:
    statement = _with_text_of(article).where(articles.c.source_id == article.source_id)
    return connection.execute(statement.with_only_columns(articles.c.key).limit(1)).scalar()


def _same_elsewhere(connection: Connection, article: Article) -> Sequence[AnyRow]:
    statement = _with_text_of(article).where(articles.c.source_id != article.source_id)
    return connection.execute(statement.limit(1)).all()


def _with_text_of(article: Article) -> Any:
    statement = select(articles).where(articles.c.text_hash == article.text_hash, articles.c.text_hash != "")
    if not article.signature:  # "Subscribe to read on" stands on many pages that are not the same article
        statement = statement.join(revisions, schema.is_latest).where(revisions.c.title == article.title)
    return statement.order_by(articles.c.key)


def _near_elsewhere(connection: Connection, article: Article) -> list[AnyRow]:
    if not article.signature:
        return []
    table = schema.bands
    keys = connection.execute(select(table.c.article).where(table.c.band.in_(bands(article.signature)))).scalars()
    candidates = [key for key, _ in Counter(keys).most_common(CANDIDATES)]
    if not candidates:
        return []
    others = (articles.c.key.in_(candidates), articles.c.source_id != article.source_id)
    rows = connection.execute(select(articles).where(*others))
    return [row for row in rows if likeness(row.signature, article.signature) >= NEAR]


def _add(connection: Connection, article: Article, now: datetime) -> None:
    article = _with_copy(connection, article)
    row = article_row(article) | {
        "id": article_id(article.source_id, article.canonical_url),
        "first_stored": now,
        "sequence": next_sequence(connection),
        "revision": 1,
    }
    key = connection.execute(plain_insert(articles).values(row).returning(articles.c.key)).scalar_one()
    _add_revision(connection, key, 1, article, now)
    _add_claims(connection, key, row["id"], 1, article, now)
    _add_bands(connection, key, article)


def _revise(connection: Connection, article: Article, known: AnyRow, now: datetime) -> None:
    has_copies = connection.execute(select(exists().where(articles.c.copy_of == known.id))).scalar()
    article = replace(article, copy_of="", likeness=0.0) if has_copies else _with_copy(connection, article)
    _remove_bands(connection, known.key, known.signature)
    number = known.revision + 1
    row = article_row(article) | {"sequence": next_sequence(connection), "revision": number}
    connection.execute(update(articles).where(articles.c.key == known.key).values(row))
    _add_revision(connection, known.key, number, article, now)
    _add_claims(connection, known.key, known.id, number, article, now)
    _add_bands(connection, known.key, article)


def _refresh(connection: Connection, article: Article, known: AnyRow, now: datetime) -> SaveResult:
    row = revision_row(article)
    if known.analysed and article.sentences is None:
        row |= {"analysed": True, "engine_version": known.engine_version, "language_version": known.language_version}
    changed = any(row[name] != known._mapping[name] for name in row if name != "details")
    details = {name: value for name, value in row["details"].items() if name not in VOLATILE}
    if not changed and details == {name: value for name, value in known.details.items() if name not in VOLATILE}:
        return "unchanged"
    here = (revisions.c.article == known.key, revisions.c.number == known.revision)
    connection.execute(update(revisions).where(*here).values(row))
    fields = article_row(article)
    fields = {name: fields[name] for name in ("language", "kind", "published")}
    fields["sequence"] = next_sequence(connection)
    connection.execute(update(articles).where(articles.c.key == known.key).values(fields))
    if article.sentences is not None:
        _add_claims(connection, known.key, known.id, known.revision, article, now)
    return "updated"


def _with_copy(connection: Connection, article: Article) -> Article:
    # Looked up again within the transaction: of two copies fetched at once neither saw the other before.
    copy_of, share = find_copy(connection, article) or ("", 0.0)
    return replace(article, copy_of=copy_of, likeness=share)


def _add_revision(connection: Connection, key: int, number: int, article: Article, now: datetime) -> None:
    row = revision_row(article) | {"article": key, "number": number, "stored": now}
    connection.execute(plain_insert(revisions).values(row))


def _add_claims(connection: Connection, key: int, identity: str, number: int, article: Article, now: datetime) -> None:
    """Insert the claims of a revision in place of those an earlier analysis found in it."""
    sentences = article.sentences or ()
    ids = claim_ids(identity, (sentence.text for sentence in sentences))
    earlier = select(claims.c.claim_id, func.min(claims.c.first_seen)).where(claims.c.article == key)
    first_seen = {row[0]: row[1] for row in connection.execute(earlier.group_by(claims.c.claim_id))}
    connection.execute(delete(claims).where(claims.c.article == key, claims.c.revision == number))
    rows = [
        claim_row(sentence)
        | {
            "article": key,
            "revision": number,
            "position": position,
            "claim_id": claim_id,
            "first_seen": first_seen.get(claim_id, now),
        }
        for position, (claim_id, sentence) in enumerate(zip(ids, sentences, strict=True))
        if sentence.claim
    ]
    if rows:
        connection.execute(plain_insert(claims), rows)


def _add_bands(connection: Connection, key: int, article: Article) -> None:
    if article.copy_of or not article.signature:  # copies are found by their first article
        return
    band = schema.bands.c.band
    keys = bands(article.signature)
    counted = select(band).where(band.in_(keys)).group_by(band).having(func.count() >= BAND_CAPACITY)
    full = set(connection.execute(counted).scalars())
    rows = [{"band": value, "article": key} for value in keys if value not in full]
    if rows:
        connection.execute(insert(connection, schema.bands).on_conflict_do_nothing(), rows)


def _remove_bands(connection: Connection, key: int, signature: tuple[int, ...]) -> None:
    table = schema.bands
    connection.execute(delete(table).where(table.c.band.in_(bands(signature)), table.c.article == key))
