"""Bring another data set into a store."""

from collections import Counter
from collections.abc import Callable, Iterable
from importlib.metadata import version
from itertools import islice

from kawat.errors import InputError
from kawat.model import ForeignEvent
from kawat.read.foreign import read_foreign
from kawat.store import Store

BATCH = 5000


def import_events(
    store: Store, format_: str, paths: Iterable[str], name: str = "",
    on_error: Callable[[InputError], None] | None = None,
) -> Counter[str]:  # fmt: skip
    """Add the events of files under the name of a data set; what is there already adds nothing.

    Raises:
        InputError: a file cannot be read, or is in another format.
        StoreError: the store cannot be written.
    """
    counts: Counter[str] = Counter()
    sources = list(paths)
    settings = {"format": format_, "paths": sources, "name": name or format_}
    run = store.start_run("import", version("kawat"), settings)
    for path in sources:
        rows = iter(read_foreign(path, format_, name or format_))
        while batch := list(islice(rows, BATCH)):
            events = [e for e in batch if isinstance(e, ForeignEvent)]
            counts["events"] += (added := store.add_foreign(events))
            counts["there before"] += len(events) - added
            failed = [e for e in batch if isinstance(e, InputError)]
            counts["not read"] += len(failed)
            store.add_failures(run, [(e.source, e.reason) for e in failed])
            if on_error:
                for error in failed:
                    on_error(error)
    store.end_run(run, counts)
    return counts
