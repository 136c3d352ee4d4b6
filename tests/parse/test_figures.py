"""The figures of docs/parsing.md are those that were measured."""

import json
from pathlib import Path

ROOT = Path(__file__).parents[2]
SLICES = ("id_pud/pud.conllu", "id_gsd/dev.conllu", "together")


def test_docs_quote_the_result_file() -> None:
    measured = json.loads((ROOT / "benchmarks/results/parse-id.json").read_text("utf-8"))
    text = (ROOT / "docs/parsing.md").read_text("utf-8")
    table = text.split("<!-- figures -->")[1].split("<!-- end of figures -->")[0]
    for name in measured["quality"]["together"]:
        row = [str(measured["quality"][part].get(name, "")) for part in SLICES]
        assert f"| {name} | {' | '.join(row)} |" in table
    for name, words in measured["words_a_second"].items():
        assert f"{name}: {words:,} words a second" in table
