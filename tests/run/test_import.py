"""Other data sets beside kawat's own: read as published, kept apart, compared by month."""

from pathlib import Path

import pytest

from kawat.errors import InputError, KawatError
from kawat.look.compare import compare_all, compare_pair
from kawat.look.exports import export
from kawat.model import ForeignEvent
from kawat.read.foreign import read_foreign
from kawat.run import open_store
from kawat.run.import_events import import_events
from kawat.store import Store
from tests.store.world import article, entry, report

ICEWS = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\t"
    "Intensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\n"
    "1\t2022-07-03\tX\t\tRussian Federation\tY\t190\t-10.0\tZ\t\tUkraine\t7\n"
    "1\t2022-07-03\tX\t\tRussian Federation\tY\t042\t1.9\tZ\t\tChina\t7\n"
    "2\tnever\tX\t\tRussia\tY\t190\t-10.0\tZ\t\tUkraine\t7\n"
)


def filled(path: Path) -> Store:
    """Attacks in four months, more of them each month."""
    store = open_store(path)
    run = store.start_run("add", "1.0", {})
    for month in range(5, 9):
        for n in range(month - 4):
            one = article(f"a{month}{n}", url=f"https://x.id/{month}/{n}")
            store.add([entry(one, report(one, when=f"2022-{month:02}-{n + 3:02}"))], run)
    return store


@pytest.mark.parametrize("format_", ["polecat", "gdelt"])
def test_what_kawat_exports_it_imports_and_agrees_with(format_: str, tmp_path: Path) -> None:
    store = filled(tmp_path / "kawat.db")
    export(store, format_, tmp_path / "out.tsv")
    counts = import_events(store, format_, [str(tmp_path / "out.tsv")])
    assert (counts["events"], counts["not read"]) == (10, 0)
    assert import_events(store, format_, [str(tmp_path / "out.tsv")])["there before"] == 10
    assert store.foreign_datasets() == {format_: 10}
    assert store.counts()["events"] == 10, "they are not kawat's own"
    (one,) = compare_all(store, format_)
    assert (one.a, one.b, one.own, one.other, one.both, one.either) == ("RUS", "UKR", 10, 10, 4, 4)
    assert one.counts == 1.0
    assert [m.other for m in one.months] == [1, 2, 3, 4]
    assert one == compare_pair(store, format_, "RUS", "UKR")
    assert compare_pair(store, format_, "UKR", "RUS", since="2022-07").own == 7
    with pytest.raises(KawatError, match="no data set"):
        compare_pair(store, "icews", "RUS", "UKR")
    assert store.check() == []
    store.close()


def test_icews_has_names_of_states_and_ids_that_come_twice(tmp_path: Path) -> None:
    path = tmp_path / "icews.tab"
    path.write_text(ICEWS)
    first, second, error = read_foreign(str(path), "icews", "icews")
    assert first == ForeignEvent(
        "icews", "1", "2022-07-03", "RUS", "UKR", "ASSAULT", "190", -10.0
    )  # fmt: skip
    assert isinstance(second, ForeignEvent)
    assert (second.recipient, second.type) == ("CHN", "CONSULT")
    assert isinstance(error, InputError)
    assert str(error).startswith(f"{path}:4")
    with open_store(tmp_path / "kawat.db") as store:
        assert import_events(store, "icews", [str(path)], "icews-2022")["events"] == 2
        with pytest.raises(InputError, match="no file of polecat"):
            import_events(store, "polecat", [str(path)])
