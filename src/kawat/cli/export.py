"""`kawat export`, `kawat codebook`: events in other formats, and what their columns hold."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kawat.cli.console import DEFAULT_STORE, StorePlace, error_console, say, stoppable, summarise
from kawat.look.codebook import codebook
from kawat.look.exports import FORMATS, export
from kawat.look.gold import write_gold
from kawat.run import open_store
from kawat.store import EventQuery

commands = typer.Typer()
GOLD = "gold"
"""A folder of the articles whose every report a person reviewed (docs/web.md)."""
Formats = StrEnum("Formats", {name: name for name in (*FORMATS, GOLD)})  # type: ignore[misc]


@commands.command("export")
def export_command(
    format_: Annotated[Formats, typer.Argument(metavar="FORMAT", help=", ".join((*FORMATS, GOLD)))],
    out: Annotated[
        Path, typer.Option(help="The file to write (gold: the folder); `OUT.about.json` beside it.")
    ],
    *,
    actor: Annotated[str, typer.Option(help="Who takes part (entity id).")] = "",
    partner: Annotated[str, typer.Option("--with", help="Who else takes part.")] = "",
    type_: Annotated[str, typer.Option("--type", help="PLOVER type, such as ASSAULT.")] = "",
    status: Annotated[str, typer.Option(help="actual, future, hypothetical or negated.")] = "",
    since: Annotated[str, typer.Option(metavar="DATE", help="From this day on.")] = "",
    until: Annotated[str, typer.Option(metavar="DATE", help="Up to this day.")] = "",
    min_origins: Annotated[int, typer.Option(min=0, help="Least number of origins.")] = 0,
    place: StorePlace = DEFAULT_STORE,
) -> None:
    """Write the events of a store in another format."""
    query = EventQuery(
        actor=actor, partner=partner, type=type_.upper(), status=status, since=since, until=until,
        min_origins=min_origins, order="oldest",
    )  # fmt: skip
    errors = error_console()
    with stoppable(errors, "the file is not whole"), open_store(place, read_only=True) as store:
        if format_.value == GOLD:
            counts = write_gold(store, out)
        else:
            counts = export(store, format_.value, out, query)
    say(errors, f"{out}: {format_.value}")
    summarise(counts, errors, ())


@commands.command("codebook")
def codebook_command() -> None:
    """Print every column and code of kawat's data, as Markdown."""
    typer.echo(codebook(), nl=False)
