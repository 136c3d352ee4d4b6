"""Checks gold files against their articles: `python tests/gold/check.py [FOLDER ...]`.

The rules are those of `README.md`: exact words that stand once, known types and modes, dates
that are EDTF, statements only where the file says that it lists them all. A second annotation
(`second/LANG`) has the same form, and its article is one of the gold's.
"""

import csv
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

HERE = Path(__file__).parent
SECOND = "second"
"""The folder of second annotations, by language and without texts."""
TYPES_CSV = HERE.parents[1] / "src" / "kawat" / "lang" / "any" / "types.csv"
VALUES = {
    "genre": (
        *("agency", "newspaper", "broadcaster", "tabloid"),
        *("explainer", "live", "translated", "state-media"),
    ),
    "status": ("actual", "future", "hypothetical", "negated"),
    "role": ("speaker", "carrier"),
    "style": ("direct", "indirect", "mixed"),
}
Row = dict[str, Any]


def read_modes() -> dict[str, set[str]]:
    """PLOVER types, each with its modes; "" is always one of them."""
    modes: dict[str, set[str]] = {}
    with TYPES_CSV.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            modes.setdefault(row["type"], {""}).add(row["mode"])
    return modes


def check_once(text: str, words: str, what: str) -> Iterator[str]:
    """Words must stand exactly once in the article."""
    if not words or text.count(words) != 1:
        yield f"{what}: {words!r} stands {text.count(words)} times"


@cache
def is_edtf(value: str) -> bool:
    """Whether a value can be read as EDTF; the grammar is slow."""
    try:
        parse_edtf(value)
    except EDTFParseException:
        return False
    return True


def check_date(value: str, what: str) -> Iterator[str]:
    """A value must be EDTF or empty."""
    if value and not is_edtf(value):
        yield f"{what}: {value!r} is no EDTF"


def check_value(row: Row, key: str, what: str) -> Iterator[str]:
    """A closed field must hold one of its values."""
    if row.get(key) not in VALUES[key]:
        yield f"{what}: {key} {row.get(key)!r} is not known"


def check_links(chain: Iterable[Row], what: str) -> Iterator[str]:
    """A link needs a source or a name, and a role."""
    for link in chain:
        yield from check_value(link, "role", what)
        if not (link.get("source") or link.get("name")):
            yield f"{what}: a link without source and name"


def check_event(event: Row, text: str, modes: dict[str, set[str]]) -> Iterator[str]:
    """One event: its words, type, mode, date, status and chains."""
    what = f"event {event.get('at', '')!r}"
    yield from check_once(text, event["at"], what)
    yield from check_once(event["at"], event["trigger"], f"{what} trigger")
    kinds = (event["type"], *event.get("alt_types", ()))
    yield from (f"{what}: type {kind!r} is not known" for kind in kinds if kind not in modes)
    allowed = {mode for kind in kinds for mode in modes.get(kind, ())}
    if event["mode"] not in allowed:
        yield f"{what}: mode {event['mode']!r} is not of {kinds}"
    yield from check_date(event["when"], what)
    yield from check_value(event, "status", what)
    for chain in (event["attribution"], *event.get("alt_attribution", ())):
        yield from check_links(chain, what)


def check_time(time: Row, text: str) -> Iterator[str]:
    """One time expression: its words and its value."""
    what = f"time {time['at']!r}"
    yield from check_once(text, time["at"], what)
    yield from check_once(time["at"], time["text"], f"{what} text")
    yield from check_date(time["edtf"], what)


def check_statement(row: Row, text: str) -> Iterator[str]:
    """One statement: speaker and cue stand in the text, the content once (or once in `at`)."""
    what = f"statement {row['content'][:40]!r}"
    scope = row.get("at") or text
    if row.get("at"):
        yield from check_once(text, row["at"], what)
    else:
        yield from check_once(text, row["content"], what)
    if row["content"] not in text:
        yield f"{what}: content is not in the text"
    for key in ("speaker", "cue"):
        if row[key] not in scope:
            yield f"{what}: {key} {row[key]!r} is not there"
    yield from check_value(row, "style", what)


def find_first(path: Path) -> Path | None:
    """The annotation of the gold that the one at `path` repeats (or is); None if there is none."""
    if path.parents[1].name != SECOND:
        return path
    return next((HERE / path.parent.name).glob(f"*/{path.name}"), None)


def check_second(head: Row, first: Path) -> Iterator[str]:
    """A second annotation is of the same article: what a reader knows of it must be the same."""
    theirs = tomllib.loads(first.read_text(encoding="utf-8"))["article"]
    for key in ("id", "genre", "publisher", "published", "given"):
        if head[key] != theirs[key]:
            yield f"article: {key} {head[key]!r}, and {theirs[key]!r} in the first annotation"


def check_article(path: Path, modes: dict[str, set[str]]) -> Iterator[str]:
    """All that is wrong with one annotation (the .toml file at `path`)."""
    with path.open("rb") as file:
        gold = tomllib.load(file)
    head = gold["article"]
    first = find_first(path)
    if first is None:
        yield "second annotation of an article that is not in the gold"
        return
    yield from check_second(head, first)
    text = first.with_suffix(".txt").read_text(encoding="utf-8")
    if head["id"] != path.stem:
        yield f"id {head['id']!r} is not the file's name"
    yield from check_value(head, "genre", "article")
    if not head["given"]:
        try:
            date.fromisoformat(head["inferred"])
        except ValueError:
            yield f"inferred {head['inferred']!r} is no day"
    for event in gold.get("event", ()):
        yield from check_event(event, text, modes)
    for time in gold.get("time", ()):
        yield from check_time(time, text)
    if gold.get("statement") and not head.get("statements", True):
        yield "statements are listed, but statements = false"
    for row in gold.get("statement", ()):
        yield from check_statement(row, text)


def check_gold(folder: Path) -> list[str]:
    """Every fault of the annotations below `folder`, a line each, with the file's name."""
    modes = read_modes()
    paths = sorted(folder.rglob("*.toml"))
    faults = [f"{path.name}: {fault}" for path in paths for fault in check_article(path, modes)]
    alone = [p for p in sorted(folder.rglob("*.txt")) if not p.with_suffix(".toml").exists()]
    return [*faults, *(f"{path.name}: no annotation" for path in alone)]


def count_gold(folder: Path) -> Counter[str]:
    """How many articles, events, core events, times and statements lie below `folder`."""
    counts: Counter[str] = Counter()
    for path in folder.rglob("*.toml"):
        gold = tomllib.loads(path.read_text(encoding="utf-8"))
        events = gold.get("event", [])
        counts["articles"] += 1
        counts["events"] += len(events)
        counts["core"] += sum(event["core"] for event in events)
        counts["times"] += len(gold.get("time", ()))
        counts["statements"] += len(gold.get("statement", ()))
    return counts


def main(folders: list[str]) -> int:
    """Print the faults and counts of the folders (default: all gold); 1 if anything is wrong."""
    faults: list[str] = []
    for folder in [Path(name) for name in folders] or [HERE]:
        faults += check_gold(folder)
        for split in sorted({path.parent for path in folder.rglob("*.toml")}):
            print(f"{split.parent.name}/{split.name}", dict(count_gold(split)))
    print("\n".join(faults) or "no faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
