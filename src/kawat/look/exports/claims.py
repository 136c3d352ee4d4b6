"""schema.org Claim as JSON-LD: one event, who claims it first, and where it appeared.

No ClaimReview: kawat says who told what, and gives no verdict.
"""

import json
from collections import Counter
from typing import Any, TextIO

from kawat.store import EventQuery, EventRow, EventView, Store, StoredReport


def title_of(event: EventRow) -> str:
    """Return who, what and whom in one line of codes."""
    return f"{'+'.join(event.actors) or '?'} {event.type} {'+'.join(event.recipients)}".strip()


def event_claim(view: EventView, version: str) -> dict[str, Any]:
    """Return the Claim of an event, ready for JSON."""
    event = view.event
    reports = [r for r in view.reports if r.review != "reject"] or list(view.reports)
    appearances = [_appearance(r) for r in reports]
    claim: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Claim",
        "identifier": event.id,
        "name": title_of(event),
        "text": event.sentence,
        "about": [{"@type": "Thing", "identifier": e} for e in (*event.actors, *event.recipients)],
        "appearance": appearances,
        "firstAppearance": min(appearances, key=lambda a: a.get("datePublished") or "9999"),
        "creditText": f"kawat {version}",
    }
    if event.when:
        claim["temporalCoverage"] = event.when
    if event.place:
        claim["contentLocation"] = {"@type": "Place", "name": event.place}
    if view.origins:
        claim["author"] = [{"@type": "Thing", "name": root.name} for root in view.origins.roots]
    return claim


def _appearance(report: StoredReport) -> dict[str, Any]:
    work: dict[str, Any] = {"@type": "NewsArticle", "headline": report.title}
    if report.url:
        work["url"] = report.url
    if report.published:
        work["datePublished"] = report.published
    if report.outlet and report.outlet.name:
        work["publisher"] = {"@type": "Organization", "name": report.outlet.name}
    work["inLanguage"] = report.language
    return work


def write_claims(store: Store, query: EventQuery | None, out: TextIO, version: str) -> Counter[str]:
    """Write one Claim a line; return how many."""
    counts: Counter[str] = Counter()
    for row in store.each_event(query or EventQuery()):
        view = store.event(row.id)
        if view is not None and view.reports:
            out.write(json.dumps(event_claim(view, version), ensure_ascii=False) + "\n")
            counts["rows"] += 1
    return counts
