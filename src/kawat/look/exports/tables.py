"""kawat's own events and reports as CSV, JSON Lines and Parquet, with the columns documented."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from kawat.errors import KawatError
from kawat.look.rows import EVENT_COLUMNS, event_record, event_row, write_csv
from kawat.model import Article
from kawat.model.article import Published
from kawat.run.record import CSV_COLUMNS, report_row
from kawat.store import EventQuery, Store, StoredReport

BATCH = 5_000
"""Rows that are written to Parquet at a time."""
REPORT_COLUMNS = ("event", *CSV_COLUMNS)
NUMBERS = {
    "intensity": "float64", "confidence": "float64", "reports": "int64", "documents": "int64",
    "outlets": "int64", "origins_low": "int64", "origins_high": "int64", "interests_low": "int64",
    "interests_high": "int64", "start": "int64", "end_offset": "int64",
}  # fmt: skip


def event_rows(store: Store, query: EventQuery | None) -> Iterator[dict[str, Any]]:
    """Yield the events that a query wants as flat rows (`kawat.look.rows.EVENT_COLUMNS`)."""
    return map(event_row, store.each_event(query or EventQuery()))


def report_rows(store: Store, query: EventQuery | None) -> Iterator[dict[str, Any]]:
    """Yield the reports of those events as flat rows: the columns of `kawat code` and `event`."""
    for row in store.each_event(query or EventQuery()):
        view = store.event(row.id)
        for stored in view.reports if view else ():
            yield {"event": row.id, **report_row(stored.report, _article(stored))}


def _article(stored: StoredReport) -> Article:
    """What a row of a report says of its article."""
    return Article(
        id=stored.article_id, text="", title=stored.title, url=stored.url,
        publisher=stored.outlet.name if stored.outlet else "", language=stored.language,
        published=Published(stored.published, "given" if stored.published else "unknown"),
    )  # fmt: skip


def write_event_lines(
    store: Store, query: EventQuery | None, out: TextIO, version: str
) -> Counter[str]:
    """Write one event a line as JSON, lists as lists."""
    counts: Counter[str] = Counter()
    for row in store.each_event(query or EventQuery()):
        record = {**event_record(row), "version": version}
        out.write(json.dumps(record, ensure_ascii=False) + "\n")
        counts["rows"] += 1
    return counts


def write_event_table(
    store: Store, query: EventQuery | None, out: TextIO, version: str
) -> Counter[str]:
    """Write events as CSV."""
    counts: Counter[str] = Counter()
    rows = ({**row, "version": version} for row in event_rows(store, query))
    write_csv((*EVENT_COLUMNS, "version"), _counted(rows, counts), out)
    return counts


def write_report_table(
    store: Store, query: EventQuery | None, out: TextIO, version: str
) -> Counter[str]:
    """Write reports as CSV."""
    counts: Counter[str] = Counter()
    rows = ({**row, "version": version} for row in report_rows(store, query))
    write_csv((*REPORT_COLUMNS, "version"), _counted(rows, counts), out)
    return counts


def _counted(rows: Iterable[dict[str, Any]], counts: Counter[str]) -> Iterator[dict[str, Any]]:
    for row in rows:
        counts["rows"] += 1
        yield row


def write_event_parquet(
    store: Store, query: EventQuery | None, path: Path, about: dict[str, str]
) -> Counter[str]:
    """Write events as Parquet; `about` goes into the metadata of the file.

    Raises:
        KawatError: pyarrow is not installed (the extra `arrow`).
    """
    try:
        import pyarrow  # noqa: PLC0415  (an extra, and slow to load)
        from pyarrow import parquet  # noqa: PLC0415
    except ModuleNotFoundError:
        raise KawatError("Parquet needs pyarrow: pip install 'kawat[arrow]'") from None
    schema = pyarrow.schema([(c, _parquet_type(c, pyarrow)) for c in EVENT_COLUMNS], metadata=about)
    counts: Counter[str] = Counter()
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        batch: list[dict[str, Any]] = []
        for row in event_rows(store, query):
            batch.append(row)
            if len(batch) == BATCH:
                writer.write_table(pyarrow.Table.from_pylist(batch, schema))
                counts["rows"] += len(batch)
                batch = []
        writer.write_table(pyarrow.Table.from_pylist(batch, schema))
        counts["rows"] += len(batch)
    return counts


def _parquet_type(column: str, pyarrow: Any) -> Any:
    if column == "historical":
        return pyarrow.bool_()
    return {"float64": pyarrow.float64(), "int64": pyarrow.int64()}.get(
        NUMBERS.get(column, ""), pyarrow.string()
    )
