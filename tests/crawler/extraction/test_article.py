"""A whole page -> an Article."""

# ruff: noqa: E501 - a line of a page is not broken

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from time import process_time

import pytest

from crawler.extraction import examine, extract_article
from crawler.extraction.charset import decode
from crawler.extraction.page import parse_page
from pipelines.errors import UnreadableFile
from pipelines.items import Article, Source
from pipelines.normalise import normalise

URL = "https://www.gazette-du-lac.example/politique/2026/03/17/pont-ferme.html"
FETCHED = datetime(2026, 3, 18, 15, 30, tzinfo=UTC)
SOURCE = Source("lac", "La Gazette du Lac", "https://www.gazette-du-lac.example/", "CH", ("fr",), "Europe/Zurich")
STANDFIRST = "Le pont de la Dranse restera fermé trois semaines, le temps de remplacer deux câbles usés."
PARAGRAPHS = (
    "La mairie a annoncé mardi la fermeture du pont, que douze mille voitures empruntent chaque jour entre les rives.",
    'Selon <a href="/dossiers/rapport.html">un rapport remis en février</a>, deux câbles ont perdu un tiers de force.',
    "Les commerçants du quai demandent une navette gratuite et un report des travaux après les vacances de Pâques.",
    "Le conseil municipal votera jeudi un crédit de quatre cent mille francs pour les travaux, a précisé la maire.",
)
GRAPH = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "Person", "@id": "#anne", "name": "Anne Rochat"},
        {"@type": "NewsMediaOrganization", "@id": "#org", "name": "La Gazette du Lac"},
        {"@type": "NewsArticle", "headline": "Autre article", "url": "https://www.gazette-du-lac.example/autre"},
        {
            "@type": ["NewsArticle"],
            "mainEntityOfPage": {"@id": URL},
            "headline": "Le pont de la Dranse ferme pour trois semaines",
            "datePublished": "2026-03-17T08:05:00",
            "dateModified": "2026-03-17T10:00:00+01:00",
            "author": [{"@id": "#anne"}, {"@type": "Organization", "name": "ATS"}],
            "publisher": {"@id": "#org"},
            "articleSection": "Politique",
            "isAccessibleForFree": "False",
            "keywords": ["pont", "travaux"],
        },
    ],
}


def page(head: str = "", before: str = "", after: str = "", graph: object = GRAPH) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return f"""<!doctype html><html lang="fr"><head>
    <title>Le pont de la Dranse ferme pour trois semaines | La Gazette du Lac</title>
    <meta property="og:site_name" content="La Gazette du Lac">
    <meta property="og:description" content="{STANDFIRST}">
    <link rel="canonical" href="https://www.gazette-du-lac.example/politique/pont-ferme">{head}
    <script type="application/ld+json">{json.dumps(graph)}</script></head>
    <body><nav><a href="/">Accueil</a></nav><main><article>
    <h1>Le pont de la Dranse ferme pour trois semaines</h1><p class="chapo">{STANDFIRST}</p>{before}
    <div class="texte">{body}</div>{after}</article></main><footer>Contact</footer></body></html>"""


def extract(html: str, headers: dict[str, str] | None = None) -> Article:
    return extract_article(html.encode(), URL, headers or {}, FETCHED, SOURCE)


def test_every_field_of_an_ordinary_page() -> None:
    article = extract(page())
    assert article.title == "Le pont de la Dranse ferme pour trois semaines"
    assert article.canonical_url == "https://www.gazette-du-lac.example/politique/pont-ferme"
    assert article.authors == ("Anne Rochat",)
    assert article.organisations == ("ATS",)
    assert article.published is not None
    assert article.published.value == datetime(2026, 3, 17, 7, 5, tzinfo=UTC)
    assert (article.published.zone_from, article.published.where) == ("source", "json-ld:datePublished")
    assert article.published.value.utcoffset() == timedelta(hours=1)
    assert article.modified is not None
    assert article.modified.zone_from == "stated"
    assert (article.language, article.kind, article.section) == ("fr", "news", "Politique")
    assert article.tags == ("pont", "travaux")
    assert article.paywall is True
    assert article.origin == "SDA"
    assert article.problems == ()


