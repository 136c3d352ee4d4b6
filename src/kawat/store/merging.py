"""What merging reads and writes, inside one transaction that keeps other writers out.

The store knows nothing of how reports are compared: the run room asks here for what is new and
for what may go with it, lets the merge room judge, and hands back judgements, groups and origins.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import sqlalchemy as sa

from kawat.model import Article, Judgement, Origins, Published, Report
from kawat.store import schema as t
from kawat.store.codec import decode_report, encode
from kawat.store.indexing import refresh_events, sum_up, write_months
from kawat.store.judging import enter, judgements_on, resolve
from kawat.store.reading import read_article
from kawat.store.summary import MonthKey, index
from kawat.store.transaction import Transaction


class Pending(NamedTuple):
    """A current report with its article (without its text)."""

    key: int
    event: int
    report: Report
    article: Article


class Merging:
    """One step of merging. Everything that it enters is kept only if the whole step is done."""

    def __init__(self, tx: Transaction, run: int) -> None:
        self._tx, self._run = tx, run

    # Copies

    def new_articles(self, limit: int) -> list[tuple[int, Article]]:
        """Return current versions (key, article) that were not looked through for copies."""
        c = t.versions.c
        query = sa.select(t.versions).where(c.merged.is_(None), c.current == 1)
        return [(r.key, read_article(r)) for r in self._tx.rows(query.order_by(c.key).limit(limit))]

    def near_articles(
        self, bands: Mapping[int, Sequence[int]], limit: int
    ) -> dict[int, list[tuple[int, Article]]]:
        """Return for each new version the current ones of other articles that share most keys.

        `bands` are the keys of the new versions, kept already. Of two new versions only the later
        one has the other among its own.
        """
        holders: defaultdict[int, list[int]] = defaultdict(list)
        for row in self._tx.rows_in(sa.select(t.bands), t.bands.c.band, _all_of(bands)):
            holders[row.band].append(row.version)
        best: dict[int, list[int]] = {}
        for version, keys in bands.items():
            shared = Counter(v for key in keys for v in holders[key])
            near = [v for v in shared if v not in bands or v < version]
            # of many that share as few, the later ones: copies follow one another within days
            best[version] = sorted(near, key=lambda v: (-shared[v], -v))[:limit]
        query = sa.select(t.versions).where(t.versions.c.current == 1)
        wanted = {*bands, *_all_of(best)}
        rows = {r.key: r for r in self._tx.rows_in(query, t.versions.c.key, wanted)}
        articles = {key: read_article(row) for key, row in rows.items()}
        return {
            version: [
                (key, articles[key]) for key in near
                if key in rows and rows[key].article != rows[version].article
            ]
            for version, near in best.items()
        }  # fmt: skip

    def keep_bands(self, bands: Mapping[int, Sequence[int]], most_held: int) -> None:
        """Keep the banding keys of versions, which are looked through herewith.

        A key that so many versions have already is boilerplate and gets no more.
        """
        number = sa.func.count().label("number")
        query = sa.select(t.bands.c.band, number).group_by(t.bands.c.band)
        held = {r.band: r.number for r in self._tx.rows_in(query, t.bands.c.band, _all_of(bands))}
        rows = [
            {"band": b, "version": key} for key, found in bands.items()
            for b in set(found) if held.get(b, 0) < most_held
        ]  # fmt: skip
        self._tx.insert_missing(t.bands, rows)
        self._tx.change_in(sa.update(t.versions).values(merged=self._run), t.versions.c.key, bands)

    # Same events

    def new_reports(self, limit: int) -> list[Pending]:
        """Return current reports that were not compared with others, in the order of coming."""
        c = t.reports.c
        query = _PENDING.where(c.merged.is_(None), c.retired.is_(None), c.review != "reject")
        return [_pending(r) for r in self._tx.rows(query.order_by(c.key).limit(limit))]

    def reports_under(self, hashes: Iterable[int]) -> dict[int, list[int]]:
        """Return the keys of the reports that are kept under each hash."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for row in self._tx.rows_in(sa.select(t.report_keys), t.report_keys.c.hash, hashes):
            found[row.hash].append(row.report)
        return found

    def reports(self, keys: Iterable[int]) -> list[Pending]:
        """Return those of some reports that are current and were not rejected."""
        query = _PENDING.where(t.reports.c.retired.is_(None), t.reports.c.review != "reject")
        return [_pending(r) for r in self._tx.rows_in(query, t.reports.c.key, keys)]

    def keep_keys(self, hashes: Mapping[int, Iterable[int]]) -> None:
        """Keep reports under hashes of their blocking keys; they are compared herewith."""
        rows = [{"hash": h, "report": key} for key, found in hashes.items() for h in set(found)]
        self._tx.insert_missing(t.report_keys, rows)
        self._tx.change_in(sa.update(t.reports).values(merged=self._run), t.reports.c.key, hashes)

    # Judgements and what follows from them

    def enter(self, judgements: Iterable[Judgement]) -> int:
        """Enter judgements, reviews with their effect; return how many are new."""
        return enter(self._tx, judgements)

    def component(self, ids: Iterable[str]) -> tuple[set[str], list[Judgement]]:
        """Return all current reports that "same" leads to from some, and the judgements on them.

        Judgements on reports that others went on with speak of those others here.
        """
        members = set(resolve(self._tx, ids).values())
        new, found = set(members), dict[str, Judgement]()
        while new:
            older = self._older(new)
            for judgement in judgements_on(self._tx, "event", new | older):
                found.setdefault(judgement.id, judgement)
            ends = {e for j in found.values() if j.verdict == "same" for e in (j.left, j.right)}
            new = set(resolve(self._tx, ends - members).values()) - members
            members |= new
        now = resolve(self._tx, {e for j in found.values() for e in (j.left, j.right)})
        held = [
            replace(j, left=now[j.left], right=now[j.right])
            for j in found.values() if j.left in now and j.right in now
        ]  # fmt: skip
        return members, [j for j in held if j.left != j.right]

    def _older(self, ids: set[str]) -> set[str]:
        older: set[str] = set()
        new = ids
        while new:
            query = sa.select(t.successors.c.old)
            new = {r.old for r in self._tx.rows_in(query, t.successors.c.new, new)} - older
            older |= new
        return older

    def group(self, groups: Iterable[Sequence[str]]) -> set[int]:
        """Make each group of report ids one event: that which its first report is by itself.

        An event whose first report came out no more stays with those that it is left with. Return
        the keys of the events that were changed: of groups, and of those left behind.
        """
        query = sa.select(t.reports.c.id, t.reports.c.key, t.reports.c.event, t.reports.c.home)
        wanted = [list(g) for g in groups]
        rows = {
            r.id: r
            for r in self._tx.rows_in(
                query.where(t.reports.c.retired.is_(None)), t.reports.c.id,
                (id_ for g in wanted for id_ in g),
            )
        }  # fmt: skip
        changed: set[int] = set()
        moved: list[dict[str, int]] = []
        free = self._without_home({r.event for r in rows.values()})
        for ids in wanted:
            found = [rows[id_] for id_ in ids if id_ in rows]
            own = {r.home for r in found} | {r.event for r in found if r.event in free}
            event = min(own, default=0)
            free.discard(event)
            for row in found:
                if row.event != event:
                    changed |= {row.event, event}
                    moved.append({"key": row.key, "event": event})
        self._tx.update_each(t.reports, moved)
        refresh_events(self._tx, changed)
        return changed

    def _without_home(self, events: set[int]) -> set[int]:
        """Those events that no current report is by itself."""
        query = sa.select(t.reports.c.home).where(t.reports.c.retired.is_(None))
        return events - {r.home for r in self._tx.rows_in(query, t.reports.c.home, events)}

    def events_of(self, ids: Iterable[str]) -> set[int]:
        """Return the keys of the events of current reports."""
        query = sa.select(t.reports.c.event).where(t.reports.c.retired.is_(None))
        return {r.event for r in self._tx.rows_in(query, t.reports.c.id, ids)}

    def events_of_articles(self, ids: Iterable[str]) -> set[int]:
        """Return the keys of the events that the current versions of articles tell of."""
        query = (
            sa.select(t.reports.c.event)
            .join_from(t.reports, t.versions, t.reports.c.version == t.versions.c.key)
            .where(t.reports.c.retired.is_(None))
        )
        return {r.event for r in self._tx.rows_in(query, t.versions.c.id, ids)}

    # Origins

    def tellers(self, events: Iterable[int]) -> dict[int, list[int]]:
        """Return the keys of the reports of events that were not rejected, by event."""
        query = sa.select(t.reports.c.event, t.reports.c.key).where(
            t.reports.c.retired.is_(None), t.reports.c.review != "reject"
        )
        found: defaultdict[int, list[int]] = defaultdict(list)
        for row in self._tx.rows_in(query, t.reports.c.event, events):
            found[row.event].append(row.key)
        return found

    def copies(self, articles: Iterable[str]) -> tuple[Judgement, ...]:
        """Return the judgements on copies among which articles stand."""
        return judgements_on(self._tx, "copy", articles)

    def keep_origins(self, found: Mapping[int, Origins], credited: Iterable[str]) -> None:
        """Keep the origins of events; `credited` are the reports that name their origin."""
        self._keep_roots(found)
        query = sa.select(t.events)
        old = [dict(r._mapping) for r in self._tx.rows_in(query, t.events.c.key, found)]
        new = [{**event, **_origin_columns(found[event["key"]])} for event in old]
        sums: dict[MonthKey, list[int]] = {}
        for before, after in zip(old, new, strict=True):
            sum_up(sums, index(before), -1)
            sum_up(sums, index(after), 1)
        write_months(self._tx, sums)
        columns = ("key", *_origin_columns(Origins(0, 0, (0, 0), (0, 0), (), (), ())))
        self._tx.update_each(t.events, [{c: e[c] for c in columns} for e in new])
        self._keep_event_origins(found, {e["key"]: e["day"] for e in new})
        self._keep_trails(found, set(credited))

    def _keep_roots(self, found: Mapping[int, Origins]) -> None:
        roots = {root.key: root for origins in found.values() for root in origins.roots}
        rows = [
            {"key": r.key, "name": r.name, "entity": r.entity, "interest": r.interest,
             "named": int(r.named)}
            for r in roots.values()
        ]  # fmt: skip
        self._tx.insert_missing(t.origins, rows)

    def _keep_event_origins(self, found: Mapping[int, Origins], days: Mapping[int, str]) -> None:
        self._tx.change_in(sa.delete(t.event_origins), t.event_origins.c.event, found)
        rows = [
            {"event": key, "origin": root.key, "day": days[key]}
            for key, origins in found.items() for root in origins.roots if key in days
        ]  # fmt: skip
        self._tx.insert(t.event_origins, rows)

    def _keep_trails(self, found: Mapping[int, Origins], credited: set[str]) -> None:
        trails = {trail.report: trail for o in found.values() for trail in o.trails}
        query = sa.select(t.reports.c.key, t.reports.c.id).where(t.reports.c.retired.is_(None))
        rows = [
            {"key": r.key, "path": encode(trails[r.id].path), "origin": trails[r.id].origin,
             "credited": int(r.id in credited)}
            for r in self._tx.rows_in(query, t.reports.c.id, trails)
        ]  # fmt: skip
        self._tx.update_each(t.reports, rows)


