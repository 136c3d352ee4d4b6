"""What a user sees: table, CSV, explanation."""

import csv
import io

from rich.console import Console

from kawat.look import explain, make_writer
from kawat.read import read_text
from kawat.run import code_one
from kawat.run.record import CSV_COLUMNS, STATEMENT_CSV_COLUMNS

TEXT = (
    "Rusia menyerang Ukraina pada Senin (15/8), kata juru bicara militer Ukraina kepada Reuters.\n"
    "Baca Juga: Perang [bold]Dunia[/bold]"
)


def write(format_: str, *, statements: bool = False) -> str:
    out = io.StringIO()
    article = read_text(TEXT, language="id", published="2022-08-16", id="a")
    make_writer(format_, out, statements=statements)(code_one(article))
    return out.getvalue()


def test_csv_has_its_columns() -> None:
    rows = list(csv.DictReader(io.StringIO(write("csv"))))
    assert tuple(rows[0]) == CSV_COLUMNS
    assert (rows[0]["actors"], rows[0]["type"], rows[0]["recipients"]) == ("RUS", "ASSAULT", "UKR")
    assert rows[0]["attribution"] == "UKR > REUTERS"
    statements = list(csv.DictReader(io.StringIO(write("csv", statements=True))))
    assert tuple(statements[0]) == STATEMENT_CSV_COLUMNS


def test_table_names_parties_time_and_chain() -> None:
    text = write("table")
    for words in ("RUS", "UKR", "ASSAULT", "2022-08-15", "Reuters", "menyerang"):
        assert words in text
    assert "menyerang Ukraina" in write("table", statements=True)


def test_explanation_marks_the_words_and_never_runs_markup() -> None:
    out = io.StringIO()
    article = read_text(TEXT, language="id", published="2022-08-16")
    explain(code_one(article), Console(file=out, width=200))
    text = out.getvalue()
    assert "menyerang[1]" in text
    assert "[bold]Dunia[/bold]" in text
    assert "replayed" in text
    assert "NOT replayed" not in text
