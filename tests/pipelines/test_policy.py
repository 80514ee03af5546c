"""From claims to flags: the table of section 5 of the definition, kind by kind."""

from dataclasses import replace
from typing import get_args

import pytest

from pipelines.items import Attribution, Context, Kind, Sentence
from pipelines.policy import HEADLINE, flagged, flags

KINDS: tuple[Kind, ...] = get_args(Kind)
CLASSES: tuple[Attribution, ...] = get_args(Attribution)
WEAK: tuple[Attribution, ...] = ("anonymous", "vague", "hearsay")
SILENT: tuple[Kind, ...] = ("sport", "weather", "obituary", "horoscope", "review", "petition", "programme listing")
LOUD = tuple(kind for kind in KINDS if kind not in (*SILENT, "opinion"))


def sentence(
    attribution: Attribution,
    priority: float,
    *,
    follows: Attribution | None = None,
    claim: bool = True,
    text: str = "Le pont est tombé.",
    start: int = 0,
) -> Sentence:
    context = Context(follows, "Paul Durand") if follows else None
    return Sentence(
        start,
        start + len(text),
        text,
        claim=claim,
        attribution=attribution,
        rule="x",
        context=context,
        priority=priority,
    )


@pytest.mark.parametrize("kind", LOUD)
@pytest.mark.parametrize(
    ("attribution", "follows", "threshold"),
    [
        *((weak, None, 0.5) for weak in WEAK),
        ("none", None, 0.75),
        *(("none", weak, 0.5) for weak in WEAK),
    ],
)
def test_news_is_flagged_from_a_threshold_on(
    kind: Kind, attribution: Attribution, follows: Attribution | None, threshold: float
) -> None:
    assert flagged(sentence(attribution, threshold, follows=follows), kind)
    assert flagged(sentence(attribution, 1.0, follows=follows), kind)
    assert not flagged(sentence(attribution, threshold - 0.01, follows=follows), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_named_is_never_flagged(kind: Kind) -> None:
    assert not flagged(sentence("named", 1.0), kind)


@pytest.mark.parametrize("kind", LOUD)
def test_what_follows_a_named_speaker_is_never_flagged(kind: Kind) -> None:
    assert not flagged(sentence("none", 1.0, follows="named"), kind)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("attribution", CLASSES)
def test_what_is_no_claim_is_never_flagged(kind: Kind, attribution: Attribution) -> None:
    assert not flagged(sentence(attribution, 1.0, claim=False), kind)


@pytest.mark.parametrize("kind", SILENT)
@pytest.mark.parametrize("attribution", CLASSES)
def test_quiet_kinds_raise_nothing(kind: Kind, attribution: Attribution) -> None:
    assert not flagged(sentence(attribution, 1.0, text="12 morts."), kind)


def test_opinion_is_flagged_for_weak_sources_and_for_numbers() -> None:
    assert all(flagged(sentence(weak, 0.5), "opinion") for weak in WEAK)
    assert not flagged(sentence("none", 1.0), "opinion")
    assert flagged(sentence("none", 0.75, text="40 % des boutiques ont fermé."), "opinion")
    assert not flagged(sentence("none", 1.0, follows="named", text="40 % des boutiques ont fermé."), "opinion")


def test_flags_come_highest_first_then_as_they_stand() -> None:
    low, early, late = (
        sentence("vague", 0.5, start=0), sentence("hearsay", 1.0, start=40), sentence("none", 1.0, start=80),
    )  # fmt: skip
    quiet = sentence("named", 1.0, start=120)
    assert flags([late, quiet, low, early]) == (early, late, low)
    assert flags([]) == ()
    assert flags([low, early, late], "sport") == ()


@pytest.mark.parametrize("attribution", [*WEAK, "none"])
def test_a_headline_is_flagged_where_news_is(attribution: Attribution) -> None:
    headline = replace(sentence(attribution, 1.0, text="40 % des boutiques ont fermé."), rule=HEADLINE)
    assert [kind for kind in KINDS if flagged(headline, kind)] == list(LOUD)
