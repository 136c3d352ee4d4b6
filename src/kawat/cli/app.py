"""`kawat code`, `kawat explain`, `kawat languages`."""

import gc
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from kawat.errors import InputError, KawatError
from kawat.lang import languages
from kawat.look import explain as show_explanation
from kawat.look import make_writer
from kawat.run import Coded, code_paths

app = typer.Typer(
    add_completion=False, no_args_is_help=True, rich_markup_mode=None,
    help="Who did what to whom, when, and who says so: attributed events from news.",
)  # fmt: skip

Paths = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="Files, folders, or - for standard input.")
]
Language = Annotated[
    str | None, typer.Option(help="Language of the articles (ISO 639-1); detected if not given.")
]
PublishedOn = Annotated[
    str | None, typer.Option(metavar="DATE", help="Publication date where a file gives none.")
]


class Format(StrEnum):
    """What `kawat code` can write."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


def _show_version(value: bool) -> None:
    if value:
        typer.echo(f"kawat {version('kawat')}")
        raise typer.Exit


@app.callback()
def _root(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    pass


@app.command("code")
def code_command(
    paths: Paths,
    format_: Annotated[Format, typer.Option("--format", help="What to write.")] = Format.table,
    out: Annotated[Path | None, typer.Option(help="Write here, not to standard output.")] = None,
    statements: Annotated[
        bool, typer.Option("--statements", help="Write attributed statements (jsonl: as well).")
    ] = False,
    language: Language = None,
    published: PublishedOn = None,
) -> None:
    """Code articles into events. Exit code 0 only if every input was read."""
    counts: Counter[str] = Counter()
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    try:
        with _open_out(out) as file, _progress() as progress:
            task = progress.add_task("coding", total=None)
            write = make_writer(format_.value, file, statements=statements)
            for item in code_paths(paths, language, published):
                _count(item, counts, errors)
                if isinstance(item, Coded):
                    write(item)
                progress.update(task, completed=counts["articles"], events=counts["events"])
    except KeyboardInterrupt:
        errors.print("stopped; what is written so far is complete", markup=False)
        _summarise(counts, errors)
        raise typer.Exit(130) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(1) from None
    _summarise(counts, errors)
    if counts["not read"]:
        raise typer.Exit(1)


@app.command("explain")
def explain_command(
    path: Annotated[str, typer.Argument(help="One article, or - for standard input.")],
    language: Language = None,
    published: PublishedOn = None,
) -> None:
    """Show an article with every event marked in the text, and why each field is what it is."""
    failed = False
    console = Console(highlight=False, soft_wrap=True)
    for item in code_paths([path], language, published):
        if isinstance(item, Coded):
            show_explanation(item, console)
        elif isinstance(item, InputError):
            typer.echo(f"kawat: {item}", err=True)
            failed = True
    if failed:
        raise typer.Exit(1)


@app.command("languages")
def languages_command() -> None:
    """List the languages that can be read."""
    for code in languages():
        typer.echo(code)


@contextmanager
def _open_out(path: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that takes the place of `path` only when all is written."""
    if path is None:
        yield sys.stdout
        return
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            yield file
    except OSError as error:
        raise InputError(str(path), error.strerror or "cannot be written") from None
    part.replace(path)


def _progress() -> Progress:
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        TextColumn("{task.fields[events]} events"), TimeElapsedColumn(),
        console=console, transient=True, disable=not console.is_terminal,
    )  # fmt: skip


def _count(item: object, counts: Counter[str], errors: Console) -> None:
    if isinstance(item, Coded):
        counts["articles"] += 1
        counts["events"] += len(item.reports)
        counts["statements"] += len(item.statements)
        counts["sentences"] += len(item.parse.sentences)
        counts["sentences without act and party"] += item.without_candidate
        for reason, number in item.dropped.items():
            counts[reason] += number
    elif isinstance(item, InputError):
        counts["not read"] += 1
        errors.print(f"kawat: {item}", markup=False)
    else:
        counts["skipped"] += 1
        errors.print(f"kawat: skipped {item}", markup=False)


def _summarise(counts: Counter[str], errors: Console) -> None:
    shown = [f"{counts[name]} {name}" for name in ("articles", "events", "statements", "not read")]
    shown += [
        f"{n} {name}"
        for name, n in sorted(counts.items())
        if name not in {"articles", "events", "statements", "not read"} and n
    ]
    errors.print("kawat: " + ", ".join(shown), markup=False)


def main() -> None:
    """Run the command line; an error of kawat is one line on standard error, never a traceback."""
    # records are many and hold no cycles: by default all are looked through again and again
    gc.set_threshold(50_000, 20, 20)
    try:
        app()
    except KawatError as error:
        typer.echo(f"kawat: {error}", err=True)
        raise SystemExit(1) from None
