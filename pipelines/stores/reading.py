"""Reading articles, claims and decisions: in batches, each a short transaction, so that no reader holds up a writer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, exists, func, select

from pipelines.errors import WrongUse
from pipelines.stores.base import ArticleFilter, Claim, Decision, StoredArticle
from pipelines.stores.records import article_of, sentence_of
from pipelines.stores.schema import HEADLINE_POSITION, AnyRow, articles, claims, decisions, is_latest, revisions

BATCH = 100
"""Articles read at once: some megabytes."""


def matching(chosen: ArticleFilter, after: int) -> Select[Any]:
    """The statement for the next batch of articles that pass a filter, by sequence."""
    statement = _latest().where(articles.c.sequence > after).order_by(articles.c.sequence).limit(BATCH)
    lists = {
        articles.c.source_id: chosen.source_ids,
        articles.c.language: chosen.languages,
        articles.c.kind: chosen.kinds,
    }
    for column, allowed in lists.items():
        if allowed:
            statement = statement.where(column.in_(allowed))
    if chosen.attributions:
        has_claim = exists().where(_claims_of_latest(), claims.c.attribution.in_(chosen.attributions))
        statement = statement.where(has_claim)
    if chosen.since:
        statement = statement.where(func.coalesce(articles.c.published, articles.c.first_stored) >= chosen.since)
    return statement


def read_articles(connection: Connection, statement: Select[Any]) -> list[StoredArticle]:
    """The articles of a statement made by `matching` or `by_id`, with claims, decisions and numbers of copies."""
    rows = connection.execute(statement).all()
    keys = [row.key for row in rows]
    found = select(claims).join(articles, _claims_of_latest()).where(articles.c.key.in_(keys))
    of_article: dict[int, list[AnyRow]] = defaultdict(list)
    for row in connection.execute(found.order_by(claims.c.article, claims.c.position)):
        of_article[row.article].append(row)
    decided = _latest_decisions(connection, (row.claim_id for group in of_article.values() for row in group))
    copied = select(articles.c.copy_of, func.count()).where(articles.c.copy_of.in_([row.id for row in rows]))
    copies: dict[str, int] = dict(connection.execute(copied.group_by(articles.c.copy_of)).all())
    return [_stored(row, of_article[row.key], decided, copies.get(row.id, 0)) for row in rows]


def by_id(connection: Connection, identity: str) -> Select[Any] | None:
    """The statement for the article whose id begins so, None where there is none."""
    whole = _only(connection, articles.c.id, identity)
    return None if whole is None else _latest().where(articles.c.id == whole)


def by_claim(connection: Connection, identity: str) -> Select[Any] | None:
    """The statement for the article of the claim whose id begins so, None where there is none."""
    whole = _only(connection, claims.c.claim_id, identity)
    return None if whole is None else _latest().where(articles.c.key.in_(_holders(whole)))


def claim_named(connection: Connection, identity: str) -> str | None:
    """The whole id of the claim whose id begins so, None where there is none."""
    return _only(connection, claims.c.claim_id, identity)


def read_decisions(connection: Connection, after: int) -> list[Decision]:
    """The next batch of decisions, by sequence."""
    statement = select(decisions).where(decisions.c.sequence > after).order_by(decisions.c.sequence).limit(BATCH)
    return [Decision(**row._mapping) for row in connection.execute(statement)]


def _latest() -> Select[Any]:
    return select(articles, revisions).join_from(articles, revisions, is_latest)


def _holders(claim_id: str) -> Any:
    return select(claims.c.article).where(claims.c.claim_id == claim_id)


def _claims_of_latest() -> Any:
    return (claims.c.article == articles.c.key) & (claims.c.revision == articles.c.revision)


def _only(connection: Connection, column: Any, prefix: str) -> str | None:
    # "g" sorts after every hexadecimal digit; a range, unlike LIKE, uses the index in every database.
    statement = select(column).where(column >= prefix, column < f"{prefix}g").distinct().limit(2)
    found = connection.execute(statement).scalars().all()
    if len(found) > 1:
        raise WrongUse(f"More than one id begins with {prefix!r}: give more of its digits.")
    return found[0] if found else None


def _latest_decisions(connection: Connection, claim_ids: Iterable[str]) -> dict[str, Decision]:
    wanted = sorted(set(claim_ids))
    latest: dict[str, Decision] = {}
    for start in range(0, len(wanted), 1000):
        chunk = wanted[start : start + 1000]
        statement = select(decisions).where(decisions.c.claim_id.in_(chunk)).order_by(decisions.c.sequence)
        latest |= {row.claim_id: Decision(**row._mapping) for row in connection.execute(statement)}
    return latest


def _stored(row: AnyRow, found: Sequence[AnyRow], decided: dict[str, Decision], copies: int) -> StoredArticle:
    held = [
        Claim(each.claim_id, sentence_of(each._mapping), each.first_seen, decided.get(each.claim_id)) for each in found
    ]
    headline = held.pop(0) if found and found[0].position == HEADLINE_POSITION else None
    article = article_of(row._mapping, (claim.sentence for claim in held), headline.sentence if headline else None)
    return StoredArticle(row.id, row.sequence, row.revision, row.first_stored, article, tuple(held), copies, headline)
