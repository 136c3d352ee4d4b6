"""Origins of trails whose answer is known."""

from collections.abc import Mapping
from random import Random
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kawat.errors import LanguageError
from kawat.lang import load_wording
from kawat.merge import explain_origins, trace_origins
from kawat.model import Flag, Judgement, Link, Origins, Party, Telling
from tests.merge.build import carrier, copy, speaker, telling

PUTIN = speaker("RUS", "Vladimir Putin", "GOV")
KIM = speaker("PRK", "Kim Jong-un", "GOV")
MINISTRY = speaker("RUS", "Russia", "GOV", text="Kementerian Luar Negeri Rusia")
OFFICIAL = speaker("", "seorang pejabat", text="seorang pejabat yang enggan disebut namanya")


def counts(found: Origins) -> tuple[tuple[int, int], tuple[int, int]]:
    return found.origins, found.interests


def test_a_fan_of_copies_is_one_origin() -> None:
    reports = [telling("r0", "Reuters", PUTIN)]
    reports += [telling(f"r{n}", f"Koran {n}") for n in range(1, 6)]
    found = trace_origins(reports, [copy(f"r{n}", "r0") for n in range(1, 6)])
    assert (found.documents, found.outlets) == (6, 6)
    assert counts(found) == ((1, 1), (1, 1))
    assert "single-source" in found.flags
    assert {t.path for t in found.trails if t.report == "r3"} == {
        ("Vladimir Putin", "Reuters", "Koran 3")
    }


def test_copies_of_unknown_direction_are_one_origin_too() -> None:
    reports = [telling("r1", "Koran A"), telling("r2", "Koran B", PUTIN)]
    found = trace_origins(reports, [copy("r1", "r2", directed=False)])
    assert found.origins == (1, 1)


def test_a_relay_that_comes_back_is_circular() -> None:
    reports = [
        telling("r1", "Koran A", published="2024-03-05"),
        telling("r2", "Koran B", carrier("", "Koran A"), published="2024-03-06"),
        telling("r3", "Koran A", carrier("", "Koran B"), published="2024-03-07"),
    ]
    found = trace_origins(reports)
    assert found.origins == (1, 1)
    assert found.flags == ("circular", "single-source")
    assert found.flag_paths[0] == ("Koran A", "Koran B", "Koran A")


def test_a_ring_without_a_beginning_is_one_origin() -> None:
    reports = [
        telling("r1", "Koran A", carrier("", "Koran B")),
        telling("r2", "Koran B", carrier("", "Koran C")),
        telling("r3", "Koran C", carrier("", "Koran A")),
    ]
    found = trace_origins(reports)
    assert found.origins == (1, 1)
    assert found.flags == ("circular", "single-source")
    assert set(found.flag_paths[0]) == {"Koran A", "Koran B", "Koran C"}


def test_time_unties_a_ring() -> None:
    reports = [
        telling("r1", "Koran A", carrier("", "Koran B"), published="2024-03-06"),
        telling("r2", "Koran B", carrier("", "Koran A"), published="2024-03-05"),
    ]
    assert "circular" in trace_origins(reports).flags
    assert trace_origins(reports).origins == (1, 1)


def test_two_parties_that_agree_are_two_interests() -> None:
    sides = {"actors": (Party("RUS", "RUS"), Party("PRK", "PRK")), "recipients": ()}
    reports = [
        telling("r1", "Koran A", PUTIN, carrier("TASS"), **sides),
        telling("r2", "Koran B", KIM, carrier("KCNA"), **sides),
    ]
    found = trace_origins(reports)
    assert counts(found) == ((2, 2), (2, 2))
    assert found.flags == ()


def test_agency_and_ministry_of_one_state_are_one_interest() -> None:
    reports = [telling("r1", "Koran A", carrier("TASS")), telling("r2", "Koran B", MINISTRY)]
    found = trace_origins(reports)
    assert counts(found) == ((2, 2), (1, 1))
    assert found.flags == ("only-from-a-party",)


def test_an_unnamed_source_relayed_by_five_is_one_origin() -> None:
    reports = [telling("r0", "Reuters", OFFICIAL)]
    reports += [telling(f"r{n}", f"Koran {n}", OFFICIAL, carrier("REUTERS")) for n in range(5)]
    found = trace_origins(reports)
    assert counts(found) == ((1, 1), (1, 1))
    assert found.roots[0].named is False


def test_unnamed_sources_of_two_outlets_may_be_one() -> None:
    reports = [telling("r1", "Reuters", OFFICIAL), telling("r2", "AFP", OFFICIAL)]
    assert trace_origins(reports).origins == (1, 2)


def test_a_report_in_another_language_with_the_same_speaker_adds_no_origin() -> None:
    english = telling("r2", "BBC", PUTIN, language="en", words=("attacked",))
    found = trace_origins([telling("r1", "Tempo", PUTIN), english])
    assert found.origins == (1, 1)


def test_outlets_in_their_own_voice_may_have_copied() -> None:
    reports = [telling("r1", "Koran A"), telling("r2", "Koran B"), telling("r3", "Koran C", PUTIN)]
    found = trace_origins(reports)
    assert found.origins == (1, 3)
    assert {r.maybe for r in found.roots if r.name.startswith("Koran")} == {"RUS/Vladimir Putin"}


def test_two_persons_of_one_government_are_one_or_two() -> None:
    lavrov = speaker("RUS", "Sergei Lavrov", "GOV")
    found = trace_origins([telling("r1", "Koran A", PUTIN), telling("r2", "Koran B", lavrov)])
    assert counts(found) == ((1, 2), (1, 1))


