"""Sentences: the rows `split` of cases/LANGUAGE/parse.toml, and what bounds them."""

import time
from typing import Any

import pytest

from kawat.model import Article, Block, Sentence
from kawat.parse import split
from kawat.parse.sentences import MAX_WORDS
from tests.packs import read_cases, toml_pack
from tests.parse.cases import one_block

PACK = toml_pack("id")
CASES = read_cases("parse")


def split_text(text: str, language: str = "id") -> tuple[Sentence, ...]:
    return split(one_block(text, language), toml_pack(language)).sentences


def mark(language: str, case: dict[str, Any]) -> Any:
    fails = case.get("fails")
    marks = [pytest.mark.xfail(strict=True, reason=fails)] if fails else []
    return pytest.param(language, case, id=f"{language} {case['why']}", marks=marks)


@pytest.mark.parametrize(
    ("language", "case"), [mark(code, case) for code in CASES for case in CASES[code]["split"]]
)
def test_ends_and_quotations(language: str, case: dict[str, Any]) -> None:
    text = case["text"]
    sentences = split_text(text, language)
    assert [text[s.start : s.end] for s in sentences] == case.get("sentences", [text])
    assert [s.index for s in sentences if s.quoted] == case.get("quoted", [])


def test_only_body_blocks_are_split_and_none_runs_over_two() -> None:
    text = "Judul besar\nRusia menarik\npasukannya. Selesai."
    blocks = (Block("title", 0, 11, 0), Block("body", 12, 25, 1), Block("body", 26, 46, 2))
    sentences = split(Article("x", text, blocks=blocks), PACK).sentences
    assert [text[s.start : s.end] for s in sentences] == [
        "Rusia menarik", "pasukannya.", "Selesai.",
    ]  # fmt: skip
    assert [s.paragraph for s in sentences] == [1, 2, 2]


def test_an_open_quotation_does_not_run_into_the_next_block() -> None:
    text = '"Kami menolak. Titik.\nMenteri pergi.'
    blocks = (Block("body", 0, 21, 0), Block("body", 22, 36, 1))
    assert [s.quoted for s in split(Article("x", text, blocks=blocks), PACK).sentences] == [
        False, True, False,
    ]  # fmt: skip


def test_a_sentence_is_bounded() -> None:
    sentences = split_text("kata " * (3 * MAX_WORDS))
    assert [len(s.words) for s in sentences] == [MAX_WORDS] * 3


@pytest.mark.parametrize("unit", ["kata ", "a.", "x", ". ", '"A. ', "- ", "a-", "1.", "(", "Rp."])
def test_time_grows_with_the_length_and_no_faster(unit: str) -> None:
    def seconds(letters: int) -> float:
        text = unit * (letters // len(unit))
        start = time.process_time()
        split_text(text)
        return time.process_time() - start

    seconds(1000)
    # ten times the letters: a quadratic way would take a hundred times
    assert min(seconds(400_000), seconds(400_000)) < 50 * max(seconds(40_000), 0.01)


@pytest.mark.slow
def test_a_line_of_a_million_words() -> None:
    sentences = split_text("Rusia menyerang kota itu. " * 250_000)
    assert len(sentences) == 250_000
