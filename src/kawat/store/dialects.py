"""What SQLite and PostgreSQL do differently: connecting, one writer at a time, word search."""

import os
import re
import sqlite3
import unicodedata
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Connection, Engine

from kawat.errors import StoreError

BUSY_MS = 60_000
"""How long a writer waits for another to finish."""
SEARCHED = 20_000
"""Matches of a search that are looked at, those that came in last: a word of every second report
would be waited for long."""
WRITER_LOCK = 0x6B61776174
"""Key of the advisory lock that PostgreSQL's one writer holds ("kawat")."""
_TERM = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
_WORD = re.compile(r"\w+")


class Dialect(Protocol):
    """What the store asks of a database beyond common SQL."""

    name: str

    def connect(self) -> Engine:
        """Return an engine; nothing is opened yet."""

    def insert_text(self, table: str, columns: tuple[str, ...]) -> str:
        """Return an insert in the driver's own form, with named values."""

    def insert(self, table: sa.Table) -> Any:
        """Return an insert that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""

    def read_options(self) -> dict[str, Any]:
        """Execution options of a connection that reads."""

    def begin_write(self, connection: Connection) -> None:
        """Wait until no other writer is at work, then keep others out until the end."""

    def look_over(self, connection: Connection) -> None:
        """Let the database count what it holds, so that it plans queries well."""

    def create_search(self, connection: Connection) -> None:
        """Create the word indexes of reports and articles."""

    def add_words(self, connection: Connection, table: str, rows: list[tuple[int, str]]) -> None:
        """Index the folded words of rows (key, text) of `reports` or `versions`."""

    def matching(self, table: str, terms: list["Term"]) -> sa.Select[Any]:
        """Return a select of the keys of `table` whose words match every term, the latest
        `SEARCHED` of them."""


class Term:
    """One term of a search: folded words that stand together."""

    __slots__ = ("excluded", "prefix", "words")

    def __init__(self, words: list[str], *, prefix: bool, excluded: bool) -> None:
        self.words, self.prefix, self.excluded = words, prefix, excluded


def fold(text: str) -> str:
    """Return `text` in lower case and without marks over letters, as it is indexed.

    >>> fold("Erdoğan Menuntut")
    'erdogan menuntut'
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in plain if not unicodedata.combining(c))


def parse_search(search: str) -> list[Term]:
    """Return the terms of a search: words, "phrases", prefix* and -excluded. Nothing else is
    special, and no input is an error.

    >>> [(t.words, t.prefix, t.excluded) for t in parse_search('"Laut Merah" kapal* -iran')]
    [(['laut', 'merah'], False, False), (['kapal'], True, False), (['iran'], False, True)]
    """
    terms = []
    for minus, phrase, word in _TERM.findall(search):
        words = _WORD.findall(fold(phrase or word))
        if words:
            prefix = bool(word) and word.endswith("*")
            terms.append(Term(words, prefix=prefix, excluded=bool(minus)))
    return terms


