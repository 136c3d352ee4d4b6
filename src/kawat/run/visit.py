"""Ask hosts politely: robots.txt, a pause between requests, and their word on when to come back."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Protocol
from urllib.parse import urlsplit

from protego import Protego

from kawat.read.fetch import Fetched, FetchError, Limits, fetch
from kawat.store import HostState

ROBOTS_HOLD = timedelta(days=1)
ROBOTS_BYTES = 500_000
LONGEST_PAUSE = 30.0
"""Seconds that are waited for a host at most; one that asks for more is asked later."""
LONGEST_WAIT = timedelta(days=1)
"""What a host may ask for with Retry-After."""
_ISO = "%Y-%m-%dT%H:%M:%S.%fZ"


class Hosts(Protocol):
    """Where the state of hosts is kept: a store."""

    def host(self, host: str) -> HostState:
        """Return what is known of a host."""

    def keep_host(self, state: HostState) -> None:
        """Keep what is known of a host."""


class Memory:
    """The state of hosts for one visit only."""

    def __init__(self) -> None:
        self._known: dict[str, HostState] = {}

    def host(self, host: str) -> HostState:
        """Return what is known of a host."""
        return self._known.get(host, HostState(host))

    def keep_host(self, state: HostState) -> None:
        """Keep what is known of a host."""
        self._known[state.host] = state


class TooEarlyError(FetchError):
    """A host has asked to be left alone until `until` (ISO 8601)."""

    def __init__(self, url: str, until: str) -> None:
        super().__init__(url, f"the host asks to come back after {until[:19]}Z")
        self.until = until


@dataclass(slots=True)
class Visitor:
    """Fetches addresses, one after another."""

    hosts: Hosts
    limits: Limits
    delay: float = 2.0
    """Seconds between two requests to one host, more if its robots.txt asks for more."""
    sleep: Callable[[float], None] = time.sleep

    def get(self, url: str, *, etag: str = "", modified: str = "") -> Fetched:
        """Fetch an address as `read.fetch` does, if the host lets us.

        Raises:
            TooEarlyError: the host has asked for a pause that is longer than we wait.
            FetchError: robots.txt forbids it, or it cannot be fetched; also statuses 429 and 503.
        """
        answer = fetch(url, self.limits, etag=etag, modified=modified, before=self._ask_leave)
        if answer.status in {429, 503}:
            until = write_time(utc_now() + _retry_after(answer.retry_after))
            host = _host_of(answer.url)
            self.hosts.keep_host(replace(self.hosts.host(host), next=until))
            raise TooEarlyError(url, until)
        return answer

    def _ask_leave(self, url: str) -> None:
        """Wait for our turn; refuse what robots.txt forbids."""
        host = _host_of(url)
        state = self.hosts.host(host)
        if not state.robots_until or state.robots_until < write_time(utc_now()):
            state = self._read_robots(url, host, state)
        rules = Protego.parse(state.robots)
        if not rules.can_fetch(url, self.limits.agent):
            raise FetchError(url, "robots.txt of the host forbids it", lasting=True)
        asked = rules.crawl_delay(self.limits.agent) or 0.0
        self._wait(url, state, max(self.delay, float(asked)))

    def _read_robots(self, url: str, host: str, state: HostState) -> HostState:
        """Ask for robots.txt: one that is not there allows all, one that cannot be had nothing."""
        self._wait(url, state, 0.0)
        parts = urlsplit(url)
        place = f"{parts.scheme}://{parts.netloc}/robots.txt"
        try:
            answer = fetch(place, replace(self.limits, max_bytes=ROBOTS_BYTES))
        except FetchError as error:
            raise FetchError(url, f"robots.txt: {error.reason}", lasting=error.lasting) from None
        if answer.status == 429 or answer.status >= 500:
            raise FetchError(url, f"robots.txt: status {answer.status}")
        text = answer.body.decode("utf-8", "replace") if answer.status == 200 else ""
        until = write_time(utc_now() + ROBOTS_HOLD)
        state = HostState(host, text.replace("\0", ""), until, state.next)
        self.hosts.keep_host(state)
        return state

    def _wait(self, url: str, state: HostState, delay: float) -> None:
        now = utc_now()
        until = read_time(state.next) if state.next else now
        pause = (until - now).total_seconds()
        if pause > LONGEST_PAUSE:
            raise TooEarlyError(url, state.next)
        if pause > 0:
            self.sleep(pause)
        if delay:
            later = write_time(utc_now() + timedelta(seconds=min(delay, 600.0)))
            self.hosts.keep_host(replace(state, next=later))


def utc_now() -> datetime:
    """Return the time in UTC."""
    return datetime.now(UTC)


def write_time(moment: datetime) -> str:
    """Return a time as the state of watching keeps it: to the microsecond, of one length."""
    return moment.strftime(_ISO)


def read_time(text: str) -> datetime:
    """Return the time of `write_time`."""
    return datetime.strptime(text, _ISO).replace(tzinfo=UTC)


def _host_of(url: str) -> str:
    return urlsplit(url).netloc.lower()


def _retry_after(value: str) -> timedelta:
    """Seconds or a date, within a day; ten minutes where nothing is said."""
    try:
        if value.strip().isdecimal():
            asked = timedelta(seconds=min(int(value[:9]), 10**6))
        else:
            asked = parsedate_to_datetime(value).astimezone(UTC) - utc_now()
    except (ValueError, TypeError, OverflowError):
        asked = timedelta(minutes=10)
    return min(max(asked, timedelta(seconds=1)), LONGEST_WAIT)
