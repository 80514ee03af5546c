"""Writing articles: identity, aliases, copies, revisions, claims.

Statements stand ready at module level: to build one takes SQLAlchemy longer than SQLite needs to run it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, func, insert, or_, select, update

from pipelines.duplicates import NEAR, article_id, bands, claim_ids, headline_id, likeness, text_hash
from pipelines.items import Article
from pipelines.stores import schema
from pipelines.stores.base import SaveResult
from pipelines.stores.connection import encoded, insert_unless_there
from pipelines.stores.records import article_row, claim_row, revision_row
from pipelines.stores.schema import HEADLINE_POSITION, AnyRow, aliases, articles, claims, counter, revisions, storable

BAND_CAPACITY = 16
"""Articles kept under one band. A template that thousands of pages share would else make each lookup read them all."""

CANDIDATES = 32
"""Articles whose likeness is worked out in one lookup: those that share the most bands."""

VOLATILE = {"fetched", "url", "page_file", "page_offset", "further_pages"}
"""Fields that differ from one visit to the next without the article having changed."""

BANDS = schema.bands.c
ALIAS_OF = select(aliases.c.article).where(
    aliases.c.source_id == bindparam("source_id"), aliases.c.url == bindparam("url")
)
KNOWN = (
    select(articles, revisions)
    .join_from(articles, revisions, schema.is_latest)
    .where(or_(articles.c.id == bindparam("identity"), articles.c.key == ALIAS_OF.scalar_subquery()))
)
SAME_TEXT = (
    select(articles, revisions.c.title)
    .join_from(articles, revisions, schema.is_latest)
    .where(articles.c.text_hash == bindparam("text_hash"))
    .order_by(articles.c.key)
)
SHARED_BANDS = select(BANDS.band, BANDS.article).where(BANDS.band.in_(bindparam("bands", expanding=True)))
THESE = select(articles).where(articles.c.key.in_(bindparam("keys", expanding=True)))
NEXT_SEQUENCE = update(counter).values(sequence=counter.c.sequence + 1).returning(counter.c.sequence)
ADD_ARTICLE = insert(articles).returning(articles.c.key)
ADD_REVISION = insert(revisions)
ADD_CLAIMS = insert(claims)
ADD_BANDS = insert(schema.bands)


def next_sequence(connection: Connection) -> int:
    """The number of the next change. Its row stays locked until the commit: numbers become visible in their order."""
    return int(connection.execute(NEXT_SEQUENCE).scalar_one())


def save(connection: Connection, article: Article, now: datetime) -> SaveResult:
    """Keep an article: as a new one, a revision, an alias of one that is there, or nothing where nothing is new."""
    article = replace(article, text_hash=article.text_hash or text_hash(article.text))
    identity = article_id(article.source_id, article.canonical_url)
    address = {"source_id": article.source_id, "url": article.canonical_url}
    known = connection.execute(KNOWN, {"identity": identity, **address}).first()
    if known is None:
        same = _same_text(connection, article)
        for row in same:
            if row.source_id == article.source_id:
                alias = {**address, "article": row.key, "first_seen": now}
                connection.execute(insert_unless_there(connection, aliases), alias)
                return "alias"
        _add(connection, identity, article, same, now)
        return "stored"
    if _is_older(article, known):  # an archive read after a later fetch undoes nothing either
        return "unchanged"
    article = replace(article, canonical_url=known.canonical_url)
    if article.text_hash == known.text_hash:
        return _refresh(connection, article, known, now)
    if not article.text_hash:  # a page that gave no text this time, such as a wall, undoes nothing
        return "unchanged"
    _revise(connection, article, known, now)
    return "revision"


def prune(connection: Connection, before: datetime, limit: int) -> int:
    """Delete up to `limit` articles first stored before a time, with all that hangs on them but people's decisions."""
    statement = select(articles).where(articles.c.first_stored < before).order_by(articles.c.first_stored).limit(limit)
    rows = connection.execute(statement).all()
    for row in rows:
        _remove_bands(connection, row)
    orphans = articles.c.copy_of.in_([row.id for row in rows])
    connection.execute(update(articles).where(orphans).values(copy_of="", likeness=0.0))
    connection.execute(delete(articles).where(articles.c.key.in_([row.key for row in rows])))
    return len(rows)


def _same_text(connection: Connection, article: Article) -> list[AnyRow]:
    if not article.text_hash:
        return []
    rows = connection.execute(SAME_TEXT, {"text_hash": article.text_hash})
    # "Subscribe to read on" stands on many pages that are not one article: a short text needs the same title too.
    return [row for row in rows if article.signature or row.title == article.title]


def _shared_bands(connection: Connection, article: Article) -> Sequence[AnyRow]:
    if not article.signature:
        return []
    return connection.execute(SHARED_BANDS, {"bands": bands(article.signature)}).all()


def _first_elsewhere(
    connection: Connection, article: Article, same: Sequence[AnyRow], shared: Sequence[AnyRow]
) -> tuple[str, float] | None:
    """The first article of another source with the same or nearly the same text: (article id, likeness).

    None also where that one is itself a copy of an article of this source: the story was here first.
    """
    matches = [row for row in same if row.source_id != article.source_id]
    candidates = [key for key, _ in Counter(row.article for row in shared).most_common(CANDIDATES)]
    if candidates:
        matches += [
            row
            for row in connection.execute(THESE, {"keys": candidates})
            if row.source_id != article.source_id and likeness(row.signature, article.signature) >= NEAR
        ]
    if not matches:
        return None
    first = min(matches, key=lambda row: row.key)
    if first.copy_of:
        first = connection.execute(select(articles).where(articles.c.id == first.copy_of)).one()
        if first.source_id == article.source_id:
            return None
    same_text = first.text_hash == article.text_hash
    return first.id, 1.0 if same_text else likeness(first.signature, article.signature)


