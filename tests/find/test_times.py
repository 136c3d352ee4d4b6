"""Times: the rows of cases/id/times.toml, and what must hold for every date."""

import re
import time
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import edtf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kawat.edtf import read_bounds
from kawat.errors import TableError
from kawat.find.time_grammar import compile_grammar
from kawat.find.time_pairs import place_day, weigh_pair
from kawat.find.times import find_times
from kawat.lang import pack as pack_module
from kawat.lang.pack import Pack
from kawat.model import Article, Parse, Published, Sentence, TimeMention, Word

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/id/times.toml").read_text("utf-8"))
TIMES = tomllib.loads((pack_module.HERE / "id/times.toml").read_text("utf-8"))
PACK = Pack("id", Path(), (), {}, (), {}, (), (), (), (), (), (), {}, {}, TIMES, {}, {})
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
DAYS = st.dates(date(2000, 1, 10), date(2026, 12, 20))


def split_text(text: str) -> Parse:
    """Split at a full stop before a capital, and into words at blanks: enough for these rows."""
    sentences = []
    for index, match in enumerate(re.finditer(r"\S.*?(?:\.(?=\s+[A-Z]|$)|$)", text)):
        words = tuple(
            Word(w[0], w[0].lower(), match.start() + w.start(), match.start() + w.end())
            for w in re.finditer(r"\w+(?:[/.-]\w+)*|[^\w\s]", match[0])
        )
        sentences.append(Sentence(index, match.start(), match.end(), words, 0))
    return Parse("id", tuple(sentences))


def find(text: str, published: str | None) -> tuple[TimeMention, ...]:
    article = Article("a", text, published=Published(published or None, "given"))
    return find_times(article, split_text(text), PACK)


def mark(row: dict[str, Any]) -> Any:
    name = f"{row['published'] or 'unknown'} {row['text'][:50]}"
    fails = row.get("fails")
    marks = [pytest.mark.xfail(reason=fails, strict=True)] if fails else []
    return pytest.param(row, id=name, marks=marks)


@pytest.mark.parametrize("row", [mark(row) for row in CASES["case"]])
def test_row(row: dict[str, Any]) -> None:
    found = find(row["text"], row["published"])
    assert [[m.text, m.edtf or "", m.relation] for m in found] == row["times"]


@pytest.mark.parametrize("row", CASES["case"])
def test_offsets_are_exact_and_values_are_edtf(row: dict[str, Any]) -> None:
    parse = split_text(row["text"])
    for mention in find(row["text"], row["published"]):
        words = parse.sentences[mention.sentence].words
        assert row["text"][slice(*mention.span)] == mention.text
        assert words[mention.first].start <= mention.span[0] < words[mention.first].end
        assert words[mention.last].start < mention.span[1] <= words[mention.last].end
        assert mention.reason
        if mention.edtf:
            edtf.parse_edtf(mention.edtf)


@given(published=DAYS, weekday=st.integers(0, 6))
def test_a_bare_weekday_is_the_last_one(published: date, weekday: int) -> None:
    (mention,) = find(f"Ia tiba pada {WEEKDAYS[weekday]}.", published.isoformat())
    day = date.fromisoformat(mention.edtf or "")
    assert day.weekday() == weekday
    assert timedelta(0) <= published - day < timedelta(days=7)


@given(published=DAYS, weekday=st.integers(0, 6))
def test_a_coming_weekday_is_the_next_one(published: date, weekday: int) -> None:
    (mention,) = find(f"Ia tiba {WEEKDAYS[weekday]} mendatang.", published.isoformat())
    day = date.fromisoformat(mention.edtf or "")
    assert day.weekday() == weekday
    assert timedelta(0) < day - published <= timedelta(days=7)


@given(published=DAYS, ago=st.integers(0, 150))
def test_a_pair_without_a_year_finds_its_day(published: date, ago: int) -> None:
    day = published - timedelta(days=ago)
    text = f"Menurut kantor berita, {WEEKDAYS[day.weekday()]} ({day.day}/{day.month}), itu benar."
    (mention,) = find(text, published.isoformat())
    assert mention.edtf == day.isoformat()


@given(published=DAYS, day=DAYS)
def test_a_full_date_needs_no_publication(published: date, day: date) -> None:
    text = f"Pada {day.day}/{day.month}/{day.year} ia tiba."
    assert [m.edtf for m in find(text, published.isoformat())] == [day.isoformat()]
    assert [m.edtf for m in find(text, None)] == [day.isoformat()]


@settings(max_examples=60)
@given(
    published=DAYS,
    words=st.sampled_from(
        [
            "pekan lalu",
            "bulan lalu",
            "tahun lalu",
            "akhir pekan lalu",
            "dua hari lalu",
            "Mei lalu",
            "tiga bulan lalu",
            "kemarin",
            "sepuluh tahun lalu",
            "abad lalu",
            "musim panas lalu",
        ]
    ),
)
def test_what_is_past_begins_before_publication(published: date, words: str) -> None:
    (mention,) = find(f"Itu terjadi {words}.", published.isoformat())
    bounds = read_bounds(mention.edtf or "")
    assert bounds is not None
    assert bounds[0] <= bounds[1]
    assert bounds[0] < published


@given(text=st.text(max_size=120))
def test_any_text_is_borne(text: str) -> None:
    sentence = Sentence(0, 0, len(text), (), 0)
    article = Article("a", text, published=Published("2022-08-16", "given"))
    for mention in find_times(article, Parse("id", (sentence,)), PACK):
        assert text[slice(*mention.span)] == mention.text


def test_the_index_by_first_word_loses_nothing() -> None:
    """Every rule is reached through the word that its match begins with."""
    grammar = compile_grammar(TIMES)
    rules = {rule for rules in grammar.by_start.values() for rule in rules}
    for row in CASES["case"]:
        for token in re.finditer(r"\w+", row["text"]):
            key = "0" if token[0][0].isdigit() else token[0].lower()
            reached = {r for r in rules if r.pattern.match(row["text"], token.start())}
            assert reached <= set(grammar.by_start.get(key, ()))


def test_a_pair_that_disagrees_names_what_was_not_taken() -> None:
    value, reason = weigh_pair(2, (2025, 6, 19), date(2025, 6, 20), False)
    assert value == "2025-06-19"
    assert "it is a Thursday, not a Wednesday" in reason
    assert "not taken: 2025-06-18" in reason


def test_a_leap_day_finds_a_leap_year() -> None:
    assert place_day(2, 29, date(2021, 5, 1), False) == date(2020, 2, 29)


def test_a_rule_with_an_unknown_class_is_named() -> None:
    broken = {**TIMES, "rule": [{"name": "odd", "pattern": "{nosuch}", "value": "day"}]}
    with pytest.raises(TableError, match="odd"):
        compile_grammar(broken)


def test_a_rule_that_is_no_expression_is_named() -> None:
    broken = {**TIMES, "rule": [{"name": "odd", "pattern": "(a", "value": "day"}]}
    with pytest.raises(TableError, match="odd"):
        compile_grammar(broken)


def test_speed() -> None:
    """Over 100 000 words a second, measured with much slack for a busy machine."""
    text = "\n".join(row["text"] for row in CASES["case"])
    filler = "Para pejabat kedua negara membahas kerja sama di bidang pertahanan dan energi. " * 12
    whole = (text + "\n" + filler * 20) * 3
    sentence = Sentence(0, 0, len(whole), (), 0)
    article = Article("a", whole, published=Published("2022-08-16", "given"))
    start = time.process_time()
    find_times(article, Parse("id", (sentence,)), PACK)
    assert len(whole.split()) / (time.process_time() - start) > 50_000
