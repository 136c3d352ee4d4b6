"""A store's events in everybody's format (docs/exports.md)."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import TextIO

from kawat.errors import InputError, KawatError
from kawat.look.exports.claims import event_claim, write_claims
from kawat.look.exports.ftm import write_ftm
from kawat.look.exports.gdelt import write_gdelt
from kawat.look.exports.graph import write_graph
from kawat.look.exports.polecat import write_polecat
from kawat.look.exports.tables import (
    write_event_lines,
    write_event_parquet,
    write_event_table,
    write_report_table,
)
from kawat.store import EventQuery, Store

TextWriter = Callable[[Store, EventQuery | None, TextIO, str], Counter[str]]
TEXT: dict[str, TextWriter] = {
    "polecat": write_polecat, "gdelt": write_gdelt, "ftm": write_ftm, "claims": write_claims,
    "csv": write_event_table, "jsonl": write_event_lines, "reports": write_report_table,
}  # fmt: skip
FORMATS = (*TEXT, "graphml", "parquet")

__all__ = ["FORMATS", "event_claim", "export"]


def export(
    store: Store, format_: str, path: str | Path, query: EventQuery | None = None
) -> Counter[str]:
    """Write the events that a query wants; return counts of what was written and left out.

    Beside the file a second one, `PATH.about.json`, names the format, kawat's version, the query
    and the counts. The same store, query and version give the same bytes.

    Raises:
        KawatError: there is no such format, or a package that it needs is not installed.
        InputError: the file cannot be written.
    """
    path = Path(path)
    about = {"format": format_, "kawat": version("kawat"), "query": _describe(query)}
    try:
        counts = _write(store, format_, path, query, about)
        told = {**about, "counts": {name: n for name, n in counts.items() if n}}
        text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
        path.with_name(f"{path.name}.about.json").write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(
            str(path), error.strerror or "cannot be written", "choose another --out"
        ) from None
    return counts


def _write(
    store: Store, format_: str, path: Path, query: EventQuery | None, about: dict[str, str]
) -> Counter[str]:
    if format_ == "parquet":
        return write_event_parquet(store, query, path, about)
    if format_ == "graphml":
        with path.open("wb") as binary:
            return write_graph(store, query, binary, about["kawat"])
    if format_ not in TEXT:
        raise KawatError(f"no format {format_!r}; there are: {', '.join(FORMATS)}")
    with path.open("w", encoding="utf-8", newline="") as out:
        return TEXT[format_](store, query, out, about["kawat"])


def _describe(query: EventQuery | None) -> str:
    """The fields of a query that filter, as JSON."""
    default = asdict(EventQuery())
    asked = {k: v for k, v in asdict(query or EventQuery()).items() if v != default[k]}
    return json.dumps(asked, ensure_ascii=False, sort_keys=True)