def _add(connection: Connection, identity: str, article: Article, same: Sequence[AnyRow], now: datetime) -> None:
    shared = _shared_bands(connection, article)
    copy_of, share = _first_elsewhere(connection, article, same, shared) or ("", 0.0)
    article = replace(article, copy_of=copy_of, likeness=share)
    sequence = next_sequence(connection)
    row = article_row(article) | {"id": identity, "first_stored": now, "sequence": sequence, "revision": 1}
    key = connection.execute(ADD_ARTICLE, row).scalar_one()
    connection.execute(ADD_REVISION, revision_row(article) | {"article": key, "number": 1, "stored": now})
    _add_claims(connection, key, identity, 1, article, {}, now)
    _add_bands(connection, key, article, shared)


def _revise(connection: Connection, article: Article, known: AnyRow, now: datetime) -> None:
    _remove_bands(connection, known)
    shared = _shared_bands(connection, article)
    copy_of, share = "", 0.0
    if not connection.execute(select(exists().where(articles.c.copy_of == known.id))).scalar():
        same = _same_text(connection, article)
        copy_of, share = _first_elsewhere(connection, article, same, shared) or ("", 0.0)
    article = replace(article, copy_of=copy_of, likeness=share)
    number = known.revision + 1
    row = article_row(article) | {"sequence": next_sequence(connection), "revision": number}
    connection.execute(update(articles).where(articles.c.key == known.key).values(row))
    connection.execute(ADD_REVISION, revision_row(article) | {"article": known.key, "number": number, "stored": now})
    _add_claims(connection, known.key, known.id, number, article, _first_seen(connection, known.key), now)
    _add_bands(connection, known.key, article, shared)


def _refresh(connection: Connection, article: Article, known: AnyRow, now: datetime) -> SaveResult:
    row = revision_row(article)
    if known.analysed and article.sentences is None:  # an analysis that failed this time undoes none that succeeded
        row |= {"analysed": True, "engine_version": known.engine_version, "language_version": known.language_version}
    fields = {name: value for name, value in article_row(article).items() if name in ("language", "kind", "published")}
    if _settled(row | fields, row | fields) == _settled(known._mapping, row | fields):
        return "unchanged"
    here = (revisions.c.article == known.key, revisions.c.number == known.revision)
    connection.execute(update(revisions).where(*here).values(row))
    fields["sequence"] = next_sequence(connection)
    connection.execute(update(articles).where(articles.c.key == known.key).values(fields))
    if article.sentences is not None:
        first_seen = _first_seen(connection, known.key)
        connection.execute(delete(claims).where(claims.c.article == known.key, claims.c.revision == known.revision))
        _add_claims(connection, known.key, known.id, known.revision, article, first_seen, now)
    return "updated"


def _is_older(article: Article, known: AnyRow) -> bool:
    """Whether an article was fetched before what the store has of it."""
    fetched = known.details.get("fetched")
    return bool(fetched and article.fetched and article.fetched < datetime.fromisoformat(fetched))


def _settled(row: Mapping[Any, Any], names: Iterable[str]) -> list[Any]:
    """The values of a row as the database gives them back, for comparison."""
    details = {name: value for name, value in row["details"].items() if name not in VOLATILE}
    values = [row[name] for name in names if name not in VOLATILE | {"details"}]
    return [storable(value) if isinstance(value, str) else value for value in (*values, encoded(details))]


def _first_seen(connection: Connection, key: int) -> dict[str, datetime]:
    statement = select(claims.c.claim_id, func.min(claims.c.first_seen)).where(claims.c.article == key)
    return dict(connection.execute(statement.group_by(claims.c.claim_id)).all())


def _add_claims(
    connection: Connection,
    key: int,
    identity: str,
    number: int,
    article: Article,
    first_seen: dict[str, datetime],
    now: datetime,
) -> None:
    sentences = article.sentences or ()
    found = enumerate(zip(claim_ids(identity, (sentence.text for sentence in sentences)), sentences, strict=True))
    placed = [(position, claim_id, sentence) for position, (claim_id, sentence) in found if sentence.claim]
    if article.headline:
        placed.append((HEADLINE_POSITION, headline_id(identity, article.title), article.headline))
    rows = [
        claim_row(sentence)
        | {
            "article": key,
            "revision": number,
            "position": position,
            "claim_id": claim_id,
            "first_seen": first_seen.get(claim_id, now),
        }
        for position, claim_id, sentence in placed
    ]
    if rows:
        connection.execute(ADD_CLAIMS, rows)


def _add_bands(connection: Connection, key: int, article: Article, shared: Sequence[AnyRow]) -> None:
    if article.copy_of or not article.signature:  # a copy is found by its first article
        return
    held = Counter(row.band for row in shared)
    rows = [{"band": band, "article": key} for band in bands(article.signature) if held[band] < BAND_CAPACITY]
    if rows:
        connection.execute(ADD_BANDS, rows)


def _remove_bands(connection: Connection, row: AnyRow) -> None:
    keys = bands(row.signature)
    connection.execute(delete(schema.bands).where(BANDS.band.in_(keys), BANDS.article == row.key))
