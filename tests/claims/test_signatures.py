"""Who signs a quotation or a post, and whose turn it is in a transcript."""

import pytest

from pipelines.claims import analyse_text


def attributions(text: str, language: str = "en") -> list[tuple[str, str]]:
    sentences = analyse_text(text, language)
    assert sentences is not None
    return [
        (sentence.attribution, sentence.resolved or (sentence.source.text if sentence.source else ""))
        for sentence in sentences
    ]


@pytest.mark.parametrize(
    ("language", "text", "signer"),
    [
        ("en", "“The bridge has been closed since dawn.” ― Anna Lowell\n", "Anna Lowell"),
        ("en", "“The bridge has been closed since dawn” — Anna Lowell, mayor of Vaubury\n", "Anna Lowell"),
        ("fr", "« Le pont est fermé depuis l'aube. »\n— Anna Morel, maire de Vaubry\n", "Anna Morel"),
        ("es", "«El puente está cerrado desde el alba.» — Ana Robles\n", "Ana Robles"),
        ("de", "„Die Brücke ist seit dem Morgen gesperrt.“ – Anna Vogt\n", "Anna Vogt"),
        ("ru", "«Мост закрыт с самого утра». — Анна Лунина\n", "Анна Лунина"),
    ],
)
def test_a_quotation_belongs_to_who_signs_it(language: str, text: str, signer: str) -> None:
    assert attributions(text, language)[0] == ("named", signer)


def test_each_quotation_of_a_list_has_its_own_signature() -> None:
    text = "“The bridge is closed. It will stay so.” ― Anna Lowell\n”Mr. Ames has lied. He knows it.” ― Paul Ferris\n"
    named = [found for found in attributions(text) if found[0] != "none"]
    assert named == [("named", "Anna Lowell"), ("named", "Paul Ferris")]


def test_a_nurse_who_signs_is_anonymous() -> None:
    assert attributions("“The ward has no heating.” — a nurse in Leeds\n")[0][0] == "anonymous"


def test_a_post_belongs_to_the_handle_under_it() -> None:
    text = "The bridge has been closed since dawn.\n— Anna Lowell (@annalowell) June 3, 2031\n"
    assert attributions(text)[0] == ("named", "Anna Lowell")


def test_a_list_and_an_insertion_sign_nothing() -> None:
    assert attributions("The bridge has been closed since dawn.\n— Anna Lowell drives home.\n")[0][0] == "none"
    assert attributions("The bridge is closed.\n— Leeds\n— Bradford\n")[0][0] == "none"


def test_a_post_belongs_to_the_author_above_it() -> None:
    assert attributions("Anna Lowell @lowell\nThe bridge has been closed since dawn.\n")[1] == ("named", "Anna Lowell")
    assert attributions("Anna Lowell met @lowell\nThe bridge has been closed since dawn.\n")[1][0] == "none"


@pytest.mark.parametrize(
    ("language", "first", "second", "third"),
    [
        ("en", "The bridge is closed.", "It will stay closed for a whole year.", "That is false, and you know it."),
        ("fr", "Le pont est fermé.", "Il restera fermé toute une année encore.", "C'est faux, et vous le savez."),
        ("es", "El puente está cerrado.", "Seguirá cerrado durante todo un año más.", "Eso es falso, y usted lo sabe."),
        (
            "de",
            "Die Brücke ist gesperrt.",
            "Sie bleibt noch ein ganzes Jahr gesperrt.",
            "Das ist falsch, und das wissen Sie.",
        ),
        ("ru", "Мост закрыт.", "Он будет закрыт ещё целый год подряд.", "Это неправда, и вы это знаете."),
    ],
)
def test_a_turn_in_a_transcript_lasts_until_the_next(language: str, first: str, second: str, third: str) -> None:
    one, other = ("ЛУНИН", "ПАРМА") if language == "ru" else ("LOWELL", "FERRIS")
    found = attributions(f"{one}: {first}\n{second}\n{other}: {third}\n(...)\n{second}\n", language)
    assert [who for _, who in found[:3]] == [one, one, other]
    assert found[-1][0] == "none"


def test_labels_that_ask_are_no_speakers() -> None:
    assert {found[0] for found in attributions("WHAT: A fair in the park.\nWHEN: At noon in the park.\n")} == {"none"}
