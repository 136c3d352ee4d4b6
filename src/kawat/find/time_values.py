"""What a time expression is worth: one function for each `value` that a rule may name.

Each takes a `Reading` (the captured words and what is known around them) and returns a `Value`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from kawat.edtf import add_months, read_bounds
from kawat.find.time_edtf import safe_date, write_month, write_span, write_week
from kawat.find.time_grammar import Grammar
from kawat.find.time_pairs import FUTURE_WEIGHT, PAST_WEIGHT, WEEKDAYS, place_day, weigh_pair

MONTHS_OF = {"month": 1, "year": 12, "decade": 120, "century": 1200}


class Value(NamedTuple):
    """An EDTF value, None where nothing fixes it, and how it came."""

    edtf: str | None
    reason: str


NOTHING = Value(None, "the words fix no date")
NO_DAY = Value(None, "the day of publication is not known")
NO_BEFORE = Value(None, "no time before it to count from")


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of one expression, the day to count from, and the time told before."""

    groups: Mapping[str, str]
    args: Mapping[str, Any]
    grammar: Grammar
    day: date | None
    exact: bool
    """Whether `day` is the day itself, not a day in a month or year."""
    previous: str | None
    future: bool

    def look_up(self, group: str) -> Any:
        """Return the value of the class that captured `group`, None where nothing did."""
        words = self.groups.get(group)
        if words is None:
            return None
        values = self.grammar.classes[group.rstrip("23456789")]
        key = " ".join(words.lower().split())
        return values[key] if key in values else int("".join(c for c in key if c.isdigit()))

    def number(self, group: str) -> int | None:
        """Return a group of digits as a number."""
        return int(self.groups[group]) if group in self.groups else None

    def year(self, group: str = "y") -> int | None:
        """Return a year; two digits are of this century, or of the last where that is nearer."""
        year = self.number(group)
        if year is None or year >= 100:
            return year
        return year + (2000 if year < 70 else 1900)

    def counted_year(self) -> Value:
        """Return the year that `ydir` counts from publication, or takes from the time before."""
        by = self.look_up("ydir")
        if by == "same":
            bounds = read_bounds(self.previous) if self.previous else None
            return Value(f"{bounds[0].year}", "year told before") if bounds else NO_BEFORE
        if by is None or self.day is None:
            return NO_DAY
        return Value(f"{self.day.year + by}", f"counted from {self.day}")

    def month(self, suffix: str = "") -> int | None:
        """Return a month given as a name or as a number."""
        for group in ("mon", "month"):
            if group + suffix in self.groups:
                return int(self.look_up(group + suffix))
        return self.number("m" + suffix)

    def amount(self) -> tuple[int, str] | None:
        """Return number and unit; None for a vague number (`beberapa hari`)."""
        if "one" in self.groups:
            return 1, str(self.look_up("one"))
        unit = self.args.get("unit") or self.look_up("unit")
        count = self.look_up("n") if "n" in self.groups else 1
        return (count, unit) if count else None


def day(r: Reading) -> Value:
    """A day with month: `Senin (15/8)`, `15 Agustus 2022`."""
    number, month, year = r.number("d"), r.month(), r.year()
    if number is None or month is None:
        return NOTHING
    if "ydir" in r.groups:
        year = int(r.counted_year().edtf or 0) or None
    weekday = r.look_up("weekday")
    if weekday is not None:
        return Value(*weigh_pair(weekday, (year, month, number), r.day, r.future))
    if year is not None:
        found = safe_date(year, month, number)
        return Value(found.isoformat() if found else None, "day, month and year as printed")
    if r.day is None:
        return NO_DAY
    found = place_day(month, number, r.day, r.future)
    return Value(found.isoformat() if found else None, f"the year nearest to {r.day}")


def numeric(r: Reading) -> Value:
    """A day in figures that may stand before or behind its month: `8/15/2022`, `03/04/2022`."""
    first, second, year = r.number("d"), r.number("m"), r.year()
    if first is None or second is None or year is None:
        return NOTHING
    found = {d for d in (safe_date(year, second, first), safe_date(year, first, second)) if d}
    weekday = r.look_up("weekday")
    agreeing = {d for d in found if d.weekday() == weekday} or found
    if len(agreeing) == 1:
        return Value(agreeing.pop().isoformat(), "the only order of day and month that can be")
    if not agreeing or r.day is None:
        return Value(None, "day and month may stand in either order")
    today = r.day
    near = min(agreeing, key=lambda d: (abs((d - today).days), d.month == second))
    return Value(near.isoformat(), f"the order of day and month that lies nearer to {r.day}")


