"""The `unsourced` command: puts the commands together and turns failures into one line and an exit code."""

from __future__ import annotations

import io
import os
import sys
from typing import Annotated

import typer

from crawler.commands.analyse import analyse
from crawler.commands.claims import claims
from crawler.commands.crawl import crawl
from crawler.commands.decide import decide
from crawler.commands.explain import explain
from crawler.commands.export import export
from crawler.commands.extract import extract
from crawler.commands.inputs import say_failure
from crawler.commands.page import page
from crawler.commands.prune import prune
from crawler.commands.report import report
from crawler.commands.show import show
from crawler.commands.sources import sources
from pipelines.errors import Failure

app = typer.Typer(
    name="unsourced",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def show_version(wanted: bool) -> None:
    """Print the version and leave."""
    if wanted:
        from importlib.metadata import version

        typer.echo(f"unsourced {version('unsourced')}")
        raise typer.Exit


@app.callback()
def unsourced(
    context: typer.Context,
    config: Annotated[
        str, typer.Option(metavar="FILE", help="Settings to read instead of unsourced.toml of this folder.")
    ] = "",
    version: Annotated[  # noqa: ARG001  its callback acts
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Watch news sites and list the claims nobody vouches for. It judges sourcing, not truth."""
    context.obj = config


for command in (crawl, claims, show, page, decide, report, export, prune, explain, analyse, extract):
    app.command()(command)


app.add_typer(sources, name="sources")


def main() -> None:
    """Run the command line; a failure, the program's own or the system's, becomes one line on stderr and its exit code.

    A reader that leaves before the end is told nothing.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # JSON is UTF-8 whatever the locale; half a surrogate pair is escaped
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        try:
            app()
        finally:
            sys.stdout.flush()  # here what cannot be written can still be told
    except Failure as failure:
        say_failure(failure)
        sys.exit(failure.exit_code)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left would be written on leaving
        if not isinstance(error, BrokenPipeError):
            place = f"{error.filename}: " if error.filename else "the output cannot be written: "
            say_failure(Failure(f"{place}{error.strerror or error}"))
        sys.exit(1)


if __name__ == "__main__":
    main()
