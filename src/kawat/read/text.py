"""Make an article of a text."""

import hashlib
import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

import edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from kawat.model import Article, Published
from kawat.read.layout import find_blocks, layout_of

_PLAIN_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")


def read_text(
    text: str, *, id: str = "", title: str = "", published: str | None = None,  # noqa: A002
    publisher: str = "", url: str = "", language: str = "", source: str = "", author: str = "",
    title_line: bool = False,
) -> Article:  # fmt: skip
    """Return the article of a text; without an `id` it gets a hash of its text.

    `published` may be an ISO date or date-time, an RFC 2822 date, or EDTF. With `title_line` the
    first line may be the title (a `.txt` file).

    >>> article = read_text("Rusia menyerang Ukraina.", language="id", published="2022-08-16")
    >>> article.published.edtf, article.published.how
    ('2022-08-16', 'given')
    """
    layout = layout_of(language)
    blocks = find_blocks(text, layout, title_line=title_line and not title)
    if not title:
        title = next((text[b.start : b.end] for b in blocks if b.kind == "title"), "")
    when = read_date(published) if published else Published()
    return Article(
        id=id or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        text=text, title=title, published=when, publisher=publisher, author=author, url=url,
        language=language, blocks=blocks, source=source,
    )  # fmt: skip


def read_date(value: str) -> Published:
    """Return a publication date as EDTF; one that cannot be read is unknown, with the reason.

    >>> read_date("Tue, 16 Aug 2022 10:30:00 +0700").edtf
    '2022-08-16T10:30:00+07:00'
    >>> read_date("soon").how
    'unknown'
    """
    text = value.strip()
    try:
        if _PLAIN_DAY.fullmatch(text):
            date.fromisoformat(text)  # the EDTF grammar takes 19 ms a date
            return Published(text, "given", "given")
        if _ISO_TIME.match(text):
            moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
            return Published(moment.isoformat(timespec="seconds"), "given", "given")
        edtf.parse_edtf(text)
    except (ValueError, EDTFParseException):
        return _read_mail_date(text)
    return Published(text, "given", "given")


def _read_mail_date(text: str) -> Published:
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return Published(None, "unknown", f"the date {text[:40]!r} cannot be read")
    return Published(moment.isoformat(timespec="seconds"), "given", "given")
