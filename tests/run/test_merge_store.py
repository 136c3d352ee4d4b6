"""Merging in a store: what is new finds what it goes with, and nothing that was said is lost."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kawat.merge import Stamp, make_judgement, undo_judgement
from kawat.run import judge, merge_store, open_store
from kawat.store import Entry, EventQuery, Store
from tests.store.world import SENTENCE, article, entry, link, report

ANI = Stamp("Ani", "2022-08-20T10:00:00Z", by_person=True)
LONG = " ".join(f"kata{i} tentang serangan nomor {i * 7}" for i in range(60))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "kawat.db") as opened:
        yield opened


def add(store: Store, *entries: Entry) -> None:
    store.add(entries, store.start_run("add", "1.0", {}))


def told(number: int, publisher: str, *chain: str, text: str = "", day: str = "16") -> Entry:
    """The attack of 15 August, as one outlet tells it."""
    one = article(
        f"a{number}", f"{SENTENCE} {text}", url=f"https://x.id/{number}", publisher=publisher,
        published=f"2022-08-{day}",
    )  # fmt: skip
    return entry(one, report(one, chain=tuple(map(link, chain))))


def test_reports_of_one_event_become_one(store: Store) -> None:
    add(store, told(1, "Reuters", "Putin"), told(2, "Tempo", "Zelensky"))
    other = article("b1", url="https://x.id/b", publisher="Tempo")
    add(store, entry(other, report(other, "CHN", "CONSULT", "USA")))
    counts = merge_store(store)
    assert (counts["reports"], counts["same"]) == (3, 1)
    event = store.events(EventQuery(type="ASSAULT")).items[0]
    assert (event.reports, event.documents, event.outlets) == (2, 2, 2)
    assert event.origins == (2, 2)
    assert store.count(EventQuery(min_origins=2)).value == 1
    assert sum(m.corroborated for m in store.months("RUS", "UKR")) == 1
    assert store.check() == []
    assert merge_store(store)["reports"] == 0


def test_later_reports_join(store: Store) -> None:
    add(store, told(1, "Reuters", "Putin"))
    merge_store(store)
    before = store.events().items[0]
    for number, name in enumerate(("Tempo", "Antara", "Kompas"), start=2):
        add(store, told(number, name, "Putin"))
        merge_store(store)
    (event,) = store.events().items
    assert event.id == before.id
    assert (event.reports, event.origins) == (4, (1, 1))
    assert "single-source" in event.flags
    view = store.event(event.id)
    assert view is not None
    assert view.origins is not None
    assert {t.report: t.path for t in view.origins.trails} == {
        r.report.id: r.path for r in view.reports
    }
    assert {r.path[0] for r in view.reports} == {"Putin"}


def test_copies_have_one_origin(store: Store) -> None:
    add(store, told(1, "Reuters", text=LONG), told(2, "Kabar", text=LONG, day="17"))
    counts = merge_store(store)
    assert counts["copies"] == 1
    (event,) = store.events().items
    assert event.origins == (1, 1)
    (copy,) = store.article("a2")
    assert copy.copy_of == "a1"
    assert [e.id for e in store.events(EventQuery(origin="REUTERS")).items] == [event.id]


def test_a_person_beats_the_machine_and_undo_restores(store: Store) -> None:
    add(store, told(1, "Reuters", "Putin"), told(2, "Tempo", "Zelensky"))
    merge_store(store)
    (event,) = store.events().items
    view = store.event(event.id)
    assert view is not None
    one, two = (r.report.id for r in view.reports)
    apart = make_judgement("event", (one, two), "different", ANI, reason="two strikes")
    assert judge(store, [apart]) == 1
    assert [e.reports for e in store.events().items] == [1, 1]
    add(store, told(3, "Antara", "Putin"))
    merge_store(store)
    assert sorted(e.reports for e in store.events().items) == [1, 2]
    judge(store, [undo_judgement(apart, replace(ANI, time="2022-08-21T10:00:00Z"))])
    (again,) = store.events().items
    assert (again.id, again.reports) == (event.id, 3)
    assert store.check() == []


def test_judgements_hold_when_the_machine_codes_again(store: Store) -> None:
    first, second = told(1, "Reuters", "Putin"), told(2, "Tempo", "Zelensky")
    add(store, first, second)
    merge_store(store)
    (event,) = store.events().items
    ids = (first.reports[0].id, second.reports[0].id)
    judge(store, [make_judgement("event", ids, "different", ANI)])
    anew = report(second.article, "RUS", "ASSAULT", "UKR", chain=(link("Zelensky"),), at=(6, 15))
    anew = replace(anew, id="0123456789abcdef")
    run = store.start_run("recode", "2.0", {})
    store.recode([replace(second, reports=(anew,))], run, "2.0")
    merge_store(store)
    assert sorted(e.reports for e in store.events().items) == [1, 1], "still two"
    found = store.event(ids[1])
    assert found is not None
    assert found.reports[0].report.id == anew.id
    assert store.event(event.id) is not None


def test_what_a_report_leaves_behind_is_merged_anew(store: Store) -> None:
    first, second = told(1, "Reuters", "Putin"), told(2, "Tempo", "Zelensky")
    add(store, first, second)
    merge_store(store)
    run = store.start_run("recode", "2.0", {})
    store.recode([replace(first, reports=())], run, "2.0")
    merge_store(store)
    (event,) = store.events().items
    assert (event.reports, event.documents, event.origins) == (1, 1, (1, 1))
    assert event.id == first.reports[0].id, "the id that it had"
    assert store.check() == []


def test_a_rejected_report_counts_for_nothing(store: Store) -> None:
    add(store, told(1, "Reuters", "Putin"), told(2, "Tempo", "Zelensky"))
    merge_store(store)
    wrong = told(2, "Tempo").reports[0].id
    judge(store, [make_judgement("review", (wrong, wrong), "reject", ANI)])
    (event,) = store.events().items
    assert (event.reports, event.documents, event.origins) == (2, 1, (1, 1))
    assert store.check() == []
