"""Look-up structures over a pack's tables, built once a pack and process."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import ahocorasick_rs

from kawat.lang import Pack
from kawat.lang.rows import AgentRow, EntityRow, NameRow, OutletRow, PersonRow

Value = TypeVar("Value")


@dataclass(frozen=True, eq=False)
class Index:
    """Names by automaton, agents by first word, people and outlets by id."""

    names: ahocorasick_rs.AhoCorasick
    name_rows: tuple[tuple[NameRow, ...], ...]
    agents: dict[str, tuple[tuple[tuple[str, ...], AgentRow], ...]]
    people: dict[str, tuple[PersonRow, ...]]
    entities: dict[str, EntityRow]
    outlets: dict[str, OutletRow]
    state_media: dict[str, OutletRow]
    homes: dict[str, str]
    """States of outlets by their names and domains, lower case."""
    phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    heads: dict[str, str]
    """Head words of longer phrases, with the list of phrases that they mean the same as."""
    phrase_guards: frozenset[str]
    """Words behind a phrase with which it names its party itself: `the president of Kenya`."""
    never_alone: frozenset[str]
    """First words of agents that mean nobody's unless a state stands beside them: `people`."""
    head_ends: frozenset[str]
    head_stops: frozenset[str]
    prepositions: frozenset[str]


PHRASE_LISTS = (
    "both_people",
    "both_states",
    "both_phrases",
    "all_phrases",
    "state_phrases",
    "region_phrases",
    "group_phrases",
    "body_phrases",
    "person_phrases",
    "own_phrases",
)


@cache
def build_index(pack: Pack) -> Index:
    """Return the look-up structures of `pack`."""
    by_alias: dict[str, list[NameRow]] = {}
    for row in pack.names:
        by_alias.setdefault(row.alias, []).append(row)
    people: dict[str, list[PersonRow]] = {}
    for person in pack.people:
        people.setdefault(person.id, []).append(person)
    grammar = pack.grammar["actors"]
    return Index(
        names=ahocorasick_rs.AhoCorasick(list(by_alias)),
        name_rows=tuple(tuple(rows) for rows in by_alias.values()),
        agents=_by_first_word(
            (phrase, row)
            for row in pack.agents
            for phrase in row.phrase
            if phrase.split()[0] not in grammar["former"]
        ),
        people={key: tuple(rows) for key, rows in people.items()},
        entities=dict(pack.entities),
        outlets=dict(pack.outlets),
        state_media=_state_media(pack),
        homes={
            name.lower(): o.country for o in pack.outlets.values() for name in (o.name, *o.domains)
        },
        phrases=_by_first_word((p, name) for name in PHRASE_LISTS for p in grammar[name]),
        heads={
            word: f"{kind}_phrases"
            for kind in ("body", "group", "state")
            for word in grammar[f"{kind}_heads"]
        },
        phrase_guards=frozenset(grammar["phrase_guards"]),
        never_alone=frozenset(grammar["never_alone"]),
        head_ends=frozenset(grammar["head_ends"]),
        head_stops=frozenset(grammar["head_stops"]),
        prepositions=frozenset(pack.grammar["clauses"]["prepositions"])
        - frozenset(grammar.get("naming", ())),
    )


def _by_first_word(
    pairs: Iterable[tuple[str, Value]],
) -> dict[str, tuple[tuple[tuple[str, ...], Value], ...]]:
    index: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
    for phrase, value in pairs:
        words = tuple(phrase.split())
        index.setdefault(words[0], []).append((words, value))
    return {
        first: tuple(sorted(entries, key=lambda entry: -len(entry[0])))
        for first, entries in index.items()
    }


def _state_media(pack: Pack) -> dict[str, OutletRow]:
    """The outlet that `media pemerintah` + state means: the state's agency, first of the table."""
    found: dict[str, OutletRow] = {}
    for kind in ("agency", "broadcaster", "paper"):
        for outlet in pack.outlets.values():
            if outlet.control == "state" and outlet.kind == kind and outlet.country not in found:
                found[outlet.country] = outlet
    return found
