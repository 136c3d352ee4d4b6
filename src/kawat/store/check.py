"""What must hold in every store, whatever happened to it. Each check returns what is wrong."""

from collections.abc import Callable, Iterator

import sqlalchemy as sa

from kawat.store import schema as t
from kawat.store.codec import decode_report
from kawat.store.indexing import sum_up
from kawat.store.summary import MonthKey, index
from kawat.store.transaction import Transaction

MAX_SHOWN = 20
"""Lines that one check gives at most."""


def check_store(tx: Transaction) -> list[str]:
    """Return one line for everything that is wrong; nothing in a whole store."""
    found: list[str] = []
    for check in CHECKS:
        for line in check(tx):
            found.append(line)
            if len(found) >= MAX_SHOWN:
                return found
    return found


def _check_database(tx: Transaction) -> Iterator[str]:
    """The database's own word (SQLite; PostgreSQL checks itself as it writes)."""
    if tx.dialect.name != "sqlite":
        return
    for (line,) in tx.connection.exec_driver_sql("PRAGMA quick_check"):
        if line != "ok":
            yield f"database: {line}"
    for table, *_ in tx.connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"{table}: a row points at nothing"


def _check_versions(tx: Transaction) -> Iterator[str]:
    """Every article has one current version, and its numbers have no gap."""
    c = t.versions.c
    query = (
        sa.select(
            t.articles.c.key, sa.func.sum(c.current).label("current"),
            sa.func.count(c.key).label("number"), sa.func.max(c.number).label("highest"),
        )
        .join_from(t.articles, t.versions, c.article == t.articles.c.key, isouter=True)
        .group_by(t.articles.c.key)
    )  # fmt: skip
    for row in tx.rows(query):
        if row.current != 1 or row.number != row.highest:
            yield f"article {row.key}: {row.current} current of {row.number} versions"


def _check_reports(tx: Transaction) -> Iterator[str]:
    """A current report stands in a current version, and its words in the text."""
    query = (
        sa.select(t.reports.c.key, t.reports.c.record, t.versions.c.text, t.versions.c.current)
        .join_from(t.reports, t.versions, t.reports.c.version == t.versions.c.key)
        .where(t.reports.c.retired.is_(None))
    )
    for row in tx.connection.execute(query):
        report = decode_report(row.record)
        for quote in (report.sentence, report.event.trigger):
            if row.text[slice(*quote.span)] != quote.text:
                yield f"report {row.key}: its words are not in the text"
        if not row.current:
            yield f"report {row.key}: current, in a version that is not"


def _check_events(tx: Transaction) -> Iterator[str]:
    """Events count the reports that they have."""
    r = t.reports.c
    held = (
        sa.select(r.event, sa.func.count().label("number"))
        .where(r.retired.is_(None))
        .group_by(r.event)
        .subquery()
    )
    number = sa.func.coalesce(held.c.number, 0)
    query = (
        sa.select(t.events.c.key, t.events.c.reports, number.label("there"))
        .join_from(t.events, held, t.events.c.key == held.c.event, isouter=True)
        .where(t.events.c.reports != number)
    )
    for row in tx.rows(query):
        yield f"event {row.key}: counts {row.reports} reports, has {row.there}"


def _check_indexes(tx: Transaction) -> Iterator[str]:
    """Parties, pairs and months hold what the events give, no more and no less."""
    sums: dict[MonthKey, list[int]] = {}
    parties, pairs = 0, 0
    for row in tx.connection.execute(sa.select(t.events)):
        one = index(dict(row._mapping))
        parties += len(one.parties)
        pairs += len(one.pairs)
        sum_up(sums, one, 1)
    for table, number in ((t.parties, parties), (t.pairs, pairs)):
        there = tx.scalar(sa.select(sa.func.count()).select_from(table))
        if there != number:
            yield f"{table.name}: {there} rows, not {number}"
    c = t.months.c
    query = sa.select(
        c.a, c.b, c.month, c.type, c.status, c.direction, c.quad, c.events, c.dated,
        c.corroborated, c.scored, c.intensity,
    )  # fmt: skip
    there = {tuple(row[:7]): list(row[7:]) for row in tx.connection.execute(query)}
    for key in sorted(set(there) ^ set(sums)):
        yield f"months: {' '.join(key)} is {'missing' if key in sums else 'too many'}"
    for key in sorted(set(there) & set(sums)):
        if there[key] != sums[key]:
            yield f"months: {' '.join(key)} counts {there[key]}, not {sums[key]}"


CHECKS: tuple[Callable[[Transaction], Iterator[str]], ...] = (
    _check_database, _check_versions, _check_reports, _check_events, _check_indexes,
)  # fmt: skip
