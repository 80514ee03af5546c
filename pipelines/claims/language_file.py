"""Language files: read, validated as a whole, and compiled once. docs/adding-a-language.md explains the format."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from functools import cache
from importlib.resources import files
from typing import Any

from pipelines.errors import LanguageFault

from .lexicon import (
    BIT,
    ENDINGS,
    FORM_TYPES,
    FRAMES,
    PRIORITY_GROUPS,
    RULE_TYPES,
    SOURCE_TYPES,
    VERB_KEYS,
    WORD_CLASSES,
    Example,
    Lexicon,
    Mark,
    Script,
    Verb,
)
from .patterns import PhraseIndex

FORMS = {form: frozenset({form}) for form in FORM_TYPES}


@cache
def covered() -> tuple[str, ...]:
    """The codes of the languages that have a file."""
    folder = files(__package__) / "languages"
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")))


@cache
def load(code: str) -> Lexicon:
    """The language file of an ISO 639-1 code. Raises LanguageFault where there is none or it has mistakes."""
    if code not in covered():
        raise LanguageFault(f"there is no language file for {code!r}; there are: {', '.join(covered())}")
    name = f"{code}.toml"
    return read((files(__package__) / "languages" / name).read_text("utf-8"), name)


def read(text: str, name: str) -> Lexicon:
    """Compile the text of a language file. Raises LanguageFault with the file's name, key and value of a mistake."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LanguageFault(f"{name}: not valid TOML: {error}") from error
    return _Compiler(name).compile(content)


def _openness(entry: tuple[Verb, frozenset[str]]) -> bool:
    """Verbs that ask for certain words beside them go before the same verb without."""
    return entry[0].then is None and not entry[0].particle


