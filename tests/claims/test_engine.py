"""The engine as a whole: what holds for any text, and what it costs on hostile ones."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.claims import ENGINE_VERSION, analyse_text, covered, language_version
from pipelines.claims.language_file import load
from pipelines.errors import LanguageFault
from pipelines.items import Link, Sentence, Span

FRENCH = (
    "Une source policière affirme que le pont est fermé. « Nous attendons », a dit Léa Morin, la maire. "
    "Selon M. Dupré, 3.400 camions passent chaque jour. Le directeur aurait fui ; il se murmure qu'il est à Lamar.\n"
)
ENGLISH = (
    "A police source said the bridge was closed. “We are waiting,” Mayor Leah Morrin said. "
    "According to Mr. Dupree, 3,400 lorries pass every day. The manager reportedly fled; it appears he is in Lamar.\n"
)
WORDS = st.sampled_from(
    [*FRENCH.split(), *ENGLISH.split(), "«", "»", "“", "”", '"', "(", ")", "\n", "…", ":", "\u200f"]
)
PATCHWORK = st.lists(WORDS, max_size=60).map(" ".join)


def check(text: str, sentences: tuple[Sentence, ...]) -> None:
    """What holds for the sentences of any text."""
    end = 0
    for sentence in sentences:
        assert end <= sentence.start < sentence.end <= len(text)
        assert text[sentence.start : sentence.end] == sentence.text
        assert not _visible(text[end : sentence.start])
        end = sentence.end
        for span in (sentence.source, sentence.cue, sentence.relay):
            if span is not None:
                assert sentence.start <= span.start < span.end <= sentence.end
                assert text[span.start : span.end] == span.text
        assert 0 <= sentence.priority <= 1
        assert sentence.rule
        assert sentence.claim or sentence.priority == 0
        assert (sentence.rule == "none") == (sentence.attribution == "none")
        assert sentence.context is None or sentence.attribution == "none"
    assert not _visible(text[end:])


def _visible(text: str) -> bool:
    return any(c.isalnum() for c in text)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.sampled_from(covered()))
def test_any_text(text: str, language: str) -> None:
    sentences = analyse_text(text, language)
    assert sentences is not None
    check(text, sentences)


@settings(max_examples=150, deadline=None)
@given(PATCHWORK, st.sampled_from(covered()))
def test_any_words_in_any_order(text: str, language: str) -> None:
    sentences = analyse_text(text, language, text[:50])
    assert sentences is not None
    check(text, sentences)


@settings(max_examples=50, deadline=None)
@given(PATCHWORK)
def test_the_same_text_gives_the_same_labels(text: str) -> None:
    assert analyse_text(text, "fr") == analyse_text(text, "fr")


@pytest.mark.parametrize("language", covered())
@pytest.mark.parametrize("text", [FRENCH.upper(), ENGLISH.upper(), FRENCH.replace(".", ""), (FRENCH + ENGLISH) * 3])
def test_capitals_missing_marks_and_mixed_languages(text: str, language: str) -> None:
    sentences = analyse_text(text, language)
    assert sentences
    check(text, sentences)


def test_a_language_without_a_file_is_not_analysed() -> None:
    assert analyse_text(FRENCH, "xx") is None
    assert analyse_text(FRENCH, "") is None
    assert analyse_text("", "fr") == ()


def test_versions() -> None:
    assert ENGINE_VERSION
    assert all(language_version(code) for code in covered())
    with pytest.raises(LanguageFault):
        language_version("xx")


def test_only_links_to_other_sites_are_evidence() -> None:
    text = "Des études montrent que le lac est pollué à Brennes."
    word = Span(4, 10, text[4:10])
    addresses = ("https://science.example/a", "https://gazette.example/b", "https://www.gazette.example/c", "/d", "#e")
    links = [Link(address, word) for address in addresses]
    found = analyse_text(text, "fr", links=links, url="https://www.gazette.example/article")
    assert found is not None
    assert found[0].evidence == ("https://science.example/a",)
    assert found[0].attribution == "vague"
    assert found[0].priority <= 0.5


def test_every_raised_priority_says_why() -> None:
    sentences = analyse_text("Des inconnus ont tué douze personnes.\nLe ciel est bleu ce matin.", "fr")
    assert sentences is not None
    deadly, plain = sentences
    assert deadly.priority >= 0.75
    assert deadly.reasons
    assert plain.priority <= 0.5


def cost(text: str, language: str) -> float:
    """CPU seconds of this process to analyse a text."""
    start = time.process_time()
    analyse_text(text, language)
    return time.process_time() - start


HOSTILE = {
    "prose in one line": FRENCH.replace("\n", " "),
    "paragraphs": FRENCH,
    "English prose": ENGLISH,
    "one letter": "a",
    "opening guillemets": "«",
    "closing guillemets": "»",
    "guillemets by turns": "« a »",
    "straight quotation marks": '"',
    "quoted letters": '"a" ',
    "apostrophes": "''",
    "single marks": "‘a’",
    "brackets": "(",
    "nested brackets": "([",
    "closing brackets": ")]",
    "commas": ", ",
    "full stops": ".",
    "abbreviations": "M. ",
    "capitals": "Aa ",
    "names": "Léa Morin, ",
    "cue verbs": "a dit ",
    "prepositions": "selon ",
    "that": "affirme que ",
    "relatives": "qui dit ",
    "pronouns": "il dit qu'elle dit ",
    "newlines": "\n",
    "open quotations": "« a\n",
    "digits": "1",
    "combining accents": "e\u0301",
    "zero width": "a\u200b",
    "hyphens": "a-",
    "dashes": "– a ",
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_cost_grows_with_length_and_no_faster(unit: str) -> None:
    """Eight times the text: eight times the cost where it is linear, sixty-four times where it is quadratic."""
    language = "en" if unit == ENGLISH else "fr"
    small, large = (unit * (size // len(unit)) for size in (4_000, 32_000))
    limit = 24 * min(cost(small, language) for _ in range(3)) + 0.02
    assert any(cost(large, language) < limit for _ in range(3))


@pytest.mark.parametrize(
    "text",
    ["a" * 200_000, '"' * 100_000, "«" * 100_000, "([" * 50_000, " " * 200_000, FRENCH.replace("\n", " ") * 700],
    ids=["aaaa", "quotation marks", "guillemets", "brackets", "blanks", "prose in one line"],
)
def test_long_hostile_texts(text: str) -> None:
    sentences = analyse_text(text, "fr")
    assert sentences is not None
    check(text, sentences)


@pytest.mark.parametrize("language", sorted(covered()))
def test_what_a_verb_needs_beside_it_is_found_or_given_up_at_once(language: str) -> None:
    patterns = {verb.then for entries in load(language).verbs.values() for verb, _ in entries if verb.then}
    for pattern in patterns:
        for hostile in ("a" * 200, " " + "a" * 200, " " + "a " * 100, ", " * 100, " " + "a-b " * 50):
            began = time.process_time()
            pattern.match(hostile)
            assert time.process_time() - began < 0.05, (pattern.pattern, hostile[:10])
