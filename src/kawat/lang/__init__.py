"""Language packs: `load("id")` gives every table of a language, read and checked."""

from kawat.lang.common import (
    Common,
    load_common,
    load_outlet_aliases,
    load_reporting,
    load_wording,
)
from kawat.lang.pack import Pack, languages, load

__all__ = [
    "Common",
    "Pack",
    "languages",
    "load",
    "load_common",
    "load_outlet_aliases",
    "load_reporting",
    "load_wording",
]
