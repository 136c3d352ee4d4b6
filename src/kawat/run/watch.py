"""Watch feeds: ask each when it is due, fetch the pages that it names once, code and keep them.

All state is in the store, so that a run that was stopped goes on where it was.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import msgspec

from kawat.errors import InputError, LanguageError
from kawat.read.feeds import read_feed
from kawat.read.fetch import AGENT, FetchError, Limits
from kawat.run.add import make_entry, place_one
from kawat.run.merge_store import merge_store
from kawat.run.pages import read_page
from kawat.run.steps import code_one
from kawat.run.visit import TooEarlyError, Visitor, read_time, utc_now, write_time
from kawat.store import FeedState, PageState, Store

TRIES = 4
"""Times that a page is asked for before it counts as failed."""
BACK_OFF = timedelta(minutes=10)
"""Wait after the first failure; it doubles with each further one, up to a day."""
LONGEST = timedelta(days=1)
BATCH = 20
"""Pages that are fetched before feeds are looked at again."""
Tell = Callable[[str], None]


class FeedSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One feed. Publisher and language help where its pages are silent."""

    url: str
    publisher: str = ""
    language: str = ""


class WatchSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How feeds are watched: seconds between visits of a feed and between requests to a host."""

    every: float = 900.0
    delay: float = 2.0
    seconds: float = 20.0
    max_bytes: int = 2_000_000
    redirects: int = 5
    allow_private: bool = False
    agent: str = AGENT


class WatchFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file that names feeds (TOML): a table `settings`, and a list `feed`."""

    feed: tuple[FeedSettings, ...]
    settings: WatchSettings = WatchSettings()


@dataclass(slots=True)
class _Watch:
    """What a round needs."""

    store: Store
    visitor: Visitor
    settings: WatchSettings
    feeds: dict[str, FeedSettings]
    run: int
    counts: Counter[str]
    tell: Tell


def read_settings(path: str) -> WatchFile:
    """Return the settings of a feeds file.

    Raises:
        InputError: it cannot be read, or has a field that is unknown or wrong.
    """
    try:
        return msgspec.toml.decode(Path(path).read_bytes(), type=WatchFile)
    except OSError as error:
        raise InputError(path, error.strerror or "cannot be read", "check the path") from None
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError) as error:
        raise InputError(path, str(error), "see docs/watch.md") from None


def watch(
    store: Store, file: WatchFile, *, rounds: int | None = None, tell: Tell = lambda _: None,
    sleep: Callable[[float], None] = time.sleep,
) -> Counter[str]:  # fmt: skip
    """Watch feeds for some rounds, or until interrupted; return what was counted.

    A round asks every feed that is due, fetches the pages that wait, and merges what is new. One
    feed or page that fails stops no other: the reason is kept and told.

    Raises:
        StoreError: the store cannot be written.
    """
    s = file.settings
    limits = Limits(s.seconds, s.max_bytes, s.redirects, s.allow_private, s.agent)
    feeds = {feed.url: feed for feed in file.feed}
    run = store.start_run("watch", version("kawat"), {"feeds": list(feeds)})
    visitor = Visitor(store, limits, s.delay, sleep)
    state = _Watch(store, visitor, s, feeds, run, Counter(), tell)
    done = 0
    while rounds is None or done < rounds:
        _round(state)
        done += 1
        if rounds is None or done < rounds:
            sleep(_until_due(state))
    store.end_run(run, state.counts)
    return state.counts


def _round(state: _Watch) -> None:
    known = {f.url: f for f in state.store.feeds(state.feeds)}
    for url in state.feeds:
        feed = known.get(url, FeedState(url))
        if feed.next <= write_time(utc_now()):
            _visit_feed(state, feed)
    while pages := state.store.due_pages(write_time(utc_now()), BATCH):
        for page in pages:
            _visit_page(state, page)
    merge_store(state.store)