def _all_of(found: Mapping[int, Iterable[int]]) -> set[int]:
    return {value for values in found.values() for value in values}


_PENDING = (
    sa.select(
        t.reports.c.key, t.reports.c.event, t.reports.c.record, t.reports.c.corrected,
        t.versions.c.id.label("article_id"), t.versions.c.publisher, t.versions.c.published,
        t.versions.c.published_how, t.versions.c.language, t.versions.c.url,
    ).join_from(t.reports, t.versions, t.reports.c.version == t.versions.c.key)
)  # fmt: skip


def _pending(r: Any) -> Pending:
    article = Article(
        id=r.article_id, text="", publisher=r.publisher, url=r.url, language=r.language,
        published=Published(r.published, r.published_how),
    )  # fmt: skip
    return Pending(r.key, r.event, decode_report(r.corrected or r.record), article)


def _origin_columns(origins: Origins) -> dict[str, Any]:
    """Columns of `events`. Trails are kept with the reports."""
    return {
        "origins_low": origins.origins[0], "origins_high": origins.origins[1],
        "interests_low": origins.interests[0], "interests_high": origins.interests[1],
        "documents": origins.documents, "outlets": origins.outlets,
        "flags": f" {' '.join(origins.flags)} " if origins.flags else "",
        "origins": encode(replace(origins, trails=())),
    }  # fmt: skip
