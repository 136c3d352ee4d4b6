"""`kawat merge`, `kawat load`: a coded corpus merged, and brought into a store."""

from pathlib import Path
from typing import Annotated

import typer

from kawat.cli.console import (
    DEFAULT_STORE,
    StorePlace,
    error_console,
    progress_bar,
    say,
    stoppable,
    summarise,
)
from kawat.cli.corpus import Runner, Scheduler, Workers, count_cores
from kawat.run import open_store
from kawat.run.executors import open_executor
from kawat.run.load_corpus import load_corpus
from kawat.run.merge_corpus import merge_corpus

commands = typer.Typer()
Coded = Annotated[Path, typer.Argument(metavar="FOLDER", help="What kawat code --executor wrote.")]


@commands.command("merge")
def merge_command(
    folder: Coded,
    executor: Annotated[Runner, typer.Option(help="Who does it.")] = Runner.pool,
    workers: Workers = None,
    scheduler: Scheduler = "",
) -> None:
    """Find copies, same events and origins in a coded corpus; FOLDER/merged holds them."""
    errors = error_console()
    with (
        stoppable(errors, "the same command begins anew"),
        open_executor(executor.value, workers or count_cores(), scheduler) as runner,
    ):
        counts = merge_corpus(folder, runner, lambda step: say(errors, step))
    summarise(counts, errors, ("articles", "reports", "events", "copies", "same"))


@commands.command("load")
def load_command(folder: Coded, place: StorePlace = DEFAULT_STORE) -> None:
    """Bring a coded corpus into a store, with what kawat merge judged of it."""
    errors = error_console()
    with (
        stoppable(errors, "the same command goes on from here"),
        open_store(place) as store,
        progress_bar() as bar,
    ):
        task = bar.add_task("loading", total=None, events=0)
        counts = load_corpus(store, folder, lambda number: bar.advance(task, number))
    summarise(counts, errors, ("articles", "reports", "same", "copies"))
