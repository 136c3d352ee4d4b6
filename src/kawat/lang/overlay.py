"""Tables of a user's own, laid over kawat's: `DIR/any/people.csv`, `DIR/id/names.csv` ...

A row of the user's takes the place of kawat's rows with the same key; all others are added.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from kawat.errors import TableError
from kawat.lang import rows
from kawat.lang.tables import find_errors, label_of, read_table

Row = TypeVar("Row")
SETTING = "KAWAT_KNOWLEDGE"
"""The environment variable that names the folder."""

ANY: dict[str, tuple[Callable[..., Any], tuple[str, ...]]] = {
    "entities": (rows.EntityRow, ("id",)),
    "people": (rows.PersonRow, ("id", "entity", "office", "start")),
    "outlets": (rows.OutletRow, ("id",)),
    "places": (rows.PlaceRow, ("names",)),
    "offices": (rows.OfficeRow, ("office",)),
    "members": (rows.MemberRow, ("organisation", "member", "role", "start")),
    "names": (rows.NameRow, ("alias",)),
}
OWN: dict[str, tuple[Callable[..., Any], tuple[str, ...]]] = {
    "names": (rows.NameRow, ("alias",)),
    "titles": (rows.TitleRow, ("id",)),
    "agents": (rows.AgentRow, ("id",)),
    "reporting": (rows.ReportingRow, ("id",)),
    "contexts": (rows.ContextRow, ("id",)),
}
"""Tables that can be laid over, with their rows and what tells two of them apart."""


def lay_over(base: Iterable[Row], folder: Path | None, place: str, table: str) -> tuple[Row, ...]:
    """Return the rows of `base` with those of `folder/place/table.csv` in their places.

    Raises:
        TableError: the user's table breaks the schema.
    """
    path = folder / place / f"{table}.csv" if folder else None
    if path is None or not path.is_file():
        return tuple(base)
    make, key = (ANY if place == "any" else OWN)[table]
    own: tuple[Row, ...] = read_table(path, table, make)
    taken = {_key(row, key) for row in own}
    return (*(row for row in base if _key(row, key) not in taken), *own)


def _key(row: object, columns: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, column) for column in columns)


def check_folder(folder: Path, languages: Iterable[str]) -> list[TableError]:
    """Return what is wrong with the files of a folder of tables: names, headers, cells."""
    places = {"any": ANY, **dict.fromkeys(languages, OWN)}
    found: list[TableError] = []
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            continue
        tables = places.get(path.parent.name, {}) if path.parent.parent == folder else {}
        if path.suffix != ".csv" or path.stem not in tables:
            known = ", ".join(f"{place}/{name}.csv" for place in places for name in places[place])
            found.append(
                TableError(label_of(path), 0, "", f"no table of kawat; these are: {known}")
            )
            continue
        try:
            found.extend(find_errors(path, path.stem))
        except UnicodeDecodeError:
            found.append(TableError(label_of(path), 0, "", "not UTF-8"))
    return found
