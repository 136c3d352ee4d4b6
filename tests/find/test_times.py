"""Times: the rows of cases/LANGUAGE/times.toml, and what must hold for every date."""

import re
import time
from datetime import date, timedelta
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
from kawat.model import Article, Parse, Published, Sentence, TimeMention, Word
from tests.packs import read_cases, toml_pack

CASES = read_cases("times")
ROWS = [(language, row) for language, cases in CASES.items() for row in cases["case"]]
LANGUAGES = st.sampled_from(sorted(CASES))
TIMES = toml_pack("id").times
DAYS = st.dates(date(2000, 1, 10), date(2026, 12, 20))


def split_text(text: str, language: str) -> Parse:
    """Split at a full stop before a capital, and into words at blanks: enough for these rows."""
    sentences = []
    for index, match in enumerate(re.finditer(r"\S.*?(?:\.(?=\s+[A-Z]|$)|$)", text)):
        words = tuple(
            Word(w[0], w[0].lower(), match.start() + w.start(), match.start() + w.end())
            for w in re.finditer(r"\w+(?:[/.-]\w+)*|[^\w\s]", match[0])
        )
        sentences.append(Sentence(index, match.start(), match.end(), words, 0))
    return Parse(language, tuple(sentences))


def find(text: str, published: str | None, language: str) -> tuple[TimeMention, ...]:
    article = Article("a", text, published=Published(published or None, "given"))
    return find_times(article, split_text(text, language), toml_pack(language))


def phrase(language: str, name: str, day: date) -> str:
    """Return a sentence of `phrases` that tells of a day."""
    phrases = CASES[language]["phrases"]
    weekday = phrases["weekdays"][day.weekday()]
    month = phrases["months"][day.month - 1]
    text: str = phrases[name]
    return text.format(weekday=weekday, day=day.day, month=month, year=day.year)


def mark(language: str, row: dict[str, Any]) -> Any:
    name = f"{language} {row['published'] or 'unknown'} {row['text'][:50]}"
    fails = row.get("fails")
    marks = [pytest.mark.xfail(reason=fails, strict=True)] if fails else []
    return pytest.param(language, row, id=name, marks=marks)


@pytest.mark.parametrize(("language", "row"), [mark(*row) for row in ROWS])
def test_row(language: str, row: dict[str, Any]) -> None:
    found = find(row["text"], row["published"], language)
    assert [[m.text, m.edtf or "", m.relation] for m in found] == row["times"]


@pytest.mark.parametrize(("language", "row"), ROWS)
def test_offsets_are_exact_and_values_are_edtf(language: str, row: dict[str, Any]) -> None:
    parse = split_text(row["text"], language)
    for mention in find(row["text"], row["published"], language):
        words = parse.sentences[mention.sentence].words
        assert row["text"][slice(*mention.span)] == mention.text
        assert words[mention.first].start <= mention.span[0] < words[mention.first].end
        assert words[mention.last].start < mention.span[1] <= words[mention.last].end
        assert mention.reason
        if mention.edtf:
            edtf.parse_edtf(mention.edtf)


@given(published=DAYS, told=DAYS, language=LANGUAGES)
def test_a_bare_weekday_is_the_last_one(published: date, told: date, language: str) -> None:
    (mention,) = find(phrase(language, "bare", told), published.isoformat(), language)
    day = date.fromisoformat(mention.edtf or "")
    assert day.weekday() == told.weekday()
    assert timedelta(0) <= published - day < timedelta(days=7)


@given(published=DAYS, told=DAYS, language=LANGUAGES)
def test_a_coming_weekday_is_the_next_one(published: date, told: date, language: str) -> None:
    (mention,) = find(phrase(language, "coming", told), published.isoformat(), language)
    day = date.fromisoformat(mention.edtf or "")
    assert day.weekday() == told.weekday()
    assert timedelta(0) < day - published <= timedelta(days=7)


@given(published=DAYS, ago=st.integers(0, 150), language=LANGUAGES)
def test_a_pair_without_a_year_finds_its_day(published: date, ago: int, language: str) -> None:
    day = published - timedelta(days=ago)
    (mention,) = find(phrase(language, "pair", day), published.isoformat(), language)
    assert mention.edtf == day.isoformat()


@given(published=DAYS, day=DAYS, language=LANGUAGES)
def test_a_full_date_needs_no_publication(published: date, day: date, language: str) -> None:
    text = phrase(language, "full", day)
    assert [m.edtf for m in find(text, published.isoformat(), language)] == [day.isoformat()]
    assert [m.edtf for m in find(text, None, language)] == [day.isoformat()]


@settings(max_examples=100)
@given(
    published=DAYS,
    words=st.sampled_from([(code, w) for code in CASES for w in CASES[code]["phrases"]["past"]]),
)
def test_what_is_past_begins_before_publication(published: date, words: tuple[str, str]) -> None:
    language, past = words
    (mention,) = find(
        CASES[language]["phrases"]["told"].format(past), published.isoformat(), language
    )
    bounds = read_bounds(mention.edtf or "")
    assert bounds is not None
    assert bounds[0] <= bounds[1]
    assert bounds[0] < published


@given(text=st.text(max_size=120), language=LANGUAGES)
def test_any_text_is_borne(text: str, language: str) -> None:
    sentence = Sentence(0, 0, len(text), (), 0)
    article = Article("a", text, published=Published("2022-08-16", "given"))
    for mention in find_times(article, Parse(language, (sentence,)), toml_pack(language)):
        assert text[slice(*mention.span)] == mention.text


@pytest.mark.parametrize("language", sorted(CASES))
def test_the_index_by_first_word_loses_nothing(language: str) -> None:
    """Every rule is reached through the word that its match begins with."""
    grammar = compile_grammar(toml_pack(language).times)
    rules = {rule for rules in grammar.by_start.values() for rule in rules}
    for row in CASES[language]["case"]:
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


def test_a_holiday_that_the_calendar_lacks_is_named() -> None:
    broken = {**TIMES, "event": [{"names": ["hari apa"], "is": "nosuch"}]}
    with pytest.raises(TableError, match="nosuch"):
        compile_grammar(broken)


@pytest.mark.parametrize("language", sorted(CASES))
def test_speed(language: str) -> None:
    """Over 100 000 words a second, measured with much slack for a busy machine."""
    text = "\n".join(row["text"] for row in CASES[language]["case"])
    filler = (CASES[language]["phrases"]["filler"] + " ") * 12
    whole = (text + "\n" + filler * 20) * 3
    sentence = Sentence(0, 0, len(whole), (), 0)
    article = Article("a", whole, published=Published("2022-08-16", "given"))
    start = time.process_time()
    find_times(article, Parse(language, (sentence,)), toml_pack(language))
    assert len(whole.split()) / (time.process_time() - start) > 50_000
