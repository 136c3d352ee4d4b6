"""Quality and speed of merging: near-copies, the same event, a day's reports into a million.

    python -m benchmarks.merge [--reports 1000000] [--day 20000] [--skip-speed]

Quality is measured on the labelled pairs of tests/cases/any (weights and thresholds were set on
`dev` only). Speed is that of the pure part on one core: keys, look-ups in memory, judgements.
Writes benchmarks/results/merge.json.
"""

import argparse
import gc
import json
import os
import platform
import random
import resource
import time
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kawat.merge import MergeIndex, Stamp, copy_keys, event_keys, judge_copy, judge_event
from kawat.model import Party, Spot, Telling
from tests.merge.copy_pairs import read_article_pairs
from tests.merge.pairs import read_report_pairs

OUT = Path(__file__).parent / "results" / "merge.json"
STAMP = Stamp("kawat benchmark", "2025-01-01T00:00:00Z")
MOST_TOLD = 200
"""Reports of the greatest event of a day."""
FIRST_DAY = date(2024, 1, 1)
TYPES = (
    "ASSAULT",
    "ACCUSE",
    "CONSULT",
    "COERCE",
    "REQUEST",
    "SUPPORT",
    "REJECT",
    "SANCTION",
    "AID",
)


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=1_000_000)
    parser.add_argument("--day", type=int, default=20_000)
    parser.add_argument("--skip-speed", action="store_true")
    options = parser.parse_args()
    results: dict[str, Any] = json.loads(OUT.read_text("utf-8")) if OUT.exists() else {}
    results |= {
        "date": datetime.now(UTC).date().isoformat(),
        "kawat": version("kawat"),
        "machine": {"python": platform.python_version(), "cores": os.cpu_count()},
        "copies": {split: score_copies(split) for split in ("dev", "held-out")},
        "same_event": {split: score_events(split) for split in ("dev", "held-out")},
    }
    if not options.skip_speed:
        results["speed"] = measure_speed(options.reports, options.day)
    OUT.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(json.dumps(results, indent=1, ensure_ascii=False))


def score_copies(split: str) -> dict[str, Any]:
    """Return precision, recall and F1 of "is a near-copy", and how often its direction is right."""
    outcomes, direction, missed = [], Counter[str](), Counter[str]()
    for pair in read_article_pairs(split):
        met = set(copy_keys(pair.left)) & set(copy_keys(pair.right))
        found = judge_copy(pair.left, pair.right, STAMP) if met else None
        outcomes.append((found is not None, pair.copy))
        missed[pair.kind] += (found is not None) != pair.copy
        if found and pair.copy:
            told = "right" if found.left == pair.right.id else "wrong"
            direction[told if found.directed else "not told"] += 1
    wrong = {kind: number for kind, number in missed.items() if number}
    return rate(outcomes) | {"direction": dict(direction), "wrong_by_kind": wrong}


def score_events(split: str) -> dict[str, Any]:
    """Return precision, recall and F1 of "the same event" over all pairs of the split."""
    outcomes, hard = [], 0
    for pair in read_report_pairs(split):
        met = set(event_keys(pair.left).probe) & set(event_keys(pair.right).kept)
        found = judge_event(pair.left, pair.right, STAMP) if met else None
        outcomes.append((found is not None and found.verdict == "same", pair.same))
        hard += pair.hard and not pair.same
    return rate(outcomes) | {"hard_negatives": hard}


def rate(outcomes: Iterable[tuple[bool, bool]]) -> dict[str, Any]:
    """Return counts, precision, recall and F1 of (said, true) pairs."""
    counted = Counter(outcomes)
    right, false, missed = (counted[k] for k in ((True, True), (True, False), (False, True)))
    return {
        "pairs": sum(counted.values()), "positive": right + missed,
        "precision": round(right / max(1, right + false), 3),
        "recall": round(right / max(1, right + missed), 3),
        "f1": round(2 * right / max(1, 2 * right + false + missed), 3),
    }  # fmt: skip


def measure_speed(reports: int, day: int) -> dict[str, Any]:
    """Return the seconds (of this process's processor) of merging `day` reports into older ones."""
    made = make_reports(reports + day, day)
    index = MergeIndex(STAMP)
    gc.set_threshold(50_000, 20, 20)  # as the command line does
    start = time.process_time()
    for telling in made[:reports]:
        index.keep_telling(telling)
    kept = time.process_time()
    judged = Counter(j.verdict for telling in made[reports:] for j in index.add_telling(telling))
    merged = time.process_time()
    return {
        "kept": reports, "keep_seconds": round(kept - start, 1), "day": day,
        "merge_seconds": round(merged - kept, 1), "judgements": dict(judged),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip


def make_reports(number: int, day: int, seed: int = 7) -> list[Telling]:
    """Return made-up reports, `day` for each day: few pairs of states and events make the most.

    The commonest pair of states has some 5 % of all; an event has a few reports, at most 200.
    """
    rng = random.Random(seed)
    states = [f"S{n:02d}" for n in range(90)]
    pairs = [tuple(rng.sample(states, 2)) for _ in range(3000)]
    weights = [1 / (rank + 3) for rank in range(len(pairs))]
    vocabulary = [f"kata{n}" for n in range(4000)]
    made: list[Telling] = []
    while len(made) < number:
        told = FIRST_DAY + timedelta(days=len(made) // day)
        actor, recipient = rng.choices(pairs, weights)[0]
        event = _make_event(rng, actor, recipient, told, vocabulary)
        for _ in range(min(number - len(made), MOST_TOLD, int(rng.paretovariate(1.3)))):
            made.append(_tell(rng, event, f"r{len(made):07d}", vocabulary))
    return made


def _make_event(
    rng: random.Random, actor: str, recipient: str, told: date, vocabulary: list[str]
) -> Telling:
    city = rng.randrange(8)
    place = Spot(f"{recipient}-{city}", recipient, float(city), float(city))
    when = told - timedelta(days=rng.choice((0, 0, 1, 1, 2, 400)))
    return Telling(
        report="", article="", publisher=f"o{rng.randrange(300)}", published=told.isoformat(),
        language="id", type=rng.choice(TYPES), mode="", status="actual", historical=False,
        actors=(Party(actor, actor, ("GOV",)),), recipients=(Party(recipient, recipient),),
        when=when.isoformat(), place=place, words=tuple(rng.sample(vocabulary, 18)),
    )  # fmt: skip


def _tell(rng: random.Random, event: Telling, name: str, vocabulary: list[str]) -> Telling:
    """Return one report of an event: half without date, most without place, words of its own."""
    words = (*rng.sample(event.words, 11), *rng.sample(vocabulary, 7))
    when = rng.choices((event.when, event.when[:7], ""), (55, 5, 40))[0]
    return event._replace(
        report=name, article=f"a{name}", words=words, when=when,
        place=event.place if rng.random() < 0.35 else None,
        recipients=event.recipients if rng.random() < 0.85 else (),
        language=rng.choice(("id", "id", "en")),
    )  # fmt: skip


if __name__ == "__main__":
    main()
