"""How well the coder finds again what persons hold to be right: `kawat score GOLD`."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kawat.errors import InputError
from kawat.model import Actor, Article, Published, Report
from kawat.read import read_path
from kawat.run import code_one

FIELDS = ("when", "status", "historical", "origin")
TWO_SIDED = frozenset({"CONSULT", "AGREE", "COOPERATE", "SUPPORT", "ASSAULT"})
"""Types whose parties may stand on either side of an event that has none acting first."""


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An event of the gold: entity ids, the types that are right, and where its trigger stands."""

    types: frozenset[str]
    actors: frozenset[str]
    recipients: frozenset[str]
    fields: dict[str, Any]
    core: bool
    start: int


@dataclass(slots=True)
class Score:
    """What was counted. `found` are core events that a report matches, `right` all that match."""

    articles: int = 0
    reports: int = 0
    right: int = 0
    found: int = 0
    core: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    """Of the core events that were found, those whose field is right."""

    @property
    def precision(self) -> float:
        """Share of reports that match; 0 where there is none."""
        return self.right / self.reports if self.reports else 0.0

    @property
    def recall(self) -> float:
        """Share of core events that were found; 0 where there is none."""
        return self.found / self.core if self.core else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score_gold(folder: Path) -> Score:
    """Code every article of a folder of gold (docs/annotation.md) and compare.

    A report is right when its type is accepted and its parties are exactly the annotated ones.
    Each gold event counts once; a report that tells one again counts neither way.

    Raises:
        InputError: the folder holds no gold, or a file of it cannot be read.
    """
    paths = sorted(folder.rglob("*.toml"))
    if not paths:
        raise InputError(str(folder), "holds no gold", "NAME.toml beside NAME.txt")
    score = Score()
    for path in paths:
        article, events = read_gold(path)
        _compare(score, events, code_one(article).reports)
        score.articles += 1
    return score


def read_gold(path: Path) -> tuple[Article, tuple[GoldEvent, ...]]:
    """Return the article beside a gold file, and its events.

    Raises:
        InputError: one of the files cannot be read, or words of the gold do not stand in the text.
    """
    items = list(read_path(str(path.with_suffix(".txt"))))
    article = items[0]
    if isinstance(article, InputError):
        raise article
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        about = data["article"]
        given = about.get("given", True) and about.get("published")
        published = Published(about["published"], "given", "given") if given else Published()
        publisher = about.get("publisher", "")
        article = replace(article, id=about["id"], publisher=publisher, published=published)
        events = tuple(_read_event(article.text, event) for event in data.get("event", ()))
    except OSError as error:
        raise InputError(str(path), error.strerror or "cannot be read") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(str(path), f"no gold: {error}") from None
    return article, events


def _read_event(text: str, event: dict[str, Any]) -> GoldEvent:
    chains = [event.get("attribution", []), *event.get("alt_attribution", [])]
    start = text.index(event["at"])
    within = event["at"].find(event["trigger"])
    return GoldEvent(
        types=frozenset([event["type"], *event.get("alt_types", [])]),
        actors=frozenset(map(_entity, event["actors"])),
        recipients=frozenset(map(_entity, event["recipients"])),
        fields={
            "when": event.get("when", ""), "status": event.get("status", "actual"),
            "historical": event.get("historical", False),
            "origin": {_source(chain[0]) if chain else "" for chain in chains},
        },
        core=event.get("core", True), start=start + max(within, 0),
    )  # fmt: skip


def _entity(text: str) -> str:
    return text.split(":", maxsplit=1)[0].split("/", maxsplit=1)[0]


def _source(link: dict[str, str]) -> str:
    return _entity(link.get("source", "")) or link.get("name", "").lower()


def _compare(score: Score, events: Sequence[GoldEvent], reports: Iterable[Report]) -> None:
    score.core += sum(event.core for event in events)
    free = set(range(len(events)))
    for report in sorted(reports, key=lambda r: r.event.trigger.span):
        fits = sorted(
            _fitting(events, report),
            key=lambda i: (i not in free, abs(events[i].start - report.event.trigger.span[0])),
        )
        if fits and fits[0] not in free:
            continue  # told again
        score.reports += 1
        if fits:
            free.discard(fits[0])
            score.right += 1
            _count_fields(score, events[fits[0]], report)


def _fitting(events: Sequence[GoldEvent], report: Report) -> Iterator[int]:
    actors, recipients = _ids(report.event.actors), _ids(report.event.recipients)
    for number, event in enumerate(events):
        if report.event.type not in event.types:
            continue
        both = event.actors | event.recipients
        one_sided = not recipients or not event.recipients
        together = one_sided and len(both) > 1 and bool(event.types & TWO_SIDED)
        if (actors, recipients) == (event.actors, event.recipients) or (
            together and actors | recipients == both
        ):
            yield number


def _ids(actors: Iterable[Actor]) -> frozenset[str]:
    return frozenset(actor.entity for actor in actors)


def _count_fields(score: Score, event: GoldEvent, report: Report) -> None:
    if not event.core:
        return
    score.found += 1
    chain = report.attribution
    origin = (chain[0].entity or chain[0].name.lower()) if chain else ""
    when = report.event.when.edtf if report.event.when else ""
    score.fields["when"] += when == event.fields["when"]
    score.fields["status"] += report.event.status == event.fields["status"]
    score.fields["historical"] += report.event.historical == event.fields["historical"]
    score.fields["origin"] += origin in event.fields["origin"]
