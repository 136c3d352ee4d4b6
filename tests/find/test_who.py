"""Look-ups in the knowledge: rows of tests/cases/LANG/who.toml, and what holds for every row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawat.edtf import read_bounds
from kawat.find.who import bodies_on, find_who, members_on
from kawat.lang.offices import find_holders, holder_on
from kawat.lang.pack import load_tables
from kawat.model.known import Known
from tests.packs import read_cases

CASES = [(language, *row) for language, file in read_cases("who").items() for row in file["case"]]
INDONESIAN = load_tables("id")
NAMES = st.sampled_from(INDONESIAN.names)
TERMS = st.sampled_from([p for p in INDONESIAN.people if p.start and p.end])
HELD = ("holds", "part")


@pytest.mark.parametrize(("language", "words", "on", "id_", "holders"), CASES)
def test_answers(language: str, words: str, on: str, id_: str, holders: list[str]) -> None:
    first = find_who(words, load_tables(language), on or None)[0]
    assert first.id == id_
    terms = [f"{t.person} {t.standing}" for t in first.terms]
    assert [t for t in terms if not t.endswith("over")] == holders or not holders


@given(NAMES)
def test_every_alias_gives_its_target(row) -> None:  # type: ignore[no-untyped-def]
    found = find_who(row.alias, INDONESIAN)
    assert row.target.rpartition(":")[2] in {known.id for known in found}
    assert all(isinstance(known, Known) for known in found)


@given(TERMS)
def test_a_holder_held_the_office_on_that_day(term) -> None:  # type: ignore[no-untyped-def]
    """Whoever `holder_on` names has a term that covers every day asked about."""
    person = holder_on(INDONESIAN, term.entity, (term.office,), term.start)
    days = read_bounds(term.start)
    assert days
    for other in INDONESIAN.people:
        if (other.id, other.entity, other.office) == (person, term.entity, term.office):
            start, end = read_bounds(other.start), read_bounds(other.end or other.seen)
            if start and end and start[0] <= days[0] and days[1] <= end[1]:
                return
    assert person == ""


def test_nobody_is_taken_to_be_in_office_after_he_was_last_seen() -> None:
    assert holder_on(INDONESIAN, "RUS", ("foreign minister",), "2019-05-01") == "sergei-lavrov"
    assert holder_on(INDONESIAN, "RUS", ("foreign minister",), "2031-01-01") == ""
    standings = [
        h.standing for h in find_holders(INDONESIAN, "RUS", ("foreign minister",), "2031-01-01")
    ]
    assert standings[-1] == "unknown"


def test_members_by_date() -> None:
    assert "KHM" not in members_on("ASEAN", INDONESIAN, "1998-01-01")
    assert "KHM" in members_on("ASEAN", INDONESIAN, "2001-01-01")
    assert "GBR" in members_on("EUR", INDONESIAN, "2019-12-31")
    assert "GBR" not in members_on("EUR", INDONESIAN, "2020-02-01")
    assert "BRICS" in bodies_on("IDN", INDONESIAN, "2025-06-01")
    assert "BRICS" not in bodies_on("IDN", INDONESIAN, "2024-06-01")
