"""The time grammar of a language: the rules of times.toml, compiled and indexed by first word."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from kawat.errors import TableError
from kawat.lang.pack import Pack

DIGIT = "0"
"""The index key of rules that may begin with a digit."""
_MACRO = re.compile(r"\{([a-z]\w*)\}")


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One way of writing a time. The file times.toml explains the fields."""

    name: str
    pattern: re.Pattern[str]
    value: str
    kind: str
    args: Mapping[str, Any]
    after: frozenset[str] | None
    not_after: frozenset[str]
    near: tuple[str, ...]
    guard: bool
    report: bool
    past_year: bool


@dataclass(frozen=True, eq=False)
class Grammar:
    """All rules of one language. `by_start` gives those that can begin with a word."""

    by_start: Mapping[str, tuple[Rule, ...]]
    classes: Mapping[str, Mapping[str, Any]]
    relations: Mapping[str, str]
    between: frozenset[str]
    future_before: re.Pattern[str]
    ahead: frozenset[str]
    future_after: re.Pattern[str]
    guard_before: re.Pattern[str]
    guard_after: re.Pattern[str]
    past: frozenset[str]
    inference: Mapping[str, Any]
    report: frozenset[str]


@cache
def load_grammar(pack: Pack) -> Grammar:
    """Return the compiled time grammar of `pack`, compiled once.

    Raises:
        TableError: a rule names an unknown class, or is no regular expression.
    """
    return compile_grammar(pack.times)


def compile_grammar(times: Mapping[str, Any]) -> Grammar:
    """Compile the content of a times.toml."""
    by_start: dict[str, list[Rule]] = {}
    for row in [*_event_rows(times), *times["rule"]]:
        rule, starts = _compile_rule(row, times)
        for start in starts:
            by_start.setdefault(start, []).append(rule)
    return Grammar(
        by_start={start: tuple(rules) for start, rules in by_start.items()},
        classes={
            name: {key.lower(): value for key, value in c["values"].items()}
            for name, c in times["classes"].items()
        },
        relations={
            word: relation
            for relation, words in times["relations"].items()
            if relation != "between"
            for word in words
        },
        between=frozenset(times["relations"]["between"]),
        future_before=_compile(rf"\b(?:{'|'.join(times['future']['before'])})\b", "future"),
        ahead=frozenset(times["future"]["after"]),
        future_after=_compile(rf"[\s)]*(?:{'|'.join(times['future']['after'])})\b", "future"),
        guard_before=_compile(times["guards"]["before"], "guards"),
        guard_after=_compile(times["guards"]["after"], "guards"),
        inference=times["inference"],
        past=frozenset(times["future"]["past"]),
        report=frozenset(times["inference"]["report"]),
    )


