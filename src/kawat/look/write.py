"""Write coded articles: JSON Lines, CSV, or a table for the terminal."""

import csv
import json
from collections.abc import Callable
from typing import Any, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kawat.model import Link, Report, Statement
from kawat.run import Coded
from kawat.run.record import (
    CSV_COLUMNS,
    STATEMENT_CSV_COLUMNS,
    report_record,
    report_row,
    statement_record,
    statement_row,
)

Writer = Callable[[Coded], None]
FORMATS = ("table", "jsonl", "csv")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that spreadsheets take for a formula."""
_KEPT = {ord("\n"), ord("\t")}
_COMMANDS = {
    **{c: "·" for c in [*range(0x20), 0x7F, *range(0x80, 0xA0)] if c not in _KEPT},
    # a change of direction could make a line say what it does not
    **dict.fromkeys([*range(8234, 8239), *range(8294, 8298)], "·"),
    ord("\r"): " ",
}


def make_writer(format_: str, out: TextIO, *, statements: bool, header: bool = True) -> Writer:
    """Return a function that writes one coded article to `out`.

    With `statements`, attributed statements are written in place of reports for csv and table,
    and after the reports of each article (`"record": "statement"`) for jsonl. Without `header`,
    csv goes on with a file that has its first line.
    """
    if format_ == "jsonl":
        return lambda coded: _write_jsonl(coded, out, statements=statements)
    if format_ == "csv":
        return _csv_writer(out, statements=statements, header=header)
    console = Console(file=out, width=None if out.isatty() else 140, highlight=False)
    return lambda coded: _write_table(coded, console, statements=statements)


def _write_jsonl(coded: Coded, out: TextIO, *, statements: bool) -> None:
    for report in coded.reports:
        _dump(report_record(report, coded.article), out)
    for statement in coded.statements if statements else ():
        _dump(statement_record(statement, coded.article), out)


def _dump(record: dict[str, object], out: TextIO) -> None:
    out.write(json.dumps(record, ensure_ascii=False) + "\n")


def _csv_writer(out: TextIO, *, statements: bool, header: bool) -> Writer:
    columns = STATEMENT_CSV_COLUMNS if statements else CSV_COLUMNS
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    if header:
        writer.writeheader()

    def write(coded: Coded) -> None:
        if statements:
            rows = (statement_row(s, coded.article) for s in coded.statements)
        else:
            rows = (report_row(r, coded.article) for r in coded.reports)
        writer.writerows({k: no_formula(v) for k, v in row.items()} for row in rows)

    return write


def no_formula(cell: Any) -> Any:
    """Put `'` before text that a spreadsheet would run as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def printable(text: str) -> str:
    """Return `text`, as long as before, without what a terminal takes for commands.

    >>> printable("a\x1b[2Jb")
    'a·[2Jb'
    """
    return text.translate(_COMMANDS)


def _write_table(coded: Coded, console: Console, *, statements: bool) -> None:
    article = coded.article
    published = article.published
    date = f"{published.edtf or 'no date'} ({published.how})"
    head = article.title or article.text.strip().split("\n", 1)[0][:100]
    console.print(Text(printable(f"\n{head}"), style="bold"))
    line = f"{article.id} · {article.publisher or 'publisher unknown'} · {date}"
    console.print(Text(printable(line)))
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
        table.add_row(*(Text(printable(cell)) for cell in cells))
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
        table.add_row(*(Text(printable(cell)) for cell in _statement_cells(statement)))
    console.print(table)


def _statement_cells(statement: Statement) -> tuple[str, ...]:
    speaker = statement.speaker
    who = f"{speaker.name or speaker.text} {speaker.entity}".strip() if speaker else "?"
    return (
        who, statement.cue.text, statement.style, statement.medium,
        describe_chain(statement.carriers), statement.content.text,
    )  # fmt: skip
