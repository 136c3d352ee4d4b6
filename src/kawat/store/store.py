"""The store: what every other room asks of it. One class for SQLite and PostgreSQL."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from kawat.errors import StoreError
from kawat.model import Article, ForeignEvent, Judgement, JudgementKind, Origin, Statement
from kawat.store import asking, foreign, judging, migrations, reading, sources, watching, writing
from kawat.store import schema as t
from kawat.store.check import check_store
from kawat.store.codec import Scores
from kawat.store.dialects import Dialect, PostgresDialect, SqliteDialect
from kawat.store.merging import Merging
from kawat.store.records import (
    FACETS,
    Carrier,
    Change,
    Count,
    Entry,
    EventQuery,
    EventRow,
    EventView,
    Facet,
    Failure,
    FeedState,
    ForeignMonth,
    HostState,
    Known,
    MonthCount,
    Page,
    PageState,
    PairDay,
    Run,
    RunKind,
    StoredArticle,
    StoredReport,
    TellerMonth,
)
from kawat.store.transaction import Transaction

MAX_PAGE = 1000


class Store:
    """A record of articles, reports, events and judgements, safe for many readers and writers.

    Every method is one transaction: it happens whole or not at all. Methods that write wait for
    other writers. All raise StoreError when the database cannot be used.
    """

    def __init__(
        self, place: str | Path, *, read_only: bool = False, scores: Scores | None = None
    ) -> None:
        """Open a store, and make it if it is not there yet (unless `read_only`).

        `place` is a path or a URL (`postgresql://...`, `sqlite:///...`). `scores` gives quad class
        and intensity of each event type and mode; corrections of a type need it.

        Raises:
            StoreError: it cannot be opened, or a newer version of kawat made it.
        """
        self.name, self._dialect = _dialect_of(place, read_only=read_only)
        self.read_only = read_only
        self._scores = scores or {}
        self._engine = self._dialect.connect()
        try:
            self._open()
        except BaseException:
            self._engine.dispose()
            raise

    def _open(self) -> None:
        with self._reading() as tx:
            version = migrations.read_version(tx, self.name)
        if version == migrations.SCHEMA:
            return
        if self.read_only:
            what = "no store" if version == 0 else f"an older store (schema {version})"
            raise StoreError(self.name, f"{what}, and opened to read only", "open it to write once")
        with self._writing() as tx:
            migrations.prepare(tx, self.name)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()

    @contextmanager
    def _reading(self) -> Iterator[Transaction]:
        options = self._dialect.read_options()
        with self._guarded(), self._engine.connect() as raw:
            connection = raw.execution_options(**options)
            with connection.begin():
                yield Transaction(connection, self._dialect, self._scores)

    @contextmanager
    def _writing(self) -> Iterator[Transaction]:
        if self.read_only:
            raise StoreError(self.name, "opened to read only", "open it to write")
        with self._guarded(), self._engine.connect() as raw:
            connection = raw.execution_options(write=True)
            with connection.begin():
                self._dialect.begin_write(connection)
                yield Transaction(connection, self._dialect, self._scores)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Say what a database says in one line; what the transaction did is undone by then."""
        try:
            yield
        except sa.exc.DBAPIError as error:
            cause = error.orig or error
            reason = str(cause).strip().split("\n", 1)[0] or type(cause).__name__
            raise StoreError(self.name, reason, _advice(reason)) from error

    # In: runs, articles, judgements

    def start_run(self, kind: RunKind, version: str, settings: Mapping[str, Any]) -> int:
        """Enter a run of a version of kawat that begins; return its number."""
        with self._writing() as tx:
            return writing.start_run(tx, kind, version, settings)

    def end_run(self, run: int, counts: Mapping[str, int]) -> None:
        """Enter that a run is done, with its counts."""
        with self._writing() as tx:
            writing.end_run(tx, run, counts)

    def add_failures(self, run: int, failures: Sequence[tuple[str, str]]) -> None:
        """Keep what a run could not read, as (source, reason)."""
        with self._writing() as tx:
            writing.add_failures(tx, run, failures)

    def place(self, articles: Sequence[Article]) -> list[tuple[Article, Known]]:
        """Return each article, with an id that no other has, and whether it is new, changed or
        the same as the store holds. Asked before coding, so that nothing is coded for nothing.
        """
        with self._reading() as tx:
            return writing.place(tx, articles)

    def add(self, entries: Sequence[Entry], run: int, *, pages: Sequence[PageState] = ()) -> Change:
        """Add articles with their reports and statements, all or none.

        What is there already adds nothing; a changed article becomes a new version. `pages` are
        pages of feeds whose new state is kept with the articles that they gave.
        """
        with self._writing() as tx:
            watching.keep_pages(tx, pages)
            return writing.add_entries(tx, entries, run)

    def recode(self, entries: Sequence[Entry], run: int, coder: str) -> Change:
        """Put a new coding of articles in the place of the old one; `coder` is its version.

        What persons judged stays; reports that do not come out again are retired, not deleted.
        """
        with self._writing() as tx:
            return writing.recode_entries(tx, entries, run, coder)

    def judge(self, judgements: Iterable[Judgement]) -> int:
        """Enter judgements and return how many are new. Reviews take effect at once.

        `kawat.run.judge` groups the events anew as well: what a judgement on events is for.

        Raises:
            KawatError: it undoes what is not there, or corrects what cannot be corrected.
        """
        with self._writing() as tx:
            return judging.enter(tx, judgements)

    # Other data sets

    def add_foreign(self, events: Sequence[ForeignEvent]) -> int:
        """Add events of another data set, known by its name and their id; return how many."""
        with self._writing() as tx:
            return foreign.add_foreign(tx, events)

    def foreign_datasets(self) -> dict[str, int]:
        """Return how many events of each other data set the store holds."""
        with self._reading() as tx:
            return foreign.count_datasets(tx)

    def foreign_pairs(self, dataset: str, limit: int = 20) -> tuple[tuple[str, str], ...]:
        """Return the pairs of states that a data set has most events of."""
        with self._reading() as tx:
            return foreign.count_pairs(tx, dataset, limit)

    def foreign_months(
        self, dataset: str, pair: tuple[str, str], *, since: str = "", until: str = ""
    ) -> tuple[ForeignMonth, ...]:
        """Return what a data set has of a pair by month, oldest first."""
        with self._reading() as tx:
            return foreign.count_months(tx, dataset, pair, since, until)

    # Watching

    def feeds(self, urls: Iterable[str] | None = None) -> tuple[FeedState, ...]:
        """Return the state of feeds, of all that were ever watched if `urls` is None."""
        with self._reading() as tx:
            return watching.read_feeds(tx, urls)

    def keep_feed(self, state: FeedState, pages: Iterable[PageState] = ()) -> int:
        """Keep the state of a feed and queue those of its pages that are new; return how many."""
        with self._writing() as tx:
            return watching.keep_feed(tx, state, pages)

    def due_pages(self, moment: str, limit: int) -> tuple[PageState, ...]:
        """Return queued pages that may be fetched at a moment."""
        with self._reading() as tx:
            return watching.due_pages(tx, moment, limit)

    def next_page(self) -> str:
        """Return when the next page may be fetched, "" if none waits."""
        with self._reading() as tx:
            return watching.next_page(tx)

    def pages(self, state: str, limit: int = 50) -> tuple[PageState, ...]:
        """Return pages that are queued, done or failed, those found last first."""
        with self._reading() as tx:
            return watching.read_pages(tx, state, min(limit, MAX_PAGE))

    def keep_pages(
        self, pages: Sequence[PageState], run: int, failures: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Keep the state of pages, and what could not be read of them, as (source, reason)."""
        with self._writing() as tx:
            watching.keep_pages(tx, pages)
            writing.add_failures(tx, run, failures)

    def host(self, host: str) -> HostState:
        """Return what is known of a host."""
        with self._reading() as tx:
            return watching.read_host(tx, host)

    def keep_host(self, state: HostState) -> None:
        """Keep what is known of a host."""
        with self._writing() as tx:
            watching.keep_host(tx, state)

    @contextmanager
    def merging(self, run: int) -> Iterator[Merging]:
        """One step of merging, with other writers kept out until the block ends."""
        with self._writing() as tx:
            yield Merging(tx, run)

    # Out: events

    def events(
        self, query: EventQuery | None = None, *, limit: int = 50, cursor: str = ""
    ) -> Page[EventRow]:
        """Return one page of the events that a query wants (at most 1,000 events)."""
        with self._reading() as tx:
            return asking.find_events(tx, query or EventQuery(), min(limit, MAX_PAGE), cursor)

    def each_event(self, query: EventQuery | None = None) -> Iterator[EventRow]:
        """Yield all events that a query wants, page after page."""
        cursor = ""
        while True:
            page = self.events(query, limit=MAX_PAGE, cursor=cursor)
            yield from page.items
            cursor = page.cursor
            if not cursor:
                return

    def count(self, query: EventQuery | None = None) -> Count:
        """Return how many events a query wants, exactly up to 10,000."""
        with self._reading() as tx:
            return asking.count_events(tx, query or EventQuery())

    def facets(
        self, query: EventQuery | None = None, names: Iterable[str] = FACETS, *, limit: int = 20
    ) -> dict[str, tuple[Facet, ...]]:
        """Return the most frequent values of each facet among the newest 10,000 events found."""
        with self._reading() as tx:
            return asking.count_facets(tx, query or EventQuery(), names, limit)

    def event(self, id: str) -> EventView | None:  # noqa: A002
        """Return an event with its reports, origins and judgements, by its id or a report's."""
        with self._reading() as tx:
            return asking.find_event(tx, id)

    def months(
        self, a: str = "", b: str = "", *, since: str = "", until: str = ""
    ) -> tuple[MonthCount, ...]:
        """Return the counts by month of a pair, of one party (`b` empty), or of all."""
        with self._reading() as tx:
            return asking.count_months(tx, a, b, since, until)

    def tellers(self, a: str, b: str) -> tuple[TellerMonth, ...]:
        """Return the counts of a pair by month, type and the country of the outlets that tell."""
        with self._reading() as tx:
            return sources.teller_months(tx, a, b)

    def pair_days(self, since: str, until: str) -> tuple[PairDay, ...]:
        """Return how many events each pair had on each day, by quad class."""
        with self._reading() as tx:
            return sources.count_pair_days(tx, since, until)

    def last_day(self, until: str = "9999-12-31") -> str:
        """Return the day of the latest event up to a day, "" in an empty store."""
        with self._reading() as tx:
            return sources.last_event_day(tx, until)

    # Out: origins

    def origins(self, name: str) -> tuple[Origin, ...]:
        """Return the roots of reports by key, by the id of an entity or outlet, or by name."""
        with self._reading() as tx:
            return sources.find_origins(tx, name)

    def top_origins(self, since: str = "", limit: int = 20) -> tuple[tuple[Origin, int], ...]:
        """Return the roots that most events go back to, with how many events."""
        with self._reading() as tx:
            return sources.top_origins(tx, since, limit)

    def carriers(
        self, origins: Sequence[str], *, since: str = "", until: str = ""
    ) -> tuple[Carrier, ...]:
        """Return the outlets whose reports go back to some roots (by key), most reports first."""
        with self._reading() as tx:
            return sources.find_carriers(tx, list(origins), since, until)

    def origin_months(
        self, origins: Sequence[str], *, since: str = "", until: str = ""
    ) -> tuple[tuple[str, int], ...]:
        """Return how many events of each month go back to some roots (by key)."""
        with self._reading() as tx:
            return sources.origin_months(tx, list(origins), since, until)

    # Out: articles

    def article(self, id: str) -> tuple[StoredArticle, ...]:  # noqa: A002
        """Return all versions of an article, the newest first; none if it is unknown."""
        with self._reading() as tx:
            return reading.find_versions(tx, id)

    def version(self, key: int) -> StoredArticle | None:
        """Return one version of an article by its key."""
        with self._reading() as tx:
            return reading.find_version(tx, key)

    def articles(
        self, search: str = "", *, outlet: str = "", limit: int = 50, cursor: str = ""
    ) -> Page[StoredArticle]:
        """Return articles, the latest that came in first, by words of their text or by outlet."""
        with self._reading() as tx:
            return reading.find_articles(tx, search, outlet, min(limit, MAX_PAGE), cursor)

    def articles_after(
        self, key: int, *, limit: int = 50, not_coder: str = ""
    ) -> list[tuple[int, Article]]:
        """Return current versions (key, article) behind a key, in order of keys.

        With `not_coder`, only those that another version of kawat coded last.
        """
        with self._reading() as tx:
            return reading.iterate_articles(tx, key, min(limit, MAX_PAGE), not_coder)

    def reports(self, version: int, *, retired: bool = False) -> tuple[StoredReport, ...]:
        """Return the reports of a version of an article in text order, or those retired from it."""
        with self._reading() as tx:
            return asking.read_reports(tx, t.reports.c.version == version, retired=retired)

    def statements(self, version: int) -> tuple[Statement, ...]:
        """Return the attributed statements of a version of an article in text order."""
        with self._reading() as tx:
            return reading.read_statements(tx, version)

    def raw(self, version: int) -> bytes:
        """Return the raw input of a version as it came; empty if none was given."""
        with self._reading() as tx:
            return reading.read_raw(tx, version)

    # Out: judgements, runs

    def judgements(
        self, kind: JudgementKind, ids: Iterable[str], *, holding: bool = True
    ) -> tuple[Judgement, ...]:
        """Return the judgements on any of some ids; without `holding`, those undone as well."""
        with self._reading() as tx:
            return judging.judgements_on(tx, kind, ids, holding=holding)

    def judgement(self, id: str) -> Judgement | None:  # noqa: A002
        """Return one judgement."""
        with self._reading() as tx:
            return judging.find_judgement(tx, id)

    def history(
        self, *, limit: int = 50, before: int = 0, by_person: bool = True
    ) -> tuple[tuple[Judgement, ...], int]:
        """Return the latest judgements and the number to go on `before` (0 at the end)."""
        with self._reading() as tx:
            return judging.history(tx, min(limit, MAX_PAGE), before, by_person=by_person)

    def runs(self, limit: int = 20) -> tuple[Run, ...]:
        """Return the latest runs, newest first. One that was killed has no end."""
        with self._reading() as tx:
            return writing.read_runs(tx, limit)

    def failures(self, limit: int = 50, run: int = 0) -> tuple[Failure, ...]:
        """Return what runs could not read, latest first; of one run if it is given."""
        with self._reading() as tx:
            return reading.read_failures(tx, limit, run)

    def names(self, entities: Sequence[str]) -> dict[str, str]:
        """Return the names of entities."""
        with self._reading() as tx:
            return reading.name_entities(tx, entities)

    def check(self) -> list[str]:
        """Return one line for everything that is wrong with the store: nothing if it is whole."""
        with self._reading() as tx:
            return check_store(tx)

    def counts(self) -> dict[str, int]:
        """Return how many articles, reports, events ... the store holds."""
        with self._reading() as tx:
            return reading.count_all(tx)


def _dialect_of(place: str | Path, *, read_only: bool) -> tuple[str, Dialect]:
    """Return how a store is called in messages (without a password) and its dialect."""
    text = str(place)
    if "://" not in text:
        return text, SqliteDialect(text, read_only=read_only)
    try:
        url = make_url(text)
    except sa.exc.ArgumentError:
        raise StoreError(text.split("://", maxsplit=1)[0], "no URL of a store") from None
    name = url.render_as_string(hide_password=True)
    kind = url.get_backend_name()
    if kind == "sqlite" and url.database:
        return url.database, SqliteDialect(url.database, read_only=read_only)
    if kind in {"postgresql", "postgres"}:
        return name, PostgresDialect(url, read_only=read_only)
    raise StoreError(name, "neither SQLite nor PostgreSQL", "give a path or postgresql://...")


def _advice(reason: str) -> str:
    hints = {
        "full": "free some space; what was written before is whole",
        "disk I/O": "is the disk full? what was written before is whole",
        "readonly": "open it to read only, or make it writable",
        "read-only": "open it to read only, or make it writable",
        "locked": "another program holds it; try again",
        "not a database": "name another file",
        "unable to open": "check the path",
        "connect": "is the server running?",
    }
    return next((hint for word, hint in hints.items() if word in reason), "")
