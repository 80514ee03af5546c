from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.duplicates import article_id, claim_id, text_hash
from pipelines.errors import WrongUse
from pipelines.items import Article, Link, Moment, Problem, Sentence, Span
from pipelines.stores import open_store
from pipelines.stores.base import ArticleFilter, SaveResult, Store, StoredArticle
from tests.pipelines.stores.samples import NOW, article, claims, edited, long_text

EVERY = ArticleFilter()


def save(store: Store, item: Article, now: datetime = NOW) -> SaveResult:
    return store.save_article(item, item.url, 1, now)


def stored(store: Store, source: str = "gazette", page: str = "1") -> StoredArticle:
    found = store.article(article_id(source, f"https://{source}.example/{page}"))
    assert found is not None
    return found


def everything(store: Store, chosen: ArticleFilter = EVERY) -> list[StoredArticle]:
    return list(store.articles(chosen))


def test_the_same_article_is_stored_once(store: Store) -> None:
    item = article(text=long_text(1), sentences=claims("It rained."))
    assert save(store, item) == "stored"
    assert save(store, replace(item, fetched=NOW + timedelta(hours=1))) == "unchanged"
    (kept,) = everything(store)
    assert (kept.revision, kept.sequence, kept.first_stored) == (1, 1, NOW)


def test_a_new_text_is_a_revision_whose_claims_are_its_own(store: Store) -> None:
    save(store, article(text=long_text(1), sentences=claims("It rained.", "Ten died.")))
    later = NOW + timedelta(hours=2)
    assert save(store, article(text=long_text(2), sentences=claims("It rained.", "Twelve died.")), later) == "revision"
    kept = stored(store)
    assert (kept.revision, kept.sequence, kept.article.text) == (2, 2, long_text(2))
    assert [claim.sentence.text for claim in kept.claims] == ["It rained.", "Twelve died."]
    assert [claim.first_seen for claim in kept.claims] == [NOW, later]
    assert len(everything(store)) == 1


def test_same_source_and_same_text_elsewhere_is_an_alias(store: Store) -> None:
    save(store, article(page="1", text=long_text(1)))
    assert save(store, article(page="print/1", text=long_text(1))) == "alias"
    assert len(everything(store)) == 1
    # The alias leads to its article, so that a later text found there is a revision and not an article of its own.
    assert save(store, article(page="print/1", text=long_text(2))) == "revision"
    assert stored(store).article.text == long_text(2)
    assert store.ledger_counts() == {"stored": 2}


def test_the_same_short_text_under_two_titles_is_two_articles(store: Store) -> None:
    assert save(store, article(page="1", text="Subscribe to read on.")) == "stored"
    assert save(store, article(page="2", text="Subscribe to read on.")) == "stored"
    assert save(store, article(page="3", text="Subscribe to read on.", title="Title 1")) == "alias"
    assert save(store, article("herald", page="9", text="Subscribe to read on.")) == "stored"
    assert stored(store, "herald", "9").article.copy_of == ""


def test_articles_without_text_stay_apart(store: Store) -> None:
    assert [save(store, article(page=str(page))) for page in range(3)] == ["stored"] * 3
    assert save(store, article(page="0")) == "unchanged"


def test_a_page_that_gave_no_text_undoes_nothing(store: Store) -> None:
    save(store, article(text=long_text(1)))
    assert save(store, article(text="", title="Before you continue")) == "unchanged"
    assert stored(store).article.text == long_text(1)


def test_what_was_fetched_before_what_is_there_undoes_nothing(store: Store) -> None:
    later = article(text=long_text(1), title="Nine died", fetched=NOW + timedelta(hours=1))
    assert save(store, later) == "stored"
    assert save(store, article(text=long_text(2))) == "unchanged"
    assert save(store, article(text=long_text(1), title="Eight died")) == "unchanged"
    assert stored(store).article == later
    assert save(store, replace(later, title="Ten died")) == "updated"


def test_a_new_title_updates_the_revision(store: Store) -> None:
    save(store, article(text=long_text(1), sentences=claims("It rained.")))
    assert save(store, article(text=long_text(1), sentences=claims("It rained."), title="New")) == "updated"
    kept = stored(store)
    assert (kept.article.title, kept.revision, kept.sequence) == ("New", 1, 2)
    assert len(kept.claims) == 1


