"""Every row of the event lexicon, shown by a sentence (tests/cases/LANG/events/TYPE.toml)."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import kawat
from kawat.lang.pack import languages

CASES = Path(__file__).parents[1] / "cases"


def cases() -> Iterator[Any]:
    """Yield the cases of every type, of the languages whose pack is whole, as parameters."""
    for language in languages():
        for path in sorted((CASES / language / "events").glob("*.toml")):
            for i, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"]):
                yield pytest.param(language, case, id=f"{language}-{case['row']}-{i}")


@cache
def known_failures(language: str) -> frozenset[str]:
    """Return the texts of tests/cases/LANG/known-failures.toml."""
    path = CASES / language / "known-failures.toml"
    if not path.exists():
        return frozenset()
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return frozenset(case["text"] for case in data["case"])


@pytest.mark.parametrize(("language", "case"), list(cases()))
def test_trigger_row_is_shown_by_its_sentence(
    language: str, case: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    if case["text"] in known_failures(language):
        request.applymarker(pytest.mark.xfail(strict=True, reason="known failure"))
    reports = kawat.code_text(case["text"], language=language, published="2025-06-16")
    seen = [
        (r.event.type, {a.entity for a in r.event.actors}, {a.entity for a in r.event.recipients})
        for r in reports
    ]
    if case.get("none"):
        assert not seen
        return
    types = {case["type"], *case.get("alt_types", [])}
    actors, recipients = set(case.get("actors", [])), set(case.get("recipients", []))
    assert any(kind in types and (a, b) == (actors, recipients) for kind, a, b in seen), (
        f"{seen} holds no {case['type']} {actors} -> {recipients}"
    )
    if "status" in case:
        assert any(r.event.status == case["status"] for r in reports if r.event.type in types)
