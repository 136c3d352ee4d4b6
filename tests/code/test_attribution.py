"""The chain of sources of one trigger: rows in tests/cases/LANG/attribution.toml."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kawat.code.attribution import attribute, prepare_sources
from kawat.code.statements import find_statements
from kawat.lang import languages, load
from kawat.model import Link

CASES = sorted((Path(__file__).parents[1] / "cases").glob("*/attribution.toml"))
ROWS = [
    pytest.param(path.parent.name, case, id=f"{path.parent.name}: {case['text'][:60]}")
    for path in CASES
    if path.parent.name in languages()
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]
NAMES = {
    path.parent.name: tomllib.loads((path.parent / "statements.toml").read_text(encoding="utf-8"))[
        "names"
    ]
    for path in CASES
}
Chain = tuple[Link, ...]


def _chain(scene: Any, trigger: str) -> Chain:
    article, parse, mentions = scene
    pack = load(article.language)
    statements = find_statements(article, parse, mentions, pack)
    sources = prepare_sources(article, parse, mentions, statements, pack)
    start = article.text.index(trigger)
    index = next(s.index for s in parse.sentences if s.start <= start < s.end)
    return attribute(sources, index, (start, start + len(trigger)), ())


@pytest.mark.parametrize(("language", "case"), ROWS)
def test_chain_of_a_trigger(
    language: str, case: dict[str, Any], set_case: Callable[..., Any]
) -> None:
    scene = set_case(case["text"], NAMES[language], language=language)
    chain = _chain(scene, case["trigger"])
    shown = [" ".join(filter(None, (c.entity or c.name, c.role, c.medium))) for c in chain]
    assert shown == case["chain"]


def test_the_publisher_is_left_out(set_case: Callable[..., Any]) -> None:
    text = "Dilansir dari Reuters, Israel menyerang Rafah."
    assert _chain(set_case(text, NAMES["id"], publisher="Reuters"), "menyerang") == ()
    assert len(_chain(set_case(text, NAMES["id"], publisher="Kompas.com"), "menyerang")) == 1
