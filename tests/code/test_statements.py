"""Every attributed statement of small texts: rows in tests/cases/LANG/statements.toml."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kawat.code.statements import find_statements
from kawat.lang import load
from kawat.model import Statement

FILE = Path(__file__).parents[1] / "cases" / "id" / "statements.toml"
ROWS = tomllib.loads(FILE.read_text(encoding="utf-8"))


def _row(statement: Statement) -> dict[str, Any]:
    speaker = statement.speaker
    return {
        "speaker": speaker.text if speaker else "",
        "entity": speaker.entity if speaker else "",
        "cue": statement.cue.text,
        "content": statement.content.text,
        "style": statement.style,
        "medium": statement.medium,
        "carriers": [link.entity or link.text for link in statement.carriers],
    }


@pytest.mark.parametrize("case", ROWS["case"], ids=lambda case: case["text"][:60])
def test_statements_of_a_text(case: dict[str, Any], set_case: Callable[..., Any]) -> None:
    article, parse, mentions = set_case(case["text"], ROWS["names"])
    found = find_statements(article, parse, mentions, load("id"))
    empty = {"entity": "", "medium": "", "carriers": []}
    assert sorted(map(_row, found), key=str) == sorted(
        (_row_order(empty | row) for row in case["statements"]), key=str
    )


def _row_order(row: dict[str, Any]) -> dict[str, Any]:
    names = ("speaker", "entity", "cue", "content", "style", "medium", "carriers")
    return {name: row[name] for name in names}


def test_spans_are_offsets_of_the_article(set_case: Callable[..., Any]) -> None:
    for case in ROWS["case"]:
        article, parse, mentions = set_case(case["text"], ROWS["names"])
        for found in find_statements(article, parse, mentions, load("id")):
            for quote in (found.cue, found.content):
                assert article.text[quote.span[0] : quote.span[1]] == quote.text
            for link in (found.speaker, *found.carriers):
                assert (
                    link is None
                    or link.span is None
                    or (article.text[link.span[0] : link.span[1]] == link.text)
                )


def test_ids_are_stable_and_differ(set_case: Callable[..., Any]) -> None:
    text = '"Kami siap," kata Lavrov.\n"Kami pergi," kata Lavrov.'
    article, parse, mentions = set_case(text, ROWS["names"])
    first, again = (find_statements(article, parse, mentions, load("id")) for _ in range(2))
    assert [s.id for s in first] == [s.id for s in again]
    assert len({s.id for s in first}) == 2
