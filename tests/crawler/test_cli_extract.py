"""`unsourced extract`, through the real console script, on files and over real HTTP."""

from __future__ import annotations

import functools
import gzip
import re
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.crawler.command_line import in_this_process, lines, unsourced

PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>Le barrage de Morvanne ferme ses vannes - Le Littoral</title>
<link rel="canonical" href="https://littoral.example/eau/barrage">
<meta property="og:site_name" content="Le Littoral">
<meta property="og:title" content="Le barrage de Morvanne ferme ses vannes">
<meta property="article:published_time" content="2026-03-04T06:30:00+01:00"><meta name="author" content="Anne Kervadec">
</head><body><article><h1>Le barrage de Morvanne ferme ses vannes</h1>
<p>Le barrage de Morvanne a fermé ses vannes mercredi matin, après trois semaines de pluie sur la vallée.</p>
<p>La préfète du département, Hélène Autret, a annoncé
que la circulation reprendrait jeudi sur les deux rives du fleuve.</p>
<p>Une vingtaine de familles avaient quitté leur logement le mois dernier ;
toutes sont revenues depuis dimanche soir.</p>
</article></body></html>"""
CONTRACT = {"page", "url", "title", "published", "authors", "language", "kind", "text"}


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "barrage.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


class Server(ThreadingHTTPServer):
    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
        self.agents: set[str] = set()


class Handler(SimpleHTTPRequestHandler):
    server: Server

    def log_message(self, *_: object) -> None:
        self.server.agents.add(self.headers["User-Agent"])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_extract_keeps_the_contract(page: Path) -> None:
    ended = unsourced("extract", page, cwd=page.parent)
    assert ended.returncode == 0, ended.stderr
    (record,) = lines(ended.stdout)
    assert record.keys() >= CONTRACT
    assert record["page"] == "barrage.html"
    assert record["url"] == "https://littoral.example/eau/barrage"
    assert record["title"] == "Le barrage de Morvanne ferme ses vannes"
    assert record["published"] == "2026-03-04T06:30:00+01:00"
    assert record["authors"] == ["Anne Kervadec"]
    assert (record["language"], record["kind"]) == ("fr", "news")
    assert record["text"].startswith("Le barrage de Morvanne a fermé ses vannes")


def test_gzip_is_read_by_what_it_is_not_by_its_name(page: Path) -> None:
    packed = page.with_name("packed")
    packed.write_bytes(gzip.compress(page.read_bytes()))
    plain, gz = lines(unsourced("extract", page, packed, cwd=page.parent).stdout)
    assert {**gz, "page": plain["page"]} == plain


def test_a_time_without_its_zone_takes_the_one_given(page: Path) -> None:
    page.write_text(PAGE.replace("06:30:00+01:00", "06:30:00"), encoding="utf-8")
    bare, zoned = (
        lines(unsourced("extract", *options, page, cwd=page.parent).stdout)[0]["published"]
        for options in ([], ["--zone", "America/Montreal"])
    )
    assert bare == "2026-03-04T06:30:00"
    assert zoned == "2026-03-04T06:30:00-05:00"


def test_a_relative_time_needs_the_time_of_fetching(page: Path) -> None:
    stated = '<meta property="article:published_time" content="2026-03-04T06:30:00+01:00">'
    page.write_text(PAGE.replace(stated, "").replace("<p>Le", "<time>il y a 2 heures</time><p>Le", 1), encoding="utf-8")
    unread, read = (
        lines(unsourced("extract", "--zone", "Europe/Paris", *options, page, cwd=page.parent).stdout)[0]["published"]
        for options in ([], ["--fetched", "2026-03-04T09:00:00+01:00"])
    )
    assert unread is None
    assert read is not None
    assert read.startswith("2026-03-04T07:00")


def test_addresses_are_fetched_and_robots_txt_is_obeyed(page: Path, server: Server) -> None:
    site = f"http://127.0.0.1:{server.server_port}"
    (page.parent / "unsourced.toml").write_text('contact = "desk@chronicle.example"\n')
    (page.parent / "robots.txt").write_text("User-agent: *\nDisallow: /private/\n")
    (page.parent / "private").mkdir()
    (page.parent / "private/page.html").write_text(PAGE, encoding="utf-8")
    ended = unsourced(
        "extract", f"{site}/private/page.html", f"{site}/barrage.html", f"{site}/gone.html", cwd=page.parent
    )
    assert ended.returncode == 1
    (record,) = lines(ended.stdout)
    assert record["page"] == f"{site}/barrage.html"
    assert record["fetched"] is not None
    assert [line.startswith("unsourced: http") for line in ended.stderr.splitlines()] == [True, True]
    assert "robots" in ended.stderr
    assert "404" in ended.stderr
    (agent,) = server.agents
    assert agent.endswith("; desk@chronicle.example)"), "who keeps the site can reach whoever asks"


def test_bad_input_is_one_line_each_and_the_others_go_on(page: Path) -> None:
    bad = {
        "empty": (b"", "the file is empty"),
        "binary": (bytes(range(256)) * 20, "binary, not a page"),
        "cut": (gzip.compress(PAGE.encode())[:200], "cut off or broken"),
        "bomb": (gzip.compress(b"<p>" + b" " * 60_000_000, 1), "larger than 20 MB"),
        "large": (b"<p>" + b" " * 50_000_000, "larger than 20 MB"),
        "no-html": (b"no markup at all", "no HTML"),
        "none": (None, "cannot be read"),
    }
    for name, (body, _) in bad.items():
        if body is not None:
            (page.parent / name).write_bytes(body)
    ended = unsourced("extract", *bad, page, cwd=page.parent)
    assert ended.returncode == 2
    for line, (name, (_, said)) in zip(ended.stderr.splitlines(), bad.items(), strict=True):
        assert line.startswith(f"unsourced: {name}: ")
        assert said in line
    assert [record["page"] for record in lines(ended.stdout)] == ["barrage.html"]


def test_a_page_without_an_article_is_a_failure(page: Path) -> None:
    (page.parent / "bare.html").write_text("<html><body></body></html>")
    ended = unsourced("extract", "bare.html", cwd=page.parent)
    assert ended.returncode == 1
    assert "no article" in ended.stderr


@pytest.mark.parametrize(
    "options",
    [
        ["--fetched", "yesterday"],
        ["--fetched", "2026-03-04T09:00:00"],
        ["--zone", "Europe/Atlantis"],
        ["--zone", "../x"],
        ["--url", "http://[gazette/"],
        ["--url", "gazette"],
    ],
)
def test_a_wrong_option_is_named_with_its_value(
    page: Path, options: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert in_this_process(monkeypatch, "extract", *options, str(page)) == 2
    assert capsys.readouterr().err.startswith(f"unsourced: {options[0]} {options[1]}: ")


def test_an_argument_that_is_no_web_address_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert in_this_process(monkeypatch, "extract", "http://gazette.example:http/") == 2
    assert capsys.readouterr().err.startswith("unsourced: http://gazette.example:http/: is not an address: ")


def test_one_address_for_several_pages_is_refused(page: Path) -> None:
    assert unsourced("extract", "--url", "https://a.example/", page, page, cwd=page.parent).returncode == 2


def test_explain_has_every_candidate_with_its_place_and_the_choice(page: Path) -> None:
    (record,) = lines(unsourced("extract", "--explain", page, cwd=page.parent).stdout)
    (plain,) = lines(unsourced("extract", page, cwd=page.parent).stdout)
    candidates = record.pop("candidates")
    assert record == plain
    assert [one["where"] for one in candidates["title"]] == ["meta:og:title", "h1", "title"]
    assert candidates["published"] == [
        {"value": "2026-03-04T06:30:00+01:00", "where": "meta:article:published_time"},
    ]
    assert {"authors", "modified", "standfirst", "section", "image", "canonical", "language", "tags", "kind"} < (
        candidates.keys()
    )


def test_explain_on_a_terminal_shows_choice_and_places(page: Path) -> None:
    ended = unsourced("extract", "--explain", page, cwd=page.parent, FORCE_COLOR="1", COLUMNS="150")
    assert ended.returncode == 0, ended.stderr
    text = re.sub(r"\x1b\[[0-9;]*m", "", ended.stdout)
    assert re.search(r"title +→ +Le barrage de Morvanne ferme ses vannes", text)
    assert re.search(r"link:canonical +https://littoral.example/eau/barrage", text)
    assert re.search(r"section +→ +–", text)
