"""What a reader asks for, out of the address of a page. What makes no sense does not filter."""

import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, cast

from kawat.lang import load_common
from kawat.store import EventQuery

DAY = re.compile(r"(?!0000)\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
STATUSES = ("actual", "future", "hypothetical", "negated")
ORDERS = ("newest", "oldest", "added")
REVIEWS = ("reviewed", "unreviewed", "rejected")
LONGEST = 200
"""Characters of a value."""


def read_query(values: Mapping[str, str]) -> EventQuery:
    """Return the query of an address."""
    plain: dict[str, Any] = {
        name: values.get(name, "").strip()[:LONGEST]
        for name in ("actor", "partner", "type", "origin", "outlet", "language", "country", "flag",
                     "search")
    }  # fmt: skip
    query = EventQuery(
        **plain, status=_one_of(values.get("status", ""), STATUSES),
        since=read_day(values.get("since", "")), until=read_day(values.get("until", "")),
        min_origins=_number(values.get("min_origins", "")),
        min_confidence=min(_number(values.get("min_confidence", "")), 100) / 100,
        dated=values.get("dated", "") == "1",
    )  # fmt: skip
    order = _one_of(values.get("order", ""), ORDERS) or "newest"
    review = _one_of(values.get("review", ""), REVIEWS)
    return replace(query, order=cast(Any, order), review=cast(Any, review))


def show_query(query: EventQuery) -> dict[str, Any]:
    """Return the values of an address that asks for a query."""
    values = asdict(query)
    values["min_confidence"] = round(query.min_confidence * 100)
    values["dated"] = "1" if query.dated else ""
    values["order"] = "" if query.order == "newest" else query.order
    return values


def read_day(text: str) -> str:
    """Return an ISO date, month or year; nothing of anything else."""
    text = text.strip()
    return text if DAY.fullmatch(text) else ""


def event_types() -> tuple[str, ...]:
    """Return the PLOVER types."""
    return tuple(sorted({type_ for type_, _ in load_common().scores}))


def _one_of(value: str, allowed: tuple[str, ...]) -> str:
    return value if value in allowed else ""


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
