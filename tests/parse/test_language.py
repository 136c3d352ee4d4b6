"""Which language: the rows `language` of cases/LANGUAGE/parse.toml."""

import pytest

from kawat.lang import languages
from kawat.model import Article, Block
from kawat.parse import detect_language
from tests.packs import read_cases

ROWS = [
    (row["code"], text)
    for language, cases in read_cases("parse").items()
    if language in languages()
    for row in cases["language"]
    for text in row["texts"]
]


@pytest.mark.parametrize(("code", "text"), ROWS)
def test_language(code: str, text: str) -> None:
    found = detect_language(Article("case", text))
    if code == "other":
        assert found not in {"id", "ms", "en"}
    else:
        assert found == code


def test_the_body_decides_not_the_title() -> None:
    title = "Breaking news from the Washington Post and the New York Times today\n"
    body = "Presiden Rusia menolak usul gencatan senjata karena syaratnya belum dipenuhi."
    blocks = (
        Block("title", 0, len(title) - 1, 0),
        Block("body", len(title), len(title) + len(body), 1),
    )
    assert detect_language(Article("case", title + body, blocks=blocks)) == "id"


def test_a_huge_text_is_not_read_whole() -> None:
    assert detect_language(Article("case", "Rusia menyerang kota itu. " * 1_000_000)) == "id"
