"""Two actors over time, and as told by the media of the one, of the other and of the rest."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from kawat.lang import load_common
from kawat.look import query as ask
from kawat.look.ask_pairs import recent_pairs
from kawat.look.charts import By, relation_chart
from kawat.look.query import COOPERATION
from kawat.look.rows import event_record
from kawat.look.web.desk import Desk, desk_of
from kawat.look.web.drawing import chart_response, chart_theme
from kawat.look.web.filters import STATUSES, event_types, read_query, show_query
from kawat.look.web.page import interface_of, json_response, render, text_response
from kawat.look.web.writing import events_csv
from kawat.store import EventQuery

router = APIRouter(include_in_schema=False)
PAGE = 40
MOST_EVENTS = 1000
"""Events in a file of data; the API gives all, page by page."""
MOST_OUTLETS = 3
"""Outlets of each side that are asked what they tell."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the media of one country tell: events by type, most first. `country` "": the rest."""

    country: str
    outlets: tuple[str, ...]
    types: tuple[tuple[str, str, int], ...]
    """Type, quad class, number."""

    @property
    def cooperation(self) -> int:
        """Events of cooperation."""
        return sum(n for _, quad, n in self.types if quad in COOPERATION)

    @property
    def conflict(self) -> int:
        """Events of conflict."""
        return sum(n for _, quad, n in self.types if quad not in COOPERATION)


def told_by(desk: Desk, query: EventQuery) -> tuple[Told, Told, Told]:
    """Return what the media of both sides and of the rest tell of a relation."""
    outlets = desk.store.facets(query, ["outlet"], limit=40)["outlet"]
    known = load_common().outlets
    by_side: dict[str, list[tuple[str, str]]] = {query.actor: [], query.partner: [], "": []}
    for facet in outlets:
        country = known[facet.value].country if facet.value in known else ""
        side = by_side[country if country in by_side else ""]
        if len(side) < MOST_OUTLETS:
            side.append((facet.value, facet.label))
    one, other, rest = (
        _told(desk, query, side, by_side[side]) for side in (query.actor, query.partner, "")
    )
    return one, other, rest


def _told(desk: Desk, query: EventQuery, side: str, outlets: Iterable[tuple[str, str]]) -> Told:
    counts: Counter[str] = Counter()
    names = []
    for key, name in outlets:
        names.append(name)
        for facet in desk.store.facets(replace(query, outlet=key), ["type"])["type"]:
            counts[facet.value] += facet.count
    scores = load_common().scores
    types = tuple((type_, scores[type_, ""][0], n) for type_, n in counts.most_common())
    return Told(side, tuple(names), types)


def _query(request: Request, a: str, b: str) -> EventQuery:
    if a == b:
        raise HTTPException(404, "not_found")
    return replace(read_query(request.query_params), actor=a, partner=b)


@router.get("/relation")
def pick_relation(request: Request, a: str = "", b: str = "") -> Response:
    """Choose two parties."""
    if a and b and a != b and "/" not in a + b:
        return RedirectResponse(f"/relation/{a.strip().upper()}/{b.strip().upper()}", 303)
    desk = desk_of(request)
    pairs = desk.memo.get("pairs", lambda: recent_pairs(desk.store))
    parties = sorted({entity for pair, _ in pairs for entity in pair})
    return render(request, "relations.html", pairs=pairs, parties=parties)


@router.get("/relation/{a}/{b}")
def show_relation(request: Request, a: str, b: str) -> Response:
    """A relation."""
    desk = desk_of(request)
    query = _query(request, a, b)
    relation = ask.relation(desk.store, a, b, since=query.since, until=query.until, status="")
    page = desk.store.events(query, limit=PAGE, cursor=request.query_params.get("cursor", ""))
    side = replace(EventQuery(actor=a, partner=b), since=query.since, until=query.until)
    told = desk.memo.later(f"told {side}", lambda: told_by(desk, side))
    shown = show_query(query)
    del shown["actor"], shown["partner"]
    return render(
        request, "relation.html", a=a, b=b, relation=relation, page=page, told=told, query=shown,
        types=event_types(), statuses=STATUSES, by=_unit(request),
        first=not request.query_params.get("cursor"), cut=relation.events > MOST_EVENTS,
    )  # fmt: skip


def _unit(request: Request) -> By:
    return "day" if request.query_params.get("by") == "day" else "month"


@router.get("/relation/{a}/{b}/chart.{ending}")
def relation_drawing(request: Request, a: str, b: str, ending: str) -> Response:
    """The time line as svg, png, or json (Vega-Lite)."""
    if ending not in {"svg", "png", "json"}:
        raise HTTPException(404, "not_found")
    query = _query(request, a, b)
    chart = relation_chart(
        desk_of(request).store, a, b, since=query.since, until=query.until, by=_unit(request),
        language=interface_of(request).language, theme=chart_theme(request),
    )  # fmt: skip
    return chart_response(chart, ending)


@router.get("/relation/{a}/{b}/data.json")
def relation_json(request: Request, a: str, b: str) -> Response:
    """Its newest events."""
    rows = desk_of(request).store.events(_query(request, a, b), limit=MOST_EVENTS).items
    return json_response([event_record(row) for row in rows])


@router.get("/relation/{a}/{b}/data.csv")
def relation_csv(request: Request, a: str, b: str) -> Response:
    """Its newest events as rows."""
    rows = desk_of(request).store.events(_query(request, a, b), limit=MOST_EVENTS).items
    return text_response(events_csv(rows), "text/csv", "relation.csv")
