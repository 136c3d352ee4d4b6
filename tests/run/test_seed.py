"""The article that the project began with, where it lies beside the checkout. An extra test."""

from pathlib import Path

import pytest

from kawat.run import Coded, code_paths

SEED = Path(__file__).parents[3] / "shared" / "seed" / "article.txt"
RUS, PRK, UKR = {"RUS"}, {"PRK"}, {"UKR"}
TALKS, WARMTH = {"AGREE", "SUPPORT"}, {"COOPERATE", "SUPPORT", "AGREE"}
# types that are as good; all parties; EDTF date or ""; words of the trigger or near it
WANTED = [
    (TALKS, RUS | PRK, "2022-08-15", "memperluas hubungan"),
    ({"CONSULT", "SUPPORT"}, RUS | PRK, "2022-08-15", "surat kepada Kim"),
    ({"CONSULT", "SUPPORT"}, RUS | PRK, "2022-08", "mengirim surat"),
    (WARMTH, RUS | PRK, "", "Kerja sama, dukungan"),
    (WARMTH, RUS | PRK, "", "kerja sama antara"),
    (TALKS, RUS | PRK, "2019", "kesepakatan yang ditandatangani"),
    ({"CONSULT"}, RUS | PRK, "2019", "bertemu dengan"),
    ({"SUPPORT"}, PRK | UKR, "2022-07", "mengakui"),
    ({"AID", *WARMTH}, PRK | UKR, "", "dikirim"),
    ({"REJECT", "ACCUSE"}, RUS | UKR, "", "menolak"),
    ({"ASSAULT"}, RUS | UKR, "", "invasi"),
    ({"SANCTION"}, UKR | PRK, "2022-07", "memutuskan hubungan"),
    ({"AGREE", "COOPERATE"}, {"CHN", "RUS"}, "", "menjalin kerja"),
    ({"ASSAULT", "COERCE"}, {"JPN", "KOR"}, "", "menduduki"),
]

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEED.is_file(), reason="the seed article is not beside the checkout"),
]


@pytest.fixture(scope="module")
def coded() -> Coded:
    (item,) = code_paths([str(SEED)])
    assert isinstance(item, Coded)
    return item


@pytest.mark.parametrize("wanted", WANTED, ids=lambda w: w[3])
def test_the_seed_tells(wanted: tuple[set[str], set[str], str, str], coded: Coded) -> None:
    types, parties, when, words = wanted
    text = coded.article.text
    for report in coded.reports:
        event = report.event
        span = (event.trigger.span[0] - 20, event.trigger.span[1] + 40)
        named = {a.entity for a in (*event.actors, *event.recipients)}
        dated = not when or (event.when is not None and event.when.edtf == when)
        if event.type in types and named == parties and dated and words in text[slice(*span)]:
            return
    pytest.fail(f"no report of {words!r}")


def test_the_seed_gives_little_else(coded: Coded) -> None:
    assert len(coded.reports) <= len(WANTED) * 1.25


def test_the_publication_date_is_inferred_with_its_reason(coded: Coded) -> None:
    published = coded.article.published
    assert published.how == "inferred"
    assert published.reason
    assert (published.edtf or "") in {"2022-08-15", "2022-08-16", "2022-08-17"}


def test_nothing_comes_from_title_or_links(coded: Coded) -> None:
    body = [(b.start, b.end) for b in coded.article.blocks if b.kind == "body"]
    for report in coded.reports:
        start, end = report.event.trigger.span
        assert any(a <= start and end <= b for a, b in body)
