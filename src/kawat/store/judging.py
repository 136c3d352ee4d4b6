"""Judgements: entered once, never changed; and what holds by them."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

import sqlalchemy as sa

from kawat.errors import KawatError
from kawat.model import Judgement, JudgementKind, Report
from kawat.store import schema as t
from kawat.store.codec import correct, decode_report, encode
from kawat.store.indexing import refresh_events
from kawat.store.transaction import Transaction

_REVIEWS = ("accept", "reject", "correct")


def enter(tx: Transaction, judgements: Iterable[Judgement]) -> int:
    """Enter judgements; one that is there already (by id) adds nothing. Return how many are new.

    Reviews take effect on their reports at once; copies and same events when events are merged.

    Raises:
        KawatError: an undoing of what is not there, or a correction that does not fit the record.
    """
    wanted = {j.id: j for j in judgements}
    there = tx.rows_in(sa.select(t.judgements.c.id), t.judgements.c.id, wanted)
    for row in list(there):
        del wanted[row.id]
    key = tx.next_key(t.judgements)
    tx.insert(
        t.judgements,
        [{"key": key + i, **_columns(j)} for i, j in enumerate(wanted.values())],
    )
    undone = [j.undoes for j in wanted.values() if j.undoes]
    _mark_undone(tx, undone)
    reviewed = [j.left for j in wanted.values() if j.kind == "review"]
    refresh_events(tx, apply_reviews(tx, reviewed))
    return len(wanted)


def _columns(judgement: Judgement) -> dict[str, Any]:
    row = {c.name: getattr(judgement, c.name) for c in _COLUMNS}
    return {**row, "by_person": int(row["by_person"]), "directed": int(row["directed"])}


def _mark_undone(tx: Transaction, ids: Sequence[str]) -> None:
    """Set who is undone from all undoings: one that is itself undone takes nothing back."""
    waiting = list(ids)
    while waiting:
        target = tx.first(sa.select(t.judgements).where(t.judgements.c.id == waiting.pop()))
        if target is None:
            raise KawatError("there is no such judgement to undo")
        live = sa.select(t.judgements.c.key).where(
            t.judgements.c.undoes == target.id, t.judgements.c.undone == 0
        )
        undone = int(tx.first(live) is not None)
        tx.update_each(t.judgements, [{"key": target.key, "undone": undone}])
        if target.undoes:
            waiting.append(target.undoes)


_COLUMNS = tuple(t.judgements.c[f.name] for f in fields(Judgement))
_BY_PERSON, _DIRECTED = (
    [c.name for c in _COLUMNS].index(name) for name in ("by_person", "directed")
)


def read_judgement(row: Sequence[Any]) -> Judgement:
    """Return the judgement of a row that starts with `_COLUMNS`."""
    values = list(row[: len(_COLUMNS)])
    values[_BY_PERSON], values[_DIRECTED] = bool(values[_BY_PERSON]), bool(values[_DIRECTED])
    return Judgement(*values)


def find_judgement(tx: Transaction, id_: str) -> Judgement | None:
    """Return the judgement of an id."""
    row = tx.first(sa.select(*_COLUMNS).where(t.judgements.c.id == id_))
    return None if row is None else read_judgement(row)


def judgements_on(
    tx: Transaction, kind: JudgementKind, ids: Iterable[str], *, holding: bool = True
) -> tuple[Judgement, ...]:
    """Return the judgements on any of `ids` in the order in which they came.

    With `holding`, only those that are not undone and undo nothing; else all, as history.
    """
    query = sa.select(*_COLUMNS, t.judgements.c.key).where(t.judgements.c.kind == kind)
    if holding:
        query = query.where(t.judgements.c.undone == 0, t.judgements.c.undoes == "")
    wanted = list(ids)
    found = {r.key: r for r in tx.rows_in(query, t.judgements.c.left, wanted)}
    found |= {r.key: r for r in tx.rows_in(query, t.judgements.c.right, wanted)}
    return tuple(read_judgement(found[key]) for key in sorted(found))


def settle(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Return the one judgement that holds for each pair: a person's, else the machine's latest.

    The judgements come in the order in which they were entered.
    """
    held: dict[tuple[str, ...], Judgement] = {}
    for judgement in sorted(judgements, key=lambda j: j.by_person):
        pair = sorted((judgement.left, judgement.right))
        held[judgement.kind, *pair] = judgement
    return tuple(held.values())


