"""Language packs: `load("id")` gives every table of a language, read and checked."""

from kawat.lang.common import (
    Common,
    load_common,
    load_outlet_aliases,
    load_reporting,
    load_wording,
)
from kawat.lang.pack import Labels, Pack, languages, load, read_labels

__all__ = [
    "Common",
    "Labels",
    "Pack",
    "languages",
    "load",
    "load_common",
    "load_outlet_aliases",
    "load_reporting",
    "load_wording",
    "read_labels",
]
