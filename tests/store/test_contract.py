"""What a store must do, whichever database is below it."""

import json
from dataclasses import replace

import pytest

from kawat.errors import KawatError, StoreError
from kawat.merge import Stamp, make_judgement, undo_judgement
from kawat.model import Judgement
from kawat.run import judge, open_store
from kawat.store import Change, Count, EventQuery, Store
from tests.store.conftest import NewPlace
from tests.store.world import SENTENCE, article, entry, many, report

MONDAY = Stamp("Ani", "2022-08-20T10:00:00Z", by_person=True)
TUESDAY = Stamp("Budi", "2022-08-21T10:00:00Z", by_person=True)


def run(store: Store) -> int:
    return store.start_run("add", "1.0", {"paths": ["x"]})


def review(id_: str, verdict: str, stamp: Stamp = MONDAY, **correction: object) -> Judgement:
    one = make_judgement("review", (id_, id_), verdict, stamp, reason="seen")  # type: ignore[arg-type]
    return replace(one, correction=json.dumps(correction) if correction else "")


def test_add_and_read_again(store: Store) -> None:
    one = article("a1", url="https://contoh.id/1")
    assert store.add([entry(one)], run(store)) == Change(articles=1, reports=1, statements=1)
    (stored,) = store.article("a1")
    assert stored.article == one
    assert (stored.number, stored.versions, stored.coder) == (1, 1, "1.0")
    assert stored.outlet is not None
    assert (stored.outlet.name, stored.outlet.country) == ("Kabar", "IDN")
    assert stored.dropped == {"no party": 2}
    assert store.raw(stored.key) == b"raw of a1"
    assert [s.id for s in store.statements(stored.key)] == ["s-a1"]
    (told,) = store.reports(stored.key)
    assert told.report == told.machine == report(one)
    (row,) = store.events().items
    assert (row.id, row.actors, row.recipients) == (told.report.id, ("RUS",), ("UKR",))
    assert (row.when, row.day, row.documents, row.origins) == ("2022-08-15", "2022-08-15", 1, None)
    start, end = row.trigger
    assert row.sentence[start:end] == "menyerang"
    assert store.check() == []


def test_the_same_again_adds_nothing(store: Store) -> None:
    batch = many(5)
    store.add(batch, run(store))
    before = store.counts()
    assert store.add(batch, run(store)) == Change(same=5)
    assert store.add([batch[0], batch[0]], run(store)) == Change(same=2)
    assert store.counts() == before
    assert [known for _, known in store.place([e.article for e in batch])] == ["same"] * 5


def test_twice_in_one_batch(store: Store) -> None:
    one = many(1)[0]
    assert store.add([one, one], run(store)) == Change(articles=1, same=1, reports=1, statements=1)


def test_a_changed_article_is_a_new_version(store: Store) -> None:
    one = article("a1", url="https://contoh.id/1")
    store.add([entry(one)], run(store))
    event = store.events().items[0].id
    two = replace(one, id="a2", text=SENTENCE + " Kota Kyiv membantah.")
    assert store.place([two])[0][1] == "changed"
    change = store.add([entry(two, report(two), report(two, kind="ACCUSE"))], run(store))
    assert (change.articles, change.versions, change.reports, change.retired) == (0, 1, 2, 1)
    new, old = store.article("a1")
    assert (new.article.text, old.article.text) == (two.text, one.text)
    assert [r.report.id for r in store.reports(old.key, retired=True)] == [report(one).id]
    assert store.reports(old.key) == ()
    held = store.event(report(one).id)
    assert held is not None, "the old report's id leads to the event of the new one"
    assert held.event.id == event, "an event keeps its id when its report comes in a new version"
    assert held.reports[0].article_id == "a2"
    assert store.count().value == 2
    assert store.check() == []


def test_an_exact_copy_elsewhere_is_an_article_of_its_own(store: Store) -> None:
    first, second = article("same", url="https://a.id/1"), article("same", url="https://b.id/1")
    store.add([entry(first)], run(store))
    ((own, known),) = store.place([second])
    assert known == "new"
    assert own.id != "same"
    assert store.place([second])[0][0].id == own.id
    store.add([entry(own)], run(store))
    assert store.counts()["articles"] == store.counts()["events"] == 2


