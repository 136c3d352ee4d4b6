"""The tables. docs/store.md says what each is for; a test holds the two together.

Times are ISO 8601 in UTC to the second, days ISO dates, both as text. `key` columns are whole
numbers that mean nothing outside one store; `id` columns are those of the records.
"""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, Text

META = sa.MetaData()
KEY = sa.BigInteger().with_variant(Integer(), "sqlite")
REAL: sa.types.TypeEngine[float] = sa.Double().with_variant(sa.REAL(), "sqlite")
EVERY = "*"
"""In `months`: any party."""


def _table(name: str, *parts: sa.schema.SchemaItem, rowid: bool = True) -> sa.Table:
    return sa.Table(name, META, *parts, sqlite_strict=True, sqlite_with_rowid=rowid)


def _key(name: str = "key") -> Column[int]:
    return Column(name, KEY, primary_key=True, autoincrement=False)


def _text(name: str, default: str | None = "") -> Column[str]:
    return Column(name, Text, nullable=False, server_default=default)


def _whole(name: str, default: int | None = 0) -> Column[int]:
    given = None if default is None else str(default)
    return Column(name, Integer, nullable=False, server_default=given)


def _to(name: str, target: str, *, null: bool = False, late: bool = False) -> Column[int]:
    """A column that points at a row of another table; `late` is checked when the write ends."""
    late_by = {"deferrable": True, "initially": "DEFERRED"} if late else {}
    kind = Text if target.endswith((".id", "outlets.key", "origins.key")) else KEY
    return Column(name, kind, ForeignKey(target, **late_by), nullable=null)  # type: ignore[arg-type]


