"""Language files: what a valid one compiles to, and a clear word for every mistake."""

import pytest

from pipelines.claims.language_file import covered, load, read
from pipelines.claims.lexicon import BIT
from pipelines.errors import LanguageFault

HEAD = 'code = "xx"\nname = "Exish"\nversion = "7"\n'
SCRIPT = '[script]\nquotes = ["«»"]\nabbreviations = "m. dr."\n'
WORDS = '[words]\ndefinite = "la"\npreposition = "in la"\n'
LISTS = '[lists]\nsay = "dice dicen"\n'
PARADIGM = '[paradigms.er]\nfinite = "- e ent"\nparticiple = "é"\n'
TRADES = '[paradigms.eur]\nnoun = "- s"\n[trades.people]\neur = "eur"\n'
VERB = """[[rule]]
id = "say"
type = "verb"
frames = "that quote"
verbs.er = "affirm"
forms = [{finite = "dit"}]
match = ["Ana dit que la casa arde."]
miss = ["La casa arde."]
"""
PHRASE = """[[rule]]
id = "according"
type = "according"
phrases = ["segund", "ce que {say}"]
match = ["Segund Ana, la casa arde."]
miss = ["La casa arde."]
"""
SOURCES = '[sources]\nanonymous = ["source[s]"]\n'
PRIORITY = '[priority]\ndeath = "mort*"\n'
PARTS = {
    "HEAD": HEAD, "SCRIPT": SCRIPT, "WORDS": WORDS, "LISTS": LISTS, "PARADIGM": PARADIGM, "TRADES": TRADES,
    "VERB": VERB, "PHRASE": PHRASE, "SOURCES": SOURCES, "PRIORITY": PRIORITY,
}  # fmt: skip


def with_part(part: str, old: str, new: str) -> str:
    """A whole language file with one change in one of its parts."""
    assert old in PARTS[part]
    return "".join(text.replace(old, new, 1) if name == part else text for name, text in PARTS.items())


def test_a_valid_file() -> None:
    compiled = read("".join(PARTS.values()), "xx.toml")
    assert (compiled.code, compiled.name, compiled.version) == ("xx", "Exish", "7")
    assert compiled.bits["la"] == BIT["definite"] | BIT["preposition"]
    assert compiled.abbreviations == {"m.", "dr."}
    forms = {form: types for form, entries in compiled.verbs.items() for _, types in entries}
    assert forms == {
        "affirm": {"finite"}, "affirme": {"finite"}, "affirment": {"finite"}, "affirmé": {"participle"},
        "dit": {"finite"},
    }  # fmt: skip
    assert [(e.rule, e.matches) for e in compiled.examples] == [
        ("say", True), ("say", False), ("according", True), ("according", False),
    ]  # fmt: skip
    assert compiled.trades == (("people", ("eur", "eurs")),)
    found = [phrase.meaning.type for phrase in compiled.phrases.beginning("ce") if phrase.is_word("ce que dicen")]
    assert found == ["according"]


