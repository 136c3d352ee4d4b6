"""Small texts as articles, words and mentions, with no help from the other rooms."""

import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

import pytest

from kawat.model import Actor, Article, Block, Mention, Parse, Sentence, Word

Scene = tuple[Article, Parse, tuple[Mention, ...]]
WORD = re.compile(r"\d[\d./:,]*\d|\w+(?:[-'’]\w+)*|[^\w\s]")
CLITIC = re.compile(r"(?:['’]s|n['’]t)$")
BREAK = re.compile(r"(?<=[.!?])[\"”]?\s+(?=[\"“A-Z])")


def _stem(word: str, language: str) -> int:
    """How many letters of a word stand before its clitic."""
    if language == "en":
        clitic = CLITIC.search(word)
        return clitic.start() if clitic else len(word)
    return len(word) - 3 if word.lower().endswith("nya") and len(word) > 6 else len(word)


def _words(text: str, start: int, end: int, language: str) -> tuple[Word, ...]:
    words = []
    for match in WORD.finditer(text, start, end):
        word, at = match[0], match.start()
        cut = _stem(word, language)
        for part, offset in ((word[:cut], at), (word[cut:], at + cut)):
            if part:
                words.append(Word(part, part.lower(), offset, offset + len(part)))
    return tuple(words)


def _sentences(text: str, blocks: tuple[Block, ...], language: str) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    for block in blocks:
        if block.kind != "body":
            continue
        line = text[block.start : block.end]
        cuts = [0, *(m.end() for m in BREAK.finditer(line)), len(line)]
        for start, end in pairwise(cuts):
            first, last = block.start + start, block.start + len(line[:end].rstrip())
            words = _words(text, first, last, language)
            found.append(Sentence(len(found), first, last, words, block.paragraph))
    return tuple(found)


def _blocks(text: str) -> tuple[Block, ...]:
    found, start = [], 0
    for number, line in enumerate(text.split("\n")):
        if line.strip():
            credit = line.startswith(("Sumber:", "Source:"))
            kind: Any = "credit" if credit else "body"
            found.append(Block(kind, start, start + len(line), number))
        start += len(line) + 1
    return tuple(found)


def _mention(sentence: Sentence, first: int, last: int, text: str, value: str) -> Mention:
    kind, entity, *sectors = value.split(":")
    span = sentence.words[first].start, sentence.words[last].end
    person = text if kind == "leader" else ""
    actor = Actor(entity, entity, text, tuple(sectors), text, span, person)
    mention_kind: Any = kind
    return Mention(
        sentence.index, first, last, last, mention_kind, (actor,), text, span, "case", person
    )


def _mentions(sentences: tuple[Sentence, ...], names: Mapping[str, str]) -> tuple[Mention, ...]:
    wanted = sorted(((n.split(), n, v) for n, v in names.items()), key=lambda w: -len(w[0]))
    found = []
    for sentence in sentences:
        words, at = [w.text for w in sentence.words], 0
        while at < len(words):
            for parts, name, value in wanted:
                if words[at : at + len(parts)] == parts:
                    found.append(_mention(sentence, at, at + len(parts) - 1, name, value))
                    at += len(parts) - 1
                    break
            at += 1
    return tuple(found)


@pytest.fixture(scope="session")
def set_case() -> Callable[[str, Mapping[str, str]], Scene]:
    """Return a function from a text and its names to article, parse and mentions."""

    def build(
        text: str, names: Mapping[str, str], publisher: str = "", language: str = "id"
    ) -> Scene:
        blocks = _blocks(text)
        article = Article("case", text, publisher=publisher, language=language, blocks=blocks)
        sentences = _sentences(text, blocks, language)
        return article, Parse(language, sentences), _mentions(sentences, names)

    return build
