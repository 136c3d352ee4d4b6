"""Keep events and what is counted from them in step with their reports, inside one transaction."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from kawat.store import schema as t
from kawat.store.codec import decode_report
from kawat.store.summary import Indexed, Member, MonthKey, count_tellers, index, summarise
from kawat.store.transaction import Transaction

_SUMS = ("events", "dated", "corroborated", "scored", "intensity")
_MONTH = ("a", "b", "month", "type", "status", "direction", "quad")


def add_to_indexes(
    tx: Transaction, events: Sequence[dict[str, Any]], tellers: Sequence[dict[str, Any]]
) -> None:
    """Index events that are new: rows of the table `events`, already inserted, and who told."""
    tx.insert(t.tellers, tellers)
    indexed = [index(e) for e in events]
    sums: dict[MonthKey, list[int]] = {}
    _write_rows(tx, indexed)
    for one in indexed:
        sum_up(sums, one, 1)
    write_months(tx, sums)


def refresh_events(tx: Transaction, keys: Iterable[int]) -> None:
    """Make the rows of events say again what their current reports say, indexes with them.

    Events that have lost every report stay, without a report and not shown: their ids are known.
    """
    wanted = sorted(set(keys))
    members = _members(tx, wanted)
    old = [dict(r._mapping) for r in tx.rows_in(sa.select(t.events), t.events.c.key, wanted)]
    new = [_renewed(event, members.get(event["key"], [])) for event in old]
    sums: dict[MonthKey, list[int]] = {}
    for event in old:
        sum_up(sums, index(event), -1)
    indexed = [index(event) for event in new]
    for one in indexed:
        sum_up(sums, one, 1)
    for table in (t.parties, t.pairs, t.tellers):
        tx.change_in(sa.delete(table), table.c.event, wanted)
    tx.update_each(t.events, new)
    tx.insert(t.tellers, [row for e in new for row in _tellers(e, members.get(e["key"], []))])
    days = [{"_key": e["key"], "_day": e["day"]} for e in new]
    if days:
        change = sa.update(t.event_origins).where(t.event_origins.c.event == sa.bindparam("_key"))
        tx.connection.execute(change.values(day=sa.bindparam("_day")), days)
    _write_rows(tx, indexed)
    write_months(tx, sums)


def _renewed(event: dict[str, Any], members: list[Member]) -> dict[str, Any]:
    if members:
        return {**event, **summarise(members)}
    return {**event, "head": None, "reports": 0, "documents": 0, "outlets": 0, "shown": 0}


def _tellers(event: dict[str, Any], members: Iterable[Member]) -> Iterator[dict[str, Any]]:
    for (outlet, language), reports in sorted(count_tellers(members).items()):
        yield {"event": event["key"], "outlet": outlet, "language": language,
               "day": event["day"], "reports": reports}  # fmt: skip


def _members(tx: Transaction, keys: Iterable[int]) -> dict[int, list[Member]]:
    """The current reports of events, rejected ones too."""
    query = (
        sa.select(
            t.reports.c.event, t.reports.c.key, t.reports.c.record, t.reports.c.corrected,
            t.reports.c.review, t.reports.c.version, t.versions.c.article, t.versions.c.outlet,
            t.versions.c.language, t.versions.c.day, t.versions.c.added,
        )
        .join_from(t.reports, t.versions, t.reports.c.version == t.versions.c.key)
        .where(t.reports.c.retired.is_(None))
    )  # fmt: skip
    found: defaultdict[int, list[Member]] = defaultdict(list)
    for r in tx.rows_in(query, t.reports.c.event, keys):
        report = decode_report(r.corrected or r.record)
        day = r.day or r.added[:10]
        found[r.event].append(
            Member(r.key, report, r.review, r.version, r.article, r.outlet, r.language, day)
        )
    return found


def _write_rows(tx: Transaction, indexed: Iterable[Indexed]) -> None:
    parties: list[dict[str, Any]] = []
    pairs: list[dict[str, Any]] = []
    for one in indexed:
        parties += one.parties
        pairs += one.pairs
    tx.insert(t.parties, parties)
    tx.insert(t.pairs, pairs)


def sum_up(sums: dict[MonthKey, list[int]], indexed: Indexed, sign: int) -> None:
    """Add what an event counts in its months to `sums`, or take it away (`sign` -1)."""
    for key, values in indexed.months.items():
        total = sums.setdefault(key, [0, 0, 0, 0, 0])
        for i, value in enumerate(values):
            total[i] += sign * value


def write_months(tx: Transaction, sums: dict[MonthKey, list[int]]) -> None:
    """Add sums to the table of months; a line that holds no event any more is taken out."""
    changed = [(key, values) for key, values in sorted(sums.items()) if any(values)]
    rows = [
        {**dict(zip(_MONTH, key, strict=True)), **dict(zip(_SUMS, values, strict=True))}
        for key, values in changed
    ]
    if not rows:
        return
    insert = tx.dialect.insert(t.months)
    added = {name: t.months.c[name] + insert.excluded[name] for name in _SUMS}
    keys = [c.name for c in t.months.primary_key]
    tx.connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=added), rows)
    fewer = [
        {f"_{name}": value for name, value in zip(_MONTH, key, strict=True) if name in keys}
        for key, values in changed if values[0] < 0
    ]  # fmt: skip
    if fewer:
        here = [t.months.c[k] == sa.bindparam(f"_{k}") for k in keys]
        tx.connection.execute(sa.delete(t.months).where(t.months.c.events == 0, *here), fewer)
