"""`add` and `recode` from files: what is new is coded, what was seen is not."""

import json
from pathlib import Path

from kawat.run import add_paths, open_store, recode_store
from kawat.store import EventQuery

TEXT = "Rusia menyerang Ukraina pada Senin (15/8/2022), kata Presiden Volodymyr Zelensky."


def test_add_is_idempotent_and_keeps_what_fails(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    record = {"text": TEXT, "id": "one", "url": "https://www.reuters.com/x", "language": "id"}
    (source / "1.jsonl").write_text(json.dumps(record) + "\n{broken\n")
    (source / "2.txt").write_text("Serangan\n" + TEXT)
    (source / "3.pdf").write_text("x")
    with open_store(tmp_path / "kawat.db") as store:
        counts = add_paths(store, [str(source)])
        assert (counts["articles"], counts["not read"], counts["skipped"]) == (2, 1, 1)
        again = add_paths(store, [str(source)])
        assert (again["articles"], again["same"], again["reports"]) == (0, 2, 0)
        assert len(store.failures()) == 4
        (stored,) = store.article("one")
        assert stored.outlet is not None
        assert (stored.outlet.key, stored.article.publisher) == ("REUTERS", "Reuters")
        assert json.loads(store.raw(stored.key))["id"] == "one"
        assert store.count(EventQuery(outlet="REUTERS")).value == 1
        record["text"] = TEXT + " Rusia menyerang Ukraina pada Selasa (16/8/2022)."
        (source / "1.jsonl").write_text(json.dumps(record))
        assert add_paths(store, [str(source)])["versions"] == 1
        assert len(store.article("one")) == 2


def test_recode_from_the_store_alone(tmp_path: Path) -> None:
    with open_store(tmp_path / "kawat.db") as store:
        (tmp_path / "1.txt").write_text(TEXT)
        add_paths(store, [str(tmp_path / "1.txt")])
        before = store.events().items
        assert recode_store(store)["articles"] == 0, "coded by this version"
        counts = recode_store(store, everything=True)
        assert (counts["articles"], counts["reports"], counts["retired"]) == (1, 0, 0)
        assert store.events().items == before
        assert store.check() == []


def test_nul_is_kept_by_no_database(tmp_path: Path) -> None:
    source = tmp_path / "x.jsonl"
    source.write_text(json.dumps({"text": f"Rusia\0 {TEXT}", "id": "nul", "language": "id"}))
    with open_store(tmp_path / "kawat.db") as store:
        add_paths(store, [str(source)])
        assert store.article("nul")[0].article.text == f"Rusia\ufffd {TEXT}"
        assert store.check() == []
        assert add_paths(store, [str(source)])["same"] == 1
