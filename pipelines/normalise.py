"""Normal forms of texts and of addresses."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from ftfy import fix_encoding
from w3lib.url import canonicalize_url

from pipelines.items import Article, Link, Span

_SPACES = re.compile(r"\s+")
# Zero width joiner and non-joiner shape letters in Persian, Urdu and Indic scripts, and marks of direction belong to
# right-to-left text: what is dropped carries no meaning anywhere.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\ufff9-\ufffb\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_MOJIBAKE = re.compile("[ÃÂâÐÑØÙ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")

_TRACKING = re.compile(
    r"^(?:utm_\w+|itm_\w+|mtm_\w+|pk_\w+|piwik_\w+|hsa_\w+|vero_\w+|oly_\w+|ns_\w+|at_\w+|wt_\w+|fb_\w+|"
    r"[fgdtym]?b?clid|gclsrc|[gw]braid|msclkid|twclid|igshid|igsh|mc_[ce]id|mkt_tok|_ga|_gl|_hsenc|_hsmi|"
    r"ref|ref_?src|ref_?url|referr?er|cmpid|cmp|icid|ito|xtor|wtmc|s_cid|ocid|smid|smtyp|spm|trk|guccounter|"
    r"rss|from_rss|origin_rss|dlvrit|ftag|soc_src|soc_trk|share_?id|shared|echobox|"
    r"phpsessid|jsessionid|aspsessionid\w*|sessionid|session_id)$",
    re.IGNORECASE,
)
_VARIANT = re.compile(r"^(?:amp|amphtml|print|printview|print_view|view_print|mobile|is_amp)$", re.IGNORECASE)
_VARIANT_VALUE = re.compile(r"^(?:(?:output(?:type)?|view|mode|type)=(?:amp|print|mobile))$", re.IGNORECASE)
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?]*", re.IGNORECASE)
_VARIANT_PATH = re.compile(
    r"(?<=.)/(?:amp|print|amphtml)(?:\.html)?/?$|\.amp(?=\.html$|$)|^/amp(?=/[^/]+/)", re.IGNORECASE
)
_VARIANT_HOST = re.compile(r"^(?:amp|m|mobile|touch|www\.amp|print)\.(?=[^.]+\.[^.])")
_AMP_CACHE = re.compile(
    r"^https?://[^/]+\.cdn\.ampproject\.org/[a-z]/(s/)?(.+)$|^https?://www\.google\.[a-z.]+/amp/(s/)?(.+)$"
)


def normalise(article: Article) -> Article:
    """The article with every text in its normal form, the spans of standfirst and links moved along. Idempotent."""
    lines = article.text.split("\n")
    normal = [normalise_line(line) for line in lines]
    text = "\n".join(line for line in normal if line)
    moved = _Moved(lines, normal, text)
    standfirst = moved.span(article.standfirst) if article.standfirst else None
    links = (Link(link.url, span) for link in article.links if (span := moved.span(link.span)))
    return replace(
        article,
        title=normalise_line(article.title),
        titles=tuple(dict.fromkeys(line for title in article.titles if (line := normalise_line(title)))),
        text=text,
        standfirst=standfirst,
        authors=_names(article.authors),
        organisations=_names(article.organisations),
        section=normalise_line(article.section),
        tags=_names(article.tags),
        links=tuple(links),
        entries=tuple(replace(entry, start=moved.offset(entry.start)) for entry in article.entries),
    )


def normalise_line(line: str) -> str:
    """One line in its normal form, white space at its ends taken off; applied again it changes nothing."""
    for _ in range(3):
        again = _pass(line).strip()
        if again == line:
            break
        line = again
    return line


def normalise_url(url: str) -> str:
    """The form by which two addresses of one page are told to be the same.

    No tracking parameters, session ids, fragments, or AMP, mobile and print variants; ASCII host, percent-encoding in
    upper case, query sorted, no default port. An identity: nearly always an address too, but fetch what was linked.
    A string that is no web address is given back as it is.
    """
    for _ in range(4):  # what one step decodes the next may have to look at
        again = _url_step(url)
        if again == url:
            break
        url = again
    return url


def _url_step(url: str) -> str:
    if cached := _AMP_CACHE.match(url):
        url = f"http{'s' if cached[1] or cached[3] else ''}://{cached[2] or cached[4]}"
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").rstrip(".")
        port = parts.port
    except ValueError:
        return url
    if parts.scheme not in {"http", "https"} or not host:
        return url
    host = _VARIANT_HOST.sub("www.", _ascii(host))
    path = _VARIANT_PATH.sub("", _SESSION_IN_PATH.sub("", parts.path))
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [
        (key, value)
        for key, value in pairs
        if not (_TRACKING.match(key) or _VARIANT.match(key) or _VARIANT_VALUE.match(f"{key}={value}"))
    ]
    netloc = host if port in {None, 80, 443} else f"{host}:{port}"
    plain = urlunsplit((parts.scheme, netloc, re.sub("/{2,}", "/", path) or "/", urlencode(kept), ""))
    return canonicalize_url(plain, keep_fragments=False)


def _ascii(host: str) -> str:
    try:
        return host.encode("ascii").decode().lower()
    except UnicodeEncodeError:
        try:
            return host.encode("idna").decode().lower()
        except UnicodeError:
            return host.lower()


def _pass(line: str) -> str:
    if _MOJIBAKE.search(line):
        line = fix_encoding(line)
    line = _INVISIBLE.sub("", line.translate(_LIGATURES))
    return _SPACES.sub(" ", unicodedata.normalize("NFC", line))


def _names(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for name in names if (line := normalise_line(name))))


class _Moved:
    """Where stretches of a text stand once its lines are normalised and the empty ones gone."""

    def __init__(self, lines: list[str], normal: list[str], text: str) -> None:
        self._lines, self._normal, self._text = lines, normal, text
        self._old, self._new = [0], [0]
        for line, kept in zip(lines, normal, strict=True):
            self._old.append(self._old[-1] + len(line) + 1)
            self._new.append(self._new[-1] + (len(kept) + 1 if kept else 0))

    def span(self, span: Span) -> Span | None:
        """The stretch in the new text; None where nothing is left of it."""
        start, end = self.offset(span.start), self.offset(span.end)
        while start < end and self._text[start].isspace():
            start += 1
        while end > start and self._text[end - 1].isspace():
            end -= 1
        return Span(start, end, self._text[start:end]) if start < end else None

    def offset(self, old: int) -> int:
        """Where an offset of the old text lies in the new one."""
        index = min(max(bisect_right(self._old, old) - 1, 0), len(self._lines) - 1)
        line, kept = self._lines[index], self._normal[index]
        before = line[: old - self._old[index]]
        within = len(_pass(before).lstrip()) if kept != line else len(before)
        return min(self._new[index] + min(within, len(kept)), len(self._text))
