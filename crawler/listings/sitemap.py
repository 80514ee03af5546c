"""Sitemaps, sitemap indexes, news sitemaps, plain lists, and the sitemaps that robots.txt names."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from crawler.listings.content import ListingContent, absolute, parse_time
from crawler.listings.feed import read_feed
from pipelines.stores.base import Found

# sitemaps.org: a sitemap holds up to 50 MB and 50,000 addresses once unpacked.
LARGEST = 50 * 1024 * 1024


def read_sitemap(body: bytes, url: str, content_type: str) -> ListingContent:
    """The pages and the further sitemaps that the sitemap (or the robots.txt) at `url` names; a torn one in part."""
    if urlsplit(url).path == "/robots.txt":
        return ListingContent(sitemaps=tuple(_robots_sitemaps(body, url)))
    body = unpack(body)
    start = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<rss" in start or b"<feed" in start or b"<rdf:rdf" in start:
        return read_feed(body, url, content_type)
    if b"<urlset" in start or b"<sitemapindex" in start:
        return _read_xml(body, url)
    if start.startswith((b"http://", b"https://")):
        lines = body.decode("utf-8-sig", "replace").split()
        return ListingContent(tuple(Found(line, url) for line in lines if line.startswith(("http://", "https://"))))
    return ListingContent(problem="not a sitemap")


def unpack(body: bytes) -> bytes:
    """The body without its gzip wrapping, as far as it can be read and up to the size a sitemap may have."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    unpacked, rest = b"", body
    while rest.startswith(b"\x1f\x8b") and len(unpacked) < LARGEST:
        stream = zlib.decompressobj(wbits=31)
        try:
            unpacked += stream.decompress(rest, LARGEST - len(unpacked))
        except zlib.error:
            break
        rest = stream.unused_data
    return unpacked


def _robots_sitemaps(body: bytes, url: str) -> Iterator[Found]:
    for line in body.decode("utf-8-sig", "replace").splitlines():
        name, _, value = line.partition(":")
        if name.strip().lower() == "sitemap" and (address := absolute(url, value.split("#")[0])) not in ("", url):
            yield Found(address, url)


def _read_xml(body: bytes, url: str) -> ListingContent:
    from lxml import etree

    pages: list[Found] = []
    sitemaps: list[Found] = []
    events = etree.iterparse(
        BytesIO(body), events=("end",), recover=True, resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        for _, element in events:
            name = _local(element)
            if name in ("url", "sitemap"):
                entry = _entry(element, url)
                if entry is not None:
                    (pages if name == "url" else sitemaps).append(entry)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError:
        if not pages and not sitemaps:
            return ListingContent(problem="not a sitemap")
    return ListingContent(tuple(pages), tuple(sitemaps))


def _entry(element: Any, url: str) -> Found | None:
    values: dict[str, str] = {}
    for child in element:
        values.setdefault(_local(child), (child.text or "").strip())
        if _local(child) == "news":
            for grandchild in child:
                values.setdefault(_local(grandchild), (grandchild.text or "").strip())
    address = absolute(url, values["loc"]) if values.get("loc") else ""
    if not address:
        return None
    return Found(
        address,
        url,
        published=parse_time(values.get("publication_date", "")),
        modified=parse_time(values.get("lastmod", "")),
    )


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
