from __future__ import annotations

from urllib.parse import quote

import pytest

from crawler.listings.section import is_article_link, read_section

HOME = "https://www.outlet.example/"
PAGE = """<html><head><title>Outlet</title></head><body>
<nav><a href="/2026/11/22/a-story-that-the-menu-names-too">A story that the menu names too</a></nav>
<header><div role="navigation"><a href="/politics/elections-and-other-matters-1234567">Elections</a></div></header>
<main>
<article><h2><a href="/2026/11/22/bridge-closed-for-weeks#comments">Bridge closed for three weeks</a></h2>
<a href="/2026/11/22/bridge-closed-for-weeks">Bridge closed for three weeks</a></article>
<h3><a href="https://north.outlet.example/the-mayor-who-would-not-resign.html">The mayor who would not resign</a></h3>
<a href="https://www.outlet.example/tag/bridges-and-tunnels-of-the-north-12345">Everything about bridges and tunnels</a>
<a href="/authors/jean-petit-de-la-montagne-12345">All articles by Jean Petit de la Montagne</a>
<a href="/videos/2026/11/22/see-the-bridge-from-above">See the bridge from above, in pictures</a>
<a href="/media/2026/11/22/bridge-plan-of-the-closure.pdf">The plan of the closure as a file</a>
<a href="https://elsewhere.example/2026/11/22/another-outlet-and-its-story">A story of another outlet, advertised</a>
<a href="/politics">Politics</a> <a href="javascript:void(0)">More</a> <a href="http://[::1">Broken</a> <a>None</a>
</main><footer><a href="/2019/01/01/terms-that-apply-to-readers-1234">The terms that apply to readers</a></footer>
</body></html>"""


def test_articles_are_found_and_nothing_else() -> None:
    content = read_section(PAGE.encode(), HOME, "text/html; charset=utf-8")
    assert [entry.url for entry in content.found] == [
        "https://www.outlet.example/2026/11/22/bridge-closed-for-weeks",
        "https://north.outlet.example/the-mayor-who-would-not-resign.html",
    ]


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/politique/article/2026/11/22/le-pont-ferme_6123456_823448.html", "Le pont fermé trois semaines"),
        ("/news/articles/c5yx2wkl4nvo", "Bridge closed for three weeks after a ship hit it"),
        ("/wirtschaft/bruecke-gesperrt-a-1f0c3dea-5b7e-4d0a-9c11-2f6f5a7d0c11", "Brücke für drei Wochen gesperrt"),
        (f"/{quote('اخبار/اغلاق-الجسر-ثلاثة-اسابيع-كاملة')}", "إغلاق الجسر ثلاثة أسابيع كاملة"),
        ("/index.php?id=1234567", "Le pont reste fermé, dit la mairie de la ville"),
    ],
)
def test_addresses_of_articles(path: str, label: str) -> None:
    assert is_article_link(f"https://outlet.example{path}", label, in_headline=False)


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/", "Home"),
        ("/politique", "Politique"),
        ("/politique/elections", "Toutes nos informations sur les élections à venir"),
        ("/tag/le-pont-de-la-riviere-12345", "Le pont de la rivière, tous les articles"),
        ("/galerie/2026/11/22/le-pont-vu-du-ciel-12345", "Le pont vu du ciel en douze images"),
        ("/newsletter", "Recevez chaque matin notre lettre"),
        ("/search?q=12345678", "More results for this and that"),
        ("/img/2026/11/22/bridge-closed-for-weeks.jpg", "Bridge closed for three weeks"),
    ],
)
def test_addresses_of_other_pages(path: str, label: str) -> None:
    assert not is_article_link(f"https://outlet.example{path}", label, in_headline=False)


@pytest.mark.parametrize("body", [b"", b"   ", b"\x00", b"<!-- a remark -->", b"<frameset>", b"<a href='\xff\xfe'>x"])
def test_hostile_pages_name_nothing(body: bytes) -> None:
    assert read_section(body, HOME, "text/html; charset=nonsense").found == ()


@pytest.mark.parametrize("base", ["http://[::1", "javascript:void(0)", ""])
def test_a_base_that_is_no_address_is_not_taken(base: str) -> None:
    body = PAGE.replace("<title>", f'<base href="{base}"><title>').encode()
    assert read_section(body, HOME, "text/html").found == read_section(PAGE.encode(), HOME, "text/html").found
