"""From what was decided of a document to its labelled sentences, with offsets into the original text."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.items import Context, Link, Sentence, Span

from .claimhood import is_claim
from .drafts import Document, Draft
from .folding import Folded
from .lexicon import BIT
from .main_subject import main_subject
from .noun_phrases import Phrase, phrase_after, text_bounds
from .priority import priority, topics
from .sources import classify
from .subjects import subject_before, verb_group_start
from .tokens import QUOTE, Tokens


def label(document: Document, original: str, links: Sequence[Link], host: str) -> tuple[Sentence, ...]:
    """The labelled sentences of a document, with offsets into the original text."""
    sentences: list[Sentence] = []
    about = topics(draft.types for draft in document.drafts)
    last: Draft | None = None
    for draft in document.drafts:
        if last is not None and last.paragraph != draft.paragraph:
            last = None
        sentences.append(_sentence(document, original, draft, last, links, host, about))
        if draft.attribution != "none":
            last = draft
    return tuple(sentences)


def _sentence(
    document: Document,
    original: str,
    draft: Draft,
    last: Draft | None,
    links: Sequence[Link],
    host: str,
    about: frozenset[str],
) -> Sentence:
    folded, tokens = document.folded, document.tokens
    start, end = folded.original(draft.start), folded.original(draft.end)
    text = folded.text[draft.start : draft.end]
    attributed = draft.attribution != "none"
    claim, reason = is_claim(text, draft, tokens, document.lexicon)
    context = None
    if not attributed and last is not None and claim:
        context = Context(last.attribution, last.resolved or (last.speaker.text if last.speaker else ""))
    evidence = tuple(link.url for link in links if start <= link.span.start < end and _foreign(link.url, host))
    record = claim and not attributed and _is_record(document, draft)
    value, reasons = (
        priority(tokens, draft, about, record=record, evidence=bool(evidence)) if claim else (0.0, (reason,))
    )
    return Sentence(
        start=start,
        end=end,
        text=original[start:end],
        claim=claim,
        attribution=draft.attribution,
        rule=draft.rule,
        source=_span(folded, tokens, draft.source, original),
        cue=_span(folded, tokens, draft.cue, original),
        resolved=draft.resolved,
        relay=_span(folded, tokens, draft.relay, original),
        context=context,
        record=record,
        quotation=draft.speech,
        evidence=evidence,
        priority=value,
        reasons=reasons,
    )


def _span(folded: Folded, tokens: Tokens, phrase: Phrase | None, original: str) -> Span | None:
    if phrase is None:
        return None
    start, end = (folded.original(offset) for offset in text_bounds(tokens, phrase))
    return Span(start, end, original[start:end])


def _foreign(url: str, host: str) -> bool:
    """Does a link lead to another site?"""
    there = url.split("//", 1)[-1].split("/", 1)[0].lower().removeprefix("www.")
    here = host.lower().removeprefix("www.")
    return "//" in url and there != here and not there.endswith("." + here)


def _is_record(document: Document, draft: Draft) -> bool:
    """A named body or person performing its own public act (section 3 of the definition)."""
    if "record" not in draft.types:
        return False
    tokens = document.tokens
    verb = draft.types["record"][0]
    if tokens.bits[verb - 1] & (BIT["clause"] | BIT["relative"] | BIT["complementiser"]) and verb > draft.low:
        return False
    subject, relative = subject_before(tokens, verb_group_start(tokens, verb, draft.low)[0], draft.low)
    if relative:
        return False
    if subject is None:
        find = main_subject if tokens.verb_first else phrase_after
        subject = find(tokens, draft.low, draft.high)
    if subject is None:
        return False
    verdict = classify(document.tokens, subject, document.lexicon, draft.high, draft.low)
    return verdict.attribution == "named" and not document.tokens.bits[subject[0]] & QUOTE