def test_another_analysis_replaces_the_claims_and_keeps_their_ids(store: Store) -> None:
    first = article(text=long_text(1), sentences=claims("It rained.", "Ten died."), engine_version="1")
    save(store, first)
    before = stored(store).claims
    store.decide(before[1].claim_id, "to check", "", "ada", NOW)
    again = replace(first, sentences=claims("Ten died.", "All fled."), engine_version="2")
    assert save(store, again, NOW + timedelta(days=1)) == "updated"
    kept = stored(store)
    assert [claim.sentence.text for claim in kept.claims] == ["Ten died.", "All fled."]
    assert (kept.claims[0].claim_id, kept.claims[0].first_seen) == (before[1].claim_id, NOW)
    assert kept.claims[0].decision is not None
    assert kept.article.engine_version == "2"


def test_an_analysis_that_failed_does_not_undo_one_that_succeeded(store: Store) -> None:
    first = article(text=long_text(1), sentences=claims("It rained."), engine_version="1")
    save(store, first)
    save(store, replace(first, sentences=None, engine_version="", problems=(Problem("claims", "timed out"),)))
    kept = stored(store)
    assert (kept.article.engine_version, len(kept.claims)) == ("1", 1)
    assert kept.article.problems == (Problem("claims", "timed out"),)


@pytest.mark.parametrize("sentences", [None, ()])
def test_not_analysed_is_told_from_nothing_found(store: Store, sentences: tuple[Sentence, ...] | None) -> None:
    save(store, article(text=long_text(1), sentences=sentences))
    assert stored(store).article.sentences == sentences


def test_only_claims_are_kept_named_ones_too(store: Store) -> None:
    claim, named, question = claims("It rained.", "He said so.", "Why?")
    sentences = (claim, replace(named, attribution="named"), replace(question, claim=False))
    save(store, article(text=long_text(1), sentences=sentences))
    assert stored(store).article.sentences == sentences[:2]


def test_equal_sentences_keep_their_count_whether_or_not_the_first_is_a_claim(store: Store) -> None:
    one, other = claims("It rained.", "It rained.")
    save(store, article(text=long_text(1), sentences=(replace(one, claim=False), other)))
    (kept,) = stored(store).claims
    assert kept.claim_id == claim_id(stored(store).article_id, "It rained.", 1)


def test_copies_point_to_the_first_of_another_source(store: Store) -> None:
    text = long_text(1)
    save(store, article("agency", text=text))
    save(store, article("gazette", text=edited(text, [5, 90])))
    save(store, article("herald", text=text))
    save(store, article("tribune", text=edited(text, [7])))
    first = stored(store, "agency")
    copies = [stored(store, source).article for source in ("gazette", "herald", "tribune")]
    assert [copy.copy_of for copy in copies] == [first.article_id] * 3
    assert 0.9 < copies[0].likeness < 1
    assert copies[1].likeness == 1.0
    assert (first.copies, first.article.copy_of) == (3, "")


def test_a_copy_of_a_copy_leads_to_the_first(store: Store) -> None:
    text = long_text(1)
    save(store, article("agency", text=text))
    later = edited(text, [5, 6, 7, 8, 9])
    save(store, article("gazette", text=later))
    save(store, article("herald", text=later))
    assert stored(store, "herald").article.copy_of == stored(store, "agency").article_id


def test_a_source_does_not_copy_itself(store: Store) -> None:
    text = long_text(1)
    save(store, article("agency", "1", text))
    save(store, article("agency", "2", edited(text, [3])))
    assert stored(store, "agency", "2").article.copy_of == ""
    save(store, article("gazette", "1", edited(text, [3, 4])))
    # Its copy stands elsewhere, but the story was here first.
    save(store, article("agency", "3", edited(text, [3, 4, 5])))
    assert stored(store, "gazette").article.copy_of == stored(store, "agency").article_id
    assert stored(store, "agency", "3").article.copy_of == ""


def test_other_texts_are_no_copies(store: Store) -> None:
    for seed in range(30):
        save(store, article(f"source{seed}", text=long_text(seed)))
    assert {kept.article.copy_of for kept in everything(store)} == {""}


def test_short_texts_are_no_near_copies(store: Store) -> None:
    save(store, article("gazette", text="Liverpool beat Everton 2-1 at home on Sunday."))
    save(store, article("herald", text="Liverpool beat Everton 2-0 at home on Sunday."))
    assert stored(store, "herald").article.copy_of == ""


def test_a_revision_may_become_a_copy_and_stop_being_one(store: Store) -> None:
    save(store, article("gazette", text="More to follow."))
    save(store, article("agency", text=long_text(1)))
    save(store, article("gazette", text=edited(long_text(1), [3])))
    assert stored(store, "gazette").article.copy_of == stored(store, "agency").article_id
    save(store, article("gazette", text=long_text(2)))
    assert stored(store, "gazette").article.copy_of == ""
    save(store, article("herald", text=edited(long_text(2), [9])))
    assert stored(store, "herald").article.copy_of == stored(store, "gazette").article_id


