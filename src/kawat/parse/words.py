"""Split a stretch of text into words; clitics are words of their own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kawat.lang import Pack
from kawat.model import Word

# the first row is most words, and saves trying the others; 64 bounds a way back over the text
_PATTERN = r"""
    [^\W\d_]++(?=[\s,])
  | https?://\S+[^\s.,;:!?"”')\]]           # addresses
  | [\w.+-]{1,64}@[\w-]+\.[\w.]+\w               # mail
  | \d+(?:[.,:/]\d+)+                       # 1.000  10.30  15/8/2022
  | \d+(?:[-–]\d+)+                         # 13-16
  | \d+-an\b | (?:ke|se)-\d+\w*             # 1950-an, ke-19
  | (?:[A-Z]\.){2,}                         # U.S.  D.C.
  | (?:CURRENCIES)(?=\d)                    # Rp9.000
  | [^\W\d_]\w*(?:\.(?:DOMAINS))+\b         # X.com
  | \w+(?:[-'’‘]\w+)*                       # words, with hyphen or apostrophe
  | \.{2,} | ``|'' | --+
  | [^\w\s]
"""
MIN_STEM = 3
"""Letters that must be left when a clitic is cut off."""


@dataclass(frozen=True, eq=False)
class _Rules:
    token: re.Pattern[str]
    enclitic: str
    whole: frozenset[str]
    particles: tuple[str, ...]
    particle_hosts: frozenset[str]
    proclitics: tuple[str, ...]
    proclitic_hosts: frozenset[str]
    hyphen_whole: frozenset[str]


@cache
def _rules(pack: Pack) -> _Rules:
    tokens = pack.tokens
    pattern = _PATTERN.replace("CURRENCIES", _alternatives(tokens["currencies"]))
    pattern = pattern.replace("DOMAINS", _alternatives(tokens["domains"]))
    return _Rules(
        re.compile(pattern, re.VERBOSE),
        tokens["enclitic"],
        frozenset(tokens["whole"]),
        tuple(tokens["particles"]),
        frozenset(tokens["particle_hosts"]),
        tuple(tokens["proclitics"]),
        frozenset(tokens["proclitic_hosts"]),
        frozenset(tokens["hyphen_whole"]),
    )


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in words)


def split_words(text: str, start: int, end: int, pack: Pack) -> tuple[Word, ...]:
    """Return the words of `text[start:end]`.

    >>> from kawat.lang import load
    >>> [w.text for w in split_words("Suratnya ke AS-China.", 0, 21, load("id"))]
    ['Surat', 'nya', 'ke', 'AS', '-', 'China', '.']
    """
    rules = _rules(pack)
    suffixes = (rules.enclitic, *rules.particles)
    words: list[Word] = []
    add = words.append
    for match in rules.token.finditer(text, start, end):
        token, at = match[0], match.start()
        lower = token.lower()
        # most words end here: whatever could be cut has a hyphen or one of these edges
        if len(token) > MIN_STEM and (
            lower.endswith(suffixes) or "-" in token or lower.startswith(rules.proclitics)
        ):
            for piece in _pieces(token, rules):
                add(Word(piece, piece.lower(), at, at + len(piece)))
                at += len(piece)
        else:
            add(Word(token, lower, at, at + len(token)))
    return tuple(words)


def _pieces(token: str, rules: _Rules) -> Iterator[str]:
    """The token in its words; their texts joined are the token."""
    stem, clitic = _cut_end(token, rules)
    if stem[-1:] == "-" and clitic:
        yield from _split_hyphen(stem[:-1], rules)
        yield from ("-", clitic)
        return
    yield from _split_hyphen(stem, rules) if clitic or "-" in stem else _cut_start(stem, rules)
    if clitic:
        yield clitic


def _cut_end(token: str, rules: _Rules) -> tuple[str, str]:
    """Stem and clitic; the clitic is empty when there is none."""
    lower = token.lower()
    if lower in rules.whole:
        return token, ""
    if lower.endswith(rules.enclitic):
        stem = token[: -len(rules.enclitic)]
        # `AS-nya`, but not `KENYA`; `sebesar-besarnya` is an adverb
        if len(stem) >= MIN_STEM and not token.isupper() and not _is_superlative(lower, rules):
            return stem, token[len(stem) :]
    for particle in rules.particles:
        if lower.endswith(particle) and lower[: -len(particle)] in rules.particle_hosts:
            return token[: -len(particle)], token[-len(particle) :]
    return token, ""


def _is_superlative(lower: str, rules: _Rules) -> bool:
    first, _, second = lower.partition("-")
    return first.startswith("se") and second == first[2:] + rules.enclitic


def _cut_start(token: str, rules: _Rules) -> Iterator[str]:
    for proclitic in rules.proclitics:
        rest = token[len(proclitic) :]
        if token.lower().startswith(proclitic) and rest in rules.proclitic_hosts:
            yield from (token[: len(proclitic)], rest)
            return
    yield token


def _split_hyphen(token: str, rules: _Rules) -> Iterator[str]:
    """`Israel-Iran` is two names; `Jong-un`, `Al-Qaeda`, `Asia-Pasifik` are one."""
    parts = token.split("-")
    apart = len({p.lower() for p in parts}) > 1 and all(
        len(p) > 1 and p[0].isupper() and (p.isupper() or p.lower() not in rules.hyphen_whole)
        for p in parts
    )
    if not apart:
        yield token
        return
    for i, part in enumerate(parts):
        if i:
            yield "-"
        yield part
