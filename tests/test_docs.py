"""The documentation says what the program does: every command, setting and field, and every command line runs."""

from __future__ import annotations

import dataclasses
import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import pytest

import crawler.settings
from crawler.cli import app
from crawler.configuration import Settings
from crawler.extensions.report import run_report
from pipelines import items
from pipelines.records import article_record, claim_record, decision_record, sentence_record, stored_article_record
from pipelines.stores.base import Claim, Decision, StoredArticle
from tests.crawler.command_line import unsourced
from tests.crawler.labelled import CANAL, NOW
from tests.site.running import serving

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXT = {page.name: page.read_text(encoding="utf-8") for page in PAGES}
COMMANDS = sorted([*(command.callback.__name__ for command in app.registered_commands if command.callback), "sources"])


def table(page: str, heading: str) -> dict[str, list[str]]:
    """The rows of the table under a heading, by the name in the first column."""
    section = TEXT[page].partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    assert section, f"{page} has no heading {heading}"
    rows = [
        [cell.strip() for cell in line.strip("|").split(" | ")] for line in section.splitlines() if line[:3] == "| `"
    ]
    return {row[0].strip("| `"): row for row in rows}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme_and_shows_an_example(command: str, tmp_path: Path) -> None:
    assert f"| `unsourced {command}` |" in TEXT["README.md"]
    if command != "sources":
        assert f"Example: unsourced {command}" in " ".join(unsourced(command, "--help", cwd=tmp_path).stdout.split())


def test_every_setting_is_documented_with_its_default() -> None:
    rows = table("settings.md", "The program")
    assert rows.keys() == Settings.model_fields.keys()
    for name, field in Settings.model_fields.items():
        assert rows[name][2] == f"`UNSOURCED_{name.upper()}`"
        assert rows[name][4].strip("`") == (str(field.default) if field.default not in ("", ()) else "none")


def test_the_example_of_a_configuration_file_is_valid() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", TEXT["settings.md"], re.DOTALL)
    Settings.model_validate(tomllib.loads(example))


def test_every_setting_of_the_crawler_is_documented() -> None:
    rows = table("settings.md", "Scrapy's settings")
    names = {name for name in vars(crawler.settings) if name.isupper()}
    assert rows.keys() <= names
    missing = {name for name in names - rows.keys() if f"`{name}`" not in TEXT["settings.md"]}
    assert not missing
    for name, row in rows.items():
        value = getattr(crawler.settings, name)
        if isinstance(value, int | float) and re.fullmatch(r"[\d.]+", row[1]):
            assert float(row[1]) == value, name


def test_every_field_of_every_record_is_documented() -> None:
    (sentence, *_) = CANAL.sentences or ()
    decision = Decision(1, "c", "to check", "", NOW, "Ada")
    claim = Claim("c", sentence, NOW, decision)
    stored = StoredArticle("a", 1, 1, NOW, CANAL, (claim,))
    claim_fields = claim_record(stored, claim, flagged=True).keys()
    sentence_fields = sentence_record(sentence).keys()
    article_fields = article_record(CANAL).keys()
    assert table("data-format.md", "Sentence").keys() == sentence_fields | {"doc", "language", "flagged", "versions"}
    assert table("data-format.md", "Article").keys() == article_fields | {"page", "candidates"}
    assert table("data-format.md", "Stored article").keys() == (
        stored_article_record(stored).keys() - article_fields | {"claims"}
    )
    assert table("data-format.md", "Claim").keys() == claim_fields - sentence_fields - {"versions"} | {"copies"}
    assert table("data-format.md", "Decision").keys() == decision_record(decision).keys()
    assert table("data-format.md", "Moment").keys() == {field.name for field in dataclasses.fields(items.Moment)}
    assert table("data-format.md", "Run report").keys() == run_report({}, NOW, NOW, 1, "finished").keys()


@pytest.mark.parametrize(
    "type_",
    [
        items.Article,
        items.Sentence,
        items.Span,
        items.Link,
        items.Context,
        items.Problem,
        StoredArticle,
        Claim,
        Decision,
    ],
)
def test_every_field_of_the_types_is_documented(type_: type) -> None:
    elsewhere = {"article", "sentence"}  # a record holds their fields themselves
    for field in dataclasses.fields(type_):
        assert f"`{field.name}`" in TEXT["data-format.md"] or field.name in elsewhere, field.name


def test_every_field_of_a_source_is_documented() -> None:
    for field in dataclasses.fields(items.Source):
        assert f"`{field.name}`" in TEXT["adding-a-source.md"], field.name


def test_the_readme_has_the_accuracy_of_every_language_that_is_held_to_one() -> None:
    floors = tomllib.loads((ROOT / "benchmarks/floors.toml").read_text(encoding="utf-8"))
    assert table("README.md", "How good it is").keys() == floors["gold"].keys()


@pytest.mark.parametrize("page", TEXT)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    folder = ROOT if (ROOT / page).exists() else ROOT / "docs"
    for target in re.findall(r"\]\(([^)#]+)\)", TEXT[page]):
        assert target.startswith("https://") or (folder / target).exists(), f"{page}: {target}"


def test_make_has_the_targets_that_are_named() -> None:
    targets = set(
        re.findall(r"^make ([a-z]+)|`make ([a-z]+)`", TEXT["README.md"] + TEXT["CONTRIBUTING.md"], re.MULTILINE)
    )
    for target in {name for pair in targets for name in pair if name}:
        subprocess.run(["make", "--dry-run", "--no-print-directory", target], cwd=ROOT, check=True, capture_output=True)


def test_every_command_line_of_the_readme_runs(tmp_path: Path) -> None:
    (tmp_path / "newsroom").mkdir()
    (tmp_path / "seeds").mkdir()
    (tmp_path / "article.txt").write_text("La mairie a fermé deux écoles, selon une source proche du dossier.\n" * 3)
    with serving(tmp_path / "newsroom") as newsroom:
        first, *_ = newsroom.sources.read_text(encoding="utf-8").split("[[source]]")[1:]
        (tmp_path / "seeds/francophone.toml").write_text(f"[[source]]{first}", encoding="utf-8")
        ran = set()
        for line in re.findall(
            r"^unsourced .*$", "\n".join(re.findall(r"```sh\n(.*?)```", TEXT["README.md"], re.DOTALL)), re.MULTILINE
        ):
            if "https://" in line:
                continue  # test_cli_extract.py fetches addresses from a server of its own
            ended = unsourced(*shlex.split(line)[1:], cwd=tmp_path)
            assert ended.returncode == 0, f"{line}: {ended.stderr}"
            ran.add(line.split()[1])
    assert ran >= {"explain", "crawl", "claims", "report"}
    assert (tmp_path / "flags.html").stat().st_size > 1000
