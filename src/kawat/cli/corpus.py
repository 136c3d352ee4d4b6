"""`kawat code --executor`: a corpus into a folder of Parquet files."""

import os
import time
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bar

from kawat.cli.console import error_console, say, stoppable, summarise
from kawat.run.coder import Limits
from kawat.run.corpus import Progress, Settings, code_corpus
from kawat.run.executors import open_executor

TOLD = ("articles", "events", "statements", "not read", "skipped", "set aside")


class Runner(StrEnum):
    """Who runs the work of a corpus."""

    local = "local"
    pool = "pool"
    dask = "dask"


Workers = Annotated[
    int | None, typer.Option(min=1, help="Processes that work; one a core if not given.")
]
Scheduler = Annotated[
    str, typer.Option(metavar="ADDRESS", help="Dask scheduler, such as tcp://host:8786.")
]
TELL_SECONDS = 30
"""A run without a terminal says so often how far it is."""
_AGAIN = "shards that were begun are finished; the same command goes on from here"


def code_into(
    paths: list[str], out: Path, settings: Settings, limits: Limits,
    executor: tuple[str, int | None, str],
) -> None:  # fmt: skip
    """Code a corpus. Exit code 0 only if every input was read and every shard is done."""
    errors = error_console()
    name, workers, scheduler = executor
    with (
        stoppable(errors, _AGAIN),
        open_executor(name, workers or count_cores(), scheduler) as runner,
        _Teller(errors) as tell,
    ):
        progress = code_corpus(paths, out, runner, settings, limits=limits, on_progress=tell)
    for line in progress.failed:
        say(errors, f"a shard was not done: {line}")
    summarise(progress.counts, errors, TOLD)
    if progress.failed or progress.counts["not read"] or progress.counts["set aside"]:
        say(errors, f"why, article by article: {out / 'problems'}")
        raise typer.Exit(1)


def count_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Teller:
    """Shows how far a run is: a bar on a terminal, else a line now and then."""

    def __init__(self, errors: Console) -> None:
        self._errors = errors
        self._told = time.monotonic()
        self._bar = Bar(
            BarColumn(), TextColumn("{task.description}"), console=errors, transient=True,
            disable=not errors.is_terminal,
        )  # fmt: skip
        self._task = self._bar.add_task("starting", total=None)

    def __enter__(self) -> "_Teller":
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def __call__(self, progress: Progress) -> None:
        line = describe(progress)
        self._bar.update(
            self._task, total=progress.total, completed=progress.done, description=line
        )
        if not self._errors.is_terminal and time.monotonic() - self._told > TELL_SECONDS:
            self._told = time.monotonic()
            say(self._errors, line)


def describe(progress: Progress) -> str:
    """Return in one line how far a run is."""
    parts = [f"{progress.done} of {progress.total}"]
    if progress.seconds_left is not None:
        left = timedelta(seconds=round(progress.seconds_left))
        parts += [f"{progress.rate:.0f} a second", f"{left} left"]
    names = ("not read", "skipped", "set aside")
    parts += [f"{progress.counts[n]} {n}" for n in names if progress.counts[n]]
    return ", ".join(parts)
