"""Bounded streams: nothing is read whole that could be large, and nothing is unpacked unbounded."""

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, BinaryIO, cast

from kawat.errors import InputError, KawatError

MAX_ARTICLE = 2_000_000
"""Bytes of one article (a file, or one line of JSON Lines): a book has fewer."""
MAX_LINE = 500_000_000
"""Bytes of a line that are passed over: a packed file of some kilobytes may hold more."""
CHUNK = 1 << 16
BROKEN_SHARE = 0.01
"""Share of replaced characters from which a text counts as broken."""


@contextmanager
def open_input(path: str) -> Iterator[BinaryIO]:
    """Open a file or `-`; `.gz` and `.zst` are unpacked as they are read.

    Raises:
        InputError: the file is missing, may not be read, or its packing is broken.
    """
    with _open_raw(path) as raw:
        try:
            yield io.BufferedReader(cast("io.RawIOBase", raw))
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise InputError(path, f"broken gzip: {error}", "pack it again") from None
        except _ZstdError as error:
            raise InputError(path, f"broken zstd: {error}", "pack it again") from None


def _open_raw(path: str) -> AbstractContextManager[BinaryIO]:
    """The bytes of a path; an error of whoever reads them later is not taken for one of the path's.

    Raises:
        InputError: the file is missing or may not be read.
    """
    try:
        if path == "-":
            return nullcontext(sys.stdin.buffer)
        if path.endswith(".zst"):
            return cast("BinaryIO", _ZstdFile(path))
        return cast("BinaryIO", gzip.open(path, "rb")) if path.endswith(".gz") else open(path, "rb")
    except FileNotFoundError:
        raise InputError(path, "no such file", "check the path") from None
    except OSError as error:
        raise InputError(path, error.strerror or "cannot be read", "check the path") from None


class _ZstdError(Exception):
    """The packing is broken or cut short."""


class _ZstdFile(io.RawIOBase):
    """A zstd file unpacked by Arrow, which notices one that was cut short."""

    def __init__(self, path: str) -> None:
        pyarrow = load_arrow("zstd")
        open(path, "rb").close()  # Arrow's message names the file in its own way
        self._stream = pyarrow.input_stream(path, compression="zstd")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._stream.read(len(buffer))
        except OSError as error:
            raise _ZstdError(error) from None
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def load_arrow(what: str) -> Any:
    """Return pyarrow, which reads `what`.

    Raises:
        KawatError: it is not installed (the extra `arrow`).
    """
    try:
        import pyarrow  # noqa: PLC0415  (an extra, and slow to load)
    except ModuleNotFoundError:
        raise KawatError(f"{what} needs pyarrow: pip install 'kawat[arrow]'") from None
    return pyarrow


def skip_bytes(file: BinaryIO, number: int) -> None:
    """Read over the first bytes of a stream that may be packed."""
    while number > 0 and (chunk := file.read(min(number, CHUNK))):
        number -= len(chunk)


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
    for number, (line, _) in enumerate(_lines(file, source), 1):
        yield number, line


def line_lengths(file: BinaryIO, source: str) -> Iterator[int]:
    """Yield the length of each line in bytes.

    Raises:
        InputError: a line has no end within `MAX_LINE`.
    """
    for _, length in _lines(file, source):
        yield length


def _lines(file: BinaryIO, source: str) -> Iterator[tuple[bytes | None, int]]:
    number = 0
    while line := file.readline(MAX_ARTICLE + 1):
        number += 1
        size = len(line)
        if size <= MAX_ARTICLE:
            yield line, size
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(CHUNK)
            size += len(line)
            if size > MAX_LINE:
                raise InputError(f"{source}:{number}", "a line without end", "the rest is not read")
        yield None, size


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
