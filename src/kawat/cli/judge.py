"""`kawat judge`, `kawat undo`: a person's word, which beats the machine's."""

import getpass
from enum import StrEnum
from typing import Annotated

import typer

from kawat.cli.console import DEFAULT_STORE, StorePlace
from kawat.run import judge_events, open_store, undo

commands = typer.Typer()


class Answer(StrEnum):
    """What a person says of two reports."""

    same = "same"
    different = "different"


Author = Annotated[
    str, typer.Option("--author", help="Who judges; the name of the login if not given.")
]
Because = Annotated[str, typer.Option("--reason", help="Why, in a sentence.")]


@commands.command("judge")
def judge_command(
    answer: Answer,
    a: Annotated[str, typer.Argument(help="Id of an event or a report.")],
    b: Annotated[str, typer.Argument(help="Id of another.")],
    author: Author = "",
    reason: Because = "",
    place: StorePlace = DEFAULT_STORE,
) -> None:
    """Say that two reports tell of one event (same), or of two (different)."""
    with open_store(place) as store:
        said = judge_events(
            store, answer.value, a, b, author=author or getpass.getuser(), reason=reason
        )
    typer.echo(said.id)


@commands.command("undo")
def undo_command(
    id_: Annotated[str, typer.Argument(metavar="ID", help="Id of a judgement.")],
    author: Author = "",
    reason: Because = "",
    place: StorePlace = DEFAULT_STORE,
) -> None:
    """Take a judgement back. It stays on record, and undoing can be undone."""
    with open_store(place) as store:
        said = undo(store, id_, author=author or getpass.getuser(), reason=reason)
    typer.echo(said.id)
