"""Which report of a new coding goes on with which report of the old one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from kawat.model import Report
from kawat.store.codec import decode_report, encode


@dataclass(slots=True)
class Plan:
    """What a new coding of an article changes. Rows are those of the table `reports`."""

    stay: list[Any] = field(default_factory=list)
    retired: list[Any] = field(default_factory=list)
    new: list[Report] = field(default_factory=list)
    follows: list[tuple[str, str]] = field(default_factory=list)
    """(old id, new id) where a report goes on with one that had another id."""
    homes: dict[str, int] = field(default_factory=dict)
    """Event of its own that a new report takes over, by report id."""
    held: int = 0


def find_successors(had: Sequence[Any], coded: Sequence[Report], *, same_text: bool) -> Plan:
    """Return what to keep, retire and add.

    A report goes on with the old one of its own id; else, in an unchanged text, with the one of
    the same trigger; in a changed text with the one of the same type, parties and sentence.
    """
    plan = Plan()
    by_id = {row.id: row for row in had}
    key = _trigger_key if same_text else _content_key
    kept = {row.key for row in had if same_text and row.review in {"accept", "correct"}}
    kept_triggers = {_trigger_key(decode_report(row.record)) for row in had if row.key in kept}
    free = {key(decode_report(row.record)): row for row in had if row.key not in kept}
    stay = set(kept)
    taken: set[int] = set()
    for report in coded:
        row = by_id.get(report.id)
        if row is not None and (row.key in kept or (same_text and row.record == encode(report))):
            stay.add(row.key)
        elif same_text and _trigger_key(report) in kept_triggers:
            plan.held += 1
        else:
            before = row if row is not None else free.get(key(report))
            if before is not None and before.key not in taken | stay:
                taken.add(before.key)
                plan.homes[report.id] = before.home
                if before.id != report.id:
                    plan.follows.append((before.id, report.id))
            plan.new.append(report)
    plan.stay = [row for row in had if row.key in stay]
    plan.retired = [row for row in had if row.key not in stay]
    return plan


def _trigger_key(report: Report) -> object:
    return report.event.trigger.span


def _content_key(report: Report) -> object:
    event = report.event
    sides = (event.actors, event.recipients)
    return event.type, tuple(tuple(a.entity for a in side) for side in sides), report.sentence.text
