"""What an event's row says, from the reports that tell of it; and what it adds to the indexes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple

from kawat.model import Report
from kawat.store.codec import decode_list, encode, placed
from kawat.store.dates import OPEN_START, bounds
from kawat.store.records import Review
from kawat.store.schema import EVERY

MAX_PAIRED = 24
"""Parties of one event that are paired: a summit of more gives no more dyads than one of these."""
Teller = tuple[str, str]
"""Key of an outlet ("" if unknown) and language of its article."""
MonthKey = tuple[str, str, str, str, str, str, str]
"""a, b, month, type, status, direction, quad."""


class Member(NamedTuple):
    """A report of an event with what its article says about it."""

    key: int
    report: Report
    review: Review
    version: int
    article: int
    outlet: str
    language: str
    day: str
    """Day of publication, or on which the article came into the store."""


@dataclass(slots=True)
class Indexed:
    """Rows that an event adds to the index tables."""

    parties: list[dict[str, Any]]
    pairs: list[dict[str, Any]]
    months: dict[MonthKey, list[int]]
    """Sums for a month: events, dated, corroborated, scored, intensity in hundredths (so that what
    is added can be taken away without a rest)."""


def summarise(members: Sequence[Member]) -> dict[str, Any]:
    """Return the columns of an event's row; origins stay as they are.

    The fullest report stands for the event: of the type that most tell, judged by a person before
    others, with both sides, a time and a place. A time or place that it lacks is taken from the
    next one that has it. With every report rejected, the event is not shown.
    """
    told = [m for m in members if m.review != "reject"]
    ranked = sorted(told or members, key=_rank)
    votes = Counter(m.report.event.type for m in ranked)
    most = max(votes.values(), default=0)
    head = next(m for m in ranked if votes[m.report.event.type] == most or m.review)
    event = head.report.event
    when = event.when or next((m.report.event.when for m in ranked if m.report.event.when), None)
    where = event.where or next(
        (m.report.event.where for m in ranked if m.report.event.where), None
    )
    place, country = placed(where)
    days = bounds(when.edtf) if when else None
    first_told = min(m.day for m in members)
    day = first_told if days is None else days[0] if days[0] > OPEN_START else days[1]
    return {
        "head": head.key, "type": event.type, "mode": event.mode, "quad": head.report.quad,
        "intensity": head.report.intensity, "contexts": _list(event.contexts),
        "actors": _list(dict.fromkeys(a.entity for a in event.actors)),
        "recipients": _list(dict.fromkeys(r.entity for r in event.recipients)),
        "status": event.status, "historical": int(event.historical),
        "edtf": when.edtf if when and days else None, "day": day,
        "last": days[1] if days else day, "dated": int(days is not None), "place": place,
        "country": country, "confidence": max(m.report.event.confidence for m in ranked),
        "reports": len(members), "documents": len({m.article for m in told}),
        "outlets": len({m.outlet or f"article {m.article}" for m in told}),
        "review": _review(members), "shown": int(bool(told)),
    }  # fmt: skip


def count_tellers(members: Iterable[Member]) -> Counter[Teller]:
    """Return how many of the reports that were not rejected stand in which outlet and language."""
    return Counter((m.outlet, m.language) for m in members if m.review != "reject")


def _list(values: Iterable[str]) -> str:
    return encode(list(values))


def _rank(member: Member) -> tuple[bool, int, float, int]:
    event = member.report.event
    filled = sum(map(bool, (event.actors, event.recipients, event.when, event.where)))
    return member.review == "", -filled, -event.confidence, member.key


def _review(members: Sequence[Member]) -> Review:
    """What a person said of the event: a correction before an acceptance before nothing."""
    reviews = {m.review for m in members}
    if reviews == {"reject"}:
        return "reject"
    return next((r for r in ("correct", "accept") if r in reviews), "")


def index(event: dict[str, Any]) -> Indexed:
    """Return what a row of `events` adds to parties, pairs and months; nothing if not shown."""
    indexed = Indexed([], [], {})
    if not event["shown"]:
        return indexed
    actors = set(decode_list(event["actors"]))
    recipients = set(decode_list(event["recipients"]))
    common = {"event": event["key"], "type": event["type"], "day": event["day"]}
    everyone = sorted(actors | recipients)
    for entity in everyone:
        side = "both" if entity in actors & recipients else "recipient"
        side = "actor" if entity in actors - recipients else side
        indexed.parties.append({"entity": entity, "side": side, **common})
    pair = {"quad": event["quad"], **common}
    for a, b in combinations(everyone[:MAX_PAIRED], 2):
        direction = _direction(a, b, actors, recipients)
        if direction:
            indexed.pairs.append({**pair, "a": a, "b": b, "direction": direction})
    _count_months(event, everyone, indexed)
    return indexed


def _direction(a: str, b: str, actors: set[str], recipients: set[str]) -> str:
    """Who acts on whom; "" for two that are both only acted upon: nothing is told between them."""
    forth = a in actors and b in recipients
    back = b in actors and a in recipients
    if forth != back:
        return ">" if forth else "<"
    return "=" if forth or (a in actors and b in actors) else ""


def _count_months(event: dict[str, Any], everyone: list[str], indexed: Indexed) -> None:
    scored = event["intensity"] is not None
    sums = [1, event["dated"], int((event["origins_low"] or 0) >= 2), int(scored),
            round(100 * (event["intensity"] or 0))]  # fmt: skip
    tail = (event["day"][:7], event["type"], event["status"])
    ends = [(EVERY, EVERY, "="), *((entity, EVERY, "=") for entity in everyone)]
    ends += [(p["a"], p["b"], p["direction"]) for p in indexed.pairs]
    for a, b, direction in ends:
        indexed.months[a, b, *tail, direction, event["quad"]] = sums
