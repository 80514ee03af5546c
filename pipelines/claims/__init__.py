"""The claim engine: who vouches for each sentence of a text.

A document goes through `folding` (what a reader sees), `quotations`, `sentences`, `tokens` (what the lexicon says of
each word), `cues` and `noun_phrases` (who is cited), `sources` (which class that is), `document` (what a sentence takes
from those around it) and `labels` (`claimhood`, `priority`). Everything the engine knows of a language stands in
`languages/<code>.toml`; docs/adding-a-language.md explains it.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from pipelines.items import Link, Sentence

from .document import read_document
from .labels import label
from .language_file import covered, load

__all__ = ["ENGINE_VERSION", "analyse_text", "covered", "language_version"]

ENGINE_VERSION = "2"


def analyse_text(
    text: str, language: str, title: str = "", *, links: Sequence[Link] = (), url: str = ""
) -> tuple[Sentence, ...] | None:
    """Label every sentence of a text.

    Takes the text as it is (offsets of the result are code points into it), an ISO 639-1 code, the title as context,
    and the links of the text with the address of its page, by which links to other sites count as evidence. Gives the
    sentences in order, or None where the language is not covered. Raises LanguageFault where its file has mistakes.
    """
    if language not in covered():
        return None
    document = read_document(text, load(language), title)
    return label(document, text, links, urlsplit(url).hostname or "")


def language_version(code: str) -> str:
    """The version of a language file; raises LanguageFault where there is none."""
    return load(code).version
