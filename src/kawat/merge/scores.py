"""How much two reports look like one event: one small function for each thing to compare.

Each returns a value from -1 (speaks for two events) to 1 (speaks for one), 0 where the reports do
not tell, and a sentence. `SCORES` is the whole list; their weights are in lang/any/merge.toml.
"""

from collections.abc import Callable
from functools import lru_cache
from math import cos, dist, log2, radians
from typing import NamedTuple

from kawat.lang import load_common
from kawat.merge.days import Days, read_days
from kawat.merge.sketches import Sketch

VAGUE_DAYS = 31
"""A time of more days fixes no event by itself."""


class Score(NamedTuple):
    """What one comparison found. The sentence is put together only where somebody reads it."""

    value: float
    template: str = ""
    parts: tuple[object, ...] = ()

    @property
    def sentence(self) -> str:
        """Say what was found, "" where nothing was."""
        return self.template.format(*self.parts)


NOT_TOLD = Score(0.0)


def score_parties(a: Sketch, b: Sketch) -> Score:
    """Compare who acts and on whom, by the codes of states and bodies."""
    if a.acts == b.acts and a.gets == b.gets:
        return Score(1.0, "the same parties in the same roles")
    if not a.parties & b.parties:
        return Score(-1.0, "no party in common")
    if a.parties == b.parties:
        if a.directed and a.acts == b.gets and a.gets == b.acts:
            return Score(-0.8, "the same parties the other way round")
        # A clash of two sides is seldom the strike of one of them; a meeting has no direction.
        return Score(0.3 if a.directed else 0.7, "the same parties")
    if _clashes(a.acts, b.acts) or _clashes(a.gets, b.gets):
        return Score(-0.7, "one party in common, the other differs")
    if a.parties <= b.parties or b.parties <= a.parties:
        return Score(0.35, "one names fewer of the parties")
    return Score(-0.2, "some parties in common")


def score_sectors(a: Sketch, b: Sketch) -> Score:
    """Compare the organs that act for the same state, and the bodies behind the same code."""
    if not a.organs or not b.organs:
        return NOT_TOLD
    agree = differ = 0
    for acts, code, entity, sectors in a.organs:
        for other_acts, other_code, other_entity, other_sectors in b.organs:
            if acts is not other_acts or code != other_code:
                continue
            if entity != other_entity:
                differ += 1
            elif sectors and other_sectors:
                if sectors.isdisjoint(other_sectors):
                    differ += 1
                else:
                    agree += 1
    if not agree and not differ:
        return NOT_TOLD
    value = (agree - differ) / (agree + differ)
    return Score(value, "of the parties' organs {} agree and {} differ", (agree, differ))


def score_persons(a: Sketch, b: Sketch) -> Score:
    """Compare the persons who act."""
    if not a.persons or not b.persons:
        return NOT_TOLD
    if common := a.persons & b.persons:
        return Score(0.6, "{} in both", (min(common),))
    return Score(-1.0, "{} in one, {} in the other", (min(a.persons), min(b.persons)))


def score_type(a: Sketch, b: Sketch) -> Score:
    """Compare PLOVER types; near ones are in lang/any/near_types.csv."""
    return _compare_types(a.telling.type, b.telling.type)


def score_mode(a: Sketch, b: Sketch) -> Score:
    """Compare modes of one type."""
    one, two = a.telling.mode, b.telling.mode
    if not one or not two or a.telling.type != b.telling.type:
        return NOT_TOLD
    if one == two:
        return Score(0.6, "both {}", (one,))
    return Score(-0.6, "{} and {}", (one, two))


def score_status(a: Sketch, b: Sketch) -> Score:
    """An announcement and what was announced are two events."""
    return _compare_statuses(a.telling.status, b.telling.status)


def score_time(a: Sketch, b: Sketch) -> Score:
    """Compare the events' own times; where one is not told, its report's date stands near it."""
    if a.when is not None and b.when is not None:
        return _compare_times(a.telling.when, b.telling.when)
    if a.when is not None:
        return _compare_untimed(a.when, b.published)
    return NOT_TOLD if b.when is None else _compare_untimed(b.when, a.published)


def score_published(a: Sketch, b: Sketch) -> Score:
    """Reports of one event appear close together, unless they look back."""
    if a.published is None or b.published is None:
        return NOT_TOLD
    gap = a.published.gap(b.published)
    if gap > 1 and a.when and b.when:
        return NOT_TOLD
    return _compare_published(gap)


