"""Normal forms of texts and addresses, and spans that move along."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.items import Article, Link, Span
from pipelines.normalise import normalise, normalise_line, normalise_url


def article(text: str, standfirst: Span | None = None, *links: Link) -> Article:
    return Article(
        "s", "https://example.org/a", "https://example.org/a", None, text=text, standfirst=standfirst, links=links
    )


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("  deux\u00a0 espaces\u2009fines ", "deux espaces fines"),
        ("Minis\u00adter\u200bpräsi\u00addent", "Ministerpräsident"),
        ("e\u0301cole", "école"),
        ("l'oﬃcier trouve le ﬁl", "l'officier trouve le fil"),
        ("Le gouvernement a dÃ©cidÃ© d’Ãªtre prudent", "Le gouvernement a décidé d’être prudent"),
        ("می\u200cخواهند", "می\u200cخواهند"),
        ("SÃO PAULO", "SÃO PAULO"),
    ],
)
def test_a_line_gets_its_normal_form(line: str, wanted: str) -> None:
    assert normalise_line(line) == wanted


def test_standfirst_and_links_move_along() -> None:
    text = "Le\u00adad  mit\u00a0NBSP\n \nEin  Ab\u00adsatz mit e\u0301inem Link hier."
    standfirst = Span(0, 15, text[:15])
    at = text.index("Link")
    done = normalise(article(text, standfirst, Link("https://example.org/x", Span(at, at + 4, "Link"))))
    assert done.text == "Lead mit NBSP\nEin Absatz mit éinem Link hier."
    assert done.standfirst is not None
    assert done.standfirst.text == "Lead mit NBSP"
    assert done.links[0].span.text == "Link"
    assert done.text[done.links[0].span.start : done.links[0].span.end] == "Link"


@given(st.text(max_size=300), st.data())
def test_normalising_twice_changes_nothing_more(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    once = normalise(article(text, Span(start, end, text[start:end]), Link("u", Span(start, end, text[start:end]))))
    assert normalise(once) == once
    for span in (once.standfirst, *(link.span for link in once.links)):
        assert span is None or once.text[span.start : span.end] == span.text


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("HTTPS://Example.org:443/A?utm_source=x&b=2&a=1#top", "https://example.org/A?a=1&b=2"),
        ("https://example.org/news/story/amp/", "https://example.org/news/story"),
        ("https://example.org/news/story.amp.html", "https://example.org/news/story.html"),
        ("https://amp.example.org/story?outputType=amp", "https://www.example.org/story"),
        ("https://m.example.org/story?print=1", "https://www.example.org/story"),
        ("https://example-org.cdn.ampproject.org/c/s/example.org/story", "https://example.org/story"),
        ("https://example.org/a;jsessionid=0AF3?PHPSESSID=1", "https://example.org/a"),
        ("https://münchen.example/%c3%a4", "https://xn--mnchen-3ya.example/%C3%A4"),
        ("https://example.org", "https://example.org/"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("https://[broken", "https://[broken"),
    ],
)
def test_one_page_has_one_address(url: str, wanted: str) -> None:
    assert normalise_url(url) == wanted
    assert normalise_url(wanted) == wanted


@given(
    st.text(alphabet=st.sampled_from("abc/?&=#%;:. @é\\+~|^[]{}amp.print=1utm_x"), max_size=30) | st.text(max_size=80)
)
def test_any_address_has_a_stable_form(tail: str) -> None:
    once = normalise_url("https://example.org/" + tail)
    assert normalise_url(once) == once
