"""Read a CSV table and check it against its schema (`schema/NAME.toml`).

A schema has a table `[columns.NAME]` for each column, in order, with

- `kind`: text | words (alternatives, `|` between) | number | date (EDTF day, month or year)
- `required`: may not be empty
- `values`: the only values allowed (for `words`: of each alternative)
- `unique`: no two rows may agree in it
"""

import csv
import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from kawat.errors import TableError

Row = TypeVar("Row")
SCHEMAS = Path(__file__).parent / "schema"
_DATE = re.compile(r"-?\d{4}(-\d{2}(-\d{2})?)?$")


@cache
def read_schema(name: str) -> dict[str, dict[str, Any]]:
    """Return the columns of schema `name`, in order."""
    with (SCHEMAS / f"{name}.toml").open("rb") as file:
        columns: dict[str, dict[str, Any]] = tomllib.load(file)["columns"]
    return columns


def read_table(path: Path, schema: str, make: Callable[..., Row]) -> tuple[Row, ...]:
    """Return the rows of the CSV file at `path`, each made by `make(**columns)`.

    Raises:
        TableError: a column is missing or unknown, or a value breaks the schema.
    """
    return tuple(make(**values) for values in _checked_rows(path, read_schema(schema)))


def _checked_rows(path: Path, columns: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    seen: dict[str, dict[str, int]] = {name: {} for name, c in columns.items() if c.get("unique")}
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        if header != list(columns):
            raise TableError(path.name, 1, "", f"the header must be {','.join(columns)}")
        for cells in reader:
            line = reader.line_num
            if len(cells) != len(header):
                raise TableError(path.name, line, "", f"{len(cells)} cells, not {len(header)}")
            for name, cell in zip(header, cells, strict=True):
                if name in seen and seen[name].setdefault(cell, line) != line:
                    raise TableError(
                        path.name, line, name, f"{cell!r} is on line {seen[name][cell]} too"
                    )
            yield {
                name: _checked_value(cell.strip(), columns[name], path, line, name)
                for name, cell in zip(header, cells, strict=True)
            }


def _checked_value(cell: str, column: dict[str, Any], path: Path, line: int, name: str) -> Any:
    kind, allowed = column["kind"], column.get("values")
    if not cell:
        if column.get("required"):
            raise TableError(path.name, line, name, "empty, but required")
        return {"words": (), "number": None}.get(kind, "")
    parts = cell.split("|") if kind == "words" else [cell]
    for part in parts:
        if allowed and part not in allowed:
            raise TableError(path.name, line, name, f"{part!r} is not one of {', '.join(allowed)}")
        if kind == "date" and not _DATE.match(part):
            raise TableError(path.name, line, name, f"{part!r} is no date (YYYY[-MM[-DD]])")
    if kind == "number":
        try:
            return float(cell)
        except ValueError:
            raise TableError(path.name, line, name, f"{cell!r} is no number") from None
    return tuple(parts) if kind == "words" else cell
