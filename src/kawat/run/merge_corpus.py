"""Merge a coded corpus: copies, same events and origins over its Parquet files, on any executor.

Shuffles over files, with nothing compared all with all (docs/origins.md, "Over a corpus"):

1. `_map` each shard: articles under their banding keys, reports under their blocking keys
2. `_pair` each partition of keys: which articles to compare; reports judged with one another
3. `_judge` each partition of the later of two: copies judged; the strongest judgements of a report
4. `_gather` each shard, `_trace` each partition: reports of an event together, their origins traced

Articles are those that a store would hold: of several at one address the last; two with one id
(exact copies) have ids of their own.
"""

import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from kawat import merge
from kawat.errors import KawatError
from kawat.model import Article, Judgement, Origins, Telling
from kawat.read.streams import load_arrow
from kawat.run.coded_files import FromFiles, read_articles, read_shard, rename, shard_names
from kawat.run.executors import Executor
from kawat.run.merge_store import machine_stamp
from kawat.run.shards import write_table, write_whole
from kawat.run.shuffle import group_rows, hash_text, read_part, write_parts
from kawat.store.codec import content_hash, encode, identify

PARTS = 32
"""Partitions of a shuffle."""
EVENT_COLUMNS = (
    "id", "type", "mode", "status", "historical", "actors", "recipients", "when", "reports",
    "documents", "outlets", "origins_low", "origins_high", "interests_low", "interests_high",
    "flags", "origins",
)  # fmt: skip
NUMBERS = EVENT_COLUMNS[9:15]
"""Columns that hold no text."""
_TELLING = msgspec.json.Decoder(tuple[str, Telling])
_KEPT = msgspec.json.Decoder(tuple[bool, Telling])
_JUDGEMENT = msgspec.json.Decoder(Judgement)
_FOUND = msgspec.json.Decoder(tuple[str, Judgement])
Renamed = Mapping[str, str]
"""Row of a shard (from 0, as text) and the id that its article has; "" if it is left out."""


class Known(NamedTuple):
    """What decides whether two articles are one, of each article of a shard in order."""

    shard: str
    articles: tuple[tuple[str, str, str], ...]
    """Id, identity, hash of the content."""


class Task(NamedTuple):
    """Work on one shard or one partition of the corpus in `folder`."""

    folder: Path
    name: str
    part: int
    stamp: merge.Stamp

    @property
    def work(self) -> Path:
        """Where the steps leave what the next ones take."""
        return self.folder / "merged" / "work"

    def files(self, step: str) -> list[Path]:
        """Return what all tasks of a step wrote, in order."""
        return sorted((self.work / step).glob("part-*.parquet"))

    def write(self, step: str, rows: Iterable[tuple[int, str]]) -> None:
        """Write what this task gives to the next step, by key."""
        write_parts(self.work / step / f"{self.name}.parquet", rows, PARTS)

    def read(self, step: str) -> Iterator[tuple[int, str]]:
        """Yield the rows of this partition that all tasks of a step wrote."""
        return read_part(self.files(step), self.part)


def merge_corpus(
    folder: Path, executor: Executor, on_step: Callable[[str], None] | None = None
) -> Counter[str]:
    """Merge what `kawat code --executor` wrote into `folder`; return the counts.

    Then `folder`/merged holds `judgements` and `events`, the same for the same input but for the
    time of a judgement. A merging that was stopped begins anew.

    Raises:
        InputError: `folder` holds no corpus.
        KawatError: a step failed.
    """
    say = on_step or (lambda _: None)
    names, stamp = shard_names(folder), machine_stamp()
    shutil.rmtree(folder / "merged", ignore_errors=True)
    shards = [Task(folder, name, 0, stamp) for name in names]
    parts = [Task(folder, f"part-{p:06}", p, stamp) for p in range(PARTS)]
    say("articles")
    renamed = settle_articles(_run(executor, _know, shards))
    write_whole(shards[0].work / "renamed.json", json.dumps(renamed).encode())
    counts: Counter[str] = Counter()
    for work, tasks in ((_map, shards), (_pair, parts), (_judge, parts)):
        say(work.__name__.strip("_"))
        for found in _run(executor, work, tasks):
            counts.update(found)
    say("events")
    write_whole(shards[0].work / "components.json", json.dumps(_find_components(folder)).encode())
    for work, tasks in ((_gather, shards), (_trace, parts)):
        for found in _run(executor, work, tasks):
            counts.update(found)
    shutil.rmtree(shards[0].work)
    return counts


