"""The static pages: everything escaped, nothing but the page's own style runs, right to left where it should be."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from crawler.commands.cards import Wanted, fold
from crawler.commands.html import document_page, marks, report_page
from crawler.commands.wording import paragraphs
from pipelines.items import Article, Sentence, Span
from pipelines.policy import flags
from pipelines.stores import open_store
from pipelines.stores.base import ArticleFilter, Claim, StoredArticle
from tests.crawler.labelled import ARABIC, CANAL, HEADLINE, HOSTILE_ARTICLE, fill, sentence

MADE = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def pages(folder: Path) -> list[str]:
    with open_store(fill(folder / "unsourced.db")) as store:
        cards = fold(store.articles(ArticleFilter()), Wanted())
        outlets = {one.id: one.name for one in store.sources()}
    documents = [(one, flags(one.sentences or ())) for one in (CANAL, HOSTILE_ARTICLE, ARABIC)]
    return [report_page(cards, outlets, MADE), document_page(documents)]


def test_strangers_text_is_text(tmp_path: Path) -> None:
    for page in pages(tmp_path):
        tree = html.document_fromstring(page)
        assert tree.xpath("//script") == []
        assert "<script>alert(1)</script>" in tree.text_content()
        assert tree.xpath("//@href[not(starts-with(., 'https://'))]") == [], "javascript: is no address"


def test_nothing_but_the_pages_own_style_is_let_in(tmp_path: Path) -> None:
    for page in pages(tmp_path):
        tree = html.document_fromstring(page)
        (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
        assert style
        digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
        assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
        assert tree.xpath("//@style | //@src | //link | //@*[starts-with(name(), 'on')]") == []


def test_titles_and_sentences_find_their_own_direction(tmp_path: Path) -> None:
    for page in pages(tmp_path):
        tree = html.document_fromstring(page)
        arabic = tree.xpath("//*[@lang='ar'][@dir='auto']")
        assert any(one.text_content() == ARABIC.title for one in arabic)
        assert any("شهود" in one.text_content() for one in arabic)


def test_every_flag_is_numbered_and_explained() -> None:
    tree = html.document_fromstring(document_page([(CANAL, flags(CANAL.sentences or ()))]))
    assert [one.text for one in tree.xpath("//p//sup")] == ["1", "2", "3", "4"]
    assert len(tree.xpath("//*[contains(@class, 'note')]")) == 4
    assert tree.xpath("string(//*[@class='source'])") == "an official"


def test_a_headline_that_says_more_than_its_text_leads_the_card() -> None:
    assert HEADLINE.headline
    assert HEADLINE.sentences
    claims = tuple(Claim("c", one, MADE) for one in HEADLINE.sentences)
    stored = StoredArticle(
        "a", 1, 1, MADE, HEADLINE, claims, headline=Claim("0123456789abcdef", HEADLINE.headline, MADE)
    )
    (card,) = fold([stored], Wanted())
    assert [claim.sentence.rule for claim in card.with_headline] == ["headline", "rule-anonymous"]
    page = report_page([card], {}, MADE)
    assert "only from an anonymous source" in page
    assert "<code>0123456789</code>" in page
    document = document_page([(HEADLINE, (HEADLINE.headline, *flags(HEADLINE.sentences)))])
    assert "only from an anonymous source" in document
    assert html.document_fromstring(document).xpath("//p//sup/text()") == ["1"], "it takes no sentence's number"
    for quiet in ("obituary", "opinion"):
        article = replace(HEADLINE, kind=quiet)
        assert not any(card.headline for card in fold([replace(stored, article=article)], Wanted()))


def test_an_empty_report_says_so() -> None:
    assert "Nothing is flagged." in report_page([], {}, MADE)


@given(st.text(alphabet="ab ", min_size=1, max_size=40), st.data())
def test_marks_give_back_the_sentence(text: str, data: st.DataObject) -> None:
    def span() -> Span | None:
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        return Span(5 + start, 5 + end, text[start:end])

    one = Sentence(5, 5 + len(text), text, True, "named", "r", source=span(), cue=span())
    assert "".join(piece for _, piece in marks(one)) == text


def test_paragraphs_lose_nothing_between_sentences() -> None:
    text = "Lead in. One claim. Left over.\n\nA quotation that\ncrosses. End."
    found = (sentence("One claim.", 9, "none", 1.0), sentence("A quotation that\ncrosses.", 32, "none", 1.0))
    article = Article("s", "u", "u", None, text=text, sentences=found)
    pieces = [[piece.text.strip() for piece in one] for one in paragraphs(article)]
    assert pieces == [["Lead in.", "One claim.", "Left over."], ["A quotation that\ncrosses."], ["End."]]
