"""The state of `watch`: feeds, the pages that they name, and hosts."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from kawat.store import schema as t
from kawat.store.records import FeedState, HostState, PageState
from kawat.store.transaction import Transaction


def read_feeds(tx: Transaction, urls: Iterable[str] | None) -> tuple[FeedState, ...]:
    """Return the state of feeds; of all that were ever watched if `urls` is None."""
    query = sa.select(t.feeds).order_by(t.feeds.c.url)
    rows = tx.rows(query) if urls is None else tx.rows_in(query, t.feeds.c.url, urls)
    return tuple(FeedState(**r._mapping) for r in rows)


def keep_feed(tx: Transaction, state: FeedState, pages: Iterable[PageState]) -> int:
    """Keep the state of a feed and those pages that are new; return how many are."""
    _put(tx, t.feeds, "url", [asdict(state)])
    wanted = {p.url: asdict(p) for p in pages}
    known = {r.url for r in tx.rows_in(sa.select(t.pages.c.url), t.pages.c.url, wanted)}
    new = [row for url, row in wanted.items() if url not in known]
    tx.insert(t.pages, new)
    return len(new)


def due_pages(tx: Transaction, moment: str, limit: int) -> tuple[PageState, ...]:
    """Return pages that wait to be fetched and may be now, those that waited longest first."""
    c = t.pages.c
    query = sa.select(t.pages).where(c.state == "queued", c.next <= moment)
    rows = tx.rows(query.order_by(c.next, c.found, c.url).limit(limit))
    return tuple(PageState(**r._mapping) for r in rows)


def next_page(tx: Transaction) -> str:
    """Return when the next page may be fetched, "" if none waits."""
    query = sa.select(sa.func.min(t.pages.c.next)).where(t.pages.c.state == "queued")
    return str(tx.scalar(query) or "")


def read_pages(tx: Transaction, state: str, limit: int) -> tuple[PageState, ...]:
    """Return pages in a state, those found last first."""
    query = sa.select(t.pages).where(t.pages.c.state == state)
    rows = tx.rows(query.order_by(t.pages.c.found.desc(), t.pages.c.url).limit(limit))
    return tuple(PageState(**r._mapping) for r in rows)


def keep_pages(tx: Transaction, pages: Sequence[PageState]) -> None:
    """Keep the state of pages."""
    _put(tx, t.pages, "url", [asdict(p) for p in pages])


def read_host(tx: Transaction, host: str) -> HostState:
    """Return what is known of a host; nothing yet of a new one."""
    row = tx.first(sa.select(t.hosts).where(t.hosts.c.host == host))
    return HostState(**row._mapping) if row is not None else HostState(host)


def keep_host(tx: Transaction, state: HostState) -> None:
    """Keep what is known of a host."""
    _put(tx, t.hosts, "host", [asdict(state)])


def _put(tx: Transaction, table: sa.Table, key: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        insert = tx.dialect.insert(table)
        changed = {name: insert.excluded[name] for name in rows[0] if name != key}
        tx.connection.execute(
            insert.on_conflict_do_update(index_elements=[key], set_=changed), rows
        )
