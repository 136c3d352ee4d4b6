"""What the commands have in common: options, messages on standard error, progress, counts."""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from kawat.look import printable
from kawat.read import read_date

StorePlace = Annotated[
    str,
    typer.Option(
        "--store", envvar="KAWAT_STORE", metavar="PLACE",
        help="The store: a file, or postgresql://user@host/database.",
    ),
]  # fmt: skip
DEFAULT_STORE = "kawat.db"
Language = Annotated[
    str | None, typer.Option(help="Language of the articles (ISO 639-1); detected if not given.")
]
PublishedOn = Annotated[
    str | None, typer.Option(metavar="DATE", help="Publication date where a file gives none.")
]
OwnPipelines = Annotated[
    list[str] | None,
    typer.Option(
        "--pipeline", metavar="LANG=NAME",
        help="A spaCy pipeline for a language, installed or in a folder, in the place of kawat's.",
    ),
]  # fmt: skip


def read_pipelines(options: list[str] | None) -> dict[str, str]:
    """Return the values of --pipeline by language."""
    pipelines = {}
    for option in options or ():
        language, _, name = option.partition("=")
        if not language or not name:
            raise typer.BadParameter(f"{option!r} is not such as en=en_core_web_sm")
        pipelines[language] = name
    return pipelines


def check_date(published: str | None) -> None:
    """Refuse a date that cannot be read."""
    if published and read_date(published).edtf is None:
        raise typer.BadParameter(f"{published!r} is no date such as 2022-08-16 (or EDTF)")


def error_console() -> Console:
    """Return a console on standard error."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def say(errors: Console, message: str) -> None:
    """Write one line of kawat's own on standard error."""
    errors.print(printable(f"kawat: {message}"), markup=False)


def progress_bar() -> Progress:
    """Return a bar that is shown only on a terminal, with a field `events`."""
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        TextColumn("{task.fields[events]} events"), TimeElapsedColumn(),
        console=console, transient=True, disable=not console.is_terminal,
    )  # fmt: skip


def summarise(counts: Counter[str], errors: Console, always: tuple[str, ...]) -> None:
    """Write the counts in one line: those that are `always` told, then the others by name."""
    shown = [f"{counts[name]} {name}" for name in always]
    shown += [f"{n} {name}" for name, n in sorted(counts.items()) if name not in always and n]
    say(errors, ", ".join(shown))


@contextmanager
def stoppable(errors: Console, again: str) -> Iterator[None]:
    """Leave on an interruption with one line and exit code 130; a closed pipe ends quietly."""
    try:
        yield
    except KeyboardInterrupt:
        say(errors, f"stopped; {again}")
        raise typer.Exit(130) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(1) from None
