"""The store with a million reports: adding, merging a day into them, and asking.

    python -m benchmarks.store [--reports 1000000] [--day 20000] [--place FILE|URL]

The reports are made by a generator with realistic skew: few parties, outlets, types and events make
most of them (Zipf), an event is told by one to dozens of articles within three days, one article in
four is a near-copy. The million is added without merging; then it gets the keys that merging looks
up, so that the day meets it as it would meet a million that was merged (the judgements among the
million itself are left out: they would take an hour and are not looked at). Seconds are those of
the wall and of the process's processor; other work on the machine slows the former.
Writes benchmarks/results/store.json.
"""

import argparse
import gc
import itertools
import json
import os
import platform
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kawat import merge
from kawat.lang import load_common
from kawat.look import query as ask
from kawat.model import (
    Actor,
    Article,
    Event,
    Link,
    Place,
    Published,
    Quote,
    Reason,
    Report,
    When,
)
from kawat.run import merge_store, open_store
from kawat.run.add import outlet_of
from kawat.run.merge_store import hash_key
from kawat.store import Entry, EventQuery, Store

OUT = Path(__file__).parent / "results" / "store.json"
FIRST = date(2022, 1, 1)
DAYS = 730
BATCH = 500
PER_ARTICLE = 3
"""Reports of one article at the mean."""
ASKED = 300
"""Times that each question is asked."""


class Zipf:
    """Draws from a list so that the n-th comes about 1/n as often as the first."""

    def __init__(self, items: list[Any], draw: random.Random, power: float = 1.0) -> None:
        self.items, self.draw = items, draw
        self.weights = list(itertools.accumulate(1 / (i + 1) ** power for i in range(len(items))))

    def pick(self) -> Any:
        """Return one item."""
        return self.draw.choices(self.items, cum_weights=self.weights)[0]


