"""The commands on a store, from adding to asking, judging and undoing."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.test_commands import run
from tests.run.feed_server import serving

Capture = pytest.CaptureFixture[str]
TEXT = "Rusia menyerang Ukraina pada Senin (15/8/2022), kata {}."


@pytest.fixture
def place(tmp_path: Path, capsys: Capture) -> Path:
    """A store of two articles by two outlets on one event, and a third about another."""
    told = [
        (TEXT.format("Presiden Volodymyr Zelensky"), "https://www.reuters.com/1"),
        (TEXT.format("Presiden Vladimir Putin"), "https://www.tempo.co/2"),
        ("China menuduh Amerika Serikat pada Selasa (2/8/2022).", "https://www.tempo.co/3"),
    ]
    lines = [
        json.dumps({"text": t, "url": u, "language": "id", "published": "2022-08-16", "title": "x"})
        for t, u in told
    ]
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join(lines))
    place = tmp_path / "kawat.db"
    assert run("add", source, "--store", place) == 0
    assert "3 articles, 3 reports, 0 not read" in capsys.readouterr().err
    return place


def asked(place: Path, capsys: Capture, *args: object) -> list[dict[str, object]]:
    capsys.readouterr()
    assert run(*args, "--format", "jsonl", "--store", place) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_events(place: Path, capsys: Capture) -> None:
    (event,) = asked(place, capsys, "events", "--actor", "RUS", "--with", "UKR")
    assert (event["type"], event["documents"], event["origins"]) == ("ASSAULT", 2, [2, 2])
    assert len(asked(place, capsys, "events", "--until", "2022-08-15")) == 1
    assert asked(place, capsys, "events", "--min-origins", "3") == []
    assert len(asked(place, capsys, "events", "--search", "amerika -rusia")) == 1
    assert len(asked(place, capsys, "events", "--limit", "1")) == 1
    assert run("events", "--store", place) == 0
    out, err = capsys.readouterr()
    assert "2 of 2" in out
    assert "2 of 2 events" in err
    assert run("events", "--format", "csv", "--store", place) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [r["actors"] for r in rows] == ["CHN", "RUS"]


def test_event_relation_origins(place: Path, capsys: Capture) -> None:
    (event,) = asked(place, capsys, "events", "--type", "assault")
    assert run("event", event["id"], "--store", place) == 0
    out = capsys.readouterr().out
    assert "RUS → UKR" in out
    assert "Zelensky" in out
    assert "Reuters" in out
    assert run("event", "nothing", "--store", place) == 1
    assert run("relation", "UKR", "RUS", "--store", place) == 0
    assert "2022-08" in capsys.readouterr().out
    (month,) = asked(place, capsys, "relation", "RUS", "UKR")
    assert (month["conflict"], month["forth"], month["back"]) == (1, 1, 0)
    (carrier,) = asked(place, capsys, "origins", "TEMPO")
    assert (carrier["events"], carrier["credited"]) == (1, 0)
    assert run("origins", "nobody", "--store", place) == 1
    assert "no report" in capsys.readouterr().err


def test_judge_and_undo(place: Path, capsys: Capture) -> None:
    (event,) = asked(place, capsys, "events", "--type", "ASSAULT")
    (view,) = asked(place, capsys, "event", event["id"])
    other = next(
        r["report"]["id"] for r in view["reports"]  # type: ignore[attr-defined]
        if r["report"]["id"] != event["id"]
    )  # fmt: skip
    assert run("judge", "different", event["id"], other, "--author", "Ani", "--store", place) == 0
    said = capsys.readouterr().out.strip()
    assert len(asked(place, capsys, "events", "--type", "ASSAULT")) == 2
    assert run("undo", said, "--store", place) == 0
    assert len(asked(place, capsys, "events", "--type", "ASSAULT")) == 1
    assert run("undo", "nothing", "--store", place) == 1
    assert run("judge", "same", other, other, "--store", place) == 1
    assert run("check", "--store", place) == 0


def test_alerts(place: Path, capsys: Capture) -> None:
    assert run("alerts", "--store", place) == 0
    assert "no alerts" in capsys.readouterr().out
    assert run("alerts", "--until", "soon", "--store", place) == 1
    assert "no date" in capsys.readouterr().err


def test_no_store(tmp_path: Path, capsys: Capture) -> None:
    for command in ("events", "alerts", "check"):
        assert run(command, "--store", tmp_path / "no.db") == 1
        assert "no.db" in capsys.readouterr().err


def test_watch_and_recode(tmp_path: Path, capsys: Capture) -> None:
    place, feeds = tmp_path / "kawat.db", tmp_path / "feeds.toml"
    with serving() as server:
        feeds.write_text(
            "[settings]\nallow_private = true\ndelay = 0\nseconds = 5\n"
            f'[[feed]]\nurl = "{server.url}/feed"\nlanguage = "id"\n'
            f'[[feed]]\nurl = "{server.url}/no-feed"\n'
        )
        assert run("watch", feeds, "--once", "--store", place) == 0
    err = capsys.readouterr().err
    assert "no feed that can be read" in err
    assert "1 feeds, 2 pages, 2 reports, 1 feeds not read" in err
    assert run("recode", "--all", "--store", place) == 0
    assert "2 articles, 0 reports" in capsys.readouterr().err
    assert run("check", "--store", place) == 0
    assert run("watch", tmp_path / "no.toml", "--store", place) == 1
    assert "no.toml: No such file" in capsys.readouterr().err
