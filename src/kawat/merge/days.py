"""EDTF values as numbers of days, open ends included."""

from datetime import datetime
from functools import lru_cache
from typing import Literal, NamedTuple

from kawat.edtf import read_bounds

Side = Literal["left", "right", ""]
FIRST, LAST = 1, 3_652_059
"""Days of the calendar's ends: an open interval reaches there."""


class Days(NamedTuple):
    """From the first to the last day, as proleptic Gregorian ordinals."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """Days from end to end."""
        return self.last - self.first + 1

    @property
    def exact(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last

    def gap(self, other: "Days") -> int:
        """Days between the two, 0 where they overlap, 1 for neighbours."""
        return max(0, self.first - other.last, other.first - self.last)


@lru_cache(maxsize=65_536)
def read_days(edtf: str) -> Days | None:
    """Return the days of an EDTF date or interval, None where it is empty or unreadable.

    >>> read_days("2022-02-24/..").last == LAST
    True
    """
    left, slash, right = edtf.partition("/")
    if left in {"", ".."} and right in {"", ".."}:
        return None
    first = FIRST if left in {"", ".."} else _bound(left, 0)
    end = right if slash else left
    last = LAST if end in {"", ".."} else _bound(end, 1)
    if first is None or last is None or last < first:
        return None
    return Days(first, last)


def find_later(left: str, right: str) -> Side:
    """Tell which of two EDTF dates or times is surely later, "" where that cannot be said.

    >>> find_later("2022-08-16", "2022-08-16T10:00"), find_later("2022-08-17", "2022-08-16T10:00")
    ('', 'left')
    """
    if "T" in left and "T" in right and "/" not in left + right:
        one, two = datetime.fromisoformat(left), datetime.fromisoformat(right)
        if (one.tzinfo is None) == (two.tzinfo is None):
            return "left" if one > two else "right" if two > one else ""
    days, others = read_days(left), read_days(right)
    if days is None or others is None:
        return ""
    return "left" if days.first > others.last else "right" if others.first > days.last else ""


def _bound(point: str, side: int) -> int | None:
    bounds = read_bounds(point)
    return bounds[side].toordinal() if bounds else None
