"""The few EDTF forms that kawat writes, and their bounds as days."""

import calendar
from datetime import date

Bounds = tuple[date, date]


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def read_bounds(edtf: str) -> Bounds | None:
    """Return the first and last day of an EDTF value, None where one end is open or unreadable.

    >>> read_bounds("2022-07")
    (datetime.date(2022, 7, 1), datetime.date(2022, 7, 31))
    """
    left, _, right = edtf.partition("/")
    try:
        first = _bounds_of_point(left)
        last = _bounds_of_point(right) if right else first
    except ValueError:
        return None
    return (first[0], last[1])


def _bounds_of_point(point: str) -> Bounds:
    point = point.rstrip("~?%").partition("T")[0]
    if point.endswith("X"):
        low, high = int(point.replace("X", "0")), int(point.replace("X", "9"))
        return date(low, 1, 1), date(high, 12, 31)
    parts = [int(part) for part in point.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if len(parts) == 2 and parts[1] > 12:
        start = date(parts[0], 3 * (parts[1] - 20), 1)
        end = add_months(start, 2)
        return start, month_end(end.year, end.month)
    if len(parts) == 2:
        return date(parts[0], parts[1], 1), month_end(parts[0], parts[1])
    day = date(parts[0], parts[1], parts[2])
    return day, day


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, or the month's last day where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
