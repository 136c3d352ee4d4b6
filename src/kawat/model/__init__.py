"""The records that the rooms share: frozen, typed, without logic of their own."""

from kawat.model.article import Article, Block, BlockKind, Published
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

__all__ = [
    "Actor",
    "Article",
    "Block",
    "BlockKind",
    "Event",
    "Flag",
    "Judgement",
    "JudgementKind",
    "Link",
    "Mention",
    "Origin",
    "Origins",
    "Parse",
    "Place",
    "Published",
    "Quote",
    "Reason",
    "Report",
    "Sentence",
    "Statement",
    "TimeMention",
    "Trail",
    "Tree",
    "Verdict",
    "When",
    "Word",
]