def _run(executor: Executor, work: Callable[[Task], Any], tasks: Sequence[Task]) -> list[Any]:
    found = list(executor.run(work, tasks))
    for result in found:
        if isinstance(result, KawatError):
            raise result
    return found


def _know(task: Task) -> Known:
    return know_articles(task.folder, task.name)


def know_articles(folder: Path, name: str) -> Known:
    """Return the identities of the articles of a shard."""
    articles = read_articles(folder, name)
    return Known(name, tuple((a.id, identify(a), content_hash(a)) for a in articles))


def settle_articles(known: Iterable[Known]) -> dict[str, dict[str, str]]:
    """Return the rows of each shard that a store would give another id, or leave out."""
    holders: dict[str, str] = {}
    standing: dict[str, tuple[str, int, str]] = {}
    changes: dict[str, dict[str, str]] = {}
    for shard in sorted(known):
        changes[shard.shard] = {}
        for row, (id_, identity, content) in enumerate(shard.articles):
            if holders.setdefault(id_, identity) != identity:
                own = sha256(f"{identity}\n{id_}".encode()).hexdigest()[:16]
                changes[shard.shard][str(row)] = own
            if identity in standing:
                at, before, held = standing[identity]
                if held == content:
                    changes[shard.shard][str(row)] = ""
                    continue
                changes[at][str(before)] = ""
            standing[identity] = shard.shard, row, content
    return changes


def read_renamed(folder: Path) -> dict[str, dict[str, str]]:
    """Return the ids of articles that a merging has changed, by shard and row."""
    found: dict[str, dict[str, str]] = json.loads(
        (folder / "merged" / "work" / "renamed.json").read_text("utf-8")
    )
    return found


def each_kept(folder: Path, name: str, renamed: Renamed) -> Iterator[FromFiles]:
    """Yield the articles of a shard that a store would hold, with the ids that they have there."""
    for row, found in enumerate(read_shard(folder, name)):
        id_ = renamed.get(str(row), found.article.id)
        if id_:
            yield rename(found, id_)


def _map(task: Task) -> Counter[str]:
    """Articles and reports under their keys."""
    copies: list[tuple[int, str]] = []
    events: list[tuple[int, str]] = []
    counts: Counter[str] = Counter()
    for found in each_kept(task.folder, task.name, read_renamed(task.folder)[task.name]):
        place = json.dumps([*merge.article_order(found.article), task.name])
        copies += [(key, place) for key in merge.copy_keys(found.article)]
        for report in found.reports:
            telling = merge.make_telling(report, found.article)
            texts = {kept: encode((kept, telling)) for kept in (True, False)}
            events += [(hash_text(k), texts[kept]) for k, kept, _ in merge.map_events(telling)]
        counts.update(articles=1, reports=len(found.reports))
    task.write("copy-keys", copies)
    task.write("event-keys", events)
    return counts


def _pair(task: Task) -> Counter[str]:
    """What meets under a key: articles to be compared, reports judged."""
    pairs: set[str] = set()
    for values in group_rows(task.read("copy-keys")).values():
        if len(values) > 1:
            places = (tuple(json.loads(v)) for v in values)
            pairs |= {json.dumps(pair) for pair in merge.pair_copies(places)}
    task.write("copy-pairs", ((hash_text(json.loads(p)[1][2]), p) for p in sorted(pairs)))
    strongest: defaultdict[str, list[Judgement]] = defaultdict(list)
    for key, values in group_rows(task.read("event-keys")).items():
        if len(values) > 1:
            rows = ((str(key), *_KEPT.decode(value)) for value in values)
            for later, judgement in merge.reduce_events(rows, task.stamp):
                strongest[later].append(judgement)
    task.write(
        "event-found",
        (
            (hash_text(later), encode((later, judgement)))
            for later in sorted(strongest)
            for judgement in merge.keep_strongest(strongest[later])
        ),
    )
    return Counter()


def _judge(task: Task) -> Counter[str]:
    """Copies, and the strongest judgements of each report."""
    judgements = _judge_copies(task)
    by_report: defaultdict[str, list[tuple[str, Judgement]]] = defaultdict(list)
    for _, value in task.read("event-found"):
        found = _FOUND.decode(value)
        by_report[found[0]].append(found)
    same = [j for r in sorted(by_report) for j in merge.reduce_strongest(by_report[r])]
    rows = [{"kind": j.kind, "record": encode(j)} for j in (*judgements, *same)]
    _write(task, "judgements", rows, ("kind", "record"))
    return Counter(copies=len(judgements), same=sum(j.verdict == "same" for j in same))


