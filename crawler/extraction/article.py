"""A page as fetched -> the Article it holds, with the candidates every field was chosen from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from crawler.extraction import metadata
from crawler.extraction.authors import author_candidates, choose_authors, near_title, signatures, title_place
from crawler.extraction.blocks import blocks
from crawler.extraction.body import Body, read_body
from crawler.extraction.charset import decode
from crawler.extraction.dates import Clock, choose_moment
from crawler.extraction.inline import live_updates
from crawler.extraction.kind import agency_of, choose_kind, kind_candidates
from crawler.extraction.live import dated_entries
from crawler.extraction.page import Candidate, Page, parse_page
from crawler.extraction.paging import next_page
from crawler.extraction.titles import choose_title, title_candidates
from pipelines.domains import registered_domain
from pipelines.items import Article, Entry, LanguageGuess, Link, Problem, Source, Span
from pipelines.language import UNDECIDED, detect_language, language_code, other_language
from pipelines.normalise import normalise_url

_BEHIND = 3  # blocks behind a text in which it may be signed


@dataclass(frozen=True, slots=True)
class Extraction:
    """An article with, for each metadata field, the candidates it was chosen from in the order they are trusted."""

    article: Article
    candidates: Mapping[str, tuple[Candidate, ...]]


def extract_article(
    body: bytes,
    url: str,
    headers: Mapping[str, str],
    fetched: datetime | None,
    source: Source | None,
    *,
    plain: bool = False,
) -> Article:
    """The article on a page.

    `body` is the page as fetched, decompressed; `headers` those of its response, by any case; `fetched` an aware
    datetime or None for a saved page, whose relative dates are then left unread; `source` gives the time zone and
    country its dates are read with. `plain` leaves out the libraries that may hang (trafilatura, htmldate), for another
    try after a time limit. Hostile input is kept with Problem entries. Raises UnreadableFile where the page is empty
    or holds no HTML.
    """
    return examine(body, url, headers, fetched, source, plain=plain).article


def examine(
    body: bytes,
    url: str,
    headers: Mapping[str, str],
    fetched: datetime | None,
    source: Source | None,
    *,
    plain: bool = False,
) -> Extraction:
    """As `extract_article`, with the candidates of every metadata field."""
    content_type = next((value for name, value in headers.items() if name.lower() == "content-type"), "")
    decoded = decode(body, content_type)
    page = parse_page(decoded.text, url)
    visible = blocks(page.tree)
    stated_titles = title_candidates(page)
    titles = tuple(dict.fromkeys(candidate.value for candidate in stated_titles))
    place = title_place(visible, titles)
    near = near_title(visible, place)
    candidates = {
        "title": stated_titles,
        "authors": author_candidates(page, near),
        "published": (*metadata.published_candidates(page), *metadata.visible_date_candidates(near)),
        "modified": metadata.modified_candidates(page),
        "standfirst": metadata.description_candidates(page),
        "section": metadata.section_candidates(page),
        "image": metadata.image_candidates(page),
        "canonical": metadata.canonical_candidates(page),
        "language": _language_candidates(page),
        "tags": metadata.tag_candidates(page),
        "paywall": metadata.paywall_candidates(page),
    }
    problems = (
        [Problem("extraction", "nested deeper than the parser goes; containers were dropped")] if page.flattened else []
    )
    people, organisations = choose_authors(candidates["authors"], page)
    body_read = read_body(page, visible, titles, (*people, *organisations), candidates["standfirst"], plain=plain)
    behind = visible[body_read.orders[-1] + 1 :][:_BEHIND] if body_read.orders else ()
    reported = bool(people)
    if not people and (signed := signatures(body_read.edges, behind)):
        candidates["authors"] += signed
        people, organisations = choose_authors(candidates["authors"], page)
        reported = bool(people) and any(candidate.where != "editor" for candidate in signed)
    if body_read.problem:
        problems.append(Problem("extraction", body_read.problem))
    language = _language("\n".join(body_read.paragraphs), candidates["language"])
    clock = Clock(
        language=language.code,
        country=source.country if source else "",
        zone=source.timezone if source else "",
        fetched=fetched,
    )
    published = choose_moment(candidates["published"], clock)
    if published is None and not plain:
        candidates["published"] += metadata.guessed_date(page)
        published = choose_moment(candidates["published"], clock)
    title = choose_title(candidates["title"])
    section = _first(candidates["section"])
    declared = _first(candidates["canonical"])
    kinds = kind_candidates(page, section, title, visible[max(place - 2, 0) : place + 2] if place is not None else ())
    modified = choose_moment(candidates["modified"], clock)
    agency = agency_of((*people, *organisations), body_read.edges)
    kind = choose_kind(page, kinds, title, body_read.paragraphs, people, agency=bool(agency) and not reported)
    entries: tuple[Entry, ...] = ()
    if kind == "live":
        body_read, entries = dated_entries(body_read, visible, live_updates(page), clock, published, modified)
    text = "\n".join(body_read.paragraphs)
    if other := other_language(text, language.code):
        problems.append(Problem("language", f"part of the text is in another language: {other}"))
    if not text:
        problems.append(Problem("extraction", "no body was found on the page"))
    article = Article(
        source_id=source.id if source else "",
        url=url,
        canonical_url=_canonical(url, declared),
        fetched=fetched,
        title=title,
        titles=titles,
        text=text,
        standfirst=Span(0, len(body_read.standfirst), body_read.standfirst) if body_read.standfirst else None,
        authors=people or organisations,
        organisations=organisations,
        published=published,
        modified=modified,
        declared_canonical=declared,
        language=language.code,
        language_confidence=language.confidence,
        kind=kind,
        section=section,
        tags=metadata.split_tags(candidates["tags"]),
        image=_first(candidates["image"]),
        paywall=metadata.is_paywalled(candidates["paywall"]),
        origin=agency,
        links=_placed_links(body_read),
        charset=decoded.charset,
        problems=tuple(problems),
        entries=entries,
        next_page=next_page(page),
    )
    return Extraction(article, {**candidates, "kind": kinds})


def _canonical(url: str, declared: str) -> str:
    """The declared address if it lies on the same registered domain and is no home page, else the page's own."""
    try:
        deep = len(urlsplit(declared).path) > 1 or bool(urlsplit(declared).query)
    except ValueError:
        deep = False
    same = bool(declared) and registered_domain(declared) == registered_domain(url)
    return normalise_url(declared if deep and same else url)


def _placed_links(body: Body) -> tuple[Link, ...]:
    starts = [0]
    for paragraph in body.paragraphs:
        starts.append(starts[-1] + len(paragraph) + 1)
    return tuple(
        Link(address, Span(starts[index] + start, starts[index] + start + len(words), words))
        for index, start, words, address in body.links
    )


def _first(candidates: Sequence[Candidate]) -> str:
    return candidates[0].value if candidates else ""


def _language_candidates(page: Page) -> tuple[Candidate, ...]:
    stated = (Candidate(page.tree.get("lang") or page.tree.get("xml:lang") or "", "html:lang"),)
    return tuple(
        c for c in (*stated, *page.meta("og:locale", "content-language", "language")) if language_code(c.value)
    )


def _language(text: str, candidates: Sequence[Candidate]) -> LanguageGuess:
    hint = language_code(_first(candidates))
    found = detect_language(text, hint)
    if found == UNDECIDED and not text and hint:
        return LanguageGuess(hint, 0.5)
    stated = next((c.value.lower().split("-")[0].split("_")[0] for c in candidates), "")
    if found.code == "no" and stated in {"nb", "nn"}:
        return LanguageGuess(stated, found.confidence)  # which written standard the detectors cannot tell
    return found
