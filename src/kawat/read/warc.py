"""WARC, as in Common Crawl's news crawl: every page that a server gave, an article if it is one."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from kawat.errors import InputError, KawatError
from kawat.model import Article
from kawat.read.html import read_html
from kawat.read.streams import MAX_ARTICLE, decode

PAGES = ("text/html", "application/xhtml+xml")


def each_page(
    path: str, first: int, count: int | None, offset: int
) -> Iterator[tuple[str, Callable[[], Article]]]:
    """Yield (source, how to read it) of `count` pages from `offset` on; `first` stand before it.

    Raises:
        InputError: the file cannot be read, or is no WARC.
        KawatError: fastwarc is not installed.
    """
    for number, (_, record) in enumerate(each_record(path, offset), first):
        if count is not None and number >= first + count:
            return
        source = f"{path}:{number + 1}"
        data = record.reader.read(MAX_ARTICLE + 1)
        yield source, partial(_read_page, data, record.headers.get("WARC-Target-URI"), source)


def each_record(path: str, offset: int = 0) -> Iterator[tuple[int, Any]]:
    """Yield (offset in the file, record) of each page that a server gave.

    Raises:
        InputError: the file cannot be read, or is no WARC.
        KawatError: fastwarc is not installed.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415  (an extra)
    except ModuleNotFoundError:
        raise KawatError("WARC needs fastwarc: pip install 'kawat[corpus]'") from None
    try:
        with open(path, "rb") as file:
            if not offset and not file.read(2):
                raise InputError(path, "empty", "is it the right file?")
            file.seek(offset)
            for record in ArchiveIterator(file, record_types=WarcRecordType.response):
                if _is_page(record):
                    yield offset + record.stream_pos, record
    except FileNotFoundError:
        raise InputError(path, "no such file", "check the path") from None
    except OSError as error:
        raise InputError(path, f"no WARC that can be read: {error}", "check the file") from None


def _is_page(record: Any) -> bool:
    head = record.http_headers
    return head is not None and head.status_code == 200 and record.http_content_type in PAGES


def _read_page(data: bytes, url: str | None, source: str) -> Article:
    if len(data) > MAX_ARTICLE:
        raise InputError(source, "a page of over 2 MB, no single article", "it is left out")
    article = read_html(decode(data, source), source=source)
    return replace(article, url=article.url or url or "", raw=data)
