"""Code a corpus into a folder of Parquet files, on any executor. docs/cluster.md is its manual."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from kawat.errors import InputError, KawatError
from kawat.read import Piece, Window, plan_pieces
from kawat.read.streams import load_arrow
from kawat.run.coder import DEFAULT_LIMITS, How, Limits
from kawat.run.executors import Executor
from kawat.run.shards import Shard, code_shard, read_marker, write_whole
from kawat.run.steps import PACKAGED, Pipelines

SHARD = 1000
"""Articles of a shard: some ten seconds of one core, and a few MB."""
PLAN = "plan.json"


class Settings(NamedTuple):
    """What decides the rows of a corpus. Another setting is another output."""

    language: str | None = None
    published: str | None = None
    shard: int = SHARD
    pipelines: Pipelines = PACKAGED


@dataclass(slots=True)
class Progress:
    """How far a run is. `total` counts units, of which some may hold no article."""

    total: int
    done: int = 0
    before: int = 0
    """Of those that are done, how many an earlier run had done."""
    counts: Counter[str] = field(default_factory=Counter)
    started: float = field(default_factory=time.monotonic)
    failed: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Units a second in this run."""
        return (self.done - self.before) / max(1e-9, time.monotonic() - self.started)

    @property
    def seconds_left(self) -> float | None:
        """Seconds to the end at this rate, None while nothing is known."""
        return (self.total - self.done) / self.rate if self.done > self.before else None


def code_corpus(
    paths: Sequence[str], out: Path, executor: Executor, settings: Settings,
    *, limits: Limits = DEFAULT_LIMITS, on_progress: Callable[[Progress], None] | None = None,
) -> Progress:  # fmt: skip
    """Code the articles of files and folders into `out`; return how far it came.

    What an earlier run of the same corpus and settings has done stays. Shards that failed for
    want of a worker are named in `failed`; the same call tries them again.

    Raises:
        InputError: `out` holds another corpus, or cannot be written.
        KawatError: a library is missing, or nothing can run tasks any more.
    """
    load_arrow("a corpus")
    shards = _cut_shards(_plan(paths, out, settings), out, settings, limits)
    progress = Progress(sum(map(_size, shards)))
    waiting = []
    for shard in shards:
        if done := read_marker(out, shard.number):
            progress.before += _size(shard)
            progress.counts.update(done.counts)
        else:
            waiting.append(shard)
    progress.done = progress.before
    if on_progress:
        on_progress(progress)
    _run(waiting, executor, progress, on_progress)
    return progress


def _run(
    waiting: Sequence[Shard], executor: Executor, progress: Progress,
    on_progress: Callable[[Progress], None] | None,
) -> None:  # fmt: skip
    sizes = {shard.number: _size(shard) for shard in waiting}
    for done in executor.run(code_shard, waiting):
        if isinstance(done, KawatError):
            progress.failed.append(str(done))
        else:
            progress.done += sizes[done.number]
            progress.counts.update(done.counts)
        if on_progress:
            on_progress(progress)


def _size(shard: Shard) -> int:
    return sum(piece.window.size or 0 for piece in shard.pieces)


def _plan(paths: Sequence[str], out: Path, settings: Settings) -> list[Piece]:
    """The pieces of the corpus: made once, and kept beside what they give.

    Raises:
        InputError: `out` holds another corpus, or is a folder of something else.
    """
    made_of = {"kawat": version("kawat"), "paths": list(paths), **settings._asdict()}
    path = out / PLAN
    try:
        if path.exists():
            plan = json.loads(path.read_text("utf-8"))
            if plan["made of"] != made_of:
                raise InputError(
                    str(out), "holds what another command made", "name another folder as --out"
                )
            return [Piece(p[0], p[1], Window(*p[2]), p[3], p[4]) for p in plan["pieces"]]
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise InputError(str(out), "is not empty", "--out names a new folder")
        pieces = list(plan_pieces(paths, settings.shard))
        rows = ",\n".join(map(json.dumps, pieces))
        text = f'{{"made of": {json.dumps(made_of)},\n"pieces": [\n{rows}\n]}}\n'
        write_whole(path, text.encode())
    except OSError as error:
        raise InputError(str(out), error.strerror or "cannot be written") from None
    return pieces


def _cut_shards(
    pieces: Iterable[Piece], out: Path, settings: Settings, limits: Limits
) -> list[Shard]:
    """Tasks of about equal size, in the order of the input."""
    shards: list[Shard] = []
    held: list[Piece] = []
    for piece in pieces:
        held.append(piece)
        if sum(p.window.size or 0 for p in held) >= settings.shard:
            shards.append(_make_shard(len(shards), held, out, settings, limits))
            held = []
    if held:
        shards.append(_make_shard(len(shards), held, out, settings, limits))
    return shards


def _make_shard(
    number: int, pieces: Sequence[Piece], out: Path, settings: Settings, limits: Limits
) -> Shard:
    how = How(settings.language, settings.published, settings.pipelines)
    return Shard(number, tuple(pieces), str(out), how, limits)