def test_the_standfirst_comes_first_and_the_title_is_no_part_of_the_text() -> None:
    article = extract(page())
    lines = article.text.split("\n")
    assert lines[0] == STANDFIRST
    assert article.standfirst is not None
    assert article.text[article.standfirst.start : article.standfirst.end] == article.standfirst.text == STANDFIRST
    assert lines[1] == PARAGRAPHS[0]
    assert len(lines) == 5
    assert article.title not in lines


def test_neither_the_motto_of_the_site_nor_a_line_with_the_title_is_a_standfirst() -> None:
    title, motto = "Le pont de la Dranse ferme pour trois semaines", "Le journal libre des deux rives du lac"
    trail = f"Accueil Politique {title} - toutes les nouvelles"
    stated = json.dumps({"@type": "NewsArticle", "headline": title, "alternativeHeadline": title})
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    article = extract(
        f'<html><head><meta name="description" content="{STANDFIRST}"><meta name="description" content="{motto}">'
        f'<script type="application/ld+json">{stated}</script></head><body><header><p>{motto}</p></header>'
        f"<div>{trail}</div><article><h1>{title}</h1><div><p>{STANDFIRST}</p></div>{body}</article></body></html>"
    )
    assert article.standfirst is not None
    assert article.standfirst.text == STANDFIRST
    assert article.text.startswith(STANDFIRST)


def test_links_keep_their_place() -> None:
    article = normalise(extract(page()))
    (link,) = article.links
    assert link.url == "https://www.gazette-du-lac.example/dossiers/rapport.html"
    assert article.text[link.span.start : link.span.end] == link.span.text == "un rapport remis en février"


@pytest.mark.parametrize(
    "junk",
    [
        '<figure><img src="x.jpg"><figcaption>Le pont vu du quai. Photo: A. Rochat</figcaption></figure>',
        '<aside class="related"><h3>Sur le même sujet</h3><p>Un autre pont du canton a fermé l’an passé.</p></aside>',
        '<div class="newsletter"><p>Recevez chaque matin notre lettre et ne manquez aucune information.</p></div>',
        '<p><a href="/autre">À lire aussi : les travaux de la gare prennent du retard</a></p>',
        "<p>Publié le 17 mars 2026 à 08h05</p>",
        "<p>Par Anne Rochat</p>",
        '<div class="info-box"><p>Le pont en chiffres : 1954, 312 mètres, deux voies.</p></div>',
    ],
)
def test_what_stands_beside_the_text_stays_out(junk: str) -> None:
    plain = extract(page())
    assert extract(page(before=junk)).text == plain.text
    assert extract(page(after=junk)).text == plain.text


def test_a_second_article_on_the_page_is_not_this_one() -> None:
    text = "Le match de dimanche a été interrompu par la pluie, puis reporté à une date que la ligue fixera lundi. "
    other = f"<article><h1>Le match reporté</h1><p>{text * 3}</p><p>{text * 2}</p><p>{text * 4}</p></article>"
    html = page().replace("</main>", other + "</main>")
    assert extract(html).text == extract(page()).text


def test_a_page_without_any_metadata() -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    html = f"""<html><body><h1>Le pont ferme</h1><div class="signature">Par Anne Rochat | 17 mars 2026, 8h05</div>
    <div>{body}</div></body></html>"""
    article = extract(html)
    assert article.title == "Le pont ferme"
    assert article.authors == ("Anne Rochat",)
    assert article.published is not None
    assert article.published.value == datetime(2026, 3, 17, 7, 5, tzinfo=UTC)
    assert article.text.startswith("La mairie")


