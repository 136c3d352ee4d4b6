"""What an outlet or speaker started, who carried it, and what it printed itself."""

from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from kawat.errors import KawatError, StoreError
from kawat.look import query as ask
from kawat.look.charts import source_chart
from kawat.look.rows import records_of
from kawat.look.web.desk import Desk, desk_of
from kawat.look.web.drawing import chart_response, chart_theme
from kawat.look.web.filters import read_day
from kawat.look.web.page import interface_of, json_response, render, text_response
from kawat.look.web.writing import csv_text
from kawat.merge.outlets import resolve_outlet
from kawat.store import Carrier, EventQuery, Page
from kawat.store.records import EventRow

router = APIRouter(include_in_schema=False)
PAGE = 30
MOST_CARRIERS = 60


@dataclass(frozen=True, slots=True)
class Found:
    """A source by any of its names."""

    name: str
    started: ask.Source | None
    """None where nothing goes back to it."""
    first: Page[EventRow]
    """Events that go back to it."""
    outlet: str
    """Key of the outlet of that name, "" if it printed nothing."""
    printed: Page[EventRow]

    @property
    def carriers(self) -> tuple[Carrier, ...]:
        """Who carried it, most first."""
        return self.started.carriers[:MOST_CARRIERS] if self.started else ()


def find_source(desk: Desk, name: str, since: str, until: str, cursor: str = "") -> Found:
    """Return what a source started and printed.

    Raises:
        HTTPException: 404, the store knows nothing of it.
    """
    store = desk.store
    try:
        started = ask.source(store, name, since=since, until=until)
    except StoreError:
        raise
    except KawatError:
        started = None
    query = EventQuery(origin=name, since=since, until=until)
    nothing: Page[EventRow] = Page((), "")
    first = store.events(query, limit=PAGE, cursor=cursor) if started else nothing
    key = resolve_outlet(name)
    printed = store.events(EventQuery(outlet=key, since=since, until=until), limit=PAGE)
    if started is None and not printed.items:
        raise HTTPException(404, "nothing_found")
    return Found(name, started, first, key if printed.items else "", printed)


def _find(request: Request, name: str) -> Found:
    values = request.query_params
    since, until = read_day(values.get("since", "")), read_day(values.get("until", ""))
    return find_source(desk_of(request), name, since, until, values.get("cursor", ""))


@router.get("/source")
def pick_source(request: Request, name: str = "") -> Response:
    """Choose a source, among the frequent ones or by name."""
    if name.strip():
        return RedirectResponse(str(request.url_for("show_source", name=name.strip()).path), 303)
    desk = desk_of(request)
    origins = desk.memo.get("origins", lambda: desk.store.top_origins(limit=40))
    return render(request, "sources.html", origins=origins)


@router.get("/source/chart.{ending}")
def source_drawing(request: Request, ending: str, name: str) -> Response:
    """Events over time that go back to a source, as svg, png or json."""
    if ending not in {"svg", "png", "json"}:
        raise HTTPException(404, "not_found")
    started = _find(request, name).started
    months = started.months if started else ()
    chart = source_chart(
        months, name, language=interface_of(request).language, theme=chart_theme(request)
    )
    return chart_response(chart, ending)


@router.get("/source/data.json")
def source_json(request: Request, name: str) -> Response:
    """What it started and who carried it."""
    started = _find(request, name).started
    return json_response(records_of([started])[0] if started else {})


@router.get("/source/data.csv")
def source_csv(request: Request, name: str) -> Response:
    """Who carried it, as rows."""
    rows = [
        {
            "outlet": c.outlet.key if c.outlet else "", "name": c.outlet.name if c.outlet else "",
            "events": c.events, "reports": c.reports, "credited": c.credited, "first": c.first,
            "last": c.last,
        }
        for c in _find(request, name).carriers
    ]  # fmt: skip
    columns = ("outlet", "name", "events", "reports", "credited", "first", "last")
    return text_response(csv_text(columns, rows), "text/csv", "source.csv")


@router.get("/source/{name:path}", name="show_source")
def show_source(request: Request, name: str) -> Response:
    """A source. Its name may hold a slash (the keys of origins do)."""
    found = _find(request, name)
    values = request.query_params
    query = {k: read_day(values.get(k, "")) for k in ("since", "until")}
    return render(
        request, "source.html", found=found, query=query, first_page=not values.get("cursor")
    )
