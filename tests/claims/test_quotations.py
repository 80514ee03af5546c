"""Where quotations begin and end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.claims.quotations import find_quotations

FRENCH = ("«»", "“”", '""')
ENGLISH = ("“”", '""')
GERMAN = ("„“", "»«")
SWEDISH = ("””",)


def quoted(text: str, pairs: tuple[str, ...]) -> list[str]:
    return [text[q.start : q.end] for q in find_quotations(text, pairs)]


@pytest.mark.parametrize(
    ("text", "pairs", "found"),
    [
        ("Il dit « oui » et part.", FRENCH, ["« oui »"]),
        ("Il dit «oui» et «non».", FRENCH, ["«oui»", "«non»"]),
        ("He said “yes” and left.", ENGLISH, ["“yes”"]),
        ('He said "yes" and "no".', ENGLISH, ['"yes"', '"no"']),
        ("Il dit ''oui'' et part.", FRENCH, ["''oui''"]),
        ("Er sagt „ja“ und geht.", GERMAN, ["„ja“"]),
        ("Er sagt »ja« und geht.", GERMAN, ["»ja«"]),
        ("« Il a dit “non” hier », dit-elle.", FRENCH, ["« Il a dit “non” hier »"]),
        ("« Il a dit « non » hier », dit-elle.", FRENCH, ["« Il a dit « non » hier »"]),
        ("”Yes,” he said.", ENGLISH, ["”Yes,”"]),
        ("A tale” of woe ” here.", ENGLISH, []),
        ('A board 5" wide and 6" long.', ENGLISH, []),
        ("No marks at all.", ENGLISH, []),
        ("", ENGLISH, []),
        ("»", FRENCH, []),
    ],
)
def test_quotations_of_one_paragraph(text: str, pairs: tuple[str, ...], found: list[str]) -> None:
    assert quoted(text, pairs) == found


def test_paragraphs_that_open_with_a_mark_again_are_one_quotation() -> None:
    text = "“We lost.\n\n“We paid.\n\n“We left,” she said."
    first, second, third = find_quotations(text, ENGLISH)
    assert [text[q.start : q.end].strip() for q in (first, second, third)] == ["“We lost.", "“We paid.", "“We left,”"]
    assert (first.closed, second.closed, third.closed) == (False, False, True)
    assert (first.continues, second.continues, third.continues) == (False, True, True)


def test_a_quotation_that_is_closed_in_the_next_paragraph() -> None:
    text = "« Nous avons perdu.\nNous avons payé », dit-elle."
    assert [(q.closed, q.continues) for q in find_quotations(text, FRENCH)] == [(False, False), (True, True)]


def test_a_quotation_that_is_never_closed_ends_with_its_paragraph() -> None:
    text = "« Nous avons perdu.\nLe maire est parti. « Oui », dit-il."
    assert quoted(text, FRENCH) == ["« Nous avons perdu.", "« Oui »"]


def test_a_mark_in_the_middle_that_is_never_closed_is_none() -> None:
    assert quoted("Le mot « perdu.\nLe maire est parti.", FRENCH) == []


@given(st.text(alphabet="«»“”„\"‘’' a.\n", max_size=80), st.sampled_from([FRENCH, ENGLISH, GERMAN, SWEDISH]))
def test_any_marks_give_quotations_in_order_without_overlap(text: str, pairs: tuple[str, ...]) -> None:
    found = find_quotations(text, pairs)
    end = 0
    for quotation in found:
        assert end <= quotation.start < quotation.end <= len(text)
        end = quotation.end
        assert "\n" not in text[quotation.start : quotation.end].strip()
