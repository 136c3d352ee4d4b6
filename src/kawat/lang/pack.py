"""A language pack: every table of a language folder, and of `any/`, read and checked."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from kawat.errors import InputError, LanguageError, TableError
from kawat.lang import rows
from kawat.lang.overlay import ANY, OWN, SETTING, lay_over
from kawat.lang.tables import read_table

HERE = Path(__file__).parent


@dataclass(frozen=True, eq=False)
class Pack:
    """The knowledge of one language. Compared and hashed by identity, so that rooms can cache."""

    language: str
    folder: Path
    types: tuple[rows.TypeRow, ...]
    entities: Mapping[str, rows.EntityRow]
    people: tuple[rows.PersonRow, ...]
    outlets: Mapping[str, rows.OutletRow]
    places: tuple[rows.PlaceRow, ...]
    names: tuple[rows.NameRow, ...]
    agents: tuple[rows.AgentRow, ...]
    events: tuple[rows.EventRow, ...]
    reporting: tuple[rows.ReportingRow, ...]
    contexts: tuple[rows.ContextRow, ...]
    tokens: Mapping[str, Any]
    boilerplate: Mapping[str, Any]
    times: Mapping[str, Any]
    speech: Mapping[str, Any]
    grammar: Mapping[str, Any]
    judge: Mapping[str, float] = field(default_factory=dict)
    """Weights of the features of an event (any/judge.csv)."""
    offices: tuple[rows.OfficeRow, ...] = ()
    members: tuple[rows.MemberRow, ...] = ()
    titles: tuple[rows.TitleRow, ...] = ()


@dataclass(frozen=True)
class Labels:
    """What labels of other schemes are in Universal Dependencies: any/labels.toml."""

    names: Mapping[str, str]
    of_preposition: frozenset[str]
    agents: frozenset[str]


@cache
def read_labels() -> Labels:
    """Return any/labels.toml."""
    table = _read_toml(HERE / "any" / "labels.toml")
    return Labels(table["names"], frozenset(table["of_preposition"]), frozenset(table["agents"]))


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a whole pack, down to its trained pipeline.

    >>> "id" in languages()
    True
    """
    return tuple(sorted(p.name for p in HERE.iterdir() if (p / "pipeline").is_dir()))


def tabled_languages() -> tuple[str, ...]:
    """Return the codes of the languages that have tables, with a pipeline or without."""
    return tuple(sorted(p.parent.name for p in HERE.glob("*/titles.csv")))


def load(language: str) -> Pack:
    """Return the pack of `language` (ISO 639-1), read once.

    Tables in the folder that the environment variable KAWAT_KNOWLEDGE names are laid over.

    Raises:
        LanguageError: there is no pack for it.
        TableError: a table breaks its schema.
    """
    if language not in languages():
        raise LanguageError(
            language or "?", "no language pack", f"there are packs for: {', '.join(languages())}"
        )
    return load_tables(language, own_folder())


def own_folder() -> Path | None:
    """Return the folder of tables of the user's own that is set, if there is one.

    Raises:
        InputError: what is set is no folder.
    """
    setting = os.environ.get(SETTING)
    if not setting:
        return None
    if not Path(setting).is_dir():
        raise InputError(setting, "no folder of tables", f"--knowledge, or {SETTING}")
    return Path(setting).resolve()


@cache
def load_tables(language: str, folder: Path | None = None) -> Pack:
    """Return the pack of a language that need not have a pipeline, `folder` laid over.

    Raises:
        LanguageError: there are no tables for it.
        TableError: a table breaks its schema.
    """
    if language not in tabled_languages():
        known = ", ".join(tabled_languages())
        raise LanguageError(language or "?", "no tables", f"there are tables for: {known}")
    any_, own = HERE / "any", HERE / language

    def read(place: str, table: str) -> tuple[Any, ...]:
        make, _ = (ANY if place == "any" else OWN)[table]
        return lay_over(
            read_table(HERE / place / f"{table}.csv", table, make), folder, place, table
        )

    return Pack(
        language=language,
        folder=own,
        types=read_table(any_ / "types.csv", "types", rows.TypeRow),
        judge={r.feature: r.weight for r in read_table(any_ / "judge.csv", "judge", rows.JudgeRow)},
        entities={e.id: e for e in read("any", "entities")},
        people=read("any", "people"),
        outlets={o.id: o for o in read("any", "outlets")},
        places=read("any", "places"),
        offices=read("any", "offices"),
        members=read("any", "members"),
        names=join_names(read(language, "names"), read("any", "names")),
        titles=read(language, "titles"),
        agents=read(language, "agents"),
        events=read_events(own / "events"),
        reporting=read(language, "reporting"),
        contexts=read(language, "contexts"),
        tokens=_read_toml(own / "tokens.toml"),
        boilerplate=_read_toml(own / "boilerplate.toml"),
        times={**_read_toml(own / "times.toml"), "calendar": _read_toml(any_ / "calendar.toml")},
        speech=_read_toml(own / "speech.toml"),
        grammar=_read_toml(own / "grammar.toml"),
    )


def join_names(
    own: tuple[rows.NameRow, ...], shared: tuple[rows.NameRow, ...]
) -> tuple[rows.NameRow, ...]:
    """Return the names of a language, and those of all that it does not read in its own way."""
    taken = {row.alias for row in own}
    return (*own, *(row for row in shared if row.alias not in taken))


def read_events(folder: Path) -> tuple[rows.EventRow, ...]:
    """Return the triggers of a pack, one file for each PLOVER type.

    Raises:
        TableError: a row breaks the schema, or stands in the file of another type.
    """
    found: list[rows.EventRow] = []
    for path in sorted(folder.glob("*.csv")):
        for row in read_table(path, "events", rows.EventRow):
            if row.type.lower() != path.stem:
                raise TableError(path.name, 0, row.id, f"{row.type} belongs into another file")
            found.append(row)
    return tuple(found)


def _read_toml(path: Path) -> Mapping[str, Any]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except tomllib.TOMLDecodeError as error:
        raise TableError(path.name, 0, "", str(error)) from None
