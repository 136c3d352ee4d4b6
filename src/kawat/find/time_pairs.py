"""A day and month without a year, and a weekday that may not agree with its date.

About one printed date in twenty-eight is wrong, so a pair that disagrees is weighed as several
hypotheses: the date as printed, one slip in it, or the weekday alone.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from kawat.find.time_edtf import safe_date

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SLACK = timedelta(days=1)
"""A report can be of the day after: the clocks of Jakarta and of the newsroom differ."""
PAST_WEIGHT, FUTURE_WEIGHT = 3, 6
"""A date without a year is past, unless it would lie this many times nearer ahead; after words
of the future it is ahead, unless it would lie this many times nearer in the past."""
STALE, SOON = 270, 60
"""Days: so old, a printed year is doubted a little; so near ahead, a slip is believed."""
RECENT = 10
"""Days before publication in which a dated report is expected."""


class Hypothesis(NamedTuple):
    """A day that a pair may mean, how well it fits (0 to 1), and why."""

    day: date
    score: float
    reason: str


def place_day(month: int, number: int, today: date, future: bool) -> date | None:
    """Return the day of that month and number in the year that is nearest to `today`.

    >>> place_day(8, 15, date(2022, 8, 16), future=False)
    datetime.date(2022, 8, 15)
    >>> place_day(8, 20, date(2022, 8, 16), future=True)
    datetime.date(2022, 8, 20)
    """
    days = [safe_date(today.year + by, month, number) for by in (-4, -3, -2, -1, 0, 1, 2, 3, 4)]
    past = [d for d in days if d and d <= today + SLACK]
    coming = [d for d in days if d and d > today + SLACK]
    if not past or not coming:
        return None
    if future and past[-1] >= today:
        return past[-1]
    ago, ahead = (today - past[-1]).days, (coming[0] - today).days
    is_ahead = ahead < FUTURE_WEIGHT * ago if future else PAST_WEIGHT * ahead < ago
    return coming[0] if is_ahead else past[-1]


def weigh_pair(
    weekday: int, printed: tuple[int | None, int, int], today: date | None, future: bool
) -> tuple[str | None, str]:
    """Return the EDTF day that a weekday with a printed (year, month, day) means, and why."""
    if today is None and printed[0] is None:
        return None, "the day of publication is not known"
    hypotheses = list(_hypotheses(weekday, printed, today, future))
    if not hypotheses:
        return None, "the calendar has no such day"
    best = max(hypotheses, key=lambda h: h.score)
    left = sorted({h.day for h in hypotheses} - {best.day})
    if not left:
        return best.day.isoformat(), best.reason
    others = ", ".join(day.isoformat() for day in left)
    return best.day.isoformat(), f"{best.reason}; not taken: {others}"


def _hypotheses(
    weekday: int, printed: tuple[int | None, int, int], today: date | None, future: bool
) -> Iterator[Hypothesis]:
    year, month, number = printed
    if year is not None:
        day = safe_date(year, month, number)
    else:
        day = place_day(month, number, today, future) if today else None
    if day and day.weekday() == weekday:
        fits = f"{WEEKDAYS[weekday]} agrees with the date"
        stale = year is not None and today and (today - day).days > STALE
        yield Hypothesis(day, 0.95 if not stale else 0.9, fits)
        return
    if day:
        recent = today is not None and -1 <= (today - day).days <= RECENT
        ahead = today is not None and day > today + SLACK and not future
        score = 0.8 if recent else (0.3 if ahead else 0.5)
        yield Hypothesis(
            day,
            score,
            f"the date as printed; it is a {WEEKDAYS[day.weekday()]}, not a {WEEKDAYS[weekday]}",
        )
    if today is None:
        return
    for slip, score in _slips(printed, today):
        near = -1 <= (today - slip).days <= RECENT or (future and 0 <= (slip - today).days <= SOON)
        if slip.weekday() == weekday and near:
            yield Hypothesis(slip, score, f"a slip in the print: {WEEKDAYS[weekday]} agrees here")
    if year is None:
        for by in (-1, 1):
            other = safe_date(day.year + by, month, number) if day else None
            if other and other.weekday() == weekday and (other <= today + SLACK or future):
                yield Hypothesis(other, 0.55, f"the year in which {WEEKDAYS[weekday]} agrees")
    nearest = today - timedelta(days=(today.weekday() - weekday) % 7)
    yield Hypothesis(nearest, 0.4, f"the {WEEKDAYS[weekday]} nearest to {today}")


def _slips(printed: tuple[int | None, int, int], today: date) -> Iterator[tuple[date, float]]:
    """Yield the days that one slip of the pen away from the printed date, near `today`."""
    year, month, number = printed
    for back in (timedelta(0), timedelta(days=RECENT)):
        there = today - back
        for change, score in (
            ((there.year, month, number), 0.75),
            ((year or there.year, there.month, number), 0.7),
            ((there.year, there.month, number), 0.65),
            ((there.year, number, month), 0.6),
        ):
            found = safe_date(*change)
            if found and change != printed:
                yield found, score
