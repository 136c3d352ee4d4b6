"""`kawat who`, `when`, `check-tables` as a person calls them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import kawat
from kawat.cli.app import app

EXAMPLES = Path(__file__).parents[2] / "examples"


def run(*args: str) -> Result:
    return CliRunner().invoke(app, list(args))


def test_who_holds_an_office() -> None:
    result = run("who", "Menlu Rusia", "--on", "2019-05-01")
    assert result.exit_code == 0
    assert "Sergei Lavrov, foreign minister" in result.stdout


def test_who_says_what_is_not_known() -> None:
    result = run("who", "Menlu Rusia", "--on", "2031-05-01")
    assert "not known for that day: last seen" in result.stdout
    assert run("who", "Xyzzy").exit_code == 1
    assert run("who", "KCNA", "--on", "kapan").exit_code == 1


def test_who_as_records() -> None:
    record = json.loads(run("who", "KCNA", "--format", "jsonl").stdout)
    assert record["id"] == "KCNA"
    assert record["facts"]["control"] == "state"


def test_when_of_words() -> None:
    result = run("when", "Senin (15/8)", "--published", "2022-08-16", "--language", "id")
    assert result.stdout.startswith("2022-08-15")


def test_when_of_a_file_and_its_publication() -> None:
    file = str(EXAMPLES / "surat-rahasia-pyongyang.txt")
    lines = run("when", "--file", file, "--format", "jsonl").stdout.splitlines()
    text = Path(file).read_text(encoding="utf-8")
    for record in map(json.loads, lines):
        start, end = record["span"]
        assert text[start:end] == record["text"]
        assert record["reason"]
    assert run("when", "--infer-published", file).stdout.startswith("2025-01-17")


@pytest.mark.parametrize("args", [[], ["Senin", "--file", "x"], ["--published", "kapan", "Senin"]])
def test_when_needs_one_thing(args: list[str]) -> None:
    assert run("when", *args).exit_code == 2


def test_check_tables(tmp_path: Path) -> None:
    assert run("check-tables", str(tmp_path)).exit_code == 0
    (tmp_path / "odd.csv").write_text("x\n", encoding="utf-8")
    result = run("check-tables", str(tmp_path))
    assert result.exit_code == 1
    assert "odd.csv" in result.stdout
    assert run("check-tables", str(tmp_path / "none")).exit_code == 1


def test_the_same_in_python() -> None:
    assert kawat.who("Menlu Rusia", on="2003")[0].terms[0].person == "igor-ivanov"
    assert kawat.when("Senin (15/8)", published="2022-08-16")[0].edtf == "2022-08-15"
    article = kawat.read_article(EXAMPLES / "surat-rahasia-pyongyang.txt")
    assert kawat.infer_published(article).edtf == "2025-01-17"
