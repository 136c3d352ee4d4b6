"""The second annotation belongs to the gold, and the figures that were written belong to both."""

import json
from pathlib import Path

import pytest

from tests.gate.__main__ import figures
from tests.gate.agreement import MEASURES, RESULT, as_report, score_agreement
from tests.gate.gold import GOLD, SECOND, read_gold, read_twice
from tests.gate.score import Result, score_events
from tests.gold.check import check_article, read_modes

WRITTEN = json.loads(RESULT.read_text(encoding="utf-8"))["languages"]


@pytest.mark.parametrize(("language", "articles"), [("id", 8), ("en", 4)])
def test_articles_of_both_splits_are_annotated_twice(language: str, articles: int) -> None:
    twice = {first.name for first, _ in read_twice(language)}
    assert len(twice) >= articles
    for split in ("dev", "held-out"):
        assert any((GOLD / language / split / f"{name}.txt").exists() for name in twice)


def test_the_written_figures_are_those_of_the_gold() -> None:
    assert sorted(WRITTEN) == sorted(path.name for path in SECOND.iterdir())
    for language, written in WRITTEN.items():
        articles, result = score_agreement(language)
        measured = figures(result)
        expected = {"articles": articles} | {name: round(measured[name], 3) for name in MEASURES}
        assert written == expected, "renew with: python -m tests.gate.agreement"


def test_a_reader_agrees_fully_with_himself() -> None:
    result = Result()
    for gold in read_gold("id", "dev"):
        score_events(result, gold, [as_report(gold, n) for n in range(len(gold.events))])
    measured = figures(result)
    assert {measured[name] for name in MEASURES if name != "core_events"} == {1.0}


@pytest.mark.parametrize(
    ("name", "genre", "fault"),
    [
        ("id-nowhere", "live", "second annotation of an article that is not in the gold"),
        ("id-live-gaza", "agency", "article: genre 'agency', and 'live' in the first annotation"),
    ],
)
def test_a_second_annotation_is_of_an_article_of_the_gold(
    name: str, genre: str, fault: str, tmp_path: Path
) -> None:
    path = tmp_path / "second" / "id" / f"{name}.toml"
    path.parent.mkdir(parents=True)
    head = (GOLD / "id" / "dev" / "id-live-gaza.toml").read_text(encoding="utf-8")
    head = head[: head.index("[[event]]")].replace("id-live-gaza", name)
    path.write_text(head.replace('genre = "live"', f'genre = "{genre}"'), encoding="utf-8")
    assert list(check_article(path, read_modes())) == [fault]
