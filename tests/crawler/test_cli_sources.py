"""`unsourced sources`, as typed, against outlets on loopback."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from typer.testing import CliRunner

from crawler.commands.sources import sources
from crawler.sources import load_sources
from tests.crawler.command_line import SCRIPT, lines, unsourced
from tests.crawler.outlet import outlet, rss, sitemap

HTML = "text/html; charset=utf-8"


def source_list(path: Path, **homes: str) -> Path:
    """A list with a source for each home page; more lines follow what `homes` gives after a newline."""
    path.write_text(
        "\n".join(
            f'[[source]]\nid = "{name}"\nname = "{name}"\ncountry = "FR"\nlanguages = ["fr"]\n'
            f'timezone = "Europe/Paris"\nhome = "{home.partition(chr(10))[0]}"\n{home.partition(chr(10))[2]}'
            for name, home in homes.items()
        ),
        encoding="utf-8",
    )
    return path


def test_lists_are_shown_and_counted(tmp_path: Path) -> None:
    path = source_list(tmp_path / "l.toml", one="https://one.example/", two="https://two.example/")
    shown = unsourced("sources", "list", path, cwd=tmp_path)
    assert [line.split("\t")[0] for line in shown.stdout.splitlines()] == ["one", "two"]
    records = lines(unsourced("sources", "list", "--json", path, cwd=tmp_path).stdout)
    assert [(record["id"], record["timezone"], record["feeds"]) for record in records] == [
        ("one", "Europe/Paris", []),
        ("two", "Europe/Paris", []),
    ]
    checked = unsourced("sources", "check", path, cwd=tmp_path)
    assert (checked.returncode, checked.stdout.split(" in ")[0]) == (0, "2 sources")


def test_the_lists_of_the_configuration_are_taken_where_none_is_named(tmp_path: Path) -> None:
    source_list(tmp_path / "l.toml", one="https://one.example/")
    assert unsourced("sources", "check", cwd=tmp_path, UNSOURCED_SOURCES="l.toml").returncode == 0
    none = unsourced("sources", "check", cwd=tmp_path)
    assert none.returncode == 2
    assert "there is no such source list" in none.stderr


def test_a_wrong_list_leaves_with_2_and_names_every_mistake(tmp_path: Path) -> None:
    path = source_list(tmp_path / "l.toml", one='https://one.example/\nfedes = ["x"]\nmin_interval = 1')
    ended = unsourced("sources", "check", path, cwd=tmp_path)
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert "2 mistakes" in ended.stderr
    assert 'did you mean "feeds"?' in ended.stderr
    assert '"min_interval" = 1' in ended.stderr


def test_every_address_is_visited_once_and_reported(tmp_path: Path) -> None:
    with outlet() as closed:
        pass
    with outlet() as good, outlet() as bad:
        now = format_datetime(datetime.now(UTC))
        article = f"{good.url}/2026/03/14/the-budget-passes-after-a-long-night"
        good.put("/", f'<h2><a href="{article}">The budget passes after a long night</a></h2>', Content_Type=HTML)
        good.put("/rss", rss(article).replace("Sun, 01 Mar 2026 10:00:00 +0100", now))
        good.put("/old", status=301, Location=f"{good.url}/map.xml")
        good.put("/map.xml", sitemap(article, f"{article}-2"))
        bad.put("/robots.txt", "User-agent: *\nDisallow: /private")
        bad.put("/", "<title>Just a moment...</title>", status=202, Content_Type=HTML)
        bad.put("/page", "<html>no feed</html>", Content_Type=HTML)
        path = source_list(
            tmp_path / "l.toml",
            good=f'{good.url}/\nfeeds = ["{good.url}/rss"]\nsitemaps = ["{good.url}/old"]',
            bad=f'{bad.url}/\nfeeds = ["{bad.url}/page", "{bad.url}/private"]\nsections = ["{bad.url}/gone"]',
            shut=closed.url,
        )
        ended = unsourced("sources", "check", "--online", "--json", path, cwd=tmp_path)
        reports = {(report["source"], urlsplit(report["url"]).path): report for report in lines(ended.stdout)}
        problems = {key: report["problem"] for key, report in reports.items()}
        assert problems == {
            ("good", "/"): "",
            ("good", "/rss"): "",
            ("good", "/old"): "",
            ("bad", "/"): "bot challenge",
            ("bad", "/page"): "not a feed",
            ("bad", "/private"): "Forbidden by robots.txt",
            ("bad", "/gone"): "status 404",
            ("shut", ""): "connection refused",
        }
        assert reports["good", "/"]["entries"] == 1
        assert reports["good", "/rss"]["entries"] == 1
        assert datetime.now(UTC) >= datetime.fromisoformat(reports["good", "/rss"]["newest"])
        moved = reports["good", "/old"]
        assert (moved["entries"], moved["redirect"], moved["permanently"]) == (2, f"{good.url}/map.xml", True)
        assert "/private" not in bad.asked
        assert good.asked.count("/rss") == 1
    assert ended.returncode == 1
    assert "5 of 8 addresses failed" in ended.stderr


def test_a_found_entry_goes_to_stdout_alone_and_is_valid(tmp_path: Path) -> None:
    with outlet() as site:
        feed = '<link rel="alternate" type="application/rss+xml" href="/rss">'
        site.put("/", f'<html lang="de-AT"><title>Der Bote</title>{feed}', Content_Type=HTML)
        site.put("/robots.txt", f"Sitemap: {site.url}/news.xml")
        site.put("/rss", rss(f"{site.url}/1"))
        site.put("/news.xml", sitemap(f"{site.url}/1"))
        ended = unsourced("sources", "find", site.url, cwd=tmp_path)
    assert ended.returncode == 0
    assert f"feed {site.url}/rss: 1 entries, newest" in ended.stderr
    (tmp_path / "found.toml").write_text(ended.stdout, encoding="utf-8")
    (source,) = load_sources([tmp_path / "found.toml"])
    assert (source.name, source.country, source.timezone) == ("Der Bote", "AT", "Europe/Vienna")
    assert source.sitemaps == (f"{site.url}/news.xml",)


@pytest.mark.parametrize("command", ["list", "check", "find"])
def test_help_has_an_example(command: str) -> None:
    assert f"Example: unsourced sources {command} " in CliRunner().invoke(sources, [command, "--help"]).stdout


def test_ctrl_c_ends_a_visit_without_a_traceback(tmp_path: Path) -> None:
    with outlet() as site:
        feeds = json.dumps([f"{site.url}/{number}" for number in range(60)])
        path = source_list(tmp_path / "l.toml", one=f"{site.url}/\nfeeds = {feeds}")
        running = subprocess.Popen(
            [SCRIPT, "sources", "check", "--online", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        deadline = time.monotonic() + 30
        while len(site.asked) < 3 and time.monotonic() < deadline:
            time.sleep(0.1)
        running.send_signal(signal.SIGINT)
        said, complaint = running.communicate(timeout=30)
    assert running.returncode not in (0, 2)
    assert "FAILED one home" in said
    assert "Traceback" not in complaint
    assert len(site.asked) < 20
