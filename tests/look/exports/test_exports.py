"""Every export: columns, ids, one row a line; validated or read back by a library of the format."""

import csv
import io
import json
from pathlib import Path

import networkx
import pytest
from followthemoney import model
from pyarrow import parquet

import kawat
from kawat.lang import load_common
from kawat.look.codebook import codebook, read_columns
from kawat.look.exports import FORMATS, export
from kawat.look.exports.gdelt import COLUMNS as GDELT
from kawat.look.exports.polecat import COLUMNS as POLECAT
from kawat.look.exports.tables import REPORT_COLUMNS
from kawat.look.rows import EVENT_COLUMNS
from kawat.run import add_paths
from kawat.store import EventQuery, Store

TEXTS = (
    "Rusia menyerang Ukraina pada Senin (15/8), kata Presiden Volodymyr Zelensky. "
    "Barat mengecam Rusia. China tidak menyerang Taiwan.",
    "Presiden Indonesia Prabowo Subianto bertemu Presiden Prancis Emmanuel Macron di Paris "
    "pada Selasa. Amerika Serikat menjatuhkan sanksi kepada Iran.",
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("store")
    lines = [
        json.dumps({"id": f"t{i}", "text": text, "title": "Judul\tdengan tab", "language": "id",
                    "published": "2022-08-16", "publisher": "Contoh", "url": f"https://a.test/{i}"})
        for i, text in enumerate(TEXTS)
    ]  # fmt: skip
    path = folder / "articles.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    opened = kawat.open_store(folder / "kawat.db")
    add_paths(opened, [str(path)])
    return opened


def read_tsv(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]


def test_polecat_has_its_forty_columns_and_unique_ids(store: Store, tmp_path: Path) -> None:
    counts = export(store, "polecat", tmp_path / "p.tsv")
    header, *rows = read_tsv(tmp_path / "p.tsv")
    assert tuple(header) == POLECAT
    assert len(POLECAT) == 40
    assert {len(row) for row in rows} == {40}
    ids = [row[0] for row in rows]
    assert len(set(ids)) == len(ids) == counts["rows"] > 2
    attack = next(dict(zip(header, r, strict=True)) for r in rows if r[2] == "ASSAULT")
    assert attack["Actor Country"] == "RUS"
    assert attack["Recipient COW"] == "369"
    assert attack["Event Date"] == "2022-08-15"
    assert attack["Quad Code"] == "MATERIAL CONFLICT"


def test_what_did_not_happen_and_blocs_are_left_out_and_counted(
    store: Store, tmp_path: Path
) -> None:
    counts = export(store, "polecat", tmp_path / "p.tsv")
    assert counts["events told as negated"] == 1
    assert counts["blocs, which have no code"] >= 1
    assert "Taiwan" not in (tmp_path / "p.tsv").read_text(encoding="utf-8")
    asked = export(store, "polecat", tmp_path / "n.tsv", EventQuery(status="negated"))
    assert asked["rows"] == 1


def test_gdelt_has_61_columns_and_codes_of_cameo(store: Store, tmp_path: Path) -> None:
    export(store, "gdelt", tmp_path / "g.tsv")
    rows = read_tsv(tmp_path / "g.tsv")
    assert len(GDELT) == 61
    assert {len(row) for row in rows} == {61}
    numbers = [int(row[0]) for row in rows]
    assert len(set(numbers)) == len(numbers)
    for row in (dict(zip(GDELT, r, strict=True)) for r in rows):
        assert row["EventCode"].startswith(row["EventRootCode"])
        assert row["QuadClass"] in {"1", "2", "3", "4"}
        assert -10 <= float(row["GoldsteinScale"]) <= 10


def test_followthemoney_takes_every_entity(store: Store, tmp_path: Path) -> None:
    export(store, "ftm", tmp_path / "f.jsonl")
    lines = (tmp_path / "f.jsonl").read_text(encoding="utf-8").splitlines()
    entities = [json.loads(line) for line in lines]
    ids = {entity["id"] for entity in entities}
    assert len(ids) == len(entities)
    assert {e["schema"] for e in entities} >= {"Event", "Article", "UnknownLink", "PublicBody"}
    for entity in entities:
        proxy = model.get_proxy(entity)
        schema = model.get(entity["schema"])
        assert schema is not None
        schema.validate(entity)
        for name, values in entity["properties"].items():
            assert sorted(proxy.get(name)) == sorted(values), (name, values)
        for name in ("subject", "object", "involved", "proof"):
            assert set(entity["properties"].get(name, [])) <= ids


def test_networkx_opens_the_graph(store: Store, tmp_path: Path) -> None:
    export(store, "graphml", tmp_path / "g.graphml")
    graph = networkx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    assert graph.nodes["RUS"] == {"id": "RUS", "label": "Russia", "kind": "state", "iso3": "RUS"}
    kinds = {data["event_type"] for _, _, data in graph.edges(data=True)}
    assert "ASSAULT" in kinds
    assert graph.graph["version"] == kawat.__version__


def test_claims_name_who_told_it_first(store: Store, tmp_path: Path) -> None:
    export(store, "claims", tmp_path / "c.jsonl")
    lines = (tmp_path / "c.jsonl").read_text(encoding="utf-8").splitlines()
    claims = [json.loads(line) for line in lines]
    assert {c["@type"] for c in claims} == {"Claim"}
    assert all(c["@context"] == "https://schema.org" and c["appearance"] for c in claims)


def test_own_tables_read_back(store: Store, tmp_path: Path) -> None:
    for name in ("csv", "jsonl", "reports", "parquet"):
        export(store, name, tmp_path / name)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "csv").read_text(encoding="utf-8"))))
    table = parquet.read_table(tmp_path / "parquet")
    assert tuple(rows[0]) == (*EVENT_COLUMNS, "version")
    assert tuple(table.column_names) == EVENT_COLUMNS
    assert [r["id"] for r in rows] == table.column("id").to_pylist()
    assert table.schema.metadata[b"kawat"].decode() == kawat.__version__
    lines = (tmp_path / "jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [r["id"] for r in rows]


@pytest.mark.parametrize("name", FORMATS)
def test_same_store_same_bytes_and_a_file_that_says_what_it_is(
    name: str, store: Store, tmp_path: Path
) -> None:
    for run in ("a", "b"):
        export(store, name, tmp_path / run, EventQuery(since="2022"))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    about = json.loads((tmp_path / "a.about.json").read_text(encoding="utf-8"))
    assert about["format"] == name
    assert about["kawat"] == kawat.__version__
    assert json.loads(about["query"]) == {"since": "2022"}


def test_an_unknown_format_or_place_is_told(store: Store, tmp_path: Path) -> None:
    with pytest.raises(kawat.KawatError, match="there are: polecat"):
        export(store, "xml", tmp_path / "x")
    with pytest.raises(kawat.InputError, match="choose another"):
        export(store, "csv", tmp_path / "no" / "such" / "folder")


def test_the_codebook_describes_every_column_and_type() -> None:
    columns = read_columns()
    assert tuple(columns["events"]) == (*EVENT_COLUMNS, "version")
    assert tuple(columns["reports"]) == (*REPORT_COLUMNS, "version")
    text = codebook()
    for kind, mode in load_common().scores:
        assert f"| {kind} | {mode} |" in text
