"""Folding hides what a reader does not see, and every offset leads back to the original."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.claims import analyse_text
from pipelines.claims.folding import INVISIBLE, fold

ODD = st.text(alphabet=st.sampled_from([*'aeéÉİßﬁ .«»"\n', "\u0301", "\u00a0", "\u202f", *INVISIBLE[:8]]))


@pytest.mark.parametrize(
    ("original", "text"),
    [
        ("a\u00a0b\u202fc", "a b c"),
        ("e\u0301te\u0301", "été"),
        ("co\u00adop", "coop"),
        ("\ufefft\u200be\u200dxt", "text"),
        ("\u200fabc\u200e", "abc"),
        ("a\u2028b", "a\nb"),
        ("\u00c9T\u00c9", "ÉTÉ"),
        ("", ""),
        ("\u200b", ""),
    ],
)
def test_what_a_reader_sees(original: str, text: str) -> None:
    folded = fold(original)
    assert folded.text == text
    assert folded.low == text.lower()


def test_offsets_lead_back_behind_invisible_characters() -> None:
    original = "\u200fLe\u00a0pre\u0301fet\u200b dit."
    folded = fold(original)
    start = folded.text.index("préfet")
    assert original[folded.original(start) : folded.original(start + 6)] == "pre\u0301fet\u200b"
    assert folded.original(len(folded.text)) == len(original)


@pytest.mark.parametrize("letter", ["İ", "ẞ", "Ω", "ﬁ", "ŉ", "ǰ", "Σ"])
def test_lower_case_keeps_the_length(letter: str) -> None:
    folded = fold(f"x{letter}y")
    assert len(folded.low) == len(folded.text)


def test_letters_of_a_language_that_stand_for_each_other() -> None:
    folded = fold("Ёлка", equivalents={ord("ё"): "е"})
    assert (folded.text, folded.low) == ("Ёлка", "елка")


def test_marks_that_a_language_ignores() -> None:
    original = "قالَ الوزيرُ"
    folded = fold(original, ignored="\u064e\u064f")
    assert folded.text == "قال الوزير"
    assert original[folded.original(4) :] == "الوزيرُ"


@given(st.one_of(ODD, st.text()))
def test_folding_any_text(original: str) -> None:
    folded = fold(original)
    assert len(folded.low) == len(folded.text)
    assert INVISIBLE_SET.isdisjoint(folded.text)
    offsets = [folded.original(place) for place in range(len(folded.text) + 1)]
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(original)
    for place, letter in enumerate(folded.text):
        if letter.isalnum() and original.isascii():
            assert original[folded.original(place)] == letter


@given(st.text(alphabet="aeéÉß \u0301\u00a0.«»\n"))
def test_folding_twice_is_folding_once(original: str) -> None:
    once = fold(original)
    assert fold(once.text).text == once.text
    assert unicodedata.is_normalized("NFC", once.text)


INVISIBLE_SET = frozenset(INVISIBLE)

PLAIN = "Le préfet Éric Salé affirme que l'été fut sec. « Rien n'a été caché », a-t-il ajouté."
DISGUISES = {
    "decomposed": unicodedata.normalize("NFD", PLAIN),
    "narrow spaces": PLAIN.replace(" ", "\u00a0").replace("« ", "«\u202f"),
    "zero width": "\u200b".join(PLAIN),
    "right-to-left marks": PLAIN.replace(" ", "\u200f \u200e"),
    "soft hyphens": PLAIN.replace("aff", "af\u00adf"),
    "curly apostrophes": PLAIN.replace("'", "’"),
}


@pytest.mark.parametrize("disguised", DISGUISES.values(), ids=DISGUISES.keys())
def test_a_disguise_changes_no_label_and_every_span_is_right(disguised: str) -> None:
    wanted, found = analyse_text(PLAIN, "fr"), analyse_text(disguised, "fr")
    assert wanted is not None
    assert found is not None
    assert [(s.attribution, s.rule, s.claim) for s in found] == [(s.attribution, s.rule, s.claim) for s in wanted]
    for sentence in found:
        assert disguised[sentence.start : sentence.end] == sentence.text
        for span in (sentence.source, sentence.cue, sentence.relay):
            if span is not None:
                assert disguised[span.start : span.end] == span.text
                assert sentence.start <= span.start < span.end <= sentence.end
    assert [fold(s.text).low for s in found] == [fold(s.text).low for s in wanted]
    assert [fold(s.source.text).low if s.source else "" for s in found] == [
        fold(s.source.text).low if s.source else "" for s in wanted
    ]
