"""Open a store with what it must know of event types."""

from pathlib import Path

from kawat.lang import load_common
from kawat.store import Store


def open_store(place: str | Path, *, read_only: bool = False) -> Store:
    """Open a store; it is made if it is not there yet. docs/store.md is its manual.

    `place` is the path of a file (SQLite) or `postgresql://user@host/database`. The store closes
    at the end of a `with` block, or by `close()`.

    Raises:
        StoreError: it cannot be opened, or a newer version of kawat made it.
    """
    return Store(place, read_only=read_only, scores=load_common().scores)
