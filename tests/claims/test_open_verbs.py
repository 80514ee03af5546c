"""Verbs that no list knows attribute where only verbs of saying stand, and nowhere else."""

import pytest

from pipelines.claims import analyse_text
from pipelines.claims.language_file import load


@pytest.mark.parametrize(
    ("code", "verb", "text", "source"),
    [
        ("en", "harrumphed", "The mayor harrumphed that the road was safe.", "The mayor"),
        ("en", "harrumphed", "The road is perfectly safe, residents harrumphed.", "residents"),
        ("fr", "ronchonné", "La route est sûre depuis hier, a ronchonné le maire.", "le maire"),
        ("es", "barruntó", "El alcalde barruntó que la carretera era segura.", "El alcalde"),
        ("es", "barruntaron", "La carretera es segura, barruntaron los vecinos.", "los vecinos"),
        ("it", "bofonchiò", "La strada è sicura da ieri, bofonchiò il sindaco.", "il sindaco"),
        ("pt", "rezingou", "A estrada é segura desde ontem, rezingou o prefeito.", "o prefeito"),
    ],
)
def test_an_unknown_verb_attributes(code: str, verb: str, text: str, source: str) -> None:
    assert verb not in load(code).verbs
    (sentence,) = analyse_text(text, code) or ()
    assert sentence.rule == "open-verb"
    assert sentence.source is not None
    assert sentence.source.text == source


@pytest.mark.parametrize(
    "text",
    [
        "After the vote, the mayor resigned.",
        "The mayor visited the house that the council had bought.",
        "The union ensured that a room stayed open.",
        "The bridge, which the mayor repainted, is closed.",
        "The voters were evenly divided, and the mayor was subdued.",
    ],
)
def test_an_act_does_not(text: str) -> None:
    (sentence,) = analyse_text(text, "en") or ()
    assert sentence.attribution == "none"
