"""Pages, feeds and sitemaps of the sample newsroom, made from `templates/` and the content of an outlet."""

from __future__ import annotations

import gzip
import html
import json
import re
from dataclasses import replace
from datetime import datetime
from email.utils import format_datetime
from string import Template
from typing import Any

from tests.site.content import SITE, Listing, Outlet, Page

JSON_LD_TYPES = {"opinion": "OpinionNewsArticle", "live": "LiveBlogPosting", "review": "ReviewNewsArticle"}
LINK = re.compile(r"\[([^]]+)]\(([^)]+)\)")
TEMPLATES = {file.name: Template(file.read_text(encoding="utf-8")) for file in SITE.glob("templates/*")}


def _paragraph(line: str) -> str:
    line = html.escape(line, quote=False)
    if line.startswith("## "):
        return f"<h2>{line[3:]}</h2>"
    if line.startswith("? "):
        return f"<p><strong>{line[2:]}</strong></p>"
    line = LINK.sub(r'<a href="\2">\1</a>', line)
    return f"<p>{line}</p>"


def plain_paragraphs(page: Page) -> list[str]:
    """The paragraphs of the body as a reader sees them, without the marks for links, questions and subheadings."""
    lines = [line for line in page.text.splitlines() if line.strip()]
    return [LINK.sub(r"\1", line.removeprefix("## ").removeprefix("? ")) for line in lines]


def edited(page: Page, moment: datetime | None) -> Page:
    """The article as it stands after the newsroom was told to edit it."""
    if moment is None or not page.edited_text:
        return page
    return replace(page, text=page.edited_text, title=page.edited_title or page.title)


def _json_ld(outlet: Outlet, page: Page, base: str, modified: datetime | None) -> str:
    url = base + outlet.path_of(page)
    people = [{"@type": "Person", "@id": f"{base}/#author-{n}", "name": name} for n, name in enumerate(page.authors)]
    article: dict[str, Any] = {
        "@type": JSON_LD_TYPES.get(page.kind, "NewsArticle"),
        "@id": url + "#article",
        "headline": page.title,
        "description": page.standfirst,
        "inLanguage": outlet.language,
        "articleSection": page.section,
        "mainEntityOfPage": {"@id": url},
        "publisher": {"@id": base + "/#organisation"},
        "author": [{"@id": person["@id"]} for person in people],
        "image": {"@type": "ImageObject", "url": f"{base}/images/{page.slug}.jpg"},
    }
    if page.published:
        article["datePublished"] = page.published.isoformat()
        article["dateModified"] = (modified or page.published).isoformat()
    graph = [
        {"@type": "WebSite", "@id": base + "/#website", "name": outlet.name, "url": base + "/"},
        {"@type": "NewsMediaOrganization", "@id": base + "/#organisation", "name": outlet.name},
        {"@type": "WebPage", "@id": url, "name": f"{page.title} | {outlet.name}", "datePublished": "2019-01-01"},
        {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "position": 1, "name": page.section}]},
        article,
        *people,
    ]
    return json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False).replace("</", "<\\/")