def test_a_first_article_stays_first_when_it_is_revised(store: Store) -> None:
    save(store, article("agency", text=long_text(1)))
    save(store, article("gazette", text=long_text(1)))
    save(store, article("herald", text=long_text(2)))
    save(store, article("agency", text=long_text(2)))
    assert stored(store, "agency").article.copy_of == ""
    assert stored(store, "gazette").article.copy_of == stored(store, "agency").article_id


def test_a_template_of_thousands_does_not_slow_the_lookup(store: Store) -> None:
    template = long_text(1)
    for page in range(40):
        save(store, article("weather", str(page), edited(template, [page])))
    save(store, article("gazette", text=template))
    assert stored(store).article.copy_of == stored(store, "weather", "0").article_id


def test_decisions_are_appended_and_the_latest_shows(store: Store) -> None:
    save(store, article(text=long_text(1), sentences=claims("It rained.", "Ten died.")))
    first = stored(store).claims[0]
    assert first.decision is None
    one = store.decide(first.claim_id, "to check", "call the mayor", "ada", NOW)
    two = store.decide(first.claim_id[:12], "not checkable", "", "bob", NOW + timedelta(hours=1))
    assert (one.sequence, two.sequence) == (2, 3)
    assert list(store.decisions()) == [one, two]
    assert list(store.decisions(after_sequence=2)) == [two]
    assert [claim.decision for claim in stored(store).claims] == [two, None]
    save(store, article(text=long_text(2), sentences=claims("It rained.")))
    assert stored(store).claims[0].decision == two


def test_articles_and_claims_are_found_by_the_beginning_of_their_ids(store: Store) -> None:
    for page in range(40):
        save(store, article(page=str(page), text=long_text(page), sentences=claims(f"Claim {page}.")))
    kept = stored(store, page="7")
    assert store.article(kept.article_id[:10]) == kept
    assert store.article_of_claim(kept.claims[0].claim_id[:10]) == kept
    assert store.article("0123456789abcdef") is None
    assert store.article_of_claim("nonsense") is None
    with pytest.raises(WrongUse, match="More than one id begins with ''"):
        store.article("")
    with pytest.raises(WrongUse, match="No claim has an id that begins with '0123456789abcdef'"):
        store.decide("0123456789abcdef", "to check", "", "ada", NOW)


def test_articles_are_read_by_sequence_beyond_one_batch(store: Store) -> None:
    for page in range(250):
        save(store, article(page=str(page)))
    save(store, article(page="3", text="It changed."))
    read = everything(store)
    assert [kept.sequence for kept in read] == [number for number in range(1, 252) if number != 4]
    assert [kept.sequence for kept in everything(store, ArticleFilter(after_sequence=249))] == [250, 251]


def test_the_filter_lets_through_what_it_names(store: Store) -> None:
    day = timedelta(days=1)
    published = Moment(NOW - 3 * day, "minute", "stated", "x", "y")
    sentences = claims("It rained.")
    save(store, article("gazette", "1", long_text(1), language="fr", sentences=sentences, published=published))
    save(store, article("herald", "1", long_text(2), language="en", kind="opinion"))
    save(store, article("herald", "2", long_text(3), language="en", published=replace(published, value=NOW)))

    def pages(**fields: object) -> list[str]:
        return [kept.article.url.removeprefix("https://") for kept in everything(store, ArticleFilter(**fields))]  # type: ignore[arg-type]

    assert pages(source_ids=("herald",)) == ["herald.example/1", "herald.example/2"]
    assert pages(languages=("fr", "de")) == ["gazette.example/1"]
    assert pages(kinds=("opinion",)) == ["herald.example/1"]
    assert pages(attributions=("none", "vague")) == ["gazette.example/1"]
    assert pages(attributions=("hearsay",)) == []
    assert pages(since=NOW - day) == ["herald.example/1", "herald.example/2"]
    assert pages(languages=("en",), kinds=("news",)) == ["herald.example/2"]


def titled(title: str, **fields: Any) -> Article:
    """An article whose title is a claim, and the first sentence of its text another one with the same words."""
    headline = Sentence(0, len(title), title, True, "none", "headline", priority=1.0)
    return article(text=f"{title} {long_text(1)}", title=title, headline=headline, sentences=claims(title), **fields)