def _partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of the rows that a condition holds for: smaller, and cheaper to keep."""
    condition = sa.text(where)
    return Index(name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


meta = _table("meta", Column("name", Text, primary_key=True), _text("value"))

runs = _table(
    "runs", _key(), _text("kind"), _text("version"), _text("settings", "{}"), _text("started"),
    Column("ended", Text), _text("counts", "{}"),
)  # fmt: skip

failures = _table(
    "failures", Column("key", KEY, primary_key=True), _to("run", "runs.key"), _text("source"),
    _text("reason"), _text("time"), Index("failures_run", "run"),
)  # fmt: skip

outlets = _table(
    "outlets", Column("key", Text, primary_key=True), _text("name"), _text("country"),
    _text("control"),
)  # fmt: skip

entities = _table(
    "entities", Column("id", Text, primary_key=True), _text("code"), _text("name"), rowid=False
)

raws = _table(
    "raws", Column("hash", Text, primary_key=True), _whole("size"),
    Column("data", sa.LargeBinary, nullable=False),
)  # fmt: skip

articles = _table(
    "articles", _key(), _text("identity"), Index("articles_identity", "identity", unique=True)
)

versions = _table(
    "versions", _key(), _to("article", "articles.key"), _whole("number", None), _text("id"),
    _text("content"), _text("title"), _text("text"), _text("language"), _text("author"),
    Column("published", Text), _text("published_how"), _text("published_reason"), _text("day"),
    _text("url"), _text("publisher"), _to("outlet", "outlets.key"), _text("source"),
    _text("blocks", "[]"), Column("raw", Text, ForeignKey("raws.hash")), _to("run", "runs.key"),
    _text("added"), _text("coder"), _text("dropped", "{}"), _whole("current", 1),
    _to("merged", "runs.key", null=True),
    Index("versions_number", "article", "number", unique=True),
    _partial("versions_current", "article", where="current = 1", unique=True),
    Index("versions_id", "id"), Index("versions_outlet", "outlet", "day"),
    _partial("versions_unmerged", "key", where="merged IS NULL AND current = 1"),
)  # fmt: skip

events = _table(
    "events", _key(), _text("id"), _to("head", "reports.key", null=True, late=True), _text("type"),
    _text("mode"), _text("quad"), Column("intensity", REAL), _text("contexts", "[]"),
    _text("actors", "[]"), _text("recipients", "[]"), _text("status"), _whole("historical"),
    Column("edtf", Text), _text("day"), _text("last"), _whole("dated"), _text("place"),
    _text("country"), Column("confidence", REAL, nullable=False), _whole("reports"),
    _whole("documents"), _whole("outlets"), Column("origins_low", Integer),
    Column("origins_high", Integer), Column("interests_low", Integer),
    Column("interests_high", Integer), _text("flags"), _text("review"), _whole("shown", 1),
    Column("origins", Text),
    Index("events_id", "id", unique=True),
    Index("events_head", "head"),  # else a new report looks through all events for its own
    Index("events_day", "day", "key"), Index("events_type", "type", "day", "key"),
    Index("events_country", "country", "day", "key"),
    _partial("events_origins", "day", "key", where="origins_low >= 2"),
    _partial("events_review", "review", "day", "key", where="review != ''"),
)  # fmt: skip

reports = _table(
    "reports", _key(), _text("id"), _to("version", "versions.key"), _to("event", "events.key"),
    _to("home", "events.key"), _to("run", "runs.key"), _to("retired", "runs.key", null=True),
    _text("type"), Column("start", Integer, nullable=False),
    Column("confidence", REAL, nullable=False), _text("record"), Column("corrected", Text),
    _text("review"), Column("path", Text), _to("origin", "origins.key", null=True),
    _whole("credited"), _to("merged", "runs.key", null=True),
    _partial("reports_id", "id", where="retired IS NULL", unique=True),
    _partial("reports_unmerged", "key", where="merged IS NULL AND retired IS NULL"),
    Index("reports_version", "version"), Index("reports_event", "event"),
    Index("reports_home", "home"),
    _partial("reports_origin", "origin", where="origin IS NOT NULL"),
)  # fmt: skip

successors = _table(
    "successors", Column("old", Text, primary_key=True), _text("new"), _whole("same"),
    _to("run", "runs.key"), Index("successors_new", "new"), rowid=False,
)  # fmt: skip

statements = _table(
    "statements", _key(), _text("id"), _to("version", "versions.key"), _text("speaker"),
    _text("entity"), _text("style"), _text("medium"), _text("record"),
    _to("retired", "runs.key", null=True),
    Index("statements_version", "version"), Index("statements_entity", "entity"),
)  # fmt: skip

parties = _table(
    "parties", _to("event", "events.key"), _to("entity", "entities.id"), _text("side"),
    _text("type"), _text("day"),
    sa.PrimaryKeyConstraint("event", "entity"),
    Index("parties_entity", "entity", "day", "event"),
    Index("parties_type", "entity", "type", "day", "event"), rowid=False,
)  # fmt: skip

pairs = _table(
    "pairs", _to("event", "events.key"), _to("a", "entities.id"), _to("b", "entities.id"),
    _text("direction"), _text("type"), _text("quad"), _text("day"),
    sa.PrimaryKeyConstraint("event", "a", "b"),
    Index("pairs_ab", "a", "b", "day", "event"),
    Index("pairs_type", "a", "b", "type", "day", "event"), rowid=False,
)  # fmt: skip

tellers = _table(
    "tellers", _to("event", "events.key"), _to("outlet", "outlets.key"), _text("language"),
    _text("day"), _whole("reports"),
    sa.PrimaryKeyConstraint("event", "outlet", "language"),
    Index("tellers_outlet", "outlet", "day", "event"), rowid=False,
)  # fmt: skip

months = _table(
    "months", _text("a"), _text("b"), _text("month"), _text("type"), _text("status"),
    _text("direction"), _text("quad"), _whole("events"), _whole("dated"), _whole("corroborated"),
    _whole("scored"), _whole("intensity"),
    sa.PrimaryKeyConstraint("a", "b", "month", "type", "status", "direction"), rowid=False,
)  # fmt: skip

judgements = _table(
    "judgements", _key(), _text("id"), _text("kind"), _text("left"), _text("right"),
    _text("verdict"), Column("score", REAL, nullable=False), _text("reason"), _text("author"),
    _whole("by_person"), _text("time"), _text("undoes"), _text("correction"), _whole("directed"),
    _whole("undone"),
    Index("judgements_id", "id", unique=True), Index("judgements_left", "left", "kind"),
    Index("judgements_right", "right", "kind"), Index("judgements_time", "by_person", "key"),
)  # fmt: skip

origins = _table(
    "origins", Column("key", Text, primary_key=True), _text("name"), _text("entity"),
    _text("interest"), _whole("named", 1), Index("origins_entity", "entity"),
)  # fmt: skip

event_origins = _table(
    "event_origins", _to("event", "events.key"), _to("origin", "origins.key"), _text("day"),
    sa.PrimaryKeyConstraint("event", "origin"),
    Index("event_origins_day", "origin", "day", "event"), rowid=False,
)  # fmt: skip

report_keys = _table(
    "report_keys", Column("hash", KEY, nullable=False), _to("report", "reports.key"),
    sa.PrimaryKeyConstraint("hash", "report"), rowid=False,
)  # fmt: skip

bands = _table(
    "bands", Column("band", KEY, nullable=False), _to("version", "versions.key"),
    sa.PrimaryKeyConstraint("band", "version"), rowid=False,
)  # fmt: skip

feeds = _table(
    "feeds", Column("url", Text, primary_key=True), _text("title"), _text("etag"),
    _text("modified"), _text("checked"), _text("next"), _whole("tries"), _text("problem"),
)  # fmt: skip

pages = _table(
    "pages", Column("url", Text, primary_key=True), Column("feed", Text, ForeignKey("feeds.url")),
    _text("state", "queued"), _text("published"), _text("found"), _text("next"), _whole("tries"),
    _text("problem"), _text("article"), Index("pages_state", "state", "next"),
)  # fmt: skip

foreign_events = _table(
    "foreign_events",
    *(Column(name, Text, primary_key=True)
      for name in ("dataset", "id", "day", "actor", "recipient", "code")),
    _text("month"), _text("type"), Column("intensity", REAL),
    Index("foreign_events_pair", "dataset", "actor", "recipient", "month"), rowid=False,
)  # fmt: skip

hosts = _table(
    "hosts", Column("host", Text, primary_key=True), _text("robots"), _text("robots_until"),
    _text("next"),
)  # fmt: skip
