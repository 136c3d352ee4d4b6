"""The trail graph of an event: from every report to the roots that it goes back to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import networkx as nx

from kawat.merge.days import find_later
from kawat.merge.judgements import settle_judgements
from kawat.merge.outlets import name_outlet, resolve_outlet
from kawat.merge.roots import fuller_root, read_root
from kawat.model import Judgement, Link, Origin, Telling, Trail


@dataclass
class TrailGraph:
    """Reports, what each depends on, and the roots. Edges go from a report to its source."""

    reports: dict[str, Telling]
    roots: dict[str, Origin] = field(default_factory=dict)
    graph: "nx.DiGraph[str]" = field(default_factory=nx.DiGraph)
    circles: list[tuple[str, ...]] = field(default_factory=list)
    """Ways that come back to where they were: labels, first teller first."""


def build_trails(tellings: Iterable[Telling], copies: Iterable[Judgement]) -> TrailGraph:
    """Return the trail graph of one event's reports, with every ring ending at a root."""
    found = TrailGraph({t.report: t for t in sorted(tellings, key=lambda t: t.report)})
    originals = find_originals(found.reports.values(), copies)
    by_article = _group(found.reports.values(), lambda t: t.article)
    by_outlet = _group(found.reports.values(), lambda t: resolve_outlet(t.publisher))
    for report, telling in found.reports.items():
        found.graph.add_node(report)
        original = originals.get(telling.article, telling.article)
        sources = (
            [t.report for t in by_article[original]]
            if original != telling.article
            else _relayed(telling, by_outlet)
        )
        if not sources:
            root = read_root(telling)
            found.roots[root.key] = fuller_root(root, found.roots.get(root.key, root))
            sources = [root.key]
        found.graph.add_edges_from((report, source) for source in sources)
    _close_circles(found)
    return found


def find_originals(tellings: Iterable[Telling], copies: Iterable[Judgement]) -> Mapping[str, str]:
    """Return for each article of the event the one that it is a near-copy of, or itself.

    All that hang together by copying have one original: of those that are not known to copy, the
    first to appear.
    """
    articles = {t.article: t for t in sorted(tellings, key=lambda t: t.report, reverse=True)}
    same = [j for j in settle_judgements(copies) if j.kind == "copy" and j.verdict == "same"]
    together: nx.Graph[str] = nx.Graph()
    together.add_nodes_from(articles)
    together.add_edges_from((j.left, j.right) for j in same)
    copiers = {j.left for j in same if j.directed and j.right in articles}
    originals: dict[str, str] = {}
    for component in nx.connected_components(together):
        here = [a for a in component if a in articles]
        if here:
            free = [a for a in here if a not in copiers] or here
            first = min(free, key=lambda a: (articles[a].published or "9", a))
            originals |= dict.fromkeys(here, first)
    return originals


def list_trails(found: TrailGraph) -> tuple[Trail, ...]:
    """Return the way of each report, sorted by report; of several sources the first by name."""
    return tuple(
        Trail(report, telling.article, _path(found, report, ()), _root_of(found, report))
        for report, telling in found.reports.items()
    )


def _relayed(telling: Telling, by_outlet: Mapping[str, list[Telling]]) -> list[str]:
    """Return the reports here of the outlet that this one has it from, none that came later."""
    if not telling.chain or telling.chain[0].role != "carrier":
        return []
    return [
        t.report
        for t in by_outlet.get(_outlet_of(telling.chain[0]), [])
        if t.article != telling.article and find_later(t.published, telling.published) != "left"
    ]


def _close_circles(found: TrailGraph) -> None:
    """Note every ring of reports. One that has no source outside ends at a source it names.

    That is one which others lead to as well, if there is any: a ring adds no origin.
    """
    reports, graph = found.reports, found.graph
    for ring in sorted(map(sorted, nx.strongly_connected_components(graph))):
        if len(ring) > 1:
            found.circles.append(_ring_labels(found, ring))
            outside = {s for r in ring for s in graph.successors(r)} - set(ring)
            if not outside:
                named = (read_root(reports[r]) for r in ring)
                root = min(named, key=lambda r: (r.key not in found.roots, r.key))
                found.roots.setdefault(root.key, root)
                graph.add_edges_from((report, root.key) for report in ring)
    for trail in list_trails(found):
        if (
            len({label.casefold() for label in trail.path}) < len(trail.path)
            and trail.path not in found.circles
        ):
            found.circles.append(trail.path)


def _ring_labels(found: TrailGraph, ring: list[str]) -> tuple[str, ...]:
    edges = nx.find_cycle(found.graph.subgraph(ring), source=ring[0])
    labels = [_publisher(found.reports[source]) for _, source, *_ in reversed(list(edges))]
    return (*labels, labels[0])


def _path(found: TrailGraph, node: str, seen: tuple[str, ...]) -> tuple[str, ...]:
    if node in found.roots:
        return (found.roots[node].name,)
    telling = found.reports[node]
    sources = sorted(s for s in found.graph.successors(node) if s not in seen)
    # A root is the shortest answer; a ring is walked only where it has no other way out.
    sources.sort(key=lambda s: s not in found.roots)
    head = _path(found, sources[0], (*seen, node)) if sources else ()
    # A near-copy has the whole chain from the article that it copies.
    carriers = () if _is_copy(found, telling, sources[:1]) else telling.chain[1:]
    labels = [*head, *(_label(link) for link in carriers), _publisher(telling)]
    return tuple(
        label for at, label in enumerate(labels) if label and (at == 0 or label != labels[at - 1])
    )


def _is_copy(found: TrailGraph, telling: Telling, sources: list[str]) -> bool:
    if not sources or sources[0] in found.roots:
        return False
    source = resolve_outlet(found.reports[sources[0]].publisher)
    first = telling.chain[0] if telling.chain else None
    return first is None or first.role != "carrier" or _outlet_of(first) != source


def _root_of(found: TrailGraph, report: str) -> str:
    return min(n for n in nx.descendants(found.graph, report) if n in found.roots)


def _group(tellings: Iterable[Telling], key: Callable[[Telling], str]) -> dict[str, list[Telling]]:
    found: dict[str, list[Telling]] = {}
    for telling in tellings:
        found.setdefault(key(telling), []).append(telling)
    return found


def _outlet_of(link: Link) -> str:
    return resolve_outlet(link.entity or link.name)


def _publisher(telling: Telling) -> str:
    return name_outlet(telling.publisher) or "?"


def _label(link: Link) -> str:
    if link.role == "carrier":
        return name_outlet(link.entity or link.name)
    return link.name or link.text
