"""Language packs: `load("id")` gives every table of a language, read and checked."""

from kawat.lang.pack import Pack, languages, load

__all__ = ["Pack", "languages", "load"]