def _event_rows(times: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Turn the wars and holidays into rules; a holiday may have a year beside it.

    Raises:
        TableError: the calendar dates no such thing.
    """
    for event in times["event"]:
        names = sorted(event["names"], key=len, reverse=True)
        date = times["calendar"].get(event.get("is"), {})
        if not date and not event.get("skip"):
            raise TableError("times.toml", 0, names[0], f"no {event.get('is')!r} in calendar.toml")
        choice = "|".join(re.escape(n).replace(r"\ ", " ") for n in names)
        head, tail = ("", "") if "edtf" in date or not date else ("{event_head}", "{event_tail}")
        yield {
            "name": f"event:{event['names'][0]}",
            "pattern": f"{head}(?:{choice}){tail}",
            "value": "event" if date else "skip",
            "kind": "event-time",
            "args": date,
            **{key: event[key] for key in ("after", "near", "not_after") if key in event},
        }


def _compile_rule(row: Mapping[str, Any], times: Mapping[str, Any]) -> tuple[Rule, set[str]]:
    spread = _expand_macros(row["pattern"], times["macros"])
    words = {name: _first_of_class(c) for name, c in times["classes"].items()}
    try:
        source = _MACRO.sub(lambda m: _class_group(m[1], times["classes"]), spread)
        pattern = _compile(rf"(?:{source})(?!\w)", row["name"])
        starts = set(_first_words(spread, words))
    except KeyError as error:
        raise TableError("times.toml", 0, row["name"], f"no class or macro {error}") from None
    rule = Rule(
        name=row["name"],
        pattern=pattern,
        value=row["value"],
        kind=row.get("kind", "date"),
        args=row.get("args", {}),
        after=frozenset(times["lists"][row["after"]]) if "after" in row else None,
        not_after=frozenset(row.get("not_after", ())),
        near=tuple(row.get("near", ())),
        guard=row.get("guard", False),
        report=row.get("report", False),
        past_year=row.get("past_year", False),
    )
    return rule, starts


def _compile(source: str, name: str) -> re.Pattern[str]:
    """Compile with blanks read as any white space."""
    try:
        spaced = source.replace(" ?", r"\s*").replace(" ", r"\s+")
        return re.compile(spaced, re.IGNORECASE)
    except re.error as error:
        raise TableError("times.toml", 0, name, f"{error} in {source!r}") from None


def _expand_macros(pattern: str, macros: Mapping[str, str]) -> str:
    while any(m[1] in macros for m in _MACRO.finditer(pattern)):
        pattern = _MACRO.sub(lambda m: macros.get(m[1], m[0]), pattern)
    return pattern


def _class_group(name: str, classes: Mapping[str, Any]) -> str:
    entry = classes[name.rstrip("23456789")]
    words = sorted(entry["values"], key=len, reverse=True)
    if entry.get("proper"):
        words = [form for word in words for form in (word, word.upper())]
    choice = "|".join(re.escape(word).replace(r"\ ", " ") for word in words)
    body = f"(?-i:{choice})" if entry.get("proper") else choice
    if "digits" in entry:
        body += f"|{entry['digits']}"
    return rf"(?P<{name}>(?<!\w)(?:{body})(?!\w))"


def _first_of_class(entry: Mapping[str, Any]) -> set[str]:
    first = {re.split(r"\W", word.lower(), maxsplit=1)[0] for word in entry["values"]}
    return first | ({DIGIT} if "digits" in entry else set())


def _first_words(pattern: str, classes: Mapping[str, set[str]]) -> Iterator[str]:
    """Yield the words (or DIGIT) that a text can begin with where `pattern` matches."""
    choices = _split_choices(pattern)
    if len(choices) > 1:
        for choice in choices:
            yield from _first_words(choice, classes)
        return
    while pattern.startswith(("(?<=", "(?<!", "(?!")):
        pattern = pattern[_group_end(pattern) :]
    if pattern.startswith("("):
        end = _group_end(pattern)
        inner = re.sub(r"^\(\?(?:P<\w+>|-?i?:)|^\(", "", pattern[: end - 1])
        yield from _first_words(inner, classes)
        rest = pattern[end:]
    elif pattern.startswith("{"):
        end = pattern.index("}") + 1
        yield from classes[pattern[1 : end - 1].rstrip("23456789")]
        rest = pattern[end:]
    else:
        word = re.match(r"[^\W\d_]+", pattern)
        yield word[0].lower() if word else DIGIT
        return
    if rest.startswith("?"):
        yield from _first_words(rest[1:], classes)


def _group_end(pattern: str) -> int:
    """Return the index after the group that `pattern` begins with."""
    return next(at + 1 for at, depth in _depths(pattern) if depth == 0)


def _split_choices(pattern: str) -> list[str]:
    cuts = [at for at, depth in _depths(pattern) if depth == 0 and pattern[at] == "|"]
    bounds = [-1, *cuts, len(pattern)]
    return [pattern[a + 1 : b] for a, b in pairwise(bounds)]


def _depths(pattern: str) -> Iterator[tuple[int, int]]:
    """Yield each index that is neither escaped nor in brackets, with the group depth there."""
    depth, bracket, escaped = 0, False, False
    for at, char in enumerate(pattern):
        if escaped or char == "\\":
            escaped = not escaped
        elif bracket or char == "[":
            bracket = char != "]"
        else:
            depth += (char == "(") - (char == ")")
            yield at, depth
