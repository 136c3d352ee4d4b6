"""Write coded articles: JSON Lines, CSV, or a table for the terminal."""

import csv
import json
from collections.abc import Callable
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kawat.look.record import (
    CSV_COLUMNS,
    STATEMENT_CSV_COLUMNS,
    report_record,
    report_row,
    statement_record,
    statement_row,
)
from kawat.model import Link, Report, Statement
from kawat.run import Coded

Writer = Callable[[Coded], None]
FORMATS = ("table", "jsonl", "csv")


def make_writer(format_: str, out: TextIO, *, statements: bool) -> Writer:
    """Return a function that writes one coded article to `out`.

    With `statements`, attributed statements are written in place of reports for csv and table,
    and after the reports of each article (`"record": "statement"`) for jsonl.
    """
    if format_ == "jsonl":
        return lambda coded: _write_jsonl(coded, out, statements=statements)
    if format_ == "csv":
        return _csv_writer(out, statements=statements)
    console = Console(file=out, width=None if out.isatty() else 140, highlight=False)
    return lambda coded: _write_table(coded, console, statements=statements)


def _write_jsonl(coded: Coded, out: TextIO, *, statements: bool) -> None:
    for report in coded.reports:
        _dump(report_record(report, coded.article), out)
    for statement in coded.statements if statements else ():
        _dump(statement_record(statement, coded.article), out)


def _dump(record: dict[str, object], out: TextIO) -> None:
    out.write(json.dumps(record, ensure_ascii=False) + "\n")


def _csv_writer(out: TextIO, *, statements: bool) -> Writer:
    columns = STATEMENT_CSV_COLUMNS if statements else CSV_COLUMNS
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()

    def write(coded: Coded) -> None:
        if statements:
            writer.writerows(statement_row(s, coded.article) for s in coded.statements)
        else:
            writer.writerows(report_row(r, coded.article) for r in coded.reports)

    return write


def _write_table(coded: Coded, console: Console, *, statements: bool) -> None:
    article = coded.article
    published = article.published
    date = f"{published.edtf or 'no date'} ({published.how})"
    head = article.title or article.text.strip().split("\n", 1)[0][:100]
    console.print(Text(f"\n{head}", style="bold"))
    console.print(Text(f"{article.id} · {article.publisher or 'publisher unknown'} · {date}"))
    if statements:
        _statement_table(coded, console)
    elif coded.reports:
        _report_table(coded.reports, console)
    else:
        console.print(Text("no events", style="dim"))


def _report_table(reports: tuple[Report, ...], console: Console) -> None:
    table = Table(show_edge=False, pad_edge=False, header_style="dim")
    for name in ("who", "whom", "type", "when", "status", "through whom", "words"):
        table.add_column(name, overflow="fold")
    table.add_column("conf", justify="right")
    for report in reports:
        event = report.event
        status = event.status + (", historical" if event.historical else "")
        cells = (
            _parties([(a.entity, a.sectors) for a in event.actors]),
            _parties([(r.entity, r.sectors) for r in event.recipients]),
            event.type + (f"-{event.mode}" if event.mode else ""),
            event.when.edtf if event.when else "",
            status,
            describe_chain(report.attribution),
            event.trigger.text,
            f"{event.confidence:.2f}",
        )
        table.add_row(*(Text(cell) for cell in cells))
    console.print(table)


def _parties(parties: list[tuple[str, tuple[str, ...]]]) -> str:
    return ", ".join(f"{e}:{'+'.join(s)}" if s else e for e, s in parties)


def describe_chain(chain: tuple[Link, ...]) -> str:
    """Return the chain from the origin to the nearest carrier as one line."""
    return " → ".join(
        (link.name or link.entity) + (f" ({link.medium})" if link.medium else "") for link in chain
    )


def _statement_table(coded: Coded, console: Console) -> None:
    table = Table(show_edge=False, pad_edge=False, header_style="dim")
    for name in ("speaker", "cue", "style", "medium", "through", "content"):
        table.add_column(name, overflow="fold")
    for statement in coded.statements:
        table.add_row(*(Text(cell) for cell in _statement_cells(statement)))
    console.print(table)


def _statement_cells(statement: Statement) -> tuple[str, ...]:
    speaker = statement.speaker
    who = f"{speaker.name or speaker.text} {speaker.entity}".strip() if speaker else "?"
    return (
        who, statement.cue.text, statement.style, statement.medium,
        describe_chain(statement.carriers), statement.content.text,
    )  # fmt: skip
