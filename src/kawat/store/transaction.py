"""One transaction: the connection with the few helpers that every reading and writing uses."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from kawat.store.codec import Scores
from kawat.store.dialects import Dialect

CHUNK = 500
"""Values of one IN list: more are asked for in several queries."""


def now() -> str:
    """Return the time, ISO 8601, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Transaction:
    """A connection inside a transaction, and what the two databases do differently."""

    def __init__(self, connection: Connection, dialect: Dialect, scores: Scores) -> None:
        self.connection, self.dialect, self.scores = connection, dialect, scores

    def rows(self, query: sa.Select[Any]) -> Sequence[Row[Any]]:
        """Return all rows of a query."""
        return self.connection.execute(query).all()

    def first(self, query: sa.Select[Any]) -> Row[Any] | None:
        """Return the first row of a query, None if it has none."""
        return self.connection.execute(query).first()

    def scalar(self, query: sa.Select[Any]) -> Any:
        """Return the first column of the first row, None if there is none."""
        return self.connection.execute(query).scalar()

    def rows_in(
        self, query: sa.Select[Any], column: sa.ColumnElement[Any], values: Iterable[Any]
    ) -> Iterator[Row[Any]]:
        """Yield the rows of `query` in which `column` is one of many values."""
        wanted = list(dict.fromkeys(values))
        for start in range(0, len(wanted), CHUNK):
            yield from self.rows(query.where(column.in_(wanted[start : start + CHUNK])))

    def change_in(
        self, change: sa.Update | sa.Delete, column: sa.ColumnElement[Any], values: Iterable[Any]
    ) -> None:
        """Change or delete the rows in which `column` is one of many values."""
        wanted = list(dict.fromkeys(values))
        for start in range(0, len(wanted), CHUNK):
            self.connection.execute(change.where(column.in_(wanted[start : start + CHUNK])))

    def insert(self, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows that must all be new; every mapping has the same columns.

        They go to the driver as they are: SQLAlchemy would take longer to look at each of them
        than the database to insert it.
        """
        if rows:
            self.connection.exec_driver_sql(
                self.dialect.insert_text(table.name, tuple(rows[0])), list(rows)
            )

    def insert_missing(self, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert those rows that the table does not have yet."""
        if rows:
            self.connection.execute(self.dialect.insert(table).on_conflict_do_nothing(), rows)

    def update_each(self, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Update rows by `key`; every mapping has the same columns."""
        if rows:
            columns = [name for name in rows[0] if name != "key"]
            change = sa.update(table).where(table.c.key == sa.bindparam("_key"))
            change = change.values({name: sa.bindparam(f"_{name}") for name in columns})
            bound = [{f"_{name}": value for name, value in row.items()} for row in rows]
            self.connection.execute(change, bound)

    def next_key(self, table: sa.Table) -> int:
        """Return the first free key. Only a writer may ask: no other can take it meanwhile."""
        return int(self.scalar(sa.select(sa.func.max(table.c.key))) or 0) + 1
