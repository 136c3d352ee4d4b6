"""`python -m tests.gate [--notes] [--split dev]`: print the figures of the gold."""

import argparse
import json
from pathlib import Path

from kawat.lang import languages
from tests.gate.gold import GOLD
from tests.gate.score import Result, score_split

FLOORS = Path(__file__).parent / "floors.json"


FIELDS = ("date", "status", "historical", "origin", "chain")


def floored(result: Result) -> dict[str, float]:
    """Return the figures that have floors, and the size of the gold that they are measured on.

    A field's floor counts the core events that were found with that field right, out of all core
    events: among the found alone its share would fall whenever one more hard event is found.
    """
    core = max(1, result.events.core)
    joint = {f"found_{name}_right": result.fields[name] / core for name in FIELDS}
    return {n: v for n, v in figures(result).items() if n not in FIELDS} | joint


def figures(result: Result) -> dict[str, float]:
    """Return the figures that are reported."""
    n = max(1, result.fields["n"])
    times = result.times
    return {
        "core_events": result.events.core,
        "events_precision": result.events.figures()[0],
        "events_recall": result.events.figures()[1],
        "events_f1": result.events.figures()[2],
        "parties_f1": result.parties.figures()[2],
        "date": result.fields["date"] / n,
        "status": result.fields["status"] / n,
        "historical": result.fields["historical"] / n,
        "origin": result.fields["origin"] / n,
        "chain": result.fields["chain"] / n,
        "statements_f1": result.statements.figures()[2],
        "speaker": result.speakers["right"] / max(1, result.speakers["n"]),
        "times_found": times.found / max(1, times.core),
        "times_right": times.right / max(1, times.core),
        "published": result.published["right"] / max(1, result.published["n"]),
    }


def gold_languages() -> list[str]:
    """Return the languages that have both gold and a whole pack."""
    return [language for language in languages() if (GOLD / language).is_dir()]


def splits_of(language: str) -> list[str]:
    """Return the splits of a language's gold, dev first."""
    return sorted(p.name for p in (GOLD / language).iterdir() if p.is_dir())


def show(split: str, result: Result) -> None:
    """Print the figures of a split."""
    print(f"\n== {split}: {result.events.core} core events")
    for name, value in figures(result).items():
        print(f"  {name:18s} {value:.3f}")
    print("  type          right reports found core     P     R     F")
    for kind, tally in sorted(result.by_type.items()):
        precision, recall, f1 = tally.figures()
        print(
            f"  {kind:12s} {tally.right:6d} {tally.reports:7d} {tally.found:5d} {tally.core:4d}"
            f"  {precision:.2f}  {recall:.2f}  {f1:.2f}"
        )


def main() -> None:
    """Print the figures; with --notes also every mistake (of dev only); --json writes them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--language", action="append", help="default: every language with gold")
    parser.add_argument("--split", choices=["dev", "held-out"])
    parser.add_argument("--notes", action="store_true")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    written: dict[str, dict[str, dict[str, float]]] = {}
    for language in options.language or gold_languages():
        written[language] = {}
        for split in [options.split] if options.split else splits_of(language):
            result = score_split(language, split)
            show(f"{language} {split}", result)
            written[language][split] = {k: round(v, 3) for k, v in floored(result).items()}
            if options.notes and split == "dev":
                print("\n".join(result.notes))
    if options.json:
        options.json.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
