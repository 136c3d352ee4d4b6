"""Merge what is new in a store: copies, same events, origins. The store keeps, merge judges."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from heapq import nsmallest
from importlib.metadata import version
from typing import Literal

from kawat import merge
from kawat.errors import KawatError
from kawat.lang import load_common
from kawat.model import Article, Judgement, Origins, Telling
from kawat.store import Store
from kawat.store.merging import Merging, Pending

STEP = 1000
"""New reports, and new articles, that are merged in one transaction."""
MOST_NEAR = 40
"""Of the articles that share banding keys with a new one, it is compared with so many."""
REMEMBERED = 60_000
"""Reports that are kept at hand, made ready, from step to step (about 3 kB each)."""
MOST_COMPARED = 60
"""Of the reports under its keys, each new one is compared with those that share most words with it:
only the strongest few judgements are kept, and most of a busy day's are about something else."""
Progress = Callable[[int], None]


def machine_stamp() -> merge.Stamp:
    """Return author and time of a judgement that this version of kawat makes now."""
    return merge.Stamp(f"kawat {version('kawat')}", now())


def now() -> str:
    """Return the time, ISO 8601, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(slots=True)
class _Memory:
    """What one merging has read already. Only reports that cannot change meanwhile are kept."""

    sketches: dict[int, merge.Sketch] = field(default_factory=dict)
    stamp: merge.Stamp = field(default_factory=machine_stamp)
    known: Mapping[str, list[Judgement]] | None = None
    """What was judged elsewhere, by its `left`: then nothing is judged here."""

    def sketch(self, pending: Pending) -> merge.Sketch:
        found = merge.sketch_telling(merge.make_telling(pending.report, pending.article))
        self.sketches[pending.key] = found
        return found

    def read(self, step: Merging, keys: Iterable[int]) -> None:
        """Read those reports that are not at hand."""
        for pending in step.reports(set(keys) - self.sketches.keys()):
            self.sketch(pending)

    def make_room(self) -> None:
        """Forget all where there is too much. Only between steps: a step needs all it has read."""
        if len(self.sketches) >= REMEMBERED:
            self.sketches.clear()


def merge_store(
    store: Store, progress: Progress | None = None, *, at_once: int = STEP,
    judged: Iterable[Judgement] = (),
) -> Counter[str]:  # fmt: skip
    """Merge everything that was not merged yet, step by step; return what was counted.

    A step takes `at_once` new reports and as many articles, and keeps other writers waiting.
    `judged` is all that there is to judge, if it was judged elsewhere (`kawat.run.merge_corpus`).

    A run that is stopped goes on with the next one: each step is kept whole or not at all.

    Raises:
        StoreError: the store cannot be written.
    """
    counts: Counter[str] = Counter()
    run = store.start_run("merge", version("kawat"), {})
    memory = _Memory(known=_by_left(judged))
    while done := _merge_step(store, run, memory, counts, at_once):
        if progress:
            progress(done)
    store.end_run(run, counts)
    return counts


def _by_left(judged: Iterable[Judgement]) -> Mapping[str, list[Judgement]] | None:
    """Each judgement once: whichever end it is entered with, the other is found from there."""
    known: defaultdict[str, list[Judgement]] = defaultdict(list)
    for judgement in judged:
        known[judgement.left].append(judgement)
    return known or None


def _merge_step(store: Store, run: int, memory: _Memory, counts: Counter[str], at_once: int) -> int:
    """Merge some new articles and reports; return how many, 0 at the end."""
    with store.merging(run) as step:
        articles = step.new_articles(at_once)
        reports = step.new_reports(at_once)
        copies = _find_copies(step, articles, memory)
        same = _find_same(step, reports, memory)
        step.enter([*copies, *same])
        ids = {p.report.id for p in reports}
        moved = _regroup(step, ids)
        changed = moved | step.events_of(ids)
        changed |= step.events_of_articles({e for j in copies for e in (j.left, j.right)})
        _trace(step, changed, memory)
    counts["articles"] += len(articles)
    counts["reports"] += len(reports)
    counts["copies"] += len(copies)
    counts["same"] += sum(j.verdict == "same" for j in same)
    return len(articles) + len(reports)


def _find_copies(
    step: Merging, articles: Sequence[tuple[int, Article]], memory: _Memory
) -> list[Judgement]:
    most_held: int = load_common().settings["copy"]["most_held"]
    bands = {key: merge.copy_keys(article) for key, article in articles}
    step.keep_bands(bands, most_held)
    if memory.known is not None:
        return [j for _, a in articles for j in memory.known.get(a.id, ())]
    near = step.near_articles(bands, MOST_NEAR)
    found = (
        merge.judge_copy(article, other, memory.stamp) for key, article in articles
        for _, other in near[key]
    )  # fmt: skip
    return [judgement for judgement in found if judgement is not None]


def _find_same(step: Merging, reports: Sequence[Pending], memory: _Memory) -> list[Judgement]:
    """Judge each new report with those that may tell the same, new ones among them."""
    memory.make_room()
    new = {p.key: memory.sketch(p) for p in reports}
    keys = {key: merge.event_keys(sketch.telling) for key, sketch in new.items()}
    step.keep_keys({key: map(hash_key, found.kept) for key, found in keys.items()})
    if memory.known is not None:
        return [j for p in reports for j in memory.known.get(p.report.id, ())]
    probes = {key: [hash_key(k) for k in found.probe] for key, found in keys.items()}
    under = step.reports_under(h for hashes in probes.values() for h in hashes)
    near = {key: {r for h in hashes for r in under.get(h, ())} for key, hashes in probes.items()}
    memory.read(step, {r for found in near.values() for r in found})
    judgements: list[Judgement] = []
    for key, sketch in new.items():
        others = [
            memory.sketches[r]
            for r in near[key]
            # of two that are both new, the later one judges; a report never judges itself
            if r in memory.sketches and (r not in new or new[r].order < sketch.order)
        ]
        judgements += merge.judge_sketches(sketch, _likest(sketch, others), memory.stamp)
    return judgements


def _likest(sketch: merge.Sketch, others: list[merge.Sketch]) -> list[merge.Sketch]:
    """Those that share most words with a report; the same whatever the order of `others`."""
    if len(others) <= MOST_COMPARED:
        return others
    words = sketch.words
    return nsmallest(MOST_COMPARED, others, key=lambda o: (-len(words & o.words), o.telling.report))


def hash_key(key: str) -> int:
    """Return a blocking key as 63 bits: databases keep signed whole numbers of 64."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest()) >> 1


