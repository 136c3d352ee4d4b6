"""Types that are easily taken for one another (tests/cases/LANG/confusions.toml)."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

import kawat
from kawat.lang import languages
from kawat.model import Report

FILES = sorted((Path(__file__).parents[1] / "cases").glob("*/confusions.toml"))
CASES = [
    pytest.param(path.parent.name, case, id=f"{path.parent.name}: {case['text'][:50]}")
    for path in FILES
    if path.parent.name in languages()
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


def show(report: Report) -> str:
    event = report.event
    sides = ["+".join(sorted(a.entity for a in s)) for s in (event.actors, event.recipients)]
    return f"{event.type} {sides[0]} > {sides[1]} ({event.status})"


def spell_out(wanted: str) -> str:
    """`AGREE JPN+PHL >` as `show` writes it: parties sorted, status actual."""
    act, _, status = wanted.partition(" (")
    kind, _, parties = act.partition(" ")
    sides = ["+".join(sorted(filter(None, s.strip().split("+")))) for s in parties.split(">")]
    return f"{kind} {sides[0]} > {sides[1]} ({status or 'actual)'}"


@pytest.mark.parametrize(("language", "case"), CASES)
def test_the_right_types_come_out(language: str, case: dict[str, Any]) -> None:
    reports = kawat.code_text(case["text"], language=language, published="2025-06-16")
    seen = {show(report) for report in reports}
    assert {spell_out(wanted) for wanted in case["gives"]} <= seen
    assert not {report.event.type for report in reports} & set(case.get("never", []))
    assert case["gives"] or not seen
