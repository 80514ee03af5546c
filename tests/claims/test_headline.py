"""The headline flag: when a title is flagged, and above all when it is not."""

import pytest

from pipelines.claims import analyse_text
from pipelines.claims.headline import HeadlineFlag, headline_flag
from pipelines.items import Link, Span


def flag(title: str, text: str, language: str, links: tuple[Link, ...] = ()) -> HeadlineFlag | None:
    sentences = analyse_text(text, language, title, links=links, url="https://gazette.example/a")
    assert sentences is not None
    return headline_flag(title, sentences, language)


FRENCH_SOURCE = "{} que la fonderie Aubert va fermer ses portes en juin.\nLe maire a dit qu'il ne savait rien."
ENGLISH_SOURCE = "{} that the Harlow foundry will close its gates in June.\nThe mayor said he knew nothing."


@pytest.mark.parametrize(
    ("opening", "attribution"),
    [
        ("Une source proche de la direction affirme", "anonymous"),
        ("Des observateurs affirment", "vague"),
        ("Il se murmure", "hearsay"),
    ],
)
def test_french_title_on_a_weak_source(opening: str, attribution: str) -> None:
    found = flag("La fonderie Aubert va fermer ses portes", FRENCH_SOURCE.format(opening), "fr")
    assert found is not None
    assert found.attribution == attribution
    assert found.sentence is not None
    assert found.sentence.text.startswith(opening)


@pytest.mark.parametrize(
    ("opening", "attribution"),
    [
        ("A source close to the board said", "anonymous"),
        ("Some observers claim", "vague"),
        ("Rumour has it", "hearsay"),
    ],
)
def test_english_title_on_a_weak_source(opening: str, attribution: str) -> None:
    found = flag("Harlow foundry to close its gates", ENGLISH_SOURCE.format(opening), "en")
    assert found is not None
    assert found.attribution == attribution
    assert "the title asserts" in found.reason


def test_the_weak_source_of_the_sentence_before_counts() -> None:
    text = (
        "La ville a trois ponts.\n"
        "Une source proche du dossier affirme que la dette est grave. La fonderie Aubert a perdu neuf millions d'euros."
    )
    title = "La fonderie Aubert a perdu neuf millions"
    sentences = analyse_text(text, "fr", title) or ()
    assert sentences[-1].context is not None
    found = headline_flag(title, sentences, "fr")
    assert found is not None
    assert found.sentence is sentences[-1]


@pytest.mark.parametrize(
    "title",
    [
        "La fonderie Aubert va fermer ses portes, selon le syndicat",
        "La fonderie Aubert va-t-elle fermer ses portes ?",
        "Fermeture de la fonderie Aubert : « Nous sommes abandonnés »",
        "Pourquoi la fonderie Aubert va fermer ses portes",
        "La fonderie Aubert",
        "La fonderie Aubert aurait fermé ses portes",
    ],
)
def test_french_titles_that_do_not_assert(title: str) -> None:
    text = FRENCH_SOURCE.format("Une source proche de la direction affirme")
    assert flag(title, text, "fr") is None


@pytest.mark.parametrize(
    "title",
    [
        "Harlow foundry to close its gates, union says",
        "Will the Harlow foundry close its gates?",
        "Harlow foundry ‘will close its gates’",
        "Why the Harlow foundry will close its gates",
        "Harlow foundry",
        "Harlow foundry will reportedly close its gates",
    ],
)
def test_english_titles_that_do_not_assert(title: str) -> None:
    assert flag(title, ENGLISH_SOURCE.format("A source close to the board said"), "en") is None


@pytest.mark.parametrize("opening", ["Le ministère confirme", "Anne Morel, la directrice, annonce"])
def test_a_named_source_anywhere_in_the_text_is_enough(opening: str) -> None:
    weak = FRENCH_SOURCE.format("Une source proche de la direction affirme")
    text = f"{weak}\n{opening} que la fonderie Aubert va fermer ses portes en juin."
    assert flag("La fonderie Aubert va fermer ses portes", text, "fr") is None


def test_public_record_is_enough() -> None:
    text = "Le tribunal de Nantes a condamné l'ancien notaire Paul Girard à deux ans de prison."
    assert flag("L'ancien notaire Paul Girard condamné à deux ans de prison", text, "fr") is None


def test_linked_evidence_is_enough() -> None:
    text = "Some observers claim that the Harlow foundry will close its gates in June."
    link = Link("https://register.example/notice", Span(5, 14, text[5:14]))
    assert flag("Harlow foundry will close its gates", text, "en") is not None
    assert flag("Harlow foundry will close its gates", text, "en", (link,)) is None


NOWHERE_FR = (
    "Le printemps est arrivé dans la vallée. Les marchands préparent leurs étals. Le curé a béni la fontaine. "
    "Les enfants ont décoré la place. Le bal commence samedi. Une fanfare viendra de la ville voisine."
)


def test_news_that_no_sentence_gives() -> None:
    found = flag("L'armée de Valdérie a préparé une attaque secrète contre le barrage", NOWHERE_FR, "fr")
    assert found is not None
    assert (found.sentence, found.attribution) == (None, "none")


def test_a_topic_that_no_sentence_names_is_no_news() -> None:
    assert flag("Douceurs et couleurs : carnet de route d'un dimanche ordinaire", NOWHERE_FR, "fr") is None


def test_a_text_of_few_sentences_may_be_a_teaser() -> None:
    start = "Le printemps est arrivé dans la vallée. Les marchands préparent leurs étals."
    assert flag("L'armée de Valdérie a préparé une attaque secrète contre le barrage", start, "fr") is None


@pytest.mark.parametrize("title", ["", " ", "?", "«", "\u200f", "a" * 5000])
def test_odd_titles_raise_nothing(title: str) -> None:
    assert flag(title, NOWHERE_FR, "fr") is None


def test_a_language_without_a_file_is_not_judged() -> None:
    assert headline_flag("Something happened to the whole town", (), "xx") is None


@pytest.mark.parametrize(
    ("verb", "matches"),
    [("fermer", True), ("fermeture", True), ("ferait", False), ("affermir", False)],
)
def test_another_form_of_a_word_is_the_same_word(verb: str, matches: bool) -> None:
    text = f"Une source proche du dossier affirme que la fonderie Aubert : {verb}.\nIl pleut."
    assert (flag("Fonderie Aubert : la fermeture est décidée", text, "fr") is not None) == matches
