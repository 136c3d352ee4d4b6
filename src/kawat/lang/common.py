"""Knowledge that has no language: what merging looks up, whatever the articles are written in."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kawat.errors import LanguageError
from kawat.lang import rows
from kawat.lang.tables import read_table

HERE = Path(__file__).parent


@dataclass(frozen=True, eq=False)
class Common:
    """The tables of `any/` that merging needs. Compared and hashed by identity."""

    entities: Mapping[str, rows.EntityRow]
    outlets: Mapping[str, rows.OutletRow]
    outlet_names: Mapping[str, str]
    """Id by name, id or domain, lower case."""
    scores: Mapping[tuple[str, str], tuple[str, float | None]]
    """Quad class and intensity of a type and mode."""
    groups: Mapping[str, str]
    """Of types that are compared with one another: cooperation, dispute, force."""
    near_types: Mapping[tuple[str, str], float]
    """Closeness 0..1 of two types, in both orders; 1 of a type with itself."""
    settings: Mapping[str, Any]
    """any/merge.toml."""


@cache
def load_common() -> Common:
    """Return the tables, read once.

    Raises:
        TableError: a table breaks its schema.
    """
    any_ = HERE / "any"
    outlets = read_table(any_ / "outlets.csv", "outlets", rows.OutletRow)
    types = read_table(any_ / "types.csv", "types", rows.TypeRow)
    near = read_table(any_ / "near_types.csv", "near_types", rows.NearTypeRow)
    settings = tomllib.loads((any_ / "merge.toml").read_text(encoding="utf-8"))
    closeness = {(row.type, row.type): 1.0 for row in types}
    closeness |= {(row.type, row.near): row.closeness for row in near}
    closeness |= {(row.near, row.type): row.closeness for row in near}
    return Common(
        entities={e.id: e for e in read_table(any_ / "entities.csv", "entities", rows.EntityRow)},
        outlets={row.id: row for row in outlets},
        outlet_names={
            name.lower(): row.id for row in outlets for name in (row.id, row.name, *row.domains)
        },
        scores={(row.type, row.mode): (row.quad, row.intensity) for row in types},
        groups={row.type: settings["groups"][row.quad] for row in types},
        near_types=closeness,
        settings=settings,
    )


@cache
def load_wording(language: str) -> Mapping[str, Any]:
    """Return the sentences that explain counts of origins (`LANG/origins.toml`).

    Raises:
        LanguageError: no such sentences are written for this language.
    """
    path = HERE / language / "origins.toml"
    if not language.isalpha() or not path.is_file():
        raise LanguageError(language or "?", "no sentences that explain origins in this language")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def load_reporting(language: str, kind: str) -> tuple[str, ...]:
    """Return the phrases of one kind of `LANG/reporting.csv`; () where there is no such table."""
    path = HERE / language / "reporting.csv"
    if not language or not path.is_file():
        return ()
    found = read_table(path, "reporting", rows.ReportingRow)
    return tuple(p for row in found if row.kind == kind for p in row.phrase)


@cache
def load_outlet_aliases(language: str) -> Mapping[str, tuple[str, ...]]:
    """Return the written names of each outlet, lower case: domains and `LANG/names.csv`."""
    names = {row.id: {row.name.lower(), *row.domains} for row in load_common().outlets.values()}
    path = HERE / language / "names.csv"
    if language and path.is_file():
        for row in read_table(path, "names", rows.NameRow):
            if row.target.removeprefix("outlet:") in names:
                names[row.target.removeprefix("outlet:")].add(row.alias.lower())
    return {key: tuple(sorted(found)) for key, found in names.items()}


@cache
def load_cameo() -> Mapping[tuple[str, str], tuple[str, float]]:
    """Return the CAMEO code and Goldstein value of each PLOVER type and mode."""
    found = read_table(HERE / "any" / "cameo.csv", "cameo", rows.CameoRow)
    return {(row.type, row.mode): (row.cameo, row.goldstein) for row in found}


@cache
def load_cameo_types() -> Mapping[str, str]:
    """Return the PLOVER type of each CAMEO code that has one."""
    found = read_table(HERE / "any" / "cameo_types.csv", "cameo_types", rows.CameoTypeRow)
    return {row.cameo: row.type for row in found}


@cache
def load_state_names() -> Mapping[str, str]:
    """Return the code of each state by its code and its English names, in small letters."""
    states = {e.id: e.name for e in load_common().entities.values() if e.kind == "state"}
    names = read_table(HERE / "en" / "names.csv", "names", rows.NameRow)
    found = {row.alias.casefold(): row.target for row in names if row.target in states}
    return found | {n.casefold(): i for i, n in states.items()} | {i.casefold(): i for i in states}


@cache
def load_alpha2() -> Mapping[str, str]:
    """Return ISO 3166-1 alpha-2 (small letters) by alpha-3."""
    found = read_table(HERE / "any" / "alpha2.csv", "alpha2", rows.AlphaRow)
    return {row.entity: row.alpha2 for row in found}


@cache
def load_language_codes() -> Mapping[str, str]:
    """Return the three letters of ISO 639 by the two of ISO 639-1."""
    found = read_table(HERE / "any" / "languages.csv", "languages", rows.LanguageRow)
    return {row.code: row.alpha3 for row in found}