def test_queries(store: Store) -> None:
    one = article("q1", url="https://contoh.id/q1")
    store.add(
        [
            entry(
                one,
                report(one, "RUS", "ASSAULT", "UKR", when="2022-02-24/.."),
                report(one, "RUS PRK", "CONSULT", "", when="2022-08", at=(0, 5)),
                report(one, "PRK", "SUPPORT", "RUS", when=None, at=(16, 23)),
                report(one, "USA", "ACCUSE", "RUS", status="negated", at=(24, 28), confidence=0.3),
            )
        ],
        run(store),
    )

    def found(**query: object) -> list[str]:
        wanted = EventQuery(**query)  # type: ignore[arg-type]
        rows = store.events(wanted).items
        assert store.count(wanted).value == len(rows)
        return [row.type for row in rows]

    assert found() == ["SUPPORT", "ACCUSE", "CONSULT", "ASSAULT"]
    assert found(order="oldest") == ["ASSAULT", "CONSULT", "ACCUSE", "SUPPORT"]
    assert found(order="added") == ["ACCUSE", "SUPPORT", "CONSULT", "ASSAULT"]
    assert found(actor="RUS", partner="PRK") == found(actor="PRK", partner="RUS")
    assert found(actor="RUS", partner="PRK") == ["SUPPORT", "CONSULT"]
    assert found(actor="RUS", side="actor") == ["CONSULT", "ASSAULT"]
    assert found(actor="RUS", side="recipient", partner="PRK") == ["SUPPORT"]
    assert found(actor="PRK", type="CONSULT") == ["CONSULT"]
    assert found(since="2022-08", until="2022-08-15") == ["ACCUSE", "CONSULT"]
    assert found(until="2022-02") == ["ASSAULT"]
    assert found(since="2022-08-16") == ["SUPPORT"], "undated: the day of publication"
    assert found(dated=True, quad="VERBAL_COOPERATION") == ["CONSULT"]
    assert found(status="negated") == ["ACCUSE"]
    assert found(min_confidence=0.5, type="ACCUSE") == []
    assert found(outlet="kabar", language="id", type="ASSAULT") == ["ASSAULT"]
    assert found(outlet="tempo") == found(language="en") == found(min_origins=1) == []


def test_an_outlet_in_two_languages_is_counted_once(store: Store) -> None:
    one = article("x1", language="id")
    store.add([entry(one)], run(store))
    two = article("x2", language="en")
    store.add([entry(two)], run(store))
    merged = make_judgement("event", (report(one).id, report(two).id), "same", MONDAY)
    judge(store, [merged])
    assert len(store.events(EventQuery(outlet="kabar")).items) == 1
    assert store.count(EventQuery(outlet="kabar", language="en")).value == 1
    assert {f.value: f.count for f in store.facets()["language"]} == {"en": 1, "id": 1}


def test_search(store: Store) -> None:
    store.add(many(30), run(store))
    title = "Erdoğan bertemu Putin; DROP TABLE events --"
    one = replace(article("s1"), title=title)
    store.add([entry(one)], run(store))
    for words, number in {
        "erdogan": 1, "ERDOĞAN putin": 1, '"erdoğan bertemu"': 1, '"bertemu erdoğan"': 0,
        "bertem*": 1, "bertem": 0, "menyerang": 31, "menyerang -putin": 30, "-putin": 0,
        '" OR 1=1': 0, "putin')": 1, "drop table": 1, "NOT AND OR ( * ^": 0, ":*&|!<->": 0,
    }.items():  # fmt: skip
        assert store.count(EventQuery(search=words)).value == number, words
    assert len(store.articles("nomor").items) == 30
    assert [a.article.id for a in store.articles("erdog*").items] == ["s1"]


