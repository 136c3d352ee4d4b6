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
from typing import Annotated, Any

import typer
from rich.console import Console

from kawat.cli.ask import commands as ask_commands
from kawat.cli.compare import commands as compare_commands
from kawat.cli.console import (
    Language,
    OwnPipelines,
    PublishedOn,
    check_date,
    progress_bar,
    read_pipelines,
    summarise,
)
from kawat.cli.corpus import Runner, Scheduler, Workers, code_into
from kawat.cli.export import commands as export_commands
from kawat.cli.judge import commands as judge_commands
from kawat.cli.know import commands as know_commands
from kawat.cli.merge import commands as merge_commands
from kawat.cli.report import commands as report_commands
from kawat.cli.resume import Journal, Output
from kawat.cli.serve import commands as serve_commands
from kawat.cli.store import commands as store_commands
from kawat.cli.train import train_app
from kawat.errors import InputError, KawatError
from kawat.lang import languages
from kawat.lang.overlay import SETTING
from kawat.look import explain as show_explanation
from kawat.look import make_writer, printable
from kawat.read import Skipped
from kawat.run import Coded, code_paths
from kawat.run.coder import DEFAULT_LIMITS, Limits
from kawat.run.corpus import SHARD, Settings
from kawat.run.steps import count_item, keep_sure

app = typer.Typer(
    add_completion=False, no_args_is_help=True, rich_markup_mode=None,
    help="Who did what to whom, when, and who says so: attributed events from news.",
)  # fmt: skip

for _commands in (
    store_commands, ask_commands, judge_commands, export_commands, know_commands, report_commands,
    serve_commands, merge_commands, compare_commands,
):  # fmt: skip
    app.add_typer(_commands)
app.add_typer(train_app, name="train")
TOLD = ("articles", "events", "statements", "not read")
"""Counts that are told even if they are none."""
Paths = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="Files, folders, or - for standard input.")
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
    knowledge: Annotated[
        Path | None,
        typer.Option(
            envvar=SETTING, metavar="DIR", help="Tables of your own, laid over kawat's.",
        ),
    ] = None,
) -> None:  # fmt: skip
    if knowledge:
        os.environ[SETTING] = str(knowledge)


@app.command("code")
def code_command(
    *,
    paths: Paths,
    format_: Annotated[Format, typer.Option("--format", help="What to write.")] = Format.table,
    out: Annotated[Path | None, typer.Option(help="Write here, not to standard output.")] = None,
    statements: Annotated[
        bool, typer.Option("--statements", help="Write attributed statements (jsonl: as well).")
    ] = False,
    language: Language = None,
    published: PublishedOn = None,
    pipeline: OwnPipelines = None,
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, help="Leave out reports that are less sure.")
    ] = 0.0,
    executor: Annotated[
        Runner | None,
        typer.Option(
            help="Code a corpus into Parquet files in the folder --out (docs/cluster.md)."
        ),
    ] = None,
    workers: Workers = None,
    scheduler: Scheduler = "",
    time_limit: Annotated[
        float, typer.Option(min=1, help="Seconds for one article; a slower one is set aside.")
    ] = DEFAULT_LIMITS.seconds,
    memory_limit: Annotated[
        int, typer.Option(min=500, help="Megabytes of a process that codes.")
    ] = DEFAULT_LIMITS.megabytes,
    shard: Annotated[int, typer.Option(min=1, help="Articles of a shard.")] = SHARD,
) -> None:
    """Code articles into events. Exit code 0 only if every input was read.

    With --out and jsonl, csv or --executor, a run that was stopped goes on when it is started
    again.
    """
    check_date(published)
    pipelines = read_pipelines(pipeline)
    if executor:
        if out is None:
            raise typer.BadParameter("--executor needs --out FOLDER")
        if min_confidence:
            raise typer.BadParameter("--executor keeps all reports: choose by column `confidence`")
        settings = Settings(language, published, shard, pipelines)
        limits = Limits(time_limit, memory_limit)
        code_into(paths, out, settings, limits, (executor.value, workers, scheduler))
        return
    command = [
        version("kawat"), format_.value, statements, language, published, pipelines,
        min_confidence, paths,
    ]  # fmt: skip
    output = _open_out(out, None if format_ is Format.table else command)
    counts: Counter[str] = Counter()
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    journal = output.journal if output else None
    resumed = _take_over(journal, counts, errors)
    file = output.text if output else sys.stdout
    write = make_writer(format_.value, file, statements=statements, header=not resumed)
    is_done = journal.is_done if journal else None
    items = code_paths(paths, language, published, is_done, pipelines)
    with _ending(output, counts, errors), progress_bar() as progress:
        task = progress.add_task("coding", total=None, completed=counts["articles"], events=0)
        for item in items:
            if isinstance(item, Coded):
                item = keep_sure(item, min_confidence)  # noqa: PLW2901
                write(item)
                if output:
                    output.finished(item)
            _count(item, counts, errors)
            progress.update(task, completed=counts["articles"], events=counts["events"])
    summarise(counts, errors, TOLD)
    if counts["not read"]:
        raise typer.Exit(1)