class SqliteDialect:
    """A file, or `:memory:` for tests: WAL, foreign keys on, every write begun as one."""

    name = "sqlite"

    def __init__(self, path: str, *, read_only: bool) -> None:
        self.path, self.read_only = path, read_only

    def connect(self) -> Engine:
        """Return an engine on the file."""
        engine = sa.create_engine(
            URL.create("sqlite", database=self._database(), query={"uri": "true"}),
            connect_args={"timeout": BUSY_MS / 1000, "isolation_level": None},
        )
        sa.event.listen(engine, "connect", self._prepare)
        sa.event.listen(engine, "begin", self._begin)
        return engine

    def _database(self) -> str:
        path = Path(self.path).absolute()
        if not self.read_only:
            return path.as_uri()
        # a closed store has no file beside it, and in a folder that is read-only none can be made
        closed = not Path(f"{path}-wal").exists() and not os.access(path.parent, os.W_OK)
        return path.as_uri() + ("?mode=ro&immutable=1" if closed else "?mode=ro")

    def _prepare(self, connection: sqlite3.Connection, _record: object) -> None:
        cursor = connection.cursor()
        if not self.read_only:
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute("PRAGMA synchronous = FULL")
            cursor.execute("PRAGMA wal_autocheckpoint = 8000")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA cache_size = -262144")
        cursor.close()

    def _begin(self, connection: Connection) -> None:
        """A write begun as a read could not become one while another writes (SQLITE_BUSY)."""
        write = connection.get_execution_options().get("write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    def insert_text(self, table: str, columns: tuple[str, ...]) -> str:
        """Return an insert with `:name` for each value."""
        return _insert_text(table, columns, [f":{c}" for c in columns])

    def insert(self, table: sa.Table) -> Any:
        """Return SQLite's insert."""
        return sqlite.insert(table)

    def read_options(self) -> dict[str, Any]:
        """A transaction of SQLite sees one state."""
        return {}

    def begin_write(self, connection: Connection) -> None:
        """Nothing more: `BEGIN IMMEDIATE` keeps other writers out."""

    def look_over(self, connection: Connection) -> None:
        """Look at a sample of every index: some milliseconds, however large the store."""
        connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
        connection.exec_driver_sql("ANALYZE")

    def create_search(self, connection: Connection) -> None:
        """Create FTS5 tables without contents of their own; rows are only ever added."""
        for table in ("reports", "versions"):
            connection.exec_driver_sql(
                f"CREATE VIRTUAL TABLE {table}_words USING fts5(words, content='', "
                "tokenize='unicode61 remove_diacritics 0')"
            )

    def add_words(self, connection: Connection, table: str, rows: list[tuple[int, str]]) -> None:
        """Index rows."""
        if rows:
            connection.exec_driver_sql(
                f"INSERT INTO {table}_words(rowid, words) VALUES (?, ?)",  # noqa: S608
                rows,
            )

    def matching(self, table: str, terms: list[Term]) -> sa.Select[Any]:
        """Return the keys by an FTS5 expression in which every word is quoted."""
        wanted = [_fts5(t) for t in terms if not t.excluded]
        unwanted = [_fts5(t) for t in terms if t.excluded]
        words = sa.table(f"{table}_words", sa.column("rowid"), sa.column("words"))
        found = sa.select(words.c.rowid)
        if not wanted:
            return found.where(sa.false())
        query = " AND ".join(wanted)
        for term in unwanted:
            query = f"({query}) NOT {term}"
        match = sa.literal_column(f"{table}_words").op("MATCH")(query)
        return found.where(match).order_by(words.c.rowid.desc()).limit(SEARCHED)


def _insert_text(table: str, columns: tuple[str, ...], values: list[str]) -> str:
    """Names of tables and columns are those of the schema: nothing of the outside is among them."""
    named = ", ".join(f'"{c}"' for c in columns)
    return f'INSERT INTO "{table}" ({named}) VALUES ({", ".join(values)})'  # noqa: S608


def _fts5(term: Term) -> str:
    return '"' + " ".join(term.words) + '"' + ("*" if term.prefix else "")


class PostgresDialect:
    """A database by URL, through psycopg 3."""

    name = "postgresql"

    def __init__(self, url: URL, *, read_only: bool) -> None:
        self.url, self.read_only = url, read_only

    def connect(self) -> Engine:
        """Return an engine on the database."""
        try:
            engine = sa.create_engine(
                self.url.set(drivername="postgresql+psycopg"), pool_pre_ping=True
            )
        except ModuleNotFoundError:
            raise StoreError(
                self.url.render_as_string(), "psycopg is not installed",
                "pip install 'kawat[postgres]'",
            ) from None  # fmt: skip
        if self.read_only:
            return engine.execution_options(postgresql_readonly=True)
        return engine

    def insert_text(self, table: str, columns: tuple[str, ...]) -> str:
        """Return an insert with `%(name)s` for each value."""
        return _insert_text(table, columns, [f"%({c})s" for c in columns])

    def insert(self, table: sa.Table) -> Any:
        """Return PostgreSQL's insert."""
        return postgresql.insert(table)

    def read_options(self) -> dict[str, Any]:
        """All queries of one reading see the same state."""
        return {"isolation_level": "REPEATABLE READ"}

    def begin_write(self, connection: Connection) -> None:
        """Take the lock of the one writer.

        Writers read what is committed: a snapshot of the whole transaction would be taken before
        the lock is waited for, and be old when it is got.
        """
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")

    def look_over(self, connection: Connection) -> None:
        """Nothing: PostgreSQL does so by itself."""

    def create_search(self, connection: Connection) -> None:
        """Create tables of words with an inverted index."""
        for table in ("reports", "versions"):
            connection.exec_driver_sql(
                f"CREATE TABLE {table}_words (key bigint PRIMARY KEY REFERENCES {table}(key), "
                "words tsvector NOT NULL)"
            )
            connection.exec_driver_sql(
                f"CREATE INDEX {table}_words_words ON {table}_words USING gin (words)"
            )

    def add_words(self, connection: Connection, table: str, rows: list[tuple[int, str]]) -> None:
        """Index rows; a text of over a million words' bytes is indexed as far as it goes."""
        if rows:
            connection.exec_driver_sql(
                f"INSERT INTO {table}_words (key, words) "  # noqa: S608
                "VALUES (%s, to_tsvector('simple', %s))",
                [(key, " ".join(_WORD.findall(words))[:500_000]) for key, words in rows],
            )

    def matching(self, table: str, terms: list[Term]) -> sa.Select[Any]:
        """Return the keys by a tsquery in which every word is quoted."""
        words = sa.table(f"{table}_words", sa.column("key"), sa.column("words"))
        found = sa.select(words.c.key)
        if all(t.excluded for t in terms):
            return found.where(sa.false())
        query = " & ".join(("!" if t.excluded else "") + f"({_tsquery(t)})" for t in terms)
        match = words.c.words.op("@@")(sa.func.to_tsquery(sa.text("'simple'"), query))
        return found.where(match).order_by(words.c.key.desc()).limit(SEARCHED)


def _tsquery(term: Term) -> str:
    quoted = [f"'{word}'" for word in term.words]
    return " <-> ".join(quoted) + (":*" if term.prefix else "")
