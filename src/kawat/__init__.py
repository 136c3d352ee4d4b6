"""kawat reads news into attributed political events: who did what to whom, when, and who says so.

>>> import kawat
>>> reports = kawat.code_text(
...     "Rusia menyerang Ukraina pada Senin (15/8), kata Presiden Volodymyr Zelensky.",
...     language="id", published="2022-08-16")
>>> [(r.event.actors[0].entity, r.event.type, r.event.recipients[0].entity) for r in reports]
[('RUS', 'ASSAULT', 'UKR')]
>>> reports[0].event.when.edtf
'2022-08-15'
"""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

from kawat import errors
from kawat.errors import (
    InputError,
    KawatError,
    LanguageError,
    PipelineError,
    StoreError,
    TableError,
)
from kawat.model import Article, Event, Link, Report, Statement
from kawat.read import Skipped, read_path, read_paths, read_text
from kawat.run import PACKAGED, Coded, Pipelines, code_batches, code_one, open_store, replay
from kawat.run.arrow import code_table
from kawat.run.knowledge import infer_published, when, who
from kawat.store import Store

__version__ = version("kawat")

__all__ = [
    "Article",
    "Coded",
    "Event",
    "InputError",
    "KawatError",
    "LanguageError",
    "Link",
    "PipelineError",
    "Report",
    "Statement",
    "Store",
    "StoreError",
    "TableError",
    "code_article",
    "code_articles",
    "code_table",
    "code_text",
    "errors",
    "explain",
    "infer_published",
    "open_store",
    "read_article",
    "read_articles",
    "replay",
    "when",
    "who",
]


def read_article(path: str | Path) -> Article:
    """Return the one article of a `.txt`, `.html` or one-line `.jsonl` file (`.gz` of each too).

    Raises:
        InputError: the file cannot be read, or holds more than one article.
    """
    items = list(read_path(str(path)))
    for item in items:
        if isinstance(item, InputError):
            raise item
    articles = [item for item in items if isinstance(item, Article)]
    if len(articles) != 1:
        raise InputError(str(path), f"{len(articles)} articles, not one", "use read_articles")
    return articles[0]


def read_articles(paths: Iterable[str | Path]) -> Iterator[Article | InputError | Skipped]:
    """Yield the articles of files and folders; an error comes in the place of what it is about."""
    return read_paths([str(p) for p in paths])


def explain(article: Article, pipelines: Pipelines = PACKAGED) -> Coded:
    """Return all that was found in an article: sentences, actors, times, statements, reports.

    `pipelines` names, by language, spaCy pipelines that take the place of the packaged ones:
    installed packages or folders, `{"en": "en_core_web_sm"}`.

    Raises:
        LanguageError: the article is in no language that has a pack.
        PipelineError: a pipeline cannot be loaded, or gives no trees.
    """
    return code_one(article, pipelines)


def code_article(article: Article, pipelines: Pipelines = PACKAGED) -> list[Report]:
    """Return the reports of one article in text order; `pipelines` as in `explain`.

    Raises:
        LanguageError: the article is in no language that has a pack.
        PipelineError: a pipeline cannot be loaded, or gives no trees.
    """
    return list(code_one(article, pipelines).reports)


def code_articles(
    articles: Iterable[Article | InputError | Skipped],
    on_error: Callable[[InputError], None] | None = None,
    pipelines: Pipelines = PACKAGED,
) -> Iterator[Report]:
    """Yield the reports of a stream of articles, in order; `pipelines` as in `explain`.

    An input that could not be read, or an article in a language without a pack, is handed to
    `on_error`, and the stream goes on; without `on_error` it is raised.
    """
    for item in code_batches(articles, pipelines=pipelines):
        if isinstance(item, Coded):
            yield from item.reports
        elif isinstance(item, InputError):
            if on_error is None:
                raise item
            on_error(item)


def code_text(
    text: str,
    language: str = "",
    published: str | None = None,
    title: str = "",
    pipelines: Pipelines = PACKAGED,
) -> list[Report]:
    """Return the reports of a text. `language` is ISO 639-1, `published` an ISO or EDTF date.

    Raises:
        LanguageError: the text is in no language that has a pack.
    """
    return code_article(
        read_text(text, language=language, published=published, title=title), pipelines
    )


def __getattr__(name: str) -> ModuleType:
    """`kawat.charts` is loaded when it is first asked for: it needs the extra `web`."""
    if name == "charts":
        return import_module("kawat.charts")
    raise AttributeError(f"module 'kawat' has no attribute {name!r}")
