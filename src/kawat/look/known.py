"""Answers of the knowledge as lines of text and as JSON records."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from kawat.model import Article, Published, TimeMention
from kawat.model.known import Known, Term

SHOWN = 12
"""Members, aliases or guards that one line shows."""
STANDINGS = {
    "holds": "",
    "part": "for part of that time",
    "unknown": "not known for that day: last seen {seen}",
    "over": "not then",
    "undated": "",
}


def known_lines(known: Known) -> Iterator[str]:
    """Yield the lines that show one answer."""
    code = f", code {known.code}" if known.code and known.code != known.id else ""
    yield f"{known.name} ({known.kind} {known.id}{code})"
    for term in known.terms:
        yield f"  {_term_line(term, known)}"
    for name, value in known.facts:
        yield f"  {name}: {value}"
    for name, values in (
        ("members", known.members), ("member of", known.member_of),
        ("written", known.aliases), ("unless", known.guards),
    ):  # fmt: skip
        if values:
            more = f" ... {len(values)} in all" if len(values) > SHOWN else ""
            yield f"  {name}: {', '.join(values[:SHOWN])}{more}"
    yield f"  by {known.reason}"


def _term_line(term: Term, known: Known) -> str:
    end = term.end or ("?" if term.start else "")
    when = f", {term.start}/{end}" if term.start or term.end else ""
    standing = STANDINGS[term.standing].format(seen=term.seen)
    who = term.office if known.kind == "person" else f"{term.name}, {term.office}"
    where = f" of {term.entity}" if known.kind == "person" else ""
    return f"{who}{where}{when}{f' ({standing})' if standing else ''}"


def known_record(known: Known) -> dict[str, Any]:
    """Return one answer as a JSON record; fields that are empty are left out."""
    record = asdict(known) | {"facts": dict(known.facts)}
    return {name: value for name, value in record.items() if value}


def time_record(time: TimeMention) -> dict[str, Any]:
    """Return a time expression as a JSON record: span, EDTF value, kind and reason."""
    return {
        "text": time.text, "span": list(time.span), "edtf": time.edtf, "kind": time.kind,
        "relation": time.relation, "reason": time.reason,
    }  # fmt: skip


def time_line(time: TimeMention) -> str:
    """Return the line that shows a time expression."""
    return f"{time.edtf or 'unknown'}  {time.text!r} ({time.kind}; {time.reason})"


def published_record(article: Article, published: Published) -> dict[str, Any]:
    """Return when an article appeared as a JSON record."""
    return {"article": article.id, "published": published.edtf, "reason": published.reason}
