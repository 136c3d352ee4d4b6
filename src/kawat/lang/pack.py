"""A language pack: every table of a language folder, and of `any/`, read and checked."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from kawat.errors import LanguageError, TableError
from kawat.lang import rows
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


@cache
def load(language: str) -> Pack:
    """Return the pack of `language` (ISO 639-1), read once.

    Raises:
        LanguageError: there is no pack for it.
        TableError: a table breaks its schema.
    """
    if language not in languages():
        raise LanguageError(
            language or "?", "no language pack", f"there are packs for: {', '.join(languages())}"
        )
    any_, own = HERE / "any", HERE / language
    return Pack(
        language=language,
        folder=own,
        types=read_table(any_ / "types.csv", "types", rows.TypeRow),
        judge={r.feature: r.weight for r in read_table(any_ / "judge.csv", "judge", rows.JudgeRow)},
        entities={e.id: e for e in read_table(any_ / "entities.csv", "entities", rows.EntityRow)},
        people=read_table(any_ / "people.csv", "people", rows.PersonRow),
        outlets={o.id: o for o in read_table(any_ / "outlets.csv", "outlets", rows.OutletRow)},
        places=read_table(any_ / "places.csv", "places", rows.PlaceRow),
        offices=read_table(any_ / "offices.csv", "offices", rows.OfficeRow),
        members=read_table(any_ / "members.csv", "members", rows.MemberRow),
        names=read_names(any_, own),
        titles=read_table(own / "titles.csv", "titles", rows.TitleRow),
        agents=read_table(own / "agents.csv", "agents", rows.AgentRow),
        events=read_events(own / "events"),
        reporting=read_table(own / "reporting.csv", "reporting", rows.ReportingRow),
        contexts=read_table(own / "contexts.csv", "contexts", rows.ContextRow),
        tokens=_read_toml(own / "tokens.toml"),
        boilerplate=_read_toml(own / "boilerplate.toml"),
        times={**_read_toml(own / "times.toml"), "calendar": _read_toml(any_ / "calendar.toml")},
        speech=_read_toml(own / "speech.toml"),
        grammar=_read_toml(own / "grammar.toml"),
    )


def read_names(any_: Path, own: Path) -> tuple[rows.NameRow, ...]:
    """Return the names of a language, and those that all write alike and it does not read its way.

    Raises:
        TableError: a table breaks the schema.
    """
    names = read_table(own / "names.csv", "names", rows.NameRow)
    taken = {row.alias for row in names}
    shared = read_table(any_ / "names.csv", "names", rows.NameRow)
    return (*names, *(row for row in shared if row.alias not in taken))


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
