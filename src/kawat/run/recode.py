"""Code the articles of a store again with this version of kawat."""

from collections import Counter
from dataclasses import replace
from importlib.metadata import version

from kawat.errors import InputError
from kawat.model import Article, Published
from kawat.run.add import OnItem, make_entry
from kawat.run.steps import BATCH, Coded, code_batches
from kawat.store import Store


def recode_store(
    store: Store, *, everything: bool = False, on_item: OnItem | None = None
) -> Counter[str]:
    """Code again the articles that another version coded last; with `everything`, all of them.

    What persons judged stays. A run that was stopped goes on where it was.

    Raises:
        StoreError: the store cannot be written.
    """
    coder = version("kawat")
    run = store.start_run("recode", coder, {"everything": everything})
    counts: Counter[str] = Counter()
    after = 0
    while batch := store.articles_after(after, limit=BATCH, not_coder="" if everything else coder):
        after = batch[-1][0]
        coded = list(code_batches(_as_read(article) for _, article in batch))
        change = store.recode([make_entry(c) for c in coded if isinstance(c, Coded)], run, coder)
        failed = [c for c in coded if isinstance(c, InputError)]
        store.add_failures(run, [(c.source, c.reason) for c in failed])
        counts["articles"] += len(batch) - len(failed)
        counts["not read"] += len(failed)
        for name in ("reports", "retired", "held", "statements"):
            counts[name] += getattr(change, name)
        if on_item:
            for item in coded:
                on_item(item)
    store.end_run(run, counts)
    return counts


def _as_read(article: Article) -> Article:
    """Without what kawat inferred the last time. The language and the layout are kept."""
    if article.published.how != "inferred":
        return article
    return replace(article, published=Published())
