"""Words: the rows `words` of cases/id/parse.toml, and what holds for every text."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kawat.lang import load
from kawat.parse import split
from kawat.parse.sentences import MAX_WORDS
from kawat.parse.words import split_words
from tests.parse.cases import CASES, one_block

PACK = load("id")
PIECES = st.sampled_from(
    [
        "Rusia", "suratnya", "AS-China", "Al-Qaeda", "langkah-langkah", "Rp1.000", "15/8", "pukul",
        "10.30", "Jl.", "J.", '"', "“", "”", "(", ")", ".", ",", "?!", "...", "-", "--", "nya",
        "-nya", "kata", "dll.", "\n", "\u00a0", "İ", "ẞ", "é", "2019", "X.com", "'", "ke-3", "%",
        "https://a.b/c", "a@b.c", "Kukira", "apakah", "😀", "\u200b", "北京", "AS-nya",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(PIECES, max_size=60).map(" ".join),
    st.lists(PIECES, max_size=60).map("".join),
)


@pytest.mark.parametrize("case", CASES["words"], ids=lambda c: c["text"])
def test_words(case: dict[str, Any]) -> None:
    text = case["text"]
    assert " ".join(w.text for w in split_words(text, 0, len(text), PACK)) == case["words"]


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_words_are_the_text_in_order_and_do_not_overlap(text: str) -> None:
    sentences = split(one_block(text), PACK).sentences
    at = 0
    for number, sentence in enumerate(sentences):
        assert sentence.index == number
        assert 0 < len(sentence.words) <= MAX_WORDS
        assert sentence.start == sentence.words[0].start
        assert sentence.end == sentence.words[-1].end
        for word in sentence.words:
            assert text[word.start : word.end] == word.text
            assert word.lower == word.text.lower()
            assert at <= word.start < word.end
            at = word.end


@settings(deadline=None)
@given(TEXTS)
def test_no_letter_is_lost(text: str) -> None:
    sentences = split(one_block(text), PACK).sentences
    kept = {i for s in sentences for w in s.words for i in range(w.start, w.end)}
    assert [c for i, c in enumerate(text) if i not in kept and c.isalnum()] == []


@settings(deadline=None)
@given(TEXTS, st.integers(0, 50))
def test_words_depend_on_the_stretch_and_not_on_where_it_stands(text: str, before: int) -> None:
    shifted = " " * before + text
    words = split_words(text, 0, len(text), PACK)
    moved = split_words(shifted, before, len(shifted), PACK)
    assert [(w.text, w.start + before, w.end + before) for w in words] == [
        (w.text, w.start, w.end) for w in moved
    ]
