"""A telling made ready for being compared many times: sets instead of tuples, days of dates."""

from dataclasses import dataclass

from kawat.lang import load_common
from kawat.merge.days import Days, read_days
from kawat.model import Party, Spot, Telling

SHORTEST_WORD = 4
"""Shorter words are mostly grammar; a stop list would be knowledge of one language."""


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """What the scores read."""

    telling: Telling
    order: tuple[str, str]
    acts: frozenset[str]
    gets: frozenset[str]
    parties: frozenset[str]
    organs: tuple[tuple[bool, str, str, frozenset[str]], ...]
    """Of each party: whether it acts, code, entity, sectors."""
    persons: frozenset[str]
    directed: bool
    when: Days | None
    published: Days | None
    place: Spot | None
    words: frozenset[str]
    numbers: frozenset[str]


def sketch_telling(telling: Telling) -> Sketch:
    """Return the telling made ready for comparison."""
    common = load_common()
    acts, gets = _codes(telling.actors), _codes(telling.recipients)
    return Sketch(
        telling=telling,
        order=order_of(telling),
        acts=acts, gets=gets, parties=acts | gets,
        organs=(*_organs(True, telling.actors), *_organs(False, telling.recipients)),
        persons=frozenset(p.person for p in telling.actors if p.person),
        directed=common.groups[telling.type] in common.settings["event"]["directed"],
        when=read_days(telling.when), published=read_days(telling.published),
        place=telling.place,
        words=frozenset(
            w for w in telling.words if len(w) >= SHORTEST_WORD and not w.isdigit()
        ),
        numbers=frozenset(w for w in telling.words if w.isdigit()),
    )  # fmt: skip


def order_of(telling: Telling) -> tuple[str, str]:
    """Return the order in which reports are merged: as published, then by id."""
    return telling.published, telling.report


def _codes(side: tuple[Party, ...]) -> frozenset[str]:
    return frozenset(p.code or p.entity for p in side)


def _organs(acts: bool, side: tuple[Party, ...]) -> list[tuple[bool, str, str, frozenset[str]]]:
    return [(acts, p.code or p.entity, p.entity, frozenset(p.sectors)) for p in side]
