"""Cut a corpus into pieces that can be read apart from one another, on any machine that sees it.

Nothing is parsed here: lines are counted, not read. Pieces come in the order of the input.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kawat.errors import InputError
from kawat.read.columns import count_rows
from kawat.read.paths import LINK_ADVICE, OTHER_KIND, Skipped, walk_folder
from kawat.read.streams import line_lengths, open_input
from kawat.read.units import Unit, Window, each_unit, kind_by_name, kind_of
from kawat.read.warc import each_record

Found = Unit | InputError | Skipped


class Piece(NamedTuple):
    """So many units of one file; or why there are none (`kind` problem or skipped)."""

    path: str
    kind: str
    window: Window = Window(0, 1, 0)
    reason: str = ""
    advice: str = ""


def plan_pieces(paths: Iterable[str], size: int) -> Iterator[Piece]:
    """Yield the pieces of files and folders, each of at most `size` units.

    What cannot be read is a piece as well, which gives the error when it is opened.

    Raises:
        InputError: standard input is no corpus: it cannot be read twice.
        KawatError: what reads a file is not installed.
    """
    for path in paths:
        if path == "-":
            raise InputError("standard input", "cannot be cut into shards", "name files")
        if not os.path.isdir(path):
            yield from _cut(path, size)
            continue
        for found, problem in walk_folder(Path(path)):
            if problem:
                yield Piece(str(found), "problem", reason=problem, advice=LINK_ADVICE)
            elif kind_by_name(str(found)):
                yield from _cut(str(found), size)
            else:
                yield Piece(str(found), "skipped", reason=OTHER_KIND)


def open_piece(piece: Piece) -> Iterator[Found]:
    """Yield what a piece holds."""
    if piece.kind == "problem":
        yield InputError(piece.path, piece.reason, piece.advice)
    elif piece.kind == "skipped":
        yield Skipped(piece.path, piece.reason)
    else:
        yield from each_unit(piece.path, piece.window, piece.kind)


def _cut(path: str, size: int) -> Iterator[Piece]:
    """The pieces of one file."""
    try:
        kind = kind_of(path)
        if kind == "jsonl":
            yield from _cut_at(path, kind, size, _line_ends(path))
        elif kind == "warc":
            yield from _cut_at(path, kind, size, (at for at, _ in each_record(path)))
        elif kind == "parquet":
            rows = count_rows(path)
            for first in range(0, rows, size):
                yield Piece(path, kind, Window(first, min(size, rows - first), 0))
        else:
            yield Piece(path, kind)
    except InputError as error:
        yield Piece(path, "problem", reason=error.reason, advice=error.advice)


def _line_ends(path: str) -> Iterator[int]:
    """Where each line begins. An empty file has one: whoever reads it says that it is empty."""
    at = 0
    with open_input(path) as file:
        for length in line_lengths(file, path):
            yield at
            at += length
    if not at:
        yield 0


def _cut_at(path: str, kind: str, size: int, starts: Iterator[int]) -> Iterator[Piece]:
    """Pieces of `size` units. One that the file breaks off in is whole but for what it lacks."""
    first = count = offset = 0
    problem: InputError | None = None
    try:
        for start in starts:
            if count == size:
                yield Piece(path, kind, Window(first, count, offset))
                first, count = first + count, 0
            if not count:
                offset = start
            count += 1
    except InputError as error:
        problem = error
    if count:
        yield Piece(path, kind, Window(first, count, offset))
    if problem:
        raise problem