def _judge_copies(task: Task) -> list[Judgement]:
    pairs = [json.loads(pair) for _, pair in task.read("copy-pairs")]
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        for _, id_, shard in pair:
            wanted[shard].add(id_)
    renamed = read_renamed(task.folder) if pairs else {}
    articles: dict[str, Article] = {}
    for shard, ids in wanted.items():
        every = each_kept(task.folder, shard, renamed[shard])
        articles |= {f.article.id: f.article for f in every if f.article.id in ids}
    ids_of = sorted({(one[1], two[1]) for one, two in pairs})
    found = (merge.judge_copy(articles[a], articles[b], task.stamp) for a, b in ids_of)
    return [judgement for judgement in found if judgement is not None]


def read_judgements(folder: Path) -> Iterator[Judgement]:
    """Yield what the merging of a corpus judged."""
    from pyarrow import parquet  # noqa: PLC0415  (an extra)

    for path in sorted((folder / "merged" / "judgements").glob("part-*.parquet")):
        for record in parquet.read_table(path, columns=["record"])["record"].to_pylist():
            yield _JUDGEMENT.decode(record)


def _find_components(folder: Path) -> dict[str, str]:
    """The first report of those that "same" leads to, for each that it leads to at all."""
    above: dict[str, str] = {}

    def top(report: str) -> str:
        while (up := above.get(report, report)) != report:
            above[report] = above.get(up, up)
            report = up
        return report

    for judgement in read_judgements(folder):
        if judgement.kind == "event" and judgement.verdict == "same":
            first, second = sorted((top(judgement.left), top(judgement.right)))
            above[second] = first
    return {report: top(report) for report in above}


def _gather(task: Task) -> Counter[str]:
    """Reports to where the others of their event are."""
    components: dict[str, str] = json.loads((task.work / "components.json").read_text("utf-8"))
    rows: list[tuple[int, str]] = []
    for found in each_kept(task.folder, task.name, read_renamed(task.folder)[task.name]):
        for report in found.reports:
            place = f"{task.name}:{len(rows):09}"
            telling = merge.make_telling(report, found.article)
            key = hash_text(components.get(report.id, report.id))
            rows.append((key, encode((place, telling))))
    task.write("tellings", rows)
    return Counter()


def _trace(task: Task) -> Counter[str]:
    """Events with their origins."""
    groups = group_rows(task.read("tellings"))
    together = [[_TELLING.decode(v) for v in values] for values in groups.values()]
    reports = {t.report for found in together for _, t in found}
    articles = {t.article for found in together for _, t in found}
    same: defaultdict[str, list[Judgement]] = defaultdict(list)
    copies: defaultdict[str, list[Judgement]] = defaultdict(list)
    for judgement in read_judgements(task.folder):
        held, wanted = (same, reports) if judgement.kind == "event" else (copies, articles)
        for end in {judgement.left, judgement.right} & wanted:
            held[end].append(judgement)
    rows = []
    for found in together:
        tellings = {t.report: (place, t) for place, t in found}
        judged = {j.id: j for report in tellings for j in same[report]}
        for members in merge.cluster_members(tellings, judged.values()):
            ordered = [t for _, t in sorted(tellings[m] for m in members)]
            among = {j.id: j for t in ordered for j in copies[t.article]}
            rows.append(_event_row(ordered, merge.trace_origins(ordered, among.values())))
    _write(task, "events", sorted(rows, key=lambda row: row["id"]), EVENT_COLUMNS)
    return Counter(events=len(rows))


def _event_row(tellings: Sequence[Telling], origins: Origins) -> dict[str, Any]:
    """An event as its first report tells it; it has the id of that report."""
    first = tellings[0]
    return {
        "id": first.report, "type": first.type, "mode": first.mode, "status": first.status,
        "historical": str(first.historical).lower(),
        "actors": ";".join(p.entity for p in first.actors),
        "recipients": ";".join(p.entity for p in first.recipients), "when": first.when,
        "reports": ";".join(t.report for t in tellings),
        "documents": origins.documents, "outlets": origins.outlets,
        "origins_low": origins.origins[0], "origins_high": origins.origins[1],
        "interests_low": origins.interests[0], "interests_high": origins.interests[1],
        "flags": ";".join(origins.flags), "origins": encode(origins),
    }  # fmt: skip


def _write(task: Task, table: str, rows: list[dict[str, Any]], columns: Sequence[str]) -> None:
    arrow = load_arrow("merging")
    types = {c: arrow.int64() if c in NUMBERS else arrow.string() for c in columns}
    schema = arrow.schema(list(types.items()))
    path = task.folder / "merged" / table / f"{task.name}.parquet"
    write_table(path, arrow.Table.from_pylist(rows, schema))
