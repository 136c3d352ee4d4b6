"""The Indonesian event lexicon keeps its schema, and reaches every PLOVER type and mode."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kawat.lang import pack, rows, tables

LANG = Path(tables.__file__).parent
CASES = Path(__file__).parents[1] / "cases" / "id" / "events"
VOICES_WITH_SUBJECT = {"active", "passive"}


def read_events() -> tuple[rows.EventRow, ...]:
    return pack.read_events(LANG / "id" / "events")


def read_types() -> set[tuple[str, str]]:
    table = tables.read_table(LANG / "any" / "types.csv", "types", rows.TypeRow)
    return {(t.type, t.mode) for t in table}


def read_cases() -> list[dict[str, Any]]:
    return [
        case
        for path in sorted(CASES.glob("*.toml"))
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]


def passive_of(row: rows.EventRow) -> list[str]:
    return ["di" + row.base] if row.base else []


def test_ids_are_unique() -> None:
    counts = Counter(row.id for row in read_events())
    assert [i for i, n in counts.items() if n > 1] == []


def test_no_two_rows_claim_the_same_words() -> None:
    claims: Counter[tuple[str, str, str]] = Counter()
    for row in read_events():
        for form in row.form:
            claims.update((form, word, row.voice) for word in row.object or ("",))
        for form in passive_of(row):
            claims.update((form, word, "passive") for word in row.object or ("",))
    assert [c for c, n in claims.items() if n > 1] == []


def test_types_and_modes_are_those_of_the_ontology() -> None:
    known = read_types()
    assert {(r.type, r.mode) for r in read_events()} - known == set()


def test_every_type_and_mode_has_a_row() -> None:
    reached = {(r.type, r.mode) for r in read_events()} | {(r.type, "") for r in read_events()}
    assert read_types() - reached == set()


@pytest.mark.parametrize("row", read_events(), ids=lambda r: r.id)
def test_the_frame_can_be_filled(row: rows.EventRow) -> None:
    obliques = "obl" in {row.actor, row.recipient}
    assert row.preps or not obliques, "an obl argument needs its prepositions"
    assert row.voice in VOICES_WITH_SUBJECT or row.actor != "subj", "a noun has no subject"
    assert row.voice == "active" or not row.base, "only active verbs make a passive"
    assert row.needs != "both" or (row.actor != "none" and row.recipient != "none")
    assert not any(" " in word for word in row.not_before), "guards before are single words"
    assert all(form == form.lower() == form.strip() for form in row.form)


def test_every_row_has_a_sentence() -> None:
    shown = {case["row"] for case in read_cases() if not case.get("none")}
    assert {row.id for row in read_events()} - shown == set()


def test_every_sentence_names_a_row_and_its_type() -> None:
    type_of = {row.id: row.type for row in read_events()}
    assert {c["row"] for c in read_cases()} - set(type_of) == set()
    wrong = [c["row"] for c in read_cases() if "type" in c and c["type"] != type_of[c["row"]]]
    assert wrong == []
