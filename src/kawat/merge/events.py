"""Do two reports tell of one event? Which to compare, and what came of it."""

from collections.abc import Iterable
from functools import cache
from heapq import nsmallest
from itertools import combinations
from math import exp
from typing import NamedTuple

from kawat.lang import load_common
from kawat.merge.days import read_days
from kawat.merge.judgements import Stamp, make_judgement
from kawat.merge.scores import SCORES, Score
from kawat.merge.sketches import Sketch, order_of, sketch_telling
from kawat.model import Judgement, Telling, Verdict

MOST_PARTIES = 4
"""Of a report that names more, only the first by name make keys."""

_FUNCTIONS = tuple(SCORES.values())
_PARTIES, _TYPE = (list(SCORES).index(name) for name in ("parties", "type"))


class EventKeys(NamedTuple):
    """Under which keys a report is kept, and under which others are looked up for it.

    Two reports are compared when one is kept under a key that the other looks up; that is the
    same whichever of the two is looked at. `kept` has few keys and `probe` their neighbours, too.
    """

    kept: tuple[str, ...]
    probe: tuple[str, ...]


class Match(NamedTuple):
    """Two reports compared: the probability that they tell one event, and each score."""

    probability: float
    found: tuple[Score, ...]
    """In the order of `SCORES`."""

    @property
    def scores(self) -> dict[str, Score]:
        """Each score by its name."""
        return dict(zip(SCORES, self.found, strict=True))


def event_keys(telling: Telling) -> EventKeys:
    """Return the blocking keys: parties x group of types x time.

    A report of one party meets all that have it; one that names no party meets none.
    """
    group = load_common().groups[telling.type]
    parties, days, months = _read_parties(telling), _day_keys(telling), _month_keys(telling)
    kept = _cross((*parties.own, *parties.whole), days.kept)
    kept += _cross(parties.own, months.kept)
    probe = _cross((*parties.own, *parties.probe), days.probe)
    probe += _cross(parties.own, months.probe)
    return EventKeys(tuple(f"{group} {k}" for k in kept), tuple(f"{group} {k}" for k in probe))


def compare_reports(a: Telling, b: Telling) -> Match:
    """Return every score of two reports and the probability that they tell of one event."""
    return compare_sketches(sketch_telling(a), sketch_telling(b))


def compare_sketches(a: Sketch, b: Sketch) -> Match:
    """Return every score of two reports made ready, and the probability."""
    if b.telling.report < a.telling.report:
        a, b = b, a  # so that the sentences are the same whichever is looked at
    bias, weights = _weights()
    found = tuple([score(a, b) for score in _FUNCTIONS])
    total = bias
    for (value, *_), (speaks_for, against) in zip(found, weights, strict=True):
        total += value * (speaks_for if value > 0 else against)
    return Match(1 / (1 + exp(-total)), found)


def judge_event(a: Telling, b: Telling, stamp: Stamp) -> Judgement | None:
    """Return the judgement that two reports tell of one event, or of two that look alike.

    None where they are plainly two: a record of all that differs would have no end.
    """
    match = compare_reports(a, b)
    verdict = _read_verdict(match)
    return _make(verdict, match, (a.report, b.report), stamp) if verdict else None


def judge_against(
    telling: Telling, candidates: Iterable[Telling], stamp: Stamp
) -> tuple[Judgement, ...]:
    """Return the judgements of a report with those before it, the strongest of each verdict.

    Only so many are kept (`keep`) that a thousand reports of one event make thousands of
    judgements and not half a million; which are kept does not depend on the order of candidates.
    """
    earlier = (sketch_telling(c) for c in candidates if order_of(c) < order_of(telling))
    return judge_sketches(sketch_telling(telling), earlier, stamp)


def judge_sketches(
    sketch: Sketch, candidates: Iterable[Sketch], stamp: Stamp
) -> tuple[Judgement, ...]:
    """Do what `judge_against` does, with reports made ready before, and with all candidates."""
    others = {c.telling.report: c for c in candidates if c is not sketch}
    found: dict[Verdict, list[tuple[float, str, Match]]] = {"same": [], "different": []}
    for report, candidate in others.items():
        match = compare_sketches(sketch, candidate)
        if verdict := _read_verdict(match):
            strength = match.probability if verdict == "same" else 1 - match.probability
            found[verdict].append((-round(strength, 3), report, match))
    keep, own = load_common().settings["event"]["keep"], sketch.telling.report
    return keep_strongest(
        _make(verdict, match, (own, report), stamp)
        for verdict, pool in found.items()
        for _, report, match in nsmallest(keep, pool, key=lambda item: (item[0], item[1]))
    )


