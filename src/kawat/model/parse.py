"""Sentences, words and, where they were needed, trees."""

from dataclasses import dataclass
from typing import NamedTuple


class Word(NamedTuple):
    """A syntactic word; a clitic (`-nya`) is a word of its own. Offsets are into the article."""

    text: str
    lower: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tree:
    """A Universal Dependencies tree in columns, one entry a word of the sentence.

    `head[i]` is the index of the head in the same sentence, -1 for the root.
    """

    upos: tuple[str, ...]
    lemma: tuple[str, ...]
    head: tuple[int, ...]
    deprel: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a body block. `quoted` tells whether it starts inside an open quotation."""

    index: int
    start: int
    end: int
    words: tuple[Word, ...]
    paragraph: int
    quoted: bool = False
    tree: Tree | None = None


@dataclass(frozen=True, slots=True)
class Parse:
    """The body of an article as sentences, in text order."""

    language: str
    sentences: tuple[Sentence, ...]
