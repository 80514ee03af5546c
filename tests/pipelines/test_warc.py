from __future__ import annotations

import gzip
import io
import random
import zlib
from datetime import datetime, timedelta, timezone

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from pipelines.errors import UnreadableFile
from pipelines.warc import Capture, Damage, pack, read_capture, read_captures, whole_length

TIME = datetime(2026, 3, 4, 6, 30, tzinfo=timezone(timedelta(hours=1)))


def capture(number: int, body: bytes = b"<p>Text</p>") -> Capture:
    headers = {"content-type": "text/html; charset=utf-8", "content-length": str(len(body))}
    return Capture(f"https://gazette.example/{number}", 200, headers, body + b"%d" % number, TIME)


def expected(one: Capture) -> Capture:
    """As it comes back: with its true length, and the time in UTC."""
    return Capture(one.url, one.status, {**one.headers, "content-length": str(len(one.body))}, one.body, one.fetched)


def test_a_page_comes_back_as_it_was_fetched() -> None:
    first, second = capture(1), capture(2, "<p>Später – 東京</p>".encode())
    packed = pack(first)
    file = io.BytesIO(packed + pack(second))
    assert [found for _, found in read_captures(file)] == [expected(first), expected(second)]
    assert read_capture(file, len(packed), "x") == expected(second)


def test_headers_keep_the_bytes_they_came_with() -> None:
    served = "Tout à côté".encode().decode("latin-1")
    kept = Capture(
        "https://gazette.example/1", 200, {"a": "caf\xe9;\x80=0", "b": served, "c": "on two\r\nlines"}, b"", TIME
    )
    record = gzip.decompress(pack(kept))
    assert b"\r\na: caf\xe9;\x80=0\r\nb: Tout \xc3\xa0 c\xc3\xb4t\xc3\xa9\r\nc: on two lines\r\n" in record


@given(st.binary(max_size=2000), st.dictionaries(st.text("ab-", min_size=1), st.text(max_size=20)))
def test_any_body_and_header_can_be_kept(body: bytes, headers: dict[str, str]) -> None:
    kept = Capture("https://gazette.example/ä b", 203, headers, body, TIME)
    ((_, found),) = read_captures(io.BytesIO(pack(kept)))
    assert isinstance(found, Capture)
    assert (found.body, found.status, found.fetched) == (body, 203, TIME)


def test_another_program_reads_it_and_finds_its_digests_right() -> None:
    file = io.BytesIO(pack(capture(1)) + pack(capture(2)))
    records = [(one.rec_headers, one.content_stream().read()) for one in ArchiveIterator(file, check_digests="raise")]
    assert [body for _, body in records] == [b"<p>Text</p>1", b"<p>Text</p>2"]
    assert records[0][0].get_header("WARC-Date") == "2026-03-04T05:30:00.000000Z"


def packed_and_plain() -> list[list[bytes]]:
    packed = [pack(capture(number)) for number in range(4)]
    return [packed, [gzip.decompress(record) for record in packed]]