def keep_strongest(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Return the strongest judgements of each verdict of one report, sorted by pair."""
    keep = load_common().settings["event"]["keep"]
    pool = list({j.id: j for j in judgements}.values())
    kept: list[Judgement] = []
    for verdict in ("same", "different"):
        found = [j for j in pool if j.verdict == verdict]
        kept += nsmallest(keep, found, key=lambda j: (-j.score, j.left, j.right))
    return tuple(sorted(kept, key=lambda j: (j.left, j.right)))


def _read_verdict(match: Match) -> Verdict | None:
    settings = load_common().settings["event"]
    if match.probability >= settings["same"]:
        return "same"
    alike = match.found[_PARTIES].value > 0 and match.found[_TYPE].value > 0
    return "different" if alike and match.probability < settings["different"] else None


def _make(verdict: Verdict, match: Match, pair: tuple[str, str], stamp: Stamp) -> Judgement:
    same = verdict == "same"
    strength = match.probability if same else 1 - match.probability
    reason = _explain(match, same=same)
    return make_judgement("event", pair, verdict, stamp, score=strength, reason=reason)


def _explain(match: Match, *, same: bool) -> str:
    """The scores that weigh most for the verdict, then the strongest against it."""
    sign = 1 if same else -1
    weighed = []
    for score, (speaks_for, against) in zip(match.found, _weights()[1], strict=True):
        weight = speaks_for if score.value > 0 else against
        weighed.append((sign * score.value * weight, score.sentence))
    weighed.sort(key=lambda item: -item[0])
    speaking = [sentence for value, sentence in weighed[:4] if value > 0]
    doubts = [sentence for value, sentence in weighed[-1:] if value < 0]
    return ", ".join(speaking) + (f"; but {doubts[0]}" if doubts else "")


@cache
def _weights() -> tuple[float, tuple[tuple[float, float], ...]]:
    """The bias, and of every score the weight of what it says for one event, and against."""
    weights = load_common().settings["event"]["weights"]
    return weights["bias"], tuple((weights[name][0], weights[name][1]) for name in SCORES)


class _Parties(NamedTuple):
    """Keys of the parties: `own` meet their like, `probe` meet `whole` of others."""

    own: tuple[str, ...]
    whole: tuple[str, ...]
    probe: tuple[str, ...]


def _read_parties(telling: Telling) -> _Parties:
    """A report of two parties is kept whole, one of a single party by half."""
    sides = [{p.code or p.entity for p in side} for side in (telling.actors, telling.recipients)]
    codes = sorted(sides[0] | sides[1])[:MOST_PARTIES]
    pairs = [f"{one}+{two}" for one, two in combinations(codes, 2)]
    if len(codes) == 1 and all(sides):  # a state's own organs against its own people
        pairs = [f"{codes[0]}+{codes[0]}"]
    halves, wholes = tuple(f"{c} half" for c in codes), tuple(f"{c} whole" for c in codes)
    if pairs:
        return _Parties(tuple(pairs), wholes, halves)
    return _Parties(halves, (), wholes)


def _day_keys(telling: Telling) -> EventKeys:
    """A dated event is kept by its day, another by the day of its report if that is near."""
    settings = load_common().settings["event"]
    when, published = read_days(telling.when), read_days(telling.published)
    if when is not None and when.exact:
        day = when.first
    elif published is None or not published.exact:
        return EventKeys((), ()) if when else EventKeys(("undated",), ("undated",))
    elif when is not None and published.first - when.last > settings["late"]:
        return EventKeys((), ())
    else:
        day = published.first
    steps = range(-settings["days"], settings["days"] + 1)
    return EventKeys((f"d{day}",), tuple(f"d{day + step}" for step in steps))


def _month_keys(telling: Telling) -> EventKeys:
    """Who knows an event by its month or year meets all that is told of that time."""
    when = read_days(telling.when)
    if when is None or when.length > 366:
        return EventKeys((), ())
    spell = telling.when.rstrip("~?%").partition("/")[0][:7]
    if when.exact:
        return EventKeys((f"{spell} day",), (f"{spell} vague",))
    return EventKeys((f"{spell} vague",), (f"{spell} vague", f"{spell} day"))


def _cross(parties: tuple[str, ...], times: tuple[str, ...]) -> list[str]:
    return [f"{party} {time}" for party in parties for time in times]
