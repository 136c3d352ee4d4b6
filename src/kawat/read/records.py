"""A record with the fields of an article: a line of JSON Lines, a row of a table."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from kawat.errors import InputError
from kawat.model import Article
from kawat.read.streams import decode
from kawat.read.text import read_text

FIELDS = ("id", "title", "published", "publisher", "url", "language")
"""What a record may state beside its `text`."""


def read_line(line: bytes | None, source: str) -> Article:
    """Return the article of a line of JSON Lines; None stands for a line that is too long.

    Raises:
        InputError: it is no JSON object with words in `text`.
    """
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
    return replace(read_record(record, source), raw=line)


def read_record(record: Mapping[str, Any], source: str) -> Article:
    """Return the article of a record.

    Raises:
        InputError: it has no words in `text`.
    """
    text = record.get("text")
    if not isinstance(text, str) or not any(c.isalnum() for c in text):
        raise InputError(source, "no text in the field 'text'", "it must hold words")
    return read_text(text, source=source, **_fields(record))


def _fields(record: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that are known, as strings; null and missing are the same."""
    given = {name: record[name] for name in FIELDS if record.get(name) is not None}
    return {n: v.isoformat() if isinstance(v, date) else str(v) for n, v in given.items()}