class Maker:
    """Makes articles with reports. The same seed makes the same."""

    def __init__(self, seed: int) -> None:
        self.draw = draw = random.Random(seed)
        common = load_common()
        states = [e.id for e in common.entities.values() if e.kind == "state"]
        draw.shuffle(states)
        self.states = Zipf(states[:150], draw)
        self.pairs = Zipf(
            [tuple(draw.sample(states[:150], 2)) for _ in range(200)]
            + [(self.states.pick(), self.states.pick()) for _ in range(2000)], draw, 0.9,
        )  # fmt: skip
        self.types = Zipf(sorted({t for t, _ in common.scores}, key=lambda _: draw.random()), draw)
        named = [row.name for row in common.outlets.values()]
        self.outlets = Zipf(named + [f"Harian {i}" for i in range(400)], draw)
        letters = "abdegiklmnoprstu"
        made = ("".join(draw.choices(letters, k=draw.randint(3, 10))) for _ in range(30_000))
        self.words = Zipf(list(dict.fromkeys(made)), draw)
        self.number = 0

    def sentence(self, words: int = 18) -> str:
        """Return words as they come in texts: few are frequent."""
        return " ".join(self.draw.choices(
            self.words.items, cum_weights=self.words.weights, k=words
        )).capitalize()  # fmt: skip

    def day(self, day: date, reports: int) -> Iterator[Entry]:
        """Yield the articles of a day with about so many reports."""
        told: list[tuple[Event, str]] = []
        texts: list[str] = []
        made = 0
        while made < reports:
            number = min(1 + int(self.draw.expovariate(1 / (PER_ARTICLE - 1))), 12)
            copied = bool(texts) and self.draw.random() < 0.25
            body = self.draw.choice(texts[-200:]) if copied else self._body()
            if not copied:
                texts.append(body)
            entry = self._article(day, body, number, told)
            made += len(entry.reports)
            yield entry

    def _body(self) -> str:
        return ". ".join(self.sentence() for _ in range(8)) + "."

    def _article(self, day: date, body: str, number: int, told: list[tuple[Event, str]]) -> Entry:
        self.number += 1
        lines: list[str] = []
        drafts: list[tuple[Event, str]] = []
        for _ in range(number):
            again = told and self.draw.random() < 0.6
            event, sentence = self.draw.choice(told[-400:]) if again else self._event(day)
            if not again:
                told.append((event, sentence))
            elif self.draw.random() < 0.5:  # in other words
                words = sentence.split()
                half = len(words) // 2
                sentence = " ".join(words[:half]) + " " + self.sentence(half)
            drafts.append((event, sentence))
            lines.append(sentence)
        text = "\n".join([*lines, body])
        moment = f"{day}T{self.draw.randint(0, 23):02}:{self.draw.randint(0, 59):02}:00+07:00"
        article = Article(
            id=f"b{self.number:09}", text=text, title=self.sentence(8), language="id",
            published=Published(moment, "markup", "stated by the page"),
            publisher=self.outlets.pick(), url=f"https://contoh.id/{self.number}",
        )  # fmt: skip
        reports = []
        at = 0
        for event, sentence in drafts:
            reports.append(self._report(article, event, sentence, at))
            at += len(sentence) + 1
        return Entry(article, tuple(reports), (), outlet_of(article))

    def _event(self, day: date) -> tuple[Event, str]:
        draw = self.draw
        a, b = self.pairs.pick()
        own = day - timedelta(days=min(int(draw.expovariate(1.0)), 5))
        dated = draw.random() < 0.55
        when = When(str(own), "Senin", (0, 5), "weekday before the report") if dated else None
        place = (
            Place("Kota", draw.choice((a, b)), 1.5, 103.5, (0, 4)) if draw.random() < 0.3 else None
        )
        actors, recipients = (self._actor(a),), (self._actor(b),) if a != b else ()
        reasons = tuple(
            Reason(field, "lexicon", f"events:{field}-{draw.randint(0, 500)}", field, (0, 8))
            for field in ("type", "actors", "recipients", "when", "status")
        )
        event = Event(
            self.types.pick(), "", (), actors, recipients, when, place,
            draw.choices(("actual", "future", "hypothetical", "negated"), (88, 6, 4, 2))[0],
            False, 0, Quote("", (0, 0)), round(draw.uniform(0.3, 0.98), 3), reasons,
        )  # fmt: skip
        return event, self.sentence(draw.randint(14, 26))

    def _actor(self, entity: str) -> Actor:
        name = load_common().entities[entity].name
        return Actor(entity, entity, name, ("GOV",), name, (0, len(name)))

    def _report(self, article: Article, event: Event, sentence: str, at: int) -> Report:
        end = at + len(sentence)
        trigger = Quote(article.text[at : at + 8], (at, at + 8))
        quad, intensity = load_common().scores[event.type, ""]
        chain: tuple[Link, ...] = ()
        if self.draw.random() < 0.7:
            speaker = self.states.pick()
            name = load_common().entities[speaker].name
            chain = (
                Link(
                    speaker, name, "speaker", "statement", "kata", (at, at + 4), name, (at, at + 4)
                ),
            )
        key = f"{article.id} {at} {event.type}"
        told = replace(event, trigger=trigger)
        id_ = sha256(key.encode()).hexdigest()[:16]
        return Report(id_, article.id, told, quad, intensity, chain, Quote(sentence, (at, end)))


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=1_000_000)
    parser.add_argument("--day", type=int, default=20_000)
    parser.add_argument("--place", default="")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    gc.set_threshold(50_000, 20, 20)  # as the command line does
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as folder:
        with open_store(options.place or Path(folder) / "kawat.db") as store:
            results = measure(store, options.reports, options.day)
        if not options.place:
            results["store_mb"] = round((Path(folder) / "kawat.db").stat().st_size / 1e6)
    text = json.dumps(results, indent=1, ensure_ascii=False)
    options.out.write_text(text + "\n", "utf-8")
    print(text)


