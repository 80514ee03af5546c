"""`unsourced explain`: one text, page or address, every sentence with its label and the reasons."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.commands.inputs import Faults, decode, known_language
from pipelines.errors import Failure

if TYPE_CHECKING:
    from crawler.commands.pages import Page
    from pipelines.items import Article

HTML_MARK = re.compile(rb"<!doctype html|<html|<head|<body|<article|<p[ >]|<div[ >]", re.IGNORECASE)


def explain(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE|URL...", help="Plain text, a saved page, an address.")],
    language: Annotated[str, typer.Option(metavar="CODE", help="ISO 639-1 code; detected when not given.")] = "",
    html: Annotated[str, typer.Option(metavar="FILE", help="Write one static HTML page instead (- for stdout).")] = "",
) -> None:
    """Show a document in colour, each sentence with its reasons.

    Who vouches for it, whether it is flagged, by which rule, and why.

    Example: unsourced explain article.txt
    """
    from crawler.commands.pages import read_pages
    from crawler.configuration import load_settings
    from pipelines.policy import flagged

    faults = Faults()
    language = known_language(language)
    explained = []
    for page in read_pages(files, faults, contact=load_settings(context.obj).contact):
        with faults.survived():
            article = analysed(page, language)
            claims = filter(None, (article.headline, *(article.sentences or ())))
            explained.append((article, [one for one in claims if flagged(one, article.kind)]))
    if html and explained:
        from crawler.commands.html import document_page, write_page

        write_page(html, document_page(explained))
    elif explained:
        from crawler.commands.terminal import document_view, legend, open_console

        console = open_console()
        for article, flags in explained:
            console.print(document_view(article, flags))
        console.print(legend())
    faults.end()


def analysed(page: Page, language: str) -> Article:
    """The article of a page, or a plain text as one, with its sentences. Raises Failure when it cannot be analysed."""
    from crawler.commands.pages import article_of
    from pipelines.analysis import analyse_article
    from pipelines.claims import covered
    from pipelines.items import Article
    from pipelines.language import detect_language

    if page.url or HTML_MARK.search(page.body[:20_000]):
        article = article_of(page)
        title = article.title
    else:
        text, title = decode(page.name, page.body), ""  # a file's name is no headline the engine should read
        article = Article(source_id="", url=page.name, canonical_url="", fetched=None, title=page.name, text=text)
    if not article.text.strip():
        raise Failure(f"{page.name}: there is no article in it")
    code = language or article.language or detect_language(article.text).code
    found = analyse_article(replace(article, language=code, title=title))
    if found.sentences is None:
        raise Failure(f"{page.name}: language {code} is not covered; covered are {', '.join(sorted(covered()))}")
    return replace(found, title=article.title)
