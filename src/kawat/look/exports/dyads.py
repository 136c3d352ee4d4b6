"""Events of a store as dyads: the shape of every data set of who did what to whom."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from kawat.lang import load_common
from kawat.model import Actor
from kawat.store import EventQuery, EventRow, Store, StoredReport

ACTUAL = "actual"
Pair = tuple[Actor | None, Actor | None]


@dataclass(frozen=True, slots=True)
class Dyad:
    """One actor and one recipient of an event, with the report that tells it most fully."""

    id: str
    """Unique and stable: the event's id, and the place of the pair in it from 1."""
    event: EventRow
    report: StoredReport
    actor: Actor | None
    recipient: Actor | None


def each_dyad(store: Store, query: EventQuery | None, left_out: Counter[str]) -> Iterator[Dyad]:
    """Yield the dyads of all events that a query wants; `left_out` counts parties, by reason.

    Of an event that all parties did together each two make a dyad, in the order of the text. A
    bloc has no code in the formats that this feeds, and is left out. Nor have they a column for
    what was denied, threatened or only thought of: unless the query asks for another status, only
    what is told as having happened is taken.
    """
    query = query or EventQuery()
    for row in store.each_event(query):
        if not query.status and row.status != ACTUAL:
            left_out[f"events told as {row.status}"] += 1
            continue
        view = store.event(row.id)
        if view is None or not view.reports:
            left_out["events that were gone while they were read"] += 1
            continue
        report = fullest(view.reports, row)
        event = report.report.event
        actors = _with_code(event.actors, left_out)
        recipients = _with_code(event.recipients, left_out)
        pairs = list(_pairs(actors, recipients))
        if not pairs:
            left_out["events of blocs alone"] += 1
        for number, (actor, recipient) in enumerate(pairs, 1):
            yield Dyad(f"{row.id}-{number}", row, report, actor, recipient)


def fullest(reports: Iterable[StoredReport], row: EventRow) -> StoredReport:
    """Return the report whose sentence the event shows, else the first that was not rejected."""
    kept = [r for r in reports if r.review != "reject"] or list(reports)
    return next((r for r in kept if r.report.sentence.text == row.sentence), kept[0])


def _with_code(actors: tuple[Actor, ...], left_out: Counter[str]) -> list[Actor]:
    entities = load_common().entities
    kept = [a for a in actors if a.entity not in entities or entities[a.entity].kind != "bloc"]
    left_out["blocs, which have no code"] += len(actors) - len(kept)
    return kept


def _pairs(actors: list[Actor], recipients: list[Actor]) -> Iterator[Pair]:
    if actors and recipients:
        yield from ((a, r) for a in actors for r in recipients)
    elif len(actors) > 1:
        yield from combinations(actors, 2)
    else:
        yield from ((a, None) for a in actors)
        yield from ((None, r) for r in recipients)


def cow_of(actor: Actor | None) -> str:
    """Return the Correlates of War number of the actor's state, or ""."""
    row = load_common().entities.get(actor.code) if actor else None
    return row.cow if row else ""


def wikidata_of(actor: Actor | None) -> str:
    """Return the Wikidata id of the actor's entity, or ""."""
    row = load_common().entities.get(actor.entity) if actor else None
    return row.wikidata if row else ""
