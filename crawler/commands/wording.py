"""What all outputs say alike: reasons in words, priorities as blocks, texts that steer no terminal."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from pipelines.items import Article, Attribution, Moment, Sentence, Span

BLOCKS = 5
STEERING = (*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Code points that move a terminal's cursor, set its colours or title, or turn the direction of what follows."""
REPLACED = dict.fromkeys(STEERING, "\ufffd")
SOURCES: dict[Attribution, str] = {
    "named": "a named source",
    "anonymous": "an anonymous source",
    "vague": "a vague source",
    "hearsay": "hearsay",
    "none": "what nobody vouches for",
}


def shown(text: str) -> str:
    """A stranger's text without what would steer the terminal; as long as before, so that offsets hold."""
    return text.translate(REPLACED)


def visible(text: str) -> bool:
    """Is there anything in it to be seen? Byte order and direction marks are no more than blanks."""
    return any(character.isprintable() and not character.isspace() for character in text)


def counted(number: int, one: str, several: str = "") -> str:
    """A number with its noun; `several` is the plural where it is not formed with an s."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def blocks(priority: float) -> str:
    """A priority from 0 to 1 as five blocks."""
    full = int(priority * BLOCKS + 0.5)
    return "▰" * full + "▱" * (BLOCKS - full)


def who_vouches(sentence: Sentence) -> str:
    """The ground of the class: who is cited, and what is wrong with that."""
    source = f"“{sentence.source.text}”" if sentence.source else ""
    match sentence.attribution:
        case "named":
            return f"{source or 'the speaker'} vouches for it"
        case "anonymous":
            return f"{source or 'the source'} is not identified"
        case "vague":
            return f"{source or 'the source'} is nobody in particular"
        case "hearsay":
            return f"second hand: “{sentence.cue.text}”" if sentence.cue else "second hand, by the form of the verb"
        case "none":
            return "nobody is cited"


def site(url: str) -> str:
    """The host of an address, or the address where it has none."""
    try:
        return urlsplit(url).hostname or url
    except ValueError:  # pages link to anything
        return url


def reasons_in_words(sentence: Sentence) -> str:
    """Why a sentence has its labels: the ground of the class, what raised or lowered the priority, the rule."""
    if not sentence.claim:
        return " · ".join(("no claim", *sentence.reasons))
    context, relay = sentence.context, sentence.relay
    said = (
        who_vouches(sentence),
        f"which stands for “{sentence.resolved}”" if sentence.resolved else "",
        f"passed on by {relay.text}" if relay else "",
        f"follows {context.speaker or SOURCES[context.attribution]}" if context else "",
        "public record" if sentence.record else "",
        f"links to {', '.join(dict.fromkeys(map(site, sentence.evidence)))}" if sentence.evidence else "",
        *sentence.reasons,
        f"rule {sentence.rule}" if sentence.rule != sentence.attribution else "",
    )
    return " · ".join(filter(None, said))


def day_and_time(moment: Moment | None) -> str:
    """A moment for people, on the clock of the place it was published, no finer than what is known of it."""
    if moment is None:
        return ""
    value = moment.value
    if moment.precision == "month":
        return f"{value:%B %Y}"
    day = f"{value.day} {value:%B %Y}"
    if moment.precision == "day":
        return day
    return f"{day}, {value:%H:%M}" + (f" {value:%Z}" if moment.zone_from != "none" else "")


def paragraphs(article: Article) -> Iterator[list[Sentence | Span]]:
    """The text paragraph by paragraph: sentences, and as spans what lies between them and has no label."""
    sentences = sorted(article.sentences or (), key=lambda sentence: sentence.start)
    start, here, at = 0, 0, 0
    for line in article.text.split("\n"):
        end, pieces = start + len(line), list[Sentence | Span]()
        here = max(start, here)
        while at < len(sentences) and sentences[at].start < end:
            sentence = sentences[at]
            if visible(article.text[here : sentence.start]):
                pieces.append(Span(here, sentence.start, article.text[here : sentence.start]))
            pieces.append(sentence)
            here, at = max(here, sentence.end), at + 1
        if visible(article.text[here:end]):
            pieces.append(Span(here, end, article.text[here:end]))
        if pieces:
            yield pieces
        start = end + 1
