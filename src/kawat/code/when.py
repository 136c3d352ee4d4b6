"""The time of an act: which of the times that its sentence names, if any."""

from dataclasses import dataclass

from kawat.code.clauses import Line
from kawat.code.triggers import Trigger
from kawat.model import Statement, TimeMention, When

VERBAL = frozenset(
    {"AGREE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "CONSULT", "CONCEDE"}
)
"""Types whose act can be the saying itself: the day of the statement is then their day."""
DATED = frozenset({"date", "interval", "event-time"})


@dataclass(frozen=True, slots=True)
class Clock:
    """The times of an article, its statements and when it appeared (EDTF or None)."""

    times: tuple[TimeMention, ...]
    statements: tuple[Statement, ...]
    published: str | None


def find_when(line: Line, trigger: Trigger, kind: str, clock: Clock) -> When | None:
    """Return the time nearest to the trigger that can be the act's, or None."""
    sentence = line.sentence
    best: tuple[float, TimeMention] | None = None
    for time in clock.times:
        if time.sentence != sentence.index or not time.edtf or time.kind not in DATED:
            continue
        cost = _cost(line, trigger, time) + _statement_cost(line, trigger, kind, time, clock)
        if best is None or cost < best[0]:
            best = (cost, time)
    if best is None or best[0] > 40:
        return None
    time = best[1]
    edtf = (
        f"{time.edtf}/.." if time.relation == "since" and "/" not in str(time.edtf) else time.edtf
    )
    return When(str(edtf), time.text, time.span, time.reason)


def _cost(line: Line, trigger: Trigger, time: TimeMention) -> float:
    """Words in between; a clause break costs ten words."""
    first, last = trigger.edges
    left, right = (time.last, first) if time.last < first else (last, time.first)
    breaks = sum(1 for i in range(left + 1, right) if line.lowers[i] in line.words.breakers)
    return max(0, right - left - 1) + 10 * breaks


def _statement_cost(
    line: Line, trigger: Trigger, kind: str, time: TimeMention, clock: Clock
) -> float:
    """A time of the reporting clause is no time of what is told, but for acts of speech."""
    words = line.sentence.words
    at = words[trigger.first].start
    for statement in clock.statements:
        low, high = statement.content.span
        if low <= at < high and not low <= time.span[0] < high:
            return 5.0 if kind in VERBAL else 100.0
        if not low <= at < high and low <= time.span[0] < high:
            return 60.0
    return 0.0


def is_past_period(when: When | None, clock: Clock) -> bool:
    """Whether the act's time ended more than a year before the article appeared."""
    if when is None or clock.published is None:
        return False
    end = when.edtf.split("/")[-1]
    if end == ".." or not end[:4].isdigit():
        return False
    return int(end[:4]) < int(clock.published[:4]) - 1 or (
        int(end[:4]) == int(clock.published[:4]) - 1 and end[5:7] < clock.published[5:7]
    )
