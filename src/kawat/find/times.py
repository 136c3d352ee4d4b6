"""Times in the text, each with its EDTF value, its words and its reason."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kawat.edtf import read_bounds
from kawat.find.time_grammar import Grammar, load_grammar
from kawat.find.time_scan import Found, scan_times
from kawat.find.time_values import VALUES, Reading, Value
from kawat.lang.pack import Pack
from kawat.model import Article, Parse, Sentence, TimeMention

_EXACT_DAYS = 3
"""A day of publication known to within so many days serves to count weekdays from."""


def find_times(article: Article, parse: Parse, pack: Pack) -> tuple[TimeMention, ...]:
    """Return the time expressions of the body in text order.

    Values are EDTF, counted from `article.published`; words that refer back (`sehari kemudian`,
    `tahun yang sama`) are counted from the time told before them. Where the day of publication
    is not known, what needs it has the value None.
    """
    grammar = load_grammar(pack)
    day, exact = read_published(article.published.edtf)
    return tuple(_find_all(article.text, parse, grammar, (day, exact)))


def read_published(edtf: str | None) -> tuple[date | None, bool]:
    """Return the day to count from, and whether it is known to the day.

    >>> read_published("2022-08")
    (datetime.date(2022, 8, 1), False)
    """
    bounds = read_bounds(edtf) if edtf else None
    if bounds is None:
        return None, False
    return bounds[0], (bounds[1] - bounds[0]).days <= _EXACT_DAYS


def _find_all(
    text: str, parse: Parse, grammar: Grammar, published: tuple[date | None, bool]
) -> Iterator[TimeMention]:
    previous: str | None = None
    for sentence in parse.sentences:
        told: str | None = None
        for found in scan_times(text, sentence.start, sentence.end, grammar):
            if told and _lacks_year(found):
                value = evaluate(_with_year(found, told), grammar, published, previous)
                value = Value(value.edtf, f"the year {told} that the sentence speaks of")
            else:
                value = evaluate(found, grammar, published, previous)
            if found.rule.value == "year" and not found.relation and found.rule.after:
                told = value.edtf
            previous = value.edtf or previous
            yield _mention(text, sentence, found, value)


def _lacks_year(found: Found) -> bool:
    """Tell whether a day or month has nothing of its own that would give its year."""
    own = {"y", "dir", "ydir", "weekday"} & set(found.groups)
    return found.rule.value in {"day", "days", "month"} and not own and not found.future


def _with_year(found: Found, year: str) -> Found:
    return replace(found, groups={**found.groups, "y": year})


def evaluate(
    found: Found, grammar: Grammar, published: tuple[date | None, bool], previous: str | None
) -> Value:
    """Return what an expression is worth, before a preposition bends it."""
    rule = found.rule
    reading = Reading(found.groups, rule.args, grammar, *published, previous, found.future)
    return VALUES[rule.value](reading)


def _mention(text: str, sentence: Sentence, found: Found, value: Value) -> TimeMention:
    first, last = _word_span(sentence, found.start, found.end)
    relation = "since" if found.rule.value == "since_then" else found.relation
    edtf = value.edtf
    if edtf and relation == "since" and not edtf.endswith(".."):
        edtf = f"{edtf.partition('/')[0]}/.."
    kind = "interval" if edtf and "/" in edtf and found.rule.kind == "date" else found.rule.kind
    return TimeMention(
        sentence=sentence.index,
        first=first,
        last=last,
        text=text[found.start : found.end],
        span=(found.start, found.end),
        edtf=edtf,
        kind=kind,
        relation=relation,
        reason=f"{found.rule.name}: {value.reason}",
    )


def _word_span(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """Return the indexes of the first and last word that the characters touch."""
    starts = [word.start for word in sentence.words]
    first = max(0, bisect_right(starts, start) - 1)
    last = max(first, bisect_right(starts, end - 1) - 1)
    return first, last
