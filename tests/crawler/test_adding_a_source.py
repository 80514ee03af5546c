"""docs/adding-a-source.md is held to the program: its table, its lists, its commands and what they say."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from crawler.source_entry import LONGEST_INTERVAL, SHORTEST_INTERVAL, SourceEntry
from crawler.sources import load_sources
from tests.crawler.command_line import unsourced
from tests.crawler.test_seeds import TAGS

PAGE = (Path(__file__).parents[2] / "docs" / "adding-a-source.md").read_text(encoding="utf-8")
TYPES = {"string": "text", "array": "array of texts", "integer": "whole number", "boolean": "true or false"}


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the lists of the page, each under the name in its first line."""
    for number, block in enumerate(blocks("toml")):
        name = re.match(r"# (\S+\.toml)\n", block)
        (tmp_path / (name[1] if name else f"{number}.toml")).write_text(block, encoding="utf-8")
    return tmp_path


def test_the_table_has_every_key_with_its_type_and_default() -> None:
    schema = SourceEntry.model_json_schema()
    expected = {
        key: (
            TYPES[field["type"]],
            "required" if key in schema["required"] else f"`{str(field['default']).lower()}`",
        )
        for key, field in schema["properties"].items()
    }
    rows = re.findall(r"^\| `(\w+)` \| ([\w ]+) \| (\S+) \| \S.*\|$", PAGE, re.MULTILINE)
    assert {key: (kind, default) for key, kind, default in rows} == expected
    assert [key for key, _, _ in rows] == list(expected)
    assert f"{SHORTEST_INTERVAL} at least" in PAGE
    assert f"{LONGEST_INTERVAL} (30 days) at most" in PAGE


def test_the_lists_are_valid_but_the_one_that_shows_mistakes(folder: Path) -> None:
    lists = [path for path in folder.glob("*.toml") if path.name != "wrong.toml"]
    assert len(lists) == 2
    assert len(load_sources(lists)) == 2


def test_the_patterns_do_what_the_page_says(folder: Path) -> None:
    (source,) = load_sources([folder / "my-sources.toml"])
    assert any(re.search(pattern, "https://chronicle.example/video/1") for pattern in source.deny)
    assert not any(re.search(pattern, "https://chronicle.example/news/a-video-goes-round") for pattern in source.deny)
    assert re.search("(?i:/video/)", "https://chronicle.example/Video/1")


def test_the_commands_that_need_no_network_run_and_the_others_have_their_options(folder: Path) -> None:
    commands = [shlex.split(line, comments=True) for line in "".join(blocks("sh")).splitlines()]
    assert len(commands) >= 5
    for program, *words in commands:
        assert program == "unsourced"
        online = {"--online", "find", "crawl"} & set(words)
        if not online:
            ended = unsourced(*words, cwd=folder)
            assert ended.returncode == 0, ended.stderr
            continue
        options = [word for word in words if word.startswith("--")]
        path = words[:2] if words[0] == "sources" else words[:1]
        usage = unsourced(*path, "--help", cwd=folder).stdout
        assert all(option in usage for option in options), words


def test_the_mistakes_are_said_as_the_page_has_them(folder: Path) -> None:
    ended = unsourced("sources", "check", "wrong.toml", cwd=folder)
    assert ended.returncode == 2
    assert [ended.stderr] == blocks("text")


def test_the_tags_of_the_lists_are_explained() -> None:
    said = set(re.findall(r"`([a-z][a-z -]+)`", PAGE))
    assert said >= TAGS
