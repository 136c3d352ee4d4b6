"""What persons judged, as gold: articles whose every report was accepted, corrected or rejected.

`NAME.txt` is the text, `NAME.toml` its events by the rules of docs/annotation.md. An event that
the coder did not find cannot be reviewed: recall on such gold is over what was once found.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kawat.errors import InputError
from kawat.model import Actor, Article, Link, Report
from kawat.store import EventQuery, Store, StoredArticle, StoredReport


@dataclass(frozen=True, slots=True)
class GoldFile:
    """One article as gold: `name` is the name of both files, without their endings."""

    name: str
    text: str
    toml: str


def export_gold(store: Store) -> Iterator[GoldFile]:
    """Yield the articles whose every report was judged, in order of their versions."""
    for key in sorted(_judged_versions(store)):
        stored, rows = store.version(key), store.reports(key)
        if stored and rows and all(row.review for row in rows):
            yield GoldFile(_name(stored), stored.article.text, _write(stored, rows))


def write_gold(store: Store, folder: Path) -> Counter[str]:
    """Write the gold of a store into a folder; return how many articles.

    Raises:
        InputError: the folder cannot be written.
    """
    counts: Counter[str] = Counter(articles=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for item in export_gold(store):
            (folder / f"{item.name}.txt").write_text(item.text, encoding="utf-8", newline="")
            (folder / f"{item.name}.toml").write_text(item.toml, encoding="utf-8")
            counts["articles"] += 1
    except OSError as error:
        raise InputError(str(folder), error.strerror or "cannot be written") from None
    return counts


def _judged_versions(store: Store) -> set[int]:
    found: set[int] = set()
    for query in (EventQuery(review="reviewed"), EventQuery(review="rejected")):
        for row in store.each_event(query):
            view = store.event(row.id)
            found.update(r.version for r in (view.reports if view else ()) if r.review)
    return found


def _name(stored: StoredArticle) -> str:
    """A name of letters and digits only: an id may hold anything."""
    plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in stored.article.id)
    return f"{plain[:60].strip('-') or 'article'}-{stored.key}"


def _write(stored: StoredArticle, rows: Iterable[StoredReport]) -> str:
    article = stored.article
    known = article.published.how not in {"inferred", "unknown"}
    lines = [
        "[article]", f"id = {_text(_name(stored))}", 'genre = "reviewed"',
        f"publisher = {_text(article.publisher)}",
        f"published = {_text(article.published.edtf or '')}", f"given = {_bool(known)}",
        f"inferred = {_text('' if known else article.published.edtf or '')}", "statements = false",
    ]  # fmt: skip
    for row in rows:
        if row.review != "reject":
            lines += _event(article, row.report)
    return "\n".join(lines) + "\n"


def _event(article: Article, report: Report) -> list[str]:
    event = report.event
    chain = ", ".join(_link(link) for link in report.attribution)
    return [
        "", "[[event]]", f"at = {_text(_unique_words(article.text, event.trigger.span))}",
        f"trigger = {_text(event.trigger.text)}", f"type = {_text(event.type)}", "alt_types = []",
        f"mode = {_text(event.mode)}", f"actors = {_parties(event.actors)}",
        f"recipients = {_parties(event.recipients)}",
        f"when = {_text(event.when.edtf if event.when else '')}", f"status = {_text(event.status)}",
        f"historical = {_bool(event.historical)}", "core = true", f"attribution = [{chain}]",
        "alt_attribution = []",
    ]  # fmt: skip


def _unique_words(text: str, span: tuple[int, int]) -> str:
    """The words around a span, so many that they stand once in the text."""
    start, end = span
    while text.count(text[start:end]) > 1 and (start > 0 or end < len(text)):
        start = max(0, start - 12)
        end = min(len(text), end + 12)
    return text[start:end]


def _link(link: Link) -> str:
    source = _entity(link.entity, link.sectors)
    fields = {"source": source, "name": link.name, "role": link.role, "medium": link.medium}
    return "{ " + ", ".join(f"{k} = {_text(v)}" for k, v in fields.items()) + " }"


def _parties(actors: Iterable[Actor]) -> str:
    return "[" + ", ".join(_text(_entity(a.entity, a.sectors)) for a in actors) + "]"


def _entity(entity: str, sectors: Iterable[str]) -> str:
    joined = "+".join(sectors)
    return f"{entity}:{joined}" if entity and joined else entity


def _text(value: str) -> str:
    """A TOML string: JSON's escapes are TOML's, but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _bool(value: bool) -> str:
    return "true" if value else "false"