def test_a_body_that_stands_in_json_alone() -> None:
    text = "\n".join(
        paragraph.replace('<a href="/dossiers/rapport.html">', "").replace("</a>", "") for paragraph in PARAGRAPHS
    )
    graph = {"@type": "NewsArticle", "headline": "Le pont ferme", "articleBody": text}
    script = f'<script type="application/ld+json">{json.dumps(graph)}</script>'
    article = extract(f"<html><head>{script}</head><body><h1>Le pont ferme</h1><div id=app></div></body></html>")
    assert article.text == text


def test_a_body_in_the_state_of_a_framework() -> None:
    blocks = [{"kind": "text", "content": f"{paragraph} {'Rien de plus n’a été dit.' * 3}"} for paragraph in PARAGRAPHS]
    state = {"page": {"title": "Le pont", "blocks": blocks}}
    script = f"<script>window.__STATE__ = {json.dumps(state)};</script>"
    article = extract(f"<html><body><h1>Le pont ferme</h1><div id=app></div>{script}</body></html>")
    assert article.text.count("\n") == 3
    assert "un rapport remis en février" in article.text


@pytest.mark.parametrize(
    ("broken", "headline"),
    [
        ('{"@type": "NewsArticle", "headline": "Virgule de trop",}', "Virgule de trop"),
        ('<!-- {"@type": "NewsArticle", "headline": "En commentaire"} -->', "En commentaire"),
        ('{"@type": "NewsArticle", "headline": "Saut\nde ligne"}', "Saut de ligne"),
        ("{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;Entités&quot;}", "Entités"),
    ],
)
def test_broken_json_ld_is_mended_where_that_is_safe(broken: str, headline: str) -> None:
    html = f'<html><head><script type="application/ld+json">{broken}</script></head><body><p>x</p></body></html>'
    assert extract(html).title == headline


@pytest.mark.parametrize(
    ("declared", "counts"),
    [
        ("https://m.gazette-du-lac.example/politique/pont?utm_source=x", True),
        ("https://www.gazette-du-lac.example/", False),
        ("https://agence.example/pont", False),
        ("https://[", False),
    ],
)
def test_a_declared_canonical_counts_on_the_same_domain_only(declared: str, counts: bool) -> None:
    html = page().replace("https://www.gazette-du-lac.example/politique/pont-ferme", declared)
    article = extract(html)
    assert (article.canonical_url == "https://www.gazette-du-lac.example/politique/pont") is counts
    if not counts:
        assert article.canonical_url == URL


@pytest.mark.parametrize(
    ("body", "headers", "charset"),
    [
        (page().encode(), {}, "utf-8 (guess)"),
        (page().encode(), {"Content-Type": "text/html; charset=iso-8859-1"}, "utf-8 (guess)"),
        (page().encode("cp1252", "replace"), {"content-type": "text/html; charset=windows-1252"}, "cp1252 (header)"),
        (page(head='<meta charset="windows-1252">').encode("cp1252", "replace"), {}, "cp1252 (meta)"),
        (page().encode("utf-16"), {}, "utf-16-le (byte order mark)"),
        (page(head='<meta charset="utf-8">').encode(), {}, "utf-8 (meta)"),
    ],
)
def test_the_charset_that_was_used_is_recorded(body: bytes, headers: dict[str, str], charset: str) -> None:
    article = extract_article(body, URL, headers, FETCHED, SOURCE)
    assert article.charset == charset
    assert "fermé trois semaines" in article.text