def _regroup(step: Merging, ids: Iterable[str]) -> set[int]:
    """Group anew all that judgements tie to some reports; return the events that changed."""
    members, judgements = step.component(ids)
    return step.group(merge.cluster_members(members, judgements))


def _trace(step: Merging, events: Iterable[int], memory: _Memory) -> None:
    """Trace the origins of events anew."""
    tellers = step.tellers(events)
    memory.read(step, (key for keys in tellers.values() for key in keys))
    told = {
        event: [memory.sketches[key].telling for key in keys] for event, keys in tellers.items()
    }
    by_article: defaultdict[str, list[Judgement]] = defaultdict(list)
    for judgement in step.copies({t.article for found in told.values() for t in found}):
        by_article[judgement.left].append(judgement)
        by_article[judgement.right].append(judgement)
    origins: dict[int, Origins] = {}
    credited: set[str] = set()
    for event, tellings in told.items():
        among = {j.id: j for t in tellings for j in by_article[t.article]}
        origins[event] = merge.trace_origins(tellings, among.values())
        credited |= _credited(origins[event], tellings)
    step.keep_origins(origins, credited)


def _credited(origins: Origins, tellings: Iterable[Telling]) -> set[str]:
    """The reports whose own words name the origin that they go back to."""
    roots = {root.key: root for root in origins.roots}
    chains = {t.report: t.chain for t in tellings}
    return {
        trail.report
        for trail in origins.trails
        if any(
            (link.entity and link.entity == roots[trail.origin].entity)
            or link.name == roots[trail.origin].name
            for link in chains[trail.report]
        )
    }


def judge_events(
    store: Store, answer: Literal["same", "different"], a: str, b: str, *, author: str,
    reason: str = "",
) -> Judgement:  # fmt: skip
    """Enter a person's word that two events, or reports, are one or two; return it.

    An event stands for its first report, beside one of its own reports for another one.

    Raises:
        KawatError: there is no such event or report, or both are one report.
        StoreError: the store cannot be written.
    """
    pair = (_report_of(store, a, b), _report_of(store, b, a))
    if pair[0] == pair[1]:
        raise KawatError(f"{a} and {b} are one report")
    stamp = merge.Stamp(author, now(), by_person=True)
    said = merge.make_judgement("event", pair, answer, stamp, reason=reason)
    judge(store, [said])
    return said


def undo(store: Store, id_: str, *, author: str, reason: str = "") -> Judgement:
    """Take a judgement back with all that follows from it; return the undoing.

    Raises:
        KawatError: there is no such judgement.
        StoreError: the store cannot be written.
    """
    target = store.judgement(id_)
    if target is None:
        raise KawatError(f"there is no judgement {id_!r}")
    said = merge.undo_judgement(target, merge.Stamp(author, now(), by_person=True), reason)
    judge(store, [said])
    return said


def _report_of(store: Store, id_: str, other: str) -> str:
    """The report of an id; of an event (whose id its first report has too), one but `other`."""
    view = store.event(id_)
    if view is None:
        raise KawatError(f"there is no event or report {id_!r}")
    ids = [r.report.id for r in sorted(view.reports, key=lambda r: r.key)]
    if id_ in ids and (id_ != view.event.id or other not in ids):
        return id_
    return next((i for i in ids if i != other), ids[0])


def judge(store: Store, judgements: Sequence[Judgement]) -> int:
    """Enter judgements of a person with all that follows from them; return how many are new.

    Events are grouped anew and their origins traced, in one transaction.

    Raises:
        KawatError: a judgement undoes what is not there, or a correction does not fit.
        StoreError: the store cannot be written.
    """
    run = store.start_run("merge", version("kawat"), {"judgements": len(judgements)})
    with store.merging(run) as step:
        new = step.enter(judgements)
        reports = {e for j in judgements if j.kind != "copy" for e in (j.left, j.right)}
        articles = {e for j in judgements if j.kind == "copy" for e in (j.left, j.right)}
        changed = _regroup(step, reports) | step.events_of(reports)
        _trace(step, changed | step.events_of_articles(articles), _Memory())
    store.end_run(run, {"judgements": new})
    return new
