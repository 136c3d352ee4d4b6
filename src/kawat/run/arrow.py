"""Coded articles as Arrow tables: one schema for the files of a corpus, for `code_table` and for
the reports that `kawat export` writes.

A row of `reports` has the flat columns of `kawat code --format csv`, and in `record` the whole
report as the store keeps it. An article's input as it came (`Article.raw`) is not kept.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from typing import Any, Literal

from kawat.errors import InputError
from kawat.model import Article, Published, Report, Statement
from kawat.read import Skipped, read_record
from kawat.read.streams import load_arrow
from kawat.run.record import CSV_COLUMNS, STATEMENT_CSV_COLUMNS, report_row, statement_row
from kawat.run.steps import Coded, code_batches, count_item
from kawat.store.codec import (
    decode_blocks,
    decode_report,
    decode_statement,
    encode,
)

Table = Literal["articles", "reports", "statements", "problems"]
TABLES: tuple[Table, ...] = ("articles", "reports", "statements", "problems")
ARTICLE_COLUMNS = (
    "id", "source", "url", "publisher", "author", "title", "published", "published_how",
    "published_reason", "language", "reports", "statements", "text", "blocks", "left_out",
)  # fmt: skip
PROBLEM_COLUMNS = ("source", "kind", "reason")
COLUMNS: Mapping[Table, tuple[str, ...]] = {
    "articles": ARTICLE_COLUMNS,
    "reports": (*CSV_COLUMNS, "record"),
    "statements": (*STATEMENT_CSV_COLUMNS, "record"),
    "problems": PROBLEM_COLUMNS,
}
TYPES = {
    "start": "int64", "end": "int64", "intensity": "float64", "confidence": "float64",
    "historical": "bool", "reports": "int64", "statements": "int64",
}  # fmt: skip
"""Columns that hold no text."""
Item = Coded | InputError | Skipped


@cache
def schema_of(name: Table) -> Any:
    """Return the Arrow schema of a table.

    Raises:
        KawatError: pyarrow is not installed (the extra `arrow`).
    """
    arrow = load_arrow("this")
    fields = [(c, arrow.type_for_alias(TYPES.get(c, "string"))) for c in COLUMNS[name]]
    return arrow.schema(fields, metadata={"kawat": version("kawat"), "table": name})


@dataclass(slots=True)
class Rows:
    """Rows of each table, in the order of the articles, and what was counted."""

    of: dict[Table, list[dict[str, Any]]] = field(default_factory=lambda: {t: [] for t in TABLES})
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, item: Item) -> None:
        """Add all that an article gave, or why there is none."""
        self.counts.update(count_item(item))
        if isinstance(item, Coded):
            article = item.article
            self.of["articles"].append(article_row(item))
            self.of["reports"] += [report_line(r, article) for r in item.reports]
            self.of["statements"] += [_statement(s, article) for s in item.statements]
        else:
            kind = "skipped" if isinstance(item, Skipped) else "not read"
            row = {"source": _text(item.source), "kind": kind, "reason": _text(item.reason)}
            self.of["problems"].append(row)

    def tables(self) -> dict[Table, Any]:
        """Return the rows as Arrow tables."""
        arrow = load_arrow("this")
        return {n: arrow.Table.from_pylist(rows, schema_of(n)) for n, rows in self.of.items()}


def article_row(coded: Coded) -> dict[str, Any]:
    """Return an article as a row; `left_out` counts what gave no event, by reason (JSON).

    `reports` and `statements` are how many rows of those tables are its own, in the same order.
    """
    a = coded.article
    left_out = {"sentences without act and party": coded.without_candidate, **coded.dropped}
    return {
        "id": a.id, "source": _text(a.source), "url": a.url, "publisher": a.publisher,
        "author": a.author, "title": a.title, "published": a.published.edtf,
        "published_how": a.published.how, "published_reason": a.published.reason,
        "language": a.language, "reports": len(coded.reports),
        "statements": len(coded.statements), "text": a.text, "blocks": encode(a.blocks),
        "left_out": json.dumps(left_out, ensure_ascii=False, sort_keys=True),
    }  # fmt: skip


def report_line(report: Report, article: Article) -> dict[str, Any]:
    """Return a report as a row."""
    row = report_row(report, article)
    whole = {"intensity": report.intensity, "historical": report.event.historical}
    return {**row, **whole, "record": encode(report)}


def _text(name: str) -> str:
    """The name of a file may hold bytes that are no text."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _statement(statement: Statement, article: Article) -> dict[str, Any]:
    return {**statement_row(statement, article), "record": encode(statement)}


def read_article_row(row: Mapping[str, Any]) -> Article:
    """Return the article of a row of `articles`."""
    published = Published(row["published"], row["published_how"], row["published_reason"])
    return Article(
        id=row["id"], text=row["text"], title=row["title"], published=published,
        publisher=row["publisher"], author=row["author"], url=row["url"],
        language=row["language"], blocks=decode_blocks(row["blocks"]), source=row["source"],
    )  # fmt: skip


def read_report_row(row: Mapping[str, Any]) -> Report:
    """Return the report of a row of `reports`."""
    return decode_report(row["record"])


def read_statement_row(row: Mapping[str, Any]) -> Statement:
    """Return the statement of a row of `statements`."""
    return decode_statement(row["record"])


def code_table(table: Any) -> Any:
    """Return the reports of a table of articles: Arrow in, Arrow out, for any engine that maps.

    The columns are those of JSON Lines: `text`, and if known `id`, `title`, `published`,
    `publisher`, `url`, `language`. A row that cannot be read (no words, no language that has a
    pack) gives nothing; the metadata `not read` of the schema counts them.

    Raises:
        KawatError: pyarrow is not installed (the extra `arrow`).
    """
    rows = Rows()
    for item in code_batches(_read_rows(table)):
        rows.add(item)
    reports = rows.tables()["reports"]
    counted = {"not read": str(rows.counts["not read"])}
    return reports.replace_schema_metadata({**reports.schema.metadata, **counted})


def _read_rows(table: Any) -> Iterable[Article | InputError]:
    number = 0
    for batch in table.to_batches():
        for row in batch.to_pylist():
            number += 1
            try:
                yield read_record(row, f"row {number}")
            except InputError as error:
                yield error
