"""`kawat import`, `kawat compare`: other data sets beside kawat's own events."""

import sys
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kawat.cli.console import DEFAULT_STORE, StorePlace, error_console, say, stoppable, summarise
from kawat.look import printable
from kawat.look.compare import Agreement, compare_all, compare_pair
from kawat.read.foreign import FORMATS
from kawat.run import open_store
from kawat.run.import_events import import_events

commands = typer.Typer()
Formats = StrEnum("Formats", {name: name for name in FORMATS})  # type: ignore[misc]
Since = Annotated[str, typer.Option(metavar="DATE", help="From this month on.")]
Until = Annotated[str, typer.Option(metavar="DATE", help="Up to this month.")]


@commands.command("import")
def import_command(
    format_: Annotated[Formats, typer.Argument(metavar="FORMAT", help=", ".join(FORMATS))],
    paths: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Its files, packed or not.")
    ],
    name: Annotated[
        str, typer.Option(help="Name of the data set, if not that of the format.")
    ] = "",
    place: StorePlace = DEFAULT_STORE,
) -> None:
    """Bring another data set into a store, beside kawat's own events and apart from them."""
    errors = error_console()
    with stoppable(errors, "the same command goes on from here"), open_store(place) as store:
        counts = import_events(
            store, format_.value, paths, name, on_error=lambda error: say(errors, str(error))
        )
    summarise(counts, errors, ("events", "not read"))
    if counts["not read"]:
        raise typer.Exit(1)


@commands.command("compare")
def compare_command(
    dataset: Annotated[str, typer.Argument(help="Name of an imported data set.")],
    a: Annotated[str, typer.Argument(help="Entity id, such as RUS; all pairs if not given.")] = "",
    b: Annotated[str, typer.Argument(help="The other one.")] = "",
    since: Since = "",
    until: Until = "",
    place: StorePlace = DEFAULT_STORE,
) -> None:
    """Compare kawat's events with another data set: agreement by pair and month."""
    if bool(a) != bool(b):
        raise typer.BadParameter("a pair has two parties")
    console = Console(width=None if sys.stdout.isatty() else 120, highlight=False)
    with open_store(place, read_only=True) as store:
        if a:
            _show_months(compare_pair(store, dataset, a, b, since=since, until=until), console)
        else:
            _show_pairs(compare_all(store, dataset, since=since, until=until), console)


def _show_pairs(found: tuple[Agreement, ...], console: Console) -> None:
    table = Table(show_edge=False, pad_edge=False, header_style="dim")
    for column in ("pair", "kawat", "other", "months in both", "counts agree", "intensity agrees"):
        table.add_column(column)
    for one in found:
        table.add_row(
            Text(printable(f"{one.a} {one.b}")), str(one.own), str(one.other),
            f"{one.both} of {one.either}", _figure(one.counts), _figure(one.intensity),
        )  # fmt: skip
    console.print(table)


def _show_months(one: Agreement, console: Console) -> None:
    table = Table(show_edge=False, pad_edge=False, header_style="dim")
    for column in ("month", "kawat", "other", "intensity", "intensity of other"):
        table.add_column(column)
    for month in one.months:
        table.add_row(
            month.month, str(month.own), str(month.other), _figure(month.own_intensity),
            _figure(month.other_intensity),
        )  # fmt: skip
    console.print(table)
    console.print(
        f"{one.both} of {one.either} months in both; correlation of counts "
        f"{_figure(one.counts)}, of mean intensity {_figure(one.intensity)}"
    )


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
