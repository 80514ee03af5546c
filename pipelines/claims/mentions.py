"""Who has been mentioned so far: what a pronoun, a surname or "the source" stands for."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.items import Attribution

from .folding import Folded
from .lexicon import BIT, Lexicon
from .noun_phrases import DETERMINER, POSSESSIVE, PRONOUN, Phrase, text_bounds
from .sources import Number, Verdict, classify, number
from .tokens import CAPITAL, INSIDE, QUOTE, WORD, Tokens

FUNCTION = DETERMINER | PRONOUN | BIT["preposition"] | BIT["clause"] | BIT["adverb"] | BIT["complementiser"]
MEMORY = 40
NOUN = 3
HEAD = 4
SPEAKERS = frozenset(["anonymous", "people", "trade", "document", "researcher", "role"])


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody who was cited or spoken of: class, fullest text, the lower-cased words of it, and its number."""

    attribution: Attribution
    text: str
    words: frozenset[str]
    number: Number = "either"


class Mentions:
    """The mentions of a document, latest last."""

    def __init__(self, folded: Folded, tokens: Tokens, lexicon: Lexicon) -> None:
        self._folded = folded
        self._tokens = tokens
        self._lexicon = lexicon
        self._cited: list[Mention] = []
        self._topics: list[Mention] = []
        self._names = _name_runs(tokens, lexicon)
        self._pseudonyms: set[str] = set()
        self.last: Mention | None = None

    def add(self, phrase: Phrase, attribution: Attribution, resolved: str) -> Mention:
        """Remember a source that was cited."""
        start, end = text_bounds(self._tokens, phrase)
        words = frozenset(self._tokens.word[place] for place in range(*phrase) if self._tokens.bits[place] & WORD)
        if resolved:
            words |= frozenset(resolved.lower().split())
        text = resolved or self._folded.text[start:end]
        mention = Mention(attribution, text, words, number(self._tokens, phrase, self._lexicon))
        self._cited.append(mention)
        del self._cited[:-MEMORY]
        self._turn_to(mention)
        return mention

    def _turn_to(self, mention: Mention) -> None:
        self._topics.append(mention)
        del self._topics[:-MEMORY]
        self.last = mention

    def agreeing(self, *, plural: bool) -> Mention | None:
        """The last one spoken of that a verb or a pronoun of this number can mean."""
        other = "singular" if plural else "plural"
        return next((mention for mention in reversed(self._topics) if mention.number != other), None)

    def resolve(self, phrase: Phrase, verdict: Verdict, before: int) -> Mention | None:
        """The earlier mention that a source stands for, or None where it says nothing new.

        A pronoun goes to the last mention; a definite description to the last one with the same head; a name alone to
        the fullest form of it that stands before token `before`.
        """
        tokens = self._tokens
        alone = phrase[1] - phrase[0] == 1 and tokens.bits[phrase[0]] & POSSESSIVE
        if tokens.bits[phrase[0]] & PRONOUN or alone:
            return (self.agreeing(plural=True) if tokens.bits[phrase[0]] & BIT["plural"] else None) or self.last
        words = {tokens.word[place] for place in range(*phrase) if tokens.bits[place] & WORD}
        if words & self._pseudonyms:
            return Mention("anonymous", self._text(phrase), frozenset(words))
        if verdict.anaphoric:
            for mention in reversed(self._cited):
                if verdict.head and (verdict.head in mention.words or self._inflected(verdict.head, mention.words)):
                    return mention
            if phrase[1] - phrase[0] != 2 or self.last is None or self.last.number != "singular":
                return None
            # the man, the soldier: what sort of person the last one spoken of is
            if self._is_known(phrase):
                cited = [mention.attribution for mention in self._cited if mention.number == "singular"]
                known = verdict.attribution == "anonymous" and "anonymous" not in cited
                return self.last if known and self.last.attribution == "named" else None
            return self.last if self.last.attribution == "anonymous" and verdict.attribution == "named" else None
        if tokens.bits[phrase[0]] & CAPITAL and phrase[1] - phrase[0] <= 3:
            runs = [run for run in self._names.get(tokens.word[phrase[1] - 1], ()) if run[0] < before]
            full = max(runs, key=lambda run: run[1] - run[0], default=phrase)
            if full[1] - full[0] > phrase[1] - phrase[0]:
                return Mention(verdict.attribution, self._text(full), frozenset(words))
        return None

    def _is_known(self, phrase: Phrase) -> bool:
        """Does a list know what sort of source this is? Else it says of the last one spoken of what he is (the man)."""
        marks = (mark for place in range(*phrase) for _, mark in self._tokens.marks.get(place, ()))
        return any(mark.rule == "sources" for mark in marks)

    def _inflected(self, head: str, words: frozenset[str]) -> bool:
        """Does one of the words begin with this one, where possessors are written behind their noun (his adviser)?"""
        return self._tokens.verb_first and len(head) > NOUN and any(word.startswith(head) for word in words)

    def note_topic(self, subject: Phrase | None, low: int, high: int) -> None:
        """Where a sentence speaks of somebody, a subject left out later may mean them. `subject` is that of the
        sentence of tokens `low` to `high`."""
        tokens = self._tokens
        if subject is None or tokens.bits[subject[0]] & PRONOUN:
            return
        words = frozenset(tokens.word[place] for place in range(*subject) if tokens.bits[place] & WORD)
        if words & self._pseudonyms:
            self._turn_to(Mention("anonymous", self._text(subject), words, "singular"))
            return
        head = self._head(subject)
        if head is None:
            return
        verdict = classify(tokens, head, self._lexicon, high, low)
        known = self.resolve(head, verdict, low)
        if known is not None:
            self._turn_to(known)
        elif head[1] - head[0] > 1 or self._is_somebody(head):
            attribution = verdict.attribution
            self._turn_to(Mention(attribution, self._text(head), words, number(tokens, head, self._lexicon)))

    def _head(self, phrase: Phrase) -> Phrase | None:
        """The name that a subject opens with, or its words up to the one that says what sort of source it is; a verb
        that the phrase took in is left behind."""
        tokens, (start, end) = self._tokens, phrase
        if tokens.verb_first:
            return phrase if self._is_somebody(phrase) else None
        if not tokens.bits[start] & FUNCTION and not tokens.marks.get(start):
            place = start
            while place < end and tokens.bits[place] & CAPITAL:
                place += 1
            return (start, place) if place > start else None
        for place in range(start, min(start + HEAD, end)):
            for after, mark in tokens.marks.get(place, ()):
                if mark.rule == "sources" and mark.type in SPEAKERS:
                    while after < end and tokens.bits[after] & CAPITAL:
                        after += 1
                    return start, after
        return None

    def _is_somebody(self, phrase: Phrase) -> bool:
        """A person by office or unnamed, or a document: what the heads of the phrase say."""
        return any(
            mark.rule == "sources" and mark.type in SPEAKERS
            for place in range(*phrase)
            for _, mark in self._tokens.marks.get(place, ())
        )

    def add_pseudonyms(self, low: int, high: int) -> None:
        """The names of a sentence that calls a name changed or withheld (rule 11)."""
        tokens = self._tokens
        for place in range(low, high):
            if not self._lexicon.script.cased and place > low and tokens.word[place] == "(":
                self._pseudonyms.add(tokens.word[place - 1])
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