def article_page(outlet: Outlet, page: Page, base: str, modified: datetime | None) -> str:
    """The HTML of an article, in the template of its outlet; `modified` is the moment of the edit, if there was one."""
    page = edited(page, modified if page.edited_text else None)
    others = [
        other for other in outlet.articles if other.slug != page.slug and other.outcome not in ("forbidden", "too old")
    ][:4]
    text = {
        "name": outlet.name,
        "title": page.title,
        "standfirst": page.standfirst,
        "section": page.section,
        "byline": page.byline or ", ".join(page.authors),
        "shown": page.shown or (page.published.strftime("%d.%m.%Y %H:%M") if page.published else ""),
        "author": page.authors[0] if page.authors else "",
    }
    return TEMPLATES[f"page.{outlet.template}.html"].substitute(
        {key: html.escape(value) for key, value in text.items()},
        base=base,
        url=base + outlet.path_of(page),
        language=outlet.language,
        direction="rtl" if outlet.language == "ar" else "ltr",
        charset=f'<meta charset="{outlet.meta_charset}">' if outlet.meta_charset else "",
        image=f"{base}/images/{page.slug}.jpg",
        published=page.published.isoformat() if page.published else "",
        modified=(modified if modified and page.edited_text else page.published or ""),
        json_ld=_json_ld(outlet, page, base, modified),
        body="\n".join(_paragraph(line) for line in page.text.splitlines() if line.strip()),
        related="\n".join(
            f'<li><a href="{outlet.path_of(other)}">{html.escape(other.title)}</a></li>' for other in others
        ),
        junk="<!-- " + "lorem " * (page.junk // 6) + "-->" if page.junk else "",
    )


def _entries(outlet: Outlet, listing: Listing) -> list[tuple[str, Page]]:
    """(address, article) of all that a listing names; for a trouble the article is a mere title."""
    pages = outlet.listed(listing)
    rows = [(page.through[0] if page.through else outlet.path_of(page), page) for page in pages]
    rows += [(path, page) for page in pages for path in page.also_at]
    if not listing.only:
        rows += [
            (trouble.path, Page(slug=trouble.path, title=trouble.title or trouble.path, text="", section=""))
            for trouble in outlet.troubles
            if trouble.listed
        ]
    return rows


def listing_page(outlet: Outlet, listing: Listing, base: str, opened: datetime, modified: datetime | None) -> bytes:
    """The body of a feed, sitemap or section page, gzipped where its path says so.

    Sitemaps date all but old articles to the moment the newsroom `opened`, as systems do that touch every page when
    they are deployed; `modified` is the moment of the edit, if there was one.
    """
    item, rows = TEMPLATES[f"{listing.format}.item"], []
    if listing.children:
        rows = [item.substitute(url=base + child) for child in listing.children]
    for path, page in [] if listing.children else _entries(outlet, listing):
        changed = modified if modified and page.edited_text else page.published
        touched = page.published if page.outcome == "too old" else max(opened, changed or opened)
        url = base + path + (f"?{listing.tracking}" if listing.tracking else "")
        rows.append(
            item.substitute(
                url=html.escape(url),
                address=base + path,
                title=html.escape(edited(page, modified).title),
                json=json.dumps(
                    {"id": base + path, "url": url, "title": page.title, "summary": page.standfirst}
                    | ({"date_published": page.published.isoformat()} if page.published else {}),
                    ensure_ascii=False,
                ),
                summary=html.escape(page.standfirst),
                name=html.escape(outlet.name),
                language=outlet.language,
                rfc822=f"<pubDate>{format_datetime(page.published)}</pubDate>" if page.published else "",
                published=f"<published>{page.published.isoformat()}</published>" if page.published else "",
                updated=f"<updated>{changed.isoformat()}</updated>" if changed else "",
                dc_date=f"<dc:date>{page.published.isoformat()}</dc:date>" if page.published else "",
                lastmod=f"<lastmod>{touched.isoformat()}</lastmod>" if touched else "",
                news_date=f"<news:publication_date>{page.published.isoformat()}</news:publication_date>"
                if page.published
                else "",
            )
        )
    separator = ",\n" if listing.format == "json" else "\n"
    body = TEMPLATES[listing.format].substitute(
        items=separator.join(rows),
        name=html.escape(outlet.name),
        base=base,
        url=base + listing.path,
        language=outlet.language,
        encoding=outlet.charset,
        charset=f'<meta charset="{outlet.meta_charset}">' if outlet.meta_charset else "",
        decoys="\n".join(f'<li><a href="{path}">{html.escape(path)}</a></li>' for path in outlet.decoys),
        refs="\n".join(f'<rdf:li rdf:resource="{base}{path}"/>' for path, _ in _entries(outlet, listing)),
    )
    encoded = body.encode("utf-8" if listing.format == "json" else outlet.charset, "xmlcharrefreplace")
    return gzip.compress(encoded) if listing.path.endswith(".gz") else encoded


def plain_page(outlet: Outlet, title: str, paragraphs: str) -> str:
    """A page that is no article: consent, challenge, error, navigation."""
    return TEMPLATES["page.plain.html"].substitute(
        language=outlet.language,
        title=html.escape(title),
        body="\n".join(_paragraph(line) for line in paragraphs.splitlines() if line.strip()),
    )


def robots(outlet: Outlet, base: str) -> str:
    """The outlet's robots.txt."""
    return Template(outlet.robots or "User-agent: *\nDisallow:\n").substitute(base=base)
