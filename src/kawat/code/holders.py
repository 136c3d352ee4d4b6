"""Who is meant by a title and a state alone: the holder of the office on the day of the event."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from kawat.lang import Pack
from kawat.lang.offices import holder_on, read_title
from kawat.model import Actor


@cache
def _targets(pack: Pack) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in pack.names:
        found.setdefault(row.alias, set()).add(row.target)
    return {alias: frozenset(targets) for alias, targets in found.items()}


def name_holders(actors: Iterable[Actor], day: str | None, pack: Pack) -> tuple[Actor, ...]:
    """Return the actors, with the person where a title and a state name one on `day` (EDTF).

    `Presiden AS` of 1962 is Kennedy; of 1945, when two held the office, and of a day that is not
    known it is nobody in particular. Words that name a person themselves are left as they are.
    """
    return tuple(_name_holder(actor, day, pack) if day else actor for actor in actors)


def _name_holder(actor: Actor, day: str | None, pack: Pack) -> Actor:
    if actor.person or actor.sectors == ("ELI",):
        return actor
    offices = _offices_of(actor, pack)
    person = holder_on(pack, actor.entity, offices, day) if offices else ""
    return replace(actor, person=person) if person else actor


def _offices_of(actor: Actor, pack: Pack) -> tuple[str, ...]:
    """The offices of a title beside nothing but a name of the actor's own state or body."""
    words = actor.text.split()
    for first in range(len(words)):
        offices, length = read_title(words[first:], pack)
        if offices:
            before = " ".join(words[:first])
            behind = " ".join(words[first + length :])
            return offices if _is_own(before, behind, actor, pack) else ()
    return ()


def _is_own(before: str, behind: str, actor: Actor, pack: Pack) -> bool:
    grammar = pack.grammar["actors"]
    for word in (*grammar["linkers"], *grammar["articles"], *grammar["linkers"]):
        behind = behind.removeprefix(f"{word} ")
    for mark in grammar["possessives"]:
        before = before.removesuffix(mark)
    name = behind or before
    return not (before and behind) and actor.entity in _targets(pack).get(name, ())
