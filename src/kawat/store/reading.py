"""Articles, outlets, entities, failures and what is counted of the whole store."""

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from kawat.model import Article, Published, Statement
from kawat.store import schema as t
from kawat.store.codec import decode_blocks, decode_statement, unpack
from kawat.store.dialects import parse_search
from kawat.store.judging import judgements_on, settle
from kawat.store.records import Failure, Outlet, Page, StoredArticle
from kawat.store.transaction import Transaction

_LISTED = (
    sa.select(
        t.versions, t.outlets.c.key.label("outlet_key"), t.outlets.c.name.label("outlet_name"),
        t.outlets.c.country.label("outlet_country"), t.outlets.c.control.label("outlet_control"),
    ).join_from(t.versions, t.outlets, t.versions.c.outlet == t.outlets.c.key)
)  # fmt: skip


def read_outlet(row: Any) -> Outlet | None:
    """Return the outlet of a row with `outlet_*` columns, None where it is unknown."""
    if not row.outlet_key:
        return None
    return Outlet(row.outlet_key, row.outlet_name, row.outlet_country, row.outlet_control)


def read_article(row: Any, raw: bytes = b"") -> Article:
    """Return the article of a row of `versions`."""
    return Article(
        id=row.id, text=row.text, title=row.title, publisher=row.publisher, author=row.author,
        published=Published(row.published, row.published_how, row.published_reason), url=row.url,
        language=row.language, blocks=decode_blocks(row.blocks), source=row.source, raw=raw,
    )  # fmt: skip


def find_versions(tx: Transaction, id_: str) -> tuple[StoredArticle, ...]:
    """Return every version of the article that has a version of that id, the newest first."""
    article = tx.scalar(
        sa.select(t.versions.c.article)
        .where(t.versions.c.id == id_)
        .order_by(t.versions.c.key.desc())
    )
    if article is None:
        return ()
    rows = tx.rows(
        _LISTED.where(t.versions.c.article == article).order_by(t.versions.c.number.desc())
    )
    return tuple(_stored(tx, row, len(rows)) for row in rows)


def find_version(tx: Transaction, key: int) -> StoredArticle | None:
    """Return the version of a key."""
    row = tx.first(_LISTED.where(t.versions.c.key == key))
    return None if row is None else _stored(tx, row, _count_versions(tx, row.article))


def _count_versions(tx: Transaction, article: int) -> int:
    query = sa.select(sa.func.count()).where(t.versions.c.article == article)
    return int(tx.scalar(query))


def _stored(tx: Transaction, row: Any, versions: int) -> StoredArticle:
    return StoredArticle(
        row.key, read_article(row), row.number, versions, read_outlet(row), row.added, row.coder,
        json.loads(row.dropped), _copied(tx, row.id),
    )  # fmt: skip


def _copied(tx: Transaction, id_: str) -> str:
    """The article that this one copies by a judgement that knows who had it first."""
    for judgement in settle(judgements_on(tx, "copy", [id_])):
        if judgement.left == id_ and judgement.directed and judgement.verdict == "same":
            return judgement.right
    return ""


def read_raw(tx: Transaction, version: int) -> bytes:
    """Return the raw input of a version as it came, empty where none was kept."""
    query = (
        sa.select(t.raws.c.data).join_from(t.versions, t.raws).where(t.versions.c.key == version)
    )
    data = tx.scalar(query)
    return unpack(data) if data else b""


def read_statements(tx: Transaction, version: int) -> tuple[Statement, ...]:
    """Return the statements of a version, in text order."""
    query = sa.select(t.statements.c.record).where(
        t.statements.c.version == version, t.statements.c.retired.is_(None)
    )
    return tuple(decode_statement(r.record) for r in tx.rows(query.order_by(t.statements.c.key)))


def find_articles(
    tx: Transaction, search: str, outlet: str, limit: int, cursor: str
) -> Page[StoredArticle]:
    """Return current versions, the latest that came in first, found by words or outlet."""
    query = _LISTED.where(t.versions.c.current == 1)
    if search:
        keys = tx.dialect.matching("versions", parse_search(search))
        query = query.where(t.versions.c.key.in_(keys))
    if outlet:
        query = query.where(t.versions.c.outlet == outlet)
    if cursor.isdecimal() and len(cursor) <= 18:
        query = query.where(t.versions.c.key < int(cursor))
    rows = tx.rows(query.order_by(t.versions.c.key.desc()).limit(limit + 1))
    items = tuple(_stored(tx, r, _count_versions(tx, r.article)) for r in rows[:limit])
    return Page(items, str(rows[limit - 1].key) if len(rows) > limit else "")


def iterate_articles(
    tx: Transaction, after: int, limit: int, not_coder: str
) -> list[tuple[int, Article]]:
    """Return current versions (key, article) with a key above `after`, in order of keys.

    With `not_coder`, only those that another version of kawat coded last.
    """
    query = sa.select(t.versions).where(t.versions.c.current == 1, t.versions.c.key > after)
    if not_coder:
        query = query.where(t.versions.c.coder != not_coder)
    rows = tx.rows(query.order_by(t.versions.c.key).limit(limit))
    return [(row.key, read_article(row)) for row in rows]


def read_failures(tx: Transaction, limit: int, run: int) -> tuple[Failure, ...]:
    """Return what runs could not read, latest first; of one run if `run` is not 0."""
    query = sa.select(t.failures, t.runs.c.kind).join_from(t.failures, t.runs)
    if run:
        query = query.where(t.failures.c.run == run)
    rows = tx.rows(query.order_by(t.failures.c.key.desc()).limit(limit))
    return tuple(Failure(r.run, r.kind, r.source, r.reason, r.time) for r in rows)


def name_entities(tx: Transaction, ids: Sequence[str]) -> dict[str, str]:
    """Return the names of entities that the store knows."""
    return {r.id: r.name for r in tx.rows_in(sa.select(t.entities), t.entities.c.id, ids)}


def count_all(tx: Transaction) -> dict[str, int]:
    """Return how much the store holds."""
    tables: dict[str, tuple[Any, ...]] = {
        "articles": (t.articles,), "versions": (t.versions,),
        "reports": (t.reports, t.reports.c.retired.is_(None)),
        "events": (t.events, t.events.c.shown == 1), "statements": (t.statements,
        t.statements.c.retired.is_(None)), "judgements": (t.judgements,),
        "outlets": (t.outlets, t.outlets.c.key != ""), "entities": (t.entities,),
    }  # fmt: skip
    return {
        name: int(tx.scalar(sa.select(sa.func.count()).select_from(table).where(*where)))
        for name, (table, *where) in tables.items()
    }
