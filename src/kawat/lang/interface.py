"""Words of the web page and of reports, and names of entities, in the language of the reader."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kawat.lang import rows
from kawat.lang.common import load_common
from kawat.lang.tables import read_table

HERE = Path(__file__).parent
FALLBACK = "en"


@dataclass(frozen=True, eq=False)
class Interface:
    """`LANG/interface.toml`, and the names of entities. Compared and hashed by identity."""

    language: str
    words: Mapping[str, Mapping[str, Any]]
    """Sections of the file: `ui` for sentences, one for each closed set of values."""
    names: Mapping[str, str]
    """Names of entities and outlets by id."""

    def say(self, key: str, **values: object) -> str:
        """Return a sentence of the section `ui` with its places filled.

        Raises:
            KeyError: there is no such sentence.
        """
        sentence: str = self.words["ui"][key]
        return sentence.format(**values) if values else sentence

    def label(self, section: str, value: str) -> str:
        """Return the name of a value of a closed set; the value where it has none."""
        return str(self.words[section].get(value, value))

    def name(self, entity: str) -> str:
        """Return the name of an entity or outlet, its id where it has none."""
        return self.names.get(entity, entity)

    def day(self, edtf: str) -> str:
        """Return a plain date (`2022-08-15`, `2022-08`) as people write it; else as it came."""
        parts = edtf.split("-")
        if not 2 <= len(parts) <= 3 or not all(p.isdecimal() for p in parts):
            return edtf
        month = self.words["format"]["months"][int(parts[1]) - 1 if int(parts[1]) <= 12 else 0]
        day = f"{int(parts[2])} " if len(parts) == 3 else ""
        return f"{day}{month} {parts[0]}" if 1 <= int(parts[1]) <= 12 else edtf

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number with the separators of the language."""
        points = self.words["format"]
        text = f"{value:,.{decimals}f}"
        return text.translate({ord(","): points["thousands"], ord("."): points["decimal"]})


@cache
def interface_languages() -> tuple[str, ...]:
    """Return the languages that the interface is written in."""
    return tuple(sorted(path.parent.name for path in HERE.glob("*/interface.toml")))


@cache
def load_interface(language: str) -> Interface:
    """Return the interface in a language, in English where it is not written in it."""
    if language not in interface_languages():
        language = FALLBACK
    words = tomllib.loads((HERE / language / "interface.toml").read_text(encoding="utf-8"))
    common = load_common()
    names = {row.id: row.name for row in common.entities.values()}
    names |= {row.id: row.name for row in common.outlets.values()}
    table = HERE / language / "names.csv"
    if language != FALLBACK and table.is_file():
        seen: set[str] = set()
        for row in read_table(table, "names", rows.NameRow):
            if row.kind == "name" and row.target in names and row.target not in seen:
                names[row.target] = row.alias
                seen.add(row.target)
    return Interface(language, words, names)
