"""POLECAT: tab-separated, with a header, 40 columns."""

import csv
from collections import Counter
from collections.abc import Iterator
from typing import TextIO

from kawat.look.exports.dyads import Dyad, cow_of, each_dyad, wikidata_of
from kawat.model import Actor
from kawat.store import EventQuery, Store

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors",
    "Actor Title", "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country",
    "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title",
    "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City", "District", "Province",
    "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source",
    "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)  # fmt: skip
DAY = 10


def write_polecat(
    store: Store, query: EventQuery | None, out: TextIO, version: str
) -> Counter[str]:
    """Write a row a dyad; return how many rows, and what was left out and why.

    Where kawat knows something else than POLECAT does: the id columns named after Wikipedia hold
    Wikidata ids; an event without a time of its own has the day of its first publication; what
    kawat does not find (titles, districts, GeoNames) is empty.
    """
    counts: Counter[str] = Counter()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    for dyad in each_dyad(store, query, counts):
        writer.writerow([_one_line(cell) for cell in _row(dyad, version)])
        counts["rows"] += 1
    return counts


def _row(dyad: Dyad, version: str) -> Iterator[str]:
    event, stored = dyad.event, dyad.report
    place = stored.report.event.where
    yield from (dyad.id, event.day, event.type, event.mode)
    yield "" if event.intensity is None else f"{event.intensity:g}"
    yield event.quad.replace("_", " ")
    yield ";".join(event.contexts)
    yield from _party(dyad.actor)
    yield from _party(dyad.recipient)
    name = place.name if place else ""
    yield from (name, name, "", "", place.country if place else event.country)
    yield from (_degree(place.lat if place else None), _degree(place.lon if place else None))
    yield from ("", name, "", stored.outlet.name if stored.outlet else "")
    yield (stored.published or "")[:DAY]
    parties = [*stored.report.event.actors, *stored.report.event.recipients]
    yield ";".join(dict.fromkeys(p.text for p in parties if p.person))
    yield ";".join(dict.fromkeys(p.name for p in parties if p.entity != p.code))
    yield name
    yield stored.language
    yield version


def _party(actor: Actor | None) -> Iterator[str]:
    if actor is None:
        yield from ("",) * 8
        return
    primary = actor.sectors[0] if actor.sectors else ""
    yield from (actor.name, actor.code, cow_of(actor), primary, ";".join(actor.sectors))
    yield from ("", actor.text, wikidata_of(actor))


def _degree(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _one_line(cell: str) -> str:
    """A cell never breaks its row."""
    return " ".join(cell.split())
