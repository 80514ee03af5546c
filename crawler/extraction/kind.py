"""What kind of article a page holds, since the kind decides what is flagged."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from crawler.extraction.json_ld import types
from crawler.extraction.page import Page
from pipelines.items import Kind

_BY_TYPE: dict[str, Kind] = {
    "LiveBlogPosting": "live",
    "OpinionNewsArticle": "opinion",
    "ReviewNewsArticle": "review",
    "Review": "review",
    "CriticReview": "review",
    "Interview": "interview",
    "AdvertiserContentArticle": "press release",
}
_WORDS: tuple[tuple[Kind, str], ...] = (
    ("live", r"live|liveblog|live-?ticker|newsblog|direct|en-direct|en-vivo|directo|minuto-a-minuto|ao-vivo|diretta"),
    ("weather", r"weather|wetter|m[ée]t[ée]o|tiempo|el-tiempo|clima|meteo|previsao-do-tempo|погода|طقس|الطقس"),
    ("horoscope", r"horoscopes?|horoskope?|horoscopos?|hor[óo]scopo|oroscopo|гороскоп|أبراج|الأبراج"),
    ("obituary", r"obituar(?:y|ies)|nachrufe?|n[ée]crologies?|obituarios?|necrologi|некролог|وفيات"),
    (
        "opinion",
        r"opinions?|comment(?:ary|isfree)?|kommentare?|meinung|kolumnen?|tribunes?|[ée]ditos?|[ée]ditorial|editorials|chroniques?|d[ée]bats|idees|opinion-columnists|op-ed|opini[oó]n|columnas?|columnistas?|opini[aã]o|opinioni|мнения|мнение|رأي|آراء|مقالات|nuomones|opinie|debatt|kronik|kommentar",
    ),
    ("interview", r"interviews?|entretiens?|entrevistas?|intervista|интервью|مقابلة|مقابلات|حوار|حوارات"),
    ("review", r"reviews?|kritik(?:en)?|critiques?|rezension(?:en)?|rese[ñn]as?|рецензии"),
    ("petition", r"petitions?|p[ée]titions?|peticiones?|petizion[ei]"),
    (
        "press release",
        r"press-?releases?|pressemitteilung(?:en)?|presseportal|communiques?(?:-de-presse)?|comunicados?|sponsored|advertorial|anzeige|пресс-релизы?|prnewswire|ots",
    ),
    (
        "programme listing",
        r"tv-?programm?e?|programme-tv|programme-tele|tv-guide|programacion(?:-tv)?|what-to-watch|tv-tipps",
    ),
    (
        "sport",
        r"sports?|sportschau|deportes?|f[uú]tbol|football|fussball|soccer|esportes?|desporto|calcio|спорт|رياضة|الرياضة|rugby|tennis|formel-?1|formula-?1|nba|nfl|olympi[ac]s?|olympische-spiele",
    ),
)
_PATTERNS = tuple((kind, re.compile(rf"^(?:{words})$", re.IGNORECASE)) for kind, words in _WORDS)


def choose_kind(page: Page, section: str, title: str) -> Kind:
    """From the JSON-LD type, else the section, else the parts of the address; news where none tells."""
    for node in page.articles[:1]:
        for name in sorted(types(node)):
            if name in _BY_TYPE:
                return _BY_TYPE[name]
    path = [unquote(part).lower() for part in urlsplit(page.url).path.split("/")[1:-1]]
    parts = [*path, *re.split(r"[/,>|:]", section.lower())]
    lead = re.split(r"[:|]", title.lower(), maxsplit=1)[0] if re.search(r"[:|]", title) else ""
    for kind, pattern in _PATTERNS:
        if any(pattern.match(part.strip().replace(" ", "-")) for part in (*parts, lead)):
            return kind
    return "news"
