"""What a file holds, article by article, before any of it is parsed.

A unit is cheap to pass over: a run that goes on behind the first thousand articles of a file, or
leaves one out that would break it, reads none of them.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple

from kawat.errors import InputError
from kawat.model import Article
from kawat.read.columns import each_row
from kawat.read.html import read_html
from kawat.read.records import read_line
from kawat.read.streams import decode, open_input, read_bounded, read_lines, skip_bytes
from kawat.read.text import read_text
from kawat.read.warc import each_page

KINDS = {
    ".txt": "text", ".md": "text", ".html": "html", ".htm": "html", ".jsonl": "jsonl",
    ".ndjson": "jsonl", ".parquet": "parquet", ".warc": "warc",
}  # fmt: skip
PACKED = (".gz", ".zst")


class Unit(NamedTuple):
    """One article that was not read yet. `read` raises InputError where it is none."""

    source: str
    """The file, with the line, row or record (from 1) where it holds many."""
    read: Callable[[], Article]


class Window(NamedTuple):
    """Part of a file: behind `offset` bytes (unpacked, but of a WARC), which hold `first` units."""

    first: int = 0
    size: int | None = None
    offset: int = 0


def kind_by_name(path: str) -> str:
    """Return the kind of a file by its ending, "" for one that is not read."""
    for packing in PACKED:
        path = path.removesuffix(packing)
    return KINDS.get(Path(path).suffix.lower(), "")


def kind_of(path: str) -> str:
    """Return the kind of a file by its ending, else by its first bytes.

    Raises:
        InputError: it cannot be read.
    """
    if kind := kind_by_name(path):
        return kind
    with open_input(path) as file:
        return _sniff(file)


def each_unit(path: str, window: Window, kind: str = "") -> Iterator[Unit | InputError]:
    """Yield what a file, part of it, or `-` holds; an error in the place of what it is about.

    A blank line holds nothing, but counts.
    """
    name = "standard input" if path == "-" else path
    kind = kind or kind_by_name(path)
    try:
        if kind == "parquet":
            yield from (Unit(*found) for found in each_row(path, window.first, window.size))
        elif kind == "warc":
            yield from (Unit(*found) for found in each_page(path, *window))
        else:
            with open_input(path) as file:
                if (kind or _sniff(file)) == "jsonl":
                    yield from _each_line(file, name, window)
                else:
                    data = read_bounded(file, name)
                    yield Unit(name, partial(_read_file, data, name, kind))
    except InputError as error:
        yield error


def _sniff(file: BinaryIO) -> str:
    """The kind of a stream by its first bytes."""
    head = file.peek(512)[:512].lstrip(b"\xef\xbb\xbf \t\r\n")  # type: ignore[attr-defined]
    if head.startswith(b"{"):
        return "jsonl"
    return "html" if head[:1] == b"<" else "text"


def _read_file(data: bytes, name: str, kind: str) -> Article:
    text = decode(data, name)
    if (kind or _kind_of_text(text)) == "html":
        return replace(read_html(text, source=name), raw=data)
    if any(c.isalnum() for c in text):
        return replace(read_text(text, source=name, title_line=True), raw=data)
    raise InputError(name, "holds no words", "is it the right file?")


def _kind_of_text(text: str) -> str:
    return "html" if text.lstrip("\ufeff \t\r\n")[:1] == "<" else "text"


def _each_line(file: BinaryIO, name: str, window: Window) -> Iterator[Unit | InputError]:
    """The lines of a window; a file without any is told of by whoever reads it from the start."""
    if window.offset:
        skip_bytes(file, window.offset)
    elif b"\0" in file.peek(512)[:512]:  # type: ignore[attr-defined]
        raise InputError(name, "binary or UTF-16, not UTF-8 lines", "convert it to UTF-8")
    any_line = False
    for number, line in read_lines(file, name):
        if window.size is not None and number > window.size:
            return
        if line is not None and not line.strip():
            continue
        any_line = True
        source = f"{name}:{window.first + number}"
        yield Unit(source, partial(read_line, line, source))
    if not any_line and not window.first:
        raise InputError(name, "empty", "is it the right file?")
