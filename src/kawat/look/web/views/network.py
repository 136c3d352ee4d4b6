"""Actors and their signed ties in a period, step by step through time."""

from datetime import date, timedelta

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from kawat.look.ask_pairs import Network, find_network
from kawat.look.charts import network_chart
from kawat.look.rows import records_of
from kawat.look.web.desk import desk_of
from kawat.look.web.drawing import chart_response, chart_theme
from kawat.look.web.filters import read_day
from kawat.look.web.page import interface_of, json_response, render, text_response
from kawat.look.web.writing import csv_text
from kawat.store.dates import last_day

router = APIRouter(include_in_schema=False)
SPAN = 365
"""Days that are shown when none are chosen: the year up to the latest event."""
FIRST, LAST = date(1, 1, 2), date(9998, 12, 31)


def _period(request: Request) -> tuple[date, date]:
    """The days that are asked for."""
    values = request.query_params
    since, until = read_day(values.get("since", "")), read_day(values.get("until", ""))
    today = date.today().isoformat()
    newest = desk_of(request).store.last_day(today) or today
    # the whole month of the newest event: the same answer serves for a while
    end = _parse(last_day(until or newest[:7]))
    start = _parse(f"{since}-01-01"[:10] if len(since) != 7 else f"{since}-01") if since else None
    start = start or max(end - timedelta(min(SPAN, (end - FIRST).days)), FIRST)
    return min(start, end), end


def _parse(text: str) -> date:
    try:
        return min(max(date.fromisoformat(text), FIRST), LAST)
    except ValueError:  # the 31st of a month that has none
        return date.fromisoformat(f"{text[:7]}-01")


def _find(request: Request) -> Network:
    since, until = _period(request)
    desk = desk_of(request)
    key = f"network {since} {until}"
    return desk.memo.get(key, lambda: find_network(desk.store, str(since), str(until)))


@router.get("/network")
def show_network(request: Request) -> Response:
    """The network of a period."""
    network = _find(request)
    since, until = _period(request)
    days = (until - since).days + 1
    earlier = {"since": _shift(since, -days), "until": _shift(until, -days)}
    later = {"since": _shift(since, days), "until": _shift(until, days)}
    period = {"since": network.since, "until": network.until}
    return render(
        request, "network.html", network=network, earlier=earlier, later=later, period=period
    )


def _shift(day: date, days: int) -> str:
    room = min(max(days, (FIRST - day).days), (LAST - day).days)
    return str(day + timedelta(room))


@router.get("/network/chart.{ending}")
def network_drawing(request: Request, ending: str) -> Response:
    """The network as svg, png, or json (Vega-Lite)."""
    if ending not in {"svg", "png", "json"}:
        raise HTTPException(404, "not_found")
    language = interface_of(request).language
    chart = network_chart(_find(request), language=language, theme=chart_theme(request))
    return chart_response(chart, ending)


@router.get("/network/data.json")
def network_json(request: Request) -> Response:
    """The ties."""
    return json_response(records_of([_find(request)])[0])


@router.get("/network/data.csv")
def network_csv(request: Request) -> Response:
    """The ties as rows."""
    rows = [
        {"a": t.a, "b": t.b, "cooperation": t.cooperation, "conflict": t.conflict, "sign": t.sign}
        for t in _find(request).ties
    ]
    text = csv_text(("a", "b", "cooperation", "conflict", "sign"), rows)
    return text_response(text, "text/csv", "network.csv")
