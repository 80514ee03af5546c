"""WARC files through the crawl's own stages, and the pages that a crawl keeps."""

from __future__ import annotations

import gzip
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.spiders.archive import outlet_of
from pipelines.items import Source
from pipelines.warc import Capture, pack
from tests.crawler.command_line import lines, unsourced
from tests.crawler.crawling import ROOT, Answer, Site, crawl, ledger, serving, source_list, stored, story

TIME = datetime(2025, 11, 3, 7, 15, tzinfo=UTC)
HTML = {"content-type": "text/html; charset=utf-8"}


def archive(path: Path, *captures: Capture, damaged: bool = False) -> Path:
    records = [pack(capture) for capture in captures]
    if damaged:
        records.insert(1, records[0][: len(records[0]) // 2])
    path.write_bytes(b"".join(records))
    return path


def page(address: str, town: str, status: int = 200, headers: dict[str, str] = HTML) -> Capture:
    return Capture(address, status, headers, story(town).encode(), TIME)


def read(files: Path | str, sources: Path, store: Path) -> str:
    command = [sys.executable, "-m", "scrapy", "crawl", "archive", "-a", f"files={files}", "-a", f"sources={sources}"]
    ended = subprocess.run(
        [*command, "-s", f"STORE={store}", "-s", "WORKERS=1"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        timeout=90,
    )
    assert ended.returncode == 0, ended.stderr
    assert "Traceback" not in ended.stderr, ended.stderr
    return ended.stderr


def test_an_archive_goes_through_the_stages_with_the_time_of_its_first_fetch(tmp_path: Path) -> None:
    site, store = Site("town", lambda *_: (404, {}, ""), "http://town.example"), tmp_path / "store.db"
    sources = source_list(tmp_path, site)
    files = archive(
        tmp_path / "news.warc.gz",
        page("http://town.example/a", "Atown"),
        page("http://town.example/b", "Btown"),
        page("http://elsewhere.example/c", "Ctown"),
        page("http://town.example/d", "Dtown", status=404),
        page("http://town.example/e.json", "Etown", headers={"content-type": "application/json"}),
        Capture("http://town.example/f", 200, HTML, story("Ftown").encode() + b" " * 21_000_000, TIME),
        damaged=True,
    )
    log = read(files, sources, store)
    assert "'failed': {'damaged record': 1}" in log
    assert "'left': {'of no source': 1}" in log
    assert "'skipped': {'not HTML': 2, 'too large': 1}" in log
    kept = stored(store)
    assert sorted(each.article.title for each in kept) == ["What Atown needs", "What Btown needs"]
    assert {each.article.fetched for each in kept} == {TIME}
    assert all(each.article.sentences for each in kept), "the claims stage ran"
    assert ledger(store) == {"stored": 2}
    printed = unsourced("page", kept[0].article_id, "--store", store, cwd=tmp_path)
    assert printed.stdout == story("Atown")
    assert "'articles': {'unchanged': 2}" in read(files, sources, store)


def test_without_files_it_says_what_to_name_and_nothing_else(tmp_path: Path) -> None:
    sources = source_list(tmp_path, Site("town", lambda *_: (404, {}, ""), "http://town.example"))
    errors = [line for line in read("", sources, tmp_path / "store.db").splitlines() if " ERROR: " in line]
    assert len(errors) == 1
    assert "Nothing to read: name files and sources" in errors[0]


def test_an_archive_holds_to_allow_and_deny(tmp_path: Path) -> None:
    site, store = Site("town", lambda *_: (404, {}, ""), "http://town.example"), tmp_path / "store.db"
    sources = source_list(tmp_path, site, allow="['/news/']", deny="['/news/video/']")
    paths = ("/news/a", "/news/video/b", "/sport/c?utm_source=/news/")
    pages = [page(f"http://town.example{path}", f"{path[-1].upper()}town") for path in paths]
    log = read(archive(tmp_path / "news.warc.gz", *pages), sources, store)
    assert "'left': {'kept out by allow or deny': 2}" in log
    assert [each.article.url for each in stored(store)] == [pages[0].url]


def outlet(name: str, home: str, *allow: str) -> Source:
    return Source(name, name, home, "GB", ("en",), "UTC", allow=allow)


WORLD = (
    outlet("world-ar", "https://arabic.world.example/"),
    outlet("world", "https://www.world.example/"),
    outlet("world-fr", "https://www.world.example/fr/", "^https://(m|www).world.example/fr/"),
)


@pytest.mark.parametrize(
    ("address", "of_domain", "expected"),
    [
        ("https://arabic.world.example/1", WORLD, "world-ar"),
        ("https://www.world.example/1", WORLD, "world"),
        ("https://sport.world.example/1", WORLD, "world"),
        ("https://m.world.example/fr/1", WORLD, "world-fr"),
        ("https://www.world.example/fr/1", WORLD, "world-fr"),
        ("https://www.world.example/fr/1", WORLD[::-1], "world-fr"),
        ("https://sport.world.example/1", WORLD[:1], "world-ar"),
        ("https://www.world.example/1", WORLD[2:], "kept out by allow or deny"),
        ("https://www.world.example/1", (WORLD[0], outlet("b", "https://b.world.example/")), "of several sources"),
        ("https://www.world.example/1", (), "of no source"),
    ],
)
def test_of_the_sources_of_a_domain_the_nearest_gets_the_page(
    address: str, of_domain: tuple[Source, ...], expected: str
) -> None:
    found = outlet_of(address, of_domain)
    assert (found if isinstance(found, str) else found.id) == expected


def test_extract_reads_archives(tmp_path: Path) -> None:
    files = archive(
        tmp_path / "news.warc.gz",
        page("http://town.example/a", "Atown"),
        page("http://town.example/b", "Btown"),
        damaged=True,
    )
    plain = tmp_path / "plain.warc"
    plain.write_bytes(gzip.decompress(pack(page("http://town.example/c", "Ctown"))))
    ended = unsourced("extract", files, plain, cwd=tmp_path)
    assert [(one["page"], one["fetched"]) for one in lines(ended.stdout)] == [
        (f"http://town.example/{letter}", "2025-11-03T07:15:00+00:00") for letter in "abc"
    ]
    assert ended.returncode == 1
    assert "cannot be read: " in ended.stderr


def town(site: Site, path: str) -> Answer:
    if path == "/robots.txt":
        return 404, {}, ""
    if path == "/feed":
        return 200, {}, site.feed("/1")
    return 200, {"X-Served": "by caf\xe9"}, story("Oldtown")


def test_a_crawl_keeps_its_pages_and_prune_deletes_them(tmp_path: Path) -> None:
    site, store = Site("town", town), tmp_path / "unsourced.db"
    with serving(site):
        crawl(source_list(tmp_path, site), store)
    (kept,) = stored(store)
    (file,) = (tmp_path / "unsourced-pages").iterdir()
    assert kept.article.fetched_page is not None
    assert (kept.article.fetched_page.file, kept.article.fetched_page.offset) == (file.name, 0)
    assert file.name.endswith("-gb.warc.gz")
    assert b"X-Served: by caf\xe9\r\n".lower() in gzip.decompress(file.read_bytes()).lower(), "as its bytes came"
    assert unsourced("page", kept.article_id[:8], cwd=tmp_path).stdout == story("Oldtown")
    assert unsourced("prune", "--before", "2026-01-01", cwd=tmp_path).stdout == "0 articles deleted\n"
    assert unsourced("prune", "--before", "2100-01-01", cwd=tmp_path).stdout == ("1 article deleted, 1 file of pages\n")
    assert not file.exists()


def test_pages_are_not_kept_where_the_settings_say_so(tmp_path: Path) -> None:
    site, store = Site("town", town), tmp_path / "unsourced.db"
    with serving(site):
        crawl(source_list(tmp_path, site), store, settings={"PAGES_DAYS": 0})
    (kept,) = stored(store)
    assert not (tmp_path / "unsourced-pages").exists()
    ended = unsourced("page", kept.article_id, cwd=tmp_path)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "its page was not kept" in ended.stderr


def test_an_archive_that_is_not_there_ends_the_crawl_and_is_named(tmp_path: Path) -> None:
    site = Site("town", lambda *_: (404, {}, ""), "http://town.example")
    log = read(tmp_path / "none.warc.gz", source_list(tmp_path, site), tmp_path / "store.db")
    assert "none.warc.gz: cannot be read (No such file or directory)" in log
