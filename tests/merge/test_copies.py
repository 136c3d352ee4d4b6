"""Near-copies: which they are, and who had it from whom."""

from dataclasses import replace

import pytest

from kawat.merge import copy_keys, judge_copy
from kawat.model import Article, Block, Judgement, Published
from tests.merge.build import STAMP, article
from tests.merge.copy_pairs import ArticlePair, read_article_pairs

DISPATCH = (
    "Iran menahan sebuah kapal tanker berbendera Liberia di Selat Hormuz pada Senin dengan tuduhan "
    "menyelundupkan bahan bakar. Kapal itu membawa dua belas awak, sebagian besar warga Filipina. "
    "Manila meminta akses konsuler secepatnya dan menyatakan seluruh awak dalam keadaan sehat."
)


def judged(a: Article, b: Article) -> Judgement:
    found = judge_copy(a, b, STAMP)
    assert found is not None
    return found


def test_who_credits_the_other_has_it_from_there() -> None:
    dispatch = article("a1", DISPATCH, "Reuters")
    copied = article("a2", f"{DISPATCH} Demikian dilansir Reuters.", "Koran A")
    for found in (judged(dispatch, copied), judged(copied, dispatch)):
        assert (found.left, found.right, found.directed) == ("a2", "a1", True)
        assert "Koran A credits Reuters" in found.reason
        assert found.score > 0.9


def test_a_byline_credits_too() -> None:
    text = f"(ANTARA)\n{DISPATCH}"
    blocks = (Block("byline", 0, 8, 0), Block("body", 9, len(text), 1))
    copied = replace(article("a2", text, "Koran A"), blocks=blocks)
    found = judged(article("a1", DISPATCH, "Antara"), copied)
    assert (found.left, found.directed) == ("a2", True)


def test_time_tells_where_no_credit_does() -> None:
    first = article("a1", DISPATCH, "Koran A", "2024-07-02T08:00:00+07:00")
    second = article("a2", DISPATCH, "Koran B", "2024-07-02T09:00:00+08:00")
    third = article("a3", DISPATCH, "Koran C", "2024-07-02")
    assert judged(second, first).directed is False  # 08:00 in both places
    later = replace(second, published=Published("2024-07-02T10:00:00+08:00", "given"))
    assert judged(first, later).left == "a2"
    assert judged(third, later).directed is False  # the day alone tells nothing


def test_an_agency_comes_before_a_paper_where_nothing_else_tells() -> None:
    found = judged(article("a1", DISPATCH, "Koran A"), article("a2", DISPATCH, "AFP"))
    assert (found.left, found.right) == ("a1", "a2")


def test_two_that_credit_a_third_have_it_from_there() -> None:
    text = f"{DISPATCH} Demikian dilansir AFP."
    one, two = article("a1", text, "Koran A", "2024-07-01"), article("a2", text, "Koran B")
    assert judged(one, two).directed is False
    assert "both credit AFP" in judged(one, two).reason


def test_headlines_and_related_links_are_no_body() -> None:
    text = f"{DISPATCH}\nLiga Inggris pekan ini"
    other = f"Presiden tiba di Tokyo\n{DISPATCH}"
    blocks = (Block("related", 0, len(text), 0), Block("body", 0, 0, 1))
    assert (
        judge_copy(replace(article("a1", text), blocks=blocks), article("a2", other), STAMP) is None
    )


def test_a_short_body_is_no_copy() -> None:
    short = "Presiden tiba di Tokyo pada Senin pagi."
    assert judge_copy(article("a1", short), article("a2", short), STAMP) is None
    assert copy_keys(article("a1", short)) == ()


def test_a_shared_passage_gives_a_shared_key_wherever_it_stands() -> None:
    before = " ".join(f"kata{n}" for n in range(90))
    after = " ".join(f"lain{n}" for n in range(70))
    one, two = (
        copy_keys(article("a1", DISPATCH)),
        copy_keys(article("a2", f"{before} {DISPATCH} {after}")),
    )
    assert set(one) & set(two)
    assert all(0 <= key < 2**63 for key in two)


DEV = read_article_pairs("dev")


@pytest.mark.parametrize("pair", DEV, ids=[f"{p.left.id}-{p.kind}" for p in DEV])
def test_labelled_pair(pair: ArticlePair) -> None:
    met = set(copy_keys(pair.left)) & set(copy_keys(pair.right))
    found = judge_copy(pair.left, pair.right, STAMP) if met else None
    assert (found is not None) == pair.copy
    assert judge_copy(pair.right, pair.left, STAMP) == judge_copy(pair.left, pair.right, STAMP)
    assert not found or not found.directed or found.left == pair.right.id
