"""The gold of every language has the form that tests/gold/README.md asks for."""

import pytest

from tests.gold.check import HERE, check_gold


def test_the_gold_has_no_fault_of_form() -> None:
    assert check_gold(HERE) == []


@pytest.mark.parametrize(("folder", "articles"), [("en/dev", 27), ("en/held-out", 13)])
def test_the_english_gold_is_as_large_as_promised(folder: str, articles: int) -> None:
    assert len(list((HERE / folder).glob("*.toml"))) >= articles
