"""Labelled pairs of articles: recipes over the gold's texts, and topics by hand (copies.toml)."""

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from kawat.model import Article
from kawat.read import read_text

ROOT = Path(__file__).parents[1]
PUBLISHERS = ("Antara", "Reuters", "AFP", "Xinhua", "Kyodo News")
EARLY, LATE = "2024-05-05", "2024-05-06"


class ArticlePair(NamedTuple):
    """Two articles, whether one is a near-copy, and of which kind the pair is.

    Where it is a copy, `right` has it from `left`.
    """

    kind: str
    left: Article
    right: Article
    copy: bool


def read_article_pairs(split: str) -> list[ArticlePair]:
    """Return all pairs of a split."""
    return [*_recipe_pairs(split), *_topic_pairs(split)]


@cache
def _pieces() -> dict[str, Any]:
    with (ROOT / "cases" / "any" / "copies.toml").open("rb") as file:
        return tomllib.load(file)


def _recipe_pairs(split: str) -> Iterator[ArticlePair]:
    texts = [p.read_text("utf-8") for p in sorted((ROOT / "gold" / "id" / split).glob("*.txt"))]
    for at, text in enumerate(texts[:16]):
        publisher = PUBLISHERS[at % len(PUBLISHERS)]
        left = _article(f"{split}-{at}", text, publisher, EARLY)
        body, other = _paragraphs(text), _paragraphs(texts[(at + 3) % len(texts)])
        for kind, make in RECIPES.items():
            made = make(body, other, at)
            right = _article(f"{split}-{at}-{kind}", "\n".join(made), f"Koran {at}", LATE)
            base = left
            if kind == "boilerplate":
                base = _article(f"{split}-{at}-b", "\n".join([*body, made[-1]]), publisher, EARLY)
            yield ArticlePair(kind, base, right, kind in COPIES)


def _topic_pairs(split: str) -> Iterator[ArticlePair]:
    for topic in _pieces()["topic"]:
        if topic["split"] != split:
            continue
        texts = {
            name: _article(
                f"{topic['id']}-{name}", topic[name]["text"], topic[name]["publisher"],
                topic[name]["published"], "en" if name == "translation" else "id",
            )
            for name in ("agency", "rewrite", "other", "translation")
        }  # fmt: skip
        for one, two in combinations(texts, 2):
            copied = (one, two) == ("agency", "rewrite")
            yield ArticlePair(f"{one}/{two}", texts[one], texts[two], copied)


def _article(name: str, text: str, publisher: str, published: str, language: str = "id") -> Article:
    article = read_text(text.strip(), language=language, published=published)
    return Article(
        name, article.text, article.title, article.published, publisher,
        language=language, blocks=article.blocks,
    )  # fmt: skip


def _paragraphs(text: str) -> list[str]:
    article = read_text(text, language="id")
    return [article.text[b.start : b.end] for b in article.blocks if b.kind == "body"]


def _truncate(body: list[str], _other: list[str], _at: int) -> list[str]:
    return body[: max(2, len(body) * 2 // 5)]


def _lead(body: list[str], _other: list[str], at: int) -> list[str]:
    leads = _pieces()["pieces"]["leads"]
    credit = f"Demikian dilansir {PUBLISHERS[at % len(PUBLISHERS)]}."
    return [leads[at % len(leads)], *body[: max(2, len(body) * 3 // 5)], credit]


def _reword(body: list[str], _other: list[str], _at: int) -> list[str]:
    synonyms: dict[str, str] = _pieces()["pieces"]["synonyms"]
    return [re.sub(r"\w+", lambda m: synonyms.get(m.group(), m.group()), line) for line in body]


def _shuffle(body: list[str], _other: list[str], at: int) -> list[str]:
    kept = [line for number, line in enumerate(body) if number % 4 != 3]
    turn = 1 + at % max(1, len(kept) - 1)
    return kept[turn:] + kept[:turn]


def _round_up(body: list[str], other: list[str], _at: int) -> list[str]:
    return [*other[: len(other) // 2], *body[: max(3, len(body) * 4 // 5)]]


def _borrow(body: list[str], other: list[str], _at: int) -> list[str]:
    sentences = re.findall(r"[^.]+\.", " ".join(body))
    return [*other[:2], " ".join(sentences[2:4]), *other[2:]]


def _boilerplate(_body: list[str], other: list[str], _at: int) -> list[str]:
    return [*other, _pieces()["pieces"]["boilerplate"]]


COPIES: dict[str, Callable[[list[str], list[str], int], list[str]]] = {
    "truncated": _truncate,
    "local-lead": _lead,
    "reworded": _reword,
    "shuffled": _shuffle,
    "round-up": _round_up,
}
RECIPES = COPIES | {"borrowed": _borrow, "boilerplate": _boilerplate}
