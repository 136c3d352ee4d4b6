"""Schema versions: a new store is made whole, an older one is brought forward step by step.

A step runs in one transaction with the change of the version, so that a store that was killed
while it migrated is as it was before.
"""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy import inspect

from kawat.errors import StoreError
from kawat.store import schema as t
from kawat.store.indexing import sum_up, write_months
from kawat.store.summary import MonthKey, index
from kawat.store.transaction import Transaction

BATCH = 5000


def prepare(tx: Transaction, name: str) -> None:
    """Make the tables of a new store, or migrate those of an older one.

    Raises:
        StoreError: the store is newer than this version of kawat, or is none of kawat's.
    """
    version = read_version(tx, name)
    if version == 0:
        t.META.create_all(tx.connection)
        tx.dialect.create_search(tx.connection)
        tx.insert(t.outlets, [{"key": "", "name": ""}])
        tx.insert(t.meta, [{"name": "schema", "value": str(SCHEMA)}])
        return
    for step in STEPS[version - 1 :]:
        step(tx)
    tx.connection.execute(
        sa.update(t.meta).where(t.meta.c.name == "schema").values(value=str(SCHEMA))
    )


def read_version(tx: Transaction, name: str) -> int:
    """Return the schema version of a store, 0 for an empty database.

    Raises:
        StoreError: it is newer, or holds other tables.
    """
    inspector = inspect(tx.connection)
    tables = set(inspector.get_table_names())
    if not tables:
        return 0
    if not {"meta", "versions"} <= tables:
        raise StoreError(name, "a database with other tables, no store of kawat", "name another")
    value = tx.scalar(sa.select(t.meta.c.value).where(t.meta.c.name == "schema"))
    version = int(value or 0)
    if not 1 <= version <= SCHEMA:
        raise StoreError(
            name, f"made by a newer kawat (schema {version}, this one knows {SCHEMA})",
            "upgrade kawat",
        )  # fmt: skip
    return version


def _add_months(tx: Transaction) -> None:
    """1 → 2: the roll-up by month, filled from the events."""
    t.months.create(tx.connection)
    after = 0
    while True:
        query = sa.select(t.events).where(t.events.c.key > after).order_by(t.events.c.key)
        rows = [dict(r._mapping) for r in tx.rows(query.limit(BATCH))]
        if not rows:
            return
        sums: dict[MonthKey, list[int]] = {}
        for row in rows:
            sum_up(sums, index(row), 1)
        write_months(tx, sums)
        after = rows[-1]["key"]


def _add_foreign_events(tx: Transaction) -> None:
    """2 → 3: events of other data sets, none yet."""
    t.foreign_events.create(tx.connection)


STEPS: tuple[Callable[[Transaction], None], ...] = (_add_months, _add_foreign_events)
"""Step i brings schema i + 1 to i + 2."""
SCHEMA = len(STEPS) + 1
