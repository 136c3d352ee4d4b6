"""Events of other data sets beside kawat's own: never mixed with them, only compared."""

from collections.abc import Sequence
from dataclasses import asdict

import sqlalchemy as sa

from kawat.model import ForeignEvent
from kawat.store import schema as t
from kawat.store.records import ForeignMonth
from kawat.store.transaction import Transaction


def add_foreign(tx: Transaction, events: Sequence[ForeignEvent]) -> int:
    """Add events of a data set that it does not have yet; return how many."""
    before = _count(tx)
    tx.insert_missing(t.foreign_events, [{**asdict(e), "month": e.day[:7]} for e in events])
    return _count(tx) - before


def _count(tx: Transaction) -> int:
    return int(tx.scalar(sa.select(sa.func.count()).select_from(t.foreign_events)) or 0)


def count_datasets(tx: Transaction) -> dict[str, int]:
    """Return how many events each data set has here."""
    c = t.foreign_events.c
    query = sa.select(c.dataset, sa.func.count().label("events")).group_by(c.dataset)
    return {r.dataset: r.events for r in tx.rows(query.order_by(c.dataset))}


def count_pairs(tx: Transaction, dataset: str, limit: int) -> tuple[tuple[str, str], ...]:
    """Return the pairs of states that most events of a data set are about, in alphabetic order."""
    a, b = _pair()
    c = t.foreign_events.c
    wanted = (c.dataset == dataset) & (c.actor != "") & (c.recipient != "")
    query = sa.select(a, b).where(wanted & (c.actor != c.recipient)).group_by(a, b)
    most = query.order_by(sa.func.count().desc(), a, b).limit(limit)
    rows = tx.connection.execute(most)
    return tuple((r.a, r.b) for r in rows)


def count_months(
    tx: Transaction, dataset: str, pair: tuple[str, str], since: str, until: str
) -> tuple[ForeignMonth, ...]:
    """Return what a data set has of a pair, whoever acts, by month, oldest first."""
    c = t.foreign_events.c
    query = sa.select(
        c.month, sa.func.count().label("events"), sa.func.avg(c.intensity).label("intensity")
    ).where(c.dataset == dataset, c.actor.in_(pair), c.recipient.in_(pair), c.actor != c.recipient)
    if since:
        query = query.where(c.month >= since[:7])
    if until:
        query = query.where(c.month <= until[:7])
    rows = tx.rows(query.group_by(c.month).order_by(c.month))
    return tuple(
        ForeignMonth(r.month, r.events, None if r.intensity is None else round(r.intensity, 3))
        for r in rows
    )


def _pair() -> tuple[sa.ColumnElement[str], sa.ColumnElement[str]]:
    c = t.foreign_events.c
    first = sa.case((c.actor < c.recipient, c.actor), else_=c.recipient).label("a")
    second = sa.case((c.actor < c.recipient, c.recipient), else_=c.actor).label("b")
    return first, second
