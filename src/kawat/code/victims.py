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
STATE_SECTORS = HOME_SECTORS | {"GOV", "MIL"}
"""Organs that arrest people of their own state unless another is named."""
TOLD_AT_HOME = frozenset({"ACCUSE", "REQUEST", "REJECT", "COERCE", "PROTEST"})
"""Types of acts at bare offices (`accused the prime minister`), which are the actor's own."""
GROUP_SECTORS = frozenset({"REB", "PRM", "MIL", "UAF"})
RULING = frozenset({"GOV", "LEG"})
PLACE_REACH = 14
OBJECT_REACH = 4
OFFICE_REACH = 4


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
    if roles.recipients or not roles.actors:
        return
    if trigger.row.type in TOLD_AT_HOME and _faces_own_office(line, trigger, roles, pack):
        _add(roles, replace(roles.actors[0], sectors=("GOV",), person=""), "office-at-home")
        return
    if trigger.row.type not in VIOLENT:
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
    elif place is None and _acts_at_home(line, trigger, own, pack):
        _add(roles, replace(own, sectors=("CVL",), person=""), "people-at-home")


def _acts_at_home(line: Line, trigger: Trigger, own: Actor, pack: Pack) -> bool:
    """`police arrested three`; `the ministry detained 43 people`; `police shot protesters`."""
    sectors = set(own.sectors)
    arrest = trigger.row.mode == "arrest" and trigger.form.voice != "noun"
    if arrest and sectors & HOME_SECTORS:
        return True
    wide = sectors & (STATE_SECTORS if arrest else HOME_SECTORS)
    return bool(wide) and _hits_people(line, trigger, pack)


def _faces_own_office(line: Line, trigger: Trigger, roles: Roles, pack: Pack) -> bool:
    """Whether a bare office stands right behind the verb, and the actor has one state."""
    own = roles.actors[0]
    if len(roles.actors) > 1 or own.entity != own.code or trigger.form.voice != "active":
        return False
    offices, clauses = pack.grammar["clauses"]["offices"], pack.grammar["clauses"]
    last = trigger.edges[1]
    behind = line.lowers[last + 1 : last + 1 + OFFICE_REACH]
    for i, word in enumerate(behind):
        if word in offices:
            after = line.lowers[last + 2 + i : last + 3 + i]
            return not any(w in clauses["owner"] for w in after)
        if word not in clauses["definite"] and word not in clauses["determining"]:
            return False
    return False


def _add(roles: Roles, state: Actor, rule: str) -> None:
    roles.recipients.append(state)
    roles.inferred.append(("recipients", rule, state.entity))


def _add_protesters(
    line: Line, trigger: Trigger, roles: Roles, places: tuple[Place, ...], text: str, pack: Pack
) -> None:
    """`Ribuan orang berunjuk rasa di Jakarta`: people of the state where they do."""
    if roles.recipients:
        _add_own_people(roles)
        return
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


def _add_own_people(roles: Roles) -> None:
    """`Thousands gathered outside parliament`: people of the state whose bare organ it is."""
    chosen = next((m for side, _, _, m in roles.chosen if side == "recipients"), None)
    if chosen is not None and chosen.rule == "state-in-view" and len(chosen.actors) == 1:
        people = replace(chosen.actors[0], sectors=("CVL",), person="")
        roles.actors.append(people)
        roles.inferred.append(("actors", "people-at-home", people.entity))


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
