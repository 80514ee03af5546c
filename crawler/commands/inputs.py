"""Reading the files a command is given, and going on with the others when one cannot be read."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypeVar

import typer

from crawler.commands.wording import STEERING, shown
from pipelines.errors import Failure, LanguageFault, UnreadableFile, WrongUse
from pipelines.records import Record

Name = TypeVar("Name", bound=str)
STEERED = re.compile(f"[{''.join(chr(code) for code in STEERING if code >= 32)}]")  # json escapes the others itself
ENCODER = json.JSONEncoder(ensure_ascii=False)
SHORT = 10  # characters of an id that are enough to name it


class Faults:
    """Says on stderr what went wrong with one input, lets the others go on, and knows the exit code for the end."""

    def __init__(self) -> None:
        self.exit_code = 0

    @contextmanager
    def survived(self) -> Iterator[None]:
        """Run a block for one input; a Failure in it ends this input only."""
        try:
            yield
        except Failure as failure:
            self.add(failure)

    def add(self, failure: Failure) -> None:
        """Say it and remember its exit code; wrong use outweighs a failure on the way."""
        sys.stdout.flush()
        say_failure(failure)
        self.exit_code = max(self.exit_code, failure.exit_code)

    def end(self) -> None:
        """Leave the command with the exit code."""
        if self.exit_code:
            raise typer.Exit(self.exit_code)


def say_failure(failure: Failure) -> None:
    """One failure, one line on stderr, as every command says it; it may quote what a page or a file holds."""
    said = "\n".join(map(shown, str(failure).split("\n")))
    print(f"unsourced: {said}", file=sys.stderr)  # noqa: T201


def print_record(record: Record) -> None:
    """One JSON object, one line on stdout."""
    line = ENCODER.encode(record)
    sys.stdout.write(STEERED.sub(lambda steering: f"\\u{ord(steering.group()):04x}", line) + "\n")


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """A file, or stdin for `-`, open for reading bytes. Raises UnreadableFile when it cannot be read."""
    try:
        if name == "-":
            yield sys.stdin.buffer
        else:
            with Path(name).open("rb") as file:
                yield file
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise UnreadableFile(f"{name}: cannot be read ({reason})") from error


def read_bytes(name: str, *, limit: int) -> bytes:
    """The bytes of a file, or of stdin for `-`. Raises UnreadableFile when it is missing, empty or over the limit."""
    with opened(name) as file:
        body = file.read(limit + 1)
    check_size(name, body, limit)
    return body


def check_size(name: str, body: bytes, limit: int) -> None:
    """Raises UnreadableFile when there is nothing or too much."""
    if not body:
        raise UnreadableFile(f"{name}: the file is empty")
    if len(body) > limit:
        raise UnreadableFile(f"{name}: larger than {limit // 1_000_000} MB; no article is")


def decode(name: str, body: bytes) -> str:
    """UTF-8 text, line ends as they are, so that offsets count code points of the file."""
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{name}: not UTF-8 text (byte {error.start}); convert it first") from error


def document_name(name: str) -> str:
    """How a file is called in records: its base name."""
    return Path(name).name or name


def one_of(option: str, given: list[str] | None, known: Iterable[Name]) -> tuple[Name, ...]:
    """The values given, each one of those known. Raises WrongUse naming option, value and choices."""
    choices = {str(name): name for name in known}
    for value in given or ():
        if value not in choices:
            raise WrongUse(f"{option} {value}: can be {', '.join(choices)}")
    return tuple(choices[value] for value in given or ())


def known_language(code: str) -> str:
    """The primary subtag of a language code. Raises LanguageFault when the engine does not cover it."""
    from pipelines.claims import covered

    primary = code.strip().lower().replace("_", "-").partition("-")[0]
    if primary and primary not in covered():
        raise LanguageFault(f"--language {code}: not covered; covered are {', '.join(sorted(covered()))}")
    return primary
