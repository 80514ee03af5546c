"""Every language file has its twin under languages/: short documents with the labels that the definition asks for."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipelines.claims import analyse_text, covered
from pipelines.items import Sentence
from pipelines.policy import flagged

FOLDER = Path(__file__).parent / "languages"
FEWEST_CASES = 25
LABELS = {
    "attribution": lambda s: s.attribution,
    "source": lambda s: s.source.text if s.source else "",
    "cue": lambda s: s.cue.text if s.cue else "",
    "resolved": lambda s: s.resolved,
    "relay": lambda s: s.relay.text if s.relay else "",
    "context": lambda s: s.context.attribution if s.context else "",
    "claim": lambda s: s.claim,
    "record": lambda s: s.record,
    "quotation": lambda s: s.quotation,
}


def twin(code: str) -> list[dict[str, Any]]:
    return tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))["case"]


CASES = [(path.stem, case) for path in sorted(FOLDER.glob("*.toml")) for case in twin(path.stem)]


def test_every_language_has_its_twin() -> None:
    assert set(covered()) == {path.stem for path in FOLDER.glob("*.toml")}


@pytest.mark.parametrize("code", sorted({code for code, _ in CASES}))
def test_a_twin_has_enough_cases_under_different_names(code: str) -> None:
    names = [case["name"] for case in twin(code)]
    assert len(names) == len(set(names)) >= FEWEST_CASES


@pytest.mark.parametrize(("code", "case"), CASES, ids=[f"{code}-{case['name']}" for code, case in CASES])
def test_case(code: str, case: dict[str, Any]) -> None:
    assert set(case) <= {"name", "title", "kind", "text", "expected"}
    sentences = analyse_text(case["text"].strip(), code, case.get("title", ""))
    assert sentences is not None
    for expected in case["expected"]:
        wanted = dict(expected)
        sentence = _sentence(sentences, wanted.pop("says"))
        if "sentences" in wanted:
            assert len(sentences) == wanted.pop("sentences"), [s.text for s in sentences]
        if "flagged" in wanted:
            assert flagged(sentence, case.get("kind", "news")) == wanted.pop("flagged"), sentence
        assert {label: LABELS[label](sentence) for label in wanted} == wanted, sentence


def _sentence(sentences: tuple[Sentence, ...], says: str) -> Sentence:
    """The one sentence with these words."""
    found = [sentence for sentence in sentences if says in sentence.text]
    assert len(found) == 1, f"{says!r} stands in {len(found)} sentences of {[s.text for s in sentences]}"
    return found[0]
