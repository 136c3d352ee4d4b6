"""The day of publication, inferred from the text alone."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawat.find.published import infer_published
from kawat.model import Article, Block, Parse, Published, Sentence
from kawat.parse import split
from tests.packs import read_cases, toml_pack

CASES = read_cases("times")
ROWS = [(language, row) for language, cases in CASES.items() for row in cases["published"]]
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def infer(text: str, language: str = "id") -> Published:
    start = text.rfind("\n") + 1  # what stands above the last line is a byline
    header = [Block("byline", m.start(), m.end(), 0) for m in re.finditer(".+", text[:start])]
    article = Article("a", text, blocks=(*header, Block("body", start, len(text), 1)))
    pack = toml_pack(language)
    return infer_published(article, split(article, pack), pack)


@pytest.mark.parametrize(
    ("language", "row"), ROWS, ids=lambda v: v["text"][:60] if isinstance(v, dict) else v
)
def test_row(language: str, row: dict[str, str]) -> None:
    found = infer(row["text"], language)
    assert (found.edtf or "") == row["edtf"]
    assert found.how == ("inferred" if row["edtf"] else "unknown")
    assert found.reason


def test_the_reason_names_the_words_and_the_years_ruled_out() -> None:
    reason = infer(CASES["id"]["published"][0]["text"]).reason
    assert '"Senin (15/8)" fits 2022 and not 2021 and 2023' in reason
    assert "2011 and 2016" in reason
    assert "2019 as past" in reason
    assert "up to two days later" in reason


def test_a_date_in_the_byline_comes_first() -> None:
    text = "Rini Hapsari, Jumat, 19 Agustus 2022. Kapal itu tiba, Kamis (18/8/2022)"
    end = text.index(". ")
    blocks = (Block("byline", 0, end, 0), Block("body", end + 2, len(text), 1))
    found = infer_published(
        Article("a", text, blocks=blocks),
        Parse("id", (Sentence(0, end + 2, len(text), (), 1),)),
        toml_pack("id"),
    )
    assert found.edtf == "2022-08-19"


def test_a_text_without_dates_stays_unknown() -> None:
    assert infer("Kedua negara sepakat bekerja sama.").how == "unknown"


@given(day=st.dates(date(2000, 1, 1), date(2026, 12, 31)), before=st.integers(0, 2))
def test_a_full_report_date_is_found_again(day: date, before: int) -> None:
    earlier = day - timedelta(days=before)
    text = (
        f"Kapal itu tiba, {WEEKDAYS[earlier.weekday()]} ({earlier.day}/{earlier.month}/"
        f"{earlier.year}). Menurut polisi, {WEEKDAYS[day.weekday()]} ({day.day}/{day.month}/"
        f"{day.year}), tidak ada korban."
    )
    assert infer(text).edtf == day.isoformat()


@given(day=st.dates(date(2000, 3, 1), date(2026, 12, 31)))
def test_a_pair_and_the_year_told_as_past_fix_the_day(day: date) -> None:
    text = (
        f"Menurut polisi, {WEEKDAYS[day.weekday()]} ({day.day}/{day.month}), tidak ada korban. "
        f"Jembatan itu dibuka pada tahun {day.year - 1}"
    )
    found = infer(text)
    assert found.edtf == day.isoformat()
    assert found.how == "inferred"
