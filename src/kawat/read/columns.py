"""Parquet: a row an article, in the columns that the fields of JSON Lines have."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from kawat.errors import InputError
from kawat.model import Article
from kawat.read.records import FIELDS, read_record
from kawat.read.streams import load_arrow

BATCH = 256
"""Rows that are unpacked at a time."""


def count_rows(path: str) -> int:
    """Return the number of rows.

    Raises:
        InputError: it is no Parquet file, or has no texts.
        KawatError: pyarrow is not installed.
    """
    with _open(path) as file:
        return int(file.metadata.num_rows)


def each_row(
    path: str, first: int, count: int | None
) -> Iterator[tuple[str, Callable[[], Article]]]:
    """Yield (source, how to read it) of `count` rows from row `first` (from 0) on.

    Raises:
        InputError: it is no Parquet file, has no texts, or breaks off.
        KawatError: pyarrow is not installed.
    """
    with _open(path) as file:
        end = file.metadata.num_rows if count is None else first + count
        columns = [c for c in ("text", *FIELDS) if c in file.schema_arrow.names]
        try:
            for at, batch in _batches(file, first, end, columns):
                for number, row in enumerate(batch.to_pylist(), at):
                    if first <= number < end:
                        source = f"{path}:{number + 1}"
                        yield source, partial(read_record, row, source)
        except (OSError, load_arrow("Parquet").ArrowException) as error:
            raise InputError(path, f"broken Parquet: {error}", "write it again") from None


def _batches(
    file: Any, first: int, end: int, columns: list[str]
) -> Iterator[tuple[int, Any]]:  # fmt: skip
    """(number of its first row, rows) from the row groups that hold rows from `first` to `end`."""
    at = 0
    for group in range(file.num_row_groups):
        size = file.metadata.row_group(group).num_rows
        if at < end and at + size > first:
            inside = at
            for batch in file.iter_batches(BATCH, row_groups=[group], columns=columns):
                if inside < end and inside + batch.num_rows > first:
                    yield inside, batch
                inside += batch.num_rows
        at += size


def _open(path: str) -> Any:
    arrow = load_arrow("Parquet")
    from pyarrow import parquet  # noqa: PLC0415  (an extra)

    try:
        file = parquet.ParquetFile(path)
    except FileNotFoundError:
        raise InputError(path, "no such file", "check the path") from None
    except (OSError, arrow.ArrowException) as error:
        raise InputError(path, f"no Parquet that can be read: {error}", "write it again") from None
    if "text" not in file.schema_arrow.names:
        file.close()
        raise InputError(path, "no column 'text'", f"columns: text, {', '.join(FIELDS)}")
    return file
