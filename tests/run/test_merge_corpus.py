"""Merging over files judges as a store does, and its result can be brought into one."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")

from pyarrow import parquet

from kawat.look.codebook import read_columns
from kawat.run import add_paths, merge_store, open_store
from kawat.run.corpus import Settings, code_corpus
from kawat.run.executors import open_executor
from kawat.run.load_corpus import load_corpus
from kawat.run.merge_corpus import merge_corpus, read_judgements
from kawat.store import Store

ROOT = Path(__file__).parents[2]
Event = tuple[frozenset[str], tuple[int, int] | None, tuple[int, int] | None, int, tuple[str, ...]]


def records() -> Iterator[dict[str, str]]:
    """Articles, near-copies a day later elsewhere, exact copies, and a corrected version."""
    texts = [p.read_text("utf-8") for p in sorted((ROOT / "tests/gold/id/dev").glob("*.txt"))[:7]]
    for n, text in enumerate(texts):
        yield {"url": f"https://satu.test/{n}", "published": f"2024-05-{n + 1:02}", "text": text,
               "publisher": "Satu"}  # fmt: skip
    for n, text in enumerate(texts[:4]):
        yield {"url": f"https://dua.test/{n}", "published": f"2024-05-{n + 11}",
               "text": text[: len(text) * 2 // 3], "publisher": "Dua"}  # fmt: skip
    for n, text in enumerate(texts[:2]):
        yield {"url": f"https://tiga.test/{n}", "published": "2024-05-20", "text": text}
    yield {"url": "https://satu.test/6", "published": "2024-05-21", "text": texts[5] + "\nRalat."}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("in") / "x.jsonl"
    path.write_text("\n".join(map(json.dumps, records())))
    return path


@pytest.fixture(scope="module")
def merged(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out") / "coded"
    with open_executor("local", 1) as executor:
        code_corpus([str(source)], out, executor, Settings(language="id", shard=5))
        merge_corpus(out, executor)
    return out


@pytest.fixture(scope="module")
def added(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The same articles, one after another into a store."""
    with open_store(tmp_path_factory.mktemp("store") / "kawat.db") as store:
        add_paths(store, [str(source)], language="id")
        merge_store(store, at_once=10_000)
        yield store


def judged(store: Store) -> set[tuple[str, str, str, str, float, bool]]:
    reports, articles = set(), set()
    for row in store.each_event():
        view = store.event(row.id)
        assert view is not None
        reports |= {r.report.id for r in view.reports}
        articles |= {r.article_id for r in view.reports}
    kept = (*store.judgements("event", reports), *store.judgements("copy", articles))
    return {(j.kind, j.left, j.right, j.verdict, j.score, j.directed) for j in kept}


def events(store: Store) -> set[Event]:
    found = set()
    for row in store.each_event():
        view = store.event(row.id)
        assert view is not None
        reports = frozenset(r.report.id for r in view.reports)
        found.add((reports, row.origins, row.interests, row.documents, row.flags))
    return found


def test_the_judgements_are_those_of_a_store(merged: Path, added: Store) -> None:
    found = {
        (j.kind, j.left, j.right, j.verdict, j.score, j.directed) for j in read_judgements(merged)
    }
    assert {kind for kind, *_ in found} == {"event", "copy"}
    assert found == judged(added)


def test_the_events_are_those_of_a_store(merged: Path, added: Store) -> None:
    rows = parquet.read_table(merged / "merged" / "events").to_pylist()
    found = {
        (
            frozenset(r["reports"].split(";")), (r["origins_low"], r["origins_high"]),
            (r["interests_low"], r["interests_high"]), r["documents"],
            tuple(filter(None, r["flags"].split(";"))),
        )
        for r in rows
    }  # fmt: skip
    assert found == events(added)
    assert not (merged / "merged" / "work").exists()


def test_a_result_can_be_loaded(merged: Path, added: Store, tmp_path: Path) -> None:
    with open_store(tmp_path / "kawat.db") as store:
        counts = load_corpus(store, merged)
        assert (counts["articles"], counts["versions"]) == (13, 0)
        assert counts["copies"] + counts["pairs of one event"] == sum(
            j.verdict == "same" for j in read_judgements(merged)
        )
        assert judged(store) == judged(added)
        assert events(store) == events(added)
        assert store.check() == []
        assert load_corpus(store, merged)["articles"] == 0
        assert store.counts()["events"] == added.counts()["events"]


def test_the_codebook_has_every_column(merged: Path) -> None:
    known = read_columns()
    for table, folder in (
        ("corpus_articles", "articles"), ("corpus_problems", "problems"),
        ("corpus_events", "merged/events"),
    ):  # fmt: skip
        assert parquet.read_schema(next((merged / folder).iterdir())).names == list(known[table])
    reports = parquet.read_schema(next((merged / "reports").iterdir())).names
    assert [c for c in reports if c not in known["reports"]] == ["record"]
