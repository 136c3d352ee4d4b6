"""The first page: a box to paste into, the newest events, surges, new relations, what failed."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from kawat.errors import KawatError, StoreError
from kawat.lang import languages
from kawat.look.alerts import Alert, find_alerts
from kawat.look.ask_pairs import NewPair, find_new_pairs, recent_pairs
from kawat.look.rows import event_record
from kawat.look.web.desk import Desk, desk_of
from kawat.look.web.page import json_response, render, text_response
from kawat.look.web.writing import events_csv
from kawat.store import EventRow, Failure, Run

router = APIRouter(include_in_schema=False)
NEWEST = 30
MOST_ALERTS = 8


@dataclass(frozen=True, slots=True)
class Morning:
    """What has changed."""

    events: tuple[EventRow, ...]
    new: tuple[NewPair, ...]
    runs: tuple[Run, ...]
    failures: tuple[Failure, ...]
    counts: dict[str, int]


def _look(desk: Desk) -> Morning:
    store = desk.store
    return Morning(
        store.events(limit=NEWEST).items, find_new_pairs(store, recent_pairs(store)),
        store.runs(5), store.failures(12), store.counts(),
    )  # fmt: skip


def _alerts(desk: Desk) -> tuple[Alert, ...]:
    """The strongest alerts; none where what finds them is not installed."""
    try:
        return find_alerts(desk.store)[:MOST_ALERTS]
    except StoreError:
        raise
    except KawatError:
        return ()


@router.get("/")
def show_today(request: Request) -> Response:
    """The first page."""
    desk = desk_of(request)
    morning = desk.memo.get("today", lambda: _look(desk))
    alerts = desk.memo.later("alerts", lambda: _alerts(desk))
    return render(
        request,
        "today.html",
        morning=morning,
        alerts=alerts,
        languages=languages(),
        limits=desk.settings,
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
    return text_response(events_csv(rows), "text/csv", "today.csv")
