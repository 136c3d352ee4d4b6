"""Accuracy never falls: the figures on the gold against tests/gate/floors.json.

A floor belongs to the gold that it was measured on: `core_events` is its size. When the gold grows,
the figures are measured anew; from then on they rise and never fall.
"""

import json

import pytest

from tests.gate.__main__ import FLOORS, floored, gold_languages, splits_of
from tests.gate.gold import read_gold
from tests.gate.score import score_split

NAMED = json.loads(FLOORS.read_text(encoding="utf-8"))
FLOORED = [(language, split) for language, splits in NAMED.items() for split in splits]
GOLDEN = [(language, split) for language in gold_languages() for split in splits_of(language)]


@pytest.mark.parametrize(("language", "split"), FLOORED)
def test_no_figure_is_below_its_floor(language: str, split: str) -> None:
    floors = NAMED[language][split]
    result = score_split(language, split)
    measured = {name: round(value, 3) for name, value in floored(result).items()}
    assert set(floors) == set(measured)
    assert measured["core_events"] == floors["core_events"], "the gold has changed: measure anew"
    below = {n: (measured[n], floor) for n, floor in floors.items() if measured[n] < floor}
    assert not below


def test_the_gold_is_as_large_as_promised() -> None:
    assert len(read_gold("id", "dev")) >= 40
    assert len(read_gold("id", "held-out")) >= 20
    both = [*read_gold("id", "dev"), *read_gold("id", "held-out")]
    assert sum(article.statements is not None for article in both) >= 32


@pytest.mark.parametrize(("language", "split"), GOLDEN)
def test_every_gold_span_stands_in_the_body(language: str, split: str) -> None:
    for gold in read_gold(language, split):
        body = [(b.start, b.end) for b in gold.article.blocks if b.kind == "body"]
        for event in gold.events:
            inside = any(a <= event.span[0] and event.span[1] <= b for a, b in body)
            assert inside, (gold.name, event.at)
