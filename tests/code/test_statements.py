"""Every attributed statement of small texts: rows in tests/cases/LANG/statements.toml."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kawat.code.statements import find_statements
from kawat.lang import languages, load
from kawat.model import Statement

FILES = sorted((Path(__file__).parents[1] / "cases").glob("*/statements.toml"))
ROWS = {
    path.parent.name: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in FILES
    if path.parent.name in languages()
}
CASES = [
    pytest.param(language, case, id=f"{language}: {case['text'][:60]}")
    for language, rows in ROWS.items()
    for case in rows["case"]
]


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


@pytest.mark.parametrize(("language", "case"), CASES)
def test_statements_of_a_text(
    language: str, case: dict[str, Any], set_case: Callable[..., Any]
) -> None:
    article, parse, mentions = set_case(case["text"], ROWS[language]["names"], language=language)
    found = find_statements(article, parse, mentions, load(language))
    empty = {"entity": "", "medium": "", "carriers": []}
    assert sorted(map(_row, found), key=str) == sorted(
        (_row_order(empty | row) for row in case["statements"]), key=str
    )


def _row_order(row: dict[str, Any]) -> dict[str, Any]:
    names = ("speaker", "entity", "cue", "content", "style", "medium", "carriers")
    return {name: row[name] for name in names}


@pytest.mark.parametrize(("language", "case"), CASES)
def test_spans_are_offsets_of_the_article(
    language: str, case: dict[str, Any], set_case: Callable[..., Any]
) -> None:
    article, parse, mentions = set_case(case["text"], ROWS[language]["names"], language=language)
    for found in find_statements(article, parse, mentions, load(language)):
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
    article, parse, mentions = set_case(text, ROWS["id"]["names"])
    first, again = (find_statements(article, parse, mentions, load("id")) for _ in range(2))
    assert [s.id for s in first] == [s.id for s in again]
    assert len({s.id for s in first}) == 2
