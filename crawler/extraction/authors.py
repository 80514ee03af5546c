"""Bylines -> the names of people and, apart from them, of organisations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extraction.json_ld import text, types
from crawler.extraction.page import Candidate, Page, squeeze
from crawler.extraction.titles import fold, site_names

_METAS = (
    "author",
    "article:author",
    "og:article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "byl",
    "cxenseparse:author",
    "article:author_name",
)
_ORGANISATION_TYPES = frozenset({"Organization", "NewsMediaOrganization", "Corporation", "NGO"})
_BY = re.compile(
    r"^(?:by|von|par|de|por|di|da|door|av|af|przez|autor(?:in|en|a|es)?|auteurs?|text|texte|texto|testo|автор|بقلم|كتب)\s*[:\s]\s*(?=\S)",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"\s*(?:[,;/|•·、，・&]|\s(?:and|und|et|y|e|i|og|och|en|и|та|και|ve|és|ja|și|și|و)\s)\s*", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://|www\.|@|\.(?:com|org|net|html)\b", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:editor|reporter|correspondent|writer|journalist|redakteur\w*|korrespondent\w*|journaliste|rédact\w+|envoyé\w*|correspondant\w*|"
    r"redactor\w*|corresponsal\w*|periodista|giornalista|inviat\w+|photographer|fotograf\w*|author|contributor|staff|chief|senior)\b",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:agency|agence|agentur|agencia|agenzia|redaktion|rédaction|redacción|redacao|redação|redazione|newsroom|staff|desk|team|news|press|presse|"
    r"media|zeitung|tageszeitung|times|post|editors?|online|digital|"
    r"reuters|afp|dpa|apa|efe|ansa|lusa|belga|anp|ntb|tt|ritzau|pap|čtk|"
    r"mti|sid|sda|ats|kna|epd|"
    r"associated press|ap|bloomberg|tass|interfax|xinhua|anadolu|aa|iha|dha|pti|ani|ians|cnn|bbc|tv|radio)\b|"
    r"編集部|新聞|通信|デジタル|オンライン|редакция|редакція|هيئة|وكالة",
    re.IGNORECASE,
)


def author_candidates(page: Page) -> tuple[Candidate, ...]:
    """Where the page names who wrote the article; organisations by their JSON-LD type are marked in `where`."""
    found: list[Candidate] = []
    for node in page.articles[:1]:
        for key in ("author", "creator"):
            value = node.get(key)
            for item in value if isinstance(value, list) else [value]:
                kind = "organisation" if isinstance(item, dict) and types(item) & _ORGANISATION_TYPES else "author"
                found.append(Candidate(squeeze(text(item)), f"json-ld:{kind}"))
    found.extend(page.meta(*_METAS))
    found.extend(
        Candidate(squeeze(element.text_content()), "author")
        for element in page.tree.iter("a", "span", "address", "div", "p")
        if element.get("rel") == "author" or "author" in (element.get("itemprop") or "").lower().split()
    )
    return tuple(candidate for candidate in found if candidate.value)


def choose_authors(candidates: Sequence[Candidate], page: Page) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(people, organisations) of the first place that names anybody; organisations from every place before it."""
    names = site_names(page)
    organisations: list[str] = []
    for where in dict.fromkeys(_place(candidate) for candidate in candidates):
        people: list[str] = []
        for candidate in candidates:
            if _place(candidate) != where:
                continue
            for name in split_byline(candidate.value):
                bucket = organisations if _organisation(name, candidate.where, names) else people
                if fold(name) not in {fold(known) for known in bucket}:
                    bucket.append(name)
        if people:
            return tuple(people), tuple(organisations)
    return (), tuple(organisations)


def split_byline(byline: str) -> tuple[str, ...]:
    """The single names in a byline, without "by", addresses, roles and what is no name at all."""
    if _ADDRESS.search(byline) and " " not in byline.strip():
        return ()
    byline = re.sub(r"\([^()]*\)|\S+@\S+|https?://\S+", " ", byline)
    byline = _BY.sub("", squeeze(byline))
    parts = (squeeze(part).strip("-–—.,:;| ") for part in _JOINT.split(byline))
    return tuple(part for part in parts if _is_name(part))


def _is_name(part: str) -> bool:
    if not 1 < len(part) <= 60 or not any(char.isalpha() for char in part) or len(part.split()) > 6:
        return False
    role = _ROLE.search(part)
    return not (role and len(role.group()) * 2 > len(part))


def _place(candidate: Candidate) -> str:
    return "json-ld" if candidate.where.startswith("json-ld") else candidate.where


def _organisation(name: str, where: str, names: frozenset[str]) -> bool:
    return where == "json-ld:organisation" or fold(name) in names or bool(_ORGANISATION.search(name))
