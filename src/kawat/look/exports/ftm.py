"""FollowTheMoney: JSON lines of `id, schema, properties`."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, TextIO

from kawat.lang import load_alpha2, load_common, load_language_codes
from kawat.look.exports.claims import title_of
from kawat.model import Actor
from kawat.store import EventQuery, EventView, Store, StoredReport

Entity = dict[str, Any]
PUBLIC_KINDS = frozenset({"state", "region", "former", "igo", "court"})
"""Kinds of entity that are a public body; there is no schema for a country."""


def write_ftm(store: Store, query: EventQuery | None, out: TextIO, version: str) -> Counter[str]:
    """Write events, their articles, their parties and a link for each pair; return the counts.

    What two events share (an article, a party) is written once.
    """
    counts: Counter[str] = Counter()
    seen: set[str] = set()
    for row in store.each_event(query or EventQuery()):
        view = store.event(row.id)
        if view is None or not view.reports:
            continue
        for entity in _entities(view, version):
            if entity["id"] not in seen:
                seen.add(entity["id"])
                out.write(json.dumps(entity, ensure_ascii=False) + "\n")
                counts[entity["schema"]] += 1
    return counts


def _entities(view: EventView, version: str) -> Iterator[Entity]:
    event = view.event
    reports = [r for r in view.reports if r.review != "reject"] or list(view.reports)
    coded = reports[0].report.event
    yield from (_party(a) for a in (*coded.actors, *coded.recipients))
    for report in reports:
        yield _article(report)
    dates = event.when.split("/") if event.when else []
    interval = len(dates) == 2
    yield _make(
        _id("event", event.id), "Event",
        name=title_of(event),
        date=[] if interval else [d for d in dates if _is_plain(d)],
        startDate=[dates[0]] if interval and _is_plain(dates[0]) else [],
        endDate=[dates[1]] if interval and _is_plain(dates[1]) else [],
        location=event.place, country=load_alpha2().get(event.country, ""),
        summary=event.sentence,
        involved=[_party_id(a) for a in (*coded.actors, *coded.recipients)],
        proof=[_article_id(r) for r in reports], sourceUrl=[r.url for r in reports],
        publisher=list(dict.fromkeys(r.outlet.name for r in reports if r.outlet)),
        recordId=f"{event.id} kawat {version}",
    )  # fmt: skip
    for actor in coded.actors:
        for recipient in coded.recipients:
            yield _make(
                _id("link", event.id, actor.entity, recipient.entity), "UnknownLink",
                subject=_party_id(actor), object=_party_id(recipient),
                role=event.type + (f"-{event.mode}" if event.mode else ""),
                date=[d for d in dates[:1] if _is_plain(d)], proof=_article_id(reports[0]),
            )  # fmt: skip


def _party(actor: Actor) -> Entity:
    """A person who is known by name, a public body, or an organisation."""
    row = load_common().entities.get(actor.entity)
    country = load_alpha2().get(actor.code, "")
    if actor.person:
        return _make(_party_id(actor), "Person", name=actor.text, country=country)
    schema = "PublicBody" if row and row.kind in PUBLIC_KINDS else "Organization"
    return _make(_party_id(actor), schema, name=actor.name, country=country)


def _article(report: StoredReport) -> Entity:
    return _make(
        _article_id(report), "Article", title=report.title,
        publishedAt=[d for d in [(report.published or "")[:10]] if _is_plain(d)],
        language=load_language_codes().get(report.language, ""),
        publisher=report.outlet.name if report.outlet else "",
        bodyText=report.report.sentence.text, sourceUrl=report.url,
    )  # fmt: skip


def _party_id(actor: Actor) -> str:
    return _id("party", actor.person or actor.entity)


def _article_id(report: StoredReport) -> str:
    return _id("article", report.article_id)


def _id(*parts: str) -> str:
    return "kawat-" + hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _make(entity_id: str, schema: str, **properties: str | list[str]) -> Entity:
    """An entity with those properties that have a value."""
    lists = {k: [v] if isinstance(v, str) else v for k, v in properties.items()}
    kept = {k: list(dict.fromkeys(filter(None, v))) for k, v in lists.items()}
    return {"id": entity_id, "schema": schema, "properties": {k: v for k, v in kept.items() if v}}


def _is_plain(date: str) -> bool:
    """FollowTheMoney knows dates that end early, and none that are approximate or open."""
    return (
        bool(date) and all(part.isdigit() for part in date.split("-")) and len(date) in {4, 7, 10}
    )
