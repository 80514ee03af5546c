"""What one `[[source]]` table of a source list may hold: the keys, their types, bounds and meaning.

Imported by `crawler.sources` only when a list is read, since pydantic takes a while to load.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from difflib import get_close_matches
from functools import cache
from importlib import resources
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from pipelines.items import Source

SHORTEST_INTERVAL = 60
LONGEST_INTERVAL = 30 * 86_400

# ISO 639-1, the two-letter codes.
ISO_639_1 = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo"
    " es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka"
    " kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng"
    " nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su"
    " sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
LANGUAGES = frozenset(ISO_639_1.split())
# What people write for a country or a language that ISO calls otherwise.
ISO_CODE = {"UK": "GB", "EL": "GR", "jp": "ja", "ua": "uk", "cn": "zh", "gr": "el", "cz": "cs", "dk": "da", "se": "sv"}


@cache
def countries() -> frozenset[str]:
    """The ISO 3166-1 alpha-2 codes in upper case, from the time zone database."""
    table = resources.files("tzdata").joinpath("zoneinfo/iso3166.tab").read_text("utf-8")
    return frozenset(line[:2] for line in table.splitlines() if line and not line.startswith("#"))


@cache
def zones() -> frozenset[str]:
    """The names of the IANA time zones; finding them reads hundreds of small files."""
    return frozenset(available_timezones())


def did_you_mean(value: str, known: Collection[str]) -> str:
    """`; did you mean "x"?` for the known word closest to `value`, or nothing where none is close."""
    close = [ISO_CODE[value]] if value in ISO_CODE else []
    close = close or [word for word in sorted(known) if word.casefold() == value.casefold()]
    close = close or get_close_matches(value, sorted(known), n=1)
    return f'; did you mean "{close[0]}"?' if close else ""


def fits(pattern: str, otherwise: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(otherwise)
        return value

    return check


def web_address(value: str) -> str:
    """`value`, when it is a whole http or https address without a password in it; raises ValueError otherwise."""
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError(f"is not an address: {error}") from error
    if parts.scheme not in ("http", "https") or not host or re.search(r"\s", value):
        raise ValueError('is not an http or https address; write it in full, as "https://outlet.example/rss.xml"')
    if parts.username or parts.password:
        raise ValueError("holds a user name or password; source lists are shared, so leave it out")
    return value


def country_code(value: str) -> str:
    if value not in countries():
        raise ValueError(f'is not an ISO 3166-1 code of two capitals, such as "FR"{did_you_mean(value, countries())}')
    return value


def language_code(value: str) -> str:
    if value not in LANGUAGES:
        raise ValueError(f'is not an ISO 639-1 code of two letters, such as "fr"{did_you_mean(value, LANGUAGES)}')
    return value


def zone_name(value: str) -> str:
    if value not in zones():
        raise ValueError(f'is not an IANA time zone, such as "Europe/Paris"{did_you_mean(value, zones())}')
    return value


def expression(value: str) -> str:
    """`value`, when it can stand as one alternative of a larger regular expression; raises ValueError otherwise."""
    if not value:
        raise ValueError("is empty and would match every address; leave it out")
    try:
        re.compile(f"(?!)|{value}")
    except (re.error, OverflowError, RecursionError) as error:
        hint = "flags go into a group, as (?i:…); in single quotes a backslash stands for itself"
        raise ValueError(f"is not a regular expression: {getattr(error, 'msg', error)}; {hint}") from error
    return value


def interval(value: int) -> int:
    if not SHORTEST_INTERVAL <= value <= LONGEST_INTERVAL:
        raise ValueError(f"is out of bounds: {SHORTEST_INTERVAL} to {LONGEST_INTERVAL} seconds")
    return value


Address = Annotated[str, AfterValidator(web_address)]
Expression = Annotated[str, AfterValidator(expression)]
Interval = Annotated[int, AfterValidator(interval)]
Id = Annotated[
    str,
    AfterValidator(
        fits(r"[a-z0-9]+(-[a-z0-9]+)*", 'may hold a to z, digits and single hyphens between them, such as "le-monde"')
    ),
]
Name = Annotated[str, AfterValidator(fits(r"\S(.*\S)?", "is empty or has blanks around it"))]
Tag = Annotated[
    str,
    AfterValidator(
        fits(r"[a-z0-9]+([ -][a-z0-9]+)*", 'is no tag: small letters and digits, such as "public broadcaster"')
    ),
]


class SourceEntry(BaseModel):
    """One `[[source]]` table. docs/adding-a-source.md explains the keys."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    id: Id
    name: Name
    home: Address
    country: Annotated[str, AfterValidator(country_code)]
    languages: list[Annotated[str, AfterValidator(language_code)]] = Field(min_length=1)
    timezone: Annotated[str, AfterValidator(zone_name)]
    feeds: list[Address] = []
    sitemaps: list[Address] = []
    sections: list[Address] = []
    allow: list[Expression] = []
    deny: list[Expression] = []
    min_interval: Interval = 900
    max_interval: Interval = 86_400
    tags: list[Tag] = []
    browser: bool = False

    @field_validator("max_interval")
    @classmethod
    def not_below_min_interval(cls, value: int, info: ValidationInfo) -> int:
        if value < info.data.get("min_interval", value):
            raise ValueError(f"is below min_interval, {info.data['min_interval']}")
        return value

    def source(self) -> Source:
        """The same as the frozen dataclass that passes between the stages."""
        values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in self}
        return Source(**values)
