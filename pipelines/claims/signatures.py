"""Signatures: who stands behind a dash under a quotation or an embedded post (rules 9 and 19)."""

from __future__ import annotations

from .candidates import Cue
from .drafts import Document, Draft
from .mentions import Mention
from .noun_phrases import AUXILIARY, DETERMINER, VERB, Phrase, is_marked
from .sources import classify
from .tokens import CAPITAL, COMMA, CUE, DASH, DIGIT, HYPHEN, INSIDE, PAREN, QUOTE, WORD

LONGEST = 16
NAME = 6
HANDLE = "@"
FINITE = AUXILIARY | VERB | CUE


def signed_within(document: Document, draft: Draft) -> Cue | None:
    """“We won” — Anna Lowell: a quotation that its signature ends, in one sentence."""
    bits = document.tokens.bits
    for dash in range(draft.high - 2, max(draft.low, draft.high - LONGEST), -1):
        if bits[dash] & INSIDE:
            return None
        if bits[dash] & DASH:
            closed = bits[dash - 1] & QUOTE and bits[dash - 1] & INSIDE
            quoted = closed and all(bits[at] & (INSIDE | QUOTE) or not bits[at] & WORD for at in range(draft.low, dash))
            signer = _signer(document, dash, draft.high) if quoted and draft.speech else None
            return Cue("verb", "signature", dash, dash + 1, signer) if signer else None
    return None


def sign(document: Document) -> None:
    """Give what stands before a signature to whoever signs: the quotation that ends there, or the post on the line
    before."""
    drafts = document.drafts
    for number, draft in enumerate(drafts):
        signer = _signer_below(document, number) if number else None
        above = None if signer else _author_above(document, number)
        if signer:
            signed = _quotation_before(drafts, number) or _post_before(document, number)
        elif above:
            signer, signed = above, [one for one in drafts[number + 1 : number + LONGEST] if _is_under(one, draft)]
        else:
            continue
        if not signed:
            continue
        verdict = classify(document.tokens, signer, document.lexicon, draft.high, draft.low)
        known = document.mentions.resolve(signer, verdict, draft.low)
        speaker = document.mentions.add(signer, verdict.attribution, known.text if known else "")
        for one in signed:
            _give(one, speaker)
        if draft.attribution != "none":
            draft.attribution, draft.rule, draft.source, draft.cue = "none", "none", None, None


def _signer_below(document: Document, number: int) -> Phrase | None:
    """Who stands behind a dash at the beginning of a sentence, or alone on the line under a quotation."""
    tokens, drafts = document.tokens, document.drafts
    draft, before = drafts[number], drafts[number - 1]
    if tokens.bits[draft.low] & (DASH | HYPHEN) and not draft.quoted:
        return _signer(document, draft.low, draft.high)
    last = number + 1 == len(drafts) or drafts[number + 1].paragraph > draft.paragraph
    under = draft.paragraph == before.paragraph + 1 and last and (before.quoted or before.opens_inside)
    if not (under and before.attribution == "none" and document.lexicon.script.cased):
        return None
    signer = _signer(document, draft.low - 1, draft.high)
    if signer is None or signer[1] - signer[0] < 2:
        return None
    named = all(tokens.bits[at] & CAPITAL or tokens.word[at] == "." for at in range(*signer))
    return signer if named and not any(tokens.word[at] == "/" for at in range(draft.low, draft.high)) else None


def _author_above(document: Document, number: int) -> Phrase | None:
    """Anna Lowell @lowell: who has posted what stands on the next line."""
    tokens, drafts = document.tokens, document.drafts
    draft = drafts[number]
    if draft.attribution != "none" or draft.high - draft.low > LONGEST:
        return None
    others = drafts[max(0, number - 1) : number] + drafts[number + 1 : number + 2]
    if HANDLE not in tokens.word[draft.low + 1 : draft.high] or any(o.paragraph == draft.paragraph for o in others):
        return None
    return _signer(document, draft.low - 1, draft.high) if tokens.bits[draft.low] & CAPITAL else None


def _is_under(draft: Draft, author: Draft) -> bool:
    return draft.paragraph == author.paragraph + 1 and draft.attribution == "none"


def _give(draft: Draft, speaker: Mention) -> None:
    draft.attribution, draft.rule, draft.speaker, draft.resolved = (
        speaker.attribution,
        "signature",
        speaker,
        speaker.text,
    )
    draft.inherited = True


def _signer(document: Document, dash: int, high: int) -> Phrase | None:
    """The name or noun phrase behind a dash, where nothing but it, what is in apposition to it and a date follow."""
    tokens, lexicon = document.tokens, document.lexicon
    bits = tokens.bits
    start = dash + 1
    if not start < high <= dash + LONGEST or not bits[start] & WORD:
        return None
    end = start
    while end < high and not bits[end] & (COMMA | PAREN | DASH) and tokens.word[end] != HANDLE:
        if bits[end] & FINITE and not bits[end] & CAPITAL:
            return None
        if tokens.word[end] == "." and end + 1 == high:
            break
        end += 1
    named = bits[start] & CAPITAL and not bits[start] & DETERMINER if lexicon.script.cased else end - start <= NAME
    known = bits[start] & (DETERMINER | CAPITAL) and is_marked(tokens, start, end)
    return (start, end) if end > start and (named or known) else None


def _quotation_before(drafts: list[Draft], number: int) -> list[Draft]:
    """The sentences of the quotation that ends right before a signature, but for those with a cue of their own."""
    last = drafts[number - 1]
    if drafts[number].paragraph - last.paragraph > 1:
        return []
    signed: list[Draft] = []
    for draft in reversed(drafts[:number]):
        if not (draft.quoted or draft.opens_inside) or last.paragraph - draft.paragraph > 1:
            break
        if draft.attribution == "none" or draft.inherited:
            signed.append(draft)
        last = draft
        if not draft.opens_inside:
            break
    return signed


def _post_before(document: Document, number: int) -> list[Draft]:
    """The sentences of the line, or of the line before, where the signature has a handle or a date."""
    tokens, drafts = document.tokens, document.drafts
    draft = drafts[number]
    if not any(tokens.word[at] == HANDLE or tokens.bits[at] & DIGIT for at in range(draft.low, draft.high)):
        return []
    paragraph = drafts[number - 1].paragraph
    if draft.paragraph - paragraph > 1:
        return []
    before = [one for one in drafts[max(0, number - LONGEST) : number] if one.paragraph == paragraph]
    return [] if any(one.attribution != "none" for one in before) else before