@pytest.mark.parametrize(
    ("codec", "language", "text"),
    [
        ("cp1250", "pl", "Ministerstwo ogłosiło, że szpitale są gotowe na zimę, a lekarze dostaną dodatek."),
        ("cp1254", "tr", "Bakanlık hastanelerin kışa hazır olduğunu açıkladı, başbakan şehri ziyaret edecek."),
        ("cp1252", "fr", "Le ministère a annoncé que les hôpitaux étaient prêts et que le maire viendrait."),
        ("shift_jis", "ja", "厚生労働省は病院が冬に備えていると発表した。首相は明日この都市を訪れる予定だ。"),
        ("gb18030", "zh", "卫生部表示，各医院已为冬季做好准备。总理明天将访问该市，并会见医生。"),
        ("euc_kr", "ko", "보건복지부는 병원들이 겨울에 대비하고 있다고 밝혔다. 총리는 내일 방문한다."),
    ],
)
@pytest.mark.parametrize("header", ["text/html", "text/html; charset=iso-8859-1", "text/html; charset=utf-8"])
def test_missing_and_wrong_charsets(codec: str, language: str, text: str, header: str) -> None:
    html = f'<html lang="{language}"><body><article><p>{text * 4}</p></article></body></html>'
    article = extract_article(html.encode(codec), URL, {"Content-Type": header}, None, None)
    assert article.text == text * 4
    assert article.charset.startswith(codec)


def test_a_one_byte_charset_that_lies() -> None:
    text = "Министерство сообщило, что больницы города готовы к зиме и что врачи получат надбавки. "
    html = f"<html><title>Больницы готовы к зиме</title><body><article><p>{text * 4}</p></article></body></html>"
    article = extract_article(html.encode("cp1251"), URL, {"Content-Type": "text/html; charset=iso-8859-1"}, None, None)
    assert article.title == "Больницы готовы к зиме"
    assert article.language == "ru"


def test_what_is_not_ascii_is_looked_at_wherever_it_first_stands() -> None:
    told = "".join(
        f"<p>The mayor of Marlow said on Monday that bridge {number} stays shut.</p>" for number in range(4_000)
    )
    page = f"<html lang=en><body><h1>Bridges shut</h1>{told}<p>\u00a9 The Ledger</p></body></html>"
    assert decode(page.encode("cp1252")).charset == "cp1252 (guess)"


@pytest.mark.parametrize("filler", ["<" * 300_000, "<script " * 40_000, "<style>" * 40_000])
def test_a_guess_takes_no_time_over_tags_that_never_end(filler: str) -> None:
    begun = process_time()
    decode(f"<p>l\u2019\u00e9cole {filler}".encode("cp1252"))
    assert process_time() - begun < 10, "it took minutes"


@pytest.mark.parametrize("body", [b"", b"  \n ", b"no markup at all", bytes(range(256)) * 50, b"%PDF-1.7 <</Type /X>>"])
def test_what_is_no_page_is_refused_in_one_sentence(body: bytes) -> None:
    with pytest.raises(UnreadableFile, match="gazette-du-lac"):
        extract_article(body, URL, {}, FETCHED, SOURCE)


@pytest.mark.parametrize("opening", ["<div>", "<span>", "<b><i>", "<blockquote>", "<x-y>", "<ul><li>"])
def test_a_hundred_thousand_levels(opening: str) -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    html = f"<html><body><h1>Le pont ferme</h1>{opening * 100_000}{body}</body></html>"
    article = extract(html)
    assert "douze mille voitures" in article.text
    assert article.problems[0].stage == "extraction"


def test_a_tag_of_a_million_attributes() -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    attributes = " ".join(f'a{number}="x"' for number in range(1_000_000))
    article = extract(f"<html><body><h1>Le pont ferme</h1><div {attributes}>{body}</div></body></html>")
    assert "douze mille voitures" in article.text


def test_a_long_tag_of_few_attributes_keeps_them() -> None:
    (link,) = parse_page(f"<p><a data-state='{'x y ' * 10_000}' href='/next'>Le pont</a></p>", URL).tree.iter("a")
    assert link.get("href") == "/next"


