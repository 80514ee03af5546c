"""Pages for `extract` and `explain`, from files and from the network, and the article in each."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.commands.inputs import Faults, check_size, document_name, opened, read_bytes
from pipelines.errors import Failure, UnreadableFile, WrongUse
from pipelines.items import Article, Source

if TYPE_CHECKING:
    from crawler.extraction import Extraction
    from crawler.probe import Answer

SIZE_LIMIT = 20_000_000  # bytes of one page, unpacked
ARCHIVES = (".warc", ".warc.gz")
GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it came: the base name or address it was asked by, its bytes, and where and when they were fetched."""

    name: str
    url: str
    body: bytes
    fetched: datetime | None
    headers: Mapping[str, str] = field(default_factory=dict)


def is_address(name: str) -> bool:
    """Whether an argument is to be fetched rather than opened."""
    return name.lower().startswith(("http://", "https://"))


def check_address(said: str, address: str) -> None:
    """Raises WrongUse, beginning with what was said, when it is no web address."""
    from crawler.source_entry import web_address

    try:
        web_address(address)
    except ValueError as error:
        raise WrongUse(f"{said}: {error}") from error


def read_pages(
    names: list[str], faults: Faults, *, contact: str, url: str = "", fetched: datetime | None = None
) -> Iterator[Page]:
    """The pages in the order asked for; one that cannot be had is said and left out."""
    for name in filter(is_address, names):
        check_address(name, name)
    answers = fetch([name for name in names if is_address(name)], contact)
    for name in names:
        with faults.survived():
            if is_address(name):
                yield page_of(answers[name])
            elif name.lower().endswith(ARCHIVES):
                yield from archived(name, faults)
            else:
                yield Page(document_name(name), url, unpacked(name, read_bytes(name, limit=SIZE_LIMIT)), fetched)


def archived(name: str, faults: Faults) -> Iterator[Page]:
    """The pages in a WARC file, each known by its address; a record that cannot be read is said and left out.

    Raises UnreadableFile for a file that holds no page at all.
    """
    from pipelines.warc import Damage, holds_html, read_captures

    pages = 0
    with opened(name) as file:
        for offset, capture in read_captures(file):
            if isinstance(capture, Damage):
                faults.add(Failure(f"{name}: the record at byte {offset} cannot be read: {capture.reason}"))
            elif holds_html(capture):
                pages += 1
                with faults.survived():
                    check_size(capture.url, capture.body, SIZE_LIMIT)
                    yield Page(capture.url, capture.url, capture.body, capture.fetched, capture.headers)
    if not pages:
        raise UnreadableFile(f"{name}: no page of a web archive is in it")


def fetch(addresses: list[str], contact: str) -> dict[str, Answer]:
    """What stands at each address, fetched politely one after the other; `contact` goes into the user agent."""
    if not addresses:
        return {}
    from crawler.probe import Fetch, run_probe

    async def fetch_all(fetch_one: Fetch) -> dict[str, Answer]:
        return {address: await fetch_one(address) for address in addresses}

    return run_probe(fetch_all, contact=contact)


def page_of(answer: Answer) -> Page:
    """The page that answered. Raises Failure when nothing did, or something that is no article."""
    from crawler.barriers import barrier

    if problem := answer.problem or barrier(answer.status, answer.url, answer.headers, answer.body):
        raise Failure(f"{answer.asked}: {problem}")
    body = unpacked(answer.asked, answer.body)
    check_size(answer.asked, body, SIZE_LIMIT)
    return Page(answer.asked, answer.url, body, datetime.now(UTC), answer.headers)


def unpacked(name: str, body: bytes) -> bytes:
    """The page of a gzip file, or the bytes as they are. Raises UnreadableFile when it is broken or too large."""
    if not body.startswith(GZIP_MAGIC):
        return body
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as file:
            page = file.read(SIZE_LIMIT + 1)
    except (EOFError, OSError, zlib.error) as error:
        raise UnreadableFile(f"{name}: the gzip file is cut off or broken ({error})") from error
    check_size(name, page, SIZE_LIMIT)
    return page


def article_of(page: Page, source: Source | None = None) -> Article:
    """The article of a page, normalised. Raises UnreadableFile when the page is no HTML."""
    return examined(page, source).article


def examined(page: Page, source: Source | None = None) -> Extraction:
    """As `article_of`, with the candidates of every field of metadata."""
    from crawler.extraction import examine
    from pipelines.normalise import normalise

    if b"\0" in page.body[:1024] and not page.body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile(f"{page.name}: binary, not a page")
    try:
        found = examine(page.body, page.url, page.headers, page.fetched, source)
    except UnreadableFile as error:
        raise UnreadableFile(f"{page.name}: {error}") from error
    return replace(found, article=normalise(found.article))
