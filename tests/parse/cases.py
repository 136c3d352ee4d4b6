"""The rows of cases/id/parse.toml, and a text as an article."""

import tomllib
from pathlib import Path
from typing import Any

from kawat.model import Article, Block

CASES: dict[str, Any] = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "id" / "parse.toml").read_text(encoding="utf-8")
)


def one_block(text: str) -> Article:
    """Return an article whose whole text is one body block."""
    return Article("case", text, language="id", blocks=(Block("body", 0, len(text), 0),))
