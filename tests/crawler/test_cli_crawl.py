"""`unsourced crawl` where it goes wrong; tests of the newsroom crawl what goes right."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.crawler.command_line import lines, unsourced

SOURCE = """[[source]]
id = "{id}"
name = "Nobody at home"
home = "http://127.0.0.1:{port}/"
country = "GB"
languages = ["en"]
timezone = "Europe/London"
feeds = ["http://127.0.0.1:{port}/rss.xml"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    (tmp_path / "list.toml").write_text(SOURCE.format(id="nobody", port=port))
    return tmp_path


def test_a_crawl_that_brings_nothing_says_so_loudly(folder: Path) -> None:
    ended = unsourced("crawl", "list.toml", "--json", "--progress", "off", cwd=folder)
    assert ended.returncode == 1
    (report,) = lines(ended.stdout)
    assert (report["sources"], report["articles"], report["finish"]) == (1, {}, "finished")
    assert ended.stderr.startswith("unsourced: No article was stored. Why: ")
    assert (folder / "unsourced.db").exists()


def test_a_source_that_no_list_has_is_named(folder: Path) -> None:
    ended = unsourced("crawl", "list.toml", "--only", "nobdy", cwd=folder)
    assert ended.returncode == 2
    assert 'no source has the id "nobdy"' in ended.stderr
    assert not (folder / "unsourced.db").exists()


def test_every_mistake_of_a_list_is_named(folder: Path) -> None:
    (folder / "bad.toml").write_text(SOURCE.format(id="A B", port=80).replace("timezone", "tiemzone"))
    ended = unsourced("crawl", "bad.toml", cwd=folder)
    assert ended.returncode == 2
    assert "tiemzone" in ended.stderr
    assert "A B" in ended.stderr


def test_a_store_that_is_none_is_named(folder: Path) -> None:
    (folder / "notes.db").write_bytes(b"these are notes" * 500)
    ended = unsourced("crawl", "list.toml", "--store", "notes.db", "--progress", "off", cwd=folder)
    assert ended.returncode in (1, 2)
    assert "notes.db" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
