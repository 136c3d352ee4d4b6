"""Pairs of actors that the newest events are about: which surge, which are new."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from statistics import fmean, pstdev

from kawat.store import EventQuery, EventRow, Store

LOOKED_AT = 500
"""Newest events that tell which pairs are about."""
MOST_PAIRS = 40
NEW_DAYS = 90
BASE_MONTHS = 12
LEAST_SURGE = 3
"""Events in the latest month, below which nothing is a surge."""
LEAST_Z = 2.0
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Surge:
    """A pair with far more events in `month` than in the twelve before; `z` is in deviations."""

    pair: Pair
    month: str
    events: int
    usual: float
    z: float


@dataclass(frozen=True, slots=True)
class NewPair:
    """A pair whose first month in the record is `since` (`YYYY-MM`)."""

    pair: Pair
    since: str
    events: int


def pairs_of(row: EventRow) -> Iterator[Pair]:
    """Yield the pairs of an event: who with whom, each pair in order of the alphabet."""
    one_sided = not row.recipients or not row.actors
    both = sorted({*row.actors, *row.recipients})
    for a, b in combinations(both, 2):
        across = {a, b} & set(row.actors) and {a, b} & set(row.recipients)
        if one_sided or across:
            yield a, b


def recent_pairs(store: Store) -> tuple[tuple[Pair, int], ...]:
    """Return the most frequent pairs among the newest events, with how many are theirs."""
    counts: Counter[Pair] = Counter()
    for row in store.events(EventQuery(dated=True), limit=LOOKED_AT).items:
        counts.update(pairs_of(row))
    return tuple(sorted(counts.most_common(MOST_PAIRS), key=lambda item: (-item[1], item[0])))


def find_surges(store: Store, pairs: Sequence[tuple[Pair, int]]) -> tuple[Surge, ...]:
    """Return the pairs whose latest month stands out from the twelve before it."""
    found = []
    for pair, _ in pairs:
        sums = _months(store, pair)
        if not sums:
            continue
        month = max(sums)
        base = [sums.get(_earlier(month, back), 0) for back in range(1, BASE_MONTHS + 1)]
        usual = fmean(base)
        z = (sums[month] - usual) / max(pstdev(base), 1.0)
        if sums[month] >= LEAST_SURGE and z >= LEAST_Z:
            found.append(Surge(pair, month, sums[month], usual, z))
    return tuple(sorted(found, key=lambda s: (s.month, s.z), reverse=True)[:8])


def find_new_pairs(store: Store, pairs: Sequence[tuple[Pair, int]]) -> tuple[NewPair, ...]:
    """Return the pairs that were first seen in the days before the newest dated event."""
    newest = store.events(EventQuery(dated=True), limit=1).items
    if not newest:
        return ()
    since = (date.fromisoformat(newest[0].day) - timedelta(NEW_DAYS)).isoformat()[:7]
    found = []
    for pair, _ in pairs:
        sums = _months(store, pair)
        if sums and min(sums) >= since:
            found.append(NewPair(pair, min(sums), sum(sums.values())))
    return tuple(sorted(found, key=lambda n: (n.since, n.events), reverse=True)[:8])


def _months(store: Store, pair: Pair) -> Counter[str]:
    sums: Counter[str] = Counter()
    for row in store.months(*pair):
        sums[row.month] += row.events
    return sums


def _earlier(month: str, back: int) -> str:
    """The month so many months before.

    >>> _earlier("2022-02", 3)
    '2021-11'
    """
    total = int(month[:4]) * 12 + int(month[5:7]) - 1 - back
    return f"{total // 12:04}-{total % 12 + 1:02}"
