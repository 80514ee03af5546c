"""`unsourced` as a whole, `analyse` and `explain`, through the real console script."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crawler.command_line import SCRIPT, lines, unsourced

TEXT = (
    "Le ministère a fermé douze écoles en secret, selon une source bien informée.\r\n"
    "« La décision est prise », a déclaré la ministre de l'Éducation, Claire Vasseur. "
    "Le directeur aurait été arrêté lundi soir.\n"
)
CONTRACT = {
    *("doc", "start", "end", "text", "claim", "attribution", "source", "cue", "resolved", "relay", "context"),
    *("record", "priority", "flagged", "rule", "reasons", "versions"),
}


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "écoles.txt"
    path.write_text(TEXT, encoding="utf-8", newline="")
    return path


def test_version_is_that_of_the_package(tmp_path: Path) -> None:
    from importlib.metadata import version

    assert unsourced("--version", cwd=tmp_path).stdout == f"unsourced {version('unsourced')}\n"


def test_without_a_command_the_help_lists_them(tmp_path: Path) -> None:
    ended = unsourced(cwd=tmp_path)
    assert ended.returncode == 2
    assert "analyse" in ended.stdout + ended.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["crawl", "--help"], ["analyse", "--language", "fr", "écoles.txt"]])
def test_what_needs_no_heavy_library_waits_for_none(article: Path, arguments: list[str]) -> None:
    heavy = "scrapy", "twisted", "sqlalchemy", "lxml", "trafilatura", "langdetect", "py3langid", "dateparser", "jinja2"
    code = (
        "import sys; from crawler.cli import main\n"
        "try: main()\n"
        f"finally: print(*(set({heavy}) & sys.modules.keys()), file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=article.parent, capture_output=True, check=True
    )
    assert ended.stderr == b"\n"


@pytest.mark.parametrize("arguments", [["nonesuch"], ["analyse"], ["analyse", "--nonesuch", "a.txt"], ["show"]])
def test_a_wrong_call_ends_with_2(tmp_path: Path, arguments: list[str]) -> None:
    ended = unsourced(*arguments, cwd=tmp_path)
    assert ended.returncode == 2
    assert "Error" in ended.stderr


def test_analyse_keeps_the_contract(article: Path) -> None:
    ended = unsourced("analyse", "--language", "fr", article, cwd=article.parent)
    assert ended.returncode == 0, ended.stderr
    sentences = lines(ended.stdout)
    assert len(sentences) == 3
    for sentence in sentences:
        assert sentence.keys() >= CONTRACT
        assert sentence["doc"] == "écoles.txt"
        assert TEXT[sentence["start"] : sentence["end"]] == sentence["text"]
        assert 0 <= sentence["priority"] <= 1
        for span in filter(None, (sentence["source"], sentence["cue"])):
            assert TEXT[span["start"] : span["end"]] == span["text"]
    assert [sentence["attribution"] for sentence in sentences] == ["anonymous", "named", "hearsay"]
    assert sentences[0]["source"]["text"].startswith("une source")
    assert sentences[0]["flagged"]
    assert not sentences[1]["flagged"]


def test_analyse_detects_the_language_text_by_text(article: Path) -> None:
    english = article.with_name("schools.txt")
    english.write_text("The ministry closed twelve schools in secret, according to two people close to it.\n")
    ended = unsourced("analyse", article, english, cwd=article.parent)
    assert ended.returncode == 0, ended.stderr
    assert {(s["doc"], s["language"]) for s in lines(ended.stdout)} == {("écoles.txt", "fr"), ("schools.txt", "en")}


def test_analyse_reads_jsonl_and_keeps_ids(tmp_path: Path) -> None:
    records = [
        {"id": 7, "text": TEXT, "language": "fr-FR"},
        {"id": "b", "text": TEXT, "kind": "obituary", "title": "X"},
    ]
    ended = unsourced("analyse", "--jsonl", "-", cwd=tmp_path, stdin="\n".join(map(json.dumps, records)) + "\n")
    assert ended.returncode == 0, ended.stderr
    sentences = lines(ended.stdout)
    assert [sentence["doc"] for sentence in sentences] == [7] * 3 + ["b"] * 3
    assert any(sentence["flagged"] for sentence in sentences[:3])
    assert not any(sentence["flagged"] for sentence in sentences[3:]), "an obituary raises nothing"


def test_a_wrong_line_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    wrong = {
        "{": "not JSON",
        "[" * 100_000: "not JSON",
        "[]": "each line must be an object",
        '{"id": null, "text": "a"}': "each line must be an object",
        '{"id": 1}': "`text` is missing",
        '{"id": 1, "text": 5}': "`text` must be text, not 5",
        '{"id": 1, "text": "a", "kind": "poem"}': "`kind` is 'poem'",
    }
    good = json.dumps({"id": "good", "text": TEXT, "language": "fr"})
    ended = unsourced("analyse", "--jsonl", "-", cwd=tmp_path, stdin="\n".join([*wrong, good]))
    assert ended.returncode == 2
    for number, (line, said) in enumerate(zip(ended.stderr.splitlines(), wrong.values(), strict=True), 1):
        assert line.startswith(f"unsourced: -, line {number}: ")
        assert said in line
    assert {sentence["doc"] for sentence in lines(ended.stdout)} == {"good"}


def test_half_a_surrogate_pair_stays_json(tmp_path: Path) -> None:
    record = '{"id": 1, "text": "Il a dit \\ud800 rien. ' + 'Il pleut sur la ville.", "language": "fr"}'
    ended = unsourced("analyse", "--jsonl", "-", cwd=tmp_path, stdin=record)
    assert ended.returncode == 0, ended.stderr
    assert any("\ud800" in sentence["text"] for sentence in lines(ended.stdout))


def test_neither_a_record_nor_a_failure_steers_the_terminal(tmp_path: Path) -> None:
    text = "Il pleut \x9b31m sur la \u202eville."
    records = [{"id": 1, "text": text, "language": "fr"}, {"id": "\x1b]0;owned\x07", "text": text, "language": "xx"}]
    ended = unsourced("analyse", "--jsonl", "-", cwd=tmp_path, stdin="\n".join(map(json.dumps, records)))
    assert lines(ended.stdout)[0]["text"] == text
    assert not set("\x1b\x07\x9b\u202e") & set(ended.stdout + ended.stderr)


def test_what_cannot_be_read_is_named_and_the_others_go_on(article: Path) -> None:
    folder = article.parent
    (folder / "empty.txt").touch()
    (folder / "latin.txt").write_bytes("été".encode("latin-1"))
    ended = unsourced("analyse", "--language", "fr", "none.txt", "empty.txt", "latin.txt", ".", article, cwd=folder)
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == [
        "unsourced: none.txt: cannot be read (No such file or directory)",
        "unsourced: empty.txt: the file is empty",
        "unsourced: latin.txt: not UTF-8 text (byte 0); convert it first",
        "unsourced: .: cannot be read (Is a directory)",
    ]
    assert len(lines(ended.stdout)) == 3


def test_a_language_that_is_not_covered(article: Path) -> None:
    ended = unsourced("analyse", "--language", "tlh", article, cwd=article.parent)
    assert ended.returncode == 2
    assert ended.stderr.startswith("unsourced: --language tlh: not covered; covered are ")
    assert not ended.stdout


def test_a_text_in_a_language_that_is_not_covered_has_a_record_with_error(tmp_path: Path) -> None:
    (tmp_path / "ja.txt").write_text("政府は火曜日に新しい法案を国会に提出した。首相は記者会見で説明した。\n" * 3)
    ended = unsourced("analyse", "ja.txt", cwd=tmp_path)
    assert ended.returncode == 1
    (record,) = lines(ended.stdout)
    assert (record["doc"], record["language"]) == ("ja.txt", "ja")
    assert "not covered" in record["error"]
    assert len(ended.stderr.splitlines()) == 1


def test_a_reader_that_leaves_is_no_failure_to_speak_of(article: Path) -> None:
    article.write_text(TEXT * 3_000, encoding="utf-8")
    process = subprocess.Popen(
        [SCRIPT, "analyse", "--language", "fr", article], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(60) in (0, 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the device of a full disk is Linux's")
@pytest.mark.parametrize("arguments", [["analyse", "--language", "fr"], ["extract"]])
def test_a_full_disk_behind_the_output_is_one_line(article: Path, arguments: list[str]) -> None:
    article.write_text(f"<html><body><article><p>{TEXT}</p></article></body></html>", encoding="utf-8")
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [SCRIPT, *arguments, article], stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False
        )
    assert ended.returncode == 1
    assert ended.stderr.splitlines() == ["unsourced: the output cannot be written: No space left on device"]


def test_each_document_is_answered_at_once_and_control_c_is_quiet() -> None:
    process = subprocess.Popen(
        [SCRIPT, "analyse", "--jsonl", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps({"id": 1, "text": TEXT, "language": "fr"}).encode() + b"\n")
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["doc"] == 1
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 130
    _, errors = process.communicate()
    assert errors == b""


def test_explain_shows_labels_reasons_and_rules(article: Path) -> None:
    ended = unsourced("explain", article, cwd=article.parent)
    assert ended.returncode == 0, ended.stderr
    assert "\x1b" not in ended.stdout, "no colours elsewhere than on a terminal"
    rules = [sentence["rule"] for sentence in lines(unsourced("analyse", article, cwd=article.parent).stdout)]
    for expected in ("anonymous", "named", "hearsay", "⚑", *rules):
        assert expected in ended.stdout


def test_explain_colours_a_terminal_but_lets_no_text_steer_it(article: Path) -> None:
    article.write_text(TEXT + "\x1b]0;owned\x07 Le maire a été arrêté, selon des sources.", encoding="utf-8")
    ended = unsourced("explain", "--language", "fr", article, cwd=article.parent, FORCE_COLOR="1")
    assert "\x1b[" in ended.stdout
    assert "\x1b]0;" not in ended.stdout


def test_explain_writes_a_page(article: Path) -> None:
    ended = unsourced("explain", article, "--html", "page.html", cwd=article.parent)
    assert ended.returncode == 0, ended.stderr
    page = (article.parent / "page.html").read_text(encoding="utf-8")
    assert "une source" in page
    assert 'class="said anonymous flagged"' in page


def test_marks_that_nobody_sees_are_no_part_of_what_is_shown(tmp_path: Path) -> None:
    (tmp_path / "marked.txt").write_text("\ufeffThe dam broke on Monday, the ministry said.\u200f\n", encoding="utf-8")
    ended = unsourced("explain", "marked.txt", "--language", "en", "--html", "-", cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert "the ministry" in ended.stdout
    assert "\ufeff" not in ended.stdout


def test_explain_says_what_it_cannot_explain(tmp_path: Path) -> None:
    (tmp_path / "blank.txt").write_text(" \n")
    ended = unsourced("explain", "blank.txt", "none.txt", cwd=tmp_path)
    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 2