def days(r: Reading) -> Value:
    """Days that are joined: `15-17 Agustus 2022`, `28 Juli hingga 3 Agustus`."""
    d, d2 = r.number("d"), r.number("d2")
    m2 = r.month("2") or r.month()
    m = r.month()
    if d is None or d2 is None or m is None or m2 is None:
        return NOTHING
    y2 = r.year("y2") or r.year("y")
    if y2 is None and r.day is None:
        return NO_DAY
    last = safe_date(y2, m2, d2) if y2 else r.day and place_day(m2, d2, r.day, r.future)
    if not last:
        return NOTHING
    y = r.year("y") if "y2" in r.groups and "y" in r.groups else last.year
    first = safe_date(y or last.year, m, d)
    if first and first > last and "y" not in r.groups:
        first = safe_date(last.year - 1, m, d)
    if not first or first > last:
        return NOTHING
    return Value(write_span(first, last), "from the first day to the last")


def _place_month(month: int, r: Reading, today: date) -> int:
    """Return the year of a month that is named without one."""
    way = r.look_up("dir")
    if way == 0:
        return today.year
    ago, ahead = (today.month - month) % 12, (month - today.month) % 12
    if way == 1 or (way is None and r.future and ahead < FUTURE_WEIGHT * max(ago, 1)):
        return today.year + (month < today.month or (way == 1 and month == today.month))
    if way == -1 and month == today.month and r.look_up("part") in {1, 2}:
        return today.year
    if way == -1:
        return today.year - (month >= today.month)
    is_ahead = PAST_WEIGHT * (12 - ago) < ago
    return today.year + (month < today.month) if is_ahead else today.year - (month > today.month)


def month(r: Reading) -> Value:
    """A month, with a year or without: `Agustus 2022`, `bulan Juli`, `Mei tahun lalu`."""
    number, year = r.month(), r.year()
    if number is None:
        return NOTHING
    if year is not None:
        return Value(f"{year:04d}-{number:02d}", "month and year as printed")
    if "ydir" in r.groups:
        counted = r.counted_year()
        return (
            counted
            if counted.edtf is None
            else counted._replace(edtf=f"{counted.edtf}-{number:02d}")
        )
    if r.day is None:
        return NO_DAY
    return Value(f"{_place_month(number, r, r.day)}-{number:02d}", f"the year nearest to {r.day}")


def months(r: Reading) -> Value:
    """Months that are joined: `Januari-Mei 2025`."""
    first, last, y, y2 = r.month(), r.month("2"), r.year("y"), r.year("y2")
    if first is None or last is None:
        return NOTHING
    if y2 is None and y is None:
        if r.day is None:
            return NO_DAY
        y2 = _place_month(last, r, r.day)
    y2 = y2 or y or 0
    y = y or y2 - (first > last)
    if (y, first) > (y2, last):
        return NOTHING
    return Value(f"{y}-{first:02d}/{y2}-{last:02d}", "from the first month to the last")


def year(r: Reading) -> Value:
    """A year as printed."""
    return Value(f"{r.year()}", "year as printed")


def years(r: Reading) -> Value:
    """Years that are joined: `2015-2019`."""
    first, last = r.year("y"), r.year("y2")
    if first is None or last is None or first >= last:
        return NOTHING
    return Value(f"{first}/{last}", "from the first year to the last")


def decade(r: Reading) -> Value:
    """`1950-an`, `90-an`."""
    start = r.year() if "y" in r.groups else 1900 + int(r.groups["dec"])
    if start is None or start % 10:
        return NOTHING
    return Value(f"{start // 10}X", "decade as printed")


def century(r: Reading) -> Value:
    """`abad ke-19`."""
    return Value(f"{r.look_up('ordinal') - 1:02d}XX", "century as printed")


def half(r: Reading) -> Value:
    """A half or quarter of a year: `kuartal II 2022`."""
    year = str(r.year() or r.counted_year().edtf or "")
    if not year:
        return r.counted_year()
    first, _, last = str(r.look_up("half")).partition("/")
    return Value(f"{year}-{first}/{year}-{last}", "the months of that part of the year")


