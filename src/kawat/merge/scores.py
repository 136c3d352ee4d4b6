"""How much two reports look like one event: one small function for each thing to compare.

Each returns a value from -1 (speaks for two events) to 1 (speaks for one), 0 where the reports do
not tell, and a sentence. `SCORES` is the whole list; their weights are in lang/any/merge.toml.
"""

from collections.abc import Callable
from math import cos, dist, log2, radians
from typing import NamedTuple

from kawat.lang import load_common
from kawat.merge.days import Days, read_days
from kawat.model import Party, Telling


class Score(NamedTuple):
    """What one comparison found."""

    value: float
    sentence: str


NOT_TOLD = Score(0.0, "")


def score_parties(a: Telling, b: Telling) -> Score:
    """Compare who acts and on whom, by the codes of states and bodies."""
    acts_a, acts_b = _codes(a.actors), _codes(b.actors)
    gets_a, gets_b = _codes(a.recipients), _codes(b.recipients)
    all_a, all_b = acts_a | gets_a, acts_b | gets_b
    if not all_a & all_b:
        return Score(-1.0, "no party in common")
    if acts_a == acts_b and gets_a == gets_b:
        return Score(1.0, "the same parties in the same roles")
    if all_a == all_b:
        swapped = acts_a == gets_b and gets_a == acts_b
        if swapped and _is_directed(a):
            return Score(-0.8, "the same parties the other way round")
        return Score(0.7, "the same parties")
    clash = _clashes(acts_a, acts_b) or _clashes(gets_a, gets_b)
    if clash:
        return Score(-0.7, "one party in common, the other differs")
    if all_a <= all_b or all_b <= all_a:
        return Score(0.35, "one names fewer of the parties")
    return Score(-0.2, "some parties in common")


def score_sectors(a: Telling, b: Telling) -> Score:
    """Compare the organs that act for the same state, and the bodies behind the same code."""
    agree = differ = 0
    for side_a, side_b in ((a.actors, b.actors), (a.recipients, b.recipients)):
        for one in side_a:
            for two in (p for p in side_b if _code(p) == _code(one)):
                if one.entity != two.entity:
                    differ += 1
                elif one.sectors and two.sectors:
                    same = bool(set(one.sectors) & set(two.sectors))
                    agree, differ = agree + same, differ + (not same)
    if not agree and not differ:
        return NOT_TOLD
    return Score((agree - differ) / (agree + differ), f"{agree} organs agree, {differ} differ")


def score_persons(a: Telling, b: Telling) -> Score:
    """Compare the persons who act."""
    one, two = {p.person for p in a.actors if p.person}, {p.person for p in b.actors if p.person}
    if not one or not two:
        return NOT_TOLD
    if one & two:
        return Score(0.6, f"{min(one & two)} in both")
    return Score(-1.0, f"{min(one)} in one, {min(two)} in the other")


def score_type(a: Telling, b: Telling) -> Score:
    """Compare PLOVER types; near ones are in lang/any/near_types.csv."""
    near = load_common().near_types.get((a.type, b.type), 0.0)
    return Score(2 * near - 1, f"{a.type} and {b.type}" if a.type != b.type else f"both {a.type}")


def score_mode(a: Telling, b: Telling) -> Score:
    """Compare modes of one type."""
    if a.type != b.type or not a.mode or not b.mode:
        return NOT_TOLD
    if a.mode == b.mode:
        return Score(0.6, f"both {a.mode}")
    return Score(-0.6, f"{a.mode} and {b.mode}")


def score_status(a: Telling, b: Telling) -> Score:
    """An announcement and what was announced are two events."""
    if a.status == b.status:
        return Score(0.1, f"both {a.status}")
    return Score(-1.0, f"one {a.status}, the other {b.status}")


def score_time(a: Telling, b: Telling) -> Score:
    """Compare the events' own times; where one is not told, its report's date stands near it."""
    one, two = read_days(a.when), read_days(b.when)
    if one is None and two is None:
        return NOT_TOLD
    if one is None or two is None:
        known = one or two
        published = read_days(a.published if one is None else b.published)
        return _score_untimed(known, published) if known else NOT_TOLD
    gap = one.gap(two)
    if gap > 0:
        if one.exact and two.exact and gap == 1:
            return Score(-0.7, f"{a.when} and {b.when} are neighbouring days")
        return Score(-1.0, f"{a.when} and {b.when} do not overlap")
    if one.exact and two.exact:
        return Score(1.0, f"both on {a.when}")
    if a.when == b.when:
        return Score(0.6 if one.length <= 31 else 0.3, f"both in {a.when}")
    longer = max(one.length, two.length)
    return Score(max(0.0, 0.8 - log2(longer) / 8), f"{a.when} and {b.when} overlap")


