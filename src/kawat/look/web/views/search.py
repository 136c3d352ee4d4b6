"""Search over events and articles with facets; the same as a feed."""

from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from fastapi import APIRouter, Request
from starlette.responses import Response

from kawat.look.rows import event_record
from kawat.look.web.desk import desk_of
from kawat.look.web.filters import ORDERS, STATUSES, event_types, read_query, show_query
from kawat.look.web.page import (
    headline,
    interface_of,
    json_response,
    render,
    text_response,
)
from kawat.look.web.writing import events_csv
from kawat.look.write import printable
from kawat.store import EventRow

router = APIRouter(include_in_schema=False)
PAGE = 40
FEED = 50
FACETS = ("type", "actor", "outlet", "origin", "country", "language", "flag")
MOST_VALUES = 8


@router.get("/search")
def show_search(request: Request) -> Response:
    """Search."""
    desk = desk_of(request)
    query = read_query(request.query_params)
    cursor = request.query_params.get("cursor", "")
    page = desk.store.events(query, limit=PAGE, cursor=cursor)
    count = desk.memo.later(f"count {query}", lambda: desk.store.count(query))
    facets = desk.memo.later(
        f"facets {query}", lambda: desk.store.facets(query, FACETS, limit=MOST_VALUES)
    )
    articles = desk.store.articles(search=query.search, limit=8).items if query.search else ()
    return render(
        request, "search.html", page=page, count=count, facets=facets, articles=articles,
        query=show_query(query), types=event_types(), statuses=STATUSES, orders=ORDERS,
        first=not cursor,
    )  # fmt: skip


@router.get("/search.json")
def search_json(request: Request) -> Response:
    """The first 1,000 events found."""
    rows = desk_of(request).store.events(read_query(request.query_params), limit=1000).items
    return json_response([event_record(row) for row in rows])


@router.get("/search.csv")
def search_csv(request: Request) -> Response:
    """The first 1,000 events found, as rows."""
    rows = desk_of(request).store.events(read_query(request.query_params), limit=1000).items
    return text_response(events_csv(rows), "text/csv", "events.csv")


@router.get("/feed.atom")
def feed(request: Request) -> Response:
    """The newest events of a query as an Atom feed."""
    words = interface_of(request)
    rows = desk_of(request).store.events(read_query(request.query_params), limit=FEED).items
    base = str(request.base_url).rstrip("/")
    own = str(request.url)
    updated = f"{rows[0].day}T00:00:00Z" if rows else _now()
    entries = "".join(_entry(row, base, headline(words, row)) for row in rows)
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{words.language}">\n'
        f"<title>kawat: {escape(printable(request.query_params.get('search', '')))}</title>\n"
        f'<id>{escape(own)}</id>\n<link rel="self" href={quoteattr(own)}/>\n'
        f"<updated>{updated}</updated>\n<author><name>kawat</name></author>\n{entries}</feed>\n"
    )
    return text_response(text, "application/atom+xml")


def _entry(row: EventRow, base: str, title: str) -> str:
    link = f"{base}/event/{row.id}"
    return (
        f"<entry><title>{escape(printable(title))}</title><id>{escape(link)}</id>"
        f"<link href={quoteattr(link)}/><updated>{row.day}T00:00:00Z</updated>"
        f"<summary>{escape(printable(row.sentence))}</summary></entry>\n"
    )


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
