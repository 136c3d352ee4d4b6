"""What all views share: the store, the settings, sessions, limits and texts that are not kept."""

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeVar, cast

from starlette.requests import Request

from kawat.look.web.coder import Coder
from kawat.look.web.sessions import Limiter, Sessions
from kawat.look.web.settings import Settings
from kawat.store import Entry, Store

Value = TypeVar("Value")
MOST_ANSWERS = 200
COSTLY = 20.0
"""An answer holds so many times as long as it took."""


class Pastes:
    """Coded texts that nobody asked to keep: some, for a while, in memory."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._held: OrderedDict[str, tuple[float, Entry]] = OrderedDict()
        self._lock = threading.Lock()

    def hold(self, entry: Entry) -> str:
        """Hold a text and return the name that gives it back."""
        name = secrets.token_urlsafe(16)
        with self._lock:
            self._held[name] = time.monotonic(), entry
            while len(self._held) > self._settings.kept_pastes:
                self._held.popitem(last=False)
        return name

    def get(self, name: str) -> Entry | None:
        """Return a text that is still held."""
        with self._lock:
            held = self._held.get(name)
            if held and time.monotonic() - held[0] > self._settings.paste_lifetime:
                del self._held[name]
                held = None
        return held[1] if held else None


class Memo:
    """Answers that may be somewhat old. What takes long is made anew in the background."""

    def __init__(self, seconds: float = 30.0, patience: float = 0.05) -> None:
        self._seconds, self._patience = seconds, patience
        self._known: dict[str, _Answer] = {}
        self._making: dict[str, Future[_Answer]] = {}
        self._lock = threading.Lock()
        self._worker: ThreadPoolExecutor | None = None

    def get(self, key: str, make: Callable[[], Value]) -> Value:
        """Return what is known under `key`, made anew when it is too old."""
        found = self._known.get(key)
        if found is None or found.is_old():
            found = self._keep(key, self._make(make))
        return cast(Value, found.value)

    def later(self, key: str, make: Callable[[], Value]) -> Value | None:
        """Return what is known, an old answer while a new one is made; None if there is none yet.

        What the making raises is raised when it is next asked for.
        """
        found = self._known.get(key)
        if found is None or found.is_old():
            with self._lock:
                self._worker = self._worker or ThreadPoolExecutor(2, "kawat-memo")
                future = self._making.get(key) or self._worker.submit(self._make, make)
                self._making[key] = future
            with suppress(TimeoutError):
                found = self._keep(key, future.result(self._patience))
            if future.done():
                self._making.pop(key, None)
        return cast(Value, found.value) if found else None

    def _make(self, make: Callable[[], object]) -> "_Answer":
        """An answer that took long holds longer."""
        begun = time.monotonic()
        value = make()
        now = time.monotonic()
        return _Answer(value, now + max(self._seconds, COSTLY * (now - begun)))

    def _keep(self, key: str, answer: "_Answer") -> "_Answer":
        if len(self._known) > MOST_ANSWERS:
            self._known.clear()
        self._known[key] = answer
        return answer

    def clear(self) -> None:
        """Take every answer for old: the store has changed."""
        for answer in tuple(self._known.values()):
            answer.until = 0.0

    def close(self) -> None:
        """Stop making answers."""
        with self._lock:
            if self._worker:
                self._worker.shutdown(cancel_futures=True)
            self._worker = None
            self._making.clear()


@dataclass(slots=True)
class _Answer:
    value: object
    until: float

    def is_old(self) -> bool:
        return time.monotonic() > self.until


@dataclass(slots=True)
class Desk:
    """What all views share."""

    store: Store
    settings: Settings
    coder: Coder
    sessions: Sessions
    requests: Limiter
    pastes_limit: Limiter
    sign_ins: Limiter
    pastes: Pastes
    memo: Memo = field(default_factory=Memo)


def desk_of(request: Request) -> Desk:
    """Return what the views of this application share."""
    return cast(Desk, request.app.state.desk)
