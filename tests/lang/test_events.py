"""The event lexicons keep their schema; that of a whole pack reaches every PLOVER type and mode."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kawat.lang import pack, rows, tables

LANG = Path(tables.__file__).parent
CASES = Path(__file__).parents[1] / "cases"
LEXICONS = sorted(p.parent.name for p in LANG.glob("*/events"))
VOICES_WITH_SUBJECT = {"active", "passive"}

for_each_lexicon = pytest.mark.parametrize("language", LEXICONS)


def read_events(language: str) -> tuple[rows.EventRow, ...]:
    return pack.read_events(LANG / language / "events")


def read_types() -> set[tuple[str, str]]:
    table = tables.read_table(LANG / "any" / "types.csv", "types", rows.TypeRow)
    return {(t.type, t.mode) for t in table}


def read_cases(language: str) -> list[dict[str, Any]]:
    return [
        case
        for path in sorted((CASES / language / "events").glob("*.toml"))
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]


def passive_prefix(language: str) -> str:
    path = LANG / language / "grammar.toml"
    if not path.exists():
        return ""
    prefix: str = tomllib.loads(path.read_text(encoding="utf-8"))["affixes"]["passive"]
    return prefix


@for_each_lexicon
def test_ids_are_unique(language: str) -> None:
    counts = Counter(row.id for row in read_events(language))
    assert [i for i, n in counts.items() if n > 1] == []


@for_each_lexicon
def test_no_two_rows_claim_the_same_words(language: str) -> None:
    claims: Counter[tuple[str, str, str]] = Counter()
    prefix = passive_prefix(language)
    for row in read_events(language):
        for form in row.form:
            claims.update((form, word, row.voice) for word in row.object or ("",))
        for base in row.base:
            claims.update((prefix + base, word, "passive") for word in row.object or ("",))
    assert [c for c, n in claims.items() if n > 1] == []


@for_each_lexicon
def test_types_and_modes_are_those_of_the_ontology(language: str) -> None:
    known = read_types()
    assert {(r.type, r.mode) for r in read_events(language)} - known == set()


@for_each_lexicon
def test_every_type_and_mode_has_a_row(language: str) -> None:
    read = read_events(language)
    reached = {(r.type, r.mode) for r in read} | {(r.type, "") for r in read}
    begun = {r.type for r in read}
    whole = language in pack.languages()
    wanted = {(kind, mode) for kind, mode in read_types() if whole or kind in begun}
    assert wanted - reached == set()


@pytest.mark.parametrize(
    "row", [row for language in LEXICONS for row in read_events(language)], ids=lambda r: r.id
)
def test_the_frame_can_be_filled(row: rows.EventRow) -> None:
    obliques = "obl" in {row.actor, row.recipient}
    assert row.preps or not obliques, "an obl argument needs its prepositions"
    assert row.voice in VOICES_WITH_SUBJECT or row.actor != "subj", "a noun has no subject"
    assert row.voice == "active" or not row.base, "only active verbs make a passive"
    assert row.needs != "both" or (row.actor != "none" and row.recipient != "none")
    assert not any(" " in word for word in row.not_before), "guards before are single words"
    assert all(form == form.lower() == form.strip() for form in row.form)


@for_each_lexicon
def test_every_row_has_a_sentence(language: str) -> None:
    shown = {case["row"] for case in read_cases(language) if not case.get("none")}
    assert {row.id for row in read_events(language)} - shown == set()


@for_each_lexicon
def test_every_sentence_names_a_row_and_its_type(language: str) -> None:
    type_of = {row.id: row.type for row in read_events(language)}
    cases = read_cases(language)
    assert {c["row"] for c in cases} - set(type_of) == set()
    wrong = [c["row"] for c in cases if "type" in c and c["type"] != type_of[c["row"]]]
    assert wrong == []
