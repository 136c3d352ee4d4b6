"""Words: the rows `words` of cases/LANGUAGE/parse.toml, and what holds for every text."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kawat.parse import split
from kawat.parse.sentences import MAX_WORDS
from kawat.parse.words import split_words
from tests.packs import LANGUAGES, read_cases, toml_pack
from tests.parse.cases import one_block

CASES = read_cases("parse")
PIECES = st.sampled_from(
    [
        "Rusia", "suratnya", "AS-China", "Al-Qaeda", "langkah-langkah", "Rp1.000", "15/8", "pukul",
        "10.30", "Jl.", "J.", '"', "“", "”", "(", ")", ".", ",", "?!", "...", "-", "--", "nya",
        "-nya", "kata", "dll.", "\n", "\u00a0", "İ", "ẞ", "é", "2019", "X.com", "'", "ke-3", "%",
        "https://a.b/c", "a@b.c", "U.S.'s", "don’t", "US-led",
        "cannot", "a.m.", "No.", "Kukira", "apakah", "😀", "\u200b", "北京", "AS-nya",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(PIECES, max_size=60).map(" ".join),
    st.lists(PIECES, max_size=60).map("".join),
)


@pytest.mark.parametrize(
    ("language", "case"),
    [(code, case) for code in CASES for case in CASES[code]["words"]],
    ids=lambda value: value["text"] if isinstance(value, dict) else value,
)
def test_words(language: str, case: dict[str, Any]) -> None:
    text, pack = case["text"], toml_pack(language)
    assert " ".join(w.text for w in split_words(text, 0, len(text), pack)) == case["words"]


@settings(deadline=None, max_examples=300)
@given(TEXTS, st.sampled_from(LANGUAGES))
def test_words_are_the_text_in_order_and_do_not_overlap(text: str, language: str) -> None:
    sentences = split(one_block(text), toml_pack(language)).sentences
    at = 0
    for number, sentence in enumerate(sentences):
        assert sentence.index == number
        assert 0 < len(sentence.words) <= MAX_WORDS
        assert sentence.start == sentence.words[0].start
        assert sentence.end == sentence.words[-1].end
        for word in sentence.words:
            assert text[word.start : word.end] == word.text
            assert word.lower == word.text.lower().replace("’", "'")
            assert at <= word.start < word.end
            at = word.end


@settings(deadline=None)
@given(TEXTS, st.sampled_from(LANGUAGES))
def test_no_letter_is_lost(text: str, language: str) -> None:
    sentences = split(one_block(text), toml_pack(language)).sentences
    kept = {i for s in sentences for w in s.words for i in range(w.start, w.end)}
    assert [c for i, c in enumerate(text) if i not in kept and c.isalnum()] == []


@settings(deadline=None)
@given(TEXTS, st.integers(0, 50), st.sampled_from(LANGUAGES))
def test_words_depend_on_the_stretch_and_not_on_where_it_stands(
    text: str, before: int, language: str
) -> None:
    shifted, pack = " " * before + text, toml_pack(language)
    words = split_words(text, 0, len(text), pack)
    moved = split_words(shifted, before, len(shifted), pack)
    assert [(w.text, w.start + before, w.end + before) for w in words] == [
        (w.text, w.start, w.end) for w in moved
    ]