def measure(store: Store, reports: int, day: int) -> dict[str, Any]:
    """Return all figures."""
    maker = Maker(1)
    results: dict[str, Any] = {
        "date": datetime.now(UTC).date().isoformat(), "kawat": version("kawat"),
        "machine": {"python": platform.python_version(), "cores": os.cpu_count()},
        "add": add_reports(store, maker, reports),
    }  # fmt: skip
    print(json.dumps(results), file=sys.stderr, flush=True)
    prepare_keys(store)
    results["ask_before"] = ask_all(store, maker)
    print(json.dumps(results), file=sys.stderr, flush=True)
    run = store.start_run("add", "benchmark", {})
    last = FIRST + timedelta(days=DAYS - 3)
    new = list(maker.day(last, day))
    for start in range(0, len(new), BATCH):
        store.add(new[start : start + BATCH], run)
    took, counts = timed(lambda: merge_store(store))
    results["merge_day"] = {**took, **counts}
    results["ask"] = ask_all(store, maker)
    results["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return results


def timed(work: Callable[[], Any]) -> tuple[dict[str, float], Any]:
    """Return the seconds that `work` takes, and what it gives."""
    wall, own = time.perf_counter(), time.process_time()
    given = work()
    return {
        "seconds": round(time.perf_counter() - wall, 1),
        "processor_seconds": round(time.process_time() - own, 1),
    }, given  # fmt: skip


def add_reports(store: Store, maker: Maker, reports: int) -> dict[str, float]:
    """Add reports day by day; making them is not counted."""
    run = store.start_run("add", "benchmark", {})
    added, wall, own = 0, 0.0, 0.0
    stream = itertools.chain.from_iterable(
        maker.day(FIRST + timedelta(days=d), max(1, reports // DAYS)) for d in range(DAYS)
    )
    while batch := list(itertools.islice(stream, BATCH)):
        took, change = timed_exactly(partial(store.add, batch, run))
        added += change.reports
        wall += took[0]
        own += took[1]
    store.end_run(run, {"reports": added})
    return {
        "reports": added, "seconds": round(wall, 1), "processor_seconds": round(own, 1),
        "reports_a_second": round(added / wall),
    }  # fmt: skip


def timed_exactly(work: Callable[[], Any]) -> tuple[tuple[float, float], Any]:
    """Return wall and processor seconds, not rounded, and what `work` gives."""
    wall, own = time.perf_counter(), time.process_time()
    given = work()
    return (time.perf_counter() - wall, time.process_time() - own), given


def prepare_keys(store: Store) -> None:
    """Give all reports and articles the keys under which merging looks them up."""
    run = store.start_run("merge", "benchmark", {})
    most: int = load_common().settings["copy"]["most_held"]
    while True:
        with store.merging(run) as step:
            articles, reports = step.new_articles(5000), step.new_reports(15_000)
            step.keep_bands({key: merge.copy_keys(a) for key, a in articles}, most)
            step.keep_keys({
                p.key: map(hash_key, merge.event_keys(merge.make_telling(p.report, p.article)).kept)
                for p in reports
            })  # fmt: skip
        if not articles and not reports:
            return


def ask_all(store: Store, maker: Maker) -> dict[str, dict[str, float]]:
    """Return median and 99th percentile of the questions, in milliseconds."""
    ids = [row.id for row in store.events(EventQuery(order="added"), limit=1000).items]

    def two_filters() -> object:
        a, b = maker.pairs.pick()
        return store.events(maker.draw.choice([
            EventQuery(actor=a, partner=b), EventQuery(actor=a, type=maker.types.pick()),
            EventQuery(actor=a, since="2023-06", until="2023-06"),
            EventQuery(type=maker.types.pick(), status="future"),
            EventQuery(actor=a, min_origins=2),
        ]))  # fmt: skip

    questions: dict[str, Callable[[], object]] = {
        "relation": lambda: ask.relation(store, *_two(maker)),
        "events": two_filters,
        "event": lambda: store.event(maker.draw.choice(ids)),
        "search": lambda: store.events(
            EventQuery(search=f"{maker.words.pick()} {maker.words.pick()}")
        ),
    }
    return {name: _measure_question(question) for name, question in questions.items()}


def _two(maker: Maker) -> tuple[str, str]:
    while True:
        a, b = maker.pairs.pick()
        if a != b:
            return a, b


def _measure_question(question: Callable[[], object]) -> dict[str, float]:
    times = sorted(timed_exactly(question)[0][0] * 1000 for _ in range(ASKED))
    return {
        "median_ms": round(times[ASKED // 2], 1), "p99_ms": round(times[int(ASKED * 0.99)], 1),
        "asked": ASKED,
    }  # fmt: skip


if __name__ == "__main__":
    main()
