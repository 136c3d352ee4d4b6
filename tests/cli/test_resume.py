"""A long run that is stopped goes on when the same command is given again."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kawat.cli import app as app_module
from kawat.cli import main
from kawat.run import Coded, code_paths

ARTICLES = 60
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of articles, one of them in a language without a pack."""
    source = tmp_path / "in"
    source.mkdir()
    for i in range(ARTICLES):
        text = f"Rusia menyerang Ukraina dengan {i} rudal, kata Presiden Volodymyr Zelensky."
        record = {"text": text, "language": "xx" if i == 3 else "id", "published": "2022-08-16"}
        (source / f"{i:03}.jsonl").write_text(json.dumps(record))
    return source


def run(monkeypatch: pytest.MonkeyPatch, *args: object) -> int:
    monkeypatch.setattr(sys, "argv", ["kawat", *map(str, args)])
    with pytest.raises(SystemExit) as stop:
        main()
    return int(stop.value.code or 0)


def stopping_after(number: int) -> Callable[..., Iterator[Any]]:
    """`code_paths` with Ctrl-C after so many articles."""

    def stopped(*args: Any) -> Iterator[Any]:
        done = 0
        for item in code_paths(*args):
            if done == number:
                raise KeyboardInterrupt
            done += isinstance(item, Coded)
            yield item

    return stopped


@pytest.mark.parametrize("format_", ["jsonl", "csv"])
def test_goes_on(
    format_: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    whole, out = folder.parent / "whole", folder.parent / "out"
    args = ("code", folder, "--format", format_, "--out")
    assert run(monkeypatch, *args, whole) == 1
    last = capsys.readouterr().err.splitlines()[-1]
    with monkeypatch.context() as patch:
        patch.setattr(app_module, "code_paths", stopping_after(10))
        assert run(monkeypatch, *args, out) == 130
        assert "the same command goes on from here" in capsys.readouterr().err
        assert not out.exists()
        part = folder.parent / "out.part"
        with part.open("a") as file:
            file.write("half a li")  # what a killed run leaves behind the last whole article
        patch.setattr(app_module, "code_paths", stopping_after(5))
        assert run(monkeypatch, *args, out) == 130
        assert "going on after 10 articles" in capsys.readouterr().err
    assert run(monkeypatch, *args, out) == 1
    err = capsys.readouterr().err
    assert "going on after 15 articles" in err
    assert "no language pack for 'xx'" in err
    assert err.splitlines()[-1].split(", ")[:3] == last.split(", ")[:3]
    assert out.read_bytes() == whole.read_bytes()
    assert sorted(p.name for p in folder.parent.iterdir()) == ["in", "out", "whole"]


def test_another_command_begins_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    out = folder.parent / "out"
    with monkeypatch.context() as patch:
        patch.setattr(app_module, "code_paths", stopping_after(10))
        run(monkeypatch, "code", folder, "--format", "csv", "--out", out)
    capsys.readouterr()
    run(monkeypatch, "code", folder, "--format", "jsonl", "--out", out)
    assert "going on" not in capsys.readouterr().err
    assert len(out.read_text().splitlines()) == ARTICLES - 1
    assert out.read_text().startswith("{")


def test_a_stopped_table_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    out = folder.parent / "out"
    monkeypatch.setattr(app_module, "code_paths", stopping_after(10))
    assert run(monkeypatch, "code", folder, "--out", out) == 130
    assert "kawat: stopped" in capsys.readouterr().err
    assert [p.name for p in folder.parent.iterdir()] == ["in"]


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL])
def test_a_process_that_is_stopped(stop: signal.Signals, folder: Path) -> None:
    """Ctrl-C and a kill in a run of its own: the next run writes what one run would have."""
    for i in range(ARTICLES, 400):
        text = f"Rusia menyerang Ukraina dengan {i} rudal, kata Presiden Volodymyr Zelensky."
        record = {"text": text, "language": "id", "published": "2022-08-16"}
        (folder / f"{i:03}.jsonl").write_text(json.dumps(record))
    out = folder.parent / "out"
    command = [sys.executable, "-c", "from kawat.cli import main; main()", "code", str(folder),
               "--format", "jsonl", "--out", str(out)]  # fmt: skip
    journal = folder.parent / "out.part.done"
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    while process.poll() is None and (
        not journal.exists() or len(journal.read_bytes().splitlines()) < 20
    ):
        time.sleep(0.005)
    process.send_signal(stop)
    err = process.communicate(timeout=60)[1]
    assert process.returncode == (130 if stop == signal.SIGINT else -stop)
    assert "Traceback" not in err
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "going on after" in again.stderr
    records = [json.loads(line) for line in out.read_text().splitlines()]
    assert len({r["article"]["id"] for r in records}) == len(records) == 399
