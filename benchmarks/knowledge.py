"""`python -m benchmarks.knowledge`: what the tables hold, and how often names are read rightly.

Writes benchmarks/results/knowledge.json. The sentences of tests/names-held-out.toml were
written before anything was measured on them; times and publication dates are scored on the times
that the held-out gold lists (tests/gate).
"""

import json
import platform
import time
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from kawat.find.index import build_index
from kawat.lang.pack import Pack, load_tables
from tests.names import find_wrong, read_expected

ROOT = Path(__file__).parents[1]
HELD_OUT = ROOT / "tests" / "names-held-out.toml"
RESULT = Path(__file__).parent / "results" / "knowledge.json"
TEXT_BYTES = 10_000_000
ARMED = frozenset({"REB", "PRM", "UAF", "CRM"})


def count_tables(pack: Pack) -> dict[str, int]:
    """Return the sizes of the tables."""
    kinds = Counter(e.kind for e in pack.entities.values())
    return {
        "states": kinds["state"],
        "former states": kinds["former"],
        "organisations, courts and blocs": kinds["igo"] + kinds["court"] + kinds["bloc"],
        "armed groups": sum(
            e.kind == "group" and bool(ARMED & set(e.sectors)) for e in pack.entities.values()
        ),
        "parties": kinds["party"],
        "persons": len({p.id for p in pack.people}),
        "terms of office": len(pack.people),
        "memberships": len(pack.members),
        "outlets": len(pack.outlets),
        f"names ({pack.language})": len(pack.names),
    }


def score_names(language: str) -> dict[str, Any]:
    """Return how many names of the held-out sentences are given to the right party."""
    rows = tomllib.loads(HELD_OUT.read_text(encoding="utf-8"))[language]
    pack = load_tables(language)
    total = sum(len(read_expected(cell)) for _, cell in rows)
    wrong = [line for text, cell in rows for line in find_wrong(text, read_expected(cell), pack)]
    for line in wrong:
        print(f"{language}: {line}")
    return {"sentences": len(rows), "names": total, "right": round(1 - len(wrong) / total, 3)}


def time_matching(pack: Pack) -> dict[str, float]:
    """Return the seconds that all names take over 10 MB of text on one core, best of three."""
    rows = tomllib.loads(HELD_OUT.read_text(encoding="utf-8"))[pack.language]
    piece = " ".join(text for text, _ in rows)
    text = piece * (TEXT_BYTES // len(piece.encode()) + 1)
    names = build_index(pack).names
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        hits = len(names.find_matches_as_indexes(text, overlapping=True))
        seconds.append(time.perf_counter() - start)
    return {"seconds": round(min(seconds), 2), "hits": hits}


def time_loading(language: str) -> float:
    """Return the seconds that reading and checking all tables of a language takes."""
    load_tables.cache_clear()
    start = time.perf_counter()
    build_index(load_tables(language))
    return round(time.perf_counter() - start, 2)


def main() -> None:
    """Measure and write the result."""
    result: dict[str, Any] = {"python": platform.python_version(), "machine": platform.machine()}
    for language in ("id", "en"):
        seconds = time_loading(language)
        pack = load_tables(language)
        result[language] = {
            "tables": count_tables(pack),
            "held-out names": score_names(language),
            "all names over 10 MB": time_matching(pack),
            "seconds to load": seconds,
        }
    RESULT.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
