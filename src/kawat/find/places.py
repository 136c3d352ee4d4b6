"""Find the places of an article: cities, regions and sites of places.csv, and capitals."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from kawat.find.atoms import words_at
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


@dataclass(frozen=True, slots=True)
class Spot:
    """Words `first..last` of a sentence that name a place, whatever stands before them."""

    first: int
    last: int
    row: PlaceRow


def find_spots(article: Article, parse: Parse, pack: Pack) -> dict[int, list[Spot]]:
    """Return the names of places in each sentence, in order, the longest where two overlap."""
    found: dict[int, list[Spot]] = {}
    if not parse.sentences:
        return found
    index = _index(pack)
    base, end = parse.sentences[0].start, parse.sentences[-1].end
    hits = index.automaton.find_matches_as_indexes(article.text[base:end], overlapping=True)
    starts = [s.start for s in parse.sentences]
    taken = -1
    for pattern, first, stop in sorted(hits, key=lambda hit: (hit[1], -hit[2])):
        start, finish = first + base, stop + base
        number = max(0, bisect_left(starts, start + 1) - 1)
        words = words_at(parse.sentences[number], start, finish) if start >= taken else None
        if words is not None:
            found.setdefault(number, []).append(Spot(*words, index.rows[pattern]))
            taken = finish
    return found


def find_places(article: Article, parse: Parse, pack: Pack) -> tuple[Place, ...]:
    """Return the named places in text order that follow a preposition of place."""
    prepositions = frozenset(pack.grammar["actors"]["place_before"])
    found: list[Place] = []
    for number, spots in find_spots(article, parse, pack).items():
        words = parse.sentences[number].words
        for spot in spots:
            before = {w.lower for w in words[max(0, spot.first - 3) : spot.first]}
            if not before.isdisjoint(prepositions):
                span = (words[spot.first].start, words[spot.last].end)
                row = spot.row
                found.append(Place(row.names[0], row.country, row.lat, row.lon, span))
    return tuple(found)
