"""First and last day of an EDTF value, for order and indexes."""

import calendar
import re
from functools import lru_cache

OPEN_START = "0001-01-01"
OPEN_END = "9999-12-31"
_QUALIFIED = str.maketrans("", "", "~?%")
_DATE = re.compile(r"(\d{3}[\dX]|\d\dXX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?(?:T.*)?")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}
"""EDTF's seasons, without a place, as months; a winter is cut at the end of its year."""


@lru_cache(maxsize=65536)
def bounds(edtf: str) -> tuple[str, str] | None:
    """Return the first and the last day that `edtf` allows, None if it is no date.

    >>> bounds("2022-02"), bounds("2022-02-24/.."), bounds("2022-08-15T10:30:00+07:00")
    (('2022-02-01', '2022-02-28'), ('2022-02-24', '9999-12-31'), ('2022-08-15', '2022-08-15'))
    >>> bounds("201X"), bounds("2024-22~"), bounds("soon")
    (('2010-01-01', '2019-12-31'), ('2024-06-01', '2024-08-31'), None)
    """
    plain = edtf.strip().translate(_QUALIFIED)
    if "/" not in plain:
        return _date_bounds(plain)
    start, _, end = plain.partition("/")
    first = (OPEN_START, OPEN_START) if start in {"", ".."} else _date_bounds(start)
    last = (OPEN_END, OPEN_END) if end in {"", ".."} else _date_bounds(end)
    if not first or not last or last[1] < first[0]:
        return None
    return first[0], last[1]


def _date_bounds(text: str) -> tuple[str, str] | None:
    found = _DATE.fullmatch(text)
    if not found:
        return None
    year, month, day = found.groups()
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    months = _months(month)
    if not months or low < 1:
        return None
    first_day, last_day = 1, calendar.monthrange(high, months[1])[1]
    if day and day != "XX":
        if not 1 <= int(day) <= last_day or months[0] != months[1]:
            return None
        first_day = last_day = int(day)
    return f"{low:04}-{months[0]:02}-{first_day:02}", f"{high:04}-{months[1]:02}-{last_day:02}"


def _months(month: str | None) -> tuple[int, int] | None:
    """First and last month; None for a number that is neither month nor season."""
    if month is None or month == "XX":
        return 1, 12
    number = int(month)
    return (number, number) if 1 <= number <= 12 else _SEASONS.get(number)


def last_day(until: str) -> str:
    """Return the last day that begins with `until`, as text to compare days with.

    >>> last_day("2022"), last_day("2022-02"), last_day("2022-02-03")
    ('2022-12-31', '2022-02-31', '2022-02-03')
    """
    return until + "-12-31" if len(until) == 4 else until + "-31" if len(until) == 7 else until
