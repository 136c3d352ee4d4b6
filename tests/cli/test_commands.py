"""The command line: what it writes, its exit codes, and that a user never sees a traceback."""

import csv
import json
import sys
from pathlib import Path

import pytest

import kawat
from kawat.cli import main

GOOD = "Rusia Serang Ukraina\nRusia menyerang Ukraina pada Senin (15/8/2022), kata Zelensky."
GERMAN = "Der Minister sagte, dass die Regierung den Vorschlag der anderen Seite nicht annehme. "
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two articles, one that cannot be read and one file of another kind."""
    source = tmp_path / "in"
    source.mkdir()
    (source / "1.txt").write_text(GOOD)
    (source / "2.jsonl").write_text(json.dumps({"text": GOOD, "id": "two"}) + "\n{broken\n")
    (source / "3.pdf").write_text("x")
    return source


def run(*args: object) -> int:
    """Run the command line as a user does; return its exit code."""
    old = sys.argv
    sys.argv = ["kawat", *map(str, args)]
    try:
        main()
    except SystemExit as stop:
        return int(stop.code or 0)
    finally:
        sys.argv = old
    return 0


def test_jsonl(folder: Path, capsys: Capture) -> None:
    assert run("code", folder, "--format", "jsonl") == 1
    out, err = capsys.readouterr()
    records = [json.loads(line) for line in out.splitlines()]
    assert [r["type"] for r in records] == ["ASSAULT", "ASSAULT"]
    assert records[1]["article"]["id"] == "two"
    assert f"{folder}/2.jsonl:2: no JSON" in err
    assert "3.pdf: not a .txt" in err
    assert "2 articles, 2 events" in err
    assert "1 not read" in err


def test_reports_that_are_less_sure_are_left_out_and_counted(folder: Path, capsys: Capture) -> None:
    run("code", folder / "1.txt", "--format", "jsonl")
    (record,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    least = record["confidence"] + 0.01
    assert run("code", folder / "1.txt", "--format", "jsonl", "--min-confidence", least) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "1 reports below --min-confidence" in err


def test_statements(folder: Path, capsys: Capture) -> None:
    assert run("code", folder / "1.txt", "--format", "jsonl", "--statements") == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [r.get("record", "event") for r in records] == ["event", "statement"]


def test_csv_and_table(folder: Path, capsys: Capture) -> None:
    assert run("code", folder / "1.txt", "--format", "csv") == 0
    (row,) = csv.DictReader(capsys.readouterr().out.splitlines())
    assert (row["actors"], row["type"], row["recipients"]) == ("RUS", "ASSAULT", "UKR")
    assert run("code", folder / "1.txt", "--published", "2022-08-16") == 0
    out = capsys.readouterr().out
    assert "ASSAULT" in out
    assert "2022-08-16 (given)" in out


def test_explain_and_lists(folder: Path, capsys: Capture) -> None:
    assert run("explain", folder / "1.txt") == 0
    out = capsys.readouterr().out
    assert "menyerang[1]" in out
    assert "(replayed)" in out
    assert "NOT replayed" not in out
    assert run("languages") == 0
    assert "id" in capsys.readouterr().out.split()
    assert run("--version") == 0
    assert capsys.readouterr().out.strip() == f"kawat {kawat.__version__}"


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["code", "missing.txt"], 1, "missing.txt: no such file"),
        (["explain", "missing.txt"], 1, "missing.txt: no such file"),
        (["code", "{in}/1.txt", "--language", "xx"], 1, "no language pack for 'xx'"),
        (["code", "{in}/1.txt", "--pipeline", "id=nosuch"], 1, "pipeline nosuch: cannot be loaded"),
        (["explain", "{in}/1.txt", "--pipeline", "id=nosuch"], 1, "cannot be loaded"),
        (["code", "{in}/1.txt", "--pipeline", "nosuch"], 2, "is not such as en=en_core_web_sm"),
        (["code", "{in}/1.txt", "--published", "kapan"], 2, "is no date"),
        (["code", "{in}/1.txt", "--format", "xml"], 2, "xml"),
        (["code", "{in}/1.txt", "--out", "{in}"], 1, "--out names a file"),
        (["code", "{in}/1.txt", "--out", "{in}/no/x"], 1, "check the path of --out"),
        (["code"], 2, "PATH"),
        (["nothing"], 2, "nothing"),
    ],
)
def test_a_users_error_is_one_message(
    args: list[str], code: int, words: str, folder: Path, capsys: Capture
) -> None:
    assert run(*(a.replace("{in}", str(folder)) for a in args)) == code
    out, err = capsys.readouterr()
    assert words in err
    assert "Traceback" not in out + err


def test_another_language_is_not_coded_as_indonesian(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "de.txt").write_text("Ein Titel\n" + GERMAN * 5)
    assert run("code", tmp_path / "de.txt", "--format", "jsonl") == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "no language pack for 'de'" in err


def test_out_appears_only_when_whole(folder: Path, capsys: Capture) -> None:
    out = folder.parent / "events.jsonl"
    out.write_text("old")
    assert run("code", folder / "1.txt", "--format", "jsonl", "--out", out) == 0
    assert json.loads(out.read_text())["type"] == "ASSAULT"
    assert [p.name for p in folder.parent.iterdir() if "events" in p.name] == ["events.jsonl"]
    assert capsys.readouterr().out == ""


def test_no_formula_in_csv(tmp_path: Path, capsys: Capture) -> None:
    text = "=HYPERLINK(0) kata Rusia. Rusia menyerang Ukraina."
    record = {"text": text, "id": "=1+1", "publisher": "@x", "language": "id"}
    (tmp_path / "a.jsonl").write_text(json.dumps(record))
    assert run("code", tmp_path, "--format", "csv") == 0
    rows = list(csv.reader(capsys.readouterr().out.splitlines()))
    cells = [cell for row in rows[1:] for cell in row]
    assert "'=1+1" in cells
    assert not [c for c in cells if c[:1] in ("=", "+", "@")]


@pytest.mark.parametrize("command", [["code"], ["code", "--statements"], ["explain"]])
def test_hostile_text_gives_the_terminal_no_commands(
    command: list[str], tmp_path: Path, capsys: Capture
) -> None:
    """Nor does a hostile file name; `[red]` is text, not markup."""
    bad = "\x1b[2J\x1b]0;owned\x07\x9b31m\u202e [red]"
    text = f"Rusia {bad} menyerang{bad} Ukraina\r\n, kata Zelensky{bad} pada Senin (15/8)."
    record = {"text": text, "title": bad, "publisher": bad, "published": bad, "language": "id"}
    (tmp_path / "a.jsonl").write_text(json.dumps(record) + "\n{broken\n")
    (tmp_path / "\x1b[2J.pdf").write_text("x")
    assert run(*command, tmp_path) == 1
    out, err = capsys.readouterr()
    assert not set("\x1b\x07\x9b\u202e\r") & set(out + err)
    assert "[red]" in out
