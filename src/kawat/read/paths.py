"""Files, folders and standard input as a stream of articles."""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from kawat.errors import InputError
from kawat.model import Article
from kawat.read.html import read_html
from kawat.read.streams import decode, open_input, read_bounded, read_lines
from kawat.read.text import read_date, read_text

KINDS = {
    ".txt": "text", ".md": "text", ".html": "html", ".htm": "html", ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}  # fmt: skip
FIELDS = ("id", "title", "published", "publisher", "url", "language")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file of a folder that is none to read, and why."""

    source: str
    reason: str

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"


Item = Article | InputError | Skipped


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
            yield _with_options(item, language, published) if isinstance(item, Article) else item


def _with_options(article: Article, language: str | None, published: str | None) -> Article:
    if language:
        article = replace(article, language=language)
    if published and article.published.edtf is None:
        article = replace(article, published=read_date(published))
    return article


def _read_folder(folder: Path) -> Iterator[Item]:
    """Every file below a folder; a link back to a folder above is reported, not followed."""
    found = False
    for path, problem in _walk(folder, (folder.resolve(),)):
        found = True
        if problem:
            yield InputError(str(path), problem, "remove the link or name its target")
        elif _kind_by_name(str(path)):
            yield from read_path(str(path))
        else:
            yield Skipped(str(path), "not a .txt, .html or .jsonl file")
    if not found:
        yield InputError(str(folder), "an empty folder", "check the path")


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


def _kind_by_name(path: str) -> str:
    return KINDS.get(Path(path.removesuffix(".gz")).suffix.lower(), "")


def read_path(path: str) -> Iterator[Article | InputError]:
    """Yield the articles of one file or of `-`; errors come in the place of what they concern."""
    name = "standard input" if path == "-" else path
    try:
        with open_input(path) as file:
            kind = _kind_by_name(path) or _sniff(file)
            if kind == "jsonl":
                yield from _read_jsonl(file, name)
            else:
                data = read_bounded(file, name)
                text = decode(data, name)
                if kind == "html":
                    yield replace(read_html(text, source=name), raw=data)
                elif any(c.isalnum() for c in text):
                    yield replace(read_text(text, source=name, title_line=True), raw=data)
                else:
                    yield InputError(name, "holds no words", "is it the right file?")
    except InputError as error:
        yield error


def _sniff(file: BinaryIO) -> str:
    """The kind of a stream by its first bytes."""
    head = file.peek(512)[:512].lstrip(b"\xef\xbb\xbf \t\r\n")  # type: ignore[attr-defined]
    if head.startswith(b"{"):
        return "jsonl"
    return "html" if head[:1] == b"<" else "text"


def _read_jsonl(file: BinaryIO, name: str) -> Iterator[Article | InputError]:
    if b"\0" in file.peek(512)[:512]:  # type: ignore[attr-defined]
        raise InputError(name, "binary or UTF-16, not UTF-8 lines", "convert it to UTF-8")
    lines = read_lines(file, name)
    first = next(lines, None)
    if first is None:
        yield InputError(name, "empty", "is it the right file?")
        return
    any_line = False
    for number, line in chain([first], lines):
        if line is not None and not line.strip():
            continue
        any_line = True
        source = f"{name}:{number}"
        try:
            yield _read_record(line, source)
        except InputError as error:
            yield error
    if not any_line:
        yield InputError(name, "empty", "is it the right file?")


def _read_record(line: bytes | None, source: str) -> Article:
    if line is None:
        raise InputError(source, "a line of over 2 MB, no single article", "split it")
    try:
        record = json.loads(decode(line, source))
    except (ValueError, RecursionError) as error:
        raise InputError(source, f"no JSON: {error}", "one object a line") from None
    if not isinstance(record, dict):
        raise InputError(
            source, f"a JSON {type(record).__name__}, not an object", "one object a line"
        )
    text = record.get("text")
    if not isinstance(text, str) or not any(c.isalnum() for c in text):
        raise InputError(source, "no text in the field 'text'", "it must hold words")
    return replace(read_text(text, source=source, **_fields(record)), raw=line)


def _fields(record: dict[str, Any]) -> dict[str, Any]:
    """The fields that are known, as strings; null and missing are the same."""
    return {name: str(record[name]) for name in FIELDS if record.get(name) is not None}
