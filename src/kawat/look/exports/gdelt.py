"""GDELT 2.0 events: tab-separated, no header, 61 columns, with CAMEO codes and Goldstein values."""

import csv
import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import TextIO

from kawat.lang import load_cameo
from kawat.look.exports.dyads import Dyad, each_dyad
from kawat.model import Actor
from kawat.store import EventQuery, Store

PARTY = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code",
    "Religion2Code", "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{n}{name}" for n in (1, 2) for name in PARTY),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
QUADS = {
    "VERBAL_COOPERATION": "1", "MATERIAL_COOPERATION": "2", "VERBAL_CONFLICT": "3",
    "MATERIAL_CONFLICT": "4",
}  # fmt: skip
COUNTRY_TYPE, CITY_TYPE = "1", "4"
"""GDELT's types of a place: a country; a city of the world."""
ID_BITS = 60
DAYS_OF_YEAR, DAYS_OF_MONTH = 365, 30
"""The fraction of a year as the GDELT code book counts it."""


def write_gdelt(store: Store, query: EventQuery | None, out: TextIO, _version: str) -> Counter[str]:
    """Write a row a dyad; return how many rows, and what was left out and why.

    CAMEO is coarser in places and finer in others than PLOVER: `any/cameo.csv` says which code each
    type and mode gets. `QuadClass` is PLOVER's. kawat measures no tone and geocodes no party, so
    those columns are empty; the format has no place for a version, which the file beside it holds.
    """
    counts: Counter[str] = Counter()
    writer = csv.writer(
        out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None
    )
    for dyad in each_dyad(store, query, counts):
        writer.writerow([" ".join(cell.split()) for cell in _row(dyad)])
        counts["rows"] += 1
    return counts


def event_number(dyad_id: str) -> int:
    """Return the number that stands for an id: the first 60 bits of its SHA-256."""
    return int.from_bytes(hashlib.sha256(dyad_id.encode()).digest()[:8]) >> (64 - ID_BITS)


def _row(dyad: Dyad) -> Iterator[str]:
    event, stored = dyad.event, dyad.report
    year, month, day = event.day[:4], event.day[5:7], event.day[8:10]
    fraction = (int(month) * DAYS_OF_MONTH + int(day)) / DAYS_OF_YEAR
    yield from (str(event_number(dyad.id)), f"{year}{month}{day}", f"{year}{month}", year)
    yield f"{int(year) + fraction:.4f}"
    yield from _party(dyad.actor)
    yield from _party(dyad.recipient)
    code, goldstein = load_cameo()[event.type, event.mode]
    yield from ("1", code, code[:3], code[:2], QUADS[event.quad], f"{goldstein:g}")
    yield from (str(event.reports), str(event.outlets), str(event.documents), "")
    yield from ("0", *("",) * 7, "0", *("",) * 7)
    yield from _place(dyad)
    published = (stored.published or event.day)[:10].replace("-", "")
    yield from (published.ljust(8, "0")[:8] + "000000", stored.url)


def _party(actor: Actor | None) -> Iterator[str]:
    if actor is None:
        yield from ("",) * 10
        return
    state = actor.code if actor.code == actor.entity else ""
    group = "" if state else actor.entity
    types = (*actor.sectors[:3], "", "", "")[:3]
    yield from ((state or actor.code) + "".join(actor.sectors[:1]), actor.name.upper(), state)
    yield from (group, "", "", "", *types)


def _place(dyad: Dyad) -> Iterator[str]:
    place = dyad.report.report.event.where
    if place is None:
        country = dyad.event.country
        yield from (COUNTRY_TYPE if country else "0", country, country, "", "", "", "", "")
        return
    lat = "" if place.lat is None else f"{place.lat:g}"
    lon = "" if place.lon is None else f"{place.lon:g}"
    yield from (CITY_TYPE, f"{place.name}, {place.country}", place.country, "", "", lat, lon, "")
