"""The examples of docs/store.md run, and it names every table."""

import doctest
from pathlib import Path

import pytest

from kawat.store import schema

DOCS = Path(__file__).parents[2] / "docs" / "store.md"


def test_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    failed, tried = doctest.testfile(str(DOCS), module_relative=False)
    assert tried > 20
    assert failed == 0


def test_every_table_is_described() -> None:
    text = DOCS.read_text("utf-8").split("## Tables")[1]
    assert [name for name in schema.META.tables if f"`{name}`" not in text] == []
