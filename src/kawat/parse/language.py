"""Tell the language of an article."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from kawat.lang import languages, load
from kawat.model import Article

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

MAX_CHARS = 4000
"""Characters of the body that are looked at."""
MODEL_CHARS = 600
"""Characters that the statistical model gets: it takes the time, and more tell it little."""
MIN_LETTERS = 20
SURE = 0.6
"""Probability from which the statistical model is believed where no word list decides."""
POSSIBLE = 0.02
ENOUGH_HITS = 2
"""Words of a family that make up for a model which is led astray by names."""
CERTAIN_HITS, CERTAIN_SHARE = 10, 0.08
"""Words of a family, and their share of the text, from which the model need not be asked.

News in Indonesian has 0.18, in English below 0.02.
"""
_WORD = re.compile(r"\w+(?:-\w+)*")


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  (seldom needed)

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


class _Family(NamedTuple):
    """A pack's language and its sisters, with words that tell them apart."""

    own: str
    words: Mapping[str, frozenset[str]]


@cache
def _families() -> tuple[_Family, ...]:
    tables = ((language, load(language).tokens.get("sisters", {})) for language in languages())
    return tuple(
        _Family(language, {code: frozenset(words) for code, words in table.items()})
        for language, table in tables
        if table
    )


def detect_language(article: Article) -> str:
    """Return the ISO 639-1 code of the body's language, "" when it cannot be told.

    The statistical model mixes up sister languages (Indonesian and Malay): it decides for the
    family, and the word lists of the pack (`tokens.toml`, `sisters`) within it. Names of people
    and firms mislead the model in a short text: there the words decide for the family too. A text
    full of the family's words needs no model, which takes time to load and to run.
    """
    body = " ".join(article.text[b.start : b.end] for b in article.blocks if b.kind == "body")
    text = (body or article.text)[:MAX_CHARS]
    if len(list(islice(filter(str.isalpha, text), MIN_LETTERS))) < MIN_LETTERS:
        return ""
    words = Counter(_WORD.findall(text.lower()))
    nearest = [(family, *_nearest_sister(family, words)) for family in _families()]
    # the family with most words first: an article may quote another language at length
    nearest.sort(key=lambda found: -found[2])
    for _, sister, hits in nearest:
        if hits >= CERTAIN_HITS and hits >= CERTAIN_SHARE * words.total():
            return sister
    ranked: list[tuple[str, float]] = _identifier().rank(text[:MODEL_CHARS])
    for family, sister, hits in nearest:
        likely = sum(p for code, p in ranked if code in family.words)
        if likely >= SURE or (likely >= POSSIBLE and hits >= ENOUGH_HITS):
            return sister
    code, probability = ranked[0]
    return code if probability >= SURE else ""


def _nearest_sister(family: _Family, words: Counter[str]) -> tuple[str, int]:
    """The sister with most of its words in the text, and how many; the own language on a tie."""
    hits = {
        code: sum(words[w] for w in known & words.keys()) for code, known in family.words.items()
    }
    nearest = max(hits, key=lambda code: (hits[code], code == family.own))
    return nearest, hits[nearest]