@pytest.mark.parametrize("records", packed_and_plain(), ids=["packed", "plain"])
@pytest.mark.parametrize("harm", ["cut", "junk", "bytes"])
def test_a_damaged_record_costs_itself_alone(records: list[bytes], harm: str) -> None:
    bad = records[1]
    harmed = {
        "cut": bad[: len(bad) // 2],
        "junk": b"\0" * 500,
        "bytes": bad[:30] + b"\xff" * 40 + bad[70:],
    }[harm]
    found = [one for _, one in read_captures(io.BytesIO(b"".join([records[0], harmed, *records[2:]])))]
    whole = [one for one in found if isinstance(one, Capture)]
    assert (whole[0], whole[-1]) == (expected(capture(0)), expected(capture(3)))
    # Only its length says where a plain record ends: one that was cut takes the beginning of the next one for its own.
    if not (harm == "cut" and records[0].startswith(b"WARC")):
        assert [type(one) for one in found] == [Capture, Damage, Capture, Capture]


def test_a_file_that_is_one_large_member_is_said_to_be_so() -> None:
    packer = zlib.compressobj(wbits=31)
    content = packer.compress(b"WARC/1.0\r\n" + b"\0" * 70_000_000) + packer.flush()
    ((_, found),) = read_captures(io.BytesIO(content))
    assert found == Damage("it is too large for a record; pack each record by itself")


def test_a_place_without_a_record_is_named() -> None:
    with pytest.raises(UnreadableFile, match=r"^day\.warc\.gz: no page can be read at byte 7 "):
        read_capture(io.BytesIO(pack(capture(1))), 7, "day.warc.gz")


def test_the_whole_records_end_before_the_one_that_broke_off() -> None:
    whole = pack(capture(1)) + pack(capture(2))
    assert whole_length(io.BytesIO(whole)) == len(whole)
    assert whole_length(io.BytesIO(b"")) == 0
    torn = pack(capture(3))
    for kept in (1, 5, 40, len(torn) - 1):
        assert whole_length(io.BytesIO(whole + torn[:kept])) == len(whole), kept
    large = Capture("https://gazette.example/9", 200, {}, random.Random(9).randbytes(3_000_000), TIME)
    packed = pack(large)
    assert whole_length(io.BytesIO(whole + packed)) == len(whole + packed)
    assert whole_length(io.BytesIO(whole + packed[:2_000_000])) == len(whole)


def response(body: bytes, answer: bytes = b"HTTP/1.1 200 OK", **changed: str) -> bytes:
    """A plain record as other programs write it, some of its fields with another value or, where that is empty, out."""
    block = answer + b"\r\nContent-Type: text/html\r\n" + body
    fields = {
        "WARC-Type": "response",
        "WARC-Target-URI": "https://gazette.example/1",
        "WARC-Date": "2026-03-04T05:30:00Z",
        "Content-Type": "application/http; msgtype=response",
    } | {name.replace("_", "-"): value for name, value in changed.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    return f"WARC/1.0\r\n{lines}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


PACKED = {
    "gzip": gzip.compress(b"<p>Text</p>"),
    "br": brotli.compress(b"<p>Text</p>"),
    "deflate": zlib.compress(b"<p>Text</p>"),
    "identity": b"<p>Text</p>",
}


@pytest.mark.parametrize("encoding", PACKED)
@pytest.mark.parametrize("chunked", [False, True])
def test_bodies_that_other_programs_kept_as_they_came_are_unpacked(encoding: str, chunked: bool) -> None:
    head, body = f"Content-Encoding: {encoding}\r\n".encode(), PACKED[encoding]
    if chunked:
        head, body = head + b"Transfer-Encoding: chunked\r\n", b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    ((_, found),) = read_captures(io.BytesIO(response(head + b"\r\n" + body)))
    assert isinstance(found, Capture)
    assert found.body == b"<p>Text</p>"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"WARC_Target_URI": ""}, "its headers are malformed"),
        ({"WARC_Date": ""}, "it states no address, or no date"),
        ({"WARC_Date": "soon"}, "Invalid isoformat string: 'soon'"),
        ({"WARC_Target_URI": "http://[gazette/"}, "Invalid IPv6 URL"),
        ({"WARC_Target_URI": "http://gazette.example:http/"}, "Port could not be cast to integer value as 'http'"),
    ],
)
def test_a_record_that_does_not_say_where_or_when_is_damaged(changed: dict[str, str], reason: str) -> None:
    records = response(b"\r\n<p>Text</p>", **changed) + response(b"\r\n<p>Text</p>")
    (_, bad), (_, good) = read_captures(io.BytesIO(records))
    assert bad == Damage(reason)
    assert isinstance(good, Capture)


def test_a_record_without_an_answer_of_a_server_is_damaged() -> None:
    for answer in (b"garbage", b"HTTP/1.1 soon OK"):
        ((_, found),) = read_captures(io.BytesIO(response(b"\r\n<p>Text</p>", answer)))
        assert found == Damage("it holds no answer of a web server")


def test_brotli_that_is_none_is_damage() -> None:
    ((_, found),) = read_captures(io.BytesIO(response(b"Content-Encoding: br\r\n\r\n<p>Text</p>")))
    assert isinstance(found, Damage)
