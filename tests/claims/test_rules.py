"""Each rule of each language file does to its `match` sentences what its type promises, and not to its `miss` ones.

docs/adding-a-language.md says in words what is promised.
"""

from collections.abc import Callable

import pytest

from pipelines.claims import analyse_text, covered
from pipelines.claims.language_file import load
from pipelines.claims.lexicon import RULE_TYPES, Example
from pipelines.items import Sentence

Effect = Callable[[Sentence], bool]


def not_a_claim(reason: str) -> Effect:
    return lambda sentence: not sentence.claim and sentence.reasons == (reason,)


# What a sentence shows when a rule of this type is at work; the other types decide the attribution under their own id.
EFFECTS: dict[str, Effect] = {
    "backward": lambda s: s.rule == "backward-cue",
    "fixed": lambda s: s.attribution == "none",
    "subordinate": lambda s: s.attribution == "none",
    "anonymity": lambda s: s.attribution == "anonymous",
    "pseudonym": lambda s: s.attribution == "anonymous",
    "relay": lambda s: s.relay is not None,
    "record": lambda s: s.record,
    "cross_reference": not_a_claim("cross-reference"),
    "boilerplate": not_a_claim("boilerplate"),
    "reporting": not_a_claim("the author on the reporting"),
    "hypothesis": not_a_claim("hypothesis"),
    "opinion": not_a_claim("judgement"),
    "rumour": lambda sentence: sentence.attribution == "hearsay",
}
DECIDING = {
    "verb",
    "according",
    "according_after",
    "according_document",
    "own_words",
    "citing",
    "vague",
    "hearsay",
    "anonymous",
    "viewpoint",
    "insertion",
    "anaphoric",
    "locative",
    "around",
    "noun",
}
EXAMPLES = [(code, example) for code in covered() for example in load(code).examples]


def test_every_type_has_an_effect() -> None:
    assert set(EFFECTS) | DECIDING == RULE_TYPES
    assert not set(EFFECTS) & DECIDING


@pytest.mark.parametrize(
    ("code", "example"), EXAMPLES, ids=[f"{code}-{e.rule}-{'match' if e.matches else 'miss'}" for code, e in EXAMPLES]
)
def test_example(code: str, example: Example) -> None:
    sentences = analyse_text(example.text, code)
    assert sentences
    effect = EFFECTS.get(example.type, lambda sentence: sentence.rule == example.rule)
    assert any(effect(sentence) for sentence in sentences) == example.matches, sentences