def season(r: Reading) -> Value:
    """A season of the northern year: `musim panas 2022`, `musim panas lalu`."""
    code, year, way = r.look_up("season"), r.year(), r.look_up("dir")
    if year is None:
        if r.day is None:
            return NO_DAY
        begun = r.day.month >= 3 * (code - 20)
        ended = r.day.month > 3 * (code - 20) + 2
        year = r.day.year + {-1: -(not ended), 0: 0, 1: int(begun)}[way]
    return Value(f"{year}-{code}", "season of the northern year, by its first month")


def shift(r: Reading) -> Value:
    """A unit counted from publication: `kemarin`, `pekan lalu`, `tahun depan`."""
    unit = r.args.get("unit") or r.look_up("unit")
    by = r.look_up("dir") if "dir" in r.groups else r.args["by"]
    if r.day is None:
        return NO_DAY
    return _unit_at(r, unit, by, r.day)


def _unit_at(r: Reading, unit: str, by: int, today: date) -> Value:
    reason = f"{by:+d} {unit} from {today}"
    if unit in {"day", "week"} and not r.exact:
        return Value(None, "the day of publication is not known exactly")
    if unit == "day":
        return Value((today + timedelta(days=by)).isoformat(), reason)
    if unit == "week":
        return Value(write_week(today + timedelta(days=7 * by)), reason)
    there = _move(today, by, unit)
    if there is None:
        return NOTHING
    size = {"year": 0, "decade": 1, "century": 2}
    if unit in size:
        return Value(f"{there.year:04d}"[: 4 - size[unit]] + "X" * size[unit], reason)
    return Value(write_month(there), reason)


def ago(r: Reading) -> Value:
    """A number of units before or after publication: `dua hari lalu`, `tiga bulan lagi`."""
    amount = r.amount()
    if amount is None:
        return NOTHING
    if r.day is None:
        return NO_DAY
    count, unit = amount
    if unit in {"decade", "century"}:
        count, unit = count * (10 if unit == "decade" else 100), "year"
        value = _unit_at(r, unit, count * r.args["sign"], r.day)
        return Value(value.edtf and value.edtf + "~", value.reason)
    return _unit_at(r, unit, count * r.args["sign"], r.day)


def stretch(r: Reading) -> Value:
    """A stretch that ends or begins on the day of publication: `tiga bulan terakhir`."""
    amount = r.amount()
    if amount is None:
        return NOTHING
    if r.day is None or not r.exact:
        return NO_DAY
    other = _move(r.day, amount[0] * r.args["sign"], amount[1])
    if other is None:
        return NOTHING
    return Value(write_span(min(other, r.day), max(other, r.day)), f"counted from {r.day}")


def _move(start: date, count: int, unit: str) -> date | None:
    if unit in {"day", "week"}:
        return start + timedelta(days=count * (7 if unit == "week" else 1))
    if unit not in MONTHS_OF or not 1 <= start.year + count * MONTHS_OF[unit] // 12 <= 9998:
        return None
    return add_months(start, count * MONTHS_OF[unit])


def later(r: Reading) -> Value:
    """Counted from the time told before: `sehari kemudian`, `tahun sebelumnya`."""
    amount = r.amount()
    if amount is None:
        return NOTHING
    if r.previous is None:
        return NO_BEFORE
    bounds, sign = read_bounds(r.previous), r.args["sign"]
    if bounds is None:
        return NO_BEFORE
    base = bounds[1] if sign > 0 else bounds[0]
    length = (bounds[1] - bounds[0]).days
    count, unit = amount
    there = _move(base, count * sign, unit)
    finest = {"day": 7, "week": 7, "month": 31}
    if there is None or length > finest.get(unit, length):
        return NOTHING
    reason = f"{count * sign:+d} {unit} from {r.previous}"
    form = {"month": write_month(there), "year": f"{there.year}", "decade": f"{there.year}"}
    return Value(form.get(unit, there.isoformat()), reason)


def same(r: Reading) -> Value:
    """The unit of the time told before: `hari itu`, `tahun yang sama`."""
    bounds = read_bounds(r.previous) if r.previous else None
    if bounds is None:
        return NO_BEFORE
    unit = r.args.get("unit") or r.look_up("unit")
    first, last = bounds
    forms = {
        "day": first.isoformat(),
        "week": write_week(first),
        "month": write_month(first),
        "year": f"{first.year}",
    }
    ends = {
        "day": last.isoformat(),
        "week": write_week(last),
        "month": write_month(last),
        "year": f"{last.year}",
    }
    if forms[unit] != ends[unit]:
        return NOTHING
    return Value(forms[unit], f"the {unit} of {r.previous}")


