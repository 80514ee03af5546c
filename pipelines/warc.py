"""Pages as they were fetched, in the format that web archives are kept in: WARC 1.1 (ISO 28500:2017), gzip by record.

Each record is a gzip member of its own, as Annex D of the standard recommends: it can be read from its offset alone,
and a file that breaks off has lost its last record only.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import brotli
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipelines.errors import UnreadableFile

try:
    from isal.igzip import compress  # in a quarter of the time, and smaller by a hundredth
except ImportError:  # it is not made for every processor
    from gzip import compress  # type: ignore[assignment]

RECORD_LIMIT = 64_000_000  # bytes of one record, unpacked
GZIP_MAGIC = b"\x1f\x8b\x08"
RECORD_MAGIC = b"WARC/"
BLOCK = 1 << 16
_REACHES = (1 << 20, 1 << 23, 2 * RECORD_LIMIT)  # nearly always the first is enough
_LENGTH = re.compile(rb"^content-length:\s*(\d{1,12})\s*$", re.IGNORECASE | re.MULTILINE)
_LINE_END = re.compile(r"[\r\n]+")
_START = re.compile(rb"\x1f\x8b\x08|WARC/\d\.")
# The body is kept unpacked and whole: these would say otherwise.
_OF_THE_TRANSFER = frozenset({"content-encoding", "content-length", "transfer-encoding"})
_DAMAGE = (ArchiveLoadFailed, EOFError, OSError, ValueError, KeyError, AttributeError, brotli.error, zlib.error)


@dataclass(frozen=True, slots=True)
class Capture:
    """A page as it was fetched: the address that answered, its status, headers and unpacked body, and when (aware)."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched: datetime


@dataclass(frozen=True, slots=True)
class Damage:
    """A record that cannot be read, and why."""

    reason: str