def score_place(a: Sketch, b: Sketch) -> Score:
    """Compare places by name and distance."""
    one, two = a.place, b.place
    if one is None or two is None:
        return NOT_TOLD
    if one.name.casefold() == two.name.casefold():
        return Score(1.0, "both in {}", (one.name,))
    if None in {one.lat, one.lon, two.lat, two.lon}:
        apart = bool(one.country and two.country and one.country != two.country)
        return Score(-0.8, "{} and {}", (one.name, two.name)) if apart else NOT_TOLD
    settings = load_common().settings["event"]
    km = _distance((one.lat or 0, one.lon or 0), (two.lat or 0, two.lon or 0))
    near, far = km <= settings["city_km"], km > settings["far_km"]
    value = 0.9 if near else -1.0 if far else -0.5
    return Score(value, "{} and {} are {:.0f} km apart", (one.name, two.name, km))


def score_words(a: Sketch, b: Sketch) -> Score:
    """Compare the words around the triggers, in one language."""
    if a.telling.language != b.telling.language:
        return NOT_TOLD
    fewer = min(len(a.words), len(b.words))
    if fewer < 4:
        return NOT_TOLD
    share = len(a.words & b.words) / fewer
    return Score(max(-1.0, min(1.0, (share - 0.3) / 0.3)), "{:.0%} of the words alike", (share,))


def score_numbers(a: Sketch, b: Sketch) -> Score:
    """Compare numbers beside the triggers: counts of dead, missiles, soldiers."""
    if not a.numbers or not b.numbers:
        return NOT_TOLD
    if common := a.numbers & b.numbers:
        return Score(1.0, "both tell {}", (min(common),))
    return Score(-0.7, "one tells {}, the other {}", (min(a.numbers), min(b.numbers)))


def score_article(a: Sketch, b: Sketch) -> Score:
    """One article seldom tells an event twice as two reports."""
    same = a.telling.article == b.telling.article
    return Score(-0.6, "in one article") if same else NOT_TOLD


SCORES: dict[str, Callable[[Sketch, Sketch], Score]] = {
    "parties": score_parties,
    "type": score_type,
    "status": score_status,
    "time": score_time,
    "place": score_place,
    "published": score_published,
    "words": score_words,
    "sectors": score_sectors,
    "persons": score_persons,
    "mode": score_mode,
    "numbers": score_numbers,
    "article": score_article,
}
"""In the order of comparing: what decides most comes first."""


# Values repeat by the thousand where a day's reports are compared, so each is worked out once.


@lru_cache(maxsize=1024)
def _compare_types(one: str, two: str) -> Score:
    if one == two:
        return Score(1.0, "both {}", (one,))
    near = load_common().near_types.get((one, two), 0.0)
    return Score(2 * near - 1, "{} and {}", (one, two))


@lru_cache(maxsize=16)
def _compare_statuses(one: str, two: str) -> Score:
    if one == two:
        return Score(0.1, "both {}", (one,))
    return Score(-1.0, "one {}, the other {}", (one, two))


@lru_cache(maxsize=65_536)
def _compare_times(left: str, right: str) -> Score:
    one, two, both = read_days(left), read_days(right), (left, right)
    if one is None or two is None:
        return NOT_TOLD
    gap = one.gap(two)
    if gap == 1 and one.exact and two.exact:
        # Worth less than a wider gap: a night belongs to two days, and clocks differ.
        return Score(-0.8, "{} and {} are neighbouring days", both)
    if gap > 0:
        return Score(-1.0, "{} and {} do not overlap", both)
    if one.exact and two.exact:
        return Score(1.0, "both on {}", both)
    if left == right:
        return Score(0.6 if one.length <= VAGUE_DAYS else 0.3, "both in {}", both)
    longer = max(one.length, two.length)
    return Score(max(0.0, 0.8 - log2(longer) / 8), "{} and {} overlap", both)


@lru_cache(maxsize=65_536)
def _compare_untimed(known: Days, published: Days | None) -> Score:
    if published is None or known.length > VAGUE_DAYS:
        return NOT_TOLD
    if known.first > published.last:
        return Score(-0.6, "one event lies after the other report")
    late = published.first - known.last
    if late <= 2:
        return Score(0.3, "the report without a date appeared just after")
    return Score(max(-0.8, -0.1 * late), "the report without a date came {} days later", (late,))


@lru_cache(maxsize=4096)
def _compare_published(gap: int) -> Score:
    value = (0.5, 0.2)[gap] if gap <= 1 else max(-1.0, -0.2 * gap)
    return Score(value, "published {} days apart", (gap,))


def _clashes(one: frozenset[str], two: frozenset[str]) -> bool:
    return bool(one and two and one.isdisjoint(two))


def _distance(one: tuple[float, float], two: tuple[float, float]) -> float:
    """Kilometres between two places in degrees; a plane is exact enough below 300 km."""
    scale = cos(radians((one[0] + two[0]) / 2))
    across = (one[1] - two[1] + 180) % 360 - 180
    return 111.2 * dist((one[0], 0.0), (two[0], across * scale))
