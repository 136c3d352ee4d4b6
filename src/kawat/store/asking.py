"""Events out of the store: pages of rows, counts, facets, months, one event with all behind it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from kawat.model import Judgement, Origins, Trail
from kawat.store import schema as t
from kawat.store.codec import decode_list, decode_origins, decode_report
from kawat.store.dates import last_day
from kawat.store.dialects import SEARCHED, parse_search
from kawat.store.judging import judgements_on
from kawat.store.reading import read_outlet
from kawat.store.records import (
    Count,
    Direction,
    EventQuery,
    EventRow,
    EventView,
    Facet,
    MonthCount,
    Page,
    StoredReport,
)
from kawat.store.selecting import make_cursor, ordered, select_events
from kawat.store.transaction import Transaction

COUNTED = 10_000
"""Events that are counted one by one; a query that finds more is counted as "at least" these."""
_ROW = (
    sa.select(t.events, t.reports.c.record, t.reports.c.corrected, t.versions.c.title)
    .join_from(t.events, t.reports, t.events.c.head == t.reports.c.key)
    .join(t.versions, t.reports.c.version == t.versions.c.key)
)


def find_events(tx: Transaction, query: EventQuery, limit: int, cursor: str) -> Page[EventRow]:
    """Return one page of the events that a query wants."""
    select = ordered(select_events(query, tx.dialect), query, cursor).limit(limit + 1)
    found = tx.rows(select)
    rows = {r.key: r for r in tx.rows_in(_ROW, t.events.c.key, (f.key for f in found[:limit]))}
    items = tuple(_event_row(rows[f.key]) for f in found[:limit])
    more = len(found) > limit
    last = found[limit - 1] if more else None
    return Page(items, make_cursor(query, last.day, last.key) if last else "")


def count_events(tx: Transaction, query: EventQuery) -> Count:
    """Return how many events a query wants, exactly up to `COUNTED` (and `SEARCHED` matches)."""
    some = select_events(query, tx.dialect).limit(COUNTED + 1).subquery()
    found = tx.scalar(sa.select(sa.func.count()).select_from(some))
    whole = True
    if query.search:
        matches = tx.dialect.matching("reports", parse_search(query.search)).subquery()
        whole = tx.scalar(sa.select(sa.func.count()).select_from(matches)) < SEARCHED
    return Count(min(found, COUNTED), found <= COUNTED and whole)


def _event_row(r: Any) -> EventRow:
    report = decode_report(r.corrected or r.record)
    start, end = report.event.trigger.span
    offset = report.sentence.span[0]
    return EventRow(
        id=r.id, type=r.type, mode=r.mode, quad=r.quad, intensity=r.intensity,
        contexts=tuple(decode_list(r.contexts)), actors=tuple(decode_list(r.actors)),
        recipients=tuple(decode_list(r.recipients)), status=r.status, historical=bool(r.historical),
        when=r.edtf, day=r.day, end=r.last, place=r.place, country=r.country,
        sentence=report.sentence.text, trigger=(start - offset, end - offset),
        confidence=r.confidence, reports=r.reports, documents=r.documents, outlets=r.outlets,
        origins=_bounds(r.origins_low, r.origins_high),
        interests=_bounds(r.interests_low, r.interests_high), flags=tuple(r.flags.split()),
        review=r.review, title=r.title,
    )  # fmt: skip


def _bounds(low: int | None, high: int | None) -> tuple[int, int] | None:
    return None if low is None or high is None else (low, high)


def find_event(tx: Transaction, id_: str) -> EventView | None:
    """Return the event that `id_` names: its own id, or that of any report that tells of it."""
    key = _event_key(tx, id_)
    if key is None:
        return None
    row = tx.first(_ROW.where(t.events.c.key == key))
    if row is None:
        return None
    reports = read_reports(tx, t.reports.c.event == key)
    ids = [r.report.id for r in reports]
    return EventView(
        _event_row(row), reports, _read_origins(row.origins, reports), _judgements(tx, ids)
    )


def _read_origins(text: str | None, reports: Sequence[StoredReport]) -> Origins | None:
    """The origins of an event; the trails are kept with its reports."""
    if not text:
        return None
    trails = sorted(
        (Trail(r.report.id, r.article_id, r.path, r.origin) for r in reports if r.origin),
        key=lambda trail: trail.report,
    )
    return replace(decode_origins(text), trails=tuple(trails))


def _event_key(tx: Transaction, id_: str) -> int | None:
    """The event of a report, through those that go on with it; else the event of that id."""
    for _ in range(64):  # codings of one article; a ring of ids cannot keep us
        query = sa.select(t.reports.c.event).where(
            t.reports.c.id == id_, t.reports.c.retired.is_(None)
        )
        found = tx.scalar(query)
        if found is not None:
            return int(found)
        later = tx.scalar(sa.select(t.successors.c.new).where(t.successors.c.old == id_))
        if later is None:
            break
        id_ = later
    query = sa.select(t.events.c.key).where(t.events.c.id == id_, t.events.c.reports > 0)
    found = tx.scalar(query)
    return None if found is None else int(found)


def _judgements(tx: Transaction, ids: Sequence[str]) -> tuple[Judgement, ...]:
    """All that was ever judged of reports, undone or not, in order of time."""
    found = {
        j.id: j for kind in ("event", "review")
        for j in judgements_on(tx, kind, ids, holding=False)
    }  # fmt: skip
    return tuple(sorted(found.values(), key=lambda j: (j.time, j.id)))


_REPORT = (
    sa.select(
        t.reports, t.versions.c.id.label("article_id"), t.versions.c.title, t.versions.c.url,
        t.versions.c.published, t.versions.c.language, t.events.c.id.label("event_id"),
        t.outlets.c.key.label("outlet_key"), t.outlets.c.name.label("outlet_name"),
        t.outlets.c.country.label("outlet_country"), t.outlets.c.control.label("outlet_control"),
    )
    .join_from(t.reports, t.versions, t.reports.c.version == t.versions.c.key)
    .join(t.events, t.reports.c.event == t.events.c.key)
    .join(t.outlets, t.versions.c.outlet == t.outlets.c.key)
)  # fmt: skip


def read_reports(
    tx: Transaction, condition: sa.ColumnElement[bool], *, retired: bool = False
) -> tuple[StoredReport, ...]:
    """Return the current reports (or those that were retired) for which a condition holds."""
    live = t.reports.c.retired.is_not(None) if retired else t.reports.c.retired.is_(None)
    query = _REPORT.where(condition, live).order_by(t.reports.c.version, t.reports.c.start)
    return tuple(_stored_report(r) for r in tx.rows(query))


def _stored_report(r: Any) -> StoredReport:
    machine = decode_report(r.record)
    return StoredReport(
        key=r.key, report=decode_report(r.corrected) if r.corrected else machine, machine=machine,
        event=r.event_id, version=r.version, article_id=r.article_id, title=r.title, url=r.url,
        published=r.published, language=r.language, outlet=read_outlet(r), review=r.review,
        path=tuple(decode_list(r.path)) if r.path else (), origin=r.origin or "",
    )  # fmt: skip


def count_months(
    tx: Transaction, a: str, b: str, since: str = "", until: str = ""
) -> tuple[MonthCount, ...]:
    """Return the counts of a pair by month, type, status and direction, oldest first.

    With `b` empty, of all events of `a`; with both empty, of all. `>` is from `a` to `b` as they
    were given.
    """
    first, second = (a or t.EVERY, b or t.EVERY)
    turned = bool(a and b) and first > second
    if turned:
        first, second = second, first
    c = t.months.c
    query = sa.select(t.months).where(c.a == first, c.b == second)
    if since:
        query = query.where(c.month >= since[:7])
    if until:
        query = query.where(c.month <= last_day(until)[:7])
    query = query.order_by(c.month, c.type, c.status, c.direction)
    turn: dict[str, Direction] = (
        {">": "<", "<": ">", "=": "="} if turned else {">": ">", "<": "<", "=": "="}
    )
    return tuple(
        MonthCount(
            r.month, r.type, r.quad, r.status, turn[r.direction],
            r.events, r.dated, r.corroborated,
            round(r.intensity / 100 / r.scored, 3) if r.scored else None,
        )
        for r in tx.rows(query)
    )  # fmt: skip


def count_facets(
    tx: Transaction, query: EventQuery, names: Iterable[str], limit: int
) -> dict[str, tuple[Facet, ...]]:
    """Return the most frequent values of each facet among the newest `COUNTED` events found."""
    some = ordered(select_events(query, tx.dialect), query, "").limit(COUNTED)
    keys = some.subquery()
    return {name: _count_facet(tx, name, keys, limit) for name in names}


_FACETS: dict[str, tuple[Any, Any, Any]] = {
    "type": (t.events.c.type, t.events.c.key, None),
    "status": (t.events.c.status, t.events.c.key, None),
    "country": (t.events.c.country, t.events.c.key, None),
    "flag": (t.events.c.flags, t.events.c.key, None),
    "language": (t.tellers.c.language, t.tellers.c.event, None),
    "actor": (t.parties.c.entity, t.parties.c.event, t.entities.c.id),
    "outlet": (t.tellers.c.outlet, t.tellers.c.event, t.outlets.c.key),
    "origin": (t.event_origins.c.origin, t.event_origins.c.event, t.origins.c.key),
}
"""For each facet: the column of values, that of the event, and the key of whoever has the name."""


def _count_facet(tx: Transaction, name: str, keys: Any, limit: int) -> tuple[Facet, ...]:
    value, event, named = _FACETS[name]
    source = keys.join(value.table, event == keys.c.key)
    label = value
    if named is not None:
        source, label = source.join(named.table, named == value), named.table.c.name
    number = sa.func.count(sa.distinct(keys.c.key))
    query = (
        sa.select(value.label("value"), label.label("label"), number.label("number"))
        .select_from(source)
        .where(value != "")
    )
    rows = tx.rows(query.group_by(value, label).order_by(number.desc(), value))
    if name != "flag":
        return tuple(Facet(r.value, r.label, r.number) for r in rows[:limit])
    sums: Counter[str] = Counter()
    for row in rows:
        sums.update(dict.fromkeys(row.value.split(), row.number))
    return tuple(Facet(f, f, n) for f, n in sums.most_common(limit))
