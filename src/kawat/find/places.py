"""Find the places of an article: cities, regions and sites of places.csv, and capitals."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from kawat.lang import Pack
from kawat.lang.rows import PlaceRow
from kawat.model import Article, Parse, Place


@dataclass(frozen=True, eq=False)
class _Index:
    automaton: ahocorasick_rs.AhoCorasick
    rows: tuple[PlaceRow, ...]


@cache
def _index(pack: Pack) -> _Index:
    by_name: dict[str, PlaceRow] = {}
    for row in pack.places:
        for name in row.names:
            by_name.setdefault(name, row)
    return _Index(ahocorasick_rs.AhoCorasick(list(by_name)), tuple(by_name.values()))


def find_places(article: Article, parse: Parse, pack: Pack) -> tuple[Place, ...]:
    """Return the named places in text order that follow a preposition of place."""
    if not parse.sentences:
        return ()
    index = _index(pack)
    base, end = parse.sentences[0].start, parse.sentences[-1].end
    hits = index.automaton.find_matches_as_indexes(article.text[base:end], overlapping=True)
    starts = [s.start for s in parse.sentences]
    found: list[Place] = []
    taken = -1
    for pattern, first, stop in sorted(hits, key=lambda hit: (hit[1], -hit[2])):
        span = (first + base, stop + base)
        if span[0] < taken or not _is_place(parse, starts, span, pack):
            continue
        row = index.rows[pattern]
        found.append(Place(row.names[0], row.country, row.lat, row.lon, span))
        taken = span[1]
    return tuple(found)


def _is_place(parse: Parse, starts: list[int], span: tuple[int, int], pack: Pack) -> bool:
    """Whether whole words stand there, at most two words behind a preposition of place."""
    sentence = parse.sentences[max(0, bisect_left(starts, span[0] + 1) - 1)]
    words = sentence.words
    first = bisect_left(words, span[0], key=lambda w: w.start)
    last = bisect_left(words, span[1], key=lambda w: w.end)
    if first >= len(words) or words[first].start != span[0]:
        return False
    if last >= len(words) or words[last].end != span[1]:
        return False
    before = {w.lower for w in words[max(0, first - 3) : first]}
    return not before.isdisjoint(pack.grammar["actors"]["place_before"])
