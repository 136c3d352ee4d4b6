"""The first page: a box to paste into, the newest events, surges, new relations, what failed."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from kawat.lang import languages
from kawat.look.ask_pairs import NewPair, Surge, find_new_pairs, find_surges, recent_pairs
from kawat.look.web.desk import Desk, desk_of
from kawat.look.web.page import json_response, render, text_response
from kawat.look.web.tables import EVENT_COLUMNS, event_cells, event_record, write_csv
from kawat.store import EventRow, Failure, Run

router = APIRouter(include_in_schema=False)
NEWEST = 30


@dataclass(frozen=True, slots=True)
class Morning:
    """What has changed."""

    events: tuple[EventRow, ...]
    surges: tuple[Surge, ...]
    new: tuple[NewPair, ...]
    runs: tuple[Run, ...]
    failures: tuple[Failure, ...]
    counts: dict[str, int]


def _look(desk: Desk) -> Morning:
    store = desk.store
    pairs = recent_pairs(store)
    return Morning(
        store.events(limit=NEWEST).items, find_surges(store, pairs), find_new_pairs(store, pairs),
        store.runs(5), store.failures(12), store.counts(),
    )  # fmt: skip


@router.get("/")
def show_today(request: Request) -> Response:
    """The first page."""
    desk = desk_of(request)
    morning = desk.memo.get("today", lambda: _look(desk))
    return render(
        request, "today.html", morning=morning, languages=languages(), limits=desk.settings
    )


@router.get("/today.json")
def today_json(request: Request) -> Response:
    """The newest events."""
    rows = desk_of(request).store.events(limit=NEWEST).items
    return json_response([event_record(row) for row in rows])


@router.get("/today.csv")
def today_csv(request: Request) -> Response:
    """The newest events as rows."""
    rows = desk_of(request).store.events(limit=NEWEST).items
    text = write_csv(EVENT_COLUMNS, map(event_cells, rows))
    return text_response(text, "text/csv", "today.csv")
