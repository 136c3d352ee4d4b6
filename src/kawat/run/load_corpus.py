"""Bring a coded corpus, and what was judged of it, into a store."""

from collections import Counter
from collections.abc import Callable
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from kawat.run.add import outlet_of
from kawat.run.coded_files import FromFiles, rename, shard_names
from kawat.run.merge_corpus import (
    each_kept,
    know_articles,
    read_judgements,
    settle_articles,
)
from kawat.run.merge_store import merge_store
from kawat.store import Entry, Store

AT_ONCE = 200
"""Articles of one transaction."""


def load_corpus(
    store: Store, folder: Path, on_articles: Callable[[int], None] | None = None
) -> Counter[str]:
    """Add a corpus that `kawat code --executor` wrote to a store; return the counts.

    Of several articles at one address the last is taken.

    Judgements of `kawat merge` are taken over if the store holds nothing else, for they say nothing
    of other articles; else all is judged here. A run that was stopped is completed by the same
    call.

    Raises:
        InputError: `folder` holds no corpus.
        StoreError: the store cannot be written.
    """
    names = shard_names(folder)
    counts: Counter[str] = Counter()
    run = store.start_run("add", version("kawat"), {"folder": str(folder)})
    renamed = settle_articles(know_articles(folder, name) for name in names)
    every = (found for name in names for found in each_kept(folder, name, renamed[name]))
    kept = 0
    while batch := list(islice(every, AT_ONCE)):
        _add(store, run, batch, counts)
        kept += len(batch)
        if on_articles:
            on_articles(len(batch))
    store.end_run(run, counts)
    alone = store.counts()["articles"] == kept
    merged = merge_store(store, judged=read_judgements(folder) if alone else ())
    counts.update({"copies": merged["copies"], "pairs of one event": merged["same"]})
    return counts


def _add(store: Store, run: int, batch: list[FromFiles], counts: Counter[str]) -> None:
    entries = []
    for found, (article, known) in zip(
        batch, store.place([f.article for f in batch]), strict=True
    ):  # fmt: skip
        if known == "same":
            counts["same"] += 1
            continue
        own = rename(found, article.id)
        entries.append(
            Entry(own.article, own.reports, own.statements, outlet_of(article), own.left_out)
        )
    change = store.add(entries, run)
    for name in ("articles", "versions", "same", "reports", "statements", "retired", "held"):
        counts[name] += getattr(change, name)
