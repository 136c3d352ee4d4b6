"""Questions to a store that need more than one answer of it: a relation, a source."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kawat.errors import KawatError
from kawat.model import Origin
from kawat.store import Carrier, MonthCount, Store

COOPERATION = ("VERBAL_COOPERATION", "MATERIAL_COOPERATION")


@dataclass(frozen=True, slots=True)
class RelationMonth:
    """What passed between two parties in one month (`YYYY-MM`)."""

    month: str
    cooperation: int
    conflict: int
    forth: int
    """Events in which the first acts on the second; `back`: the second on the first."""
    back: int
    undated: int
    """Events that stand here by the day of publication, since no report says when."""
    corroborated: int
    """Events with two origins or more, by the lower bound."""
    intensity: float | None
    """Mean PLOVER intensity, -10..10."""

    @property
    def events(self) -> int:
        """All events of the month."""
        return self.cooperation + self.conflict


@dataclass(frozen=True, slots=True)
class Relation:
    """Two parties over time, oldest month first; months without an event are left out."""

    a: str
    b: str
    names: tuple[str, str]
    months: tuple[RelationMonth, ...]

    @property
    def events(self) -> int:
        """All events."""
        return sum(m.events for m in self.months)


@dataclass(frozen=True, slots=True)
class Source:
    """What an outlet, body or person started, and who carried it."""

    name: str
    origins: tuple[Origin, ...]
    months: tuple[tuple[str, int], ...]
    """Events that go back to it, by month."""
    carriers: tuple[Carrier, ...]

    @property
    def events(self) -> int:
        """Events that go back to it."""
        return sum(n for _, n in self.months)


def relation(
    store: Store, a: str, b: str, *, since: str = "", until: str = "", status: str = "actual"
) -> Relation:
    """Return the monthly counts and mean intensity of two parties (entity ids).

    `since` and `until` are months or days. Only events of one `status` count; "" counts all.

    Raises:
        KawatError: the two are one.
    """
    if a == b:
        raise KawatError(f"{a} and {b} are one: a relation has two parties")
    by_month: defaultdict[str, list[MonthCount]] = defaultdict(list)
    for count in store.months(a, b, since=since, until=until):
        if not status or count.status == status:
            by_month[count.month].append(count)
    names = store.names([a, b])
    months = tuple(_sum_month(month, found) for month, found in sorted(by_month.items()))
    return Relation(a, b, (names.get(a, a), names.get(b, b)), months)


def _sum_month(month: str, counts: list[MonthCount]) -> RelationMonth:
    def sum_of(wanted: Iterable[MonthCount]) -> int:
        return sum(c.events for c in wanted)

    scored = [(c.intensity, c.events) for c in counts if c.intensity is not None]
    weight = sum(n for _, n in scored)
    together = [c for c in counts if c.quad in COOPERATION]
    return RelationMonth(
        month,
        cooperation=sum_of(together),
        conflict=sum_of(c for c in counts if c.quad not in COOPERATION),
        forth=sum_of(c for c in counts if c.direction == ">"),
        back=sum_of(c for c in counts if c.direction == "<"),
        undated=sum(c.events - c.dated for c in counts),
        corroborated=sum(c.corroborated for c in counts),
        intensity=round(sum(i * n for i, n in scored) / weight, 2) if weight else None,
    )


def source(store: Store, name: str, *, since: str = "", until: str = "") -> Source:
    """Return what an origin started and who carried it: an id (`KCNA`), a key or a name.

    Raises:
        KawatError: nothing in the store goes back to it.
    """
    origins = store.origins(name)
    if not origins:
        raise KawatError(f"no report in the store goes back to {name!r}")
    keys = [origin.key for origin in origins]
    return Source(
        name, origins, store.origin_months(keys, since=since, until=until),
        store.carriers(keys, since=since, until=until),
    )  # fmt: skip
