"""The public record of a report and a statement as plain data (DESIGN §3)."""

from typing import Any

from kawat.model import Actor, Article, Link, Place, Quote, Report, Statement, When

CSV_COLUMNS = (
    "id", "article", "url", "publisher", "published", "language", "type", "mode", "quad",
    "intensity", "contexts", "actors", "actor_sectors", "recipients", "recipient_sectors", "when",
    "where", "country", "status", "historical", "attribution", "trigger", "start", "end",
    "sentence", "confidence",
)  # fmt: skip
STATEMENT_CSV_COLUMNS = (
    "id", "article", "speaker", "entity", "cue", "style", "medium", "carriers", "content", "start",
    "end",
)  # fmt: skip


def report_record(report: Report, article: Article) -> dict[str, Any]:
    """Return the record of one report, ready for JSON. Spans are offsets into the text."""
    event = report.event
    return {
        "id": report.id,
        "article": _article(article),
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "quad": report.quad,
        "intensity": report.intensity,
        "actors": [_actor(a) for a in event.actors],
        "recipients": [_actor(r) for r in event.recipients],
        "when": _when(event.when),
        "where": _where(event.where),
        "status": event.status,
        "historical": event.historical,
        "attribution": [_link(link) for link in report.attribution],
        "sentence": _quote(report.sentence),
        "trigger": _quote(event.trigger),
        "confidence": event.confidence,
        "reasons": [
            {
                "field": r.field,
                "kind": r.kind,
                "ref": r.ref,
                "value": r.value,
                "span": _span(r.span),
            }
            for r in event.reasons
        ],
    }


def statement_record(statement: Statement, article: Article) -> dict[str, Any]:
    """Return the record of one attributed statement, ready for JSON."""
    return {
        "id": statement.id,
        "record": "statement",
        "article": _article(article),
        "speaker": _link(statement.speaker) if statement.speaker else None,
        "cue": _quote(statement.cue),
        "content": _quote(statement.content),
        "style": statement.style,
        "medium": statement.medium,
        "carriers": [_link(link) for link in statement.carriers],
    }


def report_row(report: Report, article: Article) -> dict[str, Any]:
    """Return one report as a flat CSV row; lists are joined by `;`."""
    event = report.event
    return {
        "id": report.id,
        "article": article.id,
        "url": article.url,
        "publisher": article.publisher,
        "published": article.published.edtf or "",
        "language": article.language,
        "type": event.type,
        "mode": event.mode,
        "quad": report.quad,
        "intensity": "" if report.intensity is None else report.intensity,
        "contexts": ";".join(event.contexts),
        "actors": ";".join(a.entity for a in event.actors),
        "actor_sectors": ";".join("+".join(a.sectors) for a in event.actors),
        "recipients": ";".join(r.entity for r in event.recipients),
        "recipient_sectors": ";".join("+".join(r.sectors) for r in event.recipients),
        "when": event.when.edtf if event.when else "",
        "where": event.where.name if event.where else "",
        "country": event.where.country if event.where else "",
        "status": event.status,
        "historical": str(event.historical).lower(),
        "attribution": " > ".join(link.entity or link.name for link in report.attribution),
        "trigger": event.trigger.text,
        "start": event.trigger.span[0],
        "end": event.trigger.span[1],
        "sentence": report.sentence.text,
        "confidence": event.confidence,
    }


def statement_row(statement: Statement, article: Article) -> dict[str, Any]:
    """Return one statement as a flat CSV row."""
    speaker = statement.speaker
    return {
        "id": statement.id,
        "article": article.id,
        "speaker": speaker.text if speaker else "",
        "entity": speaker.entity if speaker else "",
        "cue": statement.cue.text,
        "style": statement.style,
        "medium": statement.medium,
        "carriers": ";".join(link.entity or link.name for link in statement.carriers),
        "content": statement.content.text,
        "start": statement.content.span[0],
        "end": statement.content.span[1],
    }


def _article(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "url": article.url,
        "publisher": article.publisher,
        "title": article.title,
        "published": article.published.edtf,
        "published_how": article.published.how,
        "published_reason": article.published.reason,
        "language": article.language,
    }


def _actor(actor: Actor) -> dict[str, Any]:
    return {
        "entity": actor.entity,
        "code": actor.code,
        "name": actor.name,
        "sectors": list(actor.sectors),
        "person": actor.person,
        "text": actor.text,
        "span": _span(actor.span),
    }


def _link(link: Link) -> dict[str, Any]:
    return {
        "entity": link.entity,
        "name": link.name,
        "role": link.role,
        "sectors": list(link.sectors),
        "medium": link.medium,
        "cue": link.cue,
        "cue_span": _span(link.cue_span),
        "text": link.text,
        "span": _span(link.span),
    }


def _when(when: When | None) -> dict[str, Any] | None:
    if when is None:
        return None
    return {
        "edtf": when.edtf, "text": when.text, "span": _span(when.span), "reason": when.reason,
    }  # fmt: skip


def _where(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {
        "name": place.name, "country": place.country, "lat": place.lat, "lon": place.lon,
        "span": _span(place.span),
    }  # fmt: skip


def _quote(quote: Quote) -> dict[str, Any]:
    return {"text": quote.text, "span": _span(quote.span)}


def _span(span: tuple[int, int] | None) -> list[int] | None:
    return None if span is None else list(span)
