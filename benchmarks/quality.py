"""Measure the coder on the gold and renew the figures of docs/quality.md.

    python -m benchmarks.quality

Writes benchmarks/results/quality.json and, between the two comments of docs/quality.md, the tables
made from it. Examples of errors are of `dev` only: nobody reads the mistakes on `held-out`.
"""

import json
import platform
import time
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kawat.model import Report
from kawat.run import code_one
from tests.gate.__main__ import figures
from tests.gate.gold import GOLD, GoldArticle, GoldEvent, read_gold
from tests.gate.score import match, score_split

ROOT = Path(__file__).parents[1]
RESULT = ROOT / "benchmarks" / "results" / "quality.json"
PAGE = ROOT / "docs" / "quality.md"
MARKS = ("<!-- figures: begin -->", "<!-- figures: end -->")
SPLITS = ("dev", "held-out")
MOST_COMMON = 10
BINS = 10
MAX_ECE = 0.08
BAR = 40
"""Characters of a full bar of the reliability diagram."""
SURE, LEAST_PRECISION, LEAST_KEPT = 0.8, 0.90, 0.5
"""At this confidence so many should be right, and so many of all reports be kept."""
CEILING = ROOT / "benchmarks" / "results" / "agreement.json"
TARGETS = {
    "events_f1": 0.75, "parties_f1": 0.85, "date": 0.85, "status": 0.94, "origin": 0.85,
    "chain": 0.75, "statements_f1": 0.88, "speaker": 0.85,
}  # fmt: skip
NAMES = {
    "events_precision": "events: precision", "events_recall": "events: recall (core)",
    "events_f1": "events: F1 (type and parties)", "parties_f1": "events: F1 (parties only)",
    "date": "date exact", "status": "status", "historical": "historical",
    "origin": "origin of the chain", "chain": "whole chain",
    "statements_f1": "statement spans: F1 (overlap)", "speaker": "speaker",
    "times_found": "time expressions found", "times_right": "time expressions right",
    "published": "publication date inferred",
}  # fmt: skip


def measure(language: str) -> dict[str, Any]:
    """Return figures, figures by type and sizes of both splits, and the errors on dev."""
    found: dict[str, Any] = {}
    for split in SPLITS:
        result = score_split(language, split)
        found[split] = {
            "articles": len(read_gold(language, split)),
            "core_events": result.events.core,
            "figures": {name: round(value, 3) for name, value in figures(result).items()},
            "by_type": {
                kind: [tally.right, tally.reports, tally.found, tally.core]
                for kind, tally in sorted(result.by_type.items())
            },
        }
    found["errors"] = count_errors(language)
    found["confidence"] = measure_confidence(language)
    return found


