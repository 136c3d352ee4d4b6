"""The time of an act: which of the times that its sentence names, if any."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from kawat.code.clauses import Line
from kawat.code.triggers import Trigger
from kawat.lang import Pack
from kawat.model import Event, Sentence, Statement, TimeMention, When

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
LASTING_YEARS = 3
"""A war that broke out longer ago may be over."""
FRAME_WORDS, FRAME_START = 4, 2
"""Words at the head of a sentence that may name an occasion; where a framing time begins."""
SAME_REACH = 2
"""Sentences back that `saat itu` reaches."""
PARAGRAPH_REACH = 12
DAY = len("2022-08-15")
REACTION_REACH = 4
"""Sentences back that an answer or `juga` takes its time from."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The times of an article, its statements, when it appeared, and the acts told so far."""

    times: Mapping[int, Sequence[TimeMention]]
    """By sentence."""
    statements: Mapping[int, Sequence[Statement]]
    """By the sentences that they touch."""
    published: str | None
    told: Sequence[Event]
    sentences: Sequence[Sentence]

    def paragraph_before(self, sentence: Sentence) -> range:
        """The indices of the sentences that stand before `sentence` in its paragraph."""
        first, fewest = sentence.index, max(0, sentence.index - PARAGRAPH_REACH)
        while first > fewest and self.sentences[first - 1].paragraph == sentence.paragraph:
            first -= 1
        return range(first, sentence.index)


def told_lately(told: Sequence[Event], sentence: Sentence, reach: int) -> list[Event]:
    """Return the last events told, at most `reach` sentences back, in order."""
    near = takewhile(lambda e: sentence.index - e.sentence <= reach, reversed(told))
    return list(near)[::-1]


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
        return _open_end(line, trigger, time, clock, pack)
    found = _time_of_joined(line, trigger, clock) or _time_of_frame(line, kind, clock, pack)
    if found is not None:
        return found
    return _time_of_act_before(line, trigger, others, kind, clock, pack)


def _open_end(
    line: Line, trigger: Trigger, time: TimeMention, clock: Clock, pack: Pack
) -> tuple[When, str]:
    """A war that broke out not long ago goes on: `perang yang pecah pada April 2023`."""
    words = pack.grammar["clauses"]
    edtf = str(time.edtf)
    lasting = line.lowers[trigger.first] in words["lasting"] and "/" not in edtf
    if lasting and clock.published and int(clock.published[:4]) - int(edtf[:4]) <= LASTING_YEARS:
        low, high = sorted((trigger.last, time.first))
        if any(w in words["breaking_out"] for w in line.lowers[low:high]):
            reason = f"{time.reason}; no end is told"
            return When(f"{edtf}/..", time.text, time.span, reason), "war-goes-on"
    return When(edtf, time.text, time.span, time.reason), "nearest-time"


def _time_of_joined(line: Line, trigger: Trigger, clock: Clock) -> tuple[When, str] | None:
    """`pada Januari menuduh RSF dan menjatuhkan sanksi`: joined acts have one time."""
    joined = trigger.first and line.lowers[trigger.first - 1] in line.words.coordination
    last = clock.told[-1] if joined and clock.told else None
    if last is None or last.sentence != line.sentence.index or last.when is None:
        return None
    if not line.sentence.start <= last.when.span[0] < line.sentence.words[trigger.first].start:
        return None
    return replace(last.when, reason="joined to an act of that time"), "joined-act"


def _time_of_frame(line: Line, kind: str, clock: Clock, pack: Pack) -> tuple[When, str] | None:
    """The time that what was told before sets.

    `Dalam pertemuan itu, Xi menyatakan`: the time of that meeting. `Pada Oktober 1962, ...`: the
    time of the following sentences of the paragraph, if it is past and they name none.
    """
    words = pack.grammar["clauses"]
    head = line.lowers[:FRAME_WORDS]
    opening = " ".join(head)
    if any(opening.startswith(phrase) for phrase in words["same_time"]):
        for number in range(line.sentence.index - 1, line.sentence.index - 1 - SAME_REACH, -1):
            times = [t for t in clock.times.get(number, ()) if t.edtf and t.kind in DATED]
            if times:
                last = times[-1]
                reason = "at the time just told"
                return When(str(last.edtf), last.text, last.span, reason), "same-time"
    named = any(w in words["occasions"] for w in head) and bool(set(head) & set(words["itu"]))
    occasion = named and kind in VERBAL
    for event in reversed(clock.told):
        back = line.sentence.index - event.sentence
        if back > REACTION_REACH:
            break
        if occasion and event.when and len(event.when.edtf) == DAY and back:
            when = event.when
            return When(when.edtf, when.text, when.span, "on that occasion"), "occasion"
    before = clock.paragraph_before(line.sentence)
    frames = [t for number in before for t in clock.times.get(number, ())]
    if not frames or not clock.published or any(True for _ in _times_of(line, clock)):
        return None
    last = frames[-1]
    past = last.edtf and "/" not in last.edtf and last.edtf[:7] < clock.published[:7]
    if past and last.first <= FRAME_START and last.kind in DATED and not last.relation:
        return When(str(last.edtf), last.text, last.span, "the paragraph tells of then"), "frame"
    return None


def _times_of(line: Line, clock: Clock) -> Iterable[TimeMention]:
    return (
        t
        for t in clock.times.get(line.sentence.index, ())
        if t.edtf and t.kind in DATED and t.relation not in BOUNDING
    )


def _is_later(edtf: str, published: str | None) -> bool:
    start = edtf.split("/", maxsplit=1)[0]
    return published is not None and start > published[: len(start)]


def _belongs_to_other(
    line: Line, trigger: Trigger, others: tuple[Trigger, ...], time: TimeMention
) -> bool:
    """`kerja sama akan tumbuh berdasarkan kesepakatan yang ditandatangani pada 2019`.

    A time behind a comma is the main clause's again: `memveto naskah yang ..., Selasa (20/2)`.
    """
    if time.first and line.lowers[time.first - 1] == ",":
        return False
    for other in others:
        occasion = other.first and line.lowers[other.first - 1] in line.words.within
        if occasion:
            continue  # `merebut kota itu dalam operasi yang digelar pada Rabu`
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
    for statement in clock.statements.get(line.sentence.index, ()):
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
        for e in told_lately(clock.told, line.sentence, REACTION_REACH)
        if e.when and "/" not in e.when.edtf
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
