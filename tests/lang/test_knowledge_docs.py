"""docs/knowledge.md quotes the figures of benchmarks/results/knowledge.json."""

import json
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_figures_are_those_measured() -> None:
    text = (ROOT / "docs" / "knowledge.md").read_text(encoding="utf-8")
    result = json.loads((ROOT / "benchmarks/results/knowledge.json").read_text(encoding="utf-8"))
    names = [result[language]["held-out names"] for language in ("id", "en")]
    assert f"| given to the right party | {names[0]['right']} | {names[1]['right']} |" in text
    assert min(n["right"] for n in names) >= 0.95
    assert sum(n["names"] for n in names) >= 400
