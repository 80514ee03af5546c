"""Imported once by the process that the workers fork from, and by nothing else: it makes ready what they all need.

This is the one module that works when it is imported, since an import is all that the fork server offers. What is
loaded here is loaded once and shared, instead of in every process and again whenever one is replaced.
"""

import gc
from contextlib import suppress

import feedparser  # noqa: F401

from crawler.extraction import extract_article
from crawler.listings import reading  # noqa: F401
from pipelines.analysis import analyse_article
from pipelines.claims import covered
from pipelines.duplicates import fingerprint
from pipelines.items import Article
from pipelines.language import detect_language
from pipelines.normalise import normalise

TEXT = (
    "The ministry said on Monday that the bridge would be closed for three weeks. Nobody was hurt in the accident. " * 5
)
PAGE = (
    f"<html><head><title>A bridge</title></head><body><article><h1>A bridge</h1><p>{TEXT}</p></article></body></html>"
)

# A mistake that shows itself here must not end the fork server: it will show itself again where it is told.
with suppress(Exception):
    normalise(extract_article(PAGE.encode(), "https://example.org/a-bridge", {}, None, None))
    detect_language(TEXT)
    fingerprint(TEXT)
for language in covered():
    with suppress(Exception):
        analyse_article(Article("", "", "", None, title=TEXT, text=TEXT, language=language))
# What is loaded here stays: the garbage collector need not look at it again, nor thereby copy its memory pages. Looking
# less often for what a page leaves behind saves an eighth of a page's time; processes are replaced before it adds up.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
