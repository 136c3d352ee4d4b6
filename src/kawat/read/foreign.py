"""Rows of POLECAT, ICEWS and GDELT 2.0 files, as they are published."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from kawat.errors import InputError
from kawat.lang import load_cameo_types, load_state_names
from kawat.model import ForeignEvent
from kawat.read.streams import open_input

GDELT = {
    "id": 0, "day": 1, "actor": 7, "recipient": 17, "code": 26, "intensity": 30,
}  # fmt: skip
GDELT_COLUMNS = 61
NAMED: Mapping[str, Mapping[str, str]] = {
    "polecat": {
        "id": "Event ID", "day": "Event Date", "type": "Event Type", "mode": "Event Mode",
        "intensity": "Intensity", "actor": "Actor Country", "recipient": "Recipient Country",
    },
    "icews": {
        "id": "Event ID", "day": "Event Date", "code": "CAMEO Code", "intensity": "Intensity",
        "actor": "Source Country", "recipient": "Target Country",
    },
}  # fmt: skip
"""Columns by their names in the header."""
FORMATS = (*NAMED, "gdelt")


def read_foreign(path: str, format_: str, dataset: str) -> Iterator[ForeignEvent | InputError]:
    """Yield the events of a file (`.gz` and `.zst` too); a bad row gives an error in its place.

    Raises:
        InputError: the file cannot be read, or is in another format.
    """
    with open_input(path) as file:
        text = io.TextIOWrapper(file, "utf-8", "replace", newline="")
        rows = csv.reader(text, delimiter="\t", quoting=csv.QUOTE_NONE)
        places = GDELT if format_ == "gdelt" else _read_header(next(rows, []), format_, path)
        for number, row in enumerate(rows, 1 if format_ == "gdelt" else 2):
            try:
                yield _event({name: row[at] for name, at in places.items()}, dataset)
            except (IndexError, ValueError) as error:
                yield InputError(f"{path}:{number}", f"no row of {format_}: {error}")


def _read_header(header: Sequence[str], format_: str, path: str) -> dict[str, int]:
    missing = [c for c in NAMED[format_].values() if c not in header]
    if missing:
        raise InputError(path, f"no file of {format_}: no column {missing[0]!r}", "check --format")
    return {name: header.index(column) for name, column in NAMED[format_].items()}


def _event(row: Mapping[str, str], dataset: str) -> ForeignEvent:
    code = row.get("code") or "-".join(filter(None, (row.get("type", ""), row.get("mode", ""))))
    return ForeignEvent(
        dataset=dataset, id=row["id"], day=_read_day(row["day"]), actor=_state(row["actor"]),
        recipient=_state(row["recipient"]), code=code,
        type=row["type"].upper() if "type" in row else load_cameo_types().get(code, ""),
        intensity=float(row["intensity"]) if row["intensity"] else None,
    )  # fmt: skip


def _read_day(text: str) -> str:
    """`2022-08-15`, or `20220815` as GDELT has it."""
    return date.fromisoformat(text[:10].strip()).isoformat()


def _state(text: str) -> str:
    """The code of a state that is printed as a code or by name; "" for what is no state."""
    found: str = load_state_names().get(text.strip().casefold(), "")
    return found
