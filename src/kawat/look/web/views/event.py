"""An event with all that stands behind it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from kawat.lang import load_wording
from kawat.look.rows import records_of
from kawat.look.web.desk import desk_of
from kawat.look.web.page import interface_of, json_response, render, text_response
from kawat.look.web.writing import csv_text
from kawat.merge import explain_origins
from kawat.run.record import CSV_COLUMNS, report_row
from kawat.store import EventView, Store, StoredReport

router = APIRouter(include_in_schema=False)
MOST_REPORTS = 300
"""Reports that a page shows: an event with more is linked as data."""


@dataclass(slots=True)
class Node:
    """A step on the way of reports: the origin at the top, pages at the leaves."""

    label: str
    children: dict[str, "Node"] = field(default_factory=dict)
    reports: list[StoredReport] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Telling:
    """A report, with the reports of copies of its article folded under it."""

    row: StoredReport
    copies: tuple[StoredReport, ...]


def grow_tree(reports: Iterable[StoredReport]) -> Node:
    """Return the ways of the reports as one tree; those that begin alike share the beginning."""
    root = Node("")
    for row in sorted(reports, key=lambda r: (r.path, r.published or "", r.key)):
        node = root
        for label in row.path or (row.outlet.name if row.outlet else "?",):
            node = node.children.setdefault(label, Node(label))
        node.reports.append(row)
    return root


def fold_copies(store: Store, reports: tuple[StoredReport, ...]) -> tuple[Telling, ...]:
    """Return the reports, those of copies under the report of what they copy."""
    ids = {row.article_id for row in reports}
    copied = {
        j.left: j.right
        for j in store.judgements("copy", ids)
        if j.verdict == "same" and j.directed and j.right in ids
    }
    under: defaultdict[str, list[StoredReport]] = defaultdict(list)
    for row in reports:
        under[_original(row.article_id, copied)].append(row)
    found = []
    for article, rows in under.items():
        rows.sort(key=lambda r: (r.article_id != article, r.published or "", r.key))
        found.append(Telling(rows[0], tuple(rows[1:])))
    return tuple(found)


def _original(article: str, copied: dict[str, str]) -> str:
    """Follow copies to what was copied first; a ring ends where it began."""
    seen = {article}
    while article in copied and copied[article] not in seen:
        article = copied[article]
        seen.add(article)
    return article


def load_event(request: Request, id_: str) -> EventView:
    """Return an event by its id or a report's.

    Raises:
        HTTPException: 404.
    """
    view = desk_of(request).store.event(id_)
    if view is None:
        raise HTTPException(404, "unknown_event")
    return view


def explain(view: EventView, language: str) -> str:
    """Return what the counts of origins mean, in the language of the reader; "" if not traced."""
    if view.origins is None:
        return ""
    try:
        load_wording(language)
    except FileNotFoundError:
        language = "en"
    return explain_origins(view.origins, language)


@router.get("/event/{id_}")
def show_event(request: Request, id_: str) -> Response:
    """An event."""
    view = load_event(request, id_)
    shown = view.reports[:MOST_REPORTS]
    return render(
        request, "event.html", view=view, row=view.event, tree=grow_tree(shown),
        tellings=fold_copies(desk_of(request).store, shown), more=len(view.reports) - len(shown),
        explained=explain(view, interface_of(request).language),
        persons=[j for j in view.judgements if j.by_person],
        machine=[j for j in view.judgements if not j.by_person][:50],
    )  # fmt: skip


@router.get("/event/{id_}/data.json")
def event_json(request: Request, id_: str) -> Response:
    """The event with its reports, origins and judgements."""
    return json_response(records_of([load_event(request, id_)])[0])


@router.get("/event/{id_}/data.csv")
def event_csv(request: Request, id_: str) -> Response:
    """Its reports as rows."""
    view = load_event(request, id_)
    store = desk_of(request).store
    rows = []
    for row in view.reports:
        version = store.version(row.version)
        if version:
            rows.append(report_row(row.report, version.article))
    return text_response(csv_text(CSV_COLUMNS, rows), "text/csv", "event.csv")
