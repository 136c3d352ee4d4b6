"""An article with every event and statement marked; one of them can be chosen."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from kawat.look.web.desk import desk_of
from kawat.look.web.marks import (
    Paragraph,
    lay_out,
    mark_chosen,
    mark_reports,
    mark_statements,
    part_of,
)
from kawat.look.web.page import json_response, render, text_response
from kawat.look.web.writing import csv_text
from kawat.model import Article, Report, Statement
from kawat.run.record import (
    CSV_COLUMNS,
    report_record,
    report_row,
    statement_record,
)
from kawat.store import Entry, StoredArticle, StoredReport

router = APIRouter(include_in_schema=False)
LISTED_STATEMENTS = 100


@dataclass(frozen=True, slots=True)
class Sheet:
    """An article as it is shown: `parts` of the text, of which `part` is on the page."""

    article: Article
    reports: Sequence[Report]
    statements: Sequence[Statement]
    dropped: Mapping[str, int]
    parts: tuple[tuple[Paragraph, ...], ...]
    part: int
    chosen: Report | None

    @property
    def listed(self) -> list[tuple[int, Report]]:
        """The reports whose trigger stands in the part that is shown, numbered from 1."""
        begins = [p[0].pieces[0].start if p else 0 for p in self.parts]
        start = begins[self.part] if self.part else 0
        end = begins[self.part + 1] if self.part + 1 < len(begins) else len(self.article.text)
        return [
            (number, report)
            for number, report in enumerate(self.reports, 1)
            if start <= report.event.trigger.span[0] < end
        ]

    @property
    def greyed(self) -> tuple[str, ...]:
        """Kinds of blocks that are no body."""
        kinds = Counter(b.kind for b in self.article.blocks if b.kind != "body")
        return tuple(kinds)


def make_sheet(entry: Entry, chosen_id: str, part: int) -> Sheet:
    """Lay an article out, with one report chosen if it is there."""
    article, reports = entry.article, entry.reports
    chosen = next((r for r in reports if r.id == chosen_id), None)
    marks = mark_reports(reports) + list(mark_statements(entry.statements))
    if chosen:
        marks += mark_chosen(chosen)
    parts = lay_out(article, marks)
    if chosen:
        part = part_of(parts, chosen.event.trigger.span[0])
    part = min(max(part, 0), len(parts) - 1)
    return Sheet(article, reports, entry.statements, entry.dropped, parts, part, chosen)


def show_coded(
    request: Request, entry: Entry, chosen: str, part: int, *, held: str = "",
    stored: StoredArticle | None = None, rows: Sequence[StoredReport] = (),
) -> Response:  # fmt: skip
    """Return the page of a coded article."""
    sheet = make_sheet(entry, chosen, part)
    by_report = {row.report.id: row for row in rows}
    neighbours = _neighbours(sheet)
    return render(
        request, "article.html", sheet=sheet, held=held, stored=stored, by_report=by_report,
        before=neighbours[0], after=neighbours[1], statements=sheet.statements[:LISTED_STATEMENTS],
    )  # fmt: skip


def _neighbours(sheet: Sheet) -> tuple[str, str]:
    """The ids of the reports before and behind the chosen one, to step with the keyboard."""
    ids = [r.id for r in sheet.reports]
    if not sheet.chosen:
        return "", sheet.listed[0][1].id if sheet.listed else ""
    at = ids.index(sheet.chosen.id)
    return ids[at - 1] if at else "", ids[at + 1] if at + 1 < len(ids) else ""


def _load(
    request: Request, id_: str, version: int
) -> tuple[StoredArticle, tuple[StoredReport, ...]]:
    store = desk_of(request).store
    versions = store.article(id_)
    found = next((v for v in versions if not version or v.number == version), None)
    if found is None:
        raise HTTPException(404, "not_found")
    return found, store.reports(found.key)


@router.get("/article/{id_:path}/data.json")
def article_json(request: Request, id_: str, version: int = 0) -> Response:
    """Its reports and statements, as the files have them."""
    stored, rows = _load(request, id_, version)
    statements = desk_of(request).store.statements(stored.key)
    records: list[dict[str, Any]] = [report_record(r.report, stored.article) for r in rows]
    records += [statement_record(s, stored.article) for s in statements]
    return json_response(records)


@router.get("/article/{id_:path}/data.csv")
def article_csv(request: Request, id_: str, version: int = 0) -> Response:
    """Its reports as rows."""
    stored, rows = _load(request, id_, version)
    text = csv_text(CSV_COLUMNS, (report_row(r.report, stored.article) for r in rows))
    return text_response(text, "text/csv", "article.csv")


@router.get("/article/{id_:path}/raw")
def article_raw(request: Request, id_: str, version: int = 0) -> Response:
    """The input as it came, as bytes to be saved: never shown as a page."""
    stored, _ = _load(request, id_, version)
    data = desk_of(request).store.raw(stored.key)
    headers = {"content-disposition": 'attachment; filename="article.bin"'}
    return Response(data, media_type="application/octet-stream", headers=headers)


@router.get("/article/{id_:path}")
def show_article(
    request: Request, id_: str, event: str = "", part: int = 0, version: int = 0
) -> Response:
    """An article of the store; `version` counts from 1, 0 is the latest. Ids may hold slashes."""
    stored, rows = _load(request, id_, version)
    statements = desk_of(request).store.statements(stored.key)
    entry = Entry(
        stored.article, tuple(r.report for r in rows), statements, stored.outlet, stored.dropped
    )
    return show_coded(request, entry, event, part, stored=stored, rows=rows)
