"""Articles whose sentences are labelled by hand, and a store that holds them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pipelines.analysis import headline_claim
from pipelines.duplicates import article_id, fingerprint
from pipelines.items import Article, Attribution, Context, Kind, Moment, Sentence, Source, Span
from pipelines.stores import open_store

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script> \x1b]0;owned\x07"


def sentence(
    text: str,
    start: int,
    attribution: Attribution,
    priority: float,
    source: str = "",
    cue: str = "",
    context: Context | None = None,
) -> Sentence:
    """A claim at an offset, with the spans of the words that name its source and its cue."""

    def span(words: str) -> Span | None:
        if not words:
            return None
        at = start + text.index(words)
        return Span(at, at + len(words), words)

    return Sentence(
        start=start,
        end=start + len(text),
        text=text,
        claim=True,
        attribution=attribution,
        rule=f"rule-{attribution}",
        source=span(source),
        cue=span(cue),
        context=context,
        priority=priority,
        reasons=("a number",),
    )


def article(
    outlet: str,
    slug: str,
    title: str,
    *labelled: tuple[str, Attribution, float, str, str],
    language: str = "en",
    kind: Kind = "news",
    copy_of: str = "",
    scheme: str = "https",
) -> Article:
    """An article of one paragraph a sentence; each is (text, class, priority, source, cue)."""
    sentences, start = [], 0
    for text, attribution, priority, source, cue in labelled:
        sentences.append(sentence(text, start, attribution, priority, source, cue))
        start += len(text) + 1
    text = "\n".join(one.text for one in sentences)
    text_hash, signature = fingerprint(text)
    return Article(
        source_id=outlet,
        url=f"{scheme}://{outlet}.example/{slug}",
        canonical_url=f"{scheme}://{outlet}.example/{slug}",
        fetched=NOW,
        title=title,
        text=text,
        published=Moment(NOW, "minute", "stated", "raw", "json-ld:datePublished"),
        language=language,
        kind=kind,
        copy_of=copy_of,
        likeness=1.0 if copy_of else 0.0,
        text_hash=text_hash,
        signature=signature,
        sentences=tuple(sentences),
        engine_version="7",
        language_version="3",
    )


def with_headline(one: Article) -> Article:
    """The article with its title as the claim that it is."""
    return replace(one, headline=headline_claim(one.title, one.sentences or (), one.language))


CANAL = article(
    "harbour",
    "canal",
    "The canal",
    ("The canal will close on Monday, an official said.", "anonymous", 0.9, "an official", "said"),
    ("Nine barges sank in one night.", "none", 0.8, "", ""),
    ("Observers expect more to come.", "vague", 0.6, "Observers", "expect"),
    ("Two crews reportedly fled.", "hearsay", 0.55, "", "reportedly"),
    ("The company employs forty people, its director Ann Moor said.", "named", 0.9, "its director Ann Moor", "said"),
    *(
        (
            f"Lock {lock} of the canal, built in the year {1790 + lock}, holds up to {300 + lock} boats.",
            "none",
            0.2,
            "",
            "",
        )
        for lock in range(1, 9)
    ),
)
HOSTILE_ARTICLE = article(
    "rumour",
    "hostile",
    f"Title {HOSTILE}",
    (f"They say {HOSTILE} that a mill burned.", "vague", 0.7, "They", "say"),
    language="tr",
    scheme="javascript",
)
HEADLINE = with_headline(
    article(
        "echo",
        "stolen",
        "Three ministers stole the harbour money",
        ("Three ministers stole the harbour money, an official said.", "anonymous", 0.9, "an official", "said"),
    )
)
ARABIC = article(
    "almasar",
    "harbour",
    "إغلاق الميناء",
    ("قال شهود إن الميناء أغلق ليلا.", "anonymous", 0.75, "شهود", "قال"),
    language="ar",
)
OBITUARY = article("harbour", "farewell", "A farewell", ("Nine died.", "none", 1.0, "", ""), kind="obituary")


def fill(path: Path, *more: Article) -> Path:
    """Make a store with the articles above, a copy of the first one, and more."""
    with open_store(path) as store:
        names = {"harbour": "Harbour Post", "rumour": "The Rumour", "almasar": "المسار", "echo": "Echo"}
        store.save_sources(
            Source(id=key, name=name, home=f"https://{key}.example/", country="GB", languages=("en",), timezone="UTC")
            for key, name in names.items()
        )
        run = store.start_run(NOW)
        for one in (CANAL, HOSTILE_ARTICLE, ARABIC, OBITUARY, copied(), *more):
            store.save_article(one, one.url, run, NOW)
        store.finish_run(run, NOW, {})
    return path


def copied() -> Article:
    """The canal story as another outlet carries it."""
    labels = [(one.text, one.attribution, one.priority, "", "") for one in CANAL.sentences or ()]
    return article("echo", "canal-too", "Canal to close", *labels, copy_of=article_id(CANAL.source_id, CANAL.url))
