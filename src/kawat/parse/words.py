"""Split a stretch of text into words; clitics are words of their own."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

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
  | (?:[^\W\d_]\.){2,}                      # U.S.  D.C.  a.m.
  | (?:CURRENCIES)(?=\d)                    # Rp9.000
  | (?:CLITICS)\b                           # the clitic of U.S.'s
  | [^\W\d_]\w*(?:\.(?:DOMAINS))+\b         # X.com
  | \w+(?:[-'’‘]\w+)*                       # words, with hyphen or apostrophe
  | \.{2,} | ``|'' | --+
  | [^\w\s]
"""
_NO_WORD = "(?!)"


@dataclass(frozen=True, eq=False)
class _Rules:
    token: re.Pattern[str]
    enclitics: tuple[str, ...]
    edges: tuple[str, ...]
    """What a word ends in that may have a clitic."""
    min_stem: int
    whole: frozenset[str]
    whole_pattern: re.Pattern[str]
    particles: tuple[str, ...]
    particle_hosts: frozenset[str]
    proclitics: tuple[str, ...]
    proclitic_hosts: frozenset[str]
    hyphen_tails: frozenset[str]
    hyphen_whole: frozenset[str]


@cache
def _rules(pack: Pack) -> _Rules:
    return _read_rules(pack.tokens)


def _read_rules(tokens: Mapping[str, Any]) -> _Rules:
    enclitics = tuple(tokens["enclitics"])
    # beside a word the clitic is cut off later; here stand those that follow no letter
    apart = [e.replace("'", "['’]") for e in enclitics if not e[0].isalpha()]
    pattern = _PATTERN.replace("CURRENCIES", _alternatives(tokens["currencies"]))
    pattern = pattern.replace("CLITICS", "|".join(apart) or _NO_WORD)
    pattern = pattern.replace("DOMAINS", _alternatives(tokens["domains"]))
    return _Rules(
        token=re.compile(pattern, re.VERBOSE),
        enclitics=enclitics,
        edges=(*enclitics, *tokens["particles"]),
        min_stem=tokens["min_stem"],
        whole=frozenset(tokens["whole"]),
        whole_pattern=re.compile(tokens["whole_pattern"] or _NO_WORD),
        particles=tuple(tokens["particles"]),
        particle_hosts=frozenset(tokens["particle_hosts"]),
        proclitics=tuple(tokens["proclitics"]),
        proclitic_hosts=frozenset(tokens["proclitic_hosts"]),
        hyphen_tails=frozenset(tokens["hyphen_tails"]),
        hyphen_whole=frozenset(tokens["hyphen_whole"]),
    )


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in words)


def split_words(text: str, start: int, end: int, pack: Pack) -> tuple[Word, ...]:
    """Return the words of `text[start:end]`.

    `Word.lower` has a straight apostrophe for a curly one, so that tables need only one form.

    >>> from kawat.lang import load
    >>> [w.text for w in split_words("Suratnya ke AS-China.", 0, 21, load("id"))]
    ['Surat', 'nya', 'ke', 'AS', '-', 'China', '.']
    """
    rules = _rules(pack)
    min_stem, edges, proclitics = rules.min_stem, rules.edges, rules.proclitics
    words: list[Word] = []
    add = words.append
    for match in rules.token.finditer(text, start, end):
        token, at = match[0], match.start()
        lower = _lower(token)
        # most words end here: whatever could be cut has a hyphen or one of these edges
        if len(token) > min_stem and (
            lower.endswith(edges) or "-" in token or lower.startswith(proclitics)
        ):
            for piece in _pieces(token, rules):
                add(Word(piece, _lower(piece), at, at + len(piece)))
                at += len(piece)
        else:
            add(Word(token, lower, at, at + len(token)))
    return tuple(words)


def _lower(token: str) -> str:
    return token.lower().replace("’", "'")


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
    lower = _lower(token)
    if lower in rules.whole or rules.whole_pattern.fullmatch(lower):
        return token, ""
    for enclitic in rules.enclitics:
        stem = token[: -len(enclitic)]
        if lower.endswith(enclitic) and len(stem) >= rules.min_stem:
            # `AS-nya`, but not `KENYA`; an apostrophe shows a clitic in capitals too
            return (token, "") if enclitic.isalpha() and token.isupper() else _cut(token, enclitic)
    for particle in rules.particles:
        if lower.endswith(particle) and lower[: -len(particle)] in rules.particle_hosts:
            return _cut(token, particle)
    return token, ""


def _cut(token: str, end: str) -> tuple[str, str]:
    return token[: -len(end)], token[-len(end) :]


def _cut_start(token: str, rules: _Rules) -> Iterator[str]:
    for proclitic in rules.proclitics:
        rest = token[len(proclitic) :]
        if token.lower().startswith(proclitic) and rest in rules.proclitic_hosts:
            yield from (token[: len(proclitic)], rest)
            return
    yield token


def _split_hyphen(token: str, rules: _Rules) -> Iterator[str]:
    """`Israel-Iran` is two names; `Jong-un`, `Al-Qaeda`, `Asia-Pasifik` are one.

    A word of `hyphen_tails` is parted from the name before it.
    """
    name, _, tail = token.rpartition("-")
    if tail in rules.hyphen_tails and name[:1].isupper():
        yield from _split_hyphen(name, rules)
        yield from ("-", tail)
        return
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
