"""Whom an act of violence hits when the words name no party: by place, or at home."""

from collections.abc import Container
from dataclasses import replace

from kawat.code.arguments import Roles
from kawat.code.clauses import Line
from kawat.code.triggers import Trigger
from kawat.lang import Pack
from kawat.model import Actor, Place

VIOLENT = frozenset({"ASSAULT", "COERCE"})
HOME_SECTORS = frozenset({"COP", "JUD"})
"""Organs that act on people of their own state unless another is named."""
GROUP_SECTORS = frozenset({"REB", "PRM", "MIL", "UAF"})
RULING = frozenset({"GOV", "LEG"})
PLACE_REACH = 14
OBJECT_REACH = 4


def add_state_hit(
    line: Line, trigger: Trigger, roles: Roles, places: tuple[Place, ...],
    named: Container[str], text: str, pack: Pack,
) -> None:  # fmt: skip
    """Fill the open recipient of a violent act with the state whose people or land it hits.

    `menewaskan 40 orang di Kharkiv` hits Ukraine, if the article speaks of Ukraine at all;
    `polisi menembak demonstran` hits the police's own state.
    """
    if trigger.row.type == "PROTEST" and not roles.actors:
        _add_protesters(line, trigger, roles, places, text, pack)
        return
    if trigger.row.type not in VIOLENT or roles.recipients or not roles.actors:
        return
    if trigger.row.recipient == "both":
        return
    place = _place_behind(line, trigger, places)
    own = roles.actors[0]
    if place is not None and place.country in named:
        abroad = place.country != own.entity
        if abroad or set(own.sectors) & (GROUP_SECTORS | HOME_SECTORS):
            row = pack.entities[place.country]
            state = Actor(row.id, row.code, row.name, (), text[slice(*place.span)], place.span)
            _add(roles, state, "state-of-the-place-hit")
    elif place is None and set(own.sectors) & HOME_SECTORS and _hits_people(line, trigger, pack):
        _add(roles, replace(own, sectors=("CVL",), person=""), "people-at-home")


def _add(roles: Roles, state: Actor, rule: str) -> None:
    roles.recipients.append(state)
    roles.inferred.append(("recipients", rule, state.entity))


def _add_protesters(
    line: Line, trigger: Trigger, roles: Roles, places: tuple[Place, ...], text: str, pack: Pack
) -> None:
    """`Ribuan orang berunjuk rasa di Jakarta`: people of the state where they do."""
    place = _place_behind(line, trigger, places)
    row = pack.entities.get(place.country) if place is not None else None
    if place is not None and row is not None:
        people = Actor(row.id, row.code, row.name, ("CVL",), text[slice(*place.span)], place.span)
        roles.actors.append(people)
        roles.inferred.append(("actors", "people-of-the-place", people.entity))
    elif against := _own_leader(roles):
        roles.actors.append(replace(against, sectors=("CVL",), person=""))
        roles.inferred.append(("actors", "people-at-home", against.entity))


def _own_leader(roles: Roles) -> Actor | None:
    """`Ribuan orang berunjuk rasa menentang Presiden Vucic`: a crowd is of whom it is against."""
    against = [
        m.actors[0]
        for side, _, _, m in roles.chosen
        if side == "recipients" and m.actors and m.kind == "leader"
    ]
    return next((a for a in against if set(a.sectors) & RULING), None)


def _place_behind(line: Line, trigger: Trigger, places: tuple[Place, ...]) -> Place | None:
    """The nearest place behind the trigger in its clause."""
    words = line.sentence.words
    stop = min(len(words), trigger.edges[1] + 1 + PLACE_REACH)
    for i in range(trigger.edges[1] + 1, stop):
        if line.lowers[i] in line.words.breakers or line.lowers[i] in {",", ";"}:
            return None
        for place in places:
            if place.span[0] == words[i].start:
                return place
    return None


def _hits_people(line: Line, trigger: Trigger, pack: Pack) -> bool:
    """Whether plain people stand behind the verb, or before its passive."""
    people = pack.grammar["clauses"]["people"]
    first, last = trigger.edges
    behind = line.lowers[last + 1 : last + 1 + OBJECT_REACH]
    before = line.lowers[max(0, first - OBJECT_REACH) : first]
    return any(w in people for w in (before if trigger.form.voice == "passive" else behind))