def history(
    tx: Transaction, limit: int, before: int, *, by_person: bool
) -> tuple[tuple[Judgement, ...], int]:
    """Return the latest judgements, newest first, and the key to go on before (0 at the end)."""
    query = sa.select(*_COLUMNS, t.judgements.c.key).order_by(t.judgements.c.key.desc())
    if by_person:
        query = query.where(t.judgements.c.by_person == 1)
    if before:
        query = query.where(t.judgements.c.key < before)
    rows = tx.rows(query.limit(limit))
    return tuple(map(read_judgement, rows)), rows[-1].key if len(rows) == limit else 0


def apply_reviews(tx: Transaction, ids: Iterable[str]) -> set[int]:
    """Set on current reports what persons said of them; return the events that this changes.

    The latest review that was not undone holds. One on an earlier report holds for a later one
    where that says the same (`successors.same`).
    """
    wanted = _with_relatives(tx, set(ids))
    reviews = {j.left: j for j in judgements_on(tx, "review", wanted) if j.verdict in _REVIEWS}
    changes: list[dict[str, Any]] = []
    touched: set[int] = set()
    query = sa.select(t.reports).where(t.reports.c.retired.is_(None))
    for row in list(tx.rows_in(query, t.reports.c.id, wanted)):
        said = reviews.get(row.id) or _inherited(tx, row.id, reviews)
        review, corrected = "", None
        if said is not None:
            review = said.verdict
            if review == "correct":
                machine = decode_report(row.record)
                corrected = encode(correct(machine, json.loads(said.correction), tx.scores))
        if (review, corrected) != (row.review, row.corrected):
            touched.add(row.event)
            kind = _type_of(row, corrected)
            changes.append({"key": row.key, "review": review, "corrected": corrected, "type": kind})
    _know_entities(tx, [c["corrected"] for c in changes if c["corrected"]])
    tx.update_each(t.reports, changes)
    return touched


def _type_of(row: Any, corrected: str | None) -> str:
    return decode_report(corrected or row.record).event.type


def _know_entities(tx: Transaction, corrected: Sequence[str]) -> None:
    """Enter the entities that corrections name and no report named before."""
    rows: dict[str, dict[str, str]] = {}
    for text in corrected:
        event = decode_report(text).event
        for actor in (*event.actors, *event.recipients):
            rows[actor.entity] = {"id": actor.entity, "code": actor.code, "name": actor.name}
    tx.insert_missing(t.entities, list(rows.values()))


def _with_relatives(tx: Transaction, ids: set[str]) -> set[str]:
    """The ids with those that they follow, and that follow them, saying the same."""
    query = sa.select(t.successors).where(t.successors.c.same == 1)
    wanted, new = set(ids), set(ids)
    while new:
        later = {r.new for r in tx.rows_in(query, t.successors.c.old, new)}
        earlier = {r.old for r in tx.rows_in(query, t.successors.c.new, new)}
        new = (later | earlier) - wanted
        wanted |= new
    return wanted


def _inherited(tx: Transaction, id_: str, reviews: Mapping[str, Judgement]) -> Judgement | None:
    """The review of the nearest earlier report that said the same."""
    seen = {id_}
    while True:
        query = sa.select(t.successors.c.old).where(
            t.successors.c.new == id_, t.successors.c.same == 1
        )
        earlier = tx.scalar(query)
        if earlier is None or earlier in seen:
            return None
        if earlier in reviews:
            return reviews[earlier]
        seen.add(earlier)
        id_ = earlier


def resolve(tx: Transaction, ids: Iterable[str]) -> dict[str, str]:
    """Return for each report id the id that goes on with it now: its own where it is current."""
    wanted = list(dict.fromkeys(ids))
    live = sa.select(t.reports.c.id).where(t.reports.c.retired.is_(None))
    current = {r.id for r in tx.rows_in(live, t.reports.c.id, wanted)}
    found = {id_: id_ for id_ in wanted if id_ in current}
    waiting = {id_: id_ for id_ in wanted if id_ not in current}
    for _ in range(64):  # codings of one article; a ring of ids cannot keep us
        if not waiting:
            break
        steps = {
            r.old: r.new
            for r in tx.rows_in(sa.select(t.successors), t.successors.c.old, waiting.values())
        }
        waiting = {first: steps[last] for first, last in waiting.items() if last in steps}
        current = {r.id for r in tx.rows_in(live, t.reports.c.id, waiting.values())}
        found |= {first: last for first, last in waiting.items() if last in current}
        waiting = {first: last for first, last in waiting.items() if last not in current}
    return found


def effective_reports(tx: Transaction, ids: Iterable[str]) -> Iterator[tuple[Any, Report]]:
    """Yield (row, report with corrections) of current reports by id."""
    query = sa.select(t.reports).where(t.reports.c.retired.is_(None))
    for row in tx.rows_in(query, t.reports.c.id, ids):
        yield row, decode_report(row.corrected or row.record)
