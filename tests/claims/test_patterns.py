"""The phrase language of the language files."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.claims.patterns import PhraseIndex, beginnings, first_words, parse, second_words, source

LISTS = {"be": ["is", "are", "has been"]}


def whole(phrase: str, text: str) -> bool:
    return re.fullmatch(source(parse(phrase, LISTS)), text) is not None


@pytest.mark.parametrize(
    ("phrase", "texts"),
    [
        ("selon", ["selon"]),
        ("Selon", ["selon"]),
        ("fai* part", ["fait part", "fai part", "faisaient part"]),
        ("(a|avait) dit", ["a dit", "avait dit"]),
        ("il [lui] semble", ["il semble", "il lui semble"]),
        ("source[s]", ["source", "sources"]),
        ("cité[e][s] par", ["cité par", "citée par", "cités par", "citées par"]),
        ("il … vu", ["il vu", "il a vu", "il a bien été vu", "il a bien été souvent vu"]),
        ("{be} seen", ["is seen", "are seen", "has been seen"]),
        ("(de|d') ici", ["de ici", "d'ici"]),
        ("porte-parole", ["porte-parole", "porte parole"]),
        ("a [(b|c) d] e", ["a e", "a b d e", "a c d e"]),
        ("l’avis", ["l'avis"]),
        ("n'(a|ont) pas", ["n'a pas", "n'ont pas"]),
    ],
)
def test_what_a_phrase_matches(phrase: str, texts: list[str]) -> None:
    for text in texts:
        assert whole(phrase, text), text


@pytest.mark.parametrize(
    ("phrase", "texts"),
    [
        ("selon", ["selons", "selo", ""]),
        ("(a|avait) dit", ["dit", "aura dit", "a avait dit"]),
        ("source[s]", ["sourcess", "sourcing"]),
        ("il … vu", ["il a b c d e vu", "il a. vu", "il, vu ; vu"]),
        ("{be} seen", ["be seen", "been seen"]),
        ("a.b", ["acb"]),
        ("a+", ["aa"]),
    ],
)
def test_what_a_phrase_does_not_match(phrase: str, texts: list[str]) -> None:
    for text in texts:
        assert not whole(phrase, text), text


@pytest.mark.parametrize(
    ("phrase", "word"),
    [
        ("(a", "not closed"),
        ("a)", "closes nothing"),
        ("[a", "not closed"),
        ("(a]", "closes nothing"),
        ("{have} seen", "have"),
        ("", "empty"),
        ("[a]", "must stand"),
        ("… a", "begin"),
        ("ab* c", "begin"),
        ("(… a|b)", "begin"),
    ],
)
def test_a_phrase_that_is_not_well_formed(phrase: str, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        PhraseIndex[str]().add(phrase, "meaning", LISTS)


def test_first_words() -> None:
    assert first_words(parse("[il|elle] (a|avait) dit", LISTS)) == {"il", "elle", "a", "avait"}
    assert first_words(parse("{be} seen", LISTS)) == {"is", "are", "has"}


@pytest.mark.parametrize(
    ("phrase", "first", "seconds"),
    [
        ("[il|elle] (a|avait) dit", "il", {"a", "avait"}),
        ("[il|elle] (a|avait) dit", "a", {"dit"}),
        ("{be} [widely] seen", "is", {"widely", "seen"}),
        ("selon", "selon", None),
        ("selon [toute] attente*", "selon", None),
        ("il … vu", "il", None),
        ("d'après lui", "d'après", None),
        ("porte parole-adjoint", "porte", None),
    ],
)
def test_second_words(phrase: str, first: str, seconds: set[str] | None) -> None:
    assert second_words(beginnings(parse(phrase, LISTS), 2), first) == seconds


def found(index: PhraseIndex[str], low: str, word: str, offset: int) -> list[tuple[str, str]]:
    """The phrases that begin with a word where it stands: their meaning and what they match."""
    matches = [
        (
            phrase.meaning,
            re.compile(word).match(low, offset) if phrase.pattern is None else phrase.pattern.match(low, offset),
        )
        for phrase in index.beginning(word)
    ]
    return [(meaning, match.group().rstrip(" -")) for meaning, match in matches if match]


def test_the_index_finds_a_phrase_where_it_stands() -> None:
    index: PhraseIndex[str] = PhraseIndex()
    index.add("selon toute attente", "hope", {})
    index.add("selon", "source", {})
    index.add("atten*", "stem", {})
    low = "mais selon toute attente, oui"
    assert sorted(found(index, low, "selon", 5)) == [("hope", "selon toute attente"), ("source", "selon")]
    assert found(index, low, "attente", 17) == [("stem", "attente")]
    assert found(index, low, "mais", 0) == []


@given(st.text(alphabet="ab*'-[](){}|… .é", max_size=30))
def test_any_phrase_compiles_or_says_why_not(phrase: str) -> None:
    index: PhraseIndex[str] = PhraseIndex()
    try:
        index.add(phrase, "meaning", LISTS)
    except ValueError as error:
        assert str(error)  # noqa: PT017


@given(st.lists(st.sampled_from(["alpha", "beta", "l'", "gamma-delta", "n.b."]), min_size=1, max_size=6))
def test_plain_words_match_themselves(words: list[str]) -> None:
    text = " ".join(words).replace("' ", "'")
    index: PhraseIndex[str] = PhraseIndex()
    index.add(" ".join(words), "meaning", {})
    opening = re.match(r"[^\W_]+'?", text)
    assert opening is not None
    assert ("meaning", text.rstrip(" -")) in found(index, text, opening.group(), 0)