def _name_runs(tokens: Tokens, lexicon: Lexicon) -> dict[str, list[Phrase]]:
    """The runs of two to five capitals of a document, by their last word, each length once."""
    names: dict[str, list[Phrase]] = {}
    end, count = 0, len(tokens.bits)
    named = CAPITAL | FUNCTION
    for place in [at for at, bit in enumerate(tokens.bits) if bit & named == CAPITAL]:
        if place < end:
            continue
        end = place + 1
        while (
            end < count
            and (tokens.bits[end] & CAPITAL or _joins_names(tokens, end, lexicon))
            and "\n" not in tokens.low[tokens.end[end - 1] : tokens.start[end]]
        ):
            end += 1
        while not tokens.bits[end - 1] & CAPITAL:
            end -= 1
        if 2 <= end - place <= 5:
            runs = names.setdefault(tokens.word[end - 1], [])
            if all(run[1] - run[0] < end - place for run in runs):
                runs.append((place, end))
    return names


def _joins_names(tokens: Tokens, place: int, lexicon: Lexicon) -> bool:
    """The hyphen of a double name, or the full stop of an initial or a title (J. Dupont, Sen. Lowell)."""
    if tokens.end[place - 1] != tokens.start[place]:
        return False
    before = tokens.word[place - 1]
    short = len(before) == 1 or f"{before}." in lexicon.abbreviations
    return tokens.word[place] == "-" or (tokens.word[place] == "." and short)
