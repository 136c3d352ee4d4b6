"""Who held an office of a state or body on a day, by people.csv and the titles of a language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from kawat.edtf import Bounds, read_bounds
from kawat.lang.pack import Pack
from kawat.lang.rows import PersonRow

Standing = Literal["holds", "part", "unknown", "over", "undated"]
"""holds: in office on every day asked about; part: on some of them; unknown: was when last seen,
which is before; over: before or after the term; undated: no day was asked, or none is known."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A term of office and how it stands to the days that were asked about."""

    term: PersonRow
    standing: Standing


@cache
def _terms(pack: Pack) -> dict[tuple[str, str], tuple[PersonRow, ...]]:
    found: dict[tuple[str, str], list[PersonRow]] = {}
    for term in pack.people:
        found.setdefault((term.entity, term.office), []).append(term)
    return {key: tuple(sorted(terms, key=lambda t: t.start)) for key, terms in found.items()}


@cache
def _titles(pack: Pack) -> dict[str, tuple[str, ...]]:
    return {phrase: row.offices for row in pack.titles for phrase in row.phrase}


def read_title(words: Iterable[str], pack: Pack) -> tuple[tuple[str, ...], int]:
    """Return the offices that the longest title at the start of `words` means, and its length.

    >>> from kawat.lang import load
    >>> read_title(["Menlu", "Rusia"], load("id"))[0][0]
    'foreign minister'
    """
    lowers = [word.lower() for word in words]
    titles = _titles(pack)
    for length in range(len(lowers), 0, -1):
        offices = titles.get(" ".join(lowers[:length]))
        if offices:
            return offices, length
    return (), 0


def read_day(edtf: str | None) -> Bounds | None:
    """Return the first and last day of a date or closed interval, None for what has no such."""
    return read_bounds(edtf) if edtf and ".." not in edtf else None


def stand(term: PersonRow, days: Bounds | None) -> Standing:
    """Return how a term stands to `days`."""
    start = read_bounds(term.start) if term.start else None
    if days is None or start is None:
        return "undated"
    end = read_bounds(term.end) if term.end else None
    if days[1] < start[0] or (end and days[0] > end[1]):
        return "over"
    if end:
        return "holds" if _within(days, start, end) else "part"
    seen = read_bounds(term.seen) if term.seen else None
    if seen is None or days[0] > seen[1]:
        return "unknown"
    return "holds" if _within(days, start, seen) else "part"


def _within(days: Bounds, start: Bounds, end: Bounds) -> bool:
    """Whether all of `days` lies in the term; a day or month in which it began or ended counts."""
    return days[0] >= start[0] and days[1] <= end[1]


def find_holders(
    pack: Pack, entity: str, offices: Iterable[str], edtf: str | None
) -> tuple[Holder, ...]:
    """Return who held the first of `offices` that somebody is known to have held then.

    Without a day, or where nobody is known, all terms of the first office that the entity has.
    """
    days, first = read_day(edtf), tuple[Holder, ...]()
    for office in offices:
        terms = _terms(pack).get((entity, office), ())
        holders = tuple(Holder(term, stand(term, days)) for term in terms)
        held = tuple(h for h in holders if h.standing in {"holds", "part"})
        if held:
            return _settle(held)
        first = first or holders
    return first


def _settle(held: tuple[Holder, ...]) -> tuple[Holder, ...]:
    """On the day on which one follows another, the new holder is meant."""
    sure = [h for h in held if h.standing == "holds"]
    if len(sure) > 1 and len({h.term.office for h in sure}) == 1:
        last = max(sure, key=lambda h: h.term.start)
        if all(h is last or h.term.end == last.term.start for h in sure):
            return (last,)
    return held


def holder_on(pack: Pack, entity: str, offices: Iterable[str], edtf: str | None) -> str:
    """Return the id of the one person who surely held the office then, "" if that is not known."""
    holders = find_holders(pack, entity, offices, edtf)
    sure = {h.term.id for h in holders if h.standing == "holds"}
    return sure.pop() if len(sure) == 1 and len({h.term.id for h in holders}) == 1 else ""


def exists_on(start: str, end: str, day: date) -> bool:
    """Whether a span of time whose open ends are unknown or still run may hold `day`."""
    first = read_bounds(start) if start else None
    last = read_bounds(end) if end else None
    return (first is None or first[0] <= day) and (last is None or day <= last[1])
