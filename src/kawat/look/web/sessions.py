"""Who is asking: sessions that end, signed form tokens, and limits by address."""

import hashlib
import hmac
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from kawat.look.web.settings import Settings

MOST_SESSIONS = 10_000
MOST_ADDRESSES = 10_000
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is asking. `session` is empty where no cookie came."""

    name: str
    session: str
    may_read: bool
    may_review: bool
    signed_in: bool = False


@dataclass(slots=True)
class _Session:
    name: str
    may_review: bool
    begun: float
    seen: float


class Sessions:
    """The sessions of those who signed in, in memory: a server that stops ends them all."""

    def __init__(self, settings: Settings, clock: Clock = time.monotonic) -> None:
        self._settings, self._clock = settings, clock
        self._secret = secrets.token_bytes(32)
        self._sessions: OrderedDict[str, _Session] = OrderedDict()

    def visitor(self, session: str) -> Visitor:
        """Return who has a session; where nobody must sign in, the reviewer of the settings."""
        settings = self._settings
        if settings.is_open:
            return Visitor(settings.reviewer, session, may_read=True, may_review=True)
        found = self._sessions.get(session)
        now = self._clock()
        if found and self._has_ended(found, now):
            del self._sessions[session]
            found = None
        if found is None:
            return Visitor("", session, may_read=False, may_review=False)
        found.seen = now
        return Visitor(found.name, session, True, found.may_review, signed_in=True)

    def _has_ended(self, session: _Session, now: float) -> bool:
        settings = self._settings
        idle, age = now - session.seen, now - session.begun
        return idle > settings.idle_seconds or age > settings.session_seconds

    def bearer(self, token: str) -> Visitor | None:
        """Return the visitor of an access token."""
        if not self._settings.token or not _same(token, self._settings.token):
            return None
        return Visitor("", "", may_read=True, may_review=False)

    def sign_in(self, name: str, password: str, token: str) -> str | None:
        """Return a new session, None where name and password, or token, are not known."""
        if token and self.bearer(token):
            return self._begin("", may_review=False)
        user = self._settings.users.get(name)
        known = _verify(user.password if user else _unknown_user(), password)
        if user is None or not known:
            return None
        return self._begin(user.name, may_review=user.may_review)

    def _begin(self, name: str, *, may_review: bool) -> str:
        session, now = new_session(), self._clock()
        self._sessions[session] = _Session(name, may_review, now, now)
        while len(self._sessions) > MOST_SESSIONS:
            self._sessions.popitem(last=False)
        return session

    def sign_out(self, session: str) -> None:
        """End a session."""
        self._sessions.pop(session, None)

    def form_token(self, session: str) -> str:
        """Return a token that only a form of this session can carry; another one each time."""
        salt = secrets.token_hex(8)
        return f"{salt}.{self._sign(salt, session)}"

    def is_form_token(self, token: str, session: str) -> bool:
        """Whether a form of this session carried the token."""
        salt, _, signature = token.partition(".")
        return bool(session) and _same(signature, self._sign(salt, session))

    def _sign(self, salt: str, session: str) -> str:
        return hmac.new(self._secret, f"{salt}\n{session}".encode(), hashlib.sha256).hexdigest()


def new_session() -> str:
    """Return the secret name of a new session."""
    return secrets.token_urlsafe(24)


def hash_password(password: str) -> str:
    """Return the argon2 hash that a user list holds."""
    return PasswordHasher().hash(password)


@cache
def _unknown_user() -> str:
    """Takes as long to check as any other: time does not tell which names exist."""
    return hash_password(secrets.token_hex(16))


def _verify(hashed: str, password: str) -> bool:
    try:
        return PasswordHasher().verify(hashed, password)
    except (Argon2Error, InvalidHashError):
        return False


def _same(left: str, right: str) -> bool:
    return hmac.compare_digest(left.encode(), right.encode())


class Limiter:
    """So many requests a minute from one address, saved up for as long as a minute."""

    def __init__(self, a_minute: int, clock: Clock = time.monotonic) -> None:
        self._most, self._clock = float(a_minute), clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, address: str) -> bool:
        """Whether the address may go on; it has one request less then."""
        now = self._clock()
        left, then = self._left.pop(address, (self._most, now))
        left = min(self._most, left + (now - then) * self._most / 60)
        allowed = left >= 1
        self._left[address] = (left - 1 if allowed else left, now)
        if len(self._left) > MOST_ADDRESSES:
            self._left.popitem(last=False)
        return allowed
