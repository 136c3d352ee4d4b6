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


def read_lines(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the number and cells of each row of a CSV file that keeps its schema."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for cells in reader:
            yield reader.line_num, cells


def find_errors(path: Path, schema: str) -> list[TableError]:
    """Return everything in which the CSV file at `path` breaks its schema, line by line."""
    found: list[TableError] = []
    try:
        for _ in _checked_rows(path, read_schema(schema), found):
            pass
    except TableError as error:
        found.append(error)
    return found


def _checked_rows(
    path: Path, columns: dict[str, dict[str, Any]], errors: list[TableError] | None = None
) -> Iterator[dict[str, Any]]:
    """Yield the checked cells of each row; what is wrong is raised, or put into `errors`."""
    seen: dict[str, dict[str, int]] = {name: {} for name, c in columns.items() if c.get("unique")}
    label = label_of(path)
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        if header != list(columns):
            raise TableError(label, 1, "", f"the header must be {','.join(columns)}")
        for cells in reader:
            try:
                yield _checked_row(cells, columns, seen, label, reader.line_num)
            except TableError as error:
                if errors is None:
                    raise
                errors.append(error)


def label_of(path: Path) -> str:
    """Return how errors name a table: kawat's own by its name, others by their path."""
    return path.name if path.is_relative_to(SCHEMAS.parent) else str(path)


def _checked_row(
    cells: list[str], columns: dict[str, dict[str, Any]], seen: dict[str, dict[str, int]],
    label: str, line: int,
) -> dict[str, Any]:  # fmt: skip
    if len(cells) != len(columns):
        raise TableError(label, line, "", f"{len(cells)} cells, not {len(columns)}")
    for name, cell in zip(columns, cells, strict=True):
        if name in seen and seen[name].setdefault(cell, line) != line:
            raise TableError(label, line, name, f"{cell!r} is on line {seen[name][cell]} too")
    return {
        name: _checked_value(cell.strip(), columns[name], label, line, name)
        for name, cell in zip(columns, cells, strict=True)
    }


def _checked_value(cell: str, column: dict[str, Any], label: str, line: int, name: str) -> Any:
    kind, allowed = column["kind"], column.get("values")
    if not cell:
        if column.get("required"):
            raise TableError(label, line, name, "empty, but required")
        return {"words": (), "number": None}.get(kind, "")
    parts = cell.split("|") if kind == "words" else [cell]
    for part in parts:
        if allowed and part not in allowed:
            raise TableError(label, line, name, f"{part!r} is not one of {', '.join(allowed)}")
        if kind == "date" and not _DATE.match(part):
            raise TableError(label, line, name, f"{part!r} is no date (YYYY[-MM[-DD]])")
    if kind == "number":
        try:
            return float(cell)
        except ValueError:
            raise TableError(label, line, name, f"{cell!r} is no number") from None
    return tuple(parts) if kind == "words" else cell
