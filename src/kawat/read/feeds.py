"""Read a feed (RSS or Atom) into the addresses of its articles."""

import calendar
import io
from dataclasses import dataclass
from datetime import UTC, datetime
from time import struct_time
from typing import Any
from urllib.parse import urljoin

from kawat.errors import InputError

MAX_ENTRIES = 500
"""Entries of one feed that are looked at: the newest stand first."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An article that a feed names. `published` is ISO 8601 in UTC, or ""."""

    url: str
    title: str
    published: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: `left_out` counts entries without an address of a page."""

    title: str
    entries: tuple[FeedEntry, ...]
    left_out: int


def read_feed(body: bytes, url: str) -> Feed:
    """Return the entries of a feed, also of one that is broken further down.

    Raises:
        InputError: nothing in it can be read as a feed.
    """
    import feedparser  # noqa: PLC0415  (a quarter of a second, and most runs read no feed)

    # a stream: a text that is an address or a path would be opened
    found = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    if not found.version and not found.entries:
        reason = str(found.get("bozo_exception", "")).split("\n", 1)[0] or "no RSS or Atom"
        raise InputError(url, f"no feed that can be read: {reason[:200]}")
    entries = [_entry(e, url) for e in found.entries[:MAX_ENTRIES]]
    kept = {e.url: e for e in reversed(entries) if e is not None}
    title = str(found.feed.get("title", ""))[:300]
    return Feed(title, tuple(reversed(kept.values())), sum(e is None for e in entries))


def _entry(entry: Any, base: str) -> FeedEntry | None:
    link = str(entry.get("link") or "").strip()
    url = urljoin(base, link) if link else ""
    if not url.startswith(("http://", "https://")):
        return None
    return FeedEntry(url.partition("#")[0], str(entry.get("title", ""))[:300], _time(entry))


def _time(entry: Any) -> str:
    parsed = entry.get("published_parsed")
    if not isinstance(parsed, struct_time):
        return ""
    try:
        moment = datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (OverflowError, ValueError, OSError):
        return ""
    return moment.isoformat(timespec="seconds")
