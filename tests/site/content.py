"""The sample newsroom as it stands in `outlets/*.toml`: one file an outlet, and what each page must become.

An outlet file is page content and manifest at once: the title, moment, kind and authors that a page shows are the ones
that a crawl must read back from it, and `outcome` says what must become of the address.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

SITE = Path(__file__).parent


@dataclass(frozen=True)
class Listing:
    """A feed, sitemap or section page. `format` names its template.

    `only` narrows it to one section of the outlet, `latest` to its first articles.
    """

    type: str
    path: str
    format: str
    only: str = ""
    latest: int | None = None
    tracking: str = ""
    validator: str = ""
    content_type: str = ""
    seeded: bool = True
    children: tuple[str, ...] = ()
    answers: str = ""


@dataclass(frozen=True)
class Page:
    """An article and what is expected of it.

    `outcome` is `stored`, `copy` (one of the articles of the same `story` is the first, the others are its copies),
    `revision` (its text changes when the newsroom is told to edit), `forbidden` (robots.txt keeps visitors out) or
    `too old` (a sitemap dates it years back).
    `shown` is the date as the page words it; `ago` is the age in minutes of an article dated relative to the visit.
    """

    slug: str
    title: str
    text: str
    section: str
    kind: str = "news"
    published: datetime | None = None
    authors: tuple[str, ...] = ()
    standfirst: str = ""
    outcome: str = "stored"
    story: str = ""
    headline_flag: bool = False
    shown: str = ""
    ago: int = 0
    precision: str = "minute"
    byline: str = ""
    edited_text: str = ""
    edited_title: str = ""
    path: str = ""
    through: tuple[str, ...] = ()
    also_at: tuple[str, ...] = ()
    answers: str = ""
    junk: int = 0


@dataclass(frozen=True)
class Trouble:
    """An address without an article of its own: how the server answers it and what must become of it.

    `state` is the state in the ledger after one crawl and `reason` the word it is counted under; where the page is
    `stored` all the same, the `reason` is the problem kept with it. An address that is not `listed` is only reached by
    a redirect.
    """

    path: str
    answers: str
    state: str = ""
    reason: str = ""
    listed: bool = True
    to: str = ""
    title: str = ""
    text: str = ""


@dataclass(frozen=True)
class Outlet:
    """One outlet: who it is, how its pages are made, what it lists.

    One that `must_be_alone` asks visitors to stay away for so long that neighbours on its address would suffer.
    """

    id: str
    name: str
    country: str
    languages: tuple[str, ...]
    timezone: str
    address: str
    template: str
    article_path: str
    charset: str = "utf-8"
    header_charset: str = "utf-8"
    meta_charset: str = "utf-8"
    robots: str = ""
    must_be_alone: bool = False
    deny: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    decoys: tuple[str, ...] = ()
    listings: tuple[Listing, ...] = ()
    articles: tuple[Page, ...] = ()
    troubles: tuple[Trouble, ...] = ()

    @property
    def language(self) -> str:
        return self.languages[0]

    def listed(self, listing: Listing) -> tuple[Page, ...]:
        """The articles that a listing names."""
        return tuple(page for page in self.articles if listing.only in ("", page.section))[: listing.latest]

    def path_of(self, page: Page) -> str:
        """The address of an article within its outlet, as the outlet declares it."""
        if page.path:
            return page.path
        day = page.published
        return self.article_path.format(
            section=page.section, slug=page.slug, day=f"{day:%Y/%m/%d}" if day else "archives"
        )


def _frozen(table: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}


def load() -> tuple[Outlet, ...]:
    """Every outlet of the newsroom, in the order of their addresses."""
    outlets = []
    for file in SITE.glob("outlets/*.toml"):
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        outlets.append(
            Outlet(
                listings=tuple(Listing(**_frozen(each)) for each in table.pop("listing")),
                articles=tuple(Page(**_frozen(each)) for each in table.pop("article", [])),
                troubles=tuple(Trouble(**_frozen(each)) for each in table.pop("trouble", [])),
                **_frozen(table),
            )
        )
    return tuple(sorted(outlets, key=lambda outlet: (len(outlet.address), outlet.address)))
