"""Code pasted articles in a process of its own, so that a limit of time can be kept."""

import multiprocessing
import signal
import threading
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Protocol

from kawat.errors import InputError, KawatError
from kawat.model import Article
from kawat.run import code_one
from kawat.run.add import make_entry
from kawat.store import Entry

START_SECONDS = 60.0
"""In which the process must be ready: it reads the language packs."""


class CoderError(KawatError):
    """The article was not coded. `key` names the sentence of the interface that says why."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


class Coder(Protocol):
    """Codes an article; raises InputError or CoderError."""

    def code(self, article: Article) -> Entry:
        """Return the article with all that was found in it."""
        ...

    def close(self) -> None:
        """Let go of what it holds."""
        ...


class ProcessCoder:
    """One article at a time; the process is ended where one takes too long."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._lock = threading.Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def code(self, article: Article) -> Entry:
        """Return the article with all that was found in it.

        Raises:
            InputError: it cannot be coded.
            CoderError: others are being coded, or it took too long.
        """
        if not self._lock.acquire(timeout=self.seconds):
            raise CoderError("paste_busy")
        try:
            return self._ask(article)
        finally:
            self._lock.release()

    def _ask(self, article: Article) -> Entry:
        pipe = self._start()
        try:
            pipe.send(article)
            if not pipe.poll(self.seconds):
                self._end()
                raise CoderError("paste_slow")
            answer = pipe.recv()
        except (OSError, EOFError):
            self._end()
            raise CoderError("paste_slow") from None
        if isinstance(answer, Entry):
            return answer
        raise InputError(*answer)

    def _start(self) -> Connection:
        if self._pipe and self._process and self._process.is_alive():
            return self._pipe
        self._end()
        context = multiprocessing.get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_work, args=(other,), daemon=True)
        self._process.start()
        other.close()
        if not self._pipe.poll(START_SECONDS):
            self._end()
            raise CoderError("paste_slow")
        self._pipe.recv()
        return self._pipe

    def _end(self) -> None:
        if self._process:
            self._process.kill()
            self._process.join()
        if self._pipe:
            self._pipe.close()
        self._process = self._pipe = None

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()


def _work(pipe: Connection) -> None:
    """Code what comes until the other side is gone. An interruption is the server's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pipe.send("ready")
    while True:
        try:
            article = pipe.recv()
        except EOFError:
            return
        try:
            answer: object = make_entry(code_one(article))
        except InputError as error:
            answer = (error.source, error.reason, error.advice)
        pipe.send(answer)
