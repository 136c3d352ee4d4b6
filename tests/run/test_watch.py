"""Watching feeds of a server that does its worst."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kawat.errors import InputError, KawatError
from kawat.read.fetch import FetchError, Limits, fetch
from kawat.run import add_paths, fetch_article, open_store, read_settings, watch
from kawat.run.visit import TooEarlyError
from kawat.run.watch import FeedSettings, WatchFile, WatchSettings
from kawat.store import Store
from tests.run.feed_server import Server, serving

OPEN = Limits(allow_private=True, seconds=0.5)


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def server(running: Server) -> Server:
    running.asked.clear()
    running.links, running.changed = ["/a1", "/a2"], ""
    return running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "kawat.db") as opened:
        yield opened


def watch_once(store: Store, *urls: str, **settings: Any) -> dict[str, int]:
    chosen = WatchSettings(
        **{"allow_private": True, "delay": 0, "every": 0, "seconds": 2} | settings
    )
    file = WatchFile(tuple(FeedSettings(u, language="id") for u in urls), chosen)
    return dict(watch(store, file, rounds=1))


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("slow", "took longer"), ("slow-head", "took longer"), ("short", "cannot be fetched"),
        ("long", "larger than 2 MB"), ("endless-head", "cannot be|more is sent|took"),
        ("bad-length", "cannot be fetched"),
        ("bomb", "larger than 2 MB"), ("bad-gzip", "broken gzip"), ("cut-gzip", "ends early"),
        ("brotli", "not asked for"), ("loop", "redirect loop"), ("chain", "5 redirects"),
        ("to-file", "no http address"), ("hang-up", "cannot be fetched"),
    ],
)  # fmt: skip
def test_bounds(server: Server, path: str, reason: str) -> None:
    with pytest.raises(FetchError, match=reason):
        fetch(f"{server.url}/{path}", OPEN)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://x.id/y", "file:///etc/passwd", "http://", "http://user:word@x.id/", "nonsense",
        "http://x.id:99999/", "http://[::1", "http://\u0000/",
    ],
)  # fmt: skip
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(FetchError) as error:
        fetch(url, Limits())
    assert error.value.lasting


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "169.254.169.254",  # noqa: S104
     "10.1.1.1", "[64:ff9b::7f00:1]", "2130706433"],
)  # fmt: skip
def test_private_addresses_are_refused(server: Server, host: str) -> None:
    port = server.url.rpartition(":")[2]
    with pytest.raises(FetchError, match="not a public address"):
        fetch(f"http://{host}:{port}/a1", Limits())
    assert not server.asked


def test_a_public_name_of_a_private_address_is_refused(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(server.url.rpartition(":")[2])
    private = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: private)
    with pytest.raises(FetchError, match="not a public address"):
        fetch(f"http://contoh.id:{port}/a1", Limits())


def test_one_address(server: Server) -> None:
    article = fetch_article(f"{server.url}/packed", limits=OPEN)
    assert article.title == "Berita"
    assert article.publisher == "Harian Uji"
    assert article.published.edtf == "2022-08-16T10:00:00+07:00"
    assert fetch_article(f"{server.url}/moved", limits=OPEN).url == f"{server.url}/a1"
    assert fetch_article(f"{server.url}/latin", limits=OPEN).title == "Erdoğan"
    other = fetch_article(f"{server.url}/canonical", limits=OPEN)
    assert other.url == f"{server.url}/canonical", "a page does not speak for another host"
    for path, reason in {
        "private": "robots.txt", "to-private": "robots.txt", "pdf": "application/pdf",
        "empty": "no article", "missing": "404",
    }.items():  # fmt: skip
        with pytest.raises(InputError, match=reason):
            fetch_article(f"{server.url}/{path}", limits=OPEN)
    assert not server.asked["/private"]
    with pytest.raises(TooEarlyError):
        fetch_article(f"{server.url}/busy", limits=OPEN)


def test_watch_goes_on_where_it_was(server: Server, store: Store) -> None:
    feed = f"{server.url}/feed"
    first = watch_once(store, feed)
    assert (first["feeds"], first["pages found"], first["articles"]) == (1, 2, 2)
    assert store.events().items[0].documents == 2, "the pages are near-copies"
    again = watch_once(store, feed)
    assert (again["feeds unchanged"], again.get("pages", 0)) == (1, 0)
    server.links.append("/a3")
    third = watch_once(store, feed)
    assert (third["pages found"], third["articles"]) == (1, 1)
    assert server.asked["/a1"] == 1, "a page is fetched once"
    assert server.asked["/robots.txt"] == 1, "robots.txt holds for a day"
    assert [p.state for p in store.pages("done")] == ["done"] * 3
    (article,) = store.article(store.pages("done")[0].article)
    assert article.outlet is not None
    assert article.outlet.name == "Harian Uji"
    assert store.check() == []


def test_bad_feeds_stop_no_other(server: Server, store: Store) -> None:
    names = ("no-feed", "slow", "missing", "bomb", "down", "broken-feed", "odd-feed", "entities")
    counts = watch_once(store, *(f"{server.url}/{n}" for n in (*names, "feed")), seconds=0.4)
    assert counts["feeds not read"] == 5
    assert counts["feeds"] == 4
    assert counts["entries without a page"] == 5
    assert counts["articles"] == 3
    problems = {f.url.rpartition("/")[2]: f.problem for f in store.feeds() if f.problem}
    assert set(problems) == set(names[:5])
    assert {f.source.rpartition("/")[2] for f in store.failures()} == set(names[:5])
    again = watch_once(store, f"{server.url}/down")
    assert not again, "one that failed is asked later"


def test_bad_pages(server: Server, store: Store) -> None:
    server.links = ["/missing", "/pdf", "/empty", "/flaky", "/private", "/a1", "/loop"]
    counts = watch_once(store, f"{server.url}/feed")
    assert (counts["articles"], counts["pages not read"], counts["pages put off"]) == (1, 5, 1)
    (waiting,) = store.pages("queued")
    assert (waiting.tries, waiting.problem) == (1, "status 502")
    store.keep_pages([type(waiting)(waiting.url, waiting.feed)], 1)
    assert watch_once(store, f"{server.url}/feed")["articles"] == 1


def test_a_busy_host_is_left_alone(server: Server, store: Store) -> None:
    server.links = ["/busy", "/z1"]
    counts = watch_once(store, f"{server.url}/feed")
    assert counts["pages put off"] == 2, "the whole host"
    assert server.asked["/z1"] == 0
    assert watch_once(store, f"{server.url}/feed")["feeds not read"] == 1


def test_politeness(server: Server, store: Store) -> None:
    pauses: list[float] = []
    file = WatchFile(
        (FeedSettings(f"{server.url}/feed"),), WatchSettings(allow_private=True, delay=5)
    )
    watch(store, file, rounds=1, sleep=pauses.append)
    assert len(pauses) == 2, "before each page, after the feed"
    assert all(4 < p <= 5 for p in pauses)


def test_add_an_address(server: Server, store: Store) -> None:
    counts = add_paths(store, [f"{server.url}/a1"])
    assert counts["not read"] == 1
    assert "not a public address" in store.failures()[0].reason


@pytest.mark.parametrize(
    "text", ["", "feed = 1", "[[feed]]\nurl = 1", "[[feed]]\nurl='x'\ncolour='red'", "[["]
)
def test_settings_that_are_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(text)
    with pytest.raises(KawatError, match=r"feeds\.toml"):
        read_settings(str(path))
    with pytest.raises(KawatError, match="No such file"):
        read_settings(str(tmp_path / "no.toml"))