def since_then(r: Reading) -> Value:
    """`sejak itu`: open, from the end of the time told before."""
    if not r.previous or r.previous.endswith(".."):
        return NO_BEFORE
    return Value(f"{r.previous.rpartition('/')[2]}/..", f"from the end of {r.previous}")


def weekday(r: Reading) -> Value:
    """A bare weekday: the nearest not after publication, unless the words say otherwise."""
    if r.day is None or not r.exact:
        return NO_DAY
    number = r.look_up("weekday")
    way = r.look_up("weekdir") if "weekdir" in r.groups else r.look_up("dir")
    there = _weekday_at(number, way, r.day, r.future)
    return Value(there.isoformat(), f"the {WEEKDAYS[number]} nearest to {r.day} as the words allow")


def _weekday_at(number: int, way: int | None, today: date, future: bool) -> date:
    back = timedelta(days=(today.weekday() - number) % 7)
    ahead = timedelta(days=(number - today.weekday()) % 7)
    monday = today - timedelta(days=today.weekday())
    weeks = {-7: -7, 0: 0, 7: 0, 14: 7}
    if way in weeks:
        return monday + timedelta(days=weeks[way] + number)
    if way == -1:
        return today - (back or timedelta(days=7))
    if way == 1:
        return today + (ahead or timedelta(days=7))
    return today + ahead if future else today - back


def weekdays(r: Reading) -> Value:
    """`Senin hingga Rabu`."""
    if r.day is None or not r.exact:
        return NO_DAY
    last = _weekday_at(r.look_up("weekday2"), r.look_up("weekdir"), r.day, r.future)
    first = last - timedelta(days=(last.weekday() - r.look_up("weekday")) % 7)
    return Value(write_span(first, last), f"the weekdays nearest to {r.day}")


def weekend(r: Reading) -> Value:
    """`akhir pekan`, `akhir pekan lalu`: Saturday and Sunday."""
    if r.day is None or not r.exact:
        return NO_DAY
    way = r.look_up("dir")
    if way is None:
        way = 0 if r.future or r.day.weekday() >= 5 else -1
    saturday = r.day + timedelta(days=5 - r.day.weekday() + 7 * way)
    return Value(write_span(saturday, saturday + timedelta(days=1)), f"{way:+d} week from {r.day}")


def event(r: Reading) -> Value:
    """A war, an attack or a holiday that the tables date."""
    if "edtf" in r.args:
        return Value(r.args["edtf"], "date of the event in times.toml")
    year = r.year() or (r.number("h") or 0) + r.args.get("hijri", 0) * ("h" in r.groups)
    if "ydir" in r.groups:
        year = int(r.counted_year().edtf or 0)
    if not year and r.day is None:
        return NO_DAY
    way = r.look_up("dir")
    future = way == 1 or (r.future and way != -1)
    if "day" in r.args:
        month_number, number = (int(part) for part in r.args["day"].split("-"))
        if year:
            found = safe_date(year, month_number, number)
        else:
            found = r.day and place_day(month_number, number, r.day, future)
        return Value(found.isoformat() if found else None, "holiday of every year")
    return Value(_movable(r, year, future), "day of that year in times.toml")


def _movable(r: Reading, year: int, future: bool) -> str | None:
    table: Mapping[str, str] = r.args["years"]
    if year or r.day is None:
        return table.get(str(year))
    dated = [(bounds[0], edtf) for edtf in table.values() if (bounds := read_bounds(edtf))]
    past = [pair for pair in dated if pair[0] <= r.day]
    coming = [pair for pair in dated if pair[0] > r.day]
    if coming and (future or (coming[0][0] - r.day).days <= 30):
        return coming[0][1]
    return past[-1][1] if past else None


def nothing(_: Reading) -> Value:
    """A duration, a clock time or a repetition: no date of its own."""
    return NOTHING


VALUES: Mapping[str, Callable[[Reading], Value]] = {
    function.__name__: function
    for function in (
        day,
        numeric,
        days,
        month,
        months,
        year,
        years,
        decade,
        century,
        half,
        season,
        shift,
        ago,
        stretch,
        later,
        same,
        since_then,
        weekday,
        weekdays,
        weekend,
        event,
        nothing,
    )
}
"""What a rule may name as its value."""
