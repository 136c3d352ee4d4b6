"""The figures of docs/parsing.md are those that were measured."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RESULTS = sorted((ROOT / "benchmarks/results").glob("parse-*.json"))


@pytest.mark.parametrize("path", RESULTS, ids=lambda path: path.stem)
def test_docs_quote_the_result_file(path: Path) -> None:
    measured = json.loads(path.read_text("utf-8"))
    language = path.stem.rpartition("-")[2]
    text = (ROOT / "docs/parsing.md").read_text("utf-8")
    table = text.split(f"<!-- figures {language} -->")[1]
    table = table.split(f"<!-- end of figures {language} -->")[0]
    for name in measured["quality"]["together"]:
        row = [str(measured["quality"][part].get(name, "")) for part in measured["quality"]]
        assert f"| {name} | {' | '.join(row)} |" in table
    for name, words in measured["words_a_second"].items():
        assert f"{name}: {words:,} words a second" in table