class _Compiler:
    """One pass over a language file; the lists it names are at hand for the phrases."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lists: dict[str, list[str]] = {}
        self.paradigms: dict[str, dict[str, list[str]]] = {}
        self.verbs: dict[str, list[tuple[Verb, frozenset[str]]]] = {}
        self.entries: dict[tuple[Verb, frozenset[str]], tuple[Verb, frozenset[str]]] = {}
        self.phrases: PhraseIndex[Mark] = PhraseIndex()
        self.examples: list[Example] = []
        self.fold: dict[int, str] = {}

    def fault(self, key: str, value: object, reason: str) -> LanguageFault:
        return LanguageFault(f"{self.name}: {key} = {value!r}: {reason}")

    def compile(self, content: dict[str, Any]) -> Lexicon:
        self.keys("", content, ("code", "name", "version", "script", "words", "lists", "paradigms", "trades", "rule",
                                "sources", "priority"))  # fmt: skip
        for key in ("code", "name", "version"):
            self.text(key, content.get(key))
        script = self.script(self.table("script", content.get("script", {})))
        self.fold = {ord(a): b for a, b in script.equivalents.items()}
        self.lists = {k: self.words(f"lists.{k}", v) for k, v in self.table("lists", content.get("lists", {})).items()}
        bits = self.word_classes(self.table("words", content.get("words", {})))
        self.paradigms = {
            name: {
                form: self.words(f"paradigms.{name}.{form}", endings)
                for form, endings in self.table(f"paradigms.{name}", table).items()
            }
            for name, table in self.table("paradigms", content.get("paradigms", {})).items()
        }
        trades = self.table("trades", content.get("trades", {}))
        self.keys("trades", trades, SOURCE_TYPES)
        seen: set[str] = set()
        for number, rule in enumerate(self.tables("rule", content.get("rule", []))):
            key = self.text(f"rule {number + 1}.id", rule.get("id"))
            if key in seen:
                raise self.fault("rule.id", key, "another rule has this id")
            seen.add(key)
            self.rule(key, rule)
        self.groups("sources", self.table("sources", content.get("sources", {})), SOURCE_TYPES)
        self.groups("priority", self.table("priority", content.get("priority", {})), PRIORITY_GROUPS)
        articles = BIT["definite"] | BIT["genitive"]
        function_words = BIT["definite"] | BIT["indefinite"] | BIT["pronoun"] | BIT["preposition"] | BIT["clause"]
        return Lexicon(
            **{key: content[key] for key in ("code", "name", "version")},
            script=script,
            bits=bits,
            verbs={form: tuple(sorted(entries, key=_openness)) for form, entries in self.verbs.items()},
            phrases=self.phrases,
            abbreviations=frozenset(a.lower() for a in script.abbreviations),
            starters=frozenset(word for word, bit in bits.items() if bit & function_words),
            trades=tuple((kind, self.trade(f"trades.{kind}", nouns)) for kind, nouns in trades.items()),
            openers=frozenset(word for word, bit in bits.items() if bit & function_words and not bit & articles),
            known=frozenset(bits) | frozenset(self.verbs),
            equivalents=self.fold,
            examples=tuple(self.examples),
            endings=tuple(
                (length, getattr(script, f"{name}_endings"), BIT[bit])
                for name, bit, length in ENDINGS
                if getattr(script, f"{name}_endings")
            ),
        )

    def keys(self, table: str, content: Mapping[str, object], allowed: Iterable[str]) -> None:
        for key in content:
            if key not in allowed:
                raise self.fault(f"{table}.{key}".lstrip("."), content[key], f"unknown; known are {', '.join(allowed)}")

    def table(self, key: str, value: object) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.fault(key, value, "a table is needed")
        return value

    def tables(self, key: str, value: object) -> list[dict[str, Any]]:
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            raise self.fault(key, value, "a list of tables is needed")
        return value

    def text(self, key: str, value: object) -> str:
        if not isinstance(value, str) or not value:
            raise self.fault(key, value, "a text is needed")
        return value

    def words(self, key: str, value: object) -> list[str]:
        if not isinstance(value, str):
            raise self.fault(key, value, "words with spaces between them are needed")
        return value.lower().replace("’", "'").translate(self.fold).split()

    def texts(self, key: str, value: object) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            raise self.fault(key, value, "a list of texts is needed")
        return value

    def script(self, content: dict[str, Any]) -> Script:
        known = {f.name: f for f in fields(Script)}
        self.keys("script", content, known)
        values: dict[str, Any] = {}
        for key, value in content.items():
            wanted = str(known[key].type)
            if wanted.startswith("tuple"):
                value = tuple(value.split()) if isinstance(value, str) else tuple(self.texts(f"script.{key}", value))
            elif wanted == "bool" and not isinstance(value, bool):
                raise self.fault(f"script.{key}", value, "true or false is needed")
            elif wanted == "str":
                self.text(f"script.{key}", value)
            values[key] = value
        pairs = values.get("quotes", ())
        if not pairs or any(len(pair) != 2 for pair in pairs):
            raise self.fault("script.quotes", pairs, "pairs of two characters are needed")
        for key in ("equivalents", "before_pronouns"):
            for a, b in self.table(f"script.{key}", values.get(key, {})).items():
                if len(a) != 1 or not isinstance(b, str) or len(b) != 1:
                    raise self.fault(f"script.{key}.{a}", b, "one character for one is needed")
        return Script(**values)

    def word_classes(self, content: dict[str, Any]) -> dict[str, int]:
        self.keys("words", content, WORD_CLASSES)
        bits: dict[str, int] = {}
        for name, value in content.items():
            for word in self.words(f"words.{name}", value):
                bits[word] = bits.get(word, 0) | BIT[name]
        return bits

    def trade(self, key: str, nouns: object) -> tuple[str, ...]:
        """The endings, in all cases, of nouns for people of one class."""
        endings: list[str] = []
        for name, stems in self.table(key, nouns).items():
            cases = self.paradigms.get(name, {}).get("noun")
            if cases is None:
                raise self.fault(f"{key}.{name}", stems, "a paradigm of this name with the form noun is needed")
            endings += [(stem + case).replace("-", "") for stem in self.words(f"{key}.{name}", stems) for case in cases]
        return tuple(endings)

    def rule(self, key: str, rule: dict[str, Any]) -> None:
        where = f"rule {key!r}"
        self.keys(
            where, rule, ("id", "type", "frames", "verbs", "forms", "separable", *VERB_KEYS, "phrases", "match", "miss")
        )
        if rule.get("type") not in RULE_TYPES:
            raise self.fault(f"{where}.type", rule.get("type"), f"unknown; known are {', '.join(sorted(RULE_TYPES))}")
        for name, matches in (("match", True), ("miss", False)):
            sentences = self.texts(f"{where}.{name}", rule.get(name, []))
            if not sentences:
                raise self.fault(f"{where}.{name}", rule.get(name), "at least one sentence is needed")
            self.examples += [Example(key, rule["type"], sentence, matches) for sentence in sentences]
        if rule["type"] == "verb":
            self.verb_rule(key, where, rule)
        else:
            for phrase in self.texts(f"{where}.phrases", rule.get("phrases")):
                self.phrase(f"{where}.phrases", phrase, Mark(rule["type"], key))

    def verb_rule(self, key: str, where: str, rule: dict[str, Any]) -> None:
        frames = frozenset(self.words(f"{where}.frames", rule.get("frames")))
        if not frames or frames - FRAMES:
            raise self.fault(f"{where}.frames", rule.get("frames"), f"known are {', '.join(sorted(FRAMES))}")
        then = None
        if "then" in rule:
            try:
                then = re.compile(r"[^\w.,;:!?\n]*" + self.text(f"{where}.then", rule["then"]).translate(self.fold))
            except re.error as error:
                raise self.fault(f"{where}.then", rule["then"], f"not a pattern: {error}") from error
        prepositions, origin, subjects, beside, without = (
            frozenset(self.words(f"{where}.{k}", rule.get(k, "")))
            for k in ("prepositions", "origin", "subjects", "with", "without")
        )
        if subjects - set(SOURCE_TYPES):
            raise self.fault(f"{where}.subjects", rule["subjects"], f"known are {', '.join(SOURCE_TYPES)}")
        particle = self.text(f"{where}.particle", rule["particle"]) if "particle" in rule else ""
        verb = Verb(key, frames, then, particle, prepositions, origin, subjects, beside, without)
        for paradigm, stems in self.table(f"{where}.verbs", rule.get("verbs", {})).items():
            if paradigm not in self.paradigms:
                raise self.fault(f"{where}.verbs.{paradigm}", stems, "there is no such paradigm")
            for stem in self.words(f"{where}.verbs.{paradigm}", stems):
                for form, endings in self.paradigms[paradigm].items():
                    self.forms(f"paradigms.{paradigm}", verb, form, [stem + end.strip("-") for end in endings])
        for table in self.tables(f"{where}.forms", rule.get("forms", [])):
            for form, words in table.items():
                self.forms(f"{where}.forms", verb, form, self.words(f"{where}.forms.{form}", words))
        for particle, tables in rule.get("separable", {}).items():
            apart = replace(verb, particle=particle)
            for table in tables:
                for form, words in table.items():
                    listed = self.words(f"{where}.separable.{particle}.{form}", words)
                    self.forms(f"{where}.separable.{particle}", apart, form, listed)
                    self.forms(f"{where}.separable.{particle}", verb, form, [particle + word for word in listed])

    def forms(self, key: str, verb: Verb, form: str, words: list[str]) -> None:
        if form not in FORM_TYPES:
            raise self.fault(key, form, f"unknown; known are {', '.join(FORM_TYPES)}")
        entry = (verb, FORMS[form])  # one object for all words: there are thousands
        for word in words:
            entries = self.verbs.setdefault(word, [])
            for place, (known, types) in enumerate(entries):
                if known == verb:
                    both = (verb, types | {form})
                    entries[place] = self.entries.setdefault(both, both)
                    break
            else:
                entries.append(entry)

    def groups(self, table: str, content: dict[str, Any], allowed: tuple[str, ...]) -> None:
        self.keys(table, content, allowed)
        for name, phrases in content.items():
            if isinstance(phrases, str):
                phrases = phrases.split()
            for phrase in self.texts(f"{table}.{name}", phrases):
                self.phrase(f"{table}.{name}", phrase, Mark(name, table))

    def phrase(self, key: str, phrase: str, mark: Mark) -> None:
        try:
            self.phrases.add(phrase.lower().replace("’", "'").translate(self.fold), mark, self.lists)
        except ValueError as error:
            raise self.fault(key, phrase, str(error)) from error