def test_a_person_is_one_whether_or_not_the_words_give_the_office() -> None:
    bare = speaker("RUS", "Vladimir Putin")
    found = trace_origins([telling("r1", "Koran A", bare), telling("r2", "Koran B", PUTIN)])
    assert counts(found) == ((1, 1), (1, 1))
    assert found.roots[0].interest == "RUS"


def test_a_government_is_no_party_where_its_citizens_act() -> None:
    marchers: dict[str, Any] = {"actors": (Party("RUS", "RUS", ("CVL",)),), "recipients": ()}
    assert trace_origins([telling("r1", "Koran A", PUTIN, **marchers)]).flags == ("single-source",)


def test_a_breakaway_body_is_an_interest_of_its_own() -> None:
    republic = speaker("x-DPR", "Donetsk People's Republic", "PRE")
    kyiv = speaker("UKR", "Ukraine", "GOV")
    found = trace_origins([telling("r1", "Koran A", republic), telling("r2", "Koran B", kyiv)])
    assert counts(found) == ((2, 2), (2, 2))


def test_the_words_of_the_count_come_from_the_language() -> None:
    found = trace_origins([telling("r1", "Koran A", PUTIN), telling("r2", "Koran B", KIM)])
    assert explain_origins(found, "en") == (
        "2 articles in 2 outlets. Traced back: 2 origins, under 2 interests. "
        "No dependence was found between these origins; "
        "that is no proof that they are independent."
    )
    assert "tidak ditemukan ketergantungan" in explain_origins(found, "id")


def test_every_language_explains_the_same_things() -> None:
    def keys(table: Mapping[str, Any]) -> set[str]:
        return {f"{a}.{b}" for a, found in table.items() for b in found}

    assert keys(load_wording("id")) == keys(load_wording("en"))
    assert set(get_args(Flag)) <= set(load_wording("en")["sentence"])
    with pytest.raises(LanguageError):
        load_wording("xx")


def test_the_flags_are_said_with_the_way_that_shows_them() -> None:
    found = trace_origins([telling("r1", "Koran A", carrier("TASS"))])
    assert explain_origins(found, "en") == (
        "1 article in 1 outlet. Traced back: 1 origin, under 1 interest. "
        "All of it comes from one origin: TASS → Koran A. "
        "Only one party to the event says so: TASS → Koran A."
    )
    vague = trace_origins([telling("r1", "Koran A"), telling("r2", "Koran B")])
    assert "1 sampai 2 asal" in explain_origins(vague, "id")


SPEAKERS = st.sampled_from([PUTIN, KIM, MINISTRY, OFFICIAL, speaker("", "kelompok AAPP")])
CARRIERS = st.sampled_from([carrier(n) for n in ("TASS", "KCNA", "REUTERS", "Koran A", "Koran B")])
CHAINS = st.one_of(
    st.just(()),
    st.tuples(SPEAKERS),
    st.tuples(CARRIERS),
    st.tuples(SPEAKERS, CARRIERS),
)
OUTLETS = st.sampled_from(["Koran A", "Koran B", "Koran C", "TASS", "Reuters", ""])
DAYS = st.sampled_from(["", "2024-03-05", "2024-03-06", "2024-03-07"])


@st.composite
def trails(draw: st.DrawFn) -> tuple[list[Telling], list[Judgement]]:
    parts = draw(st.lists(st.tuples(OUTLETS, CHAINS, DAYS), min_size=1, max_size=7))
    reports = [
        telling(f"r{n}", outlet, *chain, published=day)
        for n, (outlet, chain, day) in enumerate(parts)
    ]
    pairs = st.tuples(st.integers(0, len(parts) - 1), st.integers(0, len(parts) - 1), st.booleans())
    copies = [
        copy(f"r{a}", f"r{b}", directed=known)
        for a, b, known in draw(st.lists(pairs, max_size=4))
        if a != b
    ]
    return reports, copies


@given(trails(), st.randoms())
@settings(deadline=None)
def test_the_order_of_reports_does_not_matter(
    case: tuple[list[Telling], list[Judgement]], random: Random
) -> None:
    reports, copies = case
    mixed, mixed_copies = list(reports), list(copies)
    random.shuffle(mixed)
    random.shuffle(mixed_copies)
    assert trace_origins(reports, copies) == trace_origins(mixed, mixed_copies)


@given(trails(), st.data())
@settings(deadline=None)
def test_a_copy_adds_no_origin(
    case: tuple[list[Telling], list[Judgement]], data: st.DataObject
) -> None:
    reports, copies = case
    before = trace_origins(reports, copies)
    copied = data.draw(st.sampled_from(reports))
    outlet = data.draw(OUTLETS)
    chain: tuple[Link, ...] = data.draw(CHAINS)
    fresh = telling("r9", outlet, *chain, published="2024-03-09")
    after = trace_origins([*reports, fresh], [*copies, copy("r9", copied.report)])
    assert after.origins[0] <= before.origins[0]
    assert after.origins[1] <= before.origins[1]


@given(trails())
@settings(deadline=None)
def test_bounds_are_in_order_and_every_trail_ends_at_a_root(
    case: tuple[list[Telling], list[Judgement]],
) -> None:
    found = trace_origins(*case)
    assert 1 <= found.origins[0] <= found.origins[1]
    assert 1 <= found.interests[0] <= found.interests[1]
    assert {t.origin for t in found.trails} <= {r.key for r in found.roots}
    assert len(found.flags) == len(found.flag_paths)
    assert all(path for path in found.flag_paths)
