"""Review: accept, correct, reject, split, merge; everything is a judgement and can be undone."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request
from pydantic import BaseModel
from starlette.responses import RedirectResponse, Response

from kawat import run
from kawat.errors import KawatError
from kawat.look.gold import export_gold
from kawat.look.rows import records_of
from kawat.look.web.desk import desk_of
from kawat.look.web.filters import STATUSES, event_types
from kawat.look.web.guard import check_form, check_reviewer
from kawat.look.web.page import json_response, render
from kawat.look.web.views.account import own_path
from kawat.look.web.views.event import load_event
from kawat.merge import Stamp, make_judgement
from kawat.model import Judgement, Report
from kawat.run.merge_store import now
from kawat.store import EventQuery, EventView, Store

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form()]
LATEST = 12
VERDICTS = ("accept", "reject", "correct")


@router.get("/review")
def show_review(request: Request, cursor: str = "", id: str = "") -> Response:  # noqa: A002
    """The next event that waits, or the one of an id."""
    desk = desk_of(request)
    page = desk.store.events(EventQuery(review="unreviewed"), limit=1, cursor=cursor)
    wanted = id or (page.items[0].id if page.items else "")
    view = load_event(request, wanted) if wanted else None
    judged, _ = desk.store.history(limit=60)
    visitor = request.state.visitor
    return render(
        request, "review.html", view=view, head=head_report(view) if view else None,
        cursor="" if id else cursor, skip=page.cursor, one=bool(id), types=event_types(),
        statuses=STATUSES, waiting=desk.store.count(EventQuery(review="unreviewed")),
        history=judged[:LATEST], last=last_judged(judged, visitor.name),
        may=visitor.may_review and not desk.store.read_only,
    )  # fmt: skip


def head_report(view: EventView) -> Report:
    """The report that the event is told by: its fullest, by the words of the row."""
    for row in view.reports:
        if row.report.sentence.text == view.event.sentence:
            return row.report
    return view.reports[0].report


def last_judged(judged: Iterable[Judgement], name: str) -> tuple[Judgement, ...]:
    """What a person entered last in one go, and has not taken back: newest first."""
    latest = list(judged)
    undone = {j.undoes for j in latest if j.undoes}
    own = [j for j in latest if j.author == name and not j.undoes and j.id not in undone]
    return tuple(j for j in own if j.time == own[0].time) if own else ()


@router.post("/review/undo")
def undo(
    request: Request, form_token: Text = "", judgement: Annotated[list[str] | None, Form()] = None,
    to: Text = "/review",
) -> Response:  # fmt: skip
    """Take judgements back."""
    check_form(request, form_token)
    name = check_reviewer(request)
    for id_ in (judgement or [])[:1000]:
        run.undo(desk_of(request).store, id_, author=name)
    return _back(request, to)


@router.post("/review/{id_}")
def judge(
    request: Request, id_: str, form_token: Text = "", verdict: Text = "", reason: Text = "",
    to: Text = "/review",
) -> Response:  # fmt: skip
    """Accept or reject an event: all of its reports."""
    check_form(request, form_token)
    name = check_reviewer(request)
    if verdict not in {"accept", "reject"}:
        raise HTTPException(422, "error")
    view = load_event(request, id_)
    _enter(desk_of(request).store, view, verdict, name, reason, "")
    return _back(request, to)


class Correction(BaseModel):
    """The form of a correction: lists are joined by commas."""

    form_token: str = ""
    type: str = ""
    mode: str = ""
    status: str = ""
    historical: str = ""
    actors: str = ""
    recipients: str = ""
    when: str = ""
    attribution: str = ""
    reason: str = ""
    to: str = "/review"

    def fields(self) -> dict[str, Any]:
        """The fields as a correction holds them."""
        return {
            "type": self.type, "mode": self.mode.strip(), "status": self.status,
            "historical": self.historical == "1", "actors": _split(self.actors),
            "recipients": _split(self.recipients), "when": self.when.strip() or None,
            "attribution": _split(self.attribution),
        }  # fmt: skip


@router.post("/review/{id_}/correct")
def correct(request: Request, id_: str, form: Annotated[Correction, Form()]) -> Response:
    """Correct an event: what differs from its fullest report, on all of its reports."""
    check_form(request, form.form_token)
    name = check_reviewer(request)
    view = load_event(request, id_)
    head = head_report(view)
    said = form.fields()
    was = correctable(head)
    changed = {field: value for field, value in said.items() if value != was[field]}
    if not changed:
        raise KawatError("nothing was changed")
    if "type" in changed and said["mode"] == was["mode"]:
        changed.pop("mode", None)
    _enter(desk_of(request).store, view, "correct", name, form.reason, json.dumps(changed))
    return _back(request, form.to)


@router.post("/review/{id_}/split")
def split(
    request: Request, id_: str, form_token: Text = "", report: Text = "", reason: Text = "",
    to: Text = "/review",
) -> Response:  # fmt: skip
    """Say that one report of an event tells of another event."""
    check_form(request, form_token)
    name = check_reviewer(request)
    view = load_event(request, id_)
    store = desk_of(request).store
    for row in view.reports:
        if row.report.id != report:
            run.judge_events(
                store, "different", report, row.report.id, author=name, reason=reason[:500]
            )
    return _back(request, to)


@router.post("/review/{id_}/merge")
def merge(
    request: Request, id_: str, form_token: Text = "", other: Text = "", reason: Text = "",
    to: Text = "/review",
) -> Response:  # fmt: skip
    """Say that two events are one."""
    check_form(request, form_token)
    name = check_reviewer(request)
    run.judge_events(
        desk_of(request).store, "same", id_, other.strip(), author=name, reason=reason[:500]
    )
    return _back(request, to)


def correctable(report: Report) -> dict[str, Any]:
    """The fields of a report that can be corrected, as a correction holds them."""
    event = report.event
    return {
        "type": event.type, "mode": event.mode, "status": event.status,
        "historical": event.historical, "actors": [a.entity for a in event.actors],
        "recipients": [r.entity for r in event.recipients],
        "when": event.when.edtf if event.when else None,
        "attribution": [link.entity or link.name for link in report.attribution],
    }  # fmt: skip


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _enter(
    store: Store, view: EventView, verdict: Any, name: str, reason: str, correction: str
) -> None:
    stamp = Stamp(name, now(), by_person=True)
    judged = []
    for row in view.reports:
        pair = (row.report.id, row.report.id)
        one = make_judgement("review", pair, verdict, stamp, reason=reason.strip()[:500])
        key = hashlib.sha256(f"{one.id}\n{correction}".encode()).hexdigest()[:16]
        judged.append(replace(one, id=key if correction else one.id, correction=correction))
    store.judge(judged)


def _back(request: Request, to: str) -> Response:
    desk_of(request).memo.clear()
    return RedirectResponse(own_path(to), status_code=303)


@router.get("/review/history")
def show_history(request: Request, before: int = 0) -> Response:
    """All that persons judged."""
    judged, further = desk_of(request).store.history(limit=50, before=max(before, 0))
    visitor = request.state.visitor
    undone = {j.undoes for j in judged if j.undoes}
    return render(
        request, "history.html", history=judged, further=further, before=before, undone=undone,
        may=visitor.may_review and not desk_of(request).store.read_only,
    )  # fmt: skip


@router.get("/review/history.json")
def history_json(request: Request, before: int = 0) -> Response:
    """Judgements of persons, newest first."""
    judged, further = desk_of(request).store.history(limit=1000, before=max(before, 0))
    return json_response({"items": records_of(judged), "before": further})


@router.get("/review/gold.zip")
def gold(request: Request) -> Response:
    """Articles whose every report was judged, as gold."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for item in export_gold(desk_of(request).store):
            out.writestr(f"{item.name}.txt", item.text)
            out.writestr(f"{item.name}.toml", item.toml)
    headers = {"content-disposition": 'attachment; filename="gold.zip"'}
    return Response(packed.getvalue(), media_type="application/zip", headers=headers)
