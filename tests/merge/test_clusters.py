"""Groups of reports from judgements of pairs."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from kawat.merge import (
    Stamp,
    cluster_members,
    make_judgement,
    settle_judgements,
    touched_members,
    undo_judgement,
)
from kawat.model import Judgement, Verdict
from tests.merge.build import PERSON, STAMP


def machine(pair: str, verdict: Verdict = "same", score: float = 0.9) -> Judgement:
    return make_judgement("event", (pair[0], pair[1]), verdict, STAMP, score=score)


def person(pair: str, verdict: Verdict = "same", time: str = PERSON.time) -> Judgement:
    stamp = Stamp(PERSON.author, time, by_person=True)
    return make_judgement("event", (pair[0], pair[1]), verdict, stamp)


def groups(members: str, *judgements: Judgement) -> list[str]:
    return ["".join(found) for found in cluster_members(members, judgements)]


def test_the_same_is_transitive() -> None:
    assert groups("abcd", machine("ab"), machine("bc")) == ["abc", "d"]


def test_a_stronger_difference_breaks_a_chain_at_its_weakest_link() -> None:
    chain = machine("ab", score=0.95), machine("bc", score=0.6)
    assert groups("abc", *chain, machine("ac", "different", 0.9)) == ["ab", "c"]


def test_a_person_beats_the_machine_both_ways() -> None:
    assert groups("ab", machine("ab"), person("ab", "different")) == ["a", "b"]
    assert groups("ab", machine("ab", "different"), person("ab")) == ["ab"]


def test_a_person_keeps_whole_groups_apart() -> None:
    held = machine("ab"), machine("cd"), machine("bc", score=0.8), person("ad", "different")
    assert groups("abcd", *held) == ["ab", "cd"]


def test_of_two_words_of_persons_the_later_counts() -> None:
    earlier, later = person("ab", time="2025-01-01"), person("ab", "different", time="2025-01-02")
    assert groups("ab", earlier, later) == ["a", "b"]
    # a contradiction over three: the two later words stand, the earliest gives way
    held = person("ab", time="2025-01-01"), person("bc", time="2025-01-02")
    assert groups("abc", *held, person("ac", "different", time="2025-01-03")) == ["a", "bc"]


def test_what_is_undone_does_not_count_and_undoing_can_be_undone() -> None:
    said = person("ab", "different")
    back = undo_judgement(said, Stamp("Ani", "2025-01-03", by_person=True))
    again = undo_judgement(back, Stamp("Ani", "2025-01-04", by_person=True))
    assert groups("ab", machine("ab"), said, back) == ["ab"]
    assert groups("ab", machine("ab"), said, back, again) == ["a", "b"]


def test_judging_the_same_again_is_the_same_judgement() -> None:
    later = make_judgement("event", ("b", "a"), "same", Stamp(STAMP.author, "2026"), score=0.9)
    assert later.id == machine("ab").id
    assert person("ab", time="1").id != person("ab", time="2").id


def test_who_is_touched_is_who_can_be_reached() -> None:
    assert touched_members("a", [machine("ab"), machine("bc"), machine("de")]) == {*"abc"}


PAIRS = st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(
    lambda p: p[0] != p[1]
)
VERDICTS: st.SearchStrategy[Verdict] = st.sampled_from(["same", "different"])


@st.composite
def judgements(draw: st.DrawFn) -> list[Judgement]:
    drawn = draw(
        st.lists(
            st.tuples(PAIRS, VERDICTS, st.integers(50, 99), st.booleans(), st.integers(1, 9)),
            max_size=12,
        )
    )
    return [
        make_judgement(
            "event", pair, verdict, Stamp("Ani" if by else "kawat", f"2025-01-0{day}", by),
            score=1.0 if by else score / 100,
        )
        for pair, verdict, score, by, day in drawn
    ]  # fmt: skip


@given(judgements(), st.randoms())
@settings(deadline=None)
def test_the_order_of_judgements_does_not_matter(found: list[Judgement], random: Random) -> None:
    mixed = list(found)
    random.shuffle(mixed)
    assert cluster_members("abcdef", found) == cluster_members("fedcba", mixed)
    assert settle_judgements(found) == settle_judgements(mixed)


@given(judgements())
@settings(deadline=None)
def test_groups_hold_every_member_once_and_respect_the_latest_person(
    found: list[Judgement],
) -> None:
    listed = cluster_members("abcdef", found)
    assert sorted(m for group in listed for m in group) == list("abcdef")
    persons = [j for j in settle_judgements(found) if j.by_person]
    if persons:
        latest = max(persons, key=lambda j: (j.time, j.id))
        together = any({latest.left, latest.right} <= set(group) for group in listed)
        assert together == (latest.verdict == "same")


@given(judgements(), st.sampled_from("abcdef"))
@settings(deadline=None)
def test_what_is_touched_can_be_grouped_apart_from_the_rest(
    found: list[Judgement], start: str
) -> None:
    held = settle_judgements(found)
    touched = touched_members([start], held)
    apart = cluster_members(touched, held)
    assert [g for g in cluster_members("abcdef", held) if set(g) & touched] == list(apart)
