"""Tell the language of an article."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from kawat.lang import languages, load
from kawat.model import Article

MAX_CHARS = 4000
"""Characters of the body that are looked at."""
MIN_LETTERS = 20
SURE = 0.6
"""Probability from which the statistical model is believed where no word list decides."""


@cache
def _identifier() -> LanguageIdentifier:
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
    family, and the word lists of the pack (`tokens.toml`, `sisters`) within it.
    """
    body = " ".join(article.text[b.start : b.end] for b in article.blocks if b.kind == "body")
    text = (body or article.text)[:MAX_CHARS]
    if sum(c.isalpha() for c in text) < MIN_LETTERS:
        return ""
    ranked: list[tuple[str, float]] = _identifier().rank(text)
    for family in _families():
        if sum(p for code, p in ranked if code in family.words) >= SURE:
            return _among_sisters(family, text)
    code, probability = ranked[0]
    return code if probability >= SURE else ""


def _among_sisters(family: _Family, text: str) -> str:
    """The sister with most of its words in the text; the pack's own language on a tie."""
    words = [word.strip("\"'.,:;!?()“”") for word in text.lower().split()]
    hits = {code: sum(w in known for w in words) for code, known in family.words.items()}
    return max(hits, key=lambda code: (hits[code], code == family.own))
