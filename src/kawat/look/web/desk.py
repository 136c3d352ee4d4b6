"""What all views share: the store, the settings, sessions, limits and texts that are not kept."""

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from starlette.requests import Request

from kawat.look.web.coder import Coder
from kawat.look.web.sessions import Limiter, Sessions
from kawat.look.web.settings import Settings
from kawat.store import Entry, Store

Value = TypeVar("Value")
MOST_ANSWERS = 200


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
    """Answers that may be some seconds old. What takes long is made anew in the background."""

    def __init__(self, seconds: float = 30.0, patience: float = 0.05) -> None:
        self._seconds, self._patience = seconds, patience
        self._known: dict[str, tuple[float, object]] = {}
        self._making: dict[str, Future[Any]] = {}
        self._lock = threading.Lock()
        self._worker: ThreadPoolExecutor | None = None

    def get(self, key: str, make: Callable[[], Value]) -> Value:
        """Return what is known under `key`, made anew when it is too old."""
        found = self._known.get(key)
        now = time.monotonic()
        if found is None or now - found[0] > self._seconds:
            if len(self._known) > MOST_ANSWERS:
                self._known.clear()
            found = now, make()
            self._known[key] = found
        return cast(Value, found[1])

    def later(self, key: str, make: Callable[[], Value]) -> Value | None:
        """Return what is known, an old answer while a new one is made; None if there is none yet.

        What the making raises is raised when it is next asked for.
        """
        found = self._known.get(key)
        if found is None or time.monotonic() - found[0] > self._seconds:
            with self._lock:
                self._worker = self._worker or ThreadPoolExecutor(1, "kawat-memo")
                future = self._making.get(key) or self._worker.submit(make)
                self._making[key] = future
            with suppress(TimeoutError):
                answer = future.result(self._patience)
                found = self._known[key] = time.monotonic(), answer
            if future.done():
                self._making.pop(key, None)
        return cast(Value, found[1]) if found else None

    def clear(self) -> None:
        """Forget everything: the store has changed."""
        self._known.clear()

    def close(self) -> None:
        """Stop making answers."""
        with self._lock:
            if self._worker:
                self._worker.shutdown(cancel_futures=True)
            self._worker = None
            self._making.clear()


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
