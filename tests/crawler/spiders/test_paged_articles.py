"""Articles of several pages are fetched page by page and stored as one."""

from __future__ import annotations

from pathlib import Path

from tests.crawler.command_line import lines, unsourced
from tests.crawler.crawling import Answer, Site, crawl, ledger, serving, source_list, stored

WHOLE, TORN = "/news/the-whole-long-story", "/news/the-torn-long-story"


def paged(site: Site, path: str) -> Answer:
    if path == "/robots.txt":
        return 404, {}, ""
    if path == "/feed":
        return 200, {}, site.feed(WHOLE, TORN)
    address, _, number = path.partition("?page=")
    if address == TORN and number:
        return 500, {}, ""
    at = int(number or 1)
    told = " ".join(f"On page {at} of {address[6:]} the council spoke for the {turn}th time." for turn in range(4, 14))
    links = f'<a href="?page={at + 1}">next</a>' if at < 3 else ""
    title = f"<title>{address[6:]}</title>"
    return (
        200,
        {},
        f"<html lang=en><head>{title}</head><body><article><h1>A story</h1><p>{told}</p></article>{links}</body>",
    )


def test_the_pages_of_an_article_become_one_and_a_missing_one_is_said(tmp_path: Path) -> None:
    site, store = Site("town", paged), tmp_path / "store.db"
    with serving(site):
        crawl(source_list(tmp_path, site), store, settings={"RETRY_TIMES": 0})
    whole, torn = sorted((each.article for each in stored(store)), key=lambda article: "torn" in article.url)
    assert [line[:9] for line in whole.text.split("\n")] == ["On page 1", "On page 2", "On page 3"]
    assert whole.url == site.url + WHOLE
    assert not [problem for problem in whole.problems if problem.stage == "extraction"]
    assert [line[:9] for line in torn.text.split("\n")] == ["On page 1"]
    assert [problem.reason for problem in torn.problems if problem.stage == "extraction"] == [
        "a further page is missing: 500"
    ]
    assert ledger(store) == {"stored": 2}
    assert len(site.times("/news")) == 5


def test_every_page_of_an_article_is_kept_as_it_was_fetched(tmp_path: Path) -> None:
    site, store = Site("town", paged), tmp_path / "unsourced.db"
    with serving(site):
        crawl(source_list(tmp_path, site), store, settings={"RETRY_TIMES": 0})
    whole, torn = sorted(stored(store), key=lambda kept: "torn" in kept.article.url)
    assert len({whole.article.fetched_page, *whole.article.further_pages}) == 3
    for part in (1, 2, 3):
        printed = unsourced("page", whole.article_id, "--part", str(part), cwd=tmp_path)
        assert printed.stdout == paged(site, f"{WHOLE}?page={part}")[2]
        assert printed.stderr == f"page {part} of 3; --part prints another\n"
    assert unsourced("page", whole.article_id, cwd=tmp_path).stdout == paged(site, WHOLE)[2]
    beyond = unsourced("page", whole.article_id, "--part", "4", cwd=tmp_path)
    assert (beyond.returncode, beyond.stdout) == (2, "")
    assert beyond.stderr == "unsourced: --part 4: the article has 3 pages\n"
    only = unsourced("page", torn.article_id, cwd=tmp_path)
    assert (only.stdout, only.stderr) == (paged(site, TORN)[2], "")
    (record,) = (one for one in lines(unsourced("export", "articles", cwd=tmp_path).stdout) if "whole" in one["url"])
    assert [place["offset"] for place in record["further_pages"]] == sorted(
        place.offset for place in whole.article.further_pages if place
    )
    for file in (tmp_path / "unsourced-pages").iterdir():
        file.unlink()
    gone = unsourced("page", whole.article_id, "--part", "2", cwd=tmp_path)
    assert (gone.returncode, gone.stdout) == (2, "")
    assert "the page was deleted with its file" in gone.stderr


def test_further_pages_count_against_the_budget(tmp_path: Path) -> None:
    site, store = Site("town", paged), tmp_path / "store.db"
    with serving(site):
        crawl(source_list(tmp_path, site), store, budget=4, settings={"RETRY_TIMES": 0})
    assert len(site.paths()) <= 5  # robots.txt is not counted
    assert ledger(store).get("leased") is None
