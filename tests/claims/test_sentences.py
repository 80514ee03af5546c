"""Where sentences end."""

import pytest

from pipelines.claims import analyse_text


def cut(text: str, language: str) -> list[str]:
    sentences = analyse_text(text, language)
    assert sentences is not None
    return [sentence.text for sentence in sentences]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("fr", ["M. Dupré est parti.", "Il reviendra."]),
        ("fr", ["Le Dr. A. Colin a vu 5.400 patients en 3 ans.", "Il est fatigué !"]),
        ("fr", ["Il a payé 3,50 euros.", "Puis 4.50."]),
        ("fr", ["« Partez ! » dit-il.", "Ils partent."]),
        ("fr", ["« Partez. Vite. Maintenant », dit-il.", "Ils partent."]),
        ("fr", ["Il hésite… puis il part.", "Elle reste."]),
        ("fr", ["Il hésite…", "Puis il part."]),
        ("fr", ["Est-ce vrai ?!", "Oui."]),
        ("en", ["Mr. Ames met Dr. Lowell on Jan. 5.", "They left."]),
        ("en", ["He lives in the U.S. and works at Acme Inc. in Ohio.", "She does not."]),
        ("en", ["Prices rose 2.5 percent at 10 a.m. on Monday.", "They fell later."]),
        ("en", ["“Leave. Now,” he said.", "They left."]),
        ("en", ["He left (at last).", "She stayed."]),
        ("en", ["Is it true?", "“Yes.”", "It is."]),
    ],
)
def test_sentences_of_a_paragraph(language: str, sentences: list[str]) -> None:
    assert cut(" ".join(sentences), language) == sentences


def test_a_newline_ends_a_sentence_with_or_without_a_mark() -> None:
    assert cut("Un titre\nUne phrase.\n\n\nUne autre", "fr") == ["Un titre", "Une phrase.", "Une autre"]


def test_a_newline_ends_a_sentence_within_an_open_quotation() -> None:
    assert cut("« Nous avons perdu.\n« Nous avons payé. »", "fr") == ["« Nous avons perdu.", "« Nous avons payé. »"]


def test_blanks_belong_to_no_sentence() -> None:
    assert cut("  Une phrase.   Une autre.  \n ", "fr") == ["Une phrase.", "Une autre."]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u200b", "\u00a0\n\u00a0"])
def test_no_text_no_sentence(text: str) -> None:
    assert cut(text, "fr") == []


def test_text_without_any_mark_is_one_sentence() -> None:
    text = "le pont est fermé " * 200
    assert cut(text, "fr") == [text.strip()]
