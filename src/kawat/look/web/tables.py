"""Records as CSV, and events as flat rows."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from kawat.look.write import FORMULA
from kawat.store import EventRow

EVENT_COLUMNS = (
    "id", "type", "mode", "quad", "intensity", "contexts", "actors", "recipients", "status",
    "historical", "when", "day", "place", "country", "confidence", "reports", "documents",
    "outlets", "origins", "interests", "flags", "review", "title", "sentence",
)  # fmt: skip


def write_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as CSV; no cell can be run as a formula by a spreadsheet."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows({k: _as_text(v) for k, v in row.items()} for row in rows)
    return out.getvalue()


def event_record(row: EventRow) -> dict[str, Any]:
    """Return an event as a JSON object."""
    return asdict(row)


def event_cells(row: EventRow) -> dict[str, Any]:
    """Return an event as a flat row: lists joined by `;`, bounds by `-`."""
    record = asdict(row)
    for name in ("contexts", "actors", "recipients", "flags"):
        record[name] = ";".join(record[name])
    for name in ("origins", "interests"):
        record[name] = "-".join(map(str, record[name] or ()))
    return record | {"when": row.when or "", "historical": str(row.historical).lower()}


def _as_text(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
