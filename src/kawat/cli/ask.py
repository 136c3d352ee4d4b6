"""`kawat events`, `event`, `relation`, `origins`, `alerts`: what a store is asked."""

import json
import sys
from collections.abc import Iterable
from enum import StrEnum
from itertools import islice
from typing import Annotated, Any

import typer
from rich.console import Console

from kawat.cli.console import DEFAULT_STORE, StorePlace, error_console, say, stoppable
from kawat.errors import KawatError
from kawat.look import query as ask
from kawat.look.alerts import find_alerts
from kawat.look.rows import records_of, write_events
from kawat.look.terminal import (
    show_alerts,
    show_event,
    show_events,
    show_relation,
    show_source,
)
from kawat.run import open_store
from kawat.store import EventQuery

commands = typer.Typer()
_ASKED = "nothing was changed"


class Rows(StrEnum):
    """How events are written."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


class Shape(StrEnum):
    """How other answers are written."""

    table = "table"
    jsonl = "jsonl"


class Order(StrEnum):
    """In which order."""

    newest = "newest"
    oldest = "oldest"
    added = "added"


Since = Annotated[str, typer.Option(metavar="DATE", help="From this day, month or year on.")]
Until = Annotated[str, typer.Option(metavar="DATE", help="Up to this day, month or year.")]
AsShape = Annotated[Shape, typer.Option("--format", help="How to write it.")]
Actor = Annotated[str, typer.Argument(help="Entity id, such as RUS or ASEAN.")]


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else 160, highlight=False)


def _dump(items: Iterable[Any]) -> None:
    for record in records_of(items):
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


@commands.command("events")
def events_command(
    *,
    actor: Annotated[str, typer.Option(help="Who takes part (entity id).")] = "",
    partner: Annotated[str, typer.Option("--with", help="Who else takes part.")] = "",
    type_: Annotated[str, typer.Option("--type", help="PLOVER type, such as ASSAULT.")] = "",
    status: Annotated[str, typer.Option(help="actual, future, hypothetical or negated.")] = "",
    since: Since = "",
    until: Until = "",
    min_origins: Annotated[int, typer.Option(min=0, help="Least number of origins.")] = 0,
    origin: Annotated[str, typer.Option(help="Who started it, such as KCNA.")] = "",
    outlet: Annotated[str, typer.Option(help="Who tells it.")] = "",
    country: Annotated[str, typer.Option(help="Where it happened (ISO 3166 alpha-3).")] = "",
    search: Annotated[str, typer.Option(help='Words, "phrases", prefix* and -excluded.')] = "",
    order: Annotated[Order, typer.Option(help="newest, oldest, or latest added.")] = Order.newest,
    limit: Annotated[int, typer.Option(min=0, help="At most so many; 0 for all.")] = 50,
    format_: Annotated[Rows, typer.Option("--format", help="What to write.")] = Rows.table,
    place: StorePlace = DEFAULT_STORE,
) -> None:
    """List events of a store."""
    query = EventQuery(
        actor=actor, partner=partner, type=type_.upper(), status=status, since=since, until=until,
        min_origins=min_origins, origin=origin, outlet=outlet, country=country, search=search,
        order=order.value,
    )  # fmt: skip
    errors = error_console()
    with stoppable(errors, _ASKED), open_store(place, read_only=True) as store:
        rows = islice(store.each_event(query), limit or None)
        if format_ is not Rows.table:
            write_events(rows, format_.value, sys.stdout)
            return
        shown = list(rows)
        show_events(shown, _console())
        count = store.count(query)
        say(errors, f"{len(shown)} of {'' if count.exact else 'more than '}{count.value} events")


@commands.command("event")
def event_command(
    id_: Annotated[str, typer.Argument(metavar="ID", help="Id of an event or of a report.")],
    language: Annotated[str, typer.Option(help="Of the explanation: en or id.")] = "en",
    format_: AsShape = Shape.table,
    place: StorePlace = DEFAULT_STORE,
) -> None:
    """Show an event: all reports, their chains as a tree, and how many origins stand behind it."""
    with open_store(place, read_only=True) as store:
        view = store.event(id_)
    if view is None:
        raise KawatError(f"{place}: there is no event or report {id_!r}")
    if format_ is Shape.jsonl:
        _dump([view])
    else:
        show_event(view, _console(), language)


@commands.command("relation")
def relation_command(
    a: Actor,
    b: Actor,
    since: Since = "",
    until: Until = "",
    status: Annotated[
        str, typer.Option(help="Status that counts; `all` for every one.")
    ] = "actual",
    format_: AsShape = Shape.table,
    place: StorePlace = DEFAULT_STORE,
) -> None:
    """Show two parties over time: events by month and their mean intensity."""
    with open_store(place, read_only=True) as store:
        wanted = "" if status == "all" else status
        found = ask.relation(store, a, b, since=since, until=until, status=wanted)
    if format_ is Shape.jsonl:
        _dump(found.months)
    else:
        show_relation(found, _console())


@commands.command("origins")
def origins_command(
    name: Annotated[str, typer.Argument(help="Id of an outlet or body, such as KCNA; or a name.")],
    since: Since = "",
    until: Until = "",
    format_: AsShape = Shape.table,
    place: StorePlace = DEFAULT_STORE,
) -> None:
    """Show what a source started and who carried it, with and without saying so."""
    with open_store(place, read_only=True) as store:
        found = ask.source(store, name, since=since, until=until)
    if format_ is Shape.jsonl:
        _dump(found.carriers)
    else:
        show_source(found, _console())


@commands.command("alerts")
def alerts_command(
    until: Annotated[
        str, typer.Option(metavar="DATE", help="Last day; that of the latest event if not given.")
    ] = "",
    weeks: Annotated[int, typer.Option(min=1, max=52, help="Weeks to tell about.")] = 4,
    format_: AsShape = Shape.table,
    place: StorePlace = DEFAULT_STORE,
) -> None:
    """Show pairs that meet more often than before: surges and change points."""
    with open_store(place, read_only=True) as store:
        found = find_alerts(store, until=until, weeks=weeks)
    if format_ is Shape.jsonl:
        _dump(found)
    else:
        show_alerts(found, _console())
