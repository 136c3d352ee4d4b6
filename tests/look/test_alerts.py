"""Surges and change points on series with a known answer; data frames."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from kawat.errors import KawatError
from kawat.look.alerts import find_alerts
from kawat.look.query import relation
from kawat.look.rows import events_frame, frame_of
from kawat.run import open_store
from kawat.store import Entry, EventQuery, Store
from tests.store.world import article, entry, report

END = date(2023, 12, 31)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """RUS-UKR steady, CHN-USA with a burst in the last week, IDN-MYS at a new level for 6 weeks."""
    with open_store(tmp_path / "kawat.db") as opened:
        entries: list[Entry] = []

        def tell(parties: str, kind: str, day: date, number: int) -> None:
            for _ in range(number):
                at = len(entries)
                one = article(f"a{at}", url=f"https://x.id/{at}", published=str(day))
                a, b = parties.split()
                entries.append(entry(one, report(one, a, kind, b, when=str(day))))

        for week in range(52):
            day = END - timedelta(days=7 * week + 2)
            tell("RUS UKR", "ASSAULT", day, 4)
            tell("CHN USA", "ACCUSE", day, 12 if week == 0 else 1)
            tell("IDN MYS", "CONSULT", day, 6 if week < 6 else 1)
        opened.add(entries, opened.start_run("add", "1.0", {}))
        yield opened


def test_known_answers(store: Store) -> None:
    found = find_alerts(store, until=str(END))
    told = {(a.kind, a.a, a.b, a.side) for a in found}
    assert ("surge", "CHN", "USA", "conflict") in told
    assert ("change", "IDN", "MYS", "cooperation") in told
    assert not any("RUS" in t for t in told)
    surge = next(a for a in found if a.kind == "surge" and a.a == "CHN")
    assert (surge.count, surge.expected, surge.until) == (12, 1, str(END))
    assert len(surge.events) == 12
    assert {e.actors for e in surge.events} == {("CHN",)}
    change = next(a for a in found if a.kind == "change")
    assert (change.count, change.expected) == (6, 1)
    assert change.since == str(END - timedelta(days=41))


def test_before_the_change_there_is_no_alert(store: Store) -> None:
    assert find_alerts(store, until="2023-09-30") == ()


def test_relation_and_frames(store: Store) -> None:
    found = relation(store, "USA", "CHN", since="2023-12")
    (month,) = found.months
    assert (month.conflict, month.back, month.forth, month.intensity) == (16, 16, 0, -3.0)
    frame = events_frame(store, EventQuery(actor="IDN"))
    assert frame.height == 82
    assert frame["day"].max() == END - timedelta(days=2)
    assert frame_of(found.months)["conflict"].to_list() == [16]
    with pytest.raises(KawatError, match="are one"):
        relation(store, "USA", "USA")
