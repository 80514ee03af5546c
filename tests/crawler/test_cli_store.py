"""The commands that read and decide on what a store holds, through the real console script."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.crawler.command_line import in_this_process, lines, unsourced
from tests.crawler.labelled import HEADLINE, fill


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    fill(tmp_path / "unsourced.db")
    return tmp_path


def test_claims_are_grouped_the_most_urgent_first_and_copies_folded(folder: Path) -> None:
    shown = unsourced("claims", cwd=folder, FORCE_COLOR="1").stdout
    order = [shown.index(name) for name in ("Harbour Post", "المسار", "The Rumour")]
    assert order == sorted(order)
    assert "1 copy: Echo" in shown
    assert "1 more flag" in shown, "three of the four flags are shown first"
    assert "6 flags in 3 articles" in shown
    assert "\x1b]0;" not in shown, "no text steers the terminal"


def test_claims_elsewhere_than_on_a_terminal_are_one_line_each(folder: Path) -> None:
    rows = [line.split("\t") for line in unsourced("claims", cwd=folder).stdout.splitlines()]
    assert [(row[1], row[2], row[3]) for row in rows[:4]] == [
        ("0.90", "anonymous", "Harbour Post"),
        ("0.80", "none", "Harbour Post"),
        ("0.60", "vague", "Harbour Post"),
        ("0.55", "hearsay", "Harbour Post"),
    ]
    assert len(rows) == 6
    assert {len(row) for row in rows} == {6}


@pytest.mark.parametrize(
    ("options", "number"),
    [
        (["--class", "none", "--class", "hearsay"], 2),
        (["--priority", "0.75"], 3),
        (["--language", "ar"], 1),
        (["--language", "ar-EG", "--language", "EN"], 5),
        (["--source", "echo"], 4),
        (["--kind", "obituary"], 0),
        (["--since", "2026-03-05"], 0),
        (["--since", "2026-03-04"], 6),
        (["--limit", "1"], 4),
    ],
)
def test_claims_filters(
    folder: Path,
    options: list[str],
    number: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(folder)
    assert in_this_process(monkeypatch, "claims", *options) == 0
    assert len(capsys.readouterr().out.splitlines()) == number


def test_a_decision_takes_a_claim_out_of_what_is_new_and_is_kept(folder: Path) -> None:
    first, *others = lines(unsourced("claims", "--json", "--new", cwd=folder).stdout)
    ended = unsourced("decide", first["claim_id"][:10], "to-check", "--note", "asked", "--reviewer", "Ada", cwd=folder)
    assert ended.returncode == 0, ended.stderr
    new = lines(unsourced("claims", "--json", "--new", cwd=folder).stdout)
    assert {one["claim_id"] for one in new} == {one["claim_id"] for one in others}
    unsourced("decide", first["claim_id"], "wrong label", cwd=folder, UNSOURCED_REVIEWER="Bea")
    decisions = lines(unsourced("export", "decisions", cwd=folder).stdout)
    assert [(one["verdict"], one["by"], one["note"]) for one in decisions] == [
        ("to check", "Ada", "asked"),
        ("wrong label", "Bea", ""),
    ]
    after = lines(unsourced("export", "decisions", "--since", str(decisions[0]["sequence"]), cwd=folder).stdout)
    assert after == decisions[1:]
    shown = unsourced("show", first["article_id"][:10], cwd=folder).stdout
    assert "WRONG LABEL (Bea)" in " ".join(shown.split())


def test_a_headline_is_decided_as_any_claim_is(tmp_path: Path) -> None:
    fill(tmp_path / "unsourced.db", HEADLINE)

    def flagged(*options: str) -> list[dict[str, Any]]:
        return lines(unsourced("claims", "--json", "--source", "echo", *options, cwd=tmp_path).stdout)

    (headline,) = [one for one in flagged() if one["rule"] == "headline"]
    assert headline["text"] == headline["title"] == HEADLINE.title
    assert headline in [{**one, "copies": 0} for one in lines(unsourced("export", "claims", cwd=tmp_path).stdout)]
    before = flagged("--new")
    assert headline in before
    ended = unsourced("decide", headline["claim_id"][:12], "to-check", "--reviewer", "Ada", cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert {one["claim_id"] for one in flagged("--new")} == {one["claim_id"] for one in before} - {headline["claim_id"]}
    (decided,) = [one for one in flagged() if one["rule"] == "headline"]
    assert decided["decision"]["verdict"] == "to check"
    shown = " ".join(unsourced("show", headline["claim_id"][:12], cwd=tmp_path).stdout.split())
    assert f"claim {headline['claim_id'][:10]} · TO CHECK (Ada)" in shown
    assert "TO CHECK" in unsourced("claims", cwd=tmp_path, FORCE_COLOR="1").stdout
    unsourced("report", "--html", "flags.html", cwd=tmp_path)
    page = (tmp_path / "flags.html").read_text(encoding="utf-8")
    assert f"<code>{headline['claim_id'][:10]}</code>" in page
    assert "to check (<bdi>Ada</bdi>)" in page


def test_show_takes_an_article_or_a_claim(folder: Path) -> None:
    claim = lines(unsourced("claims", "--json", cwd=folder).stdout)[0]
    by_article = unsourced("show", claim["article_id"], "--json", cwd=folder).stdout
    by_claim = unsourced("show", claim["claim_id"][:12], "--json", cwd=folder).stdout
    assert by_article == by_claim
    (record,) = lines(by_article)
    assert [one["flagged"] for one in record["claims"]] == [True] * 4 + [False] * 9
    for one in record["claims"]:
        assert record["text"][one["start"] : one["end"]] == one["text"]


def test_export_goes_on_from_a_sequence_number(folder: Path) -> None:
    articles = lines(unsourced("export", "articles", cwd=folder).stdout)
    assert len(articles) == 5
    assert [one["sequence"] for one in articles] == sorted({one["sequence"] for one in articles})
    later = lines(unsourced("export", "articles", "--since", str(articles[2]["sequence"]), cwd=folder).stdout)
    assert later == articles[3:]
    claims = lines(unsourced("export", "claims", cwd=folder).stdout)
    assert len(claims) == 29
    assert {one["article_id"] for one in claims} == {one["article_id"] for one in articles}


def test_report_writes_one_page(folder: Path) -> None:
    ended = unsourced("report", "--html", "flags.html", cwd=folder)
    assert ended.returncode == 0, ended.stderr
    page = (folder / "flags.html").read_text(encoding="utf-8")
    assert "6 flags in 3 articles of 3 outlets" in page
    assert unsourced("report", "--html", "none/flags.html", cwd=folder).returncode == 2


def test_prune_deletes_what_is_old(folder: Path) -> None:
    assert unsourced("prune", "--before", "2026-03-04", cwd=folder).stdout == "0 articles deleted\n"
    assert unsourced("prune", "--before", "2026-03-05", cwd=folder).stdout == "5 articles deleted\n"
    assert unsourced("claims", cwd=folder).stdout == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "nonesuch"], "nonesuch: no article and no claim"),
        (["decide", "nonesuch", "to-check"], "nonesuch"),
        (["decide", "nonesuch", "true"], "VERDICT true: can be"),
        (["claims", "--class", "fake"], "--class fake: can be"),
        (["claims", "--since", "soon"], "--since soon: neither a time"),
        (["claims", "--language", "xx"], "--language xx: not covered; covered are ar, de"),
        (["claims", "--source", "nobdy"], "--source nobdy: can be "),
        (["report", "--source", "nobdy", "--html", "-"], "--source nobdy: can be "),
        (["claims", "--store", "nonesuch.db"], "nonesuch.db"),
        (["claims", "--store", "junk.db"], "junk.db"),
        (["prune", "--before", ""], "--before: is empty"),
        (["crawl"], "no source list"),
    ],
)
def test_a_wrong_call_is_one_clear_line(
    folder: Path,
    arguments: list[str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(folder)
    (folder / "junk.db").write_bytes(b"\0junk" * 1000)
    assert in_this_process(monkeypatch, *arguments) in (1, 2)
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("unsourced: ")
    assert said in line


def test_a_source_list_that_is_not_there_is_named(tmp_path: Path) -> None:
    ended = unsourced("crawl", "nonesuch.toml", cwd=tmp_path)
    assert ended.returncode == 2
    assert "nonesuch.toml: cannot be read" in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_reading_makes_no_store(tmp_path: Path) -> None:
    ended = unsourced("claims", cwd=tmp_path)
    assert ended.returncode == 2
    assert list(tmp_path.iterdir()) == []
