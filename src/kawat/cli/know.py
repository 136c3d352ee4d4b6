"""`kawat who`, `when`, `check-tables`: questions to the knowledge itself."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kawat.cli.console import PublishedOn, check_date, error_console, say
from kawat.errors import InputError
from kawat.lang.check import check_tables
from kawat.look import printable
from kawat.look.known import known_lines, known_record, published_record, time_line, time_record
from kawat.model import Article, TimeMention
from kawat.read import read_path
from kawat.run.knowledge import find_times_of, infer_published, when, who

commands = typer.Typer()


class Shape(StrEnum):
    """How answers are written."""

    text = "text"
    jsonl = "jsonl"


AsShape = Annotated[Shape, typer.Option("--format", help="How to write it.")]
TableLanguage = Annotated[str, typer.Option(help="Language of the words (ISO 639-1).")]
ArticleLanguage = Annotated[
    str | None, typer.Option(help="Language of the words (ISO 639-1); of files: detected.")
]


@commands.command("who")
def who_command(
    name: Annotated[str, typer.Argument(help='A name, id, or title with a state: "Menlu Rusia".')],
    on: Annotated[str | None, typer.Option(metavar="DATE", help="On this day.")] = None,
    language: TableLanguage = "id",
    format_: AsShape = Shape.text,
) -> None:
    """Say who or what is meant by words, on a day. Exit code 1 if no table knows."""
    found = who(name, on, language)
    for known in found:
        if format_ is Shape.jsonl:
            typer.echo(json.dumps(known_record(known), ensure_ascii=False))
        else:
            typer.echo("\n".join(printable(line) for line in known_lines(known)))
    if not found:
        say(error_console(), f"{name!r} is in no table")
        raise typer.Exit(1)


@commands.command("when")
def when_command(
    text: Annotated[str | None, typer.Argument(help='Words: "Senin (15/8)".')] = None,
    published: PublishedOn = None,
    language: ArticleLanguage = None,
    file: Annotated[Path | None, typer.Option(help="List the times of this file.")] = None,
    infer: Annotated[
        Path | None, typer.Option("--infer-published", help="Say when this article appeared.")
    ] = None,
    format_: AsShape = Shape.text,
) -> None:
    """Say when is meant by words, or by those of a file; or when an article appeared, and why."""
    check_date(published)
    if [text, file, infer].count(None) != 2:
        raise typer.BadParameter("give one of TEXT, --file or --infer-published")
    if text is not None:
        _write_times(when(text, published, language or "id"), format_)
    elif file is not None:
        _list_times(str(file), language, published, format_)
    else:
        _infer(str(infer), format_)


def _write_times(times: tuple[TimeMention, ...], format_: Shape) -> None:
    for time in times:
        if format_ is Shape.jsonl:
            typer.echo(json.dumps(time_record(time), ensure_ascii=False))
        else:
            typer.echo(printable(time_line(time)))


def _list_times(file: str, language: str | None, published: str | None, format_: Shape) -> None:
    failed = False
    for item in find_times_of([file], language, published):
        if isinstance(item, tuple):
            _write_times(item[1], format_)
        else:
            say(error_console(), str(item))
            failed = True
    if failed:
        raise typer.Exit(1)


def _infer(file: str, format_: Shape) -> None:
    failed = False
    for item in read_path(file):
        if not isinstance(item, Article):
            say(error_console(), str(item))
            failed = True
            continue
        published = infer_published(item)
        if format_ is Shape.jsonl:
            typer.echo(json.dumps(published_record(item, published), ensure_ascii=False))
        else:
            typer.echo(printable(f"{published.edtf or 'unknown'}  ({published.reason})"))
    if failed:
        raise typer.Exit(1)


@commands.command("check-tables")
def check_command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder with any/, id/ ...")],
) -> None:
    """Check tables of your own: each error with file, line and column. Exit code 1 if any."""
    errors = check_tables(folder)
    for error in errors:
        typer.echo(printable(str(error)))
    if errors:
        raise InputError(str(folder), f"{len(errors)} errors in tables")
    say(error_console(), f"{folder}: no errors in tables")
