"""The API: the same records as the files. Its description is at /api/openapi.json and /api/."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal, NamedTuple

from fastapi import APIRouter, HTTPException, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from kawat.look import query as ask
from kawat.look.ask_pairs import find_network
from kawat.look.rows import records_of
from kawat.look.web.coder import CoderError
from kawat.look.web.desk import desk_of
from kawat.look.web.guard import client_address
from kawat.look.web.page import json_response, render
from kawat.read import read_date, read_text
from kawat.run.record import report_record, statement_record
from kawat.store import EventQuery

router = APIRouter(prefix="/api", tags=["api"])
DAY = r"^(000[1-9]|00[1-9]\d|0[1-9]\d\d|[1-9]\d{3})(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
FULL_DAY = r"^(000[1-9]|00[1-9]\d|0[1-9]\d\d|[1-9]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$"
Day = Annotated[str, Query(pattern=f"{DAY}|^$", description="ISO date, month or year")]
Limit = Annotated[int, Query(ge=1, le=200)]
Id = Annotated[str, Path(min_length=1, max_length=200)]
Cursor = Annotated[str, Query(max_length=80, description="of the page before")]


class Refusal(BaseModel):
    """Why a request was not answered."""

    detail: str


def _answers(*codes: int) -> dict[int | str, dict[str, Any]]:
    return {code: {"model": Refusal} for code in (400, 401, 422, 429, *codes)}


class Wanted(BaseModel):
    """Which events; empty values do not filter."""

    model_config = ConfigDict(extra="forbid")
    actor: str = Field("", max_length=100, description="entity id of a party")
    partner: str = Field("", max_length=100, description="entity id of another party")
    side: Literal["", "actor", "recipient"] = ""
    type: str = Field("", max_length=20, description="PLOVER type")
    quad: str = Field("", max_length=30)
    status: Literal["", "actual", "future", "hypothetical", "negated"] = ""
    since: str = Field("", pattern=f"{DAY}|^$")
    until: str = Field("", pattern=f"{DAY}|^$")
    min_origins: int = Field(0, ge=0, le=1000)
    origin: str = Field("", max_length=200)
    outlet: str = Field("", max_length=200)
    language: str = Field("", max_length=10)
    country: str = Field("", max_length=10)
    flag: str = Field("", max_length=40)
    review: Literal["", "reviewed", "unreviewed", "rejected"] = ""
    search: str = Field("", max_length=200)
    min_confidence: float = Field(0.0, ge=0, le=1)
    dated: bool = False
    order: Literal["newest", "oldest", "added"] = "newest"


class WantedPage(Wanted):
    """One page of events."""

    limit: int = Field(50, ge=1, le=200)
    cursor: str = Field("", max_length=80, description="of the page before")


class TextToCode(BaseModel):
    """A text to code."""

    model_config = ConfigDict(extra="forbid")
    text: str = Field(min_length=1, max_length=200_000)
    title: str = Field("", max_length=1000)
    language: str = Field("", max_length=10, description="ISO 639-1; detected if not given")
    published: str = Field("", pattern=f"{DAY}|^$")


@dataclass(frozen=True, slots=True)
class Listing:
    """Some records; `cursor` gets the next ones, and is empty at the end."""

    items: list[dict[str, Any]]
    cursor: str


@dataclass(frozen=True, slots=True)
class CodedText:
    """What was found in a text: records as `kawat code --format jsonl` gives them."""

    article: dict[str, Any]
    reports: list[dict[str, Any]]
    statements: list[dict[str, Any]]


@router.get("/", include_in_schema=False)
def show_api(request: Request) -> Response:
    """The description for people."""
    spec = request.app.openapi()
    calls = [
        Call(
            method.upper(),
            path,
            call["description"],
            tuple(map(_parameter, call.get("parameters", ()))),
        )
        for path, methods in spec["paths"].items()
        for method, call in methods.items()
    ]
    return render(request, "api.html", calls=calls)


class Call(NamedTuple):
    """A call of the API, for people. Parameters: name, type or values, what it is."""

    method: str
    path: str
    about: str
    parameters: tuple[tuple[str, str, str], ...]


def _parameter(spec: dict[str, Any]) -> tuple[str, str, str]:
    schema = spec["schema"]
    values = " | ".join(str(v) for v in schema.get("enum", ()) if v)
    about = spec.get("description") or schema.get("description", "")
    return spec["name"], values or schema.get("type", ""), about


@router.get("", include_in_schema=False)
def show_api_too(request: Request) -> Response:
    """The same without the slash."""
    return show_api(request)


def _page(items: Any, cursor: str) -> Response:
    return json_response({"items": records_of(items), "cursor": cursor})


@router.get("/events", response_model=Listing, responses=_answers())
def list_events(request: Request, wanted: Annotated[WantedPage, Query()]) -> Response:
    """Events, page by page."""
    values = wanted.model_dump()
    limit, cursor = values.pop("limit"), values.pop("cursor")
    page = desk_of(request).store.events(EventQuery(**values), limit=limit, cursor=cursor)
    return _page(page.items, page.cursor)


@router.get("/events/count", responses=_answers())
def count_events(request: Request, wanted: Annotated[Wanted, Query()]) -> dict[str, Any]:
    """How many events; `exact` is false where counting stopped at 10,000."""
    count = desk_of(request).store.count(EventQuery(**wanted.model_dump()))
    return {"value": count.value, "exact": count.exact}


@router.get("/events/facets", responses=_answers())
def list_facets(request: Request, wanted: Annotated[Wanted, Query()]) -> dict[str, Any]:
    """The most frequent values of each facet among the newest 10,000 events found."""
    facets = desk_of(request).store.facets(EventQuery(**wanted.model_dump()))
    return {name: records_of(values) for name, values in facets.items()}


@router.get("/events/{id_}", responses=_answers(404))
def show_event(request: Request, id_: Id) -> dict[str, Any]:
    """An event with its reports, origins and judgements, by its id or a report's."""
    view = desk_of(request).store.event(id_)
    if view is None:
        raise HTTPException(404, "unknown_event")
    return records_of([view])[0]


