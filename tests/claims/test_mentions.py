"""Who is meant by a later, shorter mention."""

from pipelines.claims import analyse_text


def test_a_name_does_not_begin_in_the_sentence_before() -> None:
    text = "Ein Tanker liegt vor der Küste Velonias. Präsident Mark Olden sprach am Abend. Olden sagte, er sei leer."
    sentences = analyse_text(text, "de")
    assert sentences is not None
    assert sentences[-1].resolved == "Präsident Mark Olden"


def test_initials_and_titles_belong_to_a_name() -> None:
    text = "Sen. Ruth Ames spoke in the town hall. Ames said the fund was empty."
    sentences = analyse_text(text, "en")
    assert sentences is not None
    assert sentences[-1].resolved == "Sen. Ruth Ames"


def test_a_name_does_not_begin_in_the_line_before() -> None:
    text = "The plan suits Anna Lowell\nBritta Kerr left early. Kerr said the road was closed."
    sentences = analyse_text(text, "en")
    assert sentences
    assert sentences[-1].resolved == "Britta Kerr"


def test_a_conjunction_before_a_colon_is_nobody() -> None:
    sentences = analyse_text("Aber: „Die Brücke von Lamar bleibt noch lange gesperrt.“", "de")
    assert sentences
    assert sentences[0].attribution == "none"