def score_published(a: Telling, b: Telling) -> Score:
    """Reports of one event appear close together, unless they look back."""
    one, two = read_days(a.published), read_days(b.published)
    if one is None or two is None:
        return NOT_TOLD
    gap = one.gap(two)
    if gap <= 1:
        return Score(
            (0.5, 0.2)[gap], f"published {gap} days apart" if gap else "published together"
        )
    if a.when and b.when:
        return NOT_TOLD
    return Score(max(-1.0, -0.2 * gap), f"published {gap} days apart")


def score_place(a: Telling, b: Telling) -> Score:
    """Compare places by name and distance."""
    one, two = a.place, b.place
    if one is None or two is None:
        return NOT_TOLD
    if one.name.lower() == two.name.lower():
        return Score(1.0, f"both in {one.name}")
    settings = load_common().settings["event"]
    if None in (one.lat, one.lon, two.lat, two.lon):
        apart = bool(one.country and two.country and one.country != two.country)
        return Score(-0.8, f"{one.name} and {two.name}") if apart else NOT_TOLD
    km = _distance((one.lat or 0, one.lon or 0), (two.lat or 0, two.lon or 0))
    if km <= settings["city_km"]:
        return Score(0.9, f"{one.name} and {two.name} are {km:.0f} km apart")
    if km <= settings["far_km"]:
        return Score(-0.2, f"{one.name} and {two.name} are {km:.0f} km apart")
    return Score(-1.0, f"{one.name} and {two.name} are {km:.0f} km apart")


def score_words(a: Telling, b: Telling) -> Score:
    """Compare the words around the triggers, in one language."""
    if a.language != b.language:
        return NOT_TOLD
    one, two = _content(a.words), _content(b.words)
    if min(len(one), len(two)) < 4:
        return NOT_TOLD
    share = len(one & two) / min(len(one), len(two))
    return Score(max(-1.0, min(1.0, (share - 0.3) / 0.3)), f"{share:.0%} of the words in common")


def score_numbers(a: Telling, b: Telling) -> Score:
    """Compare numbers beside the triggers: counts of dead, missiles, soldiers."""
    one = {w for w in a.words if w.isdigit()}
    two = {w for w in b.words if w.isdigit()}
    if not one or not two:
        return NOT_TOLD
    if one & two:
        return Score(1.0, f"both tell {min(one & two)}")
    return Score(-0.7, f"one tells {min(one)}, the other {min(two)}")


def score_article(a: Telling, b: Telling) -> Score:
    """One article seldom tells an event twice as two reports."""
    return Score(-0.6, "in one article") if a.article == b.article else NOT_TOLD


SCORES: dict[str, Callable[[Telling, Telling], Score]] = {
    "parties": score_parties,
    "sectors": score_sectors,
    "persons": score_persons,
    "type": score_type,
    "mode": score_mode,
    "status": score_status,
    "time": score_time,
    "published": score_published,
    "place": score_place,
    "words": score_words,
    "numbers": score_numbers,
    "article": score_article,
}


def _score_untimed(known: Days, published: Days | None) -> Score:
    if published is None or known.length > 31:
        return NOT_TOLD
    late = published.first - known.last
    if known.first > published.last:
        return Score(-0.6, "one event lies after the other report")
    if late <= 2:
        return Score(0.3, "the report without a date appeared just after")
    return Score(max(-0.8, -0.1 * late), f"the report without a date appeared {late} days later")


def _is_directed(telling: Telling) -> bool:
    common = load_common()
    return common.groups[telling.type] in common.settings["event"]["directed"]


def _code(party: Party) -> str:
    return party.code or party.entity


def _codes(side: tuple[Party, ...]) -> frozenset[str]:
    return frozenset(p.code or p.entity for p in side)


def _clashes(one: frozenset[str], two: frozenset[str]) -> bool:
    return bool(one and two and not one & two)


def _content(words: tuple[str, ...]) -> frozenset[str]:
    # Short words are mostly grammar; a stop list would be knowledge of one language.
    return frozenset(w for w in words if len(w) > 3 and not w.isdigit())


def _distance(one: tuple[float, float], two: tuple[float, float]) -> float:
    """Kilometres between two places in degrees; a plane is exact enough below 300 km."""
    scale = cos(radians((one[0] + two[0]) / 2))
    across = (one[1] - two[1] + 180) % 360 - 180
    return 111.2 * dist((one[0], 0.0), (two[0], across * scale))
