"""From an `EventQuery` to a select of events that an index answers."""

from typing import Any

import sqlalchemy as sa

from kawat.errors import KawatError
from kawat.store import schema as t
from kawat.store.dates import last_day
from kawat.store.dialects import Dialect, parse_search
from kawat.store.records import EventQuery

_SHOWN = t.events.c.shown == 1


def select_events(query: EventQuery, dialect: Dialect) -> sa.Select[Any]:
    """Return a select of (key, day) of the events that a query wants, in no order yet."""
    lead = _lead(query)
    if lead is None:
        select = sa.select(t.events.c.key, t.events.c.day)
    else:
        select = sa.select(lead.c.event.label("key"), lead.c.day).join_from(
            lead, t.events, lead.c.event == t.events.c.key
        )
    day = t.events.c.day if lead is None else lead.c.day
    conditions = [
        *_lead_conditions(query, lead), *_own_conditions(query), *_behind(query, dialect, lead)
    ]  # fmt: skip
    if query.since:
        conditions.append(day >= query.since)
    if query.until:
        conditions.append(day <= last_day(query.until))
    return select.where(*conditions)


def ordered(select: sa.Select[Any], query: EventQuery, cursor: str) -> sa.Select[Any]:
    """Return the select in the order of the query, going on behind a cursor of `make_cursor`.

    Raises:
        KawatError: the cursor is none of this query's.
    """
    key, day = (select.selected_columns[name] for name in ("key", "day"))
    mark = _read_cursor(cursor, query)
    if query.order == "added":
        select = select.order_by(key.desc())
        return select.where(key < mark[1]) if mark else select
    here = sa.tuple_(day, key)
    if query.order == "oldest":
        select = select.order_by(day, key)
        return select.where(here > mark) if mark else select
    select = select.order_by(day.desc(), key.desc())
    return select.where(here < mark) if mark else select


def make_cursor(query: EventQuery, day: str, key: int) -> str:
    """Return the cursor behind an event."""
    return f"{query.order}.{day}.{key}"


def _read_cursor(cursor: str, query: EventQuery) -> tuple[str, int] | None:
    if not cursor:
        return None
    order, _, rest = cursor.partition(".")
    day, _, key = rest.partition(".")
    if order != query.order or not key.isdecimal() or len(key) > 18:
        raise KawatError(f"{cursor[:40]!r} is no cursor of this query")
    return day, int(key)


def _lead(query: EventQuery) -> Any:
    """The table to walk along: the one whose index narrows most and is in order of days."""
    if query.actor and query.partner and not query.side:
        return t.pairs
    if query.actor or query.partner:
        return t.parties
    if query.outlet:
        return t.tellers
    return None


def _lead_conditions(query: EventQuery, lead: Any) -> list[sa.ColumnElement[bool]]:
    if lead is t.pairs:
        a, b = sorted((query.actor, query.partner))
        found = [lead.c.a == a, lead.c.b == b]
    elif lead is t.parties:
        found = [lead.c.entity == (query.actor or query.partner)]
        if query.side:
            found.append(lead.c.side.in_((query.side, "both")))
    elif lead is t.tellers:
        twin = t.tellers.alias()  # an outlet that tells in two languages stands there twice
        return [
            lead.c.outlet == query.outlet,
            ~sa.exists().where(
                twin.c.event == lead.c.event, twin.c.outlet == lead.c.outlet,
                twin.c.language < lead.c.language,
            ),
        ]  # fmt: skip
    else:
        return []
    if query.type:
        found.append(lead.c.type == query.type)
    return found


def _own_conditions(query: EventQuery) -> list[sa.ColumnElement[bool]]:
    """What the event's own row answers."""
    c = t.events.c
    conditions = [_SHOWN] if query.review != "rejected" else [c.shown == 0, c.review == "reject"]
    for column, value in (
        (c.type, query.type), (c.quad, query.quad), (c.status, query.status),
        (c.country, query.country),
    ):  # fmt: skip
        if value:
            conditions.append(column == value)
    if query.min_origins:
        conditions.append(c.origins_low >= query.min_origins)
    if query.min_origins >= 2:  # written out, so that SQLite sees that a partial index answers
        conditions.append(c.origins_low >= sa.literal_column("2"))
    if query.min_confidence:
        conditions.append(c.confidence >= query.min_confidence)
    if query.dated:
        conditions.append(c.dated == 1)
    if query.flag:
        conditions.append(c.flags.contains(f" {query.flag} ", autoescape=True))
    if query.review == "unreviewed":
        conditions.append(c.review == "")
    elif query.review:
        conditions.append(c.review != sa.literal_column("''"))
    return conditions


def _behind(query: EventQuery, dialect: Dialect, lead: Any) -> list[sa.ColumnElement[bool]]:
    """What other tables answer."""
    found: list[sa.ColumnElement[bool]] = []
    event = t.events.c.key
    if lead is t.parties and query.actor and query.partner:
        other = t.parties.alias()
        found.append(sa.exists().where(other.c.event == event, other.c.entity == query.partner))
    if query.origin:
        named = sa.select(t.origins.c.key).where(
            (t.origins.c.key == query.origin) | (t.origins.c.entity == query.origin)
        )
        found.append(
            event.in_(sa.select(t.event_origins.c.event).where(t.event_origins.c.origin.in_(named)))
        )
    if query.outlet and lead is not t.tellers:
        found.append(_told("outlet", query.outlet))
    if query.language:
        found.append(_told("language", query.language))
    if query.search:
        keys = dialect.matching("reports", parse_search(query.search))
        found.append(
            event.in_(
                sa.select(t.reports.c.event).where(
                    t.reports.c.retired.is_(None), t.reports.c.key.in_(keys)
                )
            )
        )
    return found


def _told(column: str, value: str) -> sa.ColumnElement[bool]:
    teller = t.tellers.alias()
    return sa.exists().where(teller.c.event == t.events.c.key, teller.c[column] == value)