def _visit_feed(state: _Watch, feed: FeedState) -> None:
    """Ask a feed for what is new; one that fails is asked again later and later."""
    moment = utc_now()
    try:
        answer = state.visitor.get(feed.url, etag=feed.etag, modified=feed.modified)
        if answer.status not in {200, 304}:
            raise FetchError(feed.url, f"status {answer.status}")
        found = read_feed(answer.body, feed.url) if answer.status == 200 else None
    except InputError as error:
        _fail_feed(state, feed, error, moment)
        return
    state.counts["feeds"] += 1
    later = write_time(moment + timedelta(seconds=state.settings.every))
    ok = replace(feed, checked=write_time(moment), next=later, tries=0, problem="")
    if found is None:
        state.counts["feeds unchanged"] += 1
        state.store.keep_feed(ok)
        return
    ok = replace(ok, title=found.title, etag=answer.etag, modified=answer.modified)
    at = write_time(moment)
    pages = [PageState(e.url, feed.url, "queued", e.published, at, at) for e in found.entries]
    state.counts["pages found"] += state.store.keep_feed(ok, pages)
    state.counts["entries without a page"] += found.left_out


def _fail_feed(state: _Watch, feed: FeedState, error: InputError, moment: datetime) -> None:
    tries = feed.tries + 1
    wait = max(_back_off(tries), timedelta(seconds=state.settings.every))
    later = error.until if isinstance(error, TooEarlyError) else write_time(moment + wait)
    failed = replace(
        feed, checked=write_time(moment), next=later, tries=tries, problem=error.reason
    )
    state.store.keep_feed(failed)
    state.store.add_failures(state.run, [(feed.url, error.reason)])
    state.counts["feeds not read"] += 1
    state.tell(str(error))


def _back_off(tries: int) -> timedelta:
    return min(BACK_OFF * (1 << min(tries - 1, 10)), LONGEST)


def _visit_page(state: _Watch, page: PageState) -> None:
    """Fetch a page, code its article and keep it, all in one step or none."""
    feed = state.feeds.get(page.feed or "", FeedSettings(""))
    try:
        answer = state.visitor.get(page.url)
        article = read_page(
            answer, page.url, language=feed.language, published=page.published or None,
            publisher=feed.publisher,
        )  # fmt: skip
        article, known = place_one(state.store, article)
        coded = None if known == "same" else code_one(article)
    except TooEarlyError as error:
        state.store.keep_pages([replace(page, next=error.until)], state.run)
        state.counts["pages put off"] += 1
        return
    except InputError as error:
        _fail_page(state, page, error)
        return
    done = replace(page, state="done", article=article.id, problem="")
    change = state.store.add([make_entry(coded)] if coded else [], state.run, pages=[done])
    state.counts["pages"] += 1
    for name in ("articles", "versions", "reports", "statements"):
        state.counts[name] += getattr(change, name)


def _fail_page(state: _Watch, page: PageState, error: InputError) -> None:
    tries = page.tries + 1
    lasting = not isinstance(error, FetchError) or error.lasting or isinstance(error, LanguageError)
    if lasting or tries >= TRIES:
        failed = replace(page, state="failed", tries=tries, problem=error.reason)
        state.store.keep_pages([failed], state.run, [(page.url, error.reason)])
        state.counts["pages not read"] += 1
        state.tell(str(error))
        return
    later = write_time(utc_now() + _back_off(tries))
    waiting = replace(page, tries=tries, next=later, problem=error.reason)
    state.store.keep_pages([waiting], state.run)
    state.counts["pages put off"] += 1


def _until_due(state: _Watch) -> float:
    """Seconds until the next feed or page is due, at least one."""
    known = {f.url: f.next for f in state.store.feeds(state.feeds)}
    times = [known.get(url, "") for url in state.feeds]
    waiting = state.store.next_page()
    due = min([t for t in (*times, waiting) if t], default="")
    if not due:
        return state.settings.every
    return max(1.0, (read_time(due) - utc_now()).total_seconds())