def test_a_word_of_every_report_is_looked_up_in_the_latest(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add(many(30), run(store))
    monkeypatch.setattr("kawat.store.dialects.SEARCHED", 10)
    monkeypatch.setattr("kawat.store.asking.SEARCHED", 10)
    assert store.count(EventQuery(search="menyerang")) == Count(10, exact=False)
    assert store.count(EventQuery(search='"judul 7"')) == Count(1, exact=True)


def test_pages_and_facets(store: Store) -> None:
    store.add(many(25), run(store))
    for order in ("newest", "oldest", "added"):
        query = EventQuery(order=order)
        ids, cursor = [], ""
        for _ in range(3):
            page = store.events(query, limit=10, cursor=cursor)
            ids += [row.id for row in page.items]
            cursor = page.cursor
        assert cursor == ""
        assert len(set(ids)) == 25
        assert ids == [row.id for row in store.each_event(query)]
    with pytest.raises(KawatError, match="no cursor"):
        store.events(cursor="'; DROP TABLE events")
    facets = store.facets()
    assert [(f.value, f.label, f.count) for f in facets["actor"]] == [
        ("RUS", "Rus", 25),
        ("UKR", "Ukr", 25),
    ]
    assert [(f.value, f.count) for f in facets["outlet"]] == [("kabar", 25)]
    assert facets["flag"] == ()
    pages = store.articles(limit=20)
    assert len(store.articles(limit=20, cursor=pages.cursor).items) == 5


def test_months(store: Store) -> None:
    one = article("m1")
    reports = [
        report(one, "UKR", "ACCUSE", "RUS", when="2022-08-03"),
        report(one, "RUS", "ACCUSE", "UKR", when="2022-08-04", at=(0, 5)),
        report(one, "RUS UKR", "CONSULT", "", when=None, at=(16, 23)),
        report(one, "RUS", "ASSAULT", "UKR", when="2021", at=(24, 28)),
    ]
    store.add([entry(one, *reports)], run(store))
    found = [
        (m.month, m.type, m.direction, m.events, m.dated, m.intensity)
        for m in store.months("UKR", "RUS")
    ]
    assert found == [
        ("2021-01", "ASSAULT", "<", 1, 1, -9.0), ("2022-08", "ACCUSE", ">", 1, 1, -3.0),
        ("2022-08", "ACCUSE", "<", 1, 1, -3.0), ("2022-08", "CONSULT", "=", 1, 0, 2.5),
    ]  # fmt: skip
    assert sum(m.events for m in store.months("RUS")) == 4
    assert sum(m.events for m in store.months(since="2022")) == 3
    assert store.months("PRK") == ()


def test_reviews_hold_and_can_be_undone(store: Store) -> None:
    one = article("r1")
    store.add([entry(one)], run(store))
    event = store.events().items[0]
    rejected = review(event.id, "reject")
    assert store.judge([rejected, rejected]) == 1
    assert store.judge([rejected]) == 0
    assert store.events().items == ()
    assert store.months() == ()
    assert [e.id for e in store.events(EventQuery(review="rejected")).items] == [event.id]
    undo = undo_judgement(rejected, TUESDAY)
    store.judge([undo])
    assert store.events().items == (event,)
    store.judge([undo_judgement(undo, replace(MONDAY, time="2022-08-22T00:00:00Z"))])
    assert store.events().items == ()
    corrected = review(
        event.id, "correct", TUESDAY, type="THREATEN", actors=["RUS", "BLR"], when="2022-08-10"
    )
    store.judge([corrected])
    (row,) = store.events().items
    assert (row.type, row.actors, row.day, row.review) == (
        "THREATEN", ("RUS", "BLR"), "2022-08-10", "correct",
    )  # fmt: skip
    assert store.events(EventQuery(actor="BLR")).items == (row,)
    view = store.event(event.id)
    assert view is not None
    assert view.reports[0].machine.event.type == "ASSAULT"
    assert [j.verdict for j in view.judgements] == ["reject", "reject", "correct", "reject"]
    assert len(store.history()[0]) == 4
    assert store.check() == []


@pytest.mark.parametrize(
    "wrong", [{"type": "NONSENSE"}, {"actors": "RUS"}, {"status": "maybe"}, {"colour": "red"}]
)
def test_a_correction_that_does_not_fit_changes_nothing(
    store: Store, wrong: dict[str, object]
) -> None:
    store.add([entry(article("w1"))], run(store))
    before = store.events()
    with pytest.raises(KawatError):
        store.judge([review(before.items[0].id, "correct", MONDAY, **wrong)])
    assert store.events() == before
    assert store.history() == ((), 0)


def test_recode_keeps_what_people_judged(store: Store) -> None:
    one = article("c1")
    at = ((0, 5), (6, 15), (16, 23), (24, 28))
    old = [report(one, at=place) for place in at]
    store.add([entry(one, *old)], run(store))
    store.judge([review(old[0].id, "reject"), review(old[1].id, "accept")])
    new = [
        replace(old[0], event=replace(old[0].event, confidence=0.9)),  # again, with other fields
        report(one, kind="ACCUSE", at=at[1]),  # the same words as those that were accepted
        report(one, kind="ACCUSE", at=at[2]),  # goes on with the third
    ]
    again = store.start_run("recode", "2.0", {})
    change = store.recode([entry(one, *new)], again, "2.0")
    assert (change.reports, change.retired, change.held) == (2, 3, 1)
    (version,) = store.article("c1")
    assert version.coder == "2.0"
    told = {r.report.id: r for r in store.reports(version.key)}
    assert told[old[0].id].review == "reject"
    assert told[old[0].id].report.event.confidence == 0.9
    assert told[old[1].id].review == "accept"
    assert new[1].id not in told
    view = store.event(old[2].id)
    assert view is not None
    assert (view.event.id, view.event.type) == (old[2].id, "ACCUSE")
    assert store.event(old[3].id) is None
    assert store.recode([entry(one, *new)], again, "2.0").reports == 0
    assert store.check() == []


def test_failures_and_runs(store: Store) -> None:
    key = run(store)
    store.add_failures(key, [("https://x.id/1", "timed out"), ("b.txt", "empty")])
    store.end_run(key, {"articles": 3})
    (done,) = store.runs()
    assert (done.version, done.counts, json.loads(done.settings)) == (
        "1.0", {"articles": 3}, {"paths": ["x"]},
    )  # fmt: skip
    assert done.ended is not None
    assert [(f.source, f.kind) for f in store.failures()] == [
        ("b.txt", "add"),
        ("https://x.id/1", "add"),
    ]


def test_opening(new_place: NewPlace) -> None:
    place = new_place()
    with pytest.raises(StoreError):
        open_store(place, read_only=True)
    with open_store(place) as store:
        store.add(many(2), run(store))
    with open_store(place, read_only=True) as store:
        assert store.count().value == 2
        with pytest.raises(StoreError, match="read only"):
            store.add(many(1, 5), 1)


@pytest.mark.parametrize(
    "place", ["mysql://x/y", "://", "/nowhere/at/all.db", "postgresql://127.0.0.1:1/x"]
)
def test_places_that_are_none(place: str) -> None:
    with pytest.raises(StoreError):
        open_store(place)
