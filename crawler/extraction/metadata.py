"""The candidates of each metadata field of a page, each with where it stood, in the order they are trusted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml.etree import XPath

from crawler.extraction.blocks import Block
from crawler.extraction.dates import VISIBLE_DATE
from crawler.extraction.json_ld import Node, text
from crawler.extraction.page import Candidate, Page, squeeze
from crawler.extraction.vocabulary import pattern

_PUBLISHED_METAS = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date.published",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "publish-date",
    "publication_date",
    "published_time",
    "publishdate",
    "pubdate",
    "sailthru.date",
    "dcterms.created",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "date",
    "last-modified-date",
)
_MODIFIED_METAS = (
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
)
_PROPERTIES = XPath("descendant-or-self::*[@itemprop][self::time or self::span or self::div or self::p]")
_PUBLISHED_TITLES = XPath("descendant-or-self::abbr[@title and contains(concat(' ', @class, ' '), ' published ')]")
_SHORT_LINE, _LONG_LINE = 60, 200
_SECTION_METAS = ("article:section", "og:article:section", "parsely-section", "section", "articlesection")
_TAG_METAS = ("article:tag", "og:article:tag", "parsely-tags", "sailthru.tags", "news_keywords", "keywords")
_DESCRIPTION_METAS = ("og:description", "description", "twitter:description", "dc.description", "sailthru.description")


def published_candidates(page: Page) -> tuple[Candidate, ...]:
    """Where the page states when the article was published."""
    return (
        *_from_articles(page, "datePublished", "dateCreated", "uploadDate"),
        *page.meta(*_PUBLISHED_METAS),
        *_times(page, "datepublished"),
    )


def visible_date_candidates(blocks: Iterable[Block]) -> tuple[Candidate, ...]:
    """Dates in the blocks around the title, as a reader sees them; those that count back from now come last.

    One in a sentence or in a quoted post tells when something else happened.
    """
    own = (block for block in blocks if len(block.text) <= _LONG_LINE and not _is_quoted(block))
    lines = [squeeze(re.sub(r"\s*[|•·–—]\s*", " ", block.text)) for block in own]
    short = [line for line in lines if len(line) <= _SHORT_LINE]
    found = [VISIBLE_DATE.search(line) for line in lines if not _is_sentence(line)]
    found += [pattern("date", "ago").search(line) for line in short]
    return tuple(Candidate(match.group(), "date line") for match in found if match)


def _is_quoted(block: Block) -> bool:
    return block.element.tag == "blockquote" or next(block.element.iterancestors("blockquote"), None) is not None


def _is_sentence(line: str) -> bool:
    return line.endswith((".", "!", "?", "。", "؟", "।", "”", "»", "…")) and len(line) > _SHORT_LINE


def guessed_date(page: Page) -> tuple[Candidate, ...]:
    """The day htmldate finds anywhere on the page: the last resort."""
    from htmldate import find_date

    try:
        found = find_date(page.tree, original_date=True, url=page.url)
    except (ValueError, TypeError, AttributeError, RecursionError, OverflowError):
        return ()
    # What it knows the year of alone, it gives as the first of January.
    return (Candidate(found, "htmldate"),) if found and not found.endswith("-01-01") else ()


def modified_candidates(page: Page) -> tuple[Candidate, ...]:
    """Where the page states when the article was last changed."""
    return (*_from_articles(page, "dateModified"), *page.meta(*_MODIFIED_METAS), *_times(page, "datemodified"))


def description_candidates(page: Page) -> tuple[Candidate, ...]:
    """Where the page summarises the article; a second headline of JSON-LD often holds what stands below the first.

    Of meta elements of one name the first is taken: a further one describes the site.
    """
    stated = _from_articles(page, "description", "abstract", "alternativeHeadline")
    return (*stated, *(found for name in _DESCRIPTION_METAS for found in page.meta(name)[:1]))


def section_candidates(page: Page) -> tuple[Candidate, ...]:
    """Where the page names the section the article belongs to."""
    return (*_from_articles(page, "articleSection"), *page.meta(*_SECTION_METAS))


def image_candidates(page: Page) -> tuple[Candidate, ...]:
    """Addresses of the main image."""
    return tuple(
        Candidate(page.absolute(candidate.value), candidate.where)
        for candidate in (
            *page.meta("og:image", "og:image:url", "twitter:image", "twitter:image:src"),
            *_from_articles(page, "image", "thumbnailUrl"),
        )
    )


def canonical_candidates(page: Page) -> tuple[Candidate, ...]:
    """Addresses that the page declares to be its own."""
    links = (link for link in page.tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split())
    stated = [Candidate(link.get("href", ""), "link:canonical") for link in links]
    stated += page.meta("og:url")
    addresses = (Candidate(page.absolute(c.value), c.where) for c in stated if c.value.strip())
    return tuple(address for address in addresses if address.value.startswith(("http://", "https://")))


def tag_candidates(page: Page) -> tuple[Candidate, ...]:
    """Where the page lists key words, with commas between them."""
    listed: list[Candidate] = []
    for node in page.articles[:1]:
        keywords = node.get("keywords")
        listed.extend(
            Candidate(text(item), "json-ld:keywords")
            for item in (keywords if isinstance(keywords, list) else [keywords])
            if text(item)
        )
    return (*listed, *page.meta(*_TAG_METAS))


def split_tags(candidates: Iterable[Candidate]) -> tuple[str, ...]:
    """The key words of all places, without repetition."""
    cleaned = (squeeze(item) for candidate in candidates for item in candidate.value.split(","))
    return tuple(dict.fromkeys(item for item in cleaned if 1 < len(item) <= 80))[:50]


def paywall_candidates(page: Page) -> tuple[Candidate, ...]:
    """Where the page says whether the article is free."""
    stated = (node.get("isAccessibleForFree") for node in page.articles)
    return (
        *(Candidate(str(value), "json-ld:isAccessibleForFree") for value in stated if value is not None),
        *page.meta("article:content_tier", "og:article:content_tier"),
    )


def is_paywalled(candidates: Sequence[Candidate]) -> bool | None:
    """Whether the first place says that the article is not free; None where no place says anything."""
    if not candidates:
        return None
    return candidates[0].value.rsplit("/", 1)[-1].strip().lower() in {"false", "no", "0", "locked", "metered"}


def _from_articles(page: Page, *keys: str) -> Iterable[Candidate]:
    for key in keys:
        for node in page.articles[:1]:
            if value := _value(node, key):
                yield Candidate(value, f"json-ld:{key}")


def _value(node: Node, key: str) -> str:
    value = node.get(key)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return squeeze(text(value))


def _times(page: Page, itemprop: str) -> Iterable[Candidate]:
    for element in _PROPERTIES(page.tree):
        if itemprop in element.get("itemprop").lower().split():
            value = element.get("datetime") or element.get("content") or squeeze(element.text_content())
            yield Candidate(value, f"itemprop:{itemprop}")
    if itemprop == "datepublished":
        for element in _PUBLISHED_TITLES(page.tree):
            yield Candidate(element.get("title"), "abbr:published")  # microformats.org/wiki/hatom
        for element in list(page.tree.iter("time"))[:3]:
            yield Candidate(element.get("datetime") or squeeze(element.text_content()), "time")
