"""Live blogs as dated entries, articles of several pages, interviews in question and answer."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.extraction import extract_article
from crawler.extraction.page import parse_page
from crawler.extraction.paging import joined, next_page
from pipelines.items import Article, Link, Span
from pipelines.normalise import normalise

FETCHED = datetime(2026, 3, 5, 12, tzinfo=UTC)
ENTRIES = [
    ("0:40", "Trains run again", "The railway said that trains were running again between Kelmouth and Saltby."),
    ("23:15", "Power is back", "The grid said that it had restored power to two thousand homes in the old harbour."),
    ("9:05", "Ferries stay in port", "The ferry line said that all sailings were suspended until noon on Wednesday."),
    ("6:30", "A warning", "The weather service issued a warning for the whole coast, from the cape to the estuary."),
]
HEAD = (
    '<html lang="en"><head><title>Storm live: ferries suspended</title>'
    '<meta property="article:published_time" content="2026-03-04T06:30:00+01:00">'
    '<meta property="article:modified_time" content="2026-03-05T00:50:00+01:00"></head><body><article>'
    "<h1>Storm live: ferries suspended</h1><p>All about the storm on the coast, as it comes in this week.</p>"
)


def extracted(body: str, url: str = "https://gazette.example/live/storm") -> Article:
    return normalise(extract_article(f"{HEAD}{body}</article></body></html>".encode(), url, {}, FETCHED, None))


def in_front(entries: list[tuple[str, str, str]]) -> str:
    return "".join(
        f"<h2>{time} {title}</h2><p>{text} <a href='/more'>{title} in full</a>.</p>" for time, title, text in entries
    )


def on_their_own(entries: list[tuple[str, str, str]]) -> str:
    return "".join(f"<div><span>{time}</span><h3>{title}</h3><p>{text}</p></div>" for time, title, text in entries)


def under_the_heading(entries: list[tuple[str, str, str]]) -> str:
    return "".join(f"<h2>{title}</h2><div><time>{time}</time></div><p>{text}</p>" for time, title, text in entries)


@pytest.mark.parametrize("layout", [in_front, on_their_own, under_the_heading])
def test_the_times_of_entries_are_kept_beside_the_text(layout: object) -> None:
    article = extracted(layout(ENTRIES))  # type: ignore[operator]
    assert article.kind == "live"
    assert not any(time in article.text for time, _, _ in ENTRIES)
    lines = {article.text[entry.start :].split("\n")[0]: entry.time.value.isoformat() for entry in article.entries}
    assert lines == {
        "Trains run again": "2026-03-05T00:40:00+01:00",
        "Power is back": "2026-03-04T23:15:00+01:00",
        "Ferries stay in port": "2026-03-04T09:05:00+01:00",
        "A warning": "2026-03-04T06:30:00+01:00",
    }
    assert all(text in article.text for _, _, text in ENTRIES)
    assert all(article.text[link.span.start : link.span.end] == link.span.text for link in article.links)


def test_entries_in_the_order_of_events_go_on_into_the_next_day() -> None:
    article = extracted(in_front(ENTRIES[::-1]))
    assert [entry.time.value.isoformat() for entry in article.entries] == [
        "2026-03-04T06:30:00+01:00",
        "2026-03-04T09:05:00+01:00",
        "2026-03-04T23:15:00+01:00",
        "2026-03-05T00:40:00+01:00",
    ]


def test_an_entry_that_states_its_day_keeps_it() -> None:
    body = "".join(
        f"<section><time datetime='2026-03-0{day}T08:00:00Z'>{day} March</time><p>{text}</p></section>"
        for day, (_, _, text) in zip((4, 3, 2, 1), ENTRIES, strict=True)
    )
    assert [entry.time.value.day for entry in extracted(body).entries] == [4, 3, 2, 1]


def stated_entries() -> str:
    updates = [
        {"@type": "BlogPosting", "headline": title, "articleBody": text, "datePublished": f"2026-03-0{day}T08:00:00Z"}
        for day, (_, title, text) in zip((4, 3, 2, 1), ENTRIES, strict=True)
    ]
    blog = {"@type": "LiveBlogPosting", "headline": "Storm live: ferries suspended", "liveBlogUpdate": updates}
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **blog})}</script>'


@pytest.mark.parametrize(
    "body",
    [
        "".join(f"<h2>{title}</h2><p>{text}</p>" for _, title, text in ENTRIES),
        in_front(ENTRIES),
        "",  # they stand nowhere else
    ],
)
def test_entries_that_json_ld_lists_have_its_times(body: str) -> None:
    article = extracted(stated_entries() + body)
    assert [entry.time.value.day for entry in article.entries] == [4, 3, 2, 1]
    assert [article.text[entry.start :].split("\n")[0] for entry in article.entries] == [
        title for _, title, _ in ENTRIES
    ]
    assert "23:15" not in article.text


def test_two_lines_with_a_time_are_no_live_blog() -> None:
    article = extracted(in_front(ENTRIES[:2]))
    assert article.entries == ()
    assert "23:15 Power is back" in article.text


PAGES = "https://gazette.example/news/the-long-way-home"


@pytest.mark.parametrize(
    ("url", "link", "expected"),
    [
        (PAGES, '<link rel="next" href="?page=2">', f"{PAGES}?page=2"),
        (PAGES, '<a href="/news/the-long-way-home/2">2</a>', f"{PAGES}/2"),
        (PAGES, '<a href="/news/the-long-way-home/page/2/">Next</a>', f"{PAGES}/page/2/"),
        (f"{PAGES}.html", '<a href="the-long-way-home-2.html">Seite 2</a>', f"{PAGES}-2.html"),
        (f"{PAGES}?page=2", '<a href="?page=1">1</a><a href="?page=3">3</a>', f"{PAGES}?page=3"),
        (PAGES, '<a href="?page=3">3</a>', ""),
        (PAGES, '<link rel="next" href="/news/another-article-altogether">', ""),
        (PAGES, '<a href="/news/the-long-way-home/comments?page=2">older</a>', ""),
        ("https://gazette.example/news/", '<a rel="next" href="/news/?page=2">next</a>', ""),
        (PAGES, '<a href="https://elsewhere.example/news/the-long-way-home?page=2">2</a>', ""),
        (PAGES, '<a href="http://[">2</a>', ""),
    ],
)
def test_the_next_page_is_one_of_the_same_article(url: str, link: str, expected: str) -> None:
    page = parse_page(f"<html><head></head><body><p>Text</p>{link}</body></html>", url)
    assert next_page(page) == expected


def test_a_further_page_adds_what_is_new_with_its_links() -> None:
    first = Article("", PAGES, PAGES, FETCHED, text="Standfirst\nOne", links=(), next_page="?page=2")
    text = "Standfirst\nTwo is here\nThree"
    further = replace(first, text=text, links=(Link("https://x.example/", Span(18, 22, "here")),), next_page="")
    whole = joined(first, further)
    assert whole.text == "Standfirst\nOne\nTwo is here\nThree"
    assert [whole.text[link.span.start : link.span.end] for link in whole.links] == ["here"]
    assert whole.next_page == ""


ASKED = [
    ("How did you come to the lighthouse?", "My father kept it before me, and his father before him, for sixty years."),
    ("Were you ever afraid?", "Once, in the winter of 1979, when the sea came through the lower windows."),
    ("What did you do all day?", "I trimmed the lamp, I wrote the log, and I read every book in the parish library."),
    ("Who keeps the light now?", "Nobody does. A machine in the town turns it on and off, and it is never late."),
    ("Do you miss it?", "Every evening. I still wake at the hour at which the lamp had to be lit again."),
]


@pytest.mark.parametrize(
    "layout",
    [
        "<p><strong>{}</strong></p><p>{}</p>",
        "<h3>{}</h3><p>{}</p>",
        "<p><b>Gazette:</b> {}</p><p><b>Hale:</b> {}</p>",
        "<p><em>{}</em><br>{}</p>",
    ],
)
def test_an_interview_stays_in_question_and_answer(layout: str) -> None:
    body = "".join(layout.format(question, answer) for question, answer in ASKED)
    title = "The last keeper"
    page = f"<html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article>"
    article = normalise(extract_article(page.encode(), "https://gazette.example/a/keeper", {}, FETCHED, None))
    lines = [line.removeprefix("Gazette: ").removeprefix("Hale: ") for line in article.text.split("\n")]
    assert lines == [part for pair in ASKED for part in pair]
    assert article.kind == "interview"
