"""GraphML: parties as nodes, an edge for each pair, type and day. Opens in Gephi and networkx."""

from collections import Counter
from dataclasses import dataclass, field
from typing import BinaryIO

import networkx

from kawat.lang import load_common
from kawat.look.exports.dyads import Dyad, each_dyad
from kawat.model import Actor
from kawat.store import EventQuery, Store


@dataclass
class _Edge:
    """What one pair did in one type on one day."""

    dyads: list[Dyad] = field(default_factory=list)

    def attributes(self) -> dict[str, str | float | int]:
        first = self.dyads[0].event
        known = [d.event.intensity for d in self.dyads if d.event.intensity is not None]
        return {
            "event_type": first.type,
            "quad": first.quad,
            "intensity": sum(known) / len(known) if known else 0.0,
            "date": first.day,
            "reports": sum(d.event.reports for d in self.dyads),
            "origins": sum(d.event.origins[0] if d.event.origins else 0 for d in self.dyads),
            "event_ids": " ".join(dict.fromkeys(d.event.id for d in self.dyads)),
        }


def write_graph(
    store: Store, query: EventQuery | None, out: BinaryIO, version: str
) -> Counter[str]:
    """Write the graph; return the counts of nodes and edges, and what was left out and why.

    `origins` is the sum of the lower bounds. An event with one known party makes no edge.
    """
    counts: Counter[str] = Counter()
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(version=version)
    edges: dict[tuple[str, str, str, str], _Edge] = {}
    for dyad in each_dyad(store, query, counts):
        if dyad.actor is None or dyad.recipient is None:
            counts["events with one known party, which make no edge"] += 1
            continue
        for party in (dyad.actor, dyad.recipient):
            _add_node(graph, party)
        key = (dyad.actor.entity, dyad.recipient.entity, dyad.event.type, dyad.event.day)
        edges.setdefault(key, _Edge()).dyads.append(dyad)
    for (source, target, *_), edge in edges.items():
        graph.add_edge(source, target, **edge.attributes())
    networkx.write_graphml(graph, out, named_key_ids=True)
    counts.update(nodes=graph.number_of_nodes(), edges=graph.number_of_edges())
    return counts


def _add_node(graph: "networkx.MultiDiGraph[str]", party: Actor) -> None:
    row = load_common().entities.get(party.entity)
    iso3 = party.code if party.code == party.entity else ""
    graph.add_node(
        party.entity, id=party.entity, label=party.name, kind=row.kind if row else "", iso3=iso3
    )
