"""`kawat add`, `kawat recode`, `kawat check`: what goes into a store."""

from collections import Counter
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, TaskID

from kawat.cli.console import (
    DEFAULT_STORE,
    Language,
    PublishedOn,
    StorePlace,
    check_date,
    error_console,
    progress_bar,
    say,
    stoppable,
    summarise,
)
from kawat.errors import InputError
from kawat.read import Skipped
from kawat.run import Coded, add_paths, merge_store, open_store, read_settings, recode_store, watch
from kawat.store import Store

commands = typer.Typer()
Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH|URL...", help="Files, folders, addresses, or - for standard input."
    ),
]
NoMerge = Annotated[
    bool, typer.Option("--no-merge", help="Do not look for copies, same events and origins yet.")
]
_AGAIN = "the same command goes on from here"


@commands.command("add")
def add_command(
    paths: Sources, place: StorePlace = DEFAULT_STORE, language: Language = None,
    published: PublishedOn = None, no_merge: NoMerge = False,
) -> None:  # fmt: skip
    """Code articles and keep them in a store. What it has already adds nothing.

    An article that changed becomes a new version; the old one stays.
    """
    check_date(published)
    errors = error_console()
    with stoppable(errors, _AGAIN), open_store(place) as store, progress_bar() as bar:
        task = bar.add_task("adding", total=None, events=0)
        counts = add_paths(
            store, paths, language=language, published=published,
            on_item=_Teller(errors, bar, task),
        )  # fmt: skip
        _end(store, counts, errors, merge=not no_merge)
    if counts["not read"]:
        raise typer.Exit(1)


@commands.command("recode")
def recode_command(
    place: StorePlace = DEFAULT_STORE,
    everything: Annotated[
        bool, typer.Option("--all", help="Also articles that this version has coded.")
    ] = False,
    no_merge: NoMerge = False,
) -> None:
    """Code the articles of a store again. What persons judged stays."""
    errors = error_console()
    with stoppable(errors, _AGAIN), open_store(place) as store, progress_bar() as bar:
        task = bar.add_task("coding", total=None, events=0)
        counts = recode_store(store, everything=everything, on_item=_Teller(errors, bar, task))
        _end(store, counts, errors, merge=not no_merge)


@commands.command("watch")
def watch_command(
    feeds: Annotated[str, typer.Argument(metavar="FEEDS.TOML", help="Feeds and settings.")],
    once: Annotated[
        bool, typer.Option("--once", help="One round, for use by a timer; else until Ctrl-C.")
    ] = False,
    place: StorePlace = DEFAULT_STORE,
) -> None:
    """Watch feeds: fetch the articles that they name, code and keep them (docs/watch.md)."""
    errors = error_console()
    file = read_settings(feeds)
    with stoppable(errors, _AGAIN), open_store(place) as store:
        counts = watch(store, file, rounds=1 if once else None, tell=lambda line: say(errors, line))
    summarise(counts, errors, ("feeds", "pages", "reports", "feeds not read", "pages not read"))


@commands.command("check")
def check_command(place: StorePlace = DEFAULT_STORE) -> None:
    """Check that a store is whole. Exit code 0 only if nothing is wrong."""
    errors = error_console()
    with open_store(place, read_only=True) as store:
        wrong = store.check()
        for line in wrong:
            say(errors, line)
        if wrong:
            raise typer.Exit(1)
        typer.echo(", ".join(f"{n} {name}" for name, n in store.counts().items()))


def _end(store: Store, counts: Counter[str], errors: Console, *, merge: bool) -> None:
    if merge:
        found = merge_store(store)
        counts.update({"copies": found["copies"], "pairs of one event": found["same"]})
    summarise(counts, errors, ("articles", "reports", "not read"))


class _Teller:
    """Tells what could not be read, and moves the bar."""

    def __init__(self, errors: Console, bar: Progress, task: TaskID) -> None:
        self.errors, self.bar, self.task = errors, bar, task
        self.articles = self.events = 0

    def __call__(self, item: Coded | InputError | Skipped) -> None:
        if isinstance(item, Coded):
            self.articles += 1
            self.events += len(item.reports)
            self.bar.update(self.task, completed=self.articles, events=self.events)
        else:
            say(self.errors, f"skipped {item}" if isinstance(item, Skipped) else str(item))