def pack(capture: Capture) -> bytes:
    """The capture as one record: a gzip member."""
    lines = [(name, _line(value)) for name, value in capture.headers.items() if name.lower() not in _OF_THE_TRANSFER]
    lines.append(("Content-Length", str(len(capture.body))))
    plain = io.BytesIO()
    writer = WARCWriter(plain, gzip=False, warc_version="1.1")
    time = capture.fetched.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    record = writer.create_warc_record(
        _line(capture.url),
        "response",
        payload=io.BytesIO(capture.body),
        length=len(capture.body),
        http_headers=_AsServed(str(capture.status), lines, protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": time},
    )
    writer.write_record(record)
    # warcio packs at level 9, which takes four times as long for a record a sixth smaller.
    return compress(plain.getvalue(), compresslevel=1, mtime=0)


def holds_html(capture: Capture) -> bool:
    """Whether it is a page that answered well, as its headers have it."""
    return 200 <= capture.status < 300 and "html" in capture.headers.get("content-type", "html").lower()


def read_capture(file: BinaryIO, offset: int, name: str) -> Capture:
    """The capture whose record begins at an offset. Raises UnreadableFile where there is none."""
    try:
        found = next(_responses(_take(file, offset)[0]), None)
    except _DAMAGE as error:
        raise UnreadableFile(f"{name}: no page can be read at byte {offset} ({error})") from error
    if found is None:
        raise UnreadableFile(f"{name}: the record at byte {offset} is no page")
    return found


def read_captures(file: BinaryIO) -> Iterator[tuple[int, Capture | Damage]]:
    """Every response of a WARC file, packed or plain, with its offset; what cannot be read costs that record alone."""
    offset: int | None = 0
    while offset is not None:
        start = offset
        try:
            record, end = _take(file, start)
            if not record:
                return
        except _DAMAGE as error:
            yield start, Damage(_why(error))
            offset = _next_start(file, start + 1)
            continue
        try:
            for capture in _responses(record):
                yield start, capture
        except _DAMAGE as error:
            yield start, Damage(_why(error))
        offset = end


def whole_length(file: BinaryIO) -> int:
    """Up to where a packed file consists of whole records; less than its length where a writer broke off in one."""
    length = file.seek(0, io.SEEK_END)
    for reach in _REACHES:
        tail = max(length - reach, 0)
        file.seek(tail)
        end = _end_of_last(file.read(reach))
        if end is not None:
            return tail + end
        if not tail:
            break
    return tail


def _end_of_last(content: bytes) -> int | None:
    """Where the last record that begins in `content` ends, or begins where it breaks off; None where none begins."""
    at = content.rfind(GZIP_MAGIC)
    while at >= 0:
        try:
            if zlib.decompressobj(wbits=31).decompress(content[at:], len(RECORD_MAGIC)) == RECORD_MAGIC:
                unpacker = zlib.decompressobj(wbits=31)
                unpacker.decompress(content[at:], RECORD_LIMIT)
                return len(content) - len(unpacker.unused_data) if unpacker.eof else at
        except zlib.error:
            pass  # these three bytes begin no member
        at = content.rfind(GZIP_MAGIC, 0, at)
    return None


def _why(error: Exception) -> str:
    malformed = isinstance(error, AttributeError | KeyError)  # warcio takes it for granted that a header is there
    return "its headers are malformed" if malformed else str(error) or type(error).__name__


class _AsServed(StatusAndHeaders):  # type: ignore[misc]
    """Headers with the bytes they came with: warcio would rewrite those that are not ASCII, and fails on some."""

    def to_ascii_bytes(self, filter_func: Callable[..., Any] | None = None) -> bytes:
        return f"{self.to_str(filter_func)}\r\n".encode("latin-1", "replace")


def _line(value: str) -> str:
    return _LINE_END.sub(" ", value)


def _take(file: BinaryIO, offset: int) -> tuple[bytes, int]:
    """The unpacked record, or records of one gzip member, at an offset, and where it ends; nothing at the very end."""
    file.seek(offset)
    head = file.read(BLOCK)
    if not head.strip():
        return b"", offset
    if head.startswith(GZIP_MAGIC):
        return _unpacked(file, offset, head)
    blank = len(head) - len(head.lstrip())
    if not head[blank:].startswith(RECORD_MAGIC):
        raise ValueError("no record begins here")
    heading, gap, _ = head[blank:].partition(b"\r\n\r\n")
    length = _LENGTH.search(heading)
    if not gap or not length or int(length[1]) > RECORD_LIMIT:
        raise ValueError("its length is not stated, or too large")
    end = offset + blank + len(heading) + len(gap) + int(length[1])
    file.seek(offset + blank)
    record = file.read(end - offset - blank)
    if len(record) < end - offset - blank:
        raise EOFError("it breaks off")
    return record + b"\r\n\r\n", end


def _unpacked(file: BinaryIO, offset: int, block: bytes) -> tuple[bytes, int]:
    unpacker = zlib.decompressobj(wbits=31)
    parts: list[bytes] = []
    read = size = 0
    while True:
        read += len(block)
        parts.append(unpacker.decompress(block))
        size += len(parts[-1])
        if size > RECORD_LIMIT:
            raise ValueError("it is too large for a record; pack each record by itself")
        if unpacker.eof:
            return b"".join(parts), offset + read - len(unpacker.unused_data)
        block = file.read(BLOCK)
        if not block:
            raise EOFError("it breaks off")


def _next_start(file: BinaryIO, offset: int) -> int | None:
    """Where the next whole record begins; None where none does."""
    overlap = len(RECORD_MAGIC)
    while True:
        file.seek(offset)
        block = file.read(16 * BLOCK)
        for match in _START.finditer(block):
            at = offset + match.start()
            try:
                if _take(file, at)[0].startswith(RECORD_MAGIC):
                    return at
            except _DAMAGE:
                continue
        if len(block) <= overlap:
            return None
        offset += len(block) - overlap


def _responses(records: bytes) -> Iterator[Capture]:
    for record in ArchiveIterator(io.BytesIO(records)):
        if not record.rec_headers.get_header("WARC-Type"):
            raise ValueError("it does not say what it is")
        if record.rec_type != "response" or record.http_headers is None:
            continue
        url, date = (record.rec_headers.get_header(name) for name in ("WARC-Target-URI", "WARC-Date"))
        if not url or not date:
            raise ValueError("it states no address, or no date")
        url = url.strip("<>")
        urlsplit(url).port  # noqa: B018  raises ValueError for what is no address
        status = record.http_headers.get_statuscode()
        if not status.isdecimal():
            raise ValueError("it holds no answer of a web server")
        time = datetime.fromisoformat(date)
        headers = {name.lower(): value for name, value in record.http_headers.headers}
        fetched = time if time.tzinfo else time.replace(tzinfo=UTC)
        yield Capture(url, int(status), headers, _body(record), fetched)


def _body(record: ArcWarcRecord) -> bytes:
    """The body unpacked."""
    if record.http_headers.get_header("Content-Encoding", "").lower() != "br":
        return bytes(record.content_stream().read(RECORD_LIMIT))
    # warcio's own way with Brotli fails in version 1.2 of that.
    record.http_headers.remove_header("Content-Encoding")
    packed = record.content_stream().read(RECORD_LIMIT)
    return bytes(brotli.Decompressor().process(packed, output_buffer_limit=RECORD_LIMIT))
