"""Tables of a user's own: laid over, and checked with file, line and column."""

from pathlib import Path

import pytest

from kawat.errors import InputError, TableError
from kawat.lang.check import check_tables
from kawat.lang.pack import load, load_tables, own_folder

ENTITIES = "id,code,kind,name,sectors,wikidata,cow,capital,lat,lon,start,end,source\n"
NAMES = "alias,target,kind,sectors,not_before,not_after,source\n"
GROUP = "x-BAYANG,IDN,group,Pasukan Bayangan,REB,,,,,,,,own\n"
ALIAS = "Pasukan Bayangan,x-BAYANG,group,,,,own\n"


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_rows_are_added_and_take_places(tmp_path: Path) -> None:
    write(tmp_path, "any/entities.csv", ENTITIES + GROUP + "RUS,RUS,state,Rossiya,,,,,,,,,own\n")
    write(tmp_path, "id/names.csv", NAMES + ALIAS + "Korut,KOR,name,,,,own\n")
    pack = load_tables("id", tmp_path)
    assert pack.entities["x-BAYANG"].name == "Pasukan Bayangan"
    assert pack.entities["RUS"].name == "Rossiya"
    assert [n.target for n in pack.names if n.alias == "Korut"] == ["KOR"]
    assert [n.target for n in load_tables("id").names if n.alias == "Korut"] == ["PRK"]
    assert check_tables(tmp_path) == []


def test_the_setting_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "any/entities.csv", ENTITIES + GROUP)
    monkeypatch.setenv("KAWAT_KNOWLEDGE", str(tmp_path))
    assert "x-BAYANG" in load("id").entities
    monkeypatch.setenv("KAWAT_KNOWLEDGE", str(tmp_path / "none"))
    with pytest.raises(InputError, match="no folder of tables"):
        own_folder()


@pytest.mark.parametrize(
    ("name", "text", "line", "column", "reason"),
    [
        ("any/entities.csv", "id,name\n", 1, "", "header"),
        ("any/entities.csv", ENTITIES + "x-A,IDN,gang,A,,,,,,,,,own\n", 2, "kind", "gang"),
        ("any/entities.csv", ENTITIES + "x-A,IDN,group,,,,,,,,,,own\n", 2, "name", "empty"),
        ("any/entities.csv", ENTITIES + "x-A,IDN,group,A,,,,,,,mei,,own\n", 2, "start", "date"),
        ("any/entities.csv", ENTITIES + GROUP + GROUP, 3, "id", "line 2"),
        ("any/entities.csv", ENTITIES + "x-A,IDN\n", 2, "", "cells"),
        ("id/names.csv", NAMES + ALIAS, 2, "target", "no table"),
        ("id/names.csv", NAMES + "Korut,PRK,name,,a b,,own\n", 2, "not_before", "one word"),
        (
            "id/names.csv",
            NAMES + "AA,PRK,name,,,,own\nAA,KOR,name,,,,own\n",
            2, "alias", "no guard",
        ),
        ("id/nama.csv", NAMES, 0, "", "no table of kawat"),
        ("xx/names.csv", NAMES, 0, "", "no table of kawat"),
    ],
)  # fmt: skip
def test_errors_name_file_line_and_column(
    tmp_path: Path, name: str, text: str, line: int, column: str, reason: str
) -> None:
    write(tmp_path, name, text)
    (error,) = check_tables(tmp_path)
    assert isinstance(error, TableError)
    assert (error.file, error.line, error.column) == (str(tmp_path / name), line, column)
    assert reason in error.reason


def test_all_errors_are_told(tmp_path: Path) -> None:
    wrong = "x-A,IDN,gang,A,,,,,,,,,own\nx-B,IDN,group,,,,,,,,,,own\n"
    write(tmp_path, "any/entities.csv", ENTITIES + wrong)
    assert [e.line for e in check_tables(tmp_path)] == [2, 3]
