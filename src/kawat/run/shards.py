"""One shard of a corpus: coded, written, marked as done. Every executor runs `code_shard`.

DIR/articles, reports, statements, problems   a Parquet file of each for every shard
DIR/done/part-000000.json                     the shard's files are whole; what was counted
DIR/aside/part-000000.jsonl                   articles that cannot be coded, kept from run to run

A file is written under another name, brought to the disk and renamed; the marker comes last. So a
shard is done or not, whatever dies meanwhile, and two machines may do the same one at a time.
"""

import json
import os
import uuid
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from kawat.errors import KawatError
from kawat.read import Piece
from kawat.read.streams import load_arrow
from kawat.run.arrow import TABLES, Table, schema_of
from kawat.run.coder import DEFAULT_LIMITS, Answer, Ask, Coder, How, Limits, LostError, own_coder
from kawat.run.steps import BATCH

ROUND = 2 * BATCH
"""Articles that are asked for at a time; where they were too much, one after the other."""
ROW_GROUP = 2000


class Shard(NamedTuple):
    """A task: some pieces, in the order in which their rows are written."""

    number: int
    pieces: tuple[Piece, ...]
    out: str
    how: How
    limits: Limits = DEFAULT_LIMITS

    @property
    def name(self) -> str:
        """The name that its files have."""
        return f"part-{self.number:06}"


class Done(NamedTuple):
    """A shard that is done."""

    number: int
    counts: dict[str, int]


def code_shard(shard: Shard) -> Done:
    """Code a shard and write its files, unless that was done before.

    Raises:
        KawatError: nothing can be coded or written here, or a library is missing.
    """
    if done := read_marker(Path(shard.out), shard.number):
        return done
    try:
        return _code(shard)
    except OSError as error:
        raise KawatError(f"{shard.out}: {error.strerror or error}") from None


def _code(shard: Shard) -> Done:
    answers = _ask_all(shard, own_coder(shard.limits))
    counts: Counter[str] = Counter()
    for answer in answers:
        counts.update(answer.counts)
    arrow, sizes = load_arrow("Parquet"), {}
    for name in TABLES:
        found = [a.tables[name] for a in answers]
        table = arrow.concat_tables(found or [schema_of(name).empty_table()])
        sizes[name] = write_table(Path(shard.out) / name / f"{shard.name}.parquet", table)
    marker = {"shard": shard.number, "counts": dict(counts), "bytes": sizes}
    text = json.dumps(marker, ensure_ascii=False, sort_keys=True) + "\n"
    write_whole(marker_path(Path(shard.out), shard.number), text.encode())
    return Done(shard.number, dict(counts))


def _ask_all(shard: Shard, coder: Coder) -> list[Answer]:
    """All of a shard, a few articles at a time; one by one where they were too much together."""
    aside = _Aside(shard)
    answers: list[Answer] = []
    at = alone_until = 0
    while True:
        if at in aside.reasons:
            answers.append(aside.answer(at))
            at += 1
            continue
        size = 1 if at < alone_until else min(ROUND, aside.next_after(at) - at)
        ask = Ask(shard.pieces, at, size, shard.how)
        try:
            answer = coder.ask(ask)
        except LostError as error:
            if size == 1:
                aside.put(at, _name(coder, ask), str(error))
            alone_until = max(alone_until, at + size)
            continue
        answers.append(answer)
        at += answer.units
        if answer.units < size:
            return answers


def _name(coder: Coder, ask: Ask) -> str:
    try:
        return coder.ask(ask._replace(only_name=True)).name
    except LostError:
        return f"{ask.pieces[0].path}, article {ask.first + 1} of the shard"


class _Aside:
    """The articles of a shard that cannot be coded, by number. Kept, so that none comes back."""

    def __init__(self, shard: Shard) -> None:
        self._path = Path(shard.out) / "aside" / f"{shard.name}.jsonl"
        self.reasons: dict[int, tuple[str, str]] = {}
        if self._path.exists():
            for line in self._path.read_text("utf-8").splitlines():
                number, source, reason = json.loads(line)
                self.reasons[number] = source, reason

    def put(self, number: int, source: str, reason: str) -> None:
        self.reasons[number] = source, reason
        rows = [[n, *why] for n, why in sorted(self.reasons.items())]
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        write_whole(self._path, lines.encode())

    def next_after(self, at: int) -> int:
        """Return the number of the first one from `at` on; a great number if there is none."""
        return min((n for n in self.reasons if n >= at), default=at + ROUND)

    def answer(self, number: int) -> Answer:
        source, reason = self.reasons[number]
        row = {"source": source, "kind": "set aside", "reason": reason}
        arrow = load_arrow("Parquet")
        tables: dict[Table, Any] = {n: schema_of(n).empty_table() for n in TABLES}
        tables["problems"] = arrow.Table.from_pylist([row], schema_of("problems"))
        return Answer(tables, {"set aside": 1}, 1)


def marker_path(out: Path, number: int) -> Path:
    """Return where the marker of a shard stands."""
    return out / "done" / f"part-{number:06}.json"


def read_marker(out: Path, number: int) -> Done | None:
    """Return what a shard counted if it is done and its files are as they were written."""
    path = marker_path(out, number)
    try:
        marker = json.loads(path.read_text("utf-8"))
        files = {name: out / name / f"{path.stem}.parquet" for name in marker["bytes"]}
        if all(files[name].stat().st_size == size for name, size in marker["bytes"].items()):
            return Done(number, marker["counts"])
    except (FileNotFoundError, ValueError, KeyError):
        return None
    return None


def write_table(path: Path, table: Any) -> int:
    """Write a Parquet file whole or not at all; return its size. Same rows, same bytes."""
    from pyarrow import BufferOutputStream, parquet  # noqa: PLC0415  (an extra)

    sink = BufferOutputStream()
    whole = table.combine_chunks()
    parquet.write_table(whole, sink, compression="zstd", row_group_size=ROW_GROUP)
    data = sink.getvalue().to_pybytes()
    write_whole(path, data)
    return len(data)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file under another name, bring it to the disk, and rename it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
