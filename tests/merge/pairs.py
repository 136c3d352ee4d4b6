"""Labelled pairs of reports and of articles (tests/cases/any), for tests and benchmarks."""

import csv
import re
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from kawat.lang import load_common
from kawat.lang.rows import PlaceRow
from kawat.lang.tables import read_table
from kawat.merge import make_telling
from kawat.model import (
    Actor,
    Article,
    Event,
    Place,
    Published,
    Quote,
    Report,
    Telling,
    When,
)

CASES = Path(__file__).parents[1] / "cases" / "any"
_LANG = Path(__file__).parents[2] / "src" / "kawat" / "lang"


class ReportPair(NamedTuple):
    """Two reports of one split, and whether they tell of one event."""

    left: Telling
    right: Telling
    same: bool
    hard: bool
    """Both are of one story: other pairs are different without much doubt."""


def read_report_pairs(split: str) -> list[ReportPair]:
    """Return every pair of reports of a split, from same_event.csv."""
    with (CASES / "same_event.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["split"] == split]
    told = [(row, make_row_telling(row, f"{split}-{at:03d}")) for at, row in enumerate(rows)]
    return [
        ReportPair(
            left, right, (a["story"], a["event"]) == (b["story"], b["event"]),
            a["story"] == b["story"],
        )
        for (a, left), (b, right) in combinations(told, 2)
    ]  # fmt: skip


def make_row_telling(row: dict[str, str], name: str) -> Telling:
    """Return the telling of a row: [trigger] and {time} are marked in its sentence."""
    marked = row["sentence"]
    text = re.sub(r"[\[\]{}]", "", marked)
    when = _marked(marked, "{", "}") or Quote("", (0, 0))
    event = Event(
        type=row["type"], mode=row["mode"], contexts=(), actors=_actors(row["actors"]),
        recipients=_actors(row["recipients"]),
        when=When(row["when"], when.text, when.span, "") if row["when"] else None,
        where=_place(row["place"]), status=row["status"],  # type: ignore[arg-type]
        historical=False, sentence=0, trigger=_marked(marked, "[", "]") or Quote("", (0, 0)),
        confidence=1.0, reasons=(),
    )  # fmt: skip
    report = Report(name, f"a-{name}", event, "", None, (), Quote(text, (0, len(text))))
    published = Published(row["published"] or None, "given")
    return make_telling(
        report, Article(f"a-{name}", text, published=published, language=row["language"])
    )


def _marked(sentence: str, opener: str, closer: str) -> Quote | None:
    found = re.search(re.escape(opener) + r"([^\]}]*)" + re.escape(closer), sentence)
    if found is None:
        return None
    start = len(re.sub(r"[\[\]{}]", "", sentence[: found.start()]))
    text = re.sub(r"[\[\]{}]", "", found.group(1))
    return Quote(text, (start, start + len(text)))


def _actors(cell: str) -> tuple[Actor, ...]:
    entities = load_common().entities
    found = []
    for part in filter(None, cell.split("|")):
        entity, _, sectors = part.partition(":")
        row = entities[entity]
        own = tuple(filter(None, sectors.split("+"))) or row.sectors
        found.append(Actor(entity, row.code, row.name, tuple(own), "", (0, 0)))
    return tuple(found)


def _place(name: str) -> Place | None:
    if not name:
        return None
    for row in read_table(_LANG / "any" / "places.csv", "places", PlaceRow):
        if name in row.names:
            return Place(name, row.country, row.lat, row.lon, (0, 0))
    capital = next(e for e in load_common().entities.values() if e.capital == name)
    return Place(name, capital.id, capital.lat, capital.lon, (0, 0))
