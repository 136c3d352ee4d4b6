"""The record that many reports flow into: one contract, SQLite and PostgreSQL."""

from kawat.store.records import (
    FACETS,
    Change,
    Count,
    Entry,
    EventQuery,
    EventRow,
    EventView,
    Facet,
    Failure,
    MonthCount,
    Outlet,
    Page,
    Run,
    StoredArticle,
    StoredReport,
)
from kawat.store.store import Store

__all__ = [
    "FACETS",
    "Change",
    "Count",
    "Entry",
    "EventQuery",
    "EventRow",
    "EventView",
    "Facet",
    "Failure",
    "MonthCount",
    "Outlet",
    "Page",
    "Run",
    "Store",
    "StoredArticle",
    "StoredReport",
]