MISTAKES = [
    ("HEAD", 'name = "Exish"', 'nom = "Exish"', ("nom", "Exish")),
    ("HEAD", 'name = "Exish"\n', "", ("name",)),
    ("HEAD", 'version = "7"', "version = 7", ("version", "7")),
    ("HEAD", 'code = "xx"', 'code = "x', ("TOML",)),
    ("SCRIPT", "quotes", "quotations", ("script.quotations",)),
    ("SCRIPT", 'quotes = ["«»"]', "quotes = []", ("script.quotes",)),
    ("SCRIPT", '"«»"', '"«»!"', ("script.quotes", "«»!")),
    ("SCRIPT", 'quotes = ["«»"]\n', "", ("script.quotes",)),
    ("SCRIPT", '"m. dr."', "12", ("script.abbreviations", "12")),
    ("SCRIPT", "abbreviations", 'elision = "yes"\nabbreviations', ("script.elision", "yes")),
    ("SCRIPT", "abbreviations", "ignored = 3\nabbreviations", ("script.ignored", "3")),
    ("SCRIPT", "abbreviations", 'equivalents = {ab = "c"}\nabbreviations', ("script.equivalents.ab", "c")),
    ("SCRIPT", "abbreviations", 'equivalents = "ab"\nabbreviations', ("script.equivalents", "ab")),
    ("WORDS", "definite", "definitive", ("words.definitive", "la")),
    ("WORDS", '"la"', '["la"]', ("words.definite", "['la']")),
    ("LISTS", '"dice dicen"', "5", ("lists.say", "5")),
    ("PARADIGM", "participle", "participation", ("participation",)),
    ("PARADIGM", '"é"', "1", ("paradigms.er.participle", "1")),
    ("TRADES", "people", "persons", ("trades.persons",)),
    ("TRADES", "eur =", "er =", ("trades.people.er", "eur")),
    ("TRADES", '"eur"', "3", ("trades.people.eur", "3")),
    ("VERB", 'type = "verb"', 'type = "verbs"', ("say", "type", "verbs")),
    ("VERB", 'type = "verb"\n', "", ("say", "type")),
    ("VERB", 'id = "say"\n', "", ("id",)),
    ("VERB", 'id = "say"', "id = 5", ("id", "5")),
    ("VERB", '"that quote"', '"that quotation"', ("say", "frames", "that quotation")),
    ("VERB", '"that quote"', '""', ("say", "frames")),
    ("VERB", 'frames = "that quote"\n', "", ("say", "frames")),
    ("VERB", '"that quote"', '["that"]', ("say", "frames", "['that']")),
    ("VERB", "verbs.er", "verbs.ir", ("say", "verbs.ir", "affirm")),
    ("VERB", '"affirm"', '["affirm"]', ("say", "verbs.er", "['affirm']")),
    ("VERB", 'verbs.er = "affirm"', 'verbs = "affirm"', ("say", "verbs", "affirm")),
    ("VERB", "{finite", "{finit", ("say", "finit")),
    ("VERB", '[{finite = "dit"}]', '"dit"', ("say", "forms", "dit")),
    ("VERB", '{finite = "dit"}', "{finite = 2}", ("say", "forms.finite", "2")),
    ("VERB", "match", 'then = "(a"\nmatch', ("say", "then", "(a")),
    ("VERB", "match", "then = 4\nmatch", ("say", "then", "4")),
    ("VERB", "match", "particle = 4\nmatch", ("say", "particle", "4")),
    ("VERB", 'match = ["Ana dit que la casa arde."]\n', "", ("say", "match")),
    ("VERB", 'miss = ["La casa arde."]', "miss = []", ("say", "miss")),
    ("VERB", 'miss = ["La casa arde."]', 'miss = "La casa arde."', ("say", "miss", "La casa arde.")),
    ("VERB", 'miss = ["La casa arde."]', 'miss = [" "]', ("say", "miss")),
    ("VERB", "match", 'note = "x"\nmatch', ("say", "note", "x")),
    ("PHRASE", 'id = "according"', 'id = "say"', ("id", "say")),
    ("PHRASE", 'phrases = ["segund", "ce que {say}"]\n', "", ("according", "phrases")),
    ("PHRASE", '"segund"', '"segund (de"', ("according", "phrases", "segund (de")),
    ("PHRASE", '"segund"', '"segund ]"', ("according", "phrases", "segund ]")),
    ("PHRASE", '"segund"', '"[segund]"', ("according", "phrases", "[segund]")),
    ("PHRASE", '"segund"', '"… segund"', ("according", "phrases", "… segund")),
    ("PHRASE", '"segund"', '"se* gund"', ("according", "phrases", "se* gund")),
    ("PHRASE", "{say}", "{tell}", ("according", "phrases", "tell")),
    ("PHRASE", '["segund", "ce que {say}"]', "[3]", ("according", "phrases", "3")),
    ("SOURCES", "anonymous", "nameless", ("sources.nameless",)),
    ("SOURCES", '"source[s]"', '"source ("', ("sources.anonymous", "source (")),
    ("PRIORITY", "death", "dying", ("priority.dying", "mort*")),
    ("PRIORITY", '"mort*"', "0.5", ("priority.death", "0.5")),
]


@pytest.mark.parametrize(("part", "old", "new", "named"), MISTAKES)
def test_every_mistake_names_file_key_and_value(part: str, old: str, new: str, named: tuple[str, ...]) -> None:
    with pytest.raises(LanguageFault) as fault:
        read(with_part(part, old, new), "xx.toml")
    for word in ("xx.toml", *named):
        assert word in str(fault.value)


@pytest.mark.parametrize("table", ["script", "words", "lists", "paradigms", "trades", "rule", "sources", "priority"])
@pytest.mark.parametrize("value", ['"text"', "3", "[3]"])
def test_a_table_that_is_none(table: str, value: str) -> None:
    others = "" if table == "script" else SCRIPT
    with pytest.raises(LanguageFault, match=rf"xx\.toml: {table}"):
        read(f"{HEAD}{table} = {value}\n{others}", "xx.toml")


def test_an_empty_file() -> None:
    with pytest.raises(LanguageFault, match=r"xx\.toml: code"):
        read("", "xx.toml")


def test_a_language_without_a_file() -> None:
    with pytest.raises(LanguageFault, match="'xx'"):
        load("xx")


@pytest.mark.parametrize("code", ["../fr", "fr.toml", "", "FR"])
def test_a_code_is_no_path(code: str) -> None:
    with pytest.raises(LanguageFault):
        load(code)


@pytest.mark.parametrize("code", covered())
def test_every_language_file_is_valid_and_says_its_own_code(code: str) -> None:
    compiled = load(code)
    assert compiled.code == code
    assert compiled.version
    assert compiled.examples


def test_a_file_is_compiled_once() -> None:
    assert load("fr") is load("fr")
