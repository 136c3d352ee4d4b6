"""The records that the rooms share: frozen, typed, without logic of their own."""

from kawat.model.article import Article, Block, BlockKind, Published
from kawat.model.foreign import ForeignEvent
from kawat.model.found import Actor, Mention, Place, TimeMention
from kawat.model.judgement import Flag, Judgement, JudgementKind, Origin, Origins, Trail, Verdict
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
from kawat.model.telling import Party, Spot, Telling

__all__ = [
    "Actor",
    "Article",
    "Block",
    "BlockKind",
    "Event",
    "Flag",
    "ForeignEvent",
    "Judgement",
    "JudgementKind",
    "Link",
    "Mention",
    "Origin",
    "Origins",
    "Parse",
    "Party",
    "Place",
    "Published",
    "Quote",
    "Reason",
    "Report",
    "Sentence",
    "Spot",
    "Statement",
    "Telling",
    "TimeMention",
    "Trail",
    "Tree",
    "Verdict",
    "When",
    "Word",
]
