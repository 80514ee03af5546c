"""Pages that stand in front of an article: bot challenges, consent pages. Pure; the marks are data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

BOT_CHALLENGE = "bot challenge"
CONSENT_PAGE = "consent page"

# Marks stand near the top; an article that writes about such pages names them further down.
LOOKED_AT = 20_000
TITLE = re.compile(rb"<title[^>]*>([^<]{0,200})", re.IGNORECASE)
CHALLENGE_TITLE = re.compile(
    rb"\s*(?:just a moment|attention required|access denied|please wait|checking your browser|are you a (?:human|robot)"
    rb"|un instant|einen moment|un momento|verifying you are human|security check|pardon our interruption|ddos-guard)",
    re.IGNORECASE,
)
CHALLENGE_MARKS = (
    b"/cdn-cgi/challenge-platform/h/",
    b"geo.captcha-delivery.com/captcha",
    b'id="px-captcha"',
    b"_Incapsula_Resource",
    b"window.awsWafCookieDomainList",
    b'id="challenge-form"',
    b'id="challenge-running"',
)
CONSENT_HOST = re.compile(r"^(?:consent|cmp|gdpr|privacy-?consent|guce|choice|zustimmung)\.")
CONSENT_PATH = re.compile(
    r"/(?:consent|cookie-?wall|cookie-?consent|gdpr-?consent|privacy-?gate|privacy-?wall|zustimmung)(?:[/.?-]|$)"
)
CONSENT_TITLE = re.compile(
    rb"cookie|consent|consentement|zustimm|einwillig|consentimiento|consentimento|avant de continuer"
    rb"|before you continue|bevor sie fortfahren|your privacy|votre vie priv|datenschutzeinstellungen|privacy settings",
    re.IGNORECASE,
)
# A page that declares an article is one, whatever its title is about.
ARTICLE_MARKS = re.compile(
    rb"\"(?:News|Reportage|Opinion|Analysis)?Article\"|\"LiveBlogPosting\"|og:type[\"'] content=[\"']article"
    rb"|<article[\s>]",
    re.IGNORECASE,
)


def barrier(status: int, url: str, headers: Mapping[str, str], body: bytes) -> str:
    """What stands at `url` (after redirects) in place of the article, or an empty string. Header names in lower case.

    A status of 202 is a challenge's: a page that is ready is never merely accepted.
    """
    top = body[:LOOKED_AT]
    if status == 202 or headers.get("cf-mitigated") == "challenge" or "x-amzn-waf-action" in headers:
        return BOT_CHALLENGE
    found = TITLE.search(top)
    title = found[1] if found else b""
    challenged = CHALLENGE_TITLE.match(title) or any(mark in top for mark in CHALLENGE_MARKS)
    if challenged and not ARTICLE_MARKS.search(body):
        return BOT_CHALLENGE
    parts = urlsplit(url)
    if CONSENT_HOST.search(parts.hostname or "") or CONSENT_PATH.search(parts.path.lower()):
        return CONSENT_PAGE
    if CONSENT_TITLE.search(title) and not ARTICLE_MARKS.search(body):
        return CONSENT_PAGE
    return ""
