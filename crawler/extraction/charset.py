"""Bytes of a page -> its text, and the charset that was used.

The order of https://html.spec.whatwg.org/#determining-the-character-encoding (byte order mark, transport, meta
element), corrected where the declaration lies: bytes that decode strictly as UTF-8 and hold multi-byte sequences are
UTF-8 whatever the page says, and a one-byte declaration under which most letters fall outside ASCII is a wrong one,
since every language written in a Latin alphabet is mostly ASCII.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, resolve_encoding

_SEVEN_BIT = frozenset({"iso2022_jp", "iso2022_jp_2", "iso2022_kr", "hz", "utf-7"})
_LATIN = frozenset(
    {"cp1252", "iso8859-1", "latin-1", "iso8859-15", "cp1250", "iso8859-2", "cp1254", "iso8859-9", "ascii"}
)
# The encodings of https://encoding.spec.whatwg.org/ that pages without a true declaration were seen to use.
_ON_THE_WEB = (
    "cp1252", "cp1251", "cp1250", "cp1256", "cp1254", "cp1253", "cp1255", "cp1257", "cp1258", "koi8_r", "iso8859_2",
    "iso8859_15", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "tis_620",
)  # fmt: skip
_USUAL = {
    "cp1252": frozenset(
        {"fr", "de", "es", "pt", "it", "nl", "en", "sv", "da", "no", "nb", "fi", "is", "ca", "ga", "eu"}
    ),
    "cp1250": frozenset({"pl", "cs", "sk", "hu", "sl", "hr", "ro"}),
    "cp1254": frozenset({"tr"}),
}
_LANGUAGE = re.compile(rb"<html[^>]*?\slang\s*=\s*[\"']?([a-zA-Z]{2})\b", re.IGNORECASE)
_ASCII = bytes(range(128))
_GUESS_FROM = 200_000  # bytes: a guess is no better with more of them
_NON_ASCII_LETTERS = re.compile(r"[^\W\d_a-zA-Z]")
_ASCII_LETTERS = re.compile(r"[a-zA-Z]")
_MARKUP = re.compile(r"<(script|style)\b.*?(?:</\1|\Z)|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_MARKUP_BYTES = re.compile(_MARKUP.pattern.encode(), _MARKUP.flags & ~re.UNICODE)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page as text; `charset` is the codec with where it was read, such as `cp1251 (meta)`."""

    text: str
    charset: str


def decode(body: bytes, content_type: str = "") -> Decoded:
    """Decode the bytes of a page; `content_type` is the HTTP header. Never raises."""
    bom, mark = read_bom(body)
    if bom:
        return Decoded(body[len(mark or b"") :].decode(bom, "replace"), f"{bom} (byte order mark)")
    declared = _declared(body, content_type)
    for codec, where in declared:
        if codec in _SEVEN_BIT and (text := _strict(body, codec)) is not None:
            return Decoded(text, f"{codec} ({where})")
    text = _strict(body, "utf-8")
    if text is not None:
        where = next((where for codec, where in declared if codec == "utf-8"), "")
        if where or not body.isascii():
            return Decoded(text, f"utf-8 ({where or 'guess'})")
        return Decoded(text, "{} ({})".format(*declared[0]) if declared else "ascii (guess)")
    return _not_utf8(body, declared)


def _not_utf8(body: bytes, declared: list[tuple[str, str]]) -> Decoded:
    lenient = body.decode("utf-8", "replace")
    damaged = lenient.count("\ufffd")
    if damaged * 20 <= sum(1 for char in lenient if char > "\x7f"):
        where = next((where for codec, where in declared if codec == "utf-8"), "guess")
        return Decoded(lenient, f"utf-8 ({where})")
    for codec, where in declared:
        text = _strict(body, codec)
        if text is not None and not (
            codec in _LATIN and (_implausible(text) or _usual(body) not in {"", "cp1252", codec})
        ):
            return Decoded(text, f"{codec} ({where})")
    for codec, where in declared:
        text = body.decode(codec, "replace")
        if codec not in _LATIN and codec != "utf-8" and text.count("\ufffd") * 50 <= len(text):
            return Decoded(text, f"{codec} ({where})")
    return _guessed(body)


def _guessed(body: bytes) -> Decoded:
    from charset_normalizer import from_bytes  # here: needed by few pages, and slow to import

    text = _MARKUP_BYTES.sub(b" ", body)
    told = body if text.isascii() else text
    start = max(len(told) - len(told.lstrip(_ASCII)) - _GUESS_FROM // 2, 0)  # what is ASCII alone tells nothing
    sample = told[start : start + _GUESS_FROM]
    best = from_bytes(sample, cp_isolation=list(_ON_THE_WEB)).best()
    codec = best.encoding if best else "cp1252"
    if codec in _LATIN:  # which a guess takes for each other
        codec = _usual(body) or codec
    return Decoded(body.decode(codec, "replace"), f"{codec} (guess)")


def _usual(body: bytes) -> str:
    """The Latin one-byte encoding that is usual in the language a page states; empty where it states none."""
    stated = _LANGUAGE.search(body[:4096])
    language = stated[1].decode("ascii").lower() if stated else ""
    return next((codec for codec, languages in _USUAL.items() if language in languages), "")


def _declared(body: bytes, content_type: str) -> list[tuple[str, str]]:
    found = (
        (http_content_type_encoding(content_type), "header"),
        (html_body_declared_encoding(body[:4096]), "meta"),
    )
    return [(codec, where) for name, where in found if name and (codec := resolve_encoding(name))]


def _strict(body: bytes, codec: str) -> str | None:
    try:
        return body.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return None


def _implausible(text: str) -> bool:
    words = _MARKUP.sub(" ", text[:_GUESS_FROM])
    foreign = len(_NON_ASCII_LETTERS.findall(words))
    return foreign > 40 and foreign > len(_ASCII_LETTERS.findall(words))
