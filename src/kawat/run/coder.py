"""A process that codes, and whoever watches it.

An article may crash the process, take for ever or fill the memory. So the watcher (`Coder`) asks a
process of its own for a few articles at a time, ends it where it takes too long, and starts another
where it died. What the process does is THE list of steps (`kawat.run.steps`).

`main` is that process: it answers on a socket until the other end is closed.
"""

import gc
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterator
from itertools import islice
from multiprocessing.connection import Connection
from typing import IO, Any, NamedTuple

from kawat.errors import InputError, KawatError, PipelineError
from kawat.model import Article
from kawat.read import Piece, Skipped, Unit, open_piece, with_options
from kawat.run.add import make_storable
from kawat.run.arrow import Rows, Table
from kawat.run.steps import PACKAGED, Pipelines, code_batches, load_all

START_SECONDS = 120.0
"""In which a process must be ready: it loads its libraries."""
MEGABYTE = 1 << 20


class Limits(NamedTuple):
    """What one article may take."""

    seconds: float = 60.0
    megabytes: int = 2000
    """Of the whole process, which needs about 300 for itself."""


DEFAULT_LIMITS = Limits()


class How(NamedTuple):
    """Language and date of publication as given, and pipelines of the user's own."""

    language: str | None = None
    published: str | None = None
    pipelines: Pipelines = PACKAGED


class Ask(NamedTuple):
    """Code `size` units of a shard from number `first` (from 0) on."""

    pieces: tuple[Piece, ...]
    first: int
    size: int
    how: How
    only_name: bool = False
    """Say only where the first of them stands."""


class Answer(NamedTuple):
    """What was found."""

    tables: dict[Table, Any]
    counts: dict[str, int]
    units: int
    """Fewer than were asked for at the end of the shard."""
    name: str = ""


class Refusal(NamedTuple):
    """Nothing can be coded this way."""

    reason: str


class LostError(KawatError):
    """The articles that were asked for were too much. `str` of it is the reason."""


class Coder:
    """A process that codes, started when it is needed and anew when it was lost."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None
        self._log: IO[bytes] | None = None

    def ask(self, ask: Ask) -> Answer:
        """Return the answer.

        Raises:
            LostError: the process died, took too long, ran out of memory or failed.
            KawatError: no process can be started.
        """
        pipe = self._start()
        try:
            pipe.send(ask)
            if not pipe.poll(self.limits.seconds):
                self.close()
                raise LostError(f"takes over {self.limits.seconds:g} s")
            answer = pipe.recv()
        except (OSError, EOFError):
            raise LostError(f"ends the process: {self._end()}") from None
        if isinstance(answer, Answer):
            return answer
        self.close()
        if isinstance(answer, Refusal):
            raise KawatError(answer.reason)
        raise LostError(str(answer))

    def _start(self) -> Connection:
        if self._pipe is not None:
            return self._pipe
        mine, other = socket.socketpair()
        self._log = tempfile.TemporaryFile()  # noqa: SIM115  (closed with the process)
        call = f"main({other.fileno()}, {self.limits.megabytes * MEGABYTE})"
        self._process = subprocess.Popen(  # noqa: S603  (two numbers)
            [sys.executable, "-c", f"from kawat.run.coder import main; {call}"],
            pass_fds=(other.fileno(),), stdin=subprocess.DEVNULL, stdout=self._log,
            stderr=self._log,
        )  # fmt: skip
        other.close()
        self._pipe = Connection(mine.detach())
        try:
            ready = self._pipe.poll(START_SECONDS) and self._pipe.recv()
        except (OSError, EOFError):
            ready = False
        if not ready:
            raise KawatError(f"no process that codes can be started: {self._end()}")
        return self._pipe

    def _end(self) -> str:
        """End the process; return what it said last, or the signal that it died of."""
        said = ""
        if self._process is not None and self._log is not None:
            try:
                code = self._process.wait(1)
            except subprocess.TimeoutExpired:
                code = 0
            self._log.seek(0)
            lines = self._log.read().decode("utf-8", "replace").strip().splitlines()
            said = signal.Signals(-code).name if code < 0 else lines[-1] if lines else ""
        self.close()
        return said or "without a word"

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        for open_ in (self._pipe, self._log):
            if open_ is not None:
                open_.close()
        self._process = self._pipe = self._log = None


class _Own(threading.local):
    """The coder of a thread."""

    coder: Coder | None = None


_OWN = _Own()
_STARTED: set[Coder] = set()
"""Those of all threads of this process."""


def own_coder(limits: Limits) -> Coder:
    """Return the coder of this thread: it goes from shard to shard."""
    coder = _OWN.coder
    if coder is None or coder.limits != limits:
        if coder is not None:
            coder.close()
        coder = _OWN.coder = Coder(limits)
        _STARTED.add(coder)
    return coder


def close_coders() -> None:
    """End the processes of all threads. None of them may be asking."""
    for coder in _STARTED:
        coder.close()


class _Reader:
    """The units of a shard; goes on where it stands if that is what is asked for."""

    def __init__(self) -> None:
        self._pieces: tuple[Piece, ...] = ()
        self._units: Iterator[Unit | InputError | Skipped] = iter(())
        self._at = 0

    def take(self, ask: Ask) -> list[Unit | InputError | Skipped]:
        """Return the units that are asked for, fewer at the end."""
        if ask.pieces != self._pieces or ask.first != self._at:
            self._pieces, self._at = ask.pieces, ask.first
            every = (unit for piece in ask.pieces for unit in open_piece(piece))
            self._units = islice(every, ask.first, None)
        found = list(islice(self._units, ask.size))
        self._at += len(found)
        return found


def _code(ask: Ask, reader: _Reader) -> Answer:
    units = reader.take(ask)
    if ask.only_name:
        return Answer({}, {}, len(units), units[0].source if units else "")
    rows = Rows()
    items = (_read(unit, ask) for unit in units)
    for item in code_batches(items, pipelines=ask.how.pipelines):
        rows.add(item)
    return Answer(rows.tables(), dict(rows.counts), len(units))


def _read(unit: Unit | InputError | Skipped, ask: Ask) -> Article | InputError | Skipped:
    if not isinstance(unit, Unit):
        return unit
    try:
        article = with_options(unit.read(), ask.how.language, ask.how.published)
    except InputError as error:
        return error
    return make_storable(article)


def main(descriptor: int, memory: int) -> None:
    """Answer on the socket `descriptor` until its other end is closed; `memory` is in bytes.

    An interruption is the watcher's to handle.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    gc.set_threshold(50_000, 20, 20)  # as the command line does
    load_all()
    pipe, reader = Connection(descriptor), _Reader()
    pipe.send("ready")
    while True:
        try:
            ask = pipe.recv()
        except EOFError:
            return
        try:
            answer: object = _code(ask, reader)
        except PipelineError as error:
            answer = Refusal(str(error))
        except MemoryError:
            answer = f"takes over {memory // MEGABYTE} MB of memory"
        except Exception as error:  # noqa: BLE001  (told to the watcher, whatever it is)
            place = traceback.extract_tb(error.__traceback__)[-1]
            answer = f"{type(error).__name__}: {error} ({place.name}, line {place.lineno})"
        pipe.send(answer)
