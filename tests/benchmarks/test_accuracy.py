"""The gold documents and how the engine is scored on them."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from benchmarks.accuracy import CLASSES, FLOORS, Agreement, Pair, agreement, align, below, judge, measure
from benchmarks.gold import COLLECTIONS, FOLDER, languages, read_gold
from pipelines.errors import UnreadableFile
from pipelines.items import Kind, Sentence
from pipelines.policy import flagged

QUIET = {"agency", "sport", "weather"}
DOCUMENT = """[[document]]
id = "one"
title = "A title"
text = '''
named 1 | The mayor said so.
none 2 | Two men died.
none - | Who?

none 2 | Three men died.
'''
"""


def sentence(start: int, end: int) -> Sentence:
    return Sentence(start, end, "x" * (end - start), claim=True, attribution="named", rule="say", priority=0.5)


def written(folder: Path, text: str) -> Path:
    path = folder / "xx.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("code", languages())
def test_gold_is_large_and_varied_enough(code: str) -> None:
    documents = read_gold(FOLDER / f"{code}.toml")
    assert len({document.id for document in documents}) == len(documents) >= 40
    assert {document.kind for document in documents} >= QUIET
    counts = Counter(s.attribution for document in documents for s in document.sentences if s.claim)
    assert min(counts[name] for name in CLASSES) >= 15
    assert any(not s.claim for document in documents for s in document.sentences)


@pytest.mark.parametrize("path", [folder / f"{code}.toml" for code in languages() for folder in COLLECTIONS], ids=str)
def test_offsets_and_sentences_agree(path: Path) -> None:
    documents = read_gold(path)
    assert len({document.id for document in documents}) == len(documents)
    for document in documents:
        assert document.title or path.parent != FOLDER
        for s in document.sentences:
            assert document.text[s.start : s.end] == s.text


def test_a_gold_document(tmp_path: Path) -> None:
    (document,) = read_gold(written(tmp_path, DOCUMENT))
    assert document.text == "The mayor said so. Two men died. Who?\nThree men died."
    said, follows, question, free = document.sentences
    assert (said.attribution, said.priority, said.context) == ("named", 0.5, None)
    assert follows.context is not None
    assert follows.context.attribution == "named"
    assert (question.claim, question.context) == (False, None)
    assert free.context is None
    assert [flagged(s) for s in document.sentences] == [False, False, False, True]


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("named 1 |", "name 1 |", "name 1 | The mayor"),
        ("none 2 |", "none 3 |", "none 3 | Two men"),
        ("none 2 |", "none 2", "none 2 Two men"),
        ('title = "A title"', 'title = "A title"\nkind = "gossip"', "gossip"),
        ('title = "A title"', 'title = "A title"\nsource = "x"', "source"),
        ("[[document]]", "[[document]", "xx.toml"),
    ],
)
def test_a_mistake_in_gold_is_named(tmp_path: Path, old: str, new: str, word: str) -> None:
    with pytest.raises(UnreadableFile) as fault:
        read_gold(written(tmp_path, DOCUMENT.replace(old, new, 1)))
    assert "xx.toml" in str(fault.value)
    assert word in str(fault.value)


def test_agreement() -> None:
    counted = agreement([(True, True)] * 6 + [(False, True)] * 2 + [(True, False)] * 3 + [(False, False)] * 9)
    assert counted == Agreement(6, 2, 3, 9)
    assert counted.precision == 0.75
    assert counted.recall == pytest.approx(2 / 3)
    assert counted.f1 == pytest.approx(12 / 17)
    assert counted.mcc == pytest.approx((6 * 9 - 2 * 3) / (8 * 9 * 12 * 11) ** 0.5)


@pytest.mark.parametrize(("gold", "predicted"), [(True, True), (False, False)])
def test_a_constant_answer_correlates_with_nothing(gold: bool, predicted: bool) -> None:
    assert agreement([(gold, predicted)] * 5).mcc == 0


def test_gold_sentences_are_paired_with_the_largest_overlap(tmp_path: Path) -> None:
    (document,) = read_gold(written(tmp_path, DOCUMENT))
    first, second = sentence(0, 15), sentence(15, 32)
    pairs = list(align(document, (first, second)))
    assert [p.predicted for p in pairs[:2]] == [first, second]
    assert [p.found for p in pairs] == [True, True, False, False]
    assert [p.found for p in align(document, ())] == [False] * 4


def test_a_sentence_that_is_not_found_is_wrong_in_every_class(tmp_path: Path) -> None:
    (document,) = read_gold(written(tmp_path, DOCUMENT))
    figures = measure(list(align(document, ())))
    assert figures["accuracy"] == figures["none_recall"] == figures["named_recall"] == 0


def test_perfect_labels_score_one(tmp_path: Path) -> None:
    (document,) = read_gold(written(tmp_path, DOCUMENT))
    kind: Kind = "news"
    figures = measure([Pair("one", kind, s, s, found=True) for s in document.sentences])
    assert figures["accuracy"] == figures["claim_f1"] == figures["flagged_f1"] == figures["named_or_not_mcc"] == 1
    assert figures["flags_a_document"] == figures["gold_flags_a_document"] == 1


def test_floors_name_measures_and_files_that_exist() -> None:
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    assert set(floors) == {folder.name for folder in COLLECTIONS}
    names = set(measure(judge(FOLDER / "fr.toml")))
    for languages_of in floors.values():
        assert set(languages_of) == set(languages())
        for values in languages_of.values():
            assert set(values) <= names
    assert set(get_args(Kind)) >= QUIET


def test_what_lies_below_its_floor_is_told() -> None:
    assert below("gold/fr.toml", {"accuracy": 0.5}, {"accuracy": 0.6}) == [
        "gold/fr.toml: accuracy is 0.500, its floor 0.6"
    ]
    assert below("gold/fr.toml", {"accuracy": 0.6}, {"accuracy": 0.6}) == []
