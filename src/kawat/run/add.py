"""Code what is new and put it into a store."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib.metadata import version
from itertools import islice
from urllib.parse import urlsplit

from kawat.errors import InputError
from kawat.lang import load_common
from kawat.merge.outlets import resolve_outlet
from kawat.model import Article
from kawat.read import Skipped, read_paths
from kawat.run.pages import fetch_article
from kawat.run.steps import BATCH, Coded, code_batches
from kawat.store import Change, Entry, Known, Outlet, Store

Item = Article | InputError | Skipped
OnItem = Callable[[Coded | InputError | Skipped], None]


def add_paths(
    store: Store, paths: Iterable[str], *, language: str | None = None,
    published: str | None = None, on_item: OnItem | None = None,
) -> Counter[str]:  # fmt: skip
    """Read files, folders, addresses or `-`, code what the store does not have, and add it.

    Article by article of a batch or none: a run that was stopped is completed by the same call.
    What cannot be read is kept with its reason, and handed to `on_item` as it comes, as every
    coded article is.

    Raises:
        StoreError: the store cannot be written.
    """
    sources = list(paths)
    settings = {"paths": sources, "language": language, "published": published}
    run = store.start_run("add", version("kawat"), settings)
    items = _read_sources(store, sources, language, published)
    counts = add_items(store, run, items, on_item)
    store.end_run(run, counts)
    return counts


def _read_sources(
    store: Store, sources: Iterable[str], language: str | None, published: str | None
) -> Iterator[Item]:
    """What files and addresses hold, in order; an error in the place of what it is about."""
    for source in sources:
        if not source.startswith(("http://", "https://")):
            yield from read_paths([source], language=language, published=published)
            continue
        try:
            yield fetch_article(source, hosts=store, language=language, published=published)
        except InputError as error:
            yield error


def add_items(
    store: Store, run: int, items: Iterable[Item], on_item: OnItem | None = None
) -> Counter[str]:
    """Code the articles of a stream that are new or changed, and add them; return the counts."""
    counts: Counter[str] = Counter()
    coded = code_batches(_new_only(store, items, counts))
    while batch := list(islice(coded, BATCH)):
        entries = [make_entry(item) for item in batch if isinstance(item, Coded)]
        _count(counts, store.add(entries, run))
        failed = [i for i in batch if not isinstance(i, Coded)]
        store.add_failures(run, [(i.source, i.reason) for i in failed])
        counts["not read"] += sum(isinstance(i, InputError) for i in failed)
        counts["skipped"] += sum(isinstance(i, Skipped) for i in failed)
        if on_item:
            for item in batch:
                on_item(item)
    return counts


def _count(counts: Counter[str], change: Change) -> None:
    for name in ("articles", "versions", "same", "reports", "statements", "retired", "held"):
        counts[name] += getattr(change, name)


def _new_only(store: Store, items: Iterable[Item], counts: Counter[str]) -> Iterator[Item]:
    """Leave out what the store has already: nothing is coded for nothing."""
    stream = iter(items)
    while chunk := list(islice(stream, BATCH)):
        articles = [make_storable(i) for i in chunk if isinstance(i, Article)]
        placed = iter(store.place(articles))
        for item in chunk:
            if not isinstance(item, Article):
                yield item
                continue
            article, known = next(placed)
            if known == "same":
                counts["same"] += 1
            else:
                yield article


def place_one(store: Store, article: Article) -> tuple[Article, Known]:
    """Return an article as it may go into a store, and whether it is new, changed or the same."""
    return store.place([make_storable(article)])[0]


def make_entry(coded: Coded) -> Entry:
    """Return a coded article as it goes into a store."""
    left_out = {"sentences without act and party": coded.without_candidate, **coded.dropped}
    outlet = outlet_of(coded.article)
    return Entry(coded.article, coded.reports, coded.statements, outlet, left_out)


def make_storable(article: Article) -> Article:
    """Return the article as a store keeps it.

    The outlet of its address is its publisher where it names none. NUL, which PostgreSQL cannot
    keep, becomes U+FFFD: no offset moves.
    """
    named = ("text", "title", "author", "publisher", "url")
    fields = {name: getattr(article, name) for name in named}
    if any("\0" in value for value in fields.values()):
        article = replace(article, **{n: v.replace("\0", "\ufffd") for n, v in fields.items()})
    host = _host(article)
    if article.publisher or not host:
        return article
    row = load_common().outlets.get(resolve_outlet(host))
    return replace(article, publisher=row.name if row else host)


def outlet_of(article: Article) -> Outlet | None:
    """Return the outlet that an article names, or that its address belongs to."""
    name = article.publisher or _host(article)
    if not name:
        return None
    outlets = load_common().outlets
    key = resolve_outlet(name)
    if key not in outlets and resolve_outlet(_host(article)) in outlets:
        key = resolve_outlet(_host(article))
    row = outlets.get(key)
    return Outlet(key, row.name, row.country, row.control) if row else Outlet(key, name)


def _host(article: Article) -> str:
    return (urlsplit(article.url).hostname or "").removeprefix("www.")
