"""What the claim engine says of an article: every sentence of its text, and its title where that claims too much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipelines.claims import ENGINE_VERSION, analyse_text, language_version
from pipelines.claims.headline import headline_flag
from pipelines.items import Article, Sentence
from pipelines.policy import HEADLINE, WEAK, flagged
from pipelines.records import article_address


def analyse_article(article: Article) -> Article:
    """The article with its sentences, and with the versions that labelled them.

    As it came where its language is not covered.
    """
    language, title = article.language, article.title
    sentences = analyse_text(article.text, language, title, links=article.links, url=article_address(article))
    if sentences is None:
        return article
    return replace(
        article,
        sentences=sentences,
        headline=headline_claim(title, sentences, language),
        engine_version=ENGINE_VERSION,
        language_version=language_version(language),
    )


def headline_claim(title: str, sentences: Sequence[Sentence], language: str) -> Sentence | None:
    """The title as a claim, where it asserts what the text gives from a weak source alone, or nowhere.

    Its offsets are into the title. Looked at only where the text has a weak source, or a claim that news would flag:
    the titles of other texts are as well sourced as those are.
    """
    if not any(map(_doubtful, sentences)):
        return None
    found = headline_flag(title, sentences, language)
    if found is None:
        return None
    return Sentence(
        start=0,
        end=len(title),
        text=title,
        claim=True,
        attribution=found.attribution,
        rule=HEADLINE,
        priority=1.0,
        reasons=(found.reason,),
    )


def _doubtful(sentence: Sentence) -> bool:
    attribution = sentence.context.attribution if sentence.context else sentence.attribution
    return sentence.claim and (attribution in WEAK or flagged(sentence))