@router.get("/articles", response_model=Listing, responses=_answers())
def list_articles(
    request: Request, search: Annotated[str, Query(max_length=200)] = "",
    outlet: Annotated[str, Query(max_length=200)] = "", limit: Limit = 50, cursor: Cursor = "",
) -> Response:  # fmt: skip
    """Articles, the latest that came in first, without their texts."""
    page = desk_of(request).store.articles(search=search, outlet=outlet, limit=limit, cursor=cursor)
    items = [
        {
            "id": a.article.id, "url": a.article.url, "title": a.article.title,
            "publisher": a.article.publisher, "published": a.article.published.edtf,
            "language": a.article.language, "version": a.number, "added": a.added,
            "copy_of": a.copy_of,
        }
        for a in page.items
    ]  # fmt: skip
    return json_response({"items": items, "cursor": page.cursor})


@router.get("/articles/{id_}", responses=_answers(404))
def show_article(request: Request, id_: Id) -> dict[str, Any]:
    """The latest version of an article with its text, reports and statements."""
    store = desk_of(request).store
    versions = store.article(id_)
    if not versions:
        raise HTTPException(404, "not_found")
    latest = versions[0]
    article = latest.article
    return {
        "id": article.id, "text": article.text, "version": latest.number,
        "reports": [report_record(r.report, article) for r in store.reports(latest.key)],
        "statements": [statement_record(s, article) for s in store.statements(latest.key)],
    }  # fmt: skip


@router.get("/relation/{a}/{b}", responses=_answers(404))
def show_relation(
    request: Request, a: Id, b: Id, since: Day = "", until: Day = "",
    status: Literal["", "actual", "future", "hypothetical", "negated"] = "actual",
) -> dict[str, Any]:  # fmt: skip
    """Two parties (entity ids) by month."""
    found = ask.relation(desk_of(request).store, a, b, since=since, until=until, status=status)
    return records_of([found])[0]


@router.get("/network", responses=_answers())
def show_network(
    request: Request, since: Annotated[str, Query(pattern=FULL_DAY)],
    until: Annotated[str, Query(pattern=FULL_DAY)],
) -> dict[str, Any]:  # fmt: skip
    """Ties among actors from one day to another."""
    return records_of([find_network(desk_of(request).store, since, until)])[0]


@router.get("/sources/{name}", responses=_answers(404))
def show_source(request: Request, name: Id, since: Day = "", until: Day = "") -> dict[str, Any]:
    """What an origin started and who carried it."""
    store = desk_of(request).store
    if not store.origins(name):
        raise HTTPException(404, "nothing_found")
    return records_of([ask.source(store, name, since=since, until=until)])[0]


@router.get("/runs", responses=_answers())
def list_runs(request: Request, limit: Limit = 20) -> dict[str, Any]:
    """The latest runs, and what they could not read."""
    store = desk_of(request).store
    return {"runs": records_of(store.runs(limit)), "failures": records_of(store.failures(limit))}


@router.get("/judgements", responses=_answers())
def list_judgements(
    request: Request, limit: Limit = 50,
    before: Annotated[int, Query(ge=0, le=2**53)] = 0,
) -> dict[str, Any]:  # fmt: skip
    """Judgements of persons, newest first; `before` of a page gets the next."""
    items, further = desk_of(request).store.history(limit=limit, before=before)
    return {"items": records_of(items), "before": further}


@router.post("/code", response_model=CodedText, responses=_answers(413, 415, 503))
def code_text(request: Request, wanted: TextToCode) -> Response:
    """Code a text. Nothing is kept."""
    desk = desk_of(request)
    if not desk.pastes_limit.take(client_address(request)):
        raise HTTPException(429, "too_fast")
    if not any(c.isalnum() for c in wanted.text):
        raise CoderError("paste_nothing")
    article = read_text(
        wanted.text, title=wanted.title, language=wanted.language,
        published=wanted.published if read_date(wanted.published).edtf else None,
    )  # fmt: skip
    entry = desk.coder.code(article)
    return json_response(
        {
            "article": {"id": entry.article.id, "language": entry.article.language},
            "reports": [report_record(r, entry.article) for r in entry.reports],
            "statements": [statement_record(s, entry.article) for s in entry.statements],
        }
    )
