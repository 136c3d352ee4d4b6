"""The codebook: every column and every code of kawat's data, from the tables in use."""

import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from kawat.lang import load_cameo, load_common

COLUMNS = Path(__file__).parent / "exports" / "columns.toml"


def read_columns() -> dict[str, dict[str, str]]:
    """Return what each column of `events` and `reports` holds."""
    return tomllib.loads(COLUMNS.read_text(encoding="utf-8"))


def codebook() -> str:
    """Return the codebook as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield f"# Codebook of kawat {version('kawat')}\n"
    for table, columns in read_columns().items():
        yield f"## Columns of {table}\n\n| column | holds |\n|---|---|"
        yield from (f"| `{name}` | {text.replace('|', '/')} |" for name, text in columns.items())
        yield ""
    yield "## Types and modes\n"
    yield "Quad class and intensity are PLOVER's; CAMEO and Goldstein are those of exports.\n"
    yield "| type | mode | quad class | intensity | CAMEO | Goldstein |\n|---|---|---|---|---|---|"
    cameo = load_cameo()
    for (kind, mode), (quad, intensity) in load_common().scores.items():
        code, goldstein = cameo[kind, mode]
        shown = "" if intensity is None else f"{intensity:g}"
        yield f"| {kind} | {mode} | {quad} | {shown} | {code} | {goldstein:g} |"
    yield ""
    yield "## Entities\n"
    yield "| id | name | kind | code | Wikidata | COW |\n|---|---|---|---|---|---|"
    for row in load_common().entities.values():
        yield f"| {row.id} | {row.name} | {row.kind} | {row.code} | {row.wikidata} | {row.cow} |"
