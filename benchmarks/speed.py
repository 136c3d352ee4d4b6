"""Speed on one core, end to end from JSON Lines to JSON Lines.

    python benchmarks/speed.py [--language id] [--articles 600] [--out FILE]

The corpus is made of the project's own articles (examples/ and the gold), repeated until there are
enough, each cut or joined to about 300 words. The process is bound to one core.
"""

import argparse
import cProfile
import gc
import io
import json
import os
import platform
import pstats
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("read", "parse", "find", "code", "run", "look")
WORDS = 300


def make_corpus(path: Path, articles: int, language: str) -> int:
    """Write `articles` JSON lines of about 300 words; return the number of words."""
    texts = [
        p.read_text(encoding="utf-8") for p in sorted(ROOT.glob(f"tests/gold/{language}/*/*.txt"))
    ]
    total = 0
    with path.open("w", encoding="utf-8") as file:
        for i, text in enumerate(islice(cycle(texts), articles)):
            paragraphs, words = [], 0
            for paragraph in (text + "\n" + texts[(i + 1) % len(texts)]).split("\n"):
                paragraphs.append(paragraph)
                words += len(paragraph.split())
                if words >= WORDS:
                    break
            total += words
            record = {"id": f"a{i}", "text": "\n".join(paragraphs), "published": "2024-05-06"}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return total


def run_once(corpus: Path, out: Path) -> dict[str, float]:
    """Code the corpus in this process; return seconds of loading and coding, and peak MB."""
    gc.set_threshold(50_000, 20, 20)  # as the command line does
    start = time.perf_counter()
    import kawat  # noqa: PLC0415  (loading is what is measured)
    from kawat.look import make_writer  # noqa: PLC0415
    from kawat.run import Coded, code_paths  # noqa: PLC0415

    kawat.code_text("Rusia menyerang Ukraina.", language="id")
    loaded = time.perf_counter()
    with out.open("w", encoding="utf-8") as file:
        write = make_writer("jsonl", file, statements=False)
        for item in code_paths([str(corpus)]):
            if isinstance(item, Coded):
                write(item)
    done = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"load_s": loaded - start, "code_s": done - loaded, "peak_mb": peak}


def share_by_room(corpus: Path, out: Path) -> dict[str, float]:
    """Return the share of the time that each room takes, from a profile of a second run."""
    profile = cProfile.Profile()
    profile.runcall(run_once, corpus, out)
    stats = pstats.Stats(profile, stream=io.StringIO())
    seconds = {room: _room_seconds(stats, room) for room in ROOMS[:4] + ROOMS[5:]}
    total = sum(seconds.values())
    return {room: round(value / total, 3) for room, value in seconds.items() if value}


def _room_seconds(stats: pstats.Stats, room: str) -> float:
    """Time spent in calls that enter a room from outside it."""
    total = 0.0
    for (file, _, _), (_, _, _, _, callers) in stats.stats.items():  # type: ignore[attr-defined]
        if f"kawat/{room}/" not in file:
            continue
        total += sum(
            times[3] for (caller, _, _), times in callers.items() if f"kawat/{room}/" not in caller
        )
    return total


def main() -> None:
    """Measure in fresh processes bound to one core, and write the result file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=600)
    parser.add_argument("--language", default="id")
    parser.add_argument("--out", type=Path, help="benchmarks/results/speed-LANGUAGE.json")
    parser.add_argument("--child", choices=["time", "profile"])
    parser.add_argument("--corpus", type=Path)
    options = parser.parse_args()
    if options.child:
        os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[0]})
        with tempfile.TemporaryDirectory() as folder:
            job = run_once if options.child == "time" else share_by_room
            print(json.dumps(job(options.corpus, Path(folder) / "out.jsonl")))
        return
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus.jsonl"
        words = make_corpus(corpus, options.articles, options.language)
        runs = [_child("time", corpus) for _ in range(3)]
        shares = _child("profile", corpus)
    best = min(runs, key=lambda run: run["code_s"])
    result = {
        "articles": options.articles,
        "words": words,
        "articles_per_s": round(options.articles / best["code_s"], 1),
        "words_per_s": round(words / best["code_s"]),
        "load_s": round(best["load_s"], 2),
        "peak_mb": round(max(run["peak_mb"] for run in runs)),
        "share_by_room": shares,
        "runs_code_s": [round(run["code_s"], 2) for run in runs],
        "machine": f"{platform.machine()}, one core, Python {platform.python_version()}",
        "versions": {name: version(name) for name in ("kawat", "spacy", "thinc", "numpy")},
        "date": datetime.now(UTC).date().isoformat(),
    }
    out: Path = options.out or ROOT / f"benchmarks/results/speed-{options.language}.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))


def _child(job: str, corpus: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--child", job, "--corpus", str(corpus)]
    env = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=env)
    figures: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return figures


if __name__ == "__main__":
    main()
