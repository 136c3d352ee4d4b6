"""Make an article of a text."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from kawat.model import Article, Block, Published
from kawat.read.blocks import find_blocks
from kawat.read.layout import Layout, layout_of

_HALF = re.compile("[\ud800-\udfff]")
"""Half a character (`"\\ud83d"` alone in JSON), which cannot be written again."""
_PLAIN_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")


def read_text(
    text: str, *, id: str = "", title: str = "", published: str | None = None,  # noqa: A002
    publisher: str = "", url: str = "", language: str = "", source: str = "", author: str = "",
    title_line: bool = False,
) -> Article:  # fmt: skip
    """Return the article of a text; without an `id` it gets a hash of its text.

    `published` may be an ISO date or date-time, an RFC 2822 date, or EDTF. With `title_line` the
    first line may be the title (a `.txt` file). Date, author and publisher that are not given are
    taken from the text's own date line, byline and dateline. Half a character becomes U+FFFD.

    >>> article = read_text("Rusia menyerang Ukraina.", language="id", published="2022-08-16")
    >>> article.published.edtf, article.published.how
    ('2022-08-16', 'given')
    """
    layout = layout_of(language)
    text, id, title, publisher, url, author = (  # noqa: A001
        _HALF.sub("\ufffd", field) for field in (text, id, title, publisher, url, author)
    )
    blocks = find_blocks(text, layout, title_line=title_line and not title)
    if not title:
        title = next((text[b.start : b.end] for b in blocks if b.kind == "title"), "")
    stated = dict(_read_head(text, blocks, layout))
    when = read_date(published) if published else _read_date_line(stated, layout)
    return Article(
        id=id or hashlib.sha256(text.encode()).hexdigest()[:16],
        text=text, title=title, published=when,
        publisher=publisher or stated.get("outlet", ""),
        author=author or stated.get("author", ""), url=url, language=language,
        blocks=blocks, source=source,
    )  # fmt: skip


def _read_head(text: str, blocks: tuple[Block, ...], layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield what bylines, date lines and datelines state, the first of each kind last."""
    for block in reversed(blocks):
        line = text[block.start : block.end]
        found = None
        if block.kind == "byline":
            found = layout.match_line(line)
        elif block.kind == "dateline":
            found = layout.match_dateline(line + " x", weak=True)
        if found:
            for name, value in found[1].groupdict().items():
                if value:
                    yield name.rstrip("23"), value.strip()


def _read_date_line(stated: dict[str, str], layout: Layout) -> Published:
    """Return the date that a line of its own states ("Kamis, 13/11/2025 14:30 WIB")."""
    if not {"day", "month", "year"} <= stated.keys():
        return Published()
    month = layout.months.get(stated["month"].lower()) or stated["month"]
    day = f"{stated['year']}-{int(month):02}-{int(stated['day']):02}"
    if "hour" in stated:
        zone = layout.zones.get(stated.get("zone", "").lower(), "")
        hour = int(stated["hour"])
        if (half := stated.get("half", "").lower()) in layout.halves:
            hour = hour % 12 + layout.halves[half]
        day += f"T{hour:02}:{stated['minute']}{zone}"
    return replace(read_date(day), reason="the date line of the text")


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
    except ValueError:
        return _read_mail_date(text)
    return Published(text, "given", "given") if _is_edtf(text) else _read_mail_date(text)


def _is_edtf(text: str) -> bool:
    import edtf  # noqa: PLC0415  (slow to load, and most dates are plain)
    from edtf.parser.edtf_exceptions import EDTFParseException  # noqa: PLC0415

    try:
        edtf.parse_edtf(text)
    except (ValueError, EDTFParseException):
        return False
    return True


def _read_mail_date(text: str) -> Published:
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return Published(None, "unknown", f"the date {text[:40]!r} cannot be read")
    return Published(moment.isoformat(timespec="seconds"), "given", "given")
