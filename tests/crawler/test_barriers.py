from __future__ import annotations

import pytest

from crawler.barriers import BOT_CHALLENGE, CONSENT_PAGE, barrier

ARTICLE = b"<html><head><title>Bridge closed</title></head><body><article><p>Since Monday.</p></article></body></html>"


def page(title: str, body: str = "<p>One moment</p>") -> bytes:
    return f"<!doctype html><html><head><TITLE>{title}</TITLE></head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("status", "url", "headers", "body"),
    [
        (202, "https://a.example/1", {}, ARTICLE),
        (200, "https://a.example/1", {"cf-mitigated": "challenge"}, ARTICLE),
        (200, "https://a.example/1", {}, page("Just a moment...")),
        (200, "https://a.example/1", {}, page("News", '<div id="px-captcha"></div>')),
    ],
)
def test_challenges_are_told(status: int, url: str, headers: dict[str, str], body: bytes) -> None:
    assert barrier(status, url, headers, body) == BOT_CHALLENGE


@pytest.mark.parametrize(
    ("url", "body"),
    [
        ("https://consent.a.example/collect?to=1", page("A")),
        ("https://a.example/consent/?return=/1", page("A")),
        ("https://a.example/1", page("Vos cookies et vous")),
        ("https://a.example/1", page("Avant de continuer | A")),
    ],
)
def test_consent_pages_are_told(url: str, body: bytes) -> None:
    assert barrier(200, url, {}, body) == CONSENT_PAGE


@pytest.mark.parametrize(
    ("url", "body"),
    [
        ("https://a.example/1", ARTICLE),
        ("https://a.example/cookies-law-passed", page("Cookie law passed", "<article><p>The law</p></article>")),
        ("https://a.example/age-of-consent-debate", page("A debate")),
        ("https://a.example/1", page("Bridge", '<script type="application/ld+json">{"@type": "NewsArticle"}</script>')),
        ("https://a.example/1", b""),
        ("https://a.example/1", b"\x00\xff" * 100),
    ],
)
def test_articles_pass(url: str, body: bytes) -> None:
    assert barrier(200, url, {}, body) == ""
