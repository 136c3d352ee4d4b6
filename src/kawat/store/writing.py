"""Put articles with their reports into the store; every function runs inside one transaction."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from hashlib import sha256
from typing import Any, NamedTuple

import sqlalchemy as sa

from kawat.model import Article, Report, Statement
from kawat.store import schema as t
from kawat.store.codec import content_hash, encode, identify, pack
from kawat.store.dates import bounds
from kawat.store.dialects import fold
from kawat.store.indexing import add_to_indexes, refresh_events
from kawat.store.judging import apply_reviews
from kawat.store.records import Change, Entry, Known, Run, RunKind
from kawat.store.succession import find_successors
from kawat.store.summary import Member, summarise
from kawat.store.transaction import Transaction, now


class Standing(NamedTuple):
    """The version of an article that the store holds as current."""

    article: int
    version: int
    number: int
    content: str


def start_run(tx: Transaction, kind: RunKind, version: str, settings: Mapping[str, Any]) -> int:
    """Enter a run that begins; return its key."""
    key = tx.next_key(t.runs)
    row = {"key": key, "kind": kind, "version": version, "started": now()}
    tx.insert(t.runs, [{**row, "settings": json.dumps(settings, ensure_ascii=False)}])
    return key


def end_run(tx: Transaction, run: int, counts: Mapping[str, int]) -> None:
    """Enter that a run is done, with what it counted."""
    tx.update_each(t.runs, [{"key": run, "ended": now(), "counts": json.dumps(dict(counts))}])
    tx.dialect.look_over(tx.connection)


def read_runs(tx: Transaction, limit: int) -> tuple[Run, ...]:
    """Return the latest runs, newest first."""
    query = sa.select(t.runs).order_by(t.runs.c.key.desc()).limit(limit)
    return tuple(
        Run(r.key, r.kind, r.version, r.settings, r.started, r.ended, json.loads(r.counts))
        for r in tx.rows(query)
    )


def place(tx: Transaction, articles: Sequence[Article]) -> list[tuple[Article, Known]]:
    """Return each article with what the store knows of it.

    An article whose id another one holds already (an exact copy at another address has the same
    hash) gets an id of its own, so that the ids of its reports are its own too.
    """
    standing = _standing(tx, articles)
    holders = {
        r.id: r.identity
        for r in tx.rows_in(
            sa.select(t.versions.c.id, t.articles.c.identity)
            .join_from(t.versions, t.articles, t.versions.c.article == t.articles.c.key)
            .order_by(t.versions.c.key.desc()),
            t.versions.c.id, (a.id for a in articles),
        )
    }  # fmt: skip
    placed: list[tuple[Article, Known]] = []
    for article in articles:
        identity = identify(article)
        if holders.setdefault(article.id, identity) != identity:
            own = sha256(f"{identity}\n{article.id}".encode()).hexdigest()[:16]
            article = replace(article, id=own)  # noqa: PLW2901
        held = standing.get(identity)
        known: Known = "new"
        if held:
            known = "same" if held.content == content_hash(article) else "changed"
        placed.append((article, known))
    return placed


def _standing(tx: Transaction, articles: Iterable[Article]) -> dict[str, Standing]:
    query = (
        sa.select(
            t.articles.c.identity, t.articles.c.key, t.versions.c.key.label("version"),
            t.versions.c.number, t.versions.c.content,
        )
        .join_from(t.articles, t.versions, t.articles.c.key == t.versions.c.article)
        .where(t.versions.c.current == 1)
    )  # fmt: skip
    found = tx.rows_in(query, t.articles.c.identity, map(identify, articles))
    return {r.identity: Standing(r.key, r.version, r.number, r.content) for r in found}


def add_entries(tx: Transaction, entries: Sequence[Entry], run: int) -> Change:
    """Add articles with their reports. What the store holds already adds nothing; an article that
    changed becomes a new version, and the old one stays with its reports, as retired.
    """
    counts: Counter[str] = Counter()
    waiting = list(entries)
    while waiting:  # an article that comes twice in one batch is looked at one after the other
        seen: set[str] = set()
        first: list[Entry] = []
        later: list[Entry] = []
        for entry in waiting:
            identity = identify(entry.article)
            (later if identity in seen else first).append(entry)
            seen.add(identity)
        _add_distinct(tx, first, run, counts)
        waiting = later
    return Change(**counts)


def _add_distinct(
    tx: Transaction, entries: Sequence[Entry], run: int, counts: Counter[str]
) -> None:
    standing = _standing(tx, (e.article for e in entries))
    taken = [(e, standing.get(identify(e.article))) for e in entries]
    fresh = [(e, s) for e, s in taken if s is None or s.content != content_hash(e.article)]
    counts["same"] += len(entries) - len(fresh)
    _insert_sources(tx, [e for e, _ in fresh])
    versions = _insert_versions(tx, fresh, run)
    counts["articles"] += sum(s is None for _, s in fresh)
    counts["versions"] += sum(s is not None for _, s in fresh)
    old = {s.version: v for (_, s), v in zip(fresh, versions, strict=True) if s}
    _put_reports(tx, list(zip(versions, (e for e, _ in fresh), strict=True)), old, run, counts)


def recode_entries(tx: Transaction, entries: Sequence[Entry], run: int, coder: str) -> Change:
    """Put the reports of articles that were coded again in the place of those that they had.

    A report that comes out as it was stays; one that does not is retired, never deleted. One that
    a person accepted or corrected stays current, and a new report of the same words is left out
    (counted as `held`). Articles that the store does not hold as they are, are left out.
    """
    counts: Counter[str] = Counter()
    standing = _standing(tx, (e.article for e in entries))
    pairs = [(e, standing.get(identify(e.article))) for e in entries]
    here = [(e, s) for e, s in pairs if s and s.content == content_hash(e.article)]
    _insert_sources(tx, [e for e, _ in here])
    versions = [s.version for _, s in here]
    tx.update_each(
        t.versions,
        [
            {"key": s.version, "coder": coder, **_coded_columns(e)} for e, s in here
        ],
    )  # fmt: skip
    old = {v: v for v in versions}
    _put_reports(tx, list(zip(versions, (e for e, _ in here), strict=True)), old, run, counts)
    return Change(**counts)


def _insert_sources(tx: Transaction, entries: Sequence[Entry]) -> None:
    """Insert the outlets and entities that the entries name, and their raw input."""
    outlets = {e.outlet.key: asdict(e.outlet) for e in entries if e.outlet}
    tx.insert_missing(t.outlets, list(outlets.values()))
    entities: dict[str, dict[str, str]] = {}
    for entry in entries:
        for report in entry.reports:
            for actor in (*report.event.actors, *report.event.recipients):
                row = {"id": actor.entity, "code": actor.code, "name": actor.name}
                entities.setdefault(actor.entity, row)
    tx.insert_missing(t.entities, list(entities.values()))
    raws = {raw_hash(e.article.raw): e.article.raw for e in entries if e.article.raw}
    known = {r.hash for r in tx.rows_in(sa.select(t.raws.c.hash), t.raws.c.hash, raws)}
    new = [
        {"hash": hash_, "size": len(raw), "data": pack(raw)}
        for hash_, raw in raws.items() if hash_ not in known
    ]  # fmt: skip
    tx.insert(t.raws, new)


def raw_hash(raw: bytes) -> str:
    """Return what names a raw input in the store."""
    return sha256(raw).hexdigest()[:32]


def _insert_versions(
    tx: Transaction, fresh: Sequence[tuple[Entry, Standing | None]], run: int
) -> list[int]:
    """Insert articles and versions; what was current before is not any more. Return the keys."""
    tx.change_in(
        sa.update(t.versions).values(current=0),
        t.versions.c.key,
        (s.version for _, s in fresh if s),
    )
    article, version, moment = tx.next_key(t.articles), tx.next_key(t.versions), now()
    coder = tx.scalar(sa.select(t.runs.c.version).where(t.runs.c.key == run)) or ""
    articles: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    for entry, held in fresh:
        if held is None:
            key = article + len(articles)
            articles.append({"key": key, "identity": identify(entry.article)})
        else:
            key = held.article
        rows.append(
            {"key": version + len(rows), "article": key, "number": held.number + 1 if held else 1,
             "run": run, "added": moment, "coder": coder, **_version_columns(entry)}
        )  # fmt: skip
    tx.insert(t.articles, articles)
    tx.insert(t.versions, rows)
    tx.dialect.add_words(
        tx.connection, "versions", [(r["key"], fold(f"{r['title']}\n{r['text']}")) for r in rows]
    )
    return [row["key"] for row in rows]


def _version_columns(entry: Entry) -> dict[str, Any]:
    article = entry.article
    return {
        "id": article.id, "content": content_hash(article), "title": article.title,
        "text": article.text, "author": article.author, "url": article.url,
        "publisher": article.publisher, "outlet": _outlet(entry),
        "source": article.source, "blocks": encode(article.blocks),
        "raw": raw_hash(article.raw) if article.raw else None,
        **_coded_columns(entry),
    }  # fmt: skip


def _coded_columns(entry: Entry) -> dict[str, Any]:
    """What a coding finds out about an article."""
    published = entry.article.published
    days = bounds(published.edtf) if published.edtf else None
    return {
        "language": entry.article.language, "published": published.edtf,
        "published_how": published.how, "published_reason": published.reason,
        "day": days[0] if days else "", "dropped": json.dumps(dict(entry.dropped)),
    }  # fmt: skip


def _put_reports(
    tx: Transaction, placed: list[tuple[int, Entry]], old: Mapping[int, int], run: int,
    counts: Counter[str],
) -> None:  # fmt: skip
    """Insert the reports of entries (version key, entry) and retire those that they replace.

    `old` maps the version that had reports before to the version that has them now.
    """
    query = sa.select(t.reports).where(t.reports.c.retired.is_(None))
    before: dict[int, list[Any]] = {}
    for row in tx.rows_in(query, t.reports.c.version, old):
        before.setdefault(old[row.version], []).append(row)
    new: list[tuple[int, Entry, Report, int | None]] = []
    gone: list[int] = []
    touched: set[int] = set()
    followed: list[dict[str, Any]] = []
    for version, entry in placed:
        had = before.get(version, [])
        distinct = list({r.id: r for r in entry.reports}.values())
        if not had:
            new += [(version, entry, r, None) for r in distinct]
            continue
        plan = find_successors(had, distinct, same_text=had[0].version == version)
        counts["held"] += plan.held
        gone += [row.key for row in plan.retired]
        touched |= {row.event for row in plan.retired}
        new += [(version, entry, r, plan.homes.get(r.id)) for r in plan.new]
        same = int(had[0].version != version)
        followed += [{"old": a, "new": b, "same": same, "run": run} for a, b in plan.follows]
    tx.change_in(sa.update(t.reports).values(retired=run), t.reports.c.key, gone)
    # what stays of their events is merged anew: it may hang together no more, or on fewer origins
    tx.change_in(
        sa.update(t.reports).values(merged=None).where(t.reports.c.retired.is_(None)),
        t.reports.c.event, touched,
    )  # fmt: skip
    _insert_successors(tx, followed)
    touched |= insert_reports(tx, new, run)
    if old:
        apply_reviews(tx, [r.id for _, _, r, _ in new])
    counts["reports"] += len(new)
    counts["retired"] += len(gone)
    counts["statements"] += _put_statements(tx, placed, old, run)
    refresh_events(tx, touched)


def _insert_successors(tx: Transaction, rows: list[dict[str, Any]]) -> None:
    if rows:
        insert = tx.dialect.insert(t.successors)
        changed = {name: insert.excluded[name] for name in ("new", "same", "run")}
        tx.connection.execute(
            insert.on_conflict_do_update(index_elements=["old"], set_=changed), rows
        )


def insert_reports(
    tx: Transaction, new: Sequence[tuple[int, Entry, Report, int | None]], run: int
) -> set[int]:
    """Insert reports (version, entry, report, event to join). Return the events that were joined.

    A report that follows no other is an event of its own until it is merged.
    """
    known = {
        r.id: r.key
        for r in tx.rows_in(
            sa.select(t.events.c.id, t.events.c.key), t.events.c.id, (r.id for _, _, r, _ in new)
        )
    }
    key, moment = tx.next_key(t.reports), now()
    events: list[dict[str, Any]] = []
    tellers: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    words: list[tuple[int, str]] = []
    joined: set[int] = set()
    used: set[int] = set()
    free = max(key, tx.next_key(t.events))
    for own, (version, entry, report, home) in enumerate(new, start=free):
        home = known.get(report.id) if home is None else home  # noqa: PLW2901
        if home is None or home in used:
            home = own  # noqa: PLW2901
            events.append(_own_event(own, report, version, entry, moment))
            tellers.append(
                {"event": own, "outlet": _outlet(entry), "language": entry.article.language,
                 "day": events[-1]["day"], "reports": 1}
            )  # fmt: skip
        else:
            joined.add(home)
        used.add(home)
        rows.append(
            {"key": own, "id": report.id, "version": version, "event": home, "home": home,
             "run": run, "type": report.event.type, "start": report.event.trigger.span[0],
             "confidence": report.event.confidence, "record": encode(report)}
        )  # fmt: skip
        words.append((own, fold(f"{entry.article.title}\n{report.sentence.text}")))
    tx.insert(t.events, events)
    tx.insert(t.reports, rows)
    tx.dialect.add_words(tx.connection, "reports", words)
    add_to_indexes(tx, events, tellers)
    return joined


def _own_event(key: int, report: Report, version: int, entry: Entry, moment: str) -> dict[str, Any]:
    """The row of an event that one report tells of."""
    published = entry.article.published.edtf
    days = bounds(published) if published else None
    day = days[0] if days else moment[:10]
    language = entry.article.language
    member = Member(key, report, "", version, version, _outlet(entry), language, day)
    return {"key": key, "id": report.id, "origins_low": None, **summarise([member])}


def _outlet(entry: Entry) -> str:
    return entry.outlet.key if entry.outlet else ""


def _put_statements(
    tx: Transaction, placed: Sequence[tuple[int, Entry]], old: Iterable[int], run: int
) -> int:
    """Insert the statements of entries and retire those that they replace; return how many came."""
    live = sa.select(t.statements.c.key, t.statements.c.version, t.statements.c.record).where(
        t.statements.c.retired.is_(None)
    )
    before = {(r.version, r.record): r.key for r in tx.rows_in(live, t.statements.c.version, old)}
    rows = {
        (version, columns["record"]): columns
        for version, entry in placed
        for columns in (_statement_columns(s, version) for s in entry.statements)
    }
    gone = [key for place, key in before.items() if place not in rows]
    tx.change_in(sa.update(t.statements).values(retired=run), t.statements.c.key, gone)
    key = tx.next_key(t.statements)
    new = [columns for place, columns in rows.items() if place not in before]
    tx.insert(t.statements, [{"key": key + i, **columns} for i, columns in enumerate(new)])
    return len(new)


def _statement_columns(statement: Statement, version: int) -> dict[str, Any]:
    speaker = statement.speaker
    return {
        "id": statement.id, "version": version, "speaker": speaker.name if speaker else "",
        "entity": speaker.entity if speaker else "", "style": statement.style,
        "medium": statement.medium, "record": encode(statement),
    }  # fmt: skip


def add_failures(tx: Transaction, run: int, failures: Sequence[tuple[str, str]]) -> None:
    """Keep what a run could not read: (source, reason)."""
    moment = now()
    tx.insert(
        t.failures,
        [{"run": run, "source": s, "reason": r, "time": moment} for s, r in failures],
    )
