"""Tell the language of an article."""

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from kawat.lang import languages, load
from kawat.model import Article

MAX_CHARS = 4000
"""Characters of the body that are looked at."""
MIN_LETTERS = 20
SURE = 0.6


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect_language(article: Article) -> str:
    """Return the ISO 639-1 code of the body's language, "" when it cannot be told.

    The statistical model mixes up sister languages (Indonesian and Malay): the packs' word lists
    (`tokens.toml`, `sisters`) decide between them.
    """
    body = " ".join(article.text[b.start : b.end] for b in article.blocks if b.kind == "body")
    text = (body or article.text)[:MAX_CHARS]
    if sum(c.isalpha() for c in text) < MIN_LETTERS:
        return ""
    code, probability = _identifier().classify(text)
    sister = _among_sisters(str(code), text)
    if sister:
        return sister
    return str(code) if probability >= SURE else ""


def _among_sisters(code: str, text: str) -> str:
    padded = f" {' '.join(text.lower().split())} "
    for language in languages():
        lists = load(language).tokens.get("sisters", {})
        if code in lists:
            hits = {c: sum(padded.count(f" {w} ") for w in words) for c, words in lists.items()}
            return max(hits, key=lambda c: (hits[c], c == code))
    return ""