def test_a_page_far_too_large_is_read_plainly() -> None:
    filler = "".join(
        f"<p>Le chantier numéro {number} avance comme prévu, selon la mairie de la ville.</p>"
        for number in range(31_000)
    )
    article = extract(f"<html><body><h1>Le pont ferme</h1><div>{filler}</div></body></html>")
    assert "chantier numéro 15" in article.text
    assert "too large" in article.problems[0].reason


@pytest.mark.parametrize("url", ["", "http://[", "no address", "https://x.example/%ff"])
def test_a_page_with_a_malformed_address_is_read(url: str) -> None:
    assert "douze mille voitures" in extract_article(page().encode(), url, {}, FETCHED, SOURCE).text


def test_the_plain_way_finds_the_paragraphs_too() -> None:
    article = extract_article(page().encode(), URL, {}, FETCHED, SOURCE, plain=True)
    assert "douze mille voitures" in article.text
    assert article.published is not None
    assert "plain" in article.problems[0].reason


def test_candidates_say_where_each_value_stood() -> None:
    candidates = examine(page().encode(), URL, {}, FETCHED, SOURCE).candidates
    assert {c.where for c in candidates["title"]} >= {"json-ld:headline", "h1", "title"}
    assert candidates["published"][0].value == "2026-03-17T08:05:00"
    assert [c.value for c in candidates["authors"] if c.where == "json-ld:organisation"] == ["ATS"]


def test_the_plain_extraction_reads_a_page_without_paragraphs() -> None:
    lines = [f"On day {day} the council of the town spoke about the bridge, and nobody agreed." for day in range(3, 8)]
    aside = "<div>All that the council said about the other bridge, in one long line.</div>"
    html = f"<html><body><h1>The bridge</h1><div>{'<br>'.join(lines)}</div>{aside}</body></html>"
    article = extract_article(html.encode(), "https://ledger.example/a/bridge", {}, None, None, plain=True)
    assert article.text.split("\n") == lines


POST = "<blockquote><p>Nobody crosses.</p>&mdash; Ilona Brandt (@brandt) <a href=//x.example/1>March 17, 2026</a></blockquote>"


@pytest.mark.parametrize(
    ("inside", "plain"),
    [
        # without htmldate, which takes it for the day of publishing
        ("<p>On 3 March 2020 the council was told of cracks, and it did nothing at all about them.</p>", True),
        ("<table><tr><td>2026</td><td>4 m</td></tr></table>", False),
        ("<p>The bridge was to be closed in 2026.</p>", False),
    ],
)
def test_a_date_within_the_text_is_not_that_of_the_article(inside: str, plain: bool) -> None:
    text = (
        "<p>The council of the town has closed the bridge until the spring, and nobody knows what it will cost.</p>" * 4
    )
    html = f"<html><body><article><h1>The bridge is closed</h1>{inside}{text}</article></body></html>".encode()
    assert extract_article(html, "https://ledger.example/a/bridge", {}, FETCHED, None, plain=plain).published is None


def test_a_post_that_is_quoted_does_not_date_the_article() -> None:
    html = f"<html><body><h1>The bridge is closed</h1><p>16 March 2026</p><p>So it was said:</p>{POST}</body></html>"
    published = extract_article(html.encode(), "https://ledger.example/a/bridge", {}, FETCHED, None).published
    assert published is not None
    assert published.value.date().isoformat() == "2026-03-16"


def test_marks_of_direction_hide_no_paragraph() -> None:
    lines = ["أغلقت مدينة فلمورا جسرها القديم \u200fBBC\u200f (2026) بعد العثور على شقوق في أعمدته."]
    lines += [
        "وقالت رئيسة البلدية إن أحدا لن يعبر حتى تتأكد من سلامته تماما.",
        "ويستخدم الجسر كل يوم نحو اثني عشر ألف شخص.",
    ]
    html = f"<html dir=rtl><body><h1>الجسر القديم مغلق حتى الربيع</h1>{''.join(f'<p>{line}</p>' for line in lines)}</body></html>"
    assert extract(html).text.split("\n") == lines
