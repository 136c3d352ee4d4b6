"""`python -m tests.gate.agreement [--notes]`: score a second annotation against the first.

A second reader annotated some articles of the gold from their texts alone (tests/gold/second). His
events are scored as if a coder had reported them, with the measures of tests/gate/score.py: what
two careful readers reach is the ceiling of what the coder's figures can mean. It is a high ceiling:
both readers follow the same rules and are of the same kind. Writes
benchmarks/results/agreement.json.
"""

import argparse
import json
from datetime import date
from pathlib import Path
from typing import cast

from kawat.model import Actor, Event, Link, Quote, Report, When
from kawat.model.report import Status
from tests.gate.__main__ import figures
from tests.gate.gold import SECOND, GoldArticle, GoldEvent, read_gold, read_twice
from tests.gate.score import Result, score_events

RESULT = Path(__file__).parents[2] / "benchmarks" / "results" / "agreement.json"
MEASURES = (
    *("core_events", "events_precision", "events_recall", "events_f1", "parties_f1"),
    *("date", "status", "historical", "origin", "chain"),
)
"""Those of the gate that events alone can have: no times or statements were annotated twice."""


def as_report(article: GoldArticle, number: int) -> Report:
    """Return an annotated event as the report that a coder would give: its first type and chain."""
    event = article.events[number]
    words = Quote(article.article.text[slice(*event.span)], event.span)
    return Report(
        id=f"{article.name}-{number}",
        article_id=article.name,
        event=_event(event, words),
        quad="",
        intensity=None,
        attribution=tuple(_link(source) for source in event.chains[0]),
        sentence=_surroundings(article, words),
    )


def _event(event: GoldEvent, words: Quote) -> Event:
    return Event(
        type=event.type,
        mode="",
        contexts=(),
        actors=tuple(_actor(entity) for entity in sorted(event.actors)),
        recipients=tuple(_actor(entity) for entity in sorted(event.recipients)),
        when=When(event.when, "", words.span, "annotated") if event.when else None,
        where=None,
        status=cast("Status", event.status),
        historical=event.historical,
        sentence=0,
        trigger=words,
        confidence=1.0,
        reasons=(),
    )


def _actor(entity: str) -> Actor:
    return Actor(entity, entity, entity, (), "", (0, 0))


def _link(source: str) -> Link:
    return Link(source, source, "speaker", "", "", None, "", None)


def _surroundings(article: GoldArticle, words: Quote) -> Quote:
    """Return the paragraph of some words: near enough, since the nearest event comes first."""
    spans = [(b.start, b.end) for b in article.article.blocks if b.start <= words.span[0] < b.end]
    span = spans[0] if spans else words.span
    return Quote(article.article.text[slice(*span)], span)


def score_agreement(language: str) -> tuple[int, Result]:
    """Return how many articles of a language were annotated twice, and how far both agree."""
    result = Result()
    pairs = read_twice(language)
    for first, second in pairs:
        reports = [as_report(second, number) for number in range(len(second.events))]
        score_events(result, first, reports)
    return len(pairs), result


def main() -> None:
    """Print and write the figures of every language; --notes shows the disagreements on dev."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--notes", action="store_true")
    options = parser.parse_args()
    written: dict[str, dict[str, float]] = {}
    for language in sorted(path.name for path in SECOND.iterdir()):
        articles, result = score_agreement(language)
        measured = figures(result)
        written[language] = {"articles": articles}
        written[language] |= {name: round(measured[name], 3) for name in MEASURES}
        print(f"\n== {language}")
        for name, value in written[language].items():
            print(f"  {name:18s} {value:.3f}")
        if options.notes:
            shown = {article.name for article in read_gold(language, "dev")}
            print("\n".join(note for note in result.notes if note.split(":")[0] in shown))
    about = {"date": date.today().isoformat(), "languages": written}
    RESULT.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