def measure_confidence(language: str) -> dict[str, Any]:
    """Return how often reports of a confidence are right on held-out, and the mean gap (ECE)."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for gold in read_gold(language, "held-out"):
        reports = code_one(gold.article).reports
        found, repeats, _ = match(gold, reports, typed=True)
        right = {report.id for report in found.values()}
        for report in reports:
            sure = report.event.confidence
            if report.id not in repeats:
                bins[min(BINS - 1, int(sure * BINS))].append((sure, report.id in right))
    total = sum(len(bin_) for bin_ in bins)
    rows, gap = [], 0.0
    for i, bin_ in enumerate(bins):
        if bin_:
            mean = sum(confidence for confidence, _ in bin_) / len(bin_)
            share = sum(right for _, right in bin_) / len(bin_)
            gap += abs(mean - share) * len(bin_) / total
            rows.append([i / BINS, len(bin_), round(mean, 3), round(share, 3)])
    certain = [ok for bin_ in bins for confidence, ok in bin_ if confidence >= SURE]
    return {
        "reports": total, "ece": round(gap, 3), "bins": rows,
        "sure": len(certain), "sure_right": round(sum(certain) / max(1, len(certain)), 3),
    }  # fmt: skip


def count_errors(language: str) -> list[list[Any]]:
    """Return the most common kinds of error on dev: name, how often, one example."""
    counts: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for gold in read_gold(language, "dev"):
        for kind, example in _errors(gold):
            counts[kind] += 1
            if kind not in examples or len(example) < len(examples[kind]):
                examples[kind] = example
    return [[kind, n, examples[kind]] for kind, n in counts.most_common(MOST_COMMON)]


def _errors(gold: GoldArticle) -> list[tuple[str, str]]:
    reports = code_one(gold.article).reports
    found, _, wrong = match(gold, reports, typed=True)
    open_events = [e for i, e in enumerate(gold.events) if i not in found]
    errors = []
    for report in wrong:
        near = [e for e in open_events if _same_sentence(e, report)]
        kind = _compare(report, near)
        errors.append((kind, f"{_show(report)}: {report.sentence.text}"))
    told = {id(e) for e in open_events for r in wrong if _same_sentence(e, r)}
    for event in open_events:
        if event.core and id(event) not in told:
            kind = min(event.types)
            errors.append((f"{kind} missed", event.at))
    for i, report in found.items():
        errors.extend(_field_errors(gold.events[i], report))
    return errors


def _same_sentence(event: GoldEvent, report: Report) -> bool:
    return report.sentence.span[0] <= event.span[0] < report.sentence.span[1]


def _compare(report: Report, near: list[GoldEvent]) -> str:
    """Name what is wrong with a report, by the nearest gold event that it may have meant."""
    actors = {a.entity for a in report.event.actors}
    recipients = {a.entity for a in report.event.recipients}
    for event in near:
        if actors == event.actors and recipients == event.recipients:
            return "type wrong"
    for event in near:
        if actors == event.actors and report.event.type in event.types:
            return "recipient wrong" if recipients else "recipient not found"
    for event in near:
        if recipients == event.recipients and report.event.type in event.types:
            return "actor wrong" if actors else "actor not found"
    return "several things wrong" if near else "no event, or one told already"


def _field_errors(event: GoldEvent, report: Report) -> list[tuple[str, str]]:
    when = report.event.when.edtf if report.event.when else ""
    errors = []
    if when != event.when:
        kind = "date not found" if not when else "date given, none is told"
        kind = "date wrong" if when and event.when else kind
        errors.append((kind, f"{event.at}: {when or 'none'}, not {event.when or 'none'}"))
    if report.event.status != event.status:
        errors.append(("status wrong", f"{event.at}: {report.event.status}, not {event.status}"))
    return errors


def _show(report: Report) -> str:
    actors = "+".join(a.entity for a in report.event.actors) or "nobody"
    recipients = "+".join(a.entity for a in report.event.recipients) or "nobody"
    return f"{report.event.type} {actors} → {recipients}"


def write_page(results: dict[str, Any]) -> None:
    """Put the tables into docs/quality.md between its two comments."""
    before, _, rest = PAGE.read_text("utf-8").partition(MARKS[0])
    after = rest.partition(MARKS[1])[2]
    tables = "\n\n".join(_tables(language, result) for language, result in results.items())
    PAGE.write_text(f"{before}{MARKS[0]}\n\n{tables}\n\n{MARKS[1]}{after}", "utf-8")


def _tables(language: str, result: dict[str, Any]) -> str:
    sizes = {s: f"{s} ({result[s]['articles']}, {result[s]['core_events']})" for s in SPLITS}
    lines = [
        f"### `{language}`: all figures", "",
        f"| | {sizes['dev']} | {sizes['held-out']} | target | two readers |",
        "|---|---|---|---|---|",
    ]  # fmt: skip
    ceiling = json.loads(CEILING.read_text("utf-8"))["languages"].get(language, {})
    for name, label in NAMES.items():
        dev, held = (result[s]["figures"][name] for s in SPLITS)
        target = f"{TARGETS[name]:.2f}" if name in TARGETS else ""
        missed = " **missed**" if name in TARGETS and held < TARGETS[name] else ""
        best = f"{ceiling[name]:.3f}" if name in ceiling else ""
        lines.append(f"| {label} | {dev:.3f} | {held:.3f}{missed} | {target} | {best} |")
    lines += [
        "", "In brackets: articles, core events. Targets are for held-out. Two readers: the second "
        f"annotation of {ceiling.get('articles', 0)} articles scored against the first.", "",
        f"### `{language}`: events by type", "",
        "| | dev P | dev R | held-out P | held-out R | core events |", "|---|---|---|---|---|---|",
    ]  # fmt: skip
    for kind in sorted({k for s in SPLITS for k in result[s]["by_type"]}):
        cells = [_shares(result[s]["by_type"].get(kind, [0, 0, 0, 0])) for s in SPLITS]
        core = sum(result[s]["by_type"].get(kind, [0, 0, 0, 0])[3] for s in SPLITS)
        lines.append(f"| {kind} | {' | '.join(cells)} | {core} |")
    lines += ["", f"### `{language}`: the most common errors on dev", ""]
    lines += [f"{i}. **{k}** ({n}): {x}" for i, (k, n, x) in enumerate(result["errors"], 1)]
    lines += ["", f"### `{language}`: what the confidence means", *_reliability(result)]
    return "\n".join(lines)


def _reliability(result: dict[str, Any]) -> list[str]:
    """A reliability diagram of held-out in characters: `#` right, `|` where it should end."""
    found = result["confidence"]
    missed = " **missed**" if found["ece"] > MAX_ECE else ""
    lines = [
        "", f"Expected calibration error on held-out: {found['ece']:.3f}{missed} over "
        f"{found['reports']} reports (target {MAX_ECE:.2f}). A bar is the share that is right, `|` "
        f"the mean confidence. {_sure(found)}", "", "```",
    ]  # fmt: skip
    for low, n, mean, share in found["bins"]:
        bar = ("#" * round(share * BAR)).ljust(BAR + 1)
        at = round(mean * BAR)
        lines.append(f"{low:.1f}-{low + 1 / BINS:.1f}  {bar[:at]}|{bar[at + 1 :]} {n:4d} reports")
    return [*lines, "```"]


def _sure(found: dict[str, Any]) -> str:
    """How good the sure reports are, and how many there are."""
    kept = found["sure"] / max(1, found["reports"])
    met = found["sure_right"] >= LEAST_PRECISION and kept >= LEAST_KEPT
    return (
        f"At {SURE} or more, {found['sure_right']:.3f} are right, with {kept:.2f} of all reports "
        f"kept (target {LEAST_PRECISION:.2f} with {LEAST_KEPT:.2f}){'' if met else ' **missed**'}."
    )


def _shares(tally: list[int]) -> str:
    right, reports, found, core = tally
    precision = f"{right / reports:.2f}" if reports else "–"
    recall = f"{found / core:.2f}" if core else "–"
    return f"{precision} | {recall}"


def main() -> None:
    """Measure every language that has gold, write the result file and the page."""
    languages = sorted(p.name for p in GOLD.iterdir() if (p / "dev").is_dir())
    results = {language: measure(language) for language in languages}
    run = {
        "date": time.strftime("%Y-%m-%d"),
        "versions": {name: version(name) for name in ("kawat", "spacy", "numpy")},
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
    }
    text = json.dumps({"run": run, "languages": results}, indent=1, ensure_ascii=False)
    RESULT.write_text(text + "\n", encoding="utf-8")
    write_page(results)


if __name__ == "__main__":
    main()
