"""One article as it was read: the text untouched, and blocks that say what is body."""

from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal[
    "body",
    "title",
    "subtitle",
    "byline",
    "dateline",
    "heading",
    "caption",
    "related",
    "credit",
    "embed",
]
"""What a stretch of the text is. Only `body` blocks can hold events."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch `text[start:end]` of one kind. `paragraph` counts lines of the text from 0."""

    kind: BlockKind
    start: int
    end: int
    paragraph: int
    rule: str = ""
    """Name of the layout rule (a row of boilerplate.toml) that set the kind; empty for body."""


@dataclass(frozen=True, slots=True)
class Published:
    """When the article appeared. `edtf` is an EDTF date, date-time or interval, or None."""

    edtf: str | None = None
    how: Literal["given", "markup", "inferred", "unknown"] = "unknown"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One article. All spans of all records are character offsets into `text`."""

    id: str
    text: str
    title: str = ""
    published: Published = Published()
    publisher: str = ""
    author: str = ""
    url: str = ""
    language: str = ""
    blocks: tuple[Block, ...] = ()
    source: str = ""
    """The file (and line) that the article was read from, for messages."""
    raw: bytes = field(default=b"", repr=False, compare=False)
    """The input as it came (the file, or the line of JSON Lines); a store keeps it."""
