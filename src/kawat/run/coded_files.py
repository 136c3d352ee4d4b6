"""What `kawat code --executor` wrote, read again: articles with their reports and statements."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from kawat.code import hash_statement
from kawat.errors import InputError
from kawat.model import Article, Report, Statement
from kawat.read.streams import load_arrow
from kawat.run.arrow import Table, read_article_row, read_report_row, read_statement_row
from kawat.run.reports import hash_report


class FromFiles(NamedTuple):
    """An article of a shard. `left_out` counts what gave no event, by reason."""

    article: Article
    reports: tuple[Report, ...]
    statements: tuple[Statement, ...]
    left_out: Mapping[str, int]


def shard_names(folder: Path) -> list[str]:
    """Return the names of the shards of a corpus that are done, in order.

    Raises:
        InputError: there is none.
    """
    names = sorted(p.stem for p in (folder / "done").glob("part-*.json"))
    if not names:
        raise InputError(str(folder), "holds no coded corpus", "see kawat code --executor")
    return names


def read_rows(folder: Path, table: Table, name: str) -> list[dict[str, Any]]:
    """Return the rows of a table of a shard."""
    load_arrow("a corpus")
    from pyarrow import parquet  # noqa: PLC0415  (an extra)

    rows: list[dict[str, Any]] = parquet.read_table(folder / table / f"{name}.parquet").to_pylist()
    return rows


def read_articles(folder: Path, name: str) -> list[Article]:
    """Return the articles of a shard."""
    return [read_article_row(row) for row in read_rows(folder, "articles", name)]


def read_shard(folder: Path, name: str) -> Iterator[FromFiles]:
    """Yield the articles of a shard with all that is theirs, in order."""
    reports = map(read_report_row, read_rows(folder, "reports", name))
    statements = map(read_statement_row, read_rows(folder, "statements", name))
    for row in read_rows(folder, "articles", name):
        yield FromFiles(
            read_article_row(row),
            tuple(next(reports) for _ in range(row["reports"])),
            tuple(next(statements) for _ in range(row["statements"])),
            json.loads(row["left_out"]),
        )


def rename(found: FromFiles, id_: str) -> FromFiles:
    """Return the article with another id, and all that is its own as if it had been coded so."""
    if id_ == found.article.id:
        return found
    article = replace(found.article, id=id_)
    return found._replace(
        article=article,
        reports=tuple(
            replace(r, id=hash_report(article, r.event), article_id=id_) for r in found.reports
        ),
        statements=tuple(
            replace(s, id=hash_statement(id_, s.cue.span, s.content.span), article_id=id_)
            for s in found.statements
        ),
    )
