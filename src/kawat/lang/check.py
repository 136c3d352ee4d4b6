"""Check that tables agree with one another: `kawat check-tables DIR`."""

from collections.abc import Iterator
from pathlib import Path

from kawat.errors import InputError, TableError
from kawat.lang.overlay import check_folder
from kawat.lang.pack import Pack, load_tables, tabled_languages
from kawat.lang.tables import label_of, read_lines


def check_tables(folder: Path) -> list[TableError]:
    """Return everything that is wrong with a user's tables, alone and together with kawat's.

    Raises:
        InputError: there is no such folder.
    """
    if not folder.is_dir():
        raise InputError(str(folder), "no folder", "it has any/ and a folder for each language")
    languages = tabled_languages()
    found = check_folder(folder, languages)
    if not found:
        for language in languages:
            found.extend(_find_dangling(folder, load_tables(language, folder)))
    return list({str(error): error for error in found}.values())


def _find_dangling(folder: Path, pack: Pack) -> Iterator[TableError]:
    """Rows of the user's that point at nothing, and aliases that nothing tells apart."""
    people = {person.id for person in pack.people}
    offices = {row.office for row in pack.offices}
    targets = {*pack.entities, *(f"person:{p}" for p in people)}
    targets |= {f"outlet:{o}" for o in pack.outlets}
    states = {e.id for e in pack.entities.values()}
    checks = {
        "any/people.csv": {"entity": states, "office": offices},
        "any/members.csv": {"organisation": states, "member": states},
        "any/outlets.csv": {"country": states},
        "any/places.csv": {"country": states},
        "any/names.csv": {"target": targets},
        f"{pack.language}/names.csv": {"target": targets},
        f"{pack.language}/titles.csv": {"offices": offices},
    }
    for name, columns in checks.items():
        path = folder / name
        if path.is_file():
            for line, cells in read_lines(path):
                yield from _check_cells(path, line, cells, columns)
                yield from _check_guards(path, line, cells)
    for name in ("any/names.csv", f"{pack.language}/names.csv"):
        if (folder / name).is_file():
            yield from _find_unguarded(folder / name)


def _check_cells(
    path: Path, line: int, cells: dict[str, str], columns: dict[str, set[str]]
) -> Iterator[TableError]:
    for column, known in columns.items():
        for part in cells[column].split("|"):
            if part and part not in known:
                yield TableError(label_of(path), line, column, f"{part!r} is in no table")


def _check_guards(path: Path, line: int, cells: dict[str, str]) -> Iterator[TableError]:
    for column in ("not_before", "not_after"):
        for guard in cells.get(column, "").split("|"):
            if " " in guard:
                reason = f"{guard!r} is more than one word, and could never match"
                yield TableError(label_of(path), line, column, reason)


def _find_unguarded(path: Path) -> Iterator[TableError]:
    """An alias with two targets needs a guard in all rows but the last."""
    rows = list(read_lines(path))
    last = {cells["alias"]: line for line, cells in rows}
    for line, cells in rows:
        if line != last[cells["alias"]] and not (cells["not_before"] or cells["not_after"]):
            reason = (
                f"{cells['alias']!r} is on line {last[cells['alias']]} too, and has no guard here"
            )
            yield TableError(label_of(path), line, "alias", reason)
