"""The knowledge tables keep their schemas and point at one another correctly."""

from collections import defaultdict
from pathlib import Path
from typing import NamedTuple, TypeVar

import pytest

from kawat.lang import rows
from kawat.lang.tables import read_table

LANG = Path(__file__).parents[2] / "src" / "kawat" / "lang"
Row = TypeVar("Row")


class Knowledge(NamedTuple):
    """The tables of any/ and of a language that say who is who."""

    entities: tuple[rows.EntityRow, ...]
    people: tuple[rows.PersonRow, ...]
    outlets: tuple[rows.OutletRow, ...]
    places: tuple[rows.PlaceRow, ...]
    names: tuple[rows.NameRow, ...]
    agents: tuple[rows.AgentRow, ...]
    contexts: tuple[rows.ContextRow, ...]
    types: tuple[rows.TypeRow, ...]


LANGUAGES = sorted(path.parent.name for path in LANG.glob("*/names.csv"))


@pytest.fixture(scope="module", params=LANGUAGES)
def tables(request: pytest.FixtureRequest) -> Knowledge:
    own = LANG / request.param
    return Knowledge(
        entities=read_table(LANG / "any" / "entities.csv", "entities", rows.EntityRow),
        people=read_table(LANG / "any" / "people.csv", "people", rows.PersonRow),
        outlets=read_table(LANG / "any" / "outlets.csv", "outlets", rows.OutletRow),
        places=read_table(LANG / "any" / "places.csv", "places", rows.PlaceRow),
        names=read_table(own / "names.csv", "names", rows.NameRow),
        agents=read_table(own / "agents.csv", "agents", rows.AgentRow),
        contexts=read_table(own / "contexts.csv", "contexts", rows.ContextRow),
        types=read_table(LANG / "any" / "types.csv", "types", rows.TypeRow),
    )


def repeated(values: list[str]) -> set[str]:
    return {value for value in values if values.count(value) > 1}


def states(tables: Knowledge) -> set[str]:
    return {e.id for e in tables.entities if e.kind in {"state", "region", "former"}}


def test_there_is_enough_of_each(tables: Knowledge) -> None:
    groups = [e for e in tables.entities if e.kind == "group"]
    assert len(groups) >= 80
    assert len(tables.outlets) >= 150
    assert len(tables.places) >= 400
    assert len(tables.contexts) >= 250


def test_every_type_has_an_intensity(tables: Knowledge) -> None:
    assert all(row.intensity is not None for row in tables.types)
    assert len({row.type for row in tables.types}) == 16


def test_every_name_has_a_target(tables: Knowledge) -> None:
    targets = {e.id for e in tables.entities}
    targets |= {f"person:{p.id}" for p in tables.people}
    targets |= {f"outlet:{o.id}" for o in tables.outlets}
    assert {n.target for n in tables.names} - targets == set()


def test_every_person_and_outlet_can_be_written(tables: Knowledge) -> None:
    named = {n.target for n in tables.names}
    assert {p.id for p in tables.people if f"person:{p.id}" not in named} == set()
    assert {o.id for o in tables.outlets if f"outlet:{o.id}" not in named} == set()


def test_an_alias_with_two_targets_is_guarded(tables: Knowledge) -> None:
    """The finder takes the first row that no guard forbids: all but the last need a guard."""
    by_alias: dict[str, list[rows.NameRow]] = defaultdict(list)
    for row in tables.names:
        by_alias[row.alias].append(row)
    bare = [
        alias
        for alias, same in by_alias.items()
        if any(not row.not_before and not row.not_after for row in same[:-1])
    ]
    assert bare == []


def test_guards_are_single_words(tables: Knowledge) -> None:
    """A guard is compared with one word at a time; one with a space could never match."""
    guards = {g for n in tables.names for g in (*n.not_before, *n.not_after)}
    assert {g for g in guards if not g or " " in g} == set()


def test_people_serve_known_entities(tables: Knowledge) -> None:
    known = {e.id for e in tables.entities}
    assert {p.entity for p in tables.people} - known == set()


def test_terms_do_not_end_before_they_start(tables: Knowledge) -> None:
    wrong = [p.id for p in tables.people if p.start and p.end and p.end[:4] < p.start[:4]]
    assert wrong == []


def test_one_person_has_one_name(tables: Knowledge) -> None:
    names: dict[str, set[str]] = defaultdict(set)
    for person in tables.people:
        names[person.id].add(person.name)
    assert {key: found for key, found in names.items() if len(found) > 1} == {}


def test_outlets_and_places_lie_in_states(tables: Knowledge) -> None:
    known = states(tables)
    assert {o.country for o in tables.outlets} - known == set()
    assert {p.country for p in tables.places} - known == set()


def test_places_are_on_the_globe_and_named_once(tables: Knowledge) -> None:
    assert [p.names for p in tables.places if not -90 <= (p.lat or 0) <= 90] == []
    assert [p.names for p in tables.places if not -180 <= (p.lon or 0) <= 180] == []
    assert repeated([name for p in tables.places for name in p.names]) == set()


def test_codes_are_states_or_the_codes_for_those_without_one(tables: Knowledge) -> None:
    allowed = states(tables) | {"", "IGO", "IMG", "NGO", "UNO", "EUR", "NATO"}
    assert {e.id: e.code for e in tables.entities if e.code not in allowed} == {}


def test_agent_and_context_phrases_are_lower_case_and_agents_stand_once(tables: Knowledge) -> None:
    agents = [phrase for row in tables.agents for phrase in row.phrase]
    contexts = [phrase for row in tables.contexts for phrase in row.phrase]
    assert [p for p in agents + contexts if p != p.lower() or p != p.strip() or not p] == []
    assert repeated(agents) == set()
