"""Every row of the event lexicon, shown by a sentence (tests/cases/LANG/events/TYPE.toml)."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kawat

CASES = Path(__file__).parents[1] / "cases"


def cases() -> Iterator[Any]:
    """Yield the cases of every type as parameters."""
    for path in sorted((CASES / "id" / "events").glob("*.toml")):
        for i, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"]):
            yield pytest.param(case, id=f"{case['row']}-{i}")


def known_failures() -> set[str]:
    """Return the texts of tests/cases/id/known-failures.toml."""
    data = tomllib.loads((CASES / "id" / "known-failures.toml").read_text(encoding="utf-8"))
    return {case["text"] for case in data["case"]}


@pytest.mark.parametrize("case", list(cases()))
def test_trigger_row_is_shown_by_its_sentence(
    case: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    if case["text"] in known_failures():
        request.applymarker(pytest.mark.xfail(strict=True, reason="known failure"))
    reports = kawat.code_text(case["text"], language="id", published="2025-06-16")
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
