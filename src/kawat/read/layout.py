"""The layout rules of the language packs (`boilerplate.toml`), compiled once."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from kawat.errors import TableError
from kawat.lang import Pack, languages, load
from kawat.model import BlockKind

MAX_LINE = 400
"""Characters of a line that a line rule may judge: what is longer is running text."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of boilerplate.toml, compiled. docs/reading.md explains the flags."""

    name: str
    kind: BlockKind
    pattern: re.Pattern[str]
    rest: bool = False
    headline: bool = False
    weak: bool = False


@dataclass(frozen=True, eq=False, slots=True)
class Layout:
    """The layout rules of one or more languages. Compared by identity, so that it can be cached."""

    lines: tuple[Rule, ...]
    inline: tuple[Rule, ...]
    tails: tuple[Rule, ...]
    datelines: tuple[Rule, ...]
    small_words: frozenset[str]
    """Words that a headline in Title Case leaves small."""
    openers: frozenset[str]
    """Capitalised words that begin a sentence after a headline without a stop."""
    months: dict[str, int]
    zones: dict[str, str]
    halves: dict[str, int]
    """Hours that the half of the day adds on a twelve-hour clock."""

    def match_line(self, line: str) -> tuple[Rule, re.Match[str]] | None:
        """Return the first line rule that matches, with its match."""
        if len(line) > MAX_LINE:
            return None
        for rule in self.lines:
            if match := rule.pattern.match(line):
                return rule, match
        return None

    def match_dateline(self, line: str, *, weak: bool) -> tuple[Rule, re.Match[str]] | None:
        """Return the dateline at the start of a paragraph; weak rules only if asked."""
        for rule in self.datelines:
            if (weak or not rule.weak) and (match := rule.pattern.match(line, 0, 120)):
                return (rule, match) if match.end() < len(line) else None
        return None


@cache
def layout_of(language: str) -> Layout:
    """Return the rules of `language`, or of all packs where it is not known or has none."""
    packs = [load(c) for c in ([language] if language in languages() else languages())]

    def rules(section: str, kind: BlockKind = "body") -> tuple[Rule, ...]:
        return tuple(
            _compile(row, kind, p) for p in packs for row in p.boilerplate.get(section, ())
        )

    headline = [pack.boilerplate.get("headline", {}) for pack in packs]
    return Layout(
        lines=rules("line"), inline=rules("inline"), tails=rules("tail"),
        datelines=rules("dateline", "dateline"),
        small_words=frozenset(w for h in headline for w in h.get("small", ())),
        openers=frozenset(w for h in headline for w in h.get("openers", ())),
        months={name: n for pack in packs for name, n in _months(pack).items()},
        zones={k: v for pack in packs for k, v in pack.boilerplate.get("zones", {}).items()},
        halves={k: v for pack in packs for k, v in pack.boilerplate.get("halves", {}).items()},
    )  # fmt: skip


def _months(pack: Pack) -> dict[str, int]:
    """Return the month names of times.toml (the one copy of them), lower case."""
    values = pack.times.get("classes", {}).get("mon", {}).get("values", {})
    return {name.lower(): int(number) for name, number in values.items()}


def _compile(row: dict[str, Any], kind: BlockKind, pack: Pack) -> Rule:
    file, name = f"{pack.language}/boilerplate.toml", row.get("name", "?")
    months = "|".join(sorted(map(re.escape, _months(pack)), key=len, reverse=True))
    flags = {flag: bool(row.get(flag)) for flag in ("rest", "headline", "weak")}
    try:
        pattern = re.compile(row["pattern"].replace("{months}", months))
        found: BlockKind = row.get("kind", kind)
    except (KeyError, re.error) as error:
        raise TableError(file, 0, name, str(error)) from None
    if found not in get_args(BlockKind):
        raise TableError(file, 0, name, f"{found!r} is no kind of block")
    return Rule(name, found, pattern, **flags)