def test_a_headline_is_a_claim_that_keeps_its_id_and_its_decision_over_analyses(store: Store) -> None:
    save(store, titled("The bridge fell"))
    first = stored(store)
    assert first.headline
    assert [claim.sentence.rule for claim in first.all_claims] == ["headline", "assertion"]
    assert first.headline.claim_id != first.claims[0].claim_id
    decision = store.decide(first.headline.claim_id[:12], "wrong label", "", "ada", NOW)
    found = store.article_of_claim(first.headline.claim_id)
    assert found
    assert found.headline == replace(first.headline, decision=decision)
    assert found.claims == first.claims
    later = NOW + timedelta(days=1)
    assert save(store, titled("The bridge fell", engine_version="2"), later) == "updated"
    assert stored(store).headline == found.headline
    assert save(store, replace(titled("The bridge fell"), text=long_text(2), text_hash=""), later) == "revision"
    assert stored(store).headline == found.headline
    save(store, titled("The bridge has fallen"), later)
    other = stored(store).headline
    assert other
    assert (other.claim_id == first.headline.claim_id, other.first_seen, other.decision) == (False, later, None)
    assert save(store, replace(titled("The bridge has fallen", engine_version="3"), headline=None)) == "updated"
    assert stored(store).headline is None


def test_pruning_deletes_old_articles_and_keeps_decisions_and_ledger(store: Store) -> None:
    save(store, article("agency", text=long_text(1), sentences=claims("It rained.")))
    store.decide(stored(store, "agency").claims[0].claim_id, "to check", "", "ada", NOW)
    save(store, article("agency", "print", text=long_text(1)))
    save(store, article("gazette", text=long_text(1)), NOW + timedelta(days=2))
    assert store.prune(NOW) == 0
    assert store.prune(NOW + timedelta(days=1)) == 1
    (kept,) = everything(store)
    assert (kept.article.source_id, kept.article.copy_of, kept.article.likeness) == ("gazette", "", 0.0)
    assert len(list(store.decisions())) == 1
    assert store.ledger_counts() == {"stored": 3}
    save(store, article("herald", text=long_text(1)))
    herald = stored(store, "herald").article
    assert (herald.copy_of, herald.likeness) == (kept.article_id, 1.0)


def test_hostile_characters_do_not_fail_and_offsets_stay(store: Store) -> None:
    text = "Half an emoji \ud83d here.\0 And on."
    start = text.index("And on.")
    sentence = Sentence(start, start + 7, "And on.", True, "none", "assertion")
    item = article(text=text, sentences=(sentence,), authors=("A\udc00b\0",), tags=("\ud800",), section="\0")
    item = replace(item, url="https://gazette.example/\ud800", title="\udfff")
    assert save(store, item) == "stored"
    (kept,) = everything(store)
    assert kept.article.text == "Half an emoji ? here.\ufffd And on."
    assert kept.claims[0].sentence == sentence
    assert kept.article.text[start : start + 7] == "And on."
    assert save(store, item) == "unchanged"


OFFSETS = st.integers(-12 * 60, 12 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC) | OFFSETS)  # noqa: DTZ001
MOMENTS = st.builds(Moment, value=TIMES)
OFFSET = st.integers(0, 2**31 - 1)
SENTENCES = st.builds(Sentence, claim=st.just(True), start=OFFSET, end=OFFSET, priority=st.floats(0, 1))
ARTICLES = (
    st.builds(
        Article,
        fetched=st.none() | TIMES,
        published=st.none() | MOMENTS,
        modified=st.none() | MOMENTS,
        language_confidence=st.floats(0, 1),
        text_hash=st.just(""),
        copy_of=st.just(""),
        likeness=st.just(0.0),
        signature=st.just(()) | st.lists(st.integers(0, 2**32 - 1), min_size=120, max_size=120).map(tuple),
        sentences=st.none() | st.lists(SENTENCES, max_size=3).map(tuple),
        headline=st.none() | SENTENCES,
    )
    .map(lambda item: item if item.sentences is not None else replace(item, headline=None))
    .filter(lambda item: "\\x00" not in repr(item))  # NUL is replaced, see above
)


@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
@given(item=ARTICLES)
def test_every_field_survives_the_round_trip(tmp_path_factory: pytest.TempPathFactory, item: Article) -> None:
    with open_store(tmp_path_factory.mktemp("store") / "store.sqlite") as store:
        save(store, item)
        (kept,) = everything(store)
        assert kept.article == replace(item, text_hash=text_hash(item.text))
        assert tuple(claim.sentence for claim in kept.claims) == (item.sentences or ())
        assert (kept.headline.sentence if kept.headline else None) == item.headline
        if item.published:
            assert kept.article.published is not None
            assert kept.article.published.value.utcoffset() == item.published.value.utcoffset()
        assert save(store, item) == "unchanged"


def test_links_and_spans_survive_the_round_trip(store: Store) -> None:
    link = Link("https://elsewhere.example/report", Span(4, 10, "report"))
    item = article(text=long_text(1), links=(link,), standfirst=Span(0, 3, "The"))
    save(store, item)
    assert stored(store).article == item
