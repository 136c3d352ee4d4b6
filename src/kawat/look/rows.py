"""Events and counts of a store as plain rows: JSON Lines, CSV, data frames."""

import csv
import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TextIO

import msgspec

from kawat.errors import KawatError
from kawat.look.write import no_formula
from kawat.store import EventQuery, EventRow, Store

if TYPE_CHECKING:
    import polars

EVENT_COLUMNS = (
    "id", "type", "mode", "quad", "intensity", "contexts", "actors", "recipients", "status",
    "historical", "when", "day", "end", "place", "country", "confidence", "reports", "documents",
    "outlets", "origins_low", "origins_high", "interests_low", "interests_high", "flags", "review",
    "title", "sentence",
)  # fmt: skip


def event_record(row: EventRow) -> dict[str, Any]:
    """Return an event ready for JSON: lists stay lists, bounds are [lower, upper] or null."""
    record: dict[str, Any] = msgspec.to_builtins(row)
    return record


def event_row(row: EventRow) -> dict[str, Any]:
    """Return an event as a flat row: bounds in two columns each, lists joined by `;`."""
    record = event_record(row)
    for name in ("origins", "interests"):
        low, high = record[name] or (None, None)
        record[f"{name}_low"], record[f"{name}_high"] = low, high
    return {c: ";".join(v) if isinstance(v := record[c], tuple) else v for c in EVENT_COLUMNS}


def write_events(rows: Iterable[EventRow], format_: str, out: TextIO) -> None:
    """Write events as `jsonl` or `csv`."""
    if format_ == "jsonl":
        for row in rows:
            out.write(json.dumps(event_record(row), ensure_ascii=False) + "\n")
        return
    write_csv(EVENT_COLUMNS, map(event_row, rows), out)


def write_csv(columns: Sequence[str], rows: Iterable[dict[str, Any]], out: TextIO) -> None:
    """Write rows as CSV with a header; a cell that a spreadsheet would run is made text."""
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        cells = {name: "" if row[name] is None else row[name] for name in columns}
        writer.writerow({name: no_formula(cell) for name, cell in cells.items()})


def records_of(items: Iterable[Any]) -> list[dict[str, Any]]:
    """Return typed records (months, carriers, alerts ...) ready for JSON."""
    return [msgspec.to_builtins(item) for item in items]


def frame_of(items: Iterable[Any]) -> "polars.DataFrame":
    """Return typed records as a data frame, a column for each field.

    Raises:
        KawatError: polars is not installed (the extra `analysis`).
    """
    try:
        import polars  # noqa: PLC0415  (an extra, and slow to load)
    except ModuleNotFoundError:
        raise KawatError("data frames need polars: pip install 'kawat[analysis]'") from None
    return polars.DataFrame(records_of(items), infer_schema_length=None)


def events_frame(store: Store, query: EventQuery | None = None) -> "polars.DataFrame":
    """Return all events that a query wants as a data frame; `day` is a date.

    Raises:
        KawatError: polars is not installed (the extra `analysis`).
    """
    frame = frame_of(store.each_event(query))
    if frame.is_empty():
        return frame
    import polars  # noqa: PLC0415  (frame_of has found it)

    return frame.with_columns(polars.col("day").str.to_date(strict=False))
