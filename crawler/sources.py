"""Source lists: TOML files of `[[source]]` tables -> `Source`, validated as a whole."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pipelines.errors import SourceListFault
from pipelines.items import Source

LISTINGS = ("feeds", "sitemaps", "sections")
KEYS = frozenset(field.name for field in fields(Source))


@dataclass(frozen=True, slots=True)
class Table:
    """One `[[source]]` table as it stands in a file, not yet validated."""

    path: Path
    number: int
    values: dict[str, Any]

    @property
    def place(self) -> str:
        label = self.values.get("id")
        return f"{self.path}: source {shown(label) if isinstance(label, str) and label else f'number {self.number}'}"


def load_sources(paths: Sequence[Path]) -> tuple[Source, ...]:
    """All sources of the given lists, in order; a folder stands for the `*.toml` files in it.

    Raises SourceListFault with every mistake of every file, one a line: file, source, key, value and the way out.
    """
    mistakes: list[str] = []
    tables: list[Table] = []
    for path in _files(paths, mistakes):
        tables += _tables(path, mistakes)
    sources = [source for table in tables for source in _validated(table, mistakes)]
    mistakes += _same_ids(tables)
    mistakes += _same_addresses(tables)
    if mistakes:
        count = "1 mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
        raise SourceListFault("\n".join([f"{count} in the source lists:", *mistakes]))
    return tuple(sources)


def select_sources(sources: Sequence[Source], ids: Sequence[str]) -> tuple[Source, ...]:
    """Those of the sources that `ids` names, in the order of the list; all of them where `ids` is empty.

    Raises SourceListFault for ids that no source has.
    """
    from crawler.source_entry import did_you_mean

    known = {source.id for source in sources}
    if unknown := [wanted for wanted in dict.fromkeys(ids) if wanted not in known]:
        raise SourceListFault(
            "\n".join(f"no source has the id {shown(wanted)}{did_you_mean(wanted, known)}" for wanted in unknown)
        )
    return tuple(source for source in sources if not ids or source.id in ids)


def shown(value: object) -> str:
    """A value as it might stand in the file, cut to 80 characters."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 80 else f"{text[:79]}…"


def _files(paths: Sequence[Path], mistakes: list[str]) -> Iterator[Path]:
    seen: set[Path] = set()
    for path in paths:
        lists = sorted(path.glob("*.toml")) if path.is_dir() else [path]
        if not lists:
            mistakes.append(f"{path}: the folder holds no *.toml file; name a source list, or a folder with some")
        for file in lists:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def _tables(path: Path, mistakes: list[str]) -> Iterator[Table]:
    from crawler.source_entry import did_you_mean

    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        mistakes.append(f"{path}: cannot be read: {error.strerror}; check the path and its permissions")
        return
    except UnicodeDecodeError as error:
        mistakes.append(f"{path}: is not UTF-8 at byte {error.start}; save it as UTF-8")
        return
    except (ValueError, RecursionError) as error:  # of TOML, or a number or a nesting beyond what Python reads
        mistakes.append(
            f"{path}: is not TOML: {error}; a text value stands in quotation marks, a table opens [[source]]"
        )
        return
    mistakes += [
        f"{path}: key {shown(key)} is not known{did_you_mean(key, ['source'])}; a list holds [[source]] tables only"
        for key in document
        if key != "source"
    ]
    found = document.get("source")
    if not isinstance(found, list) or not found:
        mistakes.append(f"{path}: holds no [[source]] table; open each source with a line [[source]]")
        return
    for number, values in enumerate(found, 1):
        if isinstance(values, dict):
            yield Table(path, number, values)
        else:
            mistakes.append(f"{path}: source number {number}: {shown(values)} is not a table; open it with [[source]]")


def _validated(table: Table, mistakes: list[str]) -> Iterator[Source]:
    from pydantic import ValidationError

    from crawler.source_entry import SourceEntry

    try:
        yield SourceEntry.model_validate(table.values).source()
    except ValidationError as fault:
        mistakes += [f"{table.place}: {_sentence(error)}" for error in fault.errors(include_url=False)]


def _sentence(error: Any) -> str:
    from crawler.source_entry import did_you_mean

    key, value, kind = error["loc"][0], shown(error["input"]), error["type"]
    if kind == "missing":
        return f"key {shown(key)} is missing; add it"
    if kind == "extra_forbidden":
        meant = did_you_mean(str(key), KEYS) or f"; the keys are {', '.join(sorted(KEYS))}"
        return f"key {shown(key)} = {value} is not known{meant}"
    wrong = {
        "string_type": 'is not a text; write it in quotation marks, as "…"',
        "list_type": 'is not an array; write it in brackets, as ["…"]',
        "too_short": "is empty; name at least one",
        "int_type": "is not a whole number of seconds; write it without quotation marks, as 900",
        "bool_type": "is neither true nor false; write it without quotation marks",
    }
    return f"key {shown(key)} = {value} {wrong.get(kind) or error.get('ctx', {}).get('error', error['msg'])}"


def _same_ids(tables: Iterable[Table]) -> Iterator[str]:
    first: dict[str, Table] = {}
    for table in tables:
        name = table.values.get("id")
        if isinstance(name, str) and first.setdefault(name, table) is not table:
            other = first[name]
            yield (
                f'{table.place}: key "id" = {shown(name)} is taken by source number {other.number} of {other.path};'
                " give each source an id of its own"
            )


def _same_addresses(tables: Iterable[Table]) -> Iterator[str]:
    """An address in two places would be fetched twice and its articles counted for whichever came first."""
    from w3lib.url import canonicalize_url

    from crawler.source_entry import web_address

    first: dict[str, Table] = {}
    for table in tables:
        for key in LISTINGS:
            values = table.values.get(key)
            for address in values if isinstance(values, list) else ():
                try:
                    whole = canonicalize_url(web_address(address))
                except (ValueError, TypeError, AttributeError):
                    continue  # already reported as no address
                name = whole.partition("://")[2].rstrip("/")
                if name in first:
                    yield (
                        f"{table.place}: key {shown(key)} = {shown(address)} stands in {first[name].place} already;"
                        " keep it in one place"
                    )
                first.setdefault(name, table)
