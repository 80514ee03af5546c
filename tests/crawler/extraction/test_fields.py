# ruff: noqa: E501 - a line of a page is not broken
"""Titles, bylines, kinds, agencies and boilerplate lines, each by itself."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extraction import extract_article
from crawler.extraction.authors import split_byline
from crawler.extraction.boilerplate import is_boilerplate
from crawler.extraction.kind import agency_of
from crawler.extraction.page import Candidate
from crawler.extraction.titles import choose_title, without_site
from pipelines.errors import UnreadableFile
from pipelines.normalise import normalise
from tests.crawler.extraction.test_article import FETCHED, SOURCE, page


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Hannah Cole and Colin Raistrick", ("Hannah Cole", "Colin Raistrick")),
        ("Par Claire Vasseur, envoyée spéciale", ("Claire Vasseur",)),
        ("Von Katrin Löffler und Sven Aderhold, Dresden", ("Katrin Löffler", "Sven Aderhold")),
        ("Lucía Ferrándiz y Ramón Isla", ("Lucía Ferrándiz", "Ramón Isla")),
        ("hannah.cole@ledger.example", ()),
        ("https://www.facebook.com/ledger", ()),
        ("Hannah Cole, Chief Political Correspondent", ("Hannah Cole",)),
        ("admin", ()),
        ("105092", ()),
        ("ليلى حداد", ("ليلى حداد",)),
        ("田中 太郎、鈴木 花子", ("田中 太郎", "鈴木 花子")),
        ("Anna de la Tour (texte)", ("Anna de la Tour",)),
        ("", ()),
        ("Cole, Hannah", ("Hannah Cole",)),
        ("Hannah ColeTom Pryor", ("Hannah Cole", "Tom Pryor")),
        ("Ann MacArthur Jones", ("Ann MacArthur Jones",)),
        ("Tom Pryor in Lima", ("Tom Pryor",)),
        ("Por Ana Solís, enviada especial a Lima", ("Ana Solís",)),
        ("Von unserem Redakteur Max Aderhold", ("Max Aderhold",)),
        ("Van onze correspondent Jan de Boer", ("Jan de Boer",)),
        ("Max Aderhold (dpa)", ("Max Aderhold", "dpa")),
        ("Text: Anna Huber, Fotos: Ben Maier", ("Anna Huber",)),
        ("Анна Коваль, Киев", ("Анна Коваль",)),
        ("أحمد علي - القاهرة", ("أحمد علي",)),
        ("本报记者 王强、李娜", ("王强", "李娜")),
        ("김철수 기자", ("김철수",)),
        ("hannah-cole", ()),
    ],
)
def test_names_in_a_byline(byline: str, names: tuple[str, ...]) -> None:
    assert split_byline(byline) == names


@pytest.mark.parametrize(
    ("author", "people", "organisations"),
    [
        ({"name": ["Hannah Cole", "Tom Pryor"]}, ("Hannah Cole", "Tom Pryor"), ()),
        ({"@list": [{"name": "Hannah Cole"}]}, ("Hannah Cole",), ()),
        ({"givenName": "Hannah", "familyName": "Cole"}, ("Hannah Cole",), ()),
        ({"name": {"@value": "Hannah Cole", "@language": "en"}}, ("Hannah Cole",), ()),
        (
            [{"name": "Hannah Cole"}, {"@type": "Organization", "name": "Cole & Sons"}],
            ("Hannah Cole",),
            ("Cole", "Sons"),
        ),
        ("Jean Dupré avec AFP", ("Jean Dupré",), ("AFP",)),
        ("Web Desk", ("Web Desk",), ("Web Desk",)),
        ("TNN", ("TNN",), ("TNN",)),
        ("人民网", ("人民网",), ("人民网",)),
    ],
)
def test_the_shapes_of_an_author(author: object, people: tuple[str, ...], organisations: tuple[str, ...]) -> None:
    data = json.dumps({"@type": "NewsArticle", "headline": "Bridge closed", "author": author})
    html = f"<html><head><script type=application/ld+json>{data}</script></head><body><p>x</p></body></html>"
    article = extract_article(html.encode(), "https://ledger.example/a/bridge", {}, FETCHED, None)
    assert (article.authors, article.organisations) == (people, organisations)


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Bridge closes for three weeks | Northern Ledger", "Bridge closes for three weeks"),
        ("Bridge closes for three weeks - News - Northern Ledger", "Bridge closes for three weeks"),
        ("Bridge closes for three weeks — northernledger", "Bridge closes for three weeks"),
        ("Talks fail - minister resigns", "Talks fail - minister resigns"),
        ("Northern Ledger", "Northern Ledger"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_a_title(title: str, bare: str) -> None:
    assert without_site(title, {"northern ledger"}, ["Bridge closes for three weeks"]) == bare


@pytest.mark.parametrize("site", ["Northern Ledger", "新维网", "北新聞デジタル", "جريدة الشمال", "E-Mail"])
@pytest.mark.parametrize(
    "form",
    [
        "{t} - {s}",
        "{t} | {s}",
        "{t} :: {s}",
        "{t}｜{s}",
        "{t}：{s}",
        "{t}_{s}",
        "{s} | {t}",
        "{s}: {t}",
        "{t} ({s})",
        "{t}【{s}】",
        "[{s}] {t}",
        "{t} | {s} | Politics",
    ],
)
def test_the_name_of_the_site_goes_at_either_end(form: str, site: str) -> None:
    title = "The old bridge of Velmora closes for three weeks"
    assert without_site(form.format(t=title, s=site), {site.casefold()}, []) == title


def test_a_word_with_a_hyphen_is_no_name_of_a_site() -> None:
    assert without_site("New rules for e-mail", {"mail"}, []) == "New rules for e-mail"
    assert without_site("Time-out for the bridge", {"time"}, []) == "Time-out for the bridge"


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Lire aussi : Les travaux de la gare prennent du retard", True),
        ("Lesen Sie auch: Die Bahn baut weiter", True),
        ("Foto: Katrin Löffler/dpa", True),
        ("(dpa)", True),
        ("Mis à jour le 17 mars 2026 à 18h05", True),
        ("اقرأ أيضا: الأشغال تتأخر", True),
        ("17.03.2026, 14:05 Uhr", True),
        ("Share", True),
        ("The bridge seen from the quay on Monday. Photo: Hannah Cole", True),
        ("Die Brücke am Montag. © Sven Aderhold", True),
        ("The source of the fire is not known.", False),
        ("Photographs of the bridge were shown to the court.", False),
        ("Le ministre a publié un décret le 17 mars 2026.", False),
        ("Newsletters have become a business, the editor said, and " + "the market grows. " * 15, False),
    ],
)
def test_lines_that_are_no_part_of_a_text(line: str, is_one: bool) -> None:
    assert is_boilerplate(line) is is_one


@pytest.mark.parametrize(
    ("authors", "edges", "agency"),
    [
        (("AFP",), (), "AFP"),
        (("Agence France-Presse",), (), "AFP"),
        (("dpa/lno",), (), "dpa"),
        ((), ("PARIS (AFP) - Le gouvernement a annoncé mardi une réforme.",), "AFP"),
        ((), ("LONDON, March 17 (Reuters) - Oil prices rose on Tuesday.",), "Reuters"),
        ((), ("Die Polizei ermittelt weiter. (dpa)",), "dpa"),
        ((), ("Avec AFP",), "AFP"),
        ((), ("新华社北京3月4日电 大桥星期二重新开放，市长出席了开通仪式。",), "Xinhua"),
        ((), ("Fotoğraf, AA tarafından servis edilmiştir.",), ""),
        (
            ("Claire Vasseur",),
            ("Le porte-parole a confié à l'AFP que le texte était prêt pour le vote de jeudi soir.",),
            "",
        ),
    ],
)
def test_the_agency_a_text_comes_from(authors: tuple[str, ...], edges: tuple[str, ...], agency: str) -> None:
    assert agency_of(authors, edges) == agency


LINES = (
    ("PARIS, 17 mars 2026 (AFP) - Le gouvernement a annoncé.", "AFP"),
    ("Washington (dpa) - Der Präsident hat am Dienstag", "dpa"),
    ("Berlin (dpa/bb) – Die Stadt", "dpa"),
    ("LONDON (Reuters) -The bank said", "Reuters"),
    ("NEW YORK (AP) — The mayor", "AP"),
    ("Madrid, 17 mar (EFE).- El presidente", "EFE"),
    ("MADRID, 17 Mar. (EUROPA PRESS) - El", "Europa Press"),
    ("(ANSA) - ROMA, 17 MAR - Il governo", "ANSA"),
    ("МОСКВА, 17 мар – РИА Новости. Власти", "RIA Novosti"),
    ("МОСКВА, 17 марта. /ТАСС/. Президент", "TASS"),
    ("Москва. 17 марта. INTERFAX.RU - Суд", "Interfax"),
    ("BEIJING, March 17 (Xinhua) -- The", "Xinhua"),
    ("新华社北京3月17日电（记者王强）国务院", "Xinhua"),
    ("【ソウル共同】韓国の大統領は", "Kyodo"),
    ("［ロンドン １７日 ロイター］ - 英国", "Reuters"),
    ("(서울=연합뉴스) 김철수 기자 = 정부는", "Yonhap"),
    ("القاهرة (أ ف ب) - أعلنت", "AFP"),
    ("القاهرة 17 مارس (رويترز) - قال", "Reuters"),
    ("ANKARA (AA) - Cumhurbaşkanı", "Anadolu"),
    ("NEW DELHI: (PTI) The minister", "PTI"),
    ("New Delhi, Mar 17 (PTI) The minister", "PTI"),
    ("Wien (APA) – Der Nationalrat", "APA"),
    ("Bern (sda) Der Bundesrat", "SDA"),
    ("Stockholm (TT) – Regeringen", "TT"),
    ("(ANP) - De minister", "ANP"),
    ("BRUSSEL (BELGA) - De", "Belga"),
    ("Warszawa (PAP) - Sejm", "PAP"),
    ("Lisboa, 17 mar 2026 (Lusa) – O governo", "Lusa"),
    ("Київ. 17 березня. УНІАН. Уряд", "UNIAN"),
    ("КИЇВ. 17 березня. УКРІНФОРМ. Уряд", "Ukrinform"),
    ("Text: dpa", "dpa"),
    ("Quelle: dpa, AFP", "dpa"),
    ("Source : AFP", "AFP"),
    ("Avec AFP", "AFP"),
    ("© AFP", "AFP"),
    ("(Reporting by Tom Pryor; Editing by Ada Hale)", ""),
    ("Fuente: EFE", "EFE"),
    ("Con información de AFP", "AFP"),
    ("Источник: ТАСС", "TASS"),
    ("dpa-infocom, dpa:260317-930-12345/1", "dpa"),
    ("oprac. Jan Nowak, PAP", "PAP"),
    ("ČTK", "ČTK"),
    ("MTI", "MTI"),
    ("/MTI/", "MTI"),
    ("Foto: dpa", ""),
    ("Der Sprecher sagte der dpa, man prüfe den Fall.", ""),
    ("Reuters could not reach the company for comment.", ""),
    ("The company told Reuters (AP was also present) that it would", ""),
    ("© 2026 The Associated Press. All rights reserved.", "AP"),
    ("The map shows (map) the area", ""),
    ("tap water is (tap) safe", ""),
)


@pytest.mark.parametrize(("line", "agency"), LINES)
def test_the_agency_in_a_date_line_or_signature(line: str, agency: str) -> None:
    assert agency_of((), (line,)) == agency


SEARCHED = "Northport: Bridge closed for three weeks, what drivers need to know"


@pytest.mark.parametrize(
    ("shared", "window", "twitter", "chosen"),
    [
        (
            "Three weeks without the bridge",
            "Northport bridge",
            "",
            "Three weeks without the bridge",
        ),  # a topic opens it
        ("Three weeks without the bridge", SEARCHED, "", "Three weeks without the bridge"),
        ("Northport: the bridge", SEARCHED, "", "Northport: the bridge"),
        ("Northport: the bridge", SEARCHED, SEARCHED, SEARCHED),  # one place against all others
        ("Northport: the bridge", "Northport bridge", "", SEARCHED),
        ("News and weather", SEARCHED, "", SEARCHED),  # the same on every page
        ("Three weeks without the bridge …", SEARCHED, "", SEARCHED),
    ],
)
def test_a_title_made_for_readers_goes_before_one_for_search_engines(
    shared: str, window: str, twitter: str, chosen: str
) -> None:
    stated = {
        "json-ld:headline": SEARCHED,
        "meta:og:title": shared,
        "meta:twitter:title": twitter,
        "h1": SEARCHED,
        "title": window,
    }
    assert choose_title([Candidate(value, where) for where, value in stated.items() if value]) == chosen


@pytest.mark.parametrize(
    ("path", "head", "title", "kind"),
    [
        ("/politics/bridge.html", "", "Bridge closes", "news"),
        ("/opinion/columnists/bridge.html", "", "Bridge closes", "opinion"),
        ("/deportes/futbol/bridge.html", "", "Empate en casa", "sport"),
        ("/a/bridge.html", '<meta property="article:section" content="Météo">', "Soleil demain", "weather"),
        ("/a/bridge.html", "", "Nachruf: Der Orgelbauer", "obituary"),
        ("/live/bridge.html", "", "Storm arrives", "live"),
        ("/horoscopo/aries.html", "", "Aries", "horoscope"),
        ("/communiques/x.html", "", "Nouvelle usine", "press release"),
        ("/petitions/x.html", "", "Sauvons le pont", "petition"),
        ("/kritik/x.html", "", "Ein stiller Film", "review"),
        ("/entretiens/x.html", "", "La luthière", "interview"),
        ("/programme-tv/x.html", "", "Ce soir", "programme listing"),
        ("/a/mayor-hale-interview.html", "", "Twelve years of bridges", "interview"),
        ("/a/mayor-gives-interview-on-bridge.html", "", "Bridge closes", "news"),
        ("/a/bridge-closes-live.html", "", "Bridge closes", "news"),  # "live" ends many a slug
    ],
)
def test_kinds(path: str, head: str, title: str, kind: str) -> None:
    text = "<p>Der Rat der Stadt hat am Dienstag lange beraten und danach einen Beschluss gefasst.</p>" * 2
    html = (
        f"<html><head>{head}<title>{title}</title></head><body><article><h1>{title}</h1>{text}</article></body></html>"
    )
    article = extract_article(html.encode(), f"https://ledger.example{path}", {}, FETCHED, None)
    assert article.kind == kind


SECTIONS = {
    "sport": "Sport | Deportes | Esporte | Desporto | Sports | Спорт | Спорт / Футбол | Αθλητικά | Spor | رياضة | ورزشی | ספורט | खेल | กีฬา | Thể thao | Olahraga | スポーツ | 体育 | 스포츠 | Urheilu | Sportas | Deportes/Fútbol | Voetbal | Fotbal | Piłka nożna | Íþróttir | Šport | Športy | Sporta | Cricket | Michezo | Eishockey | Ποδόσφαιρο | Labdarúgás | Sportovní",
    "opinion": "Opinion | Opinión | Opinião | Meinung | Kommentar | Débats | Tribune | Editoriali | Мнения | Колонки | Γνώμες | Απόψεις | Görüş | Yazarlar | Köşe Yazıları | رأي | مقالات | یادداشت | דעות | विचार | ความคิดเห็น | Quan điểm | Opini | オピニオン | 社説 | 观点 | 评论 | 오피니언 | 사설 | Mielipide | Vélemény | Opinie | Komentář | Názory | Opinii | Мнение | Ledare | Debatt | Debat | Leder | Kronikk | Skoðun | Kolumne | Gastbeitrag | Letters | Columnistas | Punto de vista | Editorial | Commentary | Viewpoint",
    "weather": "Weather | Wetter | Météo | El Tiempo | Meteo | Погода | Καιρός | Hava Durumu | طقس | هواشناسی | מזג אוויר | मौसम | สภาพอากาศ | Thời tiết | Cuaca | 天気 | 天气 | 날씨 | Sää | Időjárás | Pogoda | Počasí | Vremea | Времето | Vädret | Vejr | Været | Veður",
    "horoscope": "Horoscope | Horoskop | Horóscopo | Oroscopo | Гороскоп | Ζώδια | Burçlar | أبراج | הורוסקופ | राशिफल | ดูดวง | 星座 | 占い | 운세 | Horoscop | Horoskopy | Horoszkóp",
    "obituary": "Obituaries | Nachrufe | Nécrologie | Obituarios | Necrologi | Некролог | Nekrologi | وفيات | Nekrologie | Dødsfall",
    "interview": "Interview | Entretien | Entrevista | Intervista | Интервью | Інтерв’ю | Συνέντευξη | Röportaj | حوار | گفت\u200cوگو | ראיון | साक्षात्कार | สัมภาษณ์ | Phỏng vấn | Wawancara | インタビュー | 专访 | 인터뷰 | Haastattelu | Interjú | Wywiad | Rozhovor | Interviu | Интервю | Intervju",
    "review": "Reviews | Rezension | Kritik | Critiques | Reseñas | Crítica | Recensioni | Рецензии | Film Review | Book reviews | Buchkritik | Restaurant Review | Recensie | Anmeldelse | Recension | 映画評 | 书评",
    "live": "Live | Liveticker | Direct | En directo | Ao vivo | Diretta | Онлайн | Canlı | مباشر | Na żywo | Živě | Élő",
    "press release": "Press Release | Pressemitteilung | Communiqué | Nota de prensa | Comunicato stampa | Пресс-релиз | Advertorial | Sponsored | Informacja prasowa | Basın bülteni | プレスリリース | 보도자료 | بيان صحفي | Anzeige",
    "programme listing": "TV-Programm | Programme TV | Programación TV | Guida TV | Телепрограмма | Program TV | TV műsor | 番組表 | 편성표 | TV guide",
    "petition": "Petition | Pétition | Petición | Open letter | Lettre ouverte | Offener Brief | Carta abierta | Петиция",
    "news": "Politics | News | World | Wirtschaft | Panorama | Culture | Kultur | Technology | Health | Local | Economía | Mundo | Société | Общество | 国内 | 社会 | 경제 | اقتصاد | Sports Business | Education | Science | Live Music | Media | Comment is cheap | Transport | Crime | Review of politics | Weathering the storm | Ideas Festival | Commentaries on law",
}


@pytest.mark.parametrize(
    ("kind", "section"), [(kind, name) for kind, names in SECTIONS.items() for name in names.split(" | ")]
)
def test_sections_in_many_languages(kind: str, section: str) -> None:
    html = f"<html><head><meta property=article:section content='{section}'></head><body><h1>The bridge</h1><p>x</p></body>"
    article = extract_article(html.encode(), "https://ledger.example/a/bridge", {}, FETCHED, None)
    assert article.kind == kind


@pytest.mark.parametrize(
    ("last", "kind"),
    [
        ("Ada Hale is an associate professor of law at the University of Wexley.", "opinion"),
        ("Ada Hale is a reporter at the Northern Ledger.", "news"),
        ("Tom Pryor is an associate professor of law at the University of Wexley.", "news"),  # whom it quotes
    ],
)
def test_an_author_with_another_office_gives_an_opinion(last: str, kind: str) -> None:
    text = "<p>The council has closed the bridge, and nobody knows what is to become of the ferry.</p>" * 3
    html = (
        f"<html><head><meta name=author content='Ada Hale'></head><body><h1>The bridge</h1>{text}<p>{last}</p></body>"
    )
    article = extract_article(html.encode(), "https://ledger.example/a/bridge", {}, FETCHED, None)
    assert (article.authors, article.kind) == (("Ada Hale",), kind)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_mutation_of_a_page_breaks_the_extraction(data: st.DataObject) -> None:
    body = bytearray(page().encode())
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, max(len(body) - 1, 0)))
        width = data.draw(st.integers(0, 400))
        piece = data.draw(
            st.sampled_from([b"", b"<", b'"', b"\x00", b"</div>", b"<p>", b"]}", b"\xff\xfe", b"<!--", b"&#0;"])
        )
        body[start : start + width] = piece * data.draw(st.integers(1, 40))
    try:
        article = normalise(extract_article(bytes(body), "https://ledger.example/a", {}, FETCHED, SOURCE))
    except UnreadableFile:
        return
    for span in (article.standfirst, *(link.span for link in article.links)):
        assert span is None or article.text[span.start : span.end] == span.text
    assert normalise(article) == article
