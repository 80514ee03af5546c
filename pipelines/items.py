"""The frozen types that pass between the stages, and nothing else.

Offsets are Unicode code points into the text they belong to; times are aware datetimes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Attribution = Literal["named", "anonymous", "vague", "hearsay", "none"]
Precision = Literal["minute", "day", "month"]
ZoneOrigin = Literal["stated", "source", "none"]
ListingType = Literal["feed", "sitemap", "section"]
Kind = Literal[
    "news",
    "opinion",
    "interview",
    "live",
    "agency",
    "sport",
    "weather",
    "obituary",
    "horoscope",
    "review",
    "petition",
    "press release",
    "programme listing",
]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: `text == whole[start:end]`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as a page stated it.

    `value` is aware and keeps the offset it was stated with; `zone_from` says where the offset came from: the page
    itself, the time zone of the source, or nowhere (UTC is then assumed). `raw` is the string as it stood and `where`
    names its place, such as `json-ld:datePublished`.
    """

    value: datetime
    precision: Precision
    zone_from: ZoneOrigin
    raw: str
    where: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the body: its absolute address and the words it stands on."""

    url: str
    span: Span


@dataclass(frozen=True, slots=True)
class PagePlace:
    """Where a page is kept as it was fetched: a WARC file and the offset of its record in bytes."""

    file: str
    offset: int


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a live blog: where in the text it begins, and when it was published."""

    start: int
    time: Moment


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """An ISO 639-1 code (`und`: not decided) and the confidence in it, 0 to 1."""

    code: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a stage did not run, or ran only in part, on an article that was kept all the same."""

    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """A monitored outlet, one `[[source]]` table of a source list; docs/adding-a-source.md explains the keys.

    `country` is an ISO 3166-1 code in capitals, `languages` are ISO 639-1 codes, `timezone` is an IANA name, intervals
    are seconds, and `allow` and `deny` are regular expressions searched for in whole addresses.
    """

    id: str
    name: str
    home: str
    country: str
    languages: tuple[str, ...]
    timezone: str
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()
    min_interval: int = 900
    max_interval: int = 86_400
    tags: tuple[str, ...] = ()
    browser: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """The attributed sentence of the same paragraph that an unattributed claim merely follows."""

    attribution: Attribution
    speaker: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its labels, as docs/data-format.md explains them field by field.

    `start` and `end` are offsets into the text analysed. `source` and `cue` lie within the sentence. `priority` is 0 to
    1, `reasons` says in words what raised or lowered it, `rule` is the id of the rule that decided the attribution.
    """

    start: int
    end: int
    text: str
    claim: bool
    attribution: Attribution
    rule: str
    source: Span | None = None
    cue: Span | None = None
    resolved: str = ""
    relay: Span | None = None
    context: Context | None = None
    record: bool = False
    quotation: bool = False
    evidence: tuple[str, ...] = ()
    priority: float = 0.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """An article as fetched, then as each stage completes it.

    `text` is standfirst, newline, body; a newline ends a paragraph. After `NormalisePipeline` it never changes.
    `sentences` is None where the language is not covered or the stage failed, and empty where nothing was found.
    `further_pages` are those of an article split over several, None for one that was not kept.
    `headline` is the title as a claim, with offsets into it, where it asserts what the text does not.
    """

    source_id: str
    url: str
    canonical_url: str
    fetched: datetime | None
    title: str = ""
    titles: tuple[str, ...] = ()
    text: str = ""
    standfirst: Span | None = None
    authors: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    published: Moment | None = None
    modified: Moment | None = None
    declared_canonical: str = ""
    language: str = ""
    language_confidence: float = 0.0
    kind: Kind = "news"
    section: str = ""
    tags: tuple[str, ...] = ()
    image: str = ""
    paywall: bool | None = None
    origin: str = ""
    links: tuple[Link, ...] = ()
    charset: str = ""
    text_hash: str = ""
    signature: tuple[int, ...] = ()
    copy_of: str = ""
    likeness: float = 0.0
    sentences: tuple[Sentence, ...] | None = None
    headline: Sentence | None = None
    engine_version: str = ""
    language_version: str = ""
    problems: tuple[Problem, ...] = ()
    fetched_page: PagePlace | None = None
    entries: tuple[Entry, ...] = ()
    next_page: str = ""
    further_pages: tuple[PagePlace | None, ...] = ()
