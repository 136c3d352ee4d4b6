"""Pairs of actors: which are new in a record, and the network that they make."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

import networkx as nx

from kawat.look.query import COOPERATION
from kawat.store import EventRow, Store

LOOKED_AT = 300
"""Newest events that tell which pairs are about."""
MOST_PAIRS = 30
NEW_DAYS = 90
MOST_TIES = 60
"""Ties of a network that are shown: those with most events."""
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class NewPair:
    """A pair whose first month in the record is `since` (`YYYY-MM`)."""

    pair: Pair
    since: str
    events: int


@dataclass(frozen=True, slots=True)
class Tie:
    """What passed between two actors, in order of the alphabet, in a period."""

    a: str
    b: str
    cooperation: int
    conflict: int

    @property
    def events(self) -> int:
        """All events."""
        return self.cooperation + self.conflict

    @property
    def sign(self) -> int:
        """1 where cooperation outweighs, -1 where conflict does, 0 where they are even."""
        return (self.cooperation > self.conflict) - (self.cooperation < self.conflict)


@dataclass(frozen=True, slots=True)
class Network:
    """The ties of a period, those with most events first; `all_ties` counts the others too."""

    since: str
    until: str
    ties: tuple[Tie, ...]
    all_ties: int
    balanced: int
    """Triads whose signs multiply to plus; `unbalanced`: to minus. Even ties make none."""
    unbalanced: int

    @property
    def actors(self) -> tuple[tuple[str, int], ...]:
        """The actors of the ties with their events, most first."""
        counts: Counter[str] = Counter()
        for tie in self.ties:
            counts.update({tie.a: tie.events, tie.b: tie.events})
        return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def pairs_of(row: EventRow) -> Iterator[Pair]:
    """Yield who has to do with whom in an event, each pair in order of the alphabet."""
    one_sided = not row.recipients or not row.actors
    for a, b in combinations(sorted({*row.actors, *row.recipients}), 2):
        if one_sided or ({a, b} & set(row.actors) and {a, b} & set(row.recipients)):
            yield a, b


def recent_pairs(store: Store) -> tuple[tuple[Pair, int], ...]:
    """Return the most frequent pairs among the newest events, with how many are theirs."""
    counts: Counter[Pair] = Counter()
    for row in store.events(limit=LOOKED_AT).items:
        counts.update(pairs_of(row))
    return tuple(sorted(counts.most_common(MOST_PAIRS), key=lambda item: (-item[1], item[0])))


def find_new_pairs(store: Store, pairs: Sequence[tuple[Pair, int]]) -> tuple[NewPair, ...]:
    """Return the pairs that were first seen in the 90 days before the latest event."""
    last = store.last_day(date.today().isoformat())
    if not last:
        return ()
    since = (date.fromisoformat(last) - timedelta(NEW_DAYS)).isoformat()[:7]
    found = []
    for pair, _ in pairs:
        months = store.months(*pair)
        first = min((m.month for m in months), default="")
        if first >= since:
            found.append(NewPair(pair, first, sum(m.events for m in months)))
    return tuple(sorted(found, key=lambda n: (n.since, n.events, n.pair), reverse=True)[:8])


def find_network(store: Store, since: str, until: str, most: int = MOST_TIES) -> Network:
    """Return the ties among actors from one ISO date to another, both inclusive."""
    sums: defaultdict[Pair, list[int]] = defaultdict(lambda: [0, 0])
    for row in store.pair_days(since, until):
        sums[row.a, row.b][row.quad not in COOPERATION] += row.events
    ties = [Tie(a, b, *counts) for (a, b), counts in sums.items()]
    ties.sort(key=lambda tie: (-tie.events, tie.a, tie.b))
    shown = tuple(ties[:most])
    signs = [sign for _, sign in triads(shown)]
    return Network(since, until, shown, len(ties), signs.count(1), signs.count(-1))


def triads(ties: Sequence[Tie]) -> Iterator[tuple[tuple[str, str, str], int]]:
    """Yield each three actors that all have signed ties, with the product of the signs."""
    graph: nx.Graph[str] = nx.Graph()
    for tie in ties:
        if tie.sign:
            graph.add_edge(tie.a, tie.b, sign=tie.sign)
    for three in combinations(sorted(graph), 3):
        edges = list(combinations(three, 2))
        if all(graph.has_edge(*edge) for edge in edges):
            product = 1
            for edge in edges:
                product *= graph.edges[edge]["sign"]
            yield three, product