def _take_over(journal: Journal | None, counts: Counter[str], errors: Console) -> bool:
    """Count what an earlier run of the command has finished; return whether there is any."""
    if not journal or not journal.size:
        return False
    counts.update(journal.counts)
    errors.print(f"kawat: going on after {counts['articles']} articles", markup=False)
    return True


@contextmanager
def _ending(output: Output | None, counts: Counter[str], errors: Console) -> Iterator[None]:
    """Close the output whatever happens; a stopped run says what is left of it and exits 130."""
    complete = False
    try:
        yield
        complete = True
    except KeyboardInterrupt:
        again = output and output.journal
        errors.print(
            "kawat: stopped; the same command goes on from here" if again else "kawat: stopped",
            markup=False,
        )
        summarise(counts, errors, TOLD)
        raise typer.Exit(130) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(1) from None
    except OSError as error:
        where = str(output.path) if output else "standard output"
        raise InputError(where, error.strerror or "cannot be written") from None
    finally:
        if output:
            output.close(complete=complete)


@app.command("explain")
def explain_command(
    path: Annotated[str, typer.Argument(help="One article, or - for standard input.")],
    language: Language = None,
    published: PublishedOn = None,
    pipeline: OwnPipelines = None,
) -> None:
    """Show an article with every event marked in the text, and why each field is what it is."""
    check_date(published)
    pipelines = read_pipelines(pipeline)
    failed = False
    console = Console(highlight=False, soft_wrap=True)
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    try:
        for item in code_paths([path], language, published, pipelines=pipelines):
            if isinstance(item, Coded):
                show_explanation(item, console)
            elif isinstance(item, InputError):
                errors.print(printable(f"kawat: {item}"), markup=False)
                failed = True
    except KeyboardInterrupt:
        raise typer.Exit(130) from None
    if failed:
        raise typer.Exit(1)


@app.command("languages")
def languages_command() -> None:
    """List the languages that can be read."""
    for code in languages():
        typer.echo(code)


def _open_out(path: Path | None, command: list[Any] | None) -> Output | None:
    """The file to write, None for standard output."""
    if path is None:
        return None
    if path.is_dir():
        raise InputError(str(path), "a folder", "--out names a file")
    try:
        return Output(path, command)
    except OSError as error:
        reason = error.strerror or "cannot be written"
        raise InputError(str(path), reason, "check the path of --out") from None


def _count(item: Coded | InputError | Skipped, counts: Counter[str], errors: Console) -> None:
    counts.update(count_item(item))
    if isinstance(item, InputError):
        errors.print(printable(f"kawat: {item}"), markup=False)
    elif isinstance(item, Skipped):
        errors.print(printable(f"kawat: skipped {item}"), markup=False)


def main() -> None:
    """Run the command line; an error of kawat is one line on standard error, never a traceback."""
    # records are many and hold no cycles: by default all are looked through again and again
    gc.set_threshold(50_000, 20, 20)
    try:
        app()
    except KawatError as error:
        typer.echo(printable(f"kawat: {error}"), err=True)
        raise SystemExit(1) from None
