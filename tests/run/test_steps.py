"""The whole way: order, same bytes, spans, errors in their place, reasons that replay."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

import kawat
from kawat.errors import InputError, LanguageError
from kawat.look import make_writer, report_record
from kawat.read import read_text
from kawat.read.paths import Item
from kawat.run import Coded, code_batches, code_one, replay

ROOT = Path(__file__).parents[2]
TEXTS = sorted((ROOT / "tests/gold/id/dev").glob("*.txt"))[:6]


def articles() -> list[kawat.Article]:
    return [kawat.read_article(path) for path in TEXTS]


def spans(value: Any) -> list[tuple[str, list[int]]]:
    """Every (text, span) pair in a record, at any depth."""
    if isinstance(value, list):
        return [pair for item in value for pair in spans(item)]
    if not isinstance(value, dict):
        return []
    own = []
    if isinstance(value.get("text"), str) and value.get("span"):
        own.append((value["text"], value["span"]))
    return own + [pair for item in value.values() for pair in spans(item)]


def test_spans_hold_the_words_of_the_text() -> None:
    for article in articles():
        coded = code_one(article)
        assert coded.reports
        for report in coded.reports:
            found = spans(report_record(report, coded.article))
            assert found
            assert all(article.text[a:b] == text for text, (a, b) in found)


def test_batches_give_what_single_runs_give() -> None:
    single = [code_one(article).reports for article in articles()]
    batched = [c.reports for c in code_batches(articles(), batch=4) if isinstance(c, Coded)]
    assert batched == single


def test_the_same_input_gives_the_same_bytes() -> None:
    def written() -> str:
        out = io.StringIO()
        write = make_writer("jsonl", out, statements=True)
        for article in articles():
            write(code_one(article))
        return out.getvalue()

    assert written() == written()


def test_report_ids_are_unique() -> None:
    ids = [r.id for article in articles() for r in code_one(article).reports]
    assert len(ids) == len(set(ids))


def test_every_reason_replays() -> None:
    for article in articles()[:3]:
        coded = code_one(article)
        for report in coded.reports:
            assert all(replay(reason, coded) for reason in report.event.reasons)


def test_a_false_reason_does_not_replay() -> None:
    coded = code_one(articles()[0])
    reason = coded.reports[0].event.reasons[0]
    wrong = type(reason)(reason.field, reason.kind, "events:no-such-row", reason.value, reason.span)
    assert not replay(wrong, coded)


def test_a_language_without_a_pack_is_never_coded_as_indonesian() -> None:
    text = "Der französische Präsident traf am Montag in Paris den deutschen Kanzler zu Gesprächen."
    with pytest.raises(LanguageError, match="no language pack"):
        kawat.code_text(text)


def test_errors_pass_in_their_place_and_the_stream_goes_on() -> None:
    good = read_text("Rusia menyerang Ukraina pada Senin.", language="id")
    stream: list[Item] = [good, InputError("b.txt", "empty"), good]
    kinds = [type(item).__name__ for item in code_batches(stream)]
    assert kinds == ["Coded", "InputError", "Coded"]
    seen: list[InputError] = []
    assert len(list(kawat.code_articles(stream, seen.append))) == 2
    assert len(seen) == 1
    with pytest.raises(InputError):
        list(kawat.code_articles(stream))


def test_nothing_comes_from_what_is_not_body() -> None:
    text = "Baca Juga: Israel Menyerang Iran\n\nRusia menyerang Ukraina.\n\nArtikel Terkait\n\nX"
    article = read_text(text, language="id")
    reports = kawat.code_article(article)
    assert [r.event.actors[0].entity for r in reports] == ["RUS"]


def test_the_record_has_every_field_of_the_contract() -> None:
    coded = code_one(articles()[0])
    record = json.loads(json.dumps(report_record(coded.reports[0], coded.article)))
    assert set(record) == {
        "id", "article", "type", "mode", "contexts", "quad", "intensity", "actors", "recipients",
        "when", "where", "status", "historical", "attribution", "sentence", "trigger",
        "confidence", "reasons",
    }  # fmt: skip
