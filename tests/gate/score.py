"""Score the coder against the gold.

An event is right when its type is one that the gold accepts and its actors and recipients are the
gold's. Each gold event counts once; a second report of a gold event that is already found is a
repeat and counts neither way. Recall is over core events, precision over all reports. Fields
(date, status, origin, chain) are measured on the core events that were found.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kawat.model import Link, Report, Statement
from kawat.run import Coded, code_one
from tests.gate.gold import GoldArticle, GoldEvent, GoldStatement, read_gold

SYMMETRIC = {"CONSULT", "AGREE", "COOPERATE", "SUPPORT", "ASSAULT"}


@dataclass
class Tally:
    """Right reports, all reports (repeats left out), core events found, core events."""

    right: int = 0
    reports: int = 0
    found: int = 0
    core: int = 0

    def figures(self) -> tuple[float, float, float]:
        """Return precision, recall and F1."""
        precision = self.right / self.reports if self.reports else 0.0
        recall = self.found / self.core if self.core else 0.0
        both = precision + recall
        return precision, recall, 2 * precision * recall / both if both else 0.0


@dataclass
class Result:
    """All figures of one split, with the mistakes to read."""

    events: Tally = field(default_factory=Tally)
    parties: Tally = field(default_factory=Tally)
    by_type: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    fields: Counter[str] = field(default_factory=Counter)
    statements: Tally = field(default_factory=Tally)
    speakers: Counter[str] = field(default_factory=Counter)
    times: Tally = field(default_factory=Tally)
    published: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


def same_parties(event: GoldEvent, report: Report) -> bool:
    """Whether both sides agree; of two-sided acts, whether the parties together do."""
    actors = {a.entity for a in report.event.actors}
    recipients = {a.entity for a in report.event.recipients}
    if (actors, recipients) == (set(event.actors), set(event.recipients)):
        return True
    two_sided = not event.recipients or not recipients
    together = actors | recipients == event.actors | event.recipients
    return two_sided and together and len(actors | recipients) > 1 and bool(event.types & SYMMETRIC)


def match(
    gold: GoldArticle, reports: Iterable[Report], typed: bool
) -> tuple[dict[int, Report], set[str], list[Report]]:
    """Return found gold events (index → report), ids of repeats, and reports that are wrong."""
    found: dict[int, Report] = {}
    repeats: set[str] = set()
    wrong: list[Report] = []
    for report in sorted(reports, key=lambda r: r.event.trigger.span):
        fits = [
            i
            for i, event in enumerate(gold.events)
            if same_parties(event, report) and (not typed or report.event.type in event.types)
        ]
        at = report.event.trigger.span
        fits.sort(key=lambda i: abs(gold.events[i].span[0] - at[0]))
        free = [i for i in fits if i not in found]
        touching = [i for i in free if _near(gold.events[i].span, report)]
        if touching or free:
            found[(touching or free)[0]] = report
        elif fits:
            repeats.add(report.id)
        else:
            wrong.append(report)
    return found, repeats, wrong


def _near(span: tuple[int, int], report: Report) -> bool:
    return report.sentence.span[0] <= span[0] < report.sentence.span[1]


def _tally(tally: Tally, gold: GoldArticle, found: dict[int, Report], wrong: list[Report]) -> None:
    tally.right += len(found)
    tally.reports += len(found) + len(wrong)
    tally.found += sum(1 for i in found if gold.events[i].core)
    tally.core += sum(1 for e in gold.events if e.core)


def _chain(links: Iterable[Link]) -> tuple[str, ...]:
    return tuple(link.entity or link.name.lower() for link in links)


def _same_source(ours: str, theirs: str) -> bool:
    return ours == theirs or (bool(ours and theirs) and (ours in theirs or theirs in ours))


def _score_fields(result: Result, event: GoldEvent, report: Report) -> None:
    when = report.event.when.edtf if report.event.when else ""
    fields = result.fields
    fields["n"] += 1
    fields["date"] += when == event.when
    fields["status"] += report.event.status == event.status
    fields["historical"] += report.event.historical == event.historical
    ours = _chain(report.attribution)
    fields["origin"] += any(
        (not ours and not theirs) or (bool(ours and theirs) and _same_source(ours[0], theirs[0]))
        for theirs in event.chains
    )
    fields["chain"] += any(
        len(ours) == len(theirs)
        and all(_same_source(a, b) for a, b in zip(ours, theirs, strict=True))
        for theirs in event.chains
    )


def _score_statements(
    result: Result, gold: tuple[GoldStatement, ...], ours: tuple[Statement, ...]
) -> None:
    """Overlap: a statement is found when the spans share half of the longer one."""
    tally, used = result.statements, set()
    tally.core += len(gold)
    tally.reports += len(ours)
    for theirs in gold:
        best = max(
            ((_overlap(theirs.content, s.content.span), s) for s in ours if s.id not in used),
            key=lambda pair: pair[0],
            default=(0.0, None),
        )
        if best[1] is not None and best[0] >= 0.5:
            used.add(best[1].id)
            tally.found += 1
            tally.right += 1
            speaker = best[1].speaker
            result.speakers["n"] += 1
            result.speakers["right"] += bool(
                speaker
                and (
                    (theirs.entity and speaker.entity == theirs.entity)
                    or _same_source(speaker.text.lower(), theirs.speaker.lower())
                )
            )


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, shared) / max(a[1] - a[0], b[1] - b[0], 1)


def _score_times(result: Result, gold: GoldArticle, coded: Coded) -> None:
    values = {t.span: t.edtf or "" for t in coded.found.times}
    result.times.core += len(gold.times)
    for span, edtf in gold.times:
        hits = [v for s, v in values.items() if s[0] < span[1] and span[0] < s[1]]
        result.times.found += bool(hits)
        result.times.right += edtf in hits
    result.times.reports += len(values)


def score_split(language: str, split: str) -> Result:
    """Code every article of a split and return the figures."""
    result = Result()
    for gold in read_gold(language, split):
        coded = code_one(gold.article)
        score_events(result, gold, coded.reports)
        if gold.statements is not None:
            _score_statements(result, gold.statements, coded.statements)
        _score_times(result, gold, coded)
        if gold.inferred:
            result.published["n"] += 1
            result.published["right"] += coded.article.published.edtf == gold.inferred
    return result


def score_events(result: Result, gold: GoldArticle, reports: Iterable[Report]) -> None:
    """Count an article's reports, and the fields of those that are right, into `result`."""
    reports = tuple(reports)
    found, _, wrong = match(gold, reports, typed=True)
    _tally(result.events, gold, found, wrong)
    by_parties, _, wrong_parties = match(gold, reports, typed=False)
    _tally(result.parties, gold, by_parties, wrong_parties)
    for i, report in found.items():
        if gold.events[i].core:
            _score_fields(result, gold.events[i], report)
    _by_type(result, gold, found, wrong)
    result.notes.extend(_notes(gold, found, wrong))


