"""kawat beside another data set: how far they agree, by pair of states and month."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p, sqrt

from kawat.errors import KawatError
from kawat.store import Store

FEWEST = 3
"""Months that a correlation needs."""


@dataclass(frozen=True, slots=True)
class MonthPair:
    """A month of a pair in both. Intensities are means, None where nothing is scored."""

    month: str
    own: int
    other: int
    own_intensity: float | None
    other_intensity: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far kawat and a data set agree on a pair."""

    a: str
    b: str
    own: int
    other: int
    both: int
    """Months in which both have events."""
    either: int
    counts: float | None
    """Pearson correlation of log(1 + events) over the months in which either has some."""
    intensity: float | None
    """The same of mean intensity, over the months in which both have one."""
    months: tuple[MonthPair, ...]


def compare_pair(
    store: Store, dataset: str, a: str, b: str, *, since: str = "", until: str = ""
) -> Agreement:
    """Return how far the events of a store agree with a data set that was imported into it.

    Only what is told as having happened counts: data sets have no other.

    Raises:
        KawatError: there is no such data set.
    """
    if dataset not in store.foreign_datasets():
        raise KawatError(f"{store.name}: no data set {dataset!r}; see kawat import")
    counts = [c for c in store.months(a, b, since=since, until=until) if c.status == "actual"]
    other = {m.month: m for m in store.foreign_months(dataset, (a, b), since=since, until=until)}
    months = []
    for month in sorted({c.month for c in counts} | set(other)):
        here = [c for c in counts if c.month == month]
        there = other.get(month)
        scored = [(c.intensity, c.events) for c in here if c.intensity is not None]
        weight = sum(n for _, n in scored)
        months.append(
            MonthPair(
                month, sum(c.events for c in here), there.events if there else 0,
                round(sum(i * n for i, n in scored) / weight, 3) if weight else None,
                there.intensity if there else None,
            )
        )  # fmt: skip
    return _agree(a, b, months)


def compare_all(
    store: Store, dataset: str, *, limit: int = 20, since: str = "", until: str = ""
) -> tuple[Agreement, ...]:
    """Return the agreement on the pairs that a data set has most of, the most frequent first.

    Raises:
        KawatError: there is no such data set.
    """
    pairs = store.foreign_pairs(dataset, limit)
    if not pairs:
        raise KawatError(f"{store.name}: no data set {dataset!r}; see kawat import")
    return tuple(
        compare_pair(store, dataset, a, b, since=since, until=until) for a, b in pairs
    )  # fmt: skip


def _agree(a: str, b: str, months: Sequence[MonthPair]) -> Agreement:
    scored = [
        (m.own_intensity, m.other_intensity) for m in months
        if m.own_intensity is not None and m.other_intensity is not None
    ]  # fmt: skip
    return Agreement(
        a, b, sum(m.own for m in months), sum(m.other for m in months),
        both=sum(bool(m.own and m.other) for m in months), either=len(months),
        counts=correlate([(log1p(m.own), log1p(m.other)) for m in months]),
        intensity=correlate(scored), months=tuple(months),
    )  # fmt: skip


def correlate(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Return Pearson's correlation, None where there are too few values or they do not vary.

    >>> correlate([(1, 2), (2, 4), (3, 6)])
    1.0
    """
    if len(pairs) < FEWEST:
        return None
    x_mean, y_mean = (sum(side) / len(pairs) for side in zip(*pairs, strict=True))
    x_var: float = sum((x - x_mean) ** 2 for x, _ in pairs)
    y_var: float = sum((y - y_mean) ** 2 for _, y in pairs)
    if not x_var or not y_var:
        return None
    shared = sum((x - x_mean) * (y - y_mean) for x, y in pairs)
    return float(round(shared / sqrt(x_var * y_var), 3))
