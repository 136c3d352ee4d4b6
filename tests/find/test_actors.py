"""Actors: rows of tests/cases/LANG/actors.toml."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kawat.find import find_actors
from kawat.lang import languages, load
from kawat.parse import split
from kawat.read import read_text

CASES = [
    pytest.param(path.parent.name, case, id=f"{path.parent.name}: {case['text'][:50]}")
    for path in sorted((Path(__file__).parents[1] / "cases").glob("*/actors.toml"))
    if path.parent.name in languages()
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


@pytest.mark.parametrize(("language", "case"), CASES)
def test_actors_are_found_and_resolved(language: str, case: dict[str, Any]) -> None:
    pack = load(language)
    article = read_text(case["text"], language=language, published="2025-06-16")
    mentions = find_actors(article, split(article, pack), pack)
    found = [
        [m.text, "+".join(a.entity for a in m.actors), "+".join(m.actors[0].sectors)]
        for m in mentions
        if m.actors and m.kind != "outlet"
    ]
    for words, entities, sectors in case["expect"]:
        assert [words, entities, sectors] in found, found
    if not case["expect"]:
        assert not found


def test_spans_are_the_words() -> None:
    pack = load("id")
    text = "Presiden Rusia Vladimir Putin menelepon Erdogan. Ia meminta Ankara menengahi."
    article = read_text(text, language="id", published="2025-06-16")
    for mention in find_actors(article, split(article, pack), pack):
        assert text[slice(*mention.span)] == mention.text
