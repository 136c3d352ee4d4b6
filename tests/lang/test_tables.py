"""The knowledge tables keep their schemas and point at one another correctly."""

from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, TypeVar

import pytest

from kawat.lang import rows
from kawat.lang.pack import join_names
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
    titles: tuple[rows.TitleRow, ...]
    agents: tuple[rows.AgentRow, ...]
    contexts: tuple[rows.ContextRow, ...]
    types: tuple[rows.TypeRow, ...]
    offices: tuple[rows.OfficeRow, ...]
    members: tuple[rows.MemberRow, ...]


LANGUAGES = sorted(path.parent.name for path in LANG.glob("*/agents.csv"))


@pytest.fixture(scope="module", params=LANGUAGES)
def tables(request: pytest.FixtureRequest) -> Knowledge:
    own = LANG / request.param
    return Knowledge(
        entities=read_table(LANG / "any" / "entities.csv", "entities", rows.EntityRow),
        people=read_table(LANG / "any" / "people.csv", "people", rows.PersonRow),
        outlets=read_table(LANG / "any" / "outlets.csv", "outlets", rows.OutletRow),
        places=read_table(LANG / "any" / "places.csv", "places", rows.PlaceRow),
        names=join_names(
            read_table(own / "names.csv", "names", rows.NameRow),
            read_table(LANG / "any" / "names.csv", "names", rows.NameRow),
        ),
        titles=read_table(own / "titles.csv", "titles", rows.TitleRow),
        agents=read_table(own / "agents.csv", "agents", rows.AgentRow),
        contexts=read_table(own / "contexts.csv", "contexts", rows.ContextRow),
        types=read_table(LANG / "any" / "types.csv", "types", rows.TypeRow),
        offices=read_table(LANG / "any" / "offices.csv", "offices", rows.OfficeRow),
        members=read_table(LANG / "any" / "members.csv", "members", rows.MemberRow),
    )


def repeated(values: list[str]) -> set[str]:
    return {value for value in values if values.count(value) > 1}


def states(tables: Knowledge) -> set[str]:
    return {e.id for e in tables.entities if e.kind in {"state", "region", "former"}}


def test_there_is_enough_of_each(tables: Knowledge) -> None:
    armed = {"REB", "PRM", "UAF", "CRM"}
    groups = [e for e in tables.entities if e.kind == "group" and set(e.sectors) & armed]
    assert len(groups) >= 250
    assert len(tables.outlets) >= 300
    assert len([e for e in tables.entities if e.kind == "state"]) >= 193 + 2
    assert len([m for m in tables.members if m[:3:2] == ("UNO", "member")]) == 193
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


def test_everything_can_be_written(tables: Knowledge) -> None:
    named = {n.target for n in tables.names}
    assert {e.id for e in tables.entities if e.id not in named} == set()
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


def test_offices_are_known_and_titles_mean_some(tables: Knowledge) -> None:
    offices = {o.office for o in tables.offices}
    assert {p.office for p in tables.people} == offices
    assert {o for t in tables.titles for o in t.offices} - offices == set()
    assert repeated([phrase for t in tables.titles for phrase in t.phrase]) == set()


def first_day(date: str) -> str:
    """Return the earliest day that a date of any precision allows."""
    return date + "-01-01"[len(date) - 4 :] if date else "0000"


def last_day(date: str) -> str:
    """Return the latest day that a date of any precision allows; an open end is never over."""
    return date + "-12-31"[len(date) - 4 :] if date else "9999"


def test_one_person_offices_have_one_holder_at_a_time(tables: Knowledge) -> None:
    """Two terms overlap if the later surely starts before the earlier surely ends."""
    single = {o.office for o in tables.offices if o.holders == "one"}
    terms: dict[tuple[str, str], list[rows.PersonRow]] = defaultdict(list)
    for person in tables.people:
        if person.office in single and person.start:
            terms[person.entity, person.office].append(person)
    wrong = [
        (office, before.name, after.name)
        for office, held in terms.items()
        for before, after in pairwise(sorted(held, key=lambda p: first_day(p.start)))
        if last_day(after.start) < (first_day(before.end) if before.end else "9999")
    ]
    assert wrong == []


def test_open_terms_say_when_they_were_seen(tables: Knowledge) -> None:
    assert [p for p in tables.people if p.start and not p.end and not p.seen] == []
    assert [p for p in tables.people if p.end and p.seen] == []


def test_members_and_organisations_are_known(tables: Knowledge) -> None:
    known = {e.id for e in tables.entities}
    named = {m.organisation for m in tables.members} | {m.member for m in tables.members}
    assert named - known == set()
    assert [m for m in tables.members if m.end and m.start and m.end < m.start] == []
    assert (
        repeated([f"{m.organisation} {m.member} {m.role} {m.start}" for m in tables.members])
        == set()
    )


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
