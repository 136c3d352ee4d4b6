"""The time of an act: which of the times that its sentence names, if any."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kawat.code.clauses import Line
from kawat.code.triggers import Trigger
from kawat.lang import Pack
from kawat.model import Event, Statement, TimeMention, When

VERBAL = frozenset(
    {"AGREE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "CONSULT", "CONCEDE"}
)
"""Types whose act can be the saying itself: the day of the statement is then their day."""
DATED = frozenset({"date", "interval", "event-time"})
BOUNDING = frozenset({"before", "after", "until"})
"""Relations that say when the act did not yet or no longer happen."""
MAX_COST = 40.0
BREAK_COST = 10.0
SPEECH_COST, TOLD_COST, OTHER_COST = 5.0, 100.0, 60.0
REACTION_REACH = 4
"""Sentences back that an answer or `juga` takes its time from."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The times of an article, its statements, when it appeared, and the acts told so far."""

    times: tuple[TimeMention, ...]
    statements: tuple[Statement, ...]
    published: str | None
    told: Sequence[Event]


def find_when(
    line: Line, trigger: Trigger, others: tuple[Trigger, ...], kind: str, clock: Clock, pack: Pack
) -> tuple[When | None, str]:
    """Return the time that can be the act's, and the rule that chose it."""
    best: tuple[float, TimeMention] | None = None
    for time in _times_of(line, clock):
        if kind == "AGREE" and _is_later(str(time.edtf), clock.published):
            continue  # the day that is planned, not that of the agreement
        if _belongs_to_other(line, trigger, others, time):
            continue
        cost = _cost(line, trigger, time) + _statement_cost(line, trigger, kind, time, clock)
        if best is None or cost < best[0]:
            best = (cost, time)
    if best is not None and best[0] <= MAX_COST:
        time = best[1]
        return When(str(time.edtf), time.text, time.span, time.reason), "nearest-time"
    return _time_of_act_before(line, trigger, others, kind, clock, pack)


def _times_of(line: Line, clock: Clock) -> Iterable[TimeMention]:
    number = line.sentence.index
    return (
        t
        for t in clock.times
        if t.sentence == number and t.edtf and t.kind in DATED and t.relation not in BOUNDING
    )


def _is_later(edtf: str, published: str | None) -> bool:
    start = edtf.split("/", maxsplit=1)[0]
    return published is not None and start > published[: len(start)]


def _belongs_to_other(
    line: Line, trigger: Trigger, others: tuple[Trigger, ...], time: TimeMention
) -> bool:
    """`kerja sama akan tumbuh berdasarkan kesepakatan yang ditandatangani pada 2019`."""
    for other in others:
        if trigger.last < other.first <= other.last < time.first:
            between = line.lowers[trigger.last + 1 : other.first]
            if any(w in line.words.relative or w in line.words.breakers for w in between):
                return True
            if any(w in line.words.relative for w in line.lowers[other.first : time.first]):
                return True
    return False


def _cost(line: Line, trigger: Trigger, time: TimeMention) -> float:
    """Words in between; a clause break costs ten words."""
    first, last = trigger.edges
    left, right = (time.last, first) if time.last < first else (last, time.first)
    breaks = sum(1 for i in range(left + 1, right) if line.lowers[i] in line.words.breakers)
    return max(0, right - left - 1) + BREAK_COST * breaks


def _statement_cost(
    line: Line, trigger: Trigger, kind: str, time: TimeMention, clock: Clock
) -> float:
    """A time of the reporting clause is no time of what is told, but for acts of speech."""
    at = line.sentence.words[trigger.first].start
    for statement in clock.statements:
        low, high = statement.content.span
        if low <= at < high and not low <= time.span[0] < high:
            return SPEECH_COST if kind in VERBAL else TOLD_COST
        if not low <= at < high and low <= time.span[0] < high:
            return OTHER_COST
    return 0.0


def _time_of_act_before(
    line: Line, trigger: Trigger, others: tuple[Trigger, ...], kind: str, clock: Clock, pack: Pack
) -> tuple[When | None, str]:
    """An answer `atas tindakan tersebut` has the time of the act that it answers; `juga` its month.

    The words stand in the sentence of that act; the span says where.
    """
    words = pack.grammar["clauses"]
    dated = [
        (e, e.when)
        for e in clock.told
        if e.when and line.sentence.index - e.sentence <= REACTION_REACH and "/" not in e.when.edtf
    ]
    if not dated:
        return None, ""
    last, when = dated[-1]
    stop = min((o.first for o in others if o.first > trigger.last), default=len(line.lowers))
    behind = line.lowers[trigger.last + 1 : stop]
    answers = any(
        w in words["answering"] and following in words["answered"]
        for w, following in pairwise(behind)
    )
    if answers:
        return (
            When(when.edtf, when.text, when.span, "the time of the act that it answers"),
            "time-of-answered-act",
        )
    before = line.lowers[max(0, trigger.first - 2) : trigger.first]
    if any(w in words["also"] for w in before) and last.type == kind and len(when.edtf) > 7:
        reason = "told as a like act beside one of this month"
        return When(when.edtf[:7], when.text, when.span, reason), "month-of-like-act"
    return None, ""


def is_past_period(when: When | None, clock: Clock) -> bool:
    """Whether the act's time ended more than a year before the article appeared."""
    if when is None or clock.published is None:
        return False
    end = when.edtf.split("/")[-1]
    if end == ".." or not end[:4].isdigit():
        return False
    years = int(clock.published[:4]) - int(end[:4])
    return years > 1 or (years == 1 and end[5:7] < clock.published[5:7])
