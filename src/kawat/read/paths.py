"""Files, folders and standard input as a stream of articles."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kawat.errors import InputError
from kawat.model import Article
from kawat.read.text import read_date
from kawat.read.units import Window, each_unit, kind_by_name


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file of a folder that is none to read, and why."""

    source: str
    reason: str

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"


Item = Article | InputError | Skipped
LINK_ADVICE = "remove the link or name its target"
OTHER_KIND = "not a .txt, .html, .jsonl, .parquet or .warc file"


def read_paths(
    paths: Iterable[str], *, language: str | None = None, published: str | None = None
) -> Iterator[Item]:
    """Yield the articles of files, folders (in order of names, all the way down) and `-`.

    What cannot be read comes as an `InputError` in its place, a file of a folder with an unknown
    ending as `Skipped`. `language` overrides what a file says; `published` is for those that
    say nothing.
    """
    for path in paths:
        items = _read_folder(Path(path)) if path != "-" and Path(path).is_dir() else read_path(path)
        for item in items:
            yield with_options(item, language, published) if isinstance(item, Article) else item


def with_options(article: Article, language: str | None, published: str | None) -> Article:
    """Return the article in a given language, and published when given if it does not say."""
    if language:
        article = replace(article, language=language)
    if published and article.published.edtf is None:
        article = replace(article, published=read_date(published))
    return article


def _read_folder(folder: Path) -> Iterator[Item]:
    """Every file below a folder; a link back to a folder above is reported, not followed."""
    found = False
    for path, problem in walk_folder(folder):
        found = True
        if problem:
            yield InputError(str(path), problem, LINK_ADVICE)
        elif kind_by_name(str(path)):
            yield from read_path(str(path))
        else:
            yield Skipped(str(path), OTHER_KIND)
    if not found:
        yield InputError(str(folder), "an empty folder", "check the path")


def walk_folder(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield every file below a folder in order of names, or what is wrong with a link."""
    return _walk(folder, (folder.resolve(),))


def _walk(folder: Path, above: tuple[Path, ...]) -> Iterator[tuple[Path, str]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
    except OSError as error:
        yield folder, error.strerror or "cannot be read"
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith("."):
            continue
        try:
            is_folder = entry.is_dir()
            real = path.resolve()
        except (OSError, RuntimeError):
            yield path, "a link that leads nowhere or to itself"
            continue
        if not is_folder:
            yield path, ""
        elif real in above:
            yield path, "a folder loop: the link leads back to a folder above"
        else:
            yield from _walk(path, (*above, real))


def read_path(path: str) -> Iterator[Article | InputError]:
    """Yield the articles of one file or of `-`; errors come in the place of what they concern."""
    for unit in each_unit(path, Window()):
        if isinstance(unit, InputError):
            yield unit
            continue
        try:
            yield unit.read()
        except InputError as error:
            yield error
