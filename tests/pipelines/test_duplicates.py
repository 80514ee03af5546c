from __future__ import annotations

import random
import string
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.duplicates import (
    MIN_TRIGRAMS,
    NEAR,
    SIGNATURE_LENGTH,
    article_id,
    bands,
    claim_id,
    claim_ids,
    fingerprint,
    likeness,
    text_hash,
)

VOCABULARY = ["".join(random.Random(n).choices(string.ascii_lowercase, k=6)) for n in range(5_000)]


def drawn(seed: int, words: int) -> list[str]:
    return random.Random(seed).choices(VOCABULARY, k=words)


def true_likeness(first: list[str], second: list[str]) -> float:
    one, other = (set(zip(words, words[1:], words[2:], strict=False)) for words in (first, second))
    return len(one & other) / len(one | other)


def test_ids_are_the_same_in_every_process() -> None:
    code = "from pipelines.duplicates import *; print(article_id('a', 'https://a.example/'), fingerprint('x ' * 9)[0])"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout.split() == [article_id("a", "https://a.example/"), fingerprint("x " * 9)[0]]


def test_ids_tell_source_and_address_apart() -> None:
    ids = {article_id("a", "b"), article_id("ab", ""), article_id("", "ab"), article_id("a", "c"), article_id("c", "b")}
    assert len(ids) == 5
    assert all(len(identity) == 20 and set(identity) <= set(string.hexdigits.lower()) for identity in ids)


def test_claim_ids_survive_punctuation_case_and_white_space() -> None:
    written = claim_id("a1", "Le ministre, dit-on, démissionne.", 0)
    assert claim_id("a1", "le ministre  dit-on démissionne", 0) == written
    assert claim_id("a1", "Le ministre, dit-on, démissionnera.", 0) != written
    assert claim_id("a2", "Le ministre, dit-on, démissionne.", 0) != written
    assert len({claim_id("0123456789", sentence, 0) for sentence in "abc"}) == 3
    assert {claim_id("0123456789", sentence, 0)[:5] for sentence in "abc"} == {"01234"}


def test_equal_sentences_of_one_text_are_counted() -> None:
    ids = claim_ids("a1", ["He left.", "She stayed.", "he left"])
    assert ids == [claim_id("a1", "He left.", 0), claim_id("a1", "She stayed.", 0), claim_id("a1", "He left.", 1)]
    assert len(set(ids)) == 3


def test_sentences_without_words_keep_ids_of_their_own() -> None:
    assert claim_id("a1", "?!", 0) != claim_id("a1", "…", 0)


def test_a_text_of_white_space_has_no_hash() -> None:
    assert fingerprint(" \n\u00a0") == ("", ())
    assert text_hash("a") != text_hash("a ")


@pytest.mark.parametrize("edits", [3, 8, 15, 40])
def test_likeness_is_near_the_true_share_of_trigrams(edits: int) -> None:
    errors = []
    for seed in range(20):
        words = drawn(seed, 400)
        other = list(words)
        for place in random.Random(seed).sample(range(400), edits):
            other[place] = f"edit{place}"
        estimate = likeness(fingerprint(" ".join(words))[1], fingerprint(" ".join(other))[1])
        errors.append(estimate - true_likeness(words, other))
    assert abs(sum(errors) / len(errors)) < 0.03
    assert max(map(abs, errors)) < 0.16


def test_near_copies_share_a_band() -> None:
    found = 0
    for seed in range(100):
        words = drawn(seed, 500)
        cut = words[:400]  # a tail of a fifth cut: likeness .8
        first, second = (fingerprint(" ".join(text))[1] for text in (words, cut))
        found += bool(set(bands(first)) & set(bands(second))) and likeness(first, second) >= NEAR
    assert found >= 99


def test_texts_of_their_own_are_not_alike() -> None:
    signatures = [fingerprint(" ".join(drawn(seed, 300)))[1] for seed in range(60)]
    pairs = [likeness(one, other) for place, one in enumerate(signatures) for other in signatures[:place]]
    assert max(pairs) < 0.1


def test_short_texts_have_no_signature() -> None:
    assert fingerprint("Subscribe to read on. Already a subscriber? Sign in.")[1] == ()
    assert fingerprint("goal " * 500)[1] == ()
    words = drawn(1, MIN_TRIGRAMS + 2)
    assert len(fingerprint(" ".join(words))[1]) == SIGNATURE_LENGTH
    assert fingerprint(" ".join(words[:-1]))[1] == ()


def test_scripts_without_spaces_have_signatures() -> None:
    draw = random.Random(5)
    text = "".join(chr(draw.randrange(0x4E00, 0x9FA5)) for _ in range(400))
    cut = text[:360]
    assert likeness(fingerprint(text)[1], fingerprint(cut)[1]) > 0.75


def test_quotation_marks_and_spaces_do_not_make_another_text() -> None:
    words = drawn(3, 200)
    plain = " ".join(words)
    typeset = "« " + "\u00a0".join(words[:100]) + " » — " + "\n".join(words[100:]).upper()
    assert likeness(fingerprint(plain)[1], fingerprint(typeset)[1]) > 0.97


def test_signatures_of_different_lengths_are_not_compared() -> None:
    assert likeness((), ()) == 0
    assert likeness((1, 2), (1, 2, 3)) == 0
    assert likeness((1, 2), (1, 3)) == 0.5


@given(st.text(alphabet=st.characters(), max_size=400))
def test_any_text_has_a_fingerprint(text: str) -> None:
    mark, signature = fingerprint(text)
    assert bool(mark) == bool(text.strip())
    assert len(signature) in (0, SIGNATURE_LENGTH)
    assert all(0 <= value < 2**32 for value in signature)
    assert all(-(2**63) <= key < 2**63 for key in bands(signature))
