"""`kawat serve`, `user`, `report`, `export gold`, `score`."""

import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kawat.cli.app import app
from kawat.errors import KawatError
from kawat.merge import Stamp, make_judgement
from kawat.run import open_store
from tests.store import world

runner = CliRunner()


@pytest.fixture
def place(tmp_path: Path) -> str:
    path = tmp_path / "kawat.db"
    with open_store(path) as store:
        store.add([world.entry(world.article("a1"))], store.start_run("add", "1", {}))
        report = store.events().items[0].id
        stamp = Stamp("Ani", "2026-11-25T10:00:00Z", by_person=True)
        store.judge([make_judgement("review", (report, report), "accept", stamp)])
    return str(path)


def test_serve_once(place: str) -> None:
    result = runner.invoke(app, ["serve", "--store", place, "--once", "--port", "0"])
    assert result.exit_code == 0, result.output
    assert "the page answers" in result.output


def test_serve_refuses_to_be_open_to_all(place: str, tmp_path: Path) -> None:
    result = runner.invoke(app, ["serve", "--store", place, "--host", "192.0.2.1"])
    assert isinstance(result.exception, KawatError)
    users = tmp_path / "users.toml"
    for text in ("nonsense", "user = 1", '[[user]]\nname = "A"\npassword = "plain"\n'):
        users.write_text(text)
        result = runner.invoke(
            app, ["serve", "--store", place, "--users", str(users), "--once", "--port", "0"]
        )
        assert isinstance(result.exception, KawatError), text


def test_user_writes_a_list_that_serve_reads(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAWAT_PASSWORD", "sandi rahasia")
    result = runner.invoke(app, ["user", "Ani", "--review"])
    (row,) = tomllib.loads(result.output)["user"]
    assert row["name"] == "Ani"
    assert row["password"].startswith("$argon2id$")
    assert row["review"] is True
    users = tmp_path / "users.toml"
    users.write_text(result.output, "utf-8")
    command = ["serve", "--store", place, "--users", str(users), "--once", "--port", "0"]
    assert runner.invoke(app, command).exit_code == 0


def test_report_is_one_page(place: str, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    command = ["report", "RUS", "UKR", "--store", place, "--out", str(out), "--language", "id"]
    result = runner.invoke(app, command)
    assert result.exit_code == 0, result.output
    page = out.read_text("utf-8")
    assert page.count("<svg") == 1
    assert "Rusia dan Ukraina" in page
    assert "src=" not in page
    assert "<link" not in page
    nothing = runner.invoke(app, ["report", "RUS", "PRK", "--store", place, "--out", str(out)])
    assert isinstance(nothing.exception, KawatError)
    wrong = runner.invoke(app, ["report", "RUS", "UKR", "--store", place, "--out", "x.doc"])
    assert isinstance(wrong.exception, KawatError)


def test_export_gold(place: str, tmp_path: Path) -> None:
    out = tmp_path / "gold"
    assert (
        runner.invoke(app, ["export", "gold", "--store", place, "--out", str(out)]).exit_code == 0
    )
    toml, text = sorted(out.iterdir())
    event = tomllib.loads(toml.read_text("utf-8"))["event"][0]
    scored = runner.invoke(app, ["score", str(out)])
    assert scored.exit_code == 0, scored.output
    assert "recall     1.000" in scored.output
    empty = runner.invoke(app, ["score", str(tmp_path / "none")])
    assert isinstance(empty.exception, KawatError)
    assert event["at"] in text.read_text("utf-8")
