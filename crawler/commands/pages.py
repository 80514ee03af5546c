"""Pages for `extract` and `explain`, from files and from the network, and the article in each."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from crawler.commands.inputs import Faults, check_size, document_name, read_bytes
from pipelines.errors import UnreadableFile
from pipelines.items import Article, Source

SIZE_LIMIT = 20_000_000  # bytes of one page, unpacked
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


def read_pages(names: list[str], faults: Faults, *, url: str = "", fetched: datetime | None = None) -> Iterator[Page]:
    """The pages in the order asked for; one that cannot be had is said and left out."""
    for name in names:
        with faults.survived():
            body = unpacked(name, read_bytes(name, limit=SIZE_LIMIT))
            yield Page(document_name(name), url, body, fetched)


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
    """The article of a page, normalised and with its language. Raises UnreadableFile when the page is not text."""
    from crawler.extraction import extract_article
    from pipelines.language import detect_language
    from pipelines.normalise import normalise

    if b"\0" in page.body[:1024] and not page.body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile(f"{page.name}: binary, not a page")
    article = normalise(extract_article(page.body, page.url, page.headers, page.fetched, source))
    if article.language:
        return article
    guess = detect_language(article.text)
    return replace(article, language=guess.code, language_confidence=guess.confidence)
