"""Every layout rule on sentences of its own: what is body and what is not."""

from typing import Any

import pytest

from kawat.lang import languages
from kawat.read import read_text
from kawat.read.layout import layout_of
from tests.packs import read_cases

CASES = {code: found["case"] for code, found in read_cases("layout").items() if code in languages()}
ROWS = [
    pytest.param(code, case, id=f"{code} {case['name']}") for code in CASES for case in CASES[code]
]


@pytest.mark.parametrize(("language", "case"), ROWS)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\n\n"])
def test_layout(language: str, case: dict[str, Any], newline: str) -> None:
    text = case["text"].strip().replace("\n", newline)
    article = read_text(text, language=language, title_line=True)
    found = [(b.kind, text[b.start : b.end]) for b in article.blocks]
    wanted = [tuple(block) for block in case["blocks"]]
    begun = [(kind, words[: len(w[1])]) for (kind, words), w in zip(found, wanted, strict=False)]
    assert len(found) == len(wanted), found
    assert begun == wanted
    if "published" in case:
        assert (article.published.edtf or "") == case["published"]
    assert article.author == case.get("author", article.author)
    assert article.publisher == case.get("publisher", article.publisher)


@pytest.mark.parametrize("language", sorted(CASES))
def test_every_rule_has_a_case(language: str) -> None:
    layout = layout_of(language)
    rules = {r.name for r in (*layout.lines, *layout.inline, *layout.tails, *layout.datelines)}
    assert rules <= {name for case in CASES[language] for name in case["rules"]}


@pytest.mark.parametrize(("language", "case"), ROWS)
def test_nothing_is_lost(language: str, case: dict[str, Any]) -> None:
    """Blocks lie in order, do not overlap, and leave out nothing but space."""
    text = case["text"]
    at, left = 0, ""
    for block in read_text(text, language=language, title_line=True).blocks:
        assert at <= block.start < block.end <= len(text)
        left += text[at : block.start]
        at = block.end
    assert not (left + text[at:]).strip()
