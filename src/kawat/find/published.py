"""The day of publication, worked out from the text of an article that comes without one.

Evidence, strongest first: a full date in the byline or dateline; the latest full date with its
weekday; a weekday with day and month, which fits only some years, of which the years told as
past rule out the early ones. Where that leaves more than one year, the day stays unknown.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from kawat.find.time_edtf import safe_date
from kawat.find.time_grammar import Grammar, load_grammar
from kawat.find.time_pairs import WEEKDAYS
from kawat.find.time_scan import Found, scan_times
from kawat.find.time_values import Reading, numeric
from kawat.lang.pack import Pack
from kawat.model import Article, Parse, Published

Terms = Mapping[str, list[tuple[str, str]]]
"""Start and end (may be "") of each term of each person."""

_HEADERS = frozenset({"byline", "dateline"})
_SLIP_DAYS = 10


class Evidence(NamedTuple):
    """A time expression, whether it stands in a byline or dateline, and whether it lies ahead."""

    found: Found
    header: bool
    ahead: bool


@dataclass(frozen=True, slots=True)
class DatedWords:
    """A day as printed, perhaps without weekday or year. `header` is byline or dateline."""

    text: str
    weekday: int | None
    year: int | None
    month: int
    number: int
    header: bool

    def on(self, year: int) -> date | None:
        """Return the day in the printed year, else in `year`."""
        return safe_date(self.year or year, self.month, self.number)

    def agrees(self, year: int) -> bool:
        """Tell whether the weekday, where there is one, is that of the day."""
        day = self.on(year)
        return day is not None and self.weekday in {None, day.weekday()}


def infer_published(
    article: Article, parse: Parse, pack: Pack, people: Collection[str] = ()
) -> Published:
    """Return when the article appeared, from its text alone, with the reason.

    `how` is "inferred", or "unknown" where the text does not fix it; it is never today's date.
    The day is that of the latest report; the article appeared then or up to two days later.
    `people` are ids of the office-holders whom the text names: their terms decide between years.
    """
    grammar = load_grammar(pack)
    found = list(_scan_article(article, parse, grammar))
    dated = [words for item in found if (words := _read_day(item, article.text, grammar))]
    past_years = _past_years([item.found for item in found], grammar)
    newest = date(grammar.inference["newest"], 12, 31)
    full = [d for d in dated if d.year and (day := d.on(d.year)) and day <= newest]
    return (
        _from_header(full)
        or _from_full_dates(full)
        or _from_pairs(
            [d for d in dated if d.weekday is not None],
            past_years,
            grammar,
            _terms_of(people, pack),
        )
        or _unknown(past_years)
    )


def _scan_article(article: Article, parse: Parse, grammar: Grammar) -> Iterator[Evidence]:
    for block in article.blocks:
        if block.kind in _HEADERS:
            for found in scan_times(article.text, block.start, block.end, grammar):
                yield Evidence(found, header=True, ahead=False)
    for sentence in parse.sentences:
        ahead: bool | None = None
        for found in scan_times(article.text, sentence.start, sentence.end, grammar):
            if ahead is None:
                ahead = _lies_ahead(article.text[sentence.start : sentence.end], grammar)
            yield Evidence(found, header=False, ahead=ahead or found.future)


def _lies_ahead(sentence: str, grammar: Grammar) -> bool:
    """Tell whether a sentence speaks of what will be, and is no report of a speech act."""
    if not grammar.future_before.search(sentence):
        return False
    return not grammar.report & set(re.findall(r"\w+", sentence.lower()))


def _read_day(item: Evidence, text: str, grammar: Grammar) -> DatedWords | None:
    """Read a day of a report; None for what lies ahead or is printed otherwise."""
    found, header = item.found, item.header
    if item.ahead or not (found.rule.report or header):
        return None
    reading = Reading(found.groups, found.rule.args, grammar, None, False, None, False)
    if found.rule.value == "numeric":
        return _read_figures(found, reading, text, header)
    month, number, weekday = reading.month(), reading.number("d"), reading.look_up("weekday")
    if found.rule.value != "day" or month is None or number is None:
        return None
    printed = text[found.start : found.end]
    return DatedWords(printed, weekday, reading.year(), month, number, header)


def _read_figures(found: Found, reading: Reading, text: str, header: bool) -> DatedWords | None:
    """Read a day in figures, None where day and month may stand in either order."""
    edtf = numeric(reading).edtf
    if edtf is None:
        return None
    year, month, number = (int(part) for part in edtf.split("-"))
    printed = text[found.start : found.end]
    return DatedWords(printed, reading.look_up("weekday"), year, month, number, header)


def _past_years(found: list[Found], grammar: Grammar) -> list[int]:
    """Return the years that the text tells as past, in order, none twice."""
    years: set[int] = set()
    for item in found:
        if item.future or item.relation in {"until", "before"}:
            continue
        if item.rule.past_year or item.rule.report:
            years |= {int(v) for k, v in item.groups.items() if k == "y" and len(v) == 4}
    return sorted(year for year in years if year <= grammar.inference["newest"])


def _from_header(full: list[DatedWords]) -> Published | None:
    for words in full:
        day = words.on(0)
        if words.header and day:
            return Published(day.isoformat(), "inferred", "the date above or before the text")
    return None


def _from_full_dates(full: list[DatedWords]) -> Published | None:
    """Take the latest full date; one against its weekday only if no small slip explains it."""
    if not full:
        return None
    days = [(day, d.agrees(day.year), d.text) for d in full if (day := d.on(0))]
    solid = sorted(entry for entry in days if entry[1])
    best = solid[-1] if solid else max(days)
    for day, agrees, text in sorted(days):
        if agrees or day <= best[0]:
            continue
        slip = safe_date(best[0].year, day.month, day.day)
        if slip is None or abs((best[0] - slip).days) > _SLIP_DAYS:
            best = (day, agrees, text)
    day, agrees, text = best
    doubt = "" if agrees else f" (taken as printed, though it is a {WEEKDAYS[day.weekday()]})"
    reason = (
        f'"{" ".join(text.split())}"{doubt} is the latest full date that the text reports on; '
        "published on that day or up to two days later"
    )
    return Published(day.isoformat(), "inferred", reason)


def _from_pairs(
    pairs: list[DatedWords], past_years: list[int], grammar: Grammar, terms: Terms
) -> Published | None:
    """Find the year in which weekdays with day and month agree.

    Of several, the one in which most of the named people were in office; of those, the latest.
    """
    pairs = [p for p in pairs if p.year is None]
    if not pairs:
        return None
    span = range(grammar.inference["oldest"], grammar.inference["newest"] + 1)
    fits = {year: sum(p.agrees(_year_of(p, pairs, year)) for p in pairs) for year in span}
    most = max(fits.values())
    if 2 * most <= len(pairs):
        return Published(None, "unknown", "the weekdays and dates of the text fit no one year")
    fitting = [year for year, count in fits.items() if count == most]
    floor = past_years[-1] if past_years else None
    left = [year for year in fitting if floor is None or year >= floor]
    held = {year: _in_office(terms, year) for year in left}
    if any(held.values()):
        return _publish(pairs, max(left, key=lambda y: (held[y], y)), fitting, floor, held)
    reach = grammar.inference["reach_years"]
    near = floor is not None and bool(left) and (len(left) == 1 or left[0] - floor <= reach)
    if len(left) == 1 or near:
        return _publish(pairs, left[0], fitting, floor, held)
    why = f"{_name(pairs[0])} fits {_join(left or fitting)}, and no year or office told decides"
    return Published(None, "unknown", why)


def _terms_of(people: Collection[str], pack: Pack) -> Terms:
    terms: dict[str, list[tuple[str, str]]] = {}
    for row in pack.people:
        if row.id in people and row.start:
            terms.setdefault(row.id, []).append((row.start, row.end))
    return terms


def _in_office(terms: Terms, year: int) -> int:
    """How many of the people named held an office in that year; an open end goes on."""
    return sum(
        any(start <= f"{year}-12-31" and (not end or end >= f"{year}-01-01") for start, end in own)
        for own in terms.values()
    )


def _publish(
    pairs: list[DatedWords], year: int, fitting: list[int], floor: int | None,
    held: Mapping[int, int],
) -> Published | None:  # fmt: skip
    agreeing = [p for p in pairs if p.agrees(_year_of(p, pairs, year))]
    days = [(day, p) for p in agreeing if (day := p.on(_year_of(p, pairs, year)))]
    day, latest = max(days, key=lambda entry: entry[0])
    parts = [f"{_name(latest)} fits {year} and not {_join([year - 1, year + 1])}"]
    early = [y for y in fitting if floor and y < floor]
    if early:
        parts.append(f"it fits {_join(early[-3:])} too, but the text tells {floor} as past")
    others = [y for y in held if y != year]
    if others and held[year] > max(held[y] for y in others):
        parts.append(f"more of the people named were in office than in {_join(others)}")
    elif others:
        which = "latest" if year > min(others) else f"first from {floor} on"
        parts.append(f"it fits {_join(others)} too; the {which} is taken")
    if len(agreeing) < len(pairs):
        parts.append(f"{len(pairs) - len(agreeing)} of {len(pairs)} printed dates disagree")
    parts.append("published on that day or up to two days later")
    return Published(day.isoformat(), "inferred", "; ".join(parts))


def _year_of(pair: DatedWords, pairs: list[DatedWords], year: int) -> int:
    """Return the year of one pair: late months belong to the year before, in a January text."""
    months = {p.month for p in pairs}
    turn = min(months) <= 2 and max(months) >= 11
    return year - (turn and pair.month >= 11)


def _name(pair: DatedWords) -> str:
    return f'"{" ".join(pair.text.split())}"'


def _join(years: list[int]) -> str:
    words = [str(year) for year in years]
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def _unknown(past_years: list[int]) -> Published:
    after = f"; not before {past_years[-1]}" if past_years else ""
    return Published(None, "unknown", f"no dated report in the text{after}")
