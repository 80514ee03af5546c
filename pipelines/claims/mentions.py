"""Who has been mentioned so far: what a pronoun, a surname or "the source" stands for."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.items import Attribution

from .folding import Folded
from .lexicon import BIT, Lexicon
from .noun_phrases import DETERMINER, PRONOUN, Phrase, phrase_after, text_bounds
from .sources import Verdict, classify
from .tokens import CAPITAL, INSIDE, QUOTE, WORD, Tokens

FUNCTION = DETERMINER | PRONOUN | BIT["preposition"] | BIT["clause"] | BIT["adverb"] | BIT["complementiser"]
MEMORY = 40


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody who was cited or spoken of: class, fullest text, and the lower-cased words of it."""

    attribution: Attribution
    text: str
    words: frozenset[str]


class Mentions:
    """The mentions of a document, latest last."""

    def __init__(self, folded: Folded, tokens: Tokens) -> None:
        self._folded = folded
        self._tokens = tokens
        self._cited: list[Mention] = []
        self._names = _name_runs(tokens)
        self._pseudonyms: set[str] = set()
        self.last: Mention | None = None

    def add(self, phrase: Phrase, attribution: Attribution, resolved: str) -> Mention:
        """Remember a source that was cited."""
        start, end = text_bounds(self._tokens, phrase)
        words = frozenset(self._tokens.word[place] for place in range(*phrase) if self._tokens.bits[place] & WORD)
        if resolved:
            words |= frozenset(resolved.lower().split())
        mention = Mention(attribution, resolved or self._folded.text[start:end], words)
        self._cited.append(mention)
        del self._cited[:-MEMORY]
        self.last = mention
        return mention

    def resolve(self, phrase: Phrase, verdict: Verdict, before: int) -> Mention | None:
        """The earlier mention that a source stands for, or None where it says nothing new.

        A pronoun goes to the last mention; a definite description to the last one with the same head; a name alone to
        the fullest form of it that stands before token `before`.
        """
        tokens = self._tokens
        if tokens.bits[phrase[0]] & PRONOUN:
            return self.last
        words = {tokens.word[place] for place in range(*phrase) if tokens.bits[place] & WORD}
        if words & self._pseudonyms:
            return Mention("anonymous", self._text(phrase), frozenset(words))
        if verdict.anaphoric:
            for mention in reversed(self._cited):
                if verdict.head and verdict.head in mention.words:
                    return mention
            return None
        if tokens.bits[phrase[0]] & CAPITAL and phrase[1] - phrase[0] <= 3:
            runs = [run for run in self._names.get(tokens.word[phrase[1] - 1], ()) if run[0] < before]
            full = max(runs, key=lambda run: run[1] - run[0], default=phrase)
            if full[1] - full[0] > phrase[1] - phrase[0]:
                return Mention(verdict.attribution, self._text(full), frozenset(words))
        return None

    def note_topic(self, low: int, high: int, lexicon: Lexicon) -> None:
        """Where a sentence sets in with a name, later subjects left out may mean it."""
        tokens = self._tokens
        while low < high and tokens.bits[low] & QUOTE:
            low += 1
        if low >= high or not tokens.bits[low] & CAPITAL or tokens.bits[low] & FUNCTION:
            return
        phrase = phrase_after(tokens, low, high)
        if phrase is None or tokens.marks.get(low):
            return
        if tokens.word[low] in self._pseudonyms:
            self.last = Mention("anonymous", self._text(phrase), frozenset({tokens.word[low]}))
        elif (
            phrase[1] - phrase[0] > 1
            and all(tokens.bits[place] & CAPITAL for place in range(*phrase))
            and classify(tokens, phrase, lexicon, high, low).attribution == "named"
        ):
            words = frozenset(tokens.word[place] for place in range(*phrase))
            self.last = Mention("named", self._text(phrase), words)

    def add_pseudonyms(self, low: int, high: int) -> None:
        """The names of a sentence that calls a name changed or withheld (rule 11)."""
        tokens = self._tokens
        for place in range(low, high):
            name = tokens.bits[place] & CAPITAL and not tokens.bits[place] & FUNCTION
            if name and (place == low or tokens.bits[place] & INSIDE or tokens.bits[place - 1] & (QUOTE | CAPITAL)):
                self._pseudonyms.add(tokens.word[place])

    def _text(self, phrase: Phrase) -> str:
        start, end = text_bounds(self._tokens, phrase)
        return self._folded.text[start:end]

    def full_names(self) -> list[str]:
        """The names of two words or more, in the order in which they come."""
        runs = sorted(run for runs in self._names.values() for run in runs)
        return [self._text(run) for run in runs]

    def is_person(self, phrase: Phrase) -> bool:
        """Is this the last word of a name of two or more words that stands in the document, or such a name itself?"""
        runs = self._names.get(self._tokens.word[phrase[1] - 1], ())
        return any(run != phrase for run in runs)


def _name_runs(tokens: Tokens) -> dict[str, list[Phrase]]:
    """The runs of two to five capitals of a document, by their last word, each length once."""
    names: dict[str, list[Phrase]] = {}
    place, count = 0, len(tokens.bits)
    while place < count:
        if not tokens.bits[place] & CAPITAL or tokens.bits[place] & FUNCTION:
            place += 1
            continue
        end = place + 1
        while end < count and (
            tokens.bits[end] & CAPITAL or (tokens.word[end] in ("-", ".") and tokens.end[end - 1] == tokens.start[end])
        ):
            end += 1
        while not tokens.bits[end - 1] & CAPITAL:
            end -= 1
        if 2 <= end - place <= 5:
            runs = names.setdefault(tokens.word[end - 1], [])
            if all(run[1] - run[0] < end - place for run in runs):
                runs.append((place, end))
        place = end
    return names
