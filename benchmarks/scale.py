"""Scale: what a corpus costs, whether memory stays flat, and what else a user could take.

    python -m benchmarks.scale [--sizes 1000 10000 100000] [--out benchmarks/results/scale.json]

The corpus is that of benchmarks/speed.py: the project's own articles, about 300 words each. Every
row of the curve is `kawat code --executor pool` end to end (plan, processes, Parquet) in a fresh
folder. The side-by-side runs each pipeline on one core, in a process of its own, over the same
texts: kawat; spaCy with kawat's trained pipeline and a matcher rule for every verb of the lexicon;
the same with textacy's subject-verb-object triples (`pip install textacy`; left out if missing).
Neither gives what kawat gives: that is the cheapest a user could take instead.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

import kawat
from benchmarks.speed import ROOT, make_corpus
from kawat.read import read_text
from kawat.run.corpus import Settings, code_corpus
from kawat.run.executors import open_executor

OUT = ROOT / "benchmarks/results/scale.json"
BILLION = 1_000_000_000
CORES = 32
"""Of a machine of the thought experiment."""
LANGUAGE = "id"
SIDE = 300
"""Articles of the side-by-side."""


def measure_run(articles: int, workers: int) -> dict[str, Any]:
    """Code a corpus in a fresh folder; return rate, and memory of a process over the run."""
    with tempfile.TemporaryDirectory() as folder:
        corpus, out = Path(folder) / "corpus.jsonl", Path(folder) / "out"
        make_corpus(corpus, articles, LANGUAGE)
        shard = min(1000, max(100, articles // (4 * workers)))
        with _Memory() as memory, open_executor("pool", workers) as executor:
            start = time.perf_counter()
            code_corpus([str(corpus)], out, executor, Settings(LANGUAGE, shard=shard))
            seconds = time.perf_counter() - start
        size = sum(p.stat().st_size for p in out.rglob("*.parquet"))
    half = len(memory.peaks) // 2
    return {
        "articles": articles, "processes": workers, "seconds": round(seconds, 1),
        "articles_per_s": round(articles / seconds, 1),
        "mb_of_a_process": {
            "first_half": max(memory.peaks[:half], default=0),
            "second_half": max(memory.peaks[half:], default=0),
        },
        "parquet_bytes_per_article": round(size / articles),
    }  # fmt: skip


class _Memory:
    """The largest process that codes, twice a second, in MB."""

    def __init__(self) -> None:
        self.peaks: list[int] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "_Memory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(0.5):
            sizes = [0]
            for process in psutil.Process().children():
                try:
                    sizes.append(process.memory_info().rss)
                except psutil.Error:
                    continue  # it ended meanwhile
            self.peaks.append(max(sizes) >> 20)


def plan_billion(per_core: float, bytes_per_article: float) -> dict[str, Any]:
    """Return what a billion articles would take at the measured rate of one core."""
    hours = BILLION / per_core / 3600
    return {
        "core_hours": round(hours), "machine_cores": CORES,
        "machine_days": round(hours / CORES / 24, 1),
        "machines_for_a_week": round(hours / CORES / 24 / 7, 1),
        "kwh_at_10_w_a_core": round(hours / 100), "parquet_tb": round(bytes_per_article / 1000, 1),
    }  # fmt: skip


def read_texts(corpus: Path) -> list[str]:
    """Return the texts of a corpus."""
    return [json.loads(line)["text"] for line in corpus.read_text("utf-8").splitlines()]


def run_kawat(texts: list[str]) -> int:
    """Code the texts; return the number of reports."""
    articles = [read_text(t, language=LANGUAGE, published="2024-05-06") for t in texts]
    return sum(1 for _ in kawat.code_articles(articles))


def run_spacy(texts: list[str], *, triples: bool) -> int:
    """Parse the texts with kawat's pipeline in spaCy; return the number of matches or triples."""
    from spacy.matcher import PhraseMatcher  # noqa: PLC0415
    from spacy.util import load_model_from_path  # noqa: PLC0415

    from kawat.lang import load  # noqa: PLC0415

    pack = load(LANGUAGE)
    nlp: Any = load_model_from_path(pack.folder / "pipeline")
    matcher: Any = PhraseMatcher(nlp.vocab, attr="LOWER")
    for row in pack.events:
        matcher.add(row.type, [nlp.make_doc(form) for form in row.form])
    found = 0
    for doc in nlp.pipe(texts, batch_size=24):
        found += len(matcher(doc))
        if triples:
            from textacy.extract import subject_verb_object_triples  # noqa: PLC0415

            for token in doc:
                token.pos_ = token.tag_  # kawat's tagger writes UPOS there
            found += sum(1 for _ in subject_verb_object_triples(doc))
    return found


RUNS: dict[str, Callable[[list[str]], int]] = {
    "kawat": run_kawat,
    "spacy with matcher rules": lambda texts: run_spacy(texts, triples=False),
    "spacy with matcher rules and textacy triples": lambda texts: run_spacy(texts, triples=True),
}


def measure_side(name: str, corpus: Path) -> dict[str, Any]:
    """Run one of the three in this process, bound to one core; the first texts are not timed."""
    os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[0]})
    texts = read_texts(corpus)
    RUNS[name](texts[:20])
    start = time.process_time()
    found = RUNS[name](texts)
    seconds = time.process_time() - start
    peak = psutil.Process().memory_info().rss >> 20
    return {"articles_per_cpu_s": round(len(texts) / seconds, 1), "found": found, "mb": peak}


def compare_side(corpus: Path) -> dict[str, Any]:
    """Run the three, each in a fresh process; return their figures, and ratios to kawat."""
    results: dict[str, Any] = {}
    for name in RUNS:
        command = [
            sys.executable,
            "-m",
            "benchmarks.scale",
            "--side",
            name,
            "--corpus",
            str(corpus),
        ]
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=ROOT,
            env={**os.environ, "OMP_NUM_THREADS": "1"}, check=False,
        )  # fmt: skip
        if done.returncode:
            results[name] = {"left out": done.stderr.strip().splitlines()[-1]}
        else:
            results[name] = json.loads(done.stdout.strip().splitlines()[-1])
    own = results["kawat"].get("articles_per_cpu_s")
    for figures in results.values():
        if own and "articles_per_cpu_s" in figures:
            figures["speed_to_kawat"] = round(figures["articles_per_cpu_s"] / own, 2)
    return results


def main() -> None:
    """Measure, and write the result file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--beside", type=int, default=SIDE, help="Articles of the side-by-side.")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--note", default="", help="What else ran on the machine.")
    parser.add_argument("--side", choices=list(RUNS))
    parser.add_argument("--corpus", type=Path)
    options = parser.parse_args()
    if options.side:
        print(json.dumps(measure_side(options.side, options.corpus)))
        return
    curve = [measure_run(size, workers) for size in options.sizes for workers in (1, 2)]
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus.jsonl"
        make_corpus(corpus, options.beside, LANGUAGE)
        side = compare_side(corpus)
    one, two = curve[-2], curve[-1]
    result = {
        "curve": curve,
        "efficiency_of_the_second": round(two["articles_per_s"] / one["articles_per_s"] / 2, 2),
        "a_billion_articles": plan_billion(
            one["articles_per_s"], one["parquet_bytes_per_article"]
        ),
        "side_by_side": side,
        "articles_side_by_side": options.beside,
        "note": options.note,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
        "versions": {name: version(name) for name in ("kawat", "spacy", "pyarrow")},
        "date": datetime.now(UTC).date().isoformat(),
    }  # fmt: skip
    options.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
