"""Who started what and who carried it; and how often pairs meet day by day."""

import sqlalchemy as sa

from kawat.model import Origin
from kawat.store import schema as t
from kawat.store.reading import read_outlet
from kawat.store.records import Carrier, PairDay, TellerMonth
from kawat.store.transaction import Transaction


def find_origins(tx: Transaction, name: str) -> tuple[Origin, ...]:
    """Return the roots of a key, of an entity or outlet id, or of a name."""
    c = t.origins.c
    query = sa.select(t.origins).where((c.key == name) | (c.entity == name) | (c.name == name))
    return tuple(
        Origin(r.key, r.name, r.entity, r.interest, bool(r.named))
        for r in tx.rows(query.order_by(c.key))
    )


def top_origins(tx: Transaction, since: str, limit: int) -> tuple[tuple[Origin, int], ...]:
    """Return the roots that most events since a day go back to, with how many."""
    number = sa.func.count().label("number")
    query = (
        sa.select(t.origins, number)
        .join_from(t.event_origins, t.origins, t.event_origins.c.origin == t.origins.c.key)
        .where(t.event_origins.c.day >= since)
        .group_by(*t.origins.c)
        .order_by(number.desc(), t.origins.c.key)
        .limit(limit)
    )
    return tuple(
        (Origin(r.key, r.name, r.entity, r.interest, bool(r.named)), r.number)
        for r in tx.rows(query)
    )


def find_carriers(
    tx: Transaction, origins: list[str], since: str, until: str
) -> tuple[Carrier, ...]:
    """Return the outlets whose reports go back to some roots, those with most reports first.

    Days are those of publication.
    """
    number, credited = sa.func.count(), sa.func.sum(t.reports.c.credited)
    conditions: list[sa.ColumnElement[bool]] = [
        t.reports.c.origin.in_(origins),
        t.reports.c.retired.is_(None),
    ]
    if since:
        conditions.append(t.versions.c.day >= since)
    if until:
        conditions.append(t.versions.c.day <= until)
    columns = [c.label(f"outlet_{c.name}") for c in t.outlets.c]
    query = (
        sa.select(
            *columns, number.label("reports"), credited.label("credited"),
            sa.func.count(sa.distinct(t.reports.c.event)).label("events"),
            sa.func.min(t.versions.c.day).label("first"),
            sa.func.max(t.versions.c.day).label("last"),
        )
        .join_from(t.reports, t.versions, t.reports.c.version == t.versions.c.key)
        .join(t.outlets, t.versions.c.outlet == t.outlets.c.key)
        .where(*conditions)
        .group_by(*t.outlets.c)
        .order_by(number.desc(), t.outlets.c.key)
    )  # fmt: skip
    return tuple(
        Carrier(read_outlet(r), r.events, r.reports, r.credited, r.first, r.last)
        for r in tx.rows(query)
    )


def origin_months(
    tx: Transaction, origins: list[str], since: str, until: str
) -> tuple[tuple[str, int], ...]:
    """Return how many events of each month (`YYYY-MM`) go back to some roots, oldest first."""
    c = t.event_origins.c
    month = sa.func.substr(c.day, 1, 7).label("month")
    query = sa.select(month, sa.func.count(sa.distinct(c.event)).label("number"))
    query = query.where(c.origin.in_(origins))
    if since:
        query = query.where(c.day >= since)
    if until:
        query = query.where(c.day <= until)
    return tuple((r.month, r.number) for r in tx.rows(query.group_by(month).order_by(month)))


def count_pair_days(tx: Transaction, since: str, until: str) -> tuple[PairDay, ...]:
    """Return how many events each pair had on each day, by quad class, in order."""
    c = t.pairs.c
    query = (
        sa.select(c.a, c.b, c.day, c.quad, sa.func.count())
        .where(c.day >= since, c.day <= until)
        .group_by(c.a, c.b, c.day, c.quad)
        .order_by(c.a, c.b, c.day, c.quad)
    )
    return tuple(PairDay(*row) for row in tx.connection.execute(query))


def last_event_day(tx: Transaction, until: str) -> str:
    """Return the day of the latest event up to a day, "" where there is none."""
    c = t.events.c
    query = sa.select(sa.func.max(c.day)).where(c.day <= until, c.shown == 1)
    return str(tx.scalar(query) or "")


def teller_months(tx: Transaction, a: str, b: str) -> tuple[TellerMonth, ...]:
    """Return the counts of a pair by month, type and the country of who tells, oldest first.

    An event that outlets of several countries tell counts for each of them.
    """
    first, second = sorted((a, b))
    p = t.pairs.c
    month = sa.func.substr(p.day, 1, 7).label("month")
    query = (
        sa.select(
            month, p.type, t.outlets.c.country,
            sa.func.count(sa.distinct(p.event)).label("events"),
        )
        .join_from(t.pairs, t.tellers, p.event == t.tellers.c.event)
        .join(t.outlets, t.tellers.c.outlet == t.outlets.c.key)
        .where(p.a == first, p.b == second)
        .group_by(month, p.type, t.outlets.c.country)
        .order_by(month, p.type, t.outlets.c.country)
    )  # fmt: skip
    return tuple(TellerMonth(*row) for row in tx.connection.execute(query))
