"""`kawat report`: a relation in one file. `kawat score`: the coder against gold."""

from pathlib import Path
from typing import Annotated

import typer

from kawat.cli.ask import Since, Until
from kawat.cli.console import DEFAULT_STORE, StorePlace, error_console, say
from kawat.errors import InputError, KawatError
from kawat.look.score import FIELDS, score_gold
from kawat.run import open_store

commands = typer.Typer()
Party = Annotated[str, typer.Argument(help="Entity id, such as RUS.")]


@commands.command("report")
def report_command(
    a: Party, b: Party,
    out: Annotated[Path, typer.Option(help="Where to write it: .html or .pdf.")],
    since: Since = "",
    until: Until = "",
    language: Annotated[str, typer.Option(help="Of the report: en or id.")] = "en",
    place: StorePlace = DEFAULT_STORE,
) -> None:  # fmt: skip
    """Write a report on two parties, with charts, events and sources, in one file."""
    if out.suffix.lower() not in {".html", ".pdf"}:
        raise KawatError(f"{out}: a report is .html or .pdf")
    try:
        from kawat.look.report import print_pdf, write_report  # noqa: PLC0415  (an extra)
    except ModuleNotFoundError as error:
        raise KawatError(f"{error.name} is missing: pip install 'kawat[web]'") from None
    with open_store(place, read_only=True) as store:
        page = write_report(store, a, b, since=since, until=until, language=language)
    data = print_pdf(page) if out.suffix.lower() == ".pdf" else page.encode()
    try:
        out.write_bytes(data)
    except OSError as error:
        raise InputError(str(out), error.strerror or "cannot be written") from None
    say(error_console(), f"wrote {out}")


@commands.command("score")
def score_command(
    gold: Annotated[Path, typer.Argument(help="Folder of gold, as `kawat export gold` writes it.")],
) -> None:
    """Code the articles of gold and say how much of it is found again."""
    score = score_gold(gold)
    typer.echo(f"articles   {score.articles}\ncore events {score.core}")
    for name in ("precision", "recall", "f1"):
        typer.echo(f"{name:10s} {getattr(score, name):.3f}")
    for name in FIELDS:
        typer.echo(f"{name:10s} {score.fields[name] / max(score.found, 1):.3f}")
