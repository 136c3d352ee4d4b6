"""From a report and its article to what merging compares."""

import re

from kawat.lang import load_common
from kawat.model import Actor, Article, Party, Report, Spot, Telling

_WORD = re.compile(r"\w+")


def make_telling(report: Report, article: Article) -> Telling:
    """Return what merging needs of a report: no offsets, the words around its trigger."""
    event = report.event
    where = event.where
    return Telling(
        report=report.id, article=article.id, publisher=article.publisher,
        published=article.published.edtf or "", language=article.language,
        type=event.type, mode=event.mode, status=event.status, historical=event.historical,
        actors=tuple(map(_party, event.actors)), recipients=tuple(map(_party, event.recipients)),
        when=event.when.edtf if event.when else "",
        place=Spot(where.name, where.country, where.lat, where.lon) if where else None,
        words=_words_around(report), chain=report.attribution,
    )  # fmt: skip


def _party(actor: Actor) -> Party:
    return Party(actor.entity, actor.code, actor.sectors, actor.person)


def _words_around(report: Report) -> tuple[str, ...]:
    """The time's own words are left out: times are compared as times, and have numbers."""
    window = load_common().settings["event"]["window"]
    start, when = report.sentence.span[0], report.event.when
    before: list[str] = []
    after: list[str] = []
    for match in _WORD.finditer(report.sentence.text):
        at = start + match.start()
        if when is not None and when.span[0] <= at < when.span[1]:
            continue
        (before if at < report.event.trigger.span[0] else after).append(match.group().lower())
    return (*before[-window:], *after[: window + 1])
