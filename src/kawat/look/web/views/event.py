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
    pages: dict[str, StoredReport] = field(default_factory=dict)
    """By article, the first of its reports that came this way."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What one article tells of the event, with the copies of the article folded under it."""

    row: StoredReport
    times: int
    """Reports of the event in this article."""
    copies: tuple[StoredReport, ...]


def grow_tree(reports: Iterable[StoredReport]) -> Node:
    """Return the ways of the reports as one tree; those that begin alike share the beginning."""
    root = Node("")
    for row in sorted(reports, key=lambda r: (r.path, r.published or "", r.key)):
        node = root
        for label in row.path or (row.outlet.name if row.outlet else "?",):
            node = node.children.setdefault(label, Node(label))
        node.pages.setdefault(row.article_id, row)
    return root


def fold_copies(store: Store, reports: tuple[StoredReport, ...]) -> tuple[Telling, ...]:
    """Return the articles with their fullest reports, copies under what they copy.

    Where nobody knows which of two is the copy, it is the one that was published later.
    """
    by_article: defaultdict[str, list[StoredReport]] = defaultdict(list)
    for row in sorted(reports, key=lambda r: (r.published or "9", r.key)):
        by_article[row.article_id].append(row)
    order = {article: at for at, article in enumerate(by_article)}
    copied: dict[str, str] = {}
    for j in store.judgements("copy", by_article):
        if j.verdict != "same" or j.left not in order or j.right not in order:
            continue
        later, first = (
            (j.left, j.right)
            if j.directed
            else sorted((j.left, j.right), key=lambda article: order[article], reverse=True)
        )
        copied[later] = first
    under: defaultdict[str, list[str]] = defaultdict(list)
    for article in by_article:
        under[_original(article, copied)].append(article)
    return tuple(
        Telling(
            _fullest(by_article[original]), len(by_article[original]),
            tuple(_fullest(by_article[a]) for a in articles if a != original),
        )
        for original, articles in under.items()
    )  # fmt: skip


def _fullest(rows: list[StoredReport]) -> StoredReport:
    """The report with the longest chain of sources, then the surest."""
    return max(rows, key=lambda r: (len(r.report.attribution), r.report.event.confidence))


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
