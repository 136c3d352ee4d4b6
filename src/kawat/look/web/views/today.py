"""The first page: a box to paste into, the newest events, surges, new relations, what failed."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from kawat.errors import KawatError, StoreError
from kawat.lang import languages
from kawat.look.alerts import Alert, find_alerts
from kawat.look.ask_pairs import NewPair, find_new_pairs, recent_pairs
from kawat.look.rows import event_record
from kawat.look.web.desk import desk_of
from kawat.look.web.page import json_response, render, text_response
from kawat.look.web.writing import events_csv
from kawat.store import Store

router = APIRouter(include_in_schema=False)
NEWEST = 30
MOST_ALERTS = 8


@dataclass(frozen=True, slots=True)
class Change:
    """What has changed: it takes a while to count in a large store."""

    alerts: tuple[Alert, ...]
    new: tuple[NewPair, ...]
    counts: dict[str, int]


def find_change(store: Store) -> Change:
    """Return surges, new relations and sizes; no surges where what finds them is missing."""
    try:
        alerts = find_alerts(store)[:MOST_ALERTS]
    except StoreError:
        raise
    except KawatError:
        alerts = ()
    return Change(alerts, find_new_pairs(store, recent_pairs(store)), store.counts())


@router.get("/")
def show_today(request: Request) -> Response:
    """The first page."""
    desk = desk_of(request)
    store = desk.store
    return render(
        request, "today.html", events=store.events(limit=NEWEST).items, runs=store.runs(5),
        failures=store.failures(12), change=desk.memo.later("change", lambda: find_change(store)),
        languages=languages(), limits=desk.settings,
    )  # fmt: skip


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
