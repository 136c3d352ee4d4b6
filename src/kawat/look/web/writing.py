"""Rows as CSV text."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from kawat.look.rows import EVENT_COLUMNS, event_row, write_csv
from kawat.store import EventRow


def csv_text(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> str:
    """Return rows as CSV with a header."""
    out = io.StringIO()
    write_csv(columns, rows, out)
    return out.getvalue()


def events_csv(rows: Iterable[EventRow]) -> str:
    """Return events as CSV."""
    return csv_text(EVENT_COLUMNS, map(event_row, rows))
