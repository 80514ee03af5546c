"""`unsourced analyse`: plain text in, labelled sentences out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, get_args

import typer

from crawler.commands.inputs import Faults, decode, document_name, known_language, opened, print_record, read_bytes
from pipelines.errors import Failure, UnreadableFile
from pipelines.items import Kind

SIZE_LIMIT = 20_000_000  # bytes of one plain text: hundreds of times the longest article


@dataclass(frozen=True, slots=True)
class Document:
    """One text to analyse; an empty language is detected."""

    id: str | int
    text: str
    title: str = ""
    language: str = ""
    kind: Kind = "news"


def analyse(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="UTF-8 text files; - is standard input.")],
    language: Annotated[
        str, typer.Option(metavar="CODE", help="ISO 639-1 code of the texts; detected text by text when not given.")
    ] = "",
    jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl", help="The files hold JSON objects, one a line: id, text; title, language and kind if known."
        ),
    ] = False,
) -> None:
    """Label every sentence of plain texts.

    Claim or not, who vouches for it, flagged or not. Prints one JSON object a sentence. Offsets are code points of
    the file as it is; nothing is normalised.

    Example: unsourced analyse --language fr article.txt
    """
    faults = Faults()
    language = known_language(language)
    for name in files:
        with faults.survived():
            documents = read_jsonl(name, faults) if jsonl else read_text(name)
            for document in documents:
                with faults.survived():
                    print_document(document, document.language or language)
    faults.end()


def read_text(name: str) -> Iterator[Document]:
    """The one document of a plain text file."""
    text = decode(name, read_bytes(name, limit=SIZE_LIMIT))
    yield Document("-" if name == "-" else document_name(name), text)


def read_jsonl(name: str, faults: Faults) -> Iterator[Document]:
    """The documents of a JSONL file; a line that holds none is said and left out."""
    with opened(name) as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                with faults.survived():
                    place = f"{name}, line {number}"
                    yield document_from(decode(place, line), place)


def document_from(line: str, place: str) -> Document:
    """A document from a JSON object. Raises UnreadableFile naming place, key and value."""
    try:
        found: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"{place}: not JSON ({error})") from error
    if not isinstance(found, dict) or not isinstance(found.get("id"), str | int):
        raise UnreadableFile(f"{place}: each line must be an object with `id` (text or whole number) and `text`")
    fields = {key: found[key] for key in ("text", "title", "language", "kind") if found.get(key) is not None}
    for key, value in fields.items():
        if not isinstance(value, str):
            raise UnreadableFile(f"{place}: `{key}` must be text, not {value!r}")
    if "text" not in fields:
        raise UnreadableFile(f"{place}: `text` is missing")
    if fields.get("kind", "news") not in get_args(Kind):
        raise UnreadableFile(f"{place}: `kind` is {fields['kind']!r}; it can be {', '.join(get_args(Kind))}")
    return Document(found["id"], **fields)


def print_document(document: Document, language: str) -> None:
    """Print the labelled sentences of one document, or one record with `error`; raises Failure after the latter."""
    from pipelines.claims import ENGINE_VERSION, analyse_text, covered, language_version
    from pipelines.policy import flagged
    from pipelines.records import sentence_record

    if not language:
        from pipelines.language import detect_language

        language = detect_language(document.text).code
    code = language.lower().partition("-")[0]
    sentences = analyse_text(document.text, code, document.title)
    if sentences is None:
        why = "the language could not be told" if code == "und" else f"language {code} is not covered"
        error = f"{why}; covered are {', '.join(sorted(covered()))}"
        print_record({"doc": document.id, "start": 0, "end": 0, "text": "", "language": code, "error": error})
        raise Failure(f"{document.id}: {error}; --language CODE decides")
    versions = {"engine": ENGINE_VERSION, "language": language_version(code)}
    for sentence in sentences:
        print_record(
            {
                "doc": document.id,
                "language": code,
                **sentence_record(sentence),
                "flagged": flagged(sentence, document.kind),
                "versions": versions,
            }
        )
    sys.stdout.flush()  # whoever feeds documents through a pipe waits for the answer to each
