"""The records that the rooms share: frozen, typed, without logic of their own."""

from kawat.model.article import Article, Block, BlockKind, Published
from kawat.model.found import Actor, Mention, Place, TimeMention
from kawat.model.parse import Parse, Sentence, Tree, Word
from kawat.model.report import (
    Event,
    Link,
    Quote,
    Reason,
    Report,
    Statement,
    When,
)

__all__ = [
    "Actor",
    "Article",
    "Block",
    "BlockKind",
    "Event",
    "Link",
    "Mention",
    "Parse",
    "Place",
    "Published",
    "Quote",
    "Reason",
    "Report",
    "Sentence",
    "Statement",
    "TimeMention",
    "Tree",
    "When",
    "Word",
]
