"""What terminal and HTML say alike: reasons in words, priorities as blocks, a text paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.items import Article, Sentence, Span

BLOCKS = 5


def blocks(priority: float) -> str:
    """A priority from 0 to 1 as five blocks."""
    full = round(priority * BLOCKS)
    return "▰" * full + "▱" * (BLOCKS - full)


def reasons_in_words(sentence: Sentence) -> str:
    """Why a sentence has its labels: the ground of the class, what raised or lowered the priority, the rule."""
    context, relay = sentence.context, sentence.relay
    said = (
        f"stands for {sentence.resolved}" if sentence.resolved else "",
        f"passed on by {relay.text}" if relay else "",
        f"follows a sentence from {context.speaker or f'a source that is {context.attribution}'}" if context else "",
        "public record" if sentence.record else "",
        f"links to {', '.join(sentence.evidence)}" if sentence.evidence else "",
        *sentence.reasons,
        f"[{sentence.rule}]" if sentence.rule else "",
    )
    return " · ".join(filter(None, said))


def paragraphs(article: Article) -> Iterator[list[Sentence | Span]]:
    """The text paragraph by paragraph: sentences, and as spans what lies between them and has no label."""
    sentences = sorted(article.sentences or (), key=lambda sentence: sentence.start)
    start, at = 0, 0
    for line in article.text.split("\n"):
        end, pieces = start + len(line), list[Sentence | Span]()
        here = start
        while at < len(sentences) and sentences[at].start < end:
            sentence = sentences[at]
            if article.text[here : sentence.start].strip():
                pieces.append(Span(here, sentence.start, article.text[here : sentence.start]))
            pieces.append(sentence)
            here, at = max(here, sentence.end), at + 1
        if article.text[here:end].strip():
            pieces.append(Span(here, end, article.text[here:end]))
        if pieces:
            yield pieces
        start = end + 1
