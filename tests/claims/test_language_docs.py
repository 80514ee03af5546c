"""docs/adding-a-language.md names everything that a language file can hold, and nothing else."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from pipelines.claims import language_file, lexicon, patterns

PAGE = (Path(__file__).parents[2] / "docs" / "adding-a-language.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


def table(heading: str) -> list[str]:
    """The first cells of the table whose first column has this heading."""
    rows = re.search(rf"^\| {heading} \|.*\n\| ---.*\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    assert rows is not None, heading
    return re.findall(r"^\| `(.+?)` \|", rows.group(1), re.MULTILINE)


def section(heading: str) -> str:
    return PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


@pytest.mark.parametrize(
    ("heading", "known"),
    [
        ("key", [field.name for field in fields(lexicon.Script)]),
        ("class", lexicon.WORD_CLASSES),
        ("form", lexicon.FORM_TYPES),
        ("frame", lexicon.FRAMES),
        ("group", lexicon.PRIORITY_GROUPS),
    ],
)
def test_tables_are_complete(heading: str, known: list[str]) -> None:
    assert sorted(table(heading)) == sorted(known)


@pytest.mark.parametrize(("heading", "known"), [("Rule types", lexicon.RULE_TYPES), ("Sources", lexicon.SOURCE_TYPES)])
def test_both_tables_of_types_are_complete(heading: str, known: list[str]) -> None:
    part = PAGE.split("### Rule types", 1)[1].split("###", 1)[0] if heading == "Rule types" else section(heading)
    assert sorted(re.findall(r"^\| `(.+?)` \|", part, re.MULTILINE)) == sorted(known)


@pytest.mark.parametrize("key", lexicon.VERB_KEYS)
def test_every_key_of_a_verb_rule_is_explained(key: str) -> None:
    assert f"`{key}`" in PAGE.split("### Verbs", 1)[1].split("\n## ", 1)[0]


def test_every_phrase_of_the_page_is_one() -> None:
    for phrase in re.findall(r"^\| `(.+?)` \|", section("Phrases"), re.MULTILINE):
        assert patterns.parse(phrase.replace("\\|", "|"), {"be": ["is", "are"]})


def test_the_toml_of_the_page_is_valid() -> None:
    assert len(BLOCKS) == 5
    for block in BLOCKS:
        assert tomllib.loads(block)


def test_the_rule_of_the_page_compiles() -> None:
    head = 'code = "xx"\nname = "Exish"\nversion = "1"\n[script]\nquotes = ["«»"]\n'
    rule = next(block for block in BLOCKS if "[[rule]]" in block)
    assert language_file.read(head + rule, "xx.toml").verbs["affirme"]
