"""Split a stretch of text into words; clitics are words of their own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kawat.lang import Pack
from kawat.model import Word

_TOKEN = re.compile(
    r"""
    https?://\S+[^\s.,;:!?"”')\]]           # addresses
  | [\w.+-]+@[\w-]+\.[\w.]+\w               # mail
  | \d+(?:[.,:/]\d+)+                       # 1.000  10.30  15/8/2022
  | \d+(?:[-–]\d+)+                         # 13-16
  | \d+-an\b | (?:ke|se)-\d+\w*             # 1950-an, ke-19
  | (?:[A-Z]\.){2,}                         # U.S.  D.C.
  | [^\W\d_]\w*(?:\.(?:com|co|id|go|net|org|tv|news))+\b   # X.com
  | \w+(?:[-'’‘]\w+)*                       # words, with hyphen or apostrophe
  | \.{2,} | …
  | --+
  | [^\w\s]
    """,
    re.VERBOSE,
)
MIN_STEM = 3
"""Letters that must be left when a clitic is cut off."""


@dataclass(frozen=True, eq=False)
class _Rules:
    enclitics: tuple[str, ...]
    whole: frozenset[str]
    proclitics: tuple[str, ...]
    proclitic_stems: frozenset[str]
    hyphen_whole: frozenset[str]


@cache
def _rules(pack: Pack) -> _Rules:
    tokens = pack.tokens
    return _Rules(
        tuple(tokens["enclitics"]),
        frozenset(tokens["whole"]),
        tuple(tokens["proclitics"]),
        frozenset(tokens["proclitic_stems"]),
        frozenset(tokens["hyphen_whole"]),
    )


def split_words(text: str, start: int, end: int, pack: Pack) -> tuple[Word, ...]:
    """Return the words of `text[start:end]`.

    >>> from kawat.lang import load
    >>> [w.text for w in split_words("Suratnya ke AS-China.", 0, 21, load("id"))]
    ['Surat', 'nya', 'ke', 'AS', '-', 'China', '.']
    """
    rules = _rules(pack)
    words: list[Word] = []
    for match in _TOKEN.finditer(text, start, end):
        token, at = match[0], match.start()
        if len(token) > MIN_STEM and token[0].isalpha():
            for piece in _pieces(token, rules):
                words.append(Word(piece, piece.lower(), at, at + len(piece)))
                at += len(piece)
        else:
            words.append(Word(token, token.lower(), at, at + len(token)))
    return tuple(words)


def _pieces(token: str, rules: _Rules) -> Iterator[str]:
    if "-" in token and token[0].isupper():
        yield from _split_hyphen(token, rules)
        return
    lower = token.lower()
    for clitic in rules.enclitics:
        if lower.endswith(clitic):
            stem = token[: -len(clitic)]
            if _may_cut(token, lower, stem, clitic, rules):
                if stem[-1] == "-":
                    yield from (stem[:-1], "-", token[-len(clitic) :])
                else:
                    yield from (stem, token[-len(clitic) :])
                return
    if lower in rules.proclitic_stems:
        for clitic in rules.proclitics:
            if lower.startswith(clitic):
                yield from (token[: len(clitic)], token[len(clitic) :])
                return
    yield token


def _may_cut(token: str, lower: str, stem: str, clitic: str, rules: _Rules) -> bool:
    if len(stem) < MIN_STEM or lower in rules.whole or token.isupper():
        return False
    if clitic == "nya":
        return True
    # -lah, -kah and -pun end many stems and names: they are cut off lower-case words only
    return token[0].islower() and len(stem) > MIN_STEM and stem[-1] not in "-"


def _split_hyphen(token: str, rules: _Rules) -> Iterator[str]:
    """`Israel-Iran` is two names; `Jong-un`, `Al-Qaeda`, `Asia-Pasifik` are one."""
    parts = token.split("-")
    if parts[-1].lower() in rules.enclitics and len(parts) > 1:
        head = "-".join(parts[:-1])
        yield from (head, "-", parts[-1])
        return
    apart = all(
        len(p) > 1 and p[0].isupper() and (p.isupper() or p.lower() not in rules.hyphen_whole)
        for p in parts
    )
    if not apart or len({p.lower() for p in parts}) == 1:
        yield token
        return
    for i, part in enumerate(parts):
        if i:
            yield "-"
        yield part
