"""Bounded streams: nothing is read whole that could be large, and nothing is unpacked unbounded."""

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import BinaryIO, cast

from kawat.errors import InputError

MAX_ARTICLE = 2_000_000
"""Bytes of one article (a file, or one line of JSON Lines): a book has fewer."""
MAX_LINE = 500_000_000
"""Bytes of a line that are passed over: a packed file of some kilobytes may hold more."""
CHUNK = 1 << 16
BROKEN_SHARE = 0.01
"""Share of replaced characters from which a text counts as broken."""


@contextmanager
def open_input(path: str) -> Iterator[BinaryIO]:
    """Open a file or `-`; `.gz` is unpacked as it is read.

    Raises:
        InputError: the file is missing, may not be read, or its packing is broken.
    """
    with _open_raw(path) as raw:
        try:
            yield io.BufferedReader(cast("io.RawIOBase", raw))
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise InputError(path, f"broken gzip: {error}", "pack it again") from None


def _open_raw(path: str) -> AbstractContextManager[BinaryIO]:
    """The bytes of a path; an error of whoever reads them later is not taken for one of the path's.

    Raises:
        InputError: the file is missing or may not be read.
    """
    try:
        if path == "-":
            return nullcontext(sys.stdin.buffer)
        return cast("BinaryIO", gzip.open(path, "rb")) if path.endswith(".gz") else open(path, "rb")
    except FileNotFoundError:
        raise InputError(path, "no such file", "check the path") from None
    except OSError as error:
        raise InputError(path, error.strerror or "cannot be read", "check the path") from None


def read_bounded(file: BinaryIO, source: str) -> bytes:
    """Return all bytes of a one-article file.

    Raises:
        InputError: there are more than `MAX_ARTICLE`.
    """
    data = file.read(MAX_ARTICLE + 1)
    if len(data) > MAX_ARTICLE:
        raise InputError(
            source, f"larger than {MAX_ARTICLE // 1_000_000} MB, no single article",
            "split it, or use JSON Lines",
        )  # fmt: skip
    return data


def read_lines(file: BinaryIO, source: str) -> Iterator[tuple[int, bytes | None]]:
    """Yield (line number from 1, line); None for a line that is too long, which is passed over.

    Raises:
        InputError: a line has no end within `MAX_LINE`.
    """
    number = 0
    while line := file.readline(MAX_ARTICLE + 1):
        number += 1
        if len(line) <= MAX_ARTICLE:
            yield number, line
            continue
        size = len(line)
        while line and not line.endswith(b"\n"):
            line = file.readline(CHUNK)
            size += len(line)
            if size > MAX_LINE:
                raise InputError(f"{source}:{number}", "a line without end", "the rest is not read")
        yield number, None


def decode(data: bytes, source: str) -> str:
    """Return the text of `data`: UTF-8, UTF-16 with a byte order mark, else Windows-1252.

    Raises:
        InputError: it is empty, binary, or mostly broken UTF-8.
    """
    if not data.strip():
        raise InputError(source, "empty", "is it the right file?")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").removeprefix("\ufeff")
    if b"\0" in data[:8192]:
        raise InputError(source, "a binary file, not text", "give .txt, .html or .jsonl")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decode_broken(data, source)


def _decode_broken(data: bytes, source: str) -> str:
    """Text that is not UTF-8: mostly valid UTF-8 keeps its form, else it is Windows-1252."""
    text = data.decode("utf-8-sig", "replace")
    broken = text.count("\ufffd")
    multibyte = sum(1 for c in text if c > "\x7f" and c != "\ufffd")
    if multibyte >= broken and broken <= max(1, BROKEN_SHARE * len(text)):
        return text
    latin = data.decode("cp1252", "replace")
    odd = sum(1 for c in latin if c == "\ufffd" or (c < " " and c not in "\t\r\n\f"))
    letters = sum(c.isalpha() or c.isspace() for c in latin)
    if odd > BROKEN_SHARE * len(latin) or letters < len(latin) / 2:
        raise InputError(source, "neither UTF-8 nor Windows-1252 text", "convert it to UTF-8")
    return latin
