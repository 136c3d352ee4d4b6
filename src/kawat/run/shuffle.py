"""Rows brought together by key over files: what maps write by partition, reduces read."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from kawat.read.streams import load_arrow
from kawat.run.shards import write_whole

COLUMNS = ("key", "value")


def hash_text(text: str) -> int:
    """Return 63 bits of a text."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) >> 1


def write_parts(path: Path, rows: Iterable[tuple[int, str]], parts: int) -> None:
    """Write (key, value) rows into one file, a row group for each partition `key % parts`."""
    arrow = load_arrow("merging")
    from pyarrow import parquet  # noqa: PLC0415  (an extra)

    split: list[list[tuple[int, str]]] = [[] for _ in range(parts)]
    for row in rows:
        split[row[0] % parts].append(row)
    schema = arrow.schema([("key", arrow.int64()), ("value", arrow.string())])
    sink = arrow.BufferOutputStream()
    with parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        for part in split:
            columns = [[row[at] for row in part] for at in range(2)]
            table = arrow.Table.from_arrays(list(map(arrow.array, columns, schema.types)), COLUMNS)
            # an empty row group keeps the count: group i is partition i
            writer.write_table(table, row_group_size=max(1, len(part)))
    write_whole(path, sink.getvalue().to_pybytes())


def read_part(paths: Sequence[Path], part: int) -> Iterator[tuple[int, str]]:
    """Yield the rows of one partition from all files, in the order of the files."""
    from pyarrow import parquet  # noqa: PLC0415  (an extra)

    for path in paths:
        with parquet.ParquetFile(path) as file:
            columns: dict[str, list[Any]] = file.read_row_group(part).to_pydict()
        yield from zip(columns["key"], columns["value"], strict=True)


def group_rows(rows: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    """Return the values of each key."""
    found: dict[int, list[str]] = {}
    for key, value in rows:
        found.setdefault(key, []).append(value)
    return found
