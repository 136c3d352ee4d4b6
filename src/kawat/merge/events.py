"""Do two reports tell of one event? Which to compare, and what came of it."""

from collections.abc import Iterable
from heapq import nsmallest
from itertools import combinations
from math import exp
from typing import NamedTuple

from kawat.lang import load_common
from kawat.merge.days import read_days
from kawat.merge.judgements import Stamp, make_judgement
from kawat.merge.scores import SCORES, Score
from kawat.model import Judgement, Telling

MOST_PARTIES = 4
"""Of a report that names more, only the first by name make keys."""


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
    scores: dict[str, Score]


def event_keys(telling: Telling) -> EventKeys:
    """Return the blocking keys: parties x group of types x time.

    A report of one party meets all that have it; one that names no party meets none.
    """
    group = load_common().groups[telling.type]
    index, probe = _party_keys(telling)
    stamps, near = _time_keys(telling)
    return EventKeys(
        tuple(f"{group} {party} {time}" for party in index for time in stamps),
        tuple(f"{group} {party} {time}" for party in probe for time in near),
    )


def compare_reports(a: Telling, b: Telling) -> Match:
    """Return every score of two reports and the probability that they tell of one event."""
    weights = load_common().settings["event"]["weights"]
    scores = {name: score(a, b) for name, score in SCORES.items()}
    total = weights["bias"] + sum(weights[name] * s.value for name, s in scores.items())
    return Match(1 / (1 + exp(-total)), scores)


def judge_event(a: Telling, b: Telling, stamp: Stamp) -> Judgement | None:
    """Return the judgement that two reports tell of one event, or of two that look alike.

    None where they are plainly two: a record of all that differs would have no end.
    """
    settings = load_common().settings["event"]
    match = compare_reports(a, b)
    if match.probability >= settings["same"]:
        return make_judgement(
            "event", (a.report, b.report), "same", stamp,
            score=match.probability, reason=_explain(match, same=True),
        )  # fmt: skip
    alike = match.scores["parties"].value > 0 and match.scores["type"].value > 0
    if alike and match.probability < settings["different"]:
        return make_judgement(
            "event", (a.report, b.report), "different", stamp,
            score=1 - match.probability, reason=_explain(match, same=False),
        )  # fmt: skip
    return None


def order_of(telling: Telling) -> tuple[str, str]:
    """Return the order in which reports are merged: as published, then by id."""
    return telling.published, telling.report


def judge_against(
    telling: Telling, candidates: Iterable[Telling], stamp: Stamp
) -> tuple[Judgement, ...]:
    """Return the judgements of a report with those before it, the strongest of each verdict.

    Only so many are kept (`keep`) that a thousand reports of one event make thousands of
    judgements and not half a million; which are kept does not depend on the order of candidates.
    """
    earlier = {c.report: c for c in candidates if order_of(c) < order_of(telling)}
    found = [judge_event(telling, c, stamp) for c in earlier.values()]
    return keep_strongest(j for j in found if j is not None)


def keep_strongest(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Return the strongest judgements of each verdict, sorted by pair."""
    keep = load_common().settings["event"]["keep"]
    pool = list({j.id: j for j in judgements}.values())
    kept: list[Judgement] = []
    for verdict in ("same", "different"):
        found = [j for j in pool if j.verdict == verdict]
        kept += nsmallest(keep, found, key=lambda j: (-j.score, j.left, j.right))
    return tuple(sorted(kept, key=lambda j: (j.left, j.right)))


def _explain(match: Match, *, same: bool) -> str:
    """The scores that weigh most for the verdict, then the strongest against it."""
    weights = load_common().settings["event"]["weights"]
    sign = 1 if same else -1
    weighed = sorted(
        ((sign * weights[n] * s.value, s.sentence) for n, s in match.scores.items() if s.sentence),
        reverse=True,
    )
    speaking = [sentence for value, sentence in weighed[:4] if value > 0]
    against = [sentence for value, sentence in weighed[-1:] if value < 0]
    return ", ".join(speaking) + (f"; but {against[0]}" if against else "")


def _party_keys(telling: Telling) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A report of two parties is kept whole, one of a single party by half."""
    sides = [{p.code or p.entity for p in side} for side in (telling.actors, telling.recipients)]
    codes = sorted(sides[0] | sides[1])[:MOST_PARTIES]
    pairs = [f"{one}+{two}" for one, two in combinations(codes, 2)]
    if len(codes) == 1 and all(sides):  # a state's own organs against its own people
        pairs = [f"{codes[0]}+{codes[0]}"]
    halves, wholes = [f"{c} half" for c in codes], [f"{c} whole" for c in codes]
    if not pairs:
        return tuple(halves), (*halves, *wholes)
    return (*pairs, *wholes), (*pairs, *halves)


def _time_keys(telling: Telling) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A dated event is kept by its day, another by the day of its report.

    Who looks back at an event, or knows it only by its month or year, is found by that too.
    """
    settings = load_common().settings["event"]
    when, published = read_days(telling.when), read_days(telling.published)
    if published is not None and not published.exact:
        published = None
    day = when.first if when and when.exact else published.first if published else None
    index, probe = [], []
    if day is not None:
        index.append(f"d{day}")
        probe += [f"d{day + step}" for step in range(-settings["days"], settings["days"] + 1)]
    looking_back = published is None or (when and published.first - when.last > settings["late"])
    if when and when.length <= 366 and (looking_back or not when.exact):
        spell = telling.when.rstrip("~?%")[:7].partition("/")[0]
        index.append(spell)
        probe.append(spell)
    if not index:
        index = probe = [telling.when.partition("/")[0] or "undated"]
    return tuple(index), tuple(probe)
