"""Tie an event to its article and its sources: the report."""

import hashlib
from functools import cache

from kawat.lang import Pack
from kawat.model import Article, Event, Link, Parse, Quote, Report


def make_report(
    article: Article, parse: Parse, event: Event, chain: tuple[Link, ...], pack: Pack
) -> Report:
    """Return the report of `event`. Its id is a hash of article, span and event."""
    sentence = parse.sentences[event.sentence]
    quad, intensity = _scores(pack)[event.type, event.mode]
    return Report(
        id=hash_report(article, event), article_id=article.id, event=event, quad=quad,
        intensity=intensity, attribution=chain,
        sentence=Quote(article.text[sentence.start : sentence.end], (sentence.start, sentence.end)),
    )  # fmt: skip


def hash_report(article: Article, event: Event) -> str:
    """Return the id of the report of an event."""
    parties = "|".join(
        "+".join(sorted(a.entity for a in side)) for side in (event.actors, event.recipients)
    )
    key = f"{article.id}\n{event.trigger.span}\n{event.type}\n{event.status}\n{parties}"
    return hashlib.sha256(key.encode()).hexdigest()[:16]


@cache
def _scores(pack: Pack) -> dict[tuple[str, str], tuple[str, float | None]]:
    return {(row.type, row.mode): (row.quad, row.intensity) for row in pack.types}
