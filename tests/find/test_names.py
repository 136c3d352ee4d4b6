"""Ambiguous names: rows of tests/cases/LANG/names.toml."""

import pytest

from kawat.lang.pack import load_tables
from tests.names import find_wrong, read_expected
from tests.packs import read_cases

CASES = [(language, *row) for language, file in read_cases("names").items() for row in file["case"]]


@pytest.mark.parametrize(("language", "text", "names"), CASES)
def test_names_are_told_apart(language: str, text: str, names: str) -> None:
    assert find_wrong(text, read_expected(names), load_tables(language)) == []