def _by_type(
    result: Result, gold: GoldArticle, found: dict[int, Report], wrong: list[Report]
) -> None:
    for i, event in enumerate(gold.events):
        kind = found[i].event.type if i in found else min(event.types)
        tally = result.by_type[kind]
        tally.core += event.core
        tally.found += event.core and i in found
        tally.right += i in found
        tally.reports += i in found
    for report in wrong:
        result.by_type[report.event.type].reports += 1


def _notes(gold: GoldArticle, found: dict[int, Report], wrong: list[Report]) -> Iterable[str]:
    for i, event in enumerate(gold.events):
        if i not in found and event.core:
            parties = f"{'+'.join(sorted(event.actors))} -> {'+'.join(sorted(event.recipients))}"
            yield f"{gold.name}: MISSED {'/'.join(sorted(event.types))} {parties}: {event.at}"
        elif i in found:
            report = found[i]
            when = report.event.when.edtf if report.event.when else ""
            ours = _chain(report.attribution)
            parts = []
            if when != event.when:
                parts.append(f"date {when or '-'} not {event.when or '-'}")
            if report.event.status != event.status:
                parts.append(f"status {report.event.status} not {event.status}")
            if ours not in event.chains:
                parts.append(f"chain {ours} not {event.chains[0]}")
            if parts:
                yield f"{gold.name}: FIELD {report.event.type} {event.at[:60]}: {'; '.join(parts)}"
    for report in wrong:
        event_ = report.event
        yield (
            f"{gold.name}: WRONG {event_.type} {'+'.join(a.entity for a in event_.actors)} -> "
            f"{'+'.join(a.entity for a in event_.recipients)} [{event_.trigger.text}] "
            f"{report.sentence.text[:160]}"
        )
