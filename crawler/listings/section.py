"""The article links of a home or section page, by rules that keep navigation, tag pages and galleries out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from crawler.listings.content import ListingContent, absolute
from pipelines.domains import registered_domain
from pipelines.stores.base import Found

# Path segments that name a kind of page which is no article, in the languages of the source lists.
NOT_ARTICLES = frozenset(
    """
    abo abonnement abonnements abonnes about account agenda all amp app apps archiv archive archives archivio
    archivo arquivo assinatura auteur auteurs author authors autor autoren autores autori bilder bilderstrecke
    busca buscar busqueda careers cart categoria categorie categories category charts consent contact contacto
    contato cookie cookies datenschutz diaporama diaporamas dossier dossiers editor feed feeds foto-galerie fotos
    fotostrecke galeria galerias galerie galerien galeries galleries gallery help hilfe home horoscope impressum
    imprint infographics jeux jobs join journalist kalender keyword keywords kontakt label labels legal live-tv
    login logout membership meteo meteorologie mon-compte newsletter newsletters page pages person personne photo
    photos pictures podcast podcasts preise privacidad privacy profil profile profiles programme-tv puzzles quiz
    quizzes recherche register registrierung rss schlagwort search seite services shop sitemap slideshow
    stellenmarkt subscribe subscription subscriptions suche suscripcion tag tags tags-list tema temas terms thema
    theme themen themes tickets topic topics tv tv-guide user users video videogallery videos weather webcam
    wetter wp-admin wp-content wp-login.php
    """.split()  # noqa: SIM905
)
NOT_PAGES = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|avif|ico|pdf|mp[34]|m4[av]|webm|avi|mov|zip|gz|rar|css|js|json|xml|rss|atom|txt|ics|epub)$",
    re.IGNORECASE,
)
DATE = re.compile(r"/(?:19|20)\d\d[/-]?(?:0?[1-9]|1[0-2]|[a-z]{3})(?:[/-]?\d{1,2})?(?=[/-]|$)")
NUMBER = re.compile(r"(?<![a-z\d])[a-z]{0,3}\d{5,}(?![a-z\d])")
# Identifiers of letters and digits, as some systems give them: `c5yx2wkl4nvo`, `a1f0c3de-…`.
IDENTIFIER = re.compile(r"^(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{9,}$|[\da-f]{8}-[\da-f]{4}-")
PAGE_ENDING = re.compile(r"\.(?:s?html?|php|aspx?|jsp|cms|ece)$", re.IGNORECASE)
WORDS = re.compile(r"[^\W\d_]+")
NAVIGATION = (
    "ancestor-or-self::nav or ancestor::footer or ancestor::form or ancestor::*[@role='navigation'"
    " or @role='contentinfo' or @role='menu' or @role='menubar' or @aria-hidden='true']"
)
HEADLINE = "ancestor::h1|ancestor::h2|ancestor::h3|ancestor::h4|ancestor::article|.//h1|.//h2|.//h3|.//h4"
# What speaks for an article, and how much; a link needs ENOUGH.
DATED, NUMBERED, LONG_SLUG, SLUG, NAMED_FILE, IN_HEADLINE, LONG_LABEL = 2, 2, 2, 1, 1, 1, 1
ENOUGH = 3


def read_section(body: bytes, url: str, content_type: str) -> ListingContent:
    """The articles of the same registered domain that the page at `url` links, in the order of the page, each once."""
    from lxml import etree, html

    charset = re.search(r"charset=[\"']?([\w-]+)", content_type)
    try:
        parser = html.HTMLParser(encoding=charset[1] if charset else None)
    except LookupError:  # a charset that nobody knows: the page's own word, or a guess
        parser = html.HTMLParser()
    try:
        tree = html.document_fromstring(body, parser=parser, base_url=url)
    except (etree.ParserError, ValueError):
        return ListingContent(problem="not HTML")
    home = registered_domain(url)
    found: dict[str, Found] = {}
    for address, link in _links(tree, url):
        if (
            address not in found
            and registered_domain(address) == home
            and address != url
            and is_article_link(address, " ".join(link.text_content().split()), bool(link.xpath(HEADLINE)))
        ):
            found[address] = Found(address, url)
    return ListingContent(tuple(found.values()))


def is_article_link(url: str, label: str, in_headline: bool) -> bool:
    """Whether a link leads to an article, by its address, the words it stands on and whether it is in a headline.

    An address that names a kind of page (a tag, an author, a gallery, a search) never does. Otherwise a date, a number
    or a slug of many words in the address speak for it, and so do a headline around the link and a label of five words.
    """
    path = unquote(urlsplit(url).path).lower()
    segments = [segment for segment in path.split("/") if segment]
    if not segments or NOT_PAGES.search(path) or NOT_ARTICLES.intersection(segments):
        return False
    last = segments[-1]
    words = len(WORDS.findall(PAGE_ENDING.sub("", last)))
    query = urlsplit(url).query
    weight = (
        DATED * bool(DATE.search(path))
        + NUMBERED * bool(NUMBER.search(last) or IDENTIFIER.search(last) or NUMBER.search(query))
        + (LONG_SLUG if words >= 5 else SLUG if words >= 3 else 0)
        + NAMED_FILE * bool(PAGE_ENDING.search(last))
        + IN_HEADLINE * in_headline
        + LONG_LABEL * (len(WORDS.findall(label)) >= 5 or len(label) >= 30)
    )
    return weight >= ENOUGH


def _links(tree: Any, url: str) -> Iterator[tuple[str, Any]]:
    base = tree.find(".//base[@href]")
    start = (absolute(url, base.get("href")) if base is not None else "") or url
    for link in tree.iterfind(".//a[@href]"):
        try:
            address = urljoin(start, link.get("href").strip()).partition("#")[0]
        except ValueError:  # not an address at all
            continue
        if address.startswith(("http://", "https://")) and not link.xpath(f"boolean({NAVIGATION})"):
            yield address, link
