"""Language packs: `load("id")` gives every table of a language, read and checked."""

from kawat.lang.common import (
    Common,
    load_alpha2,
    load_cameo,
    load_cameo_types,
    load_common,
    load_language_codes,
    load_outlet_aliases,
    load_reporting,
    load_state_names,
    load_wording,
)
from kawat.lang.pack import Labels, Pack, languages, load, read_labels

__all__ = [
    "Common",
    "Labels",
    "Pack",
    "languages",
    "load",
    "load_alpha2",
    "load_cameo",
    "load_cameo_types",
    "load_common",
    "load_language_codes",
    "load_outlet_aliases",
    "load_reporting",
    "load_state_names",
    "load_wording",
    "read_labels",
]
