"""Surges and change points in how often pairs of parties meet, with the events behind them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import log, sqrt
from typing import Literal

from kawat.errors import KawatError
from kawat.look.query import COOPERATION
from kawat.store import EventQuery, EventRow, PairDay, Store

WEEK = timedelta(days=7)
REFERENCE = 26
"""Weeks before that a week is held against."""
LEAST = 3
"""Events in a week (or more a week after a change) below which nothing is an alert."""
Side = Literal["cooperation", "conflict"]


@dataclass(frozen=True, slots=True)
class Alert:
    """A week in which a pair met more often than before, or from which on it does."""

    kind: Literal["surge", "change"]
    a: str
    b: str
    side: Side
    since: str
    """First day of the week."""
    until: str
    """Last day of the week; of a change, the last day looked at."""
    count: float
    """Events in the week; of a change, mean a week since then."""
    expected: float
    """Mean a week in the 26 weeks before; of a change, between it and the change before."""
    score: float
    """surge: standard deviations above expectation. change: the same of the mean, by its error."""
    events: tuple[EventRow, ...]
    """The newest events behind it, 20 at most."""


def find_alerts(
    store: Store, *, until: str = "", weeks: int = 4, years: int = 2, threshold: float = 3.0
) -> tuple[Alert, ...]:
    """Return the alerts of the last `weeks` weeks up to a day, the strongest first.

    Weeks end on `until` (an ISO date; the day of the latest event if it is not given). Every pair
    is looked at, cooperation and conflict apart, over `years` years. A surge is a week more than
    `threshold` standard deviations above the 26 weeks before it; at least that of a Poisson count,
    so that a quiet pair does not cry wolf. A change point is found by PELT on square roots of the
    weekly counts.

    Raises:
        KawatError: PELT is not installed (the extra `analysis`), or `until` is no date.
    """
    end = _last_day(store, until)
    if end is None:
        return ()
    number = years * 52
    start = end - number * WEEK + timedelta(days=1)
    found: list[Alert] = []
    for (a, b, side), counts in _weekly(store.pair_days(str(start), str(end)), start, number):
        if sum(counts[-weeks - REFERENCE :]) < LEAST:
            continue
        for alert in (*_surges(counts, weeks, threshold), *_changes(counts, weeks, threshold)):
            kind, at, count, expected, score = alert
            first = start + at * WEEK
            last = first + timedelta(days=6) if kind == "surge" else end
            events = _behind(store, (a, b, side), str(first), str(last))
            found.append(
                Alert(kind, a, b, side, str(first), str(last), count, expected, score, events)
            )
    return tuple(sorted(found, key=lambda x: (-x.score, x.a, x.b, x.side, x.kind, x.since)))


def _last_day(store: Store, until: str) -> date | None:
    """The day to end on. Events that are only announced do not make the present."""
    try:
        day = until or store.last_day(date.today().isoformat())
        return date.fromisoformat(day) if day else None
    except ValueError:
        raise KawatError(f"{until!r} is no date such as 2022-08-16") from None


def _weekly(
    days: Iterable[PairDay], start: date, number: int
) -> Iterator[tuple[tuple[str, str, Side], list[int]]]:
    series: defaultdict[tuple[str, str, Side], list[int]] = defaultdict(lambda: [0] * number)
    for row in days:
        week = (date.fromisoformat(row.day) - start).days // 7
        series[row.a, row.b, _side(row.quad)][week] += row.events
    yield from sorted(series.items())


def _side(quad: str) -> Side:
    return "cooperation" if quad in COOPERATION else "conflict"


_Found = tuple[Literal["surge", "change"], int, float, float, float]


def _surges(counts: Sequence[int], weeks: int, threshold: float) -> Iterator[_Found]:
    for at in range(len(counts) - weeks, len(counts)):
        before = counts[max(0, at - REFERENCE) : at]
        if counts[at] < LEAST or not before:
            continue
        mean = sum(before) / len(before)
        spread = sum((c - mean) ** 2 for c in before) / len(before)
        score = (counts[at] - mean) / sqrt(max(spread, mean, 1.0))
        if score >= threshold:
            yield "surge", at, float(counts[at]), round(mean, 2), round(score, 2)


def _changes(counts: Sequence[int], weeks: int, threshold: float) -> Iterator[_Found]:
    """A change is told while it is new: when it lies in the last weeks, twice as many as asked."""
    try:
        import numpy as np  # noqa: PLC0415  (with ruptures half a second, and an extra)
        import ruptures  # noqa: PLC0415
    except ModuleNotFoundError:
        raise KawatError("alerts need ruptures: pip install 'kawat[analysis]'") from None
    signal = 2 * np.sqrt(np.asarray(counts, dtype=float))  # of variance 1 where counts are Poisson
    model = ruptures.Pelt(model="l2", min_size=3, jump=1).fit(signal.reshape(-1, 1))
    breaks = [0, *model.predict(pen=3 * log(len(counts)))]
    for before, at, after in zip(breaks, breaks[1:], breaks[2:], strict=False):
        old, new = counts[before:at], counts[at:after]
        mean, now = sum(old) / len(old), sum(new) / len(new)
        if after < len(counts) or at < len(counts) - 2 * weeks or sum(new) < LEAST:
            continue
        score = (now - mean) / sqrt(max(mean, 1.0) / len(new))
        if score >= threshold:
            yield "change", at, round(now, 2), round(mean, 2), round(score, 2)


def _behind(
    store: Store, of: tuple[str, str, Side], since: str, until: str
) -> tuple[EventRow, ...]:
    query = EventQuery(actor=of[0], partner=of[1], since=since, until=until)
    rows = store.events(query, limit=200).items
    return tuple(row for row in rows if _side(row.quad) == of[2])[:20]
