"""Settings: flags, then environment, then the file, then the defaults; a wrong one is named with place and value."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.configuration import load_settings
from pipelines.errors import ConfigurationFault


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("STORE", "SOURCES", "BUDGET", "WORKERS", "CONTACT", "REVIEWER", "CONFIG"):
        monkeypatch.delenv(f"UNSOURCED_{name}", raising=False)
    return tmp_path


def test_flags_go_before_environment_before_file_before_defaults(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().budget == 300
    (folder / "unsourced.toml").write_text("budget = 1\nworkers = 1\nstore = 'file.db'\nsources = ['a.toml']")
    monkeypatch.setenv("UNSOURCED_BUDGET", "2")
    monkeypatch.setenv("UNSOURCED_WORKERS", "2")
    found = load_settings(budget=3, workers=None)
    assert (found.budget, found.workers, found.store, found.sources) == (3, 2, "file.db", ("a.toml",))


def test_zero_is_a_value_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNSOURCED_BUDGET", "2")
    assert load_settings(budget=0).budget == 0


def test_a_list_in_the_environment_is_split_at_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNSOURCED_SOURCES", "a.toml, b.toml,")
    assert load_settings().sources == ("a.toml", "b.toml")


def test_another_file_by_flag_or_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "one.toml").write_text("contact = 'one'")
    (folder / "two.toml").write_text("contact = 'two'")
    monkeypatch.setenv("UNSOURCED_CONFIG", "one.toml")
    assert load_settings().contact == "one"
    assert load_settings("two.toml").contact == "two"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("budget = 'many'", r"unsourced\.toml: budget = 'many': .*integer"),
        ("budget = -1", r"unsourced\.toml: budget = -1: "),
        ("store = ['a']", r"unsourced\.toml: store = \['a'\]: "),
        ("stroe = 'a'", r"unsourced\.toml: stroe is no setting; did you mean store\?"),
        ("[store]\nx = 1", r"unsourced\.toml: store = \{'x': 1\}: "),
        ("budget", r"unsourced\.toml: cannot be read"),
    ],
)
def test_a_wrong_file_stops_the_start(folder: Path, content: str, said: str) -> None:
    (folder / "unsourced.toml").write_text(content)
    with pytest.raises(ConfigurationFault, match=said):
        load_settings()


def test_a_wrong_variable_or_flag_is_named_as_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationFault, match="command line: --workers = 999: "):
        load_settings(workers=999)
    monkeypatch.setenv("UNSOURCED_WORKERS", "two")
    with pytest.raises(ConfigurationFault, match="environment: UNSOURCED_WORKERS = 'two': "):
        load_settings()
    monkeypatch.setenv("UNSOURCED_WORKRES", "2")
    with pytest.raises(ConfigurationFault, match=r"UNSOURCED_WORKRES is no setting; did you mean UNSOURCED_WORKERS\?"):
        load_settings(workers=1)


def test_a_file_that_was_asked_for_must_be_there() -> None:
    with pytest.raises(ConfigurationFault, match=r"none\.toml: there is no such"):
        load_settings("none.toml")
