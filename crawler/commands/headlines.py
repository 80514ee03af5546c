"""The headline flag as a claim among the others, so that every view shows it first."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.claims import analyse_text
from pipelines.claims.headline import HeadlineFlag, headline_flag
from pipelines.items import Article, Sentence
from pipelines.policy import NEWS, POLICY, WEAK, flagged

RULE = "headline"


def headline_of(article: Article, claims: Sequence[Sentence]) -> Sentence | None:
    """The title as a flagged sentence, where it asserts what the text gives from a weak source alone, or nowhere.

    `claims` are those of the text. Looked at only where policy treats the kind as news and the text has a flag or a
    weak source, since anything else would cost every reader of the store the time for every article.
    """
    if POLICY.get(article.kind, NEWS) is not NEWS or not any(map(_doubtful, claims)):
        return None
    found = headline_flag(article.title, claims, article.language)
    if found and found.sentence is None and article.text:
        found = _with_all_sentences(article)  # what no claim says may stand in a question
    if found is None:
        return None
    return Sentence(
        start=0,
        end=len(article.title),
        text=article.title,
        claim=True,
        attribution=found.attribution,
        rule=RULE,
        priority=1.0,
        reasons=(found.reason,),
    )


def _doubtful(sentence: Sentence) -> bool:
    context = sentence.context.attribution if sentence.context else sentence.attribution
    return sentence.claim and (context in WEAK or flagged(sentence))


def _with_all_sentences(article: Article) -> HeadlineFlag | None:
    sentences = analyse_text(article.text, article.language, article.title) or ()
    return headline_flag(article.title, sentences, article.language)
