"""Split the body of an article into sentences by rule.

A rule splitter ties with the parser on the treebanks, costs next to nothing, and stands up to the
dates, sums and quotations of news. Long lines are cut hard, so that time and memory stay bounded.
"""

import re
from collections.abc import Iterator
from functools import cache

from kawat.lang import Pack
from kawat.model import Article, Parse, Sentence
from kawat.parse.words import split_words

MAX_WORDS = 400
"""Words of a sentence; a longer one is cut."""
_END = re.compile(r"(?:[.!?…]+)[\"”’')\]]*(?=\s|$)")
_OPENERS, _CLOSERS = "“«", "”»"


@cache
def _abbreviations(pack: Pack) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(pack.tokens["abbreviations"]), frozenset(pack.tokens["may_end"])


def split(article: Article, pack: Pack) -> Parse:
    """Return the sentences and words of the body blocks, without trees."""
    sentences: list[Sentence] = []
    for block in article.blocks:
        if block.kind != "body":
            continue
        quoted = False
        for start, end in _spans(article.text, block.start, block.end, pack):
            words = split_words(article.text, start, end, pack)
            for i in range(0, len(words), MAX_WORDS):
                part = words[i : i + MAX_WORDS]
                sentences.append(
                    Sentence(
                        index=len(sentences),
                        start=part[0].start,
                        end=part[-1].end,
                        words=part,
                        paragraph=block.paragraph,
                        quoted=quoted,
                    )
                )
            quoted = _open_after(article.text, start, end, quoted)
    return Parse(pack.language, tuple(sentences))


def _spans(text: str, start: int, end: int, pack: Pack) -> Iterator[tuple[int, int]]:
    """The sentences of one line of text, white space at their ends left out."""
    at = start
    for match in _END.finditer(text, start, end):
        if match.end() >= end or not _ends_here(text, match, at, end, pack):
            continue
        yield from _trimmed(text, at, match.end())
        at = match.end()
    yield from _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _ends_here(text: str, match: re.Match[str], start: int, end: int, pack: Pack) -> bool:
    """Whether a point ends a sentence: what follows starts a new one, what precedes allows it."""
    following = text[match.end() : min(end, match.end() + 40)].lstrip()
    if not following:
        return False
    first = following[0]
    if first.islower() or first in ",;:)–—-":
        return False
    if match[0] == ".":
        before = _word_before(text, start, match.start())
        return _may_end_after(before, following, pack)
    return True


def _word_before(text: str, start: int, stop: int) -> str:
    at = stop
    while at > start and not text[at - 1].isspace() and text[at - 1] not in "(\"“":
        at -= 1
    return text[at:stop]


def _may_end_after(before: str, following: str, pack: Pack) -> bool:
    abbreviations, may_end = _abbreviations(pack)
    lower = before.lower()
    if lower in may_end:
        return following[0].isupper()
    if lower in abbreviations:
        return False
    is_initial = len(before) == 1 and before.isupper()
    return not is_initial


def _open_after(text: str, start: int, end: int, quoted: bool) -> bool:
    """Whether a quotation is open behind the sentence."""
    for char in text[start:end]:
        if char == '"':
            quoted = not quoted
        elif char in _OPENERS:
            quoted = True
        elif char in _CLOSERS:
            quoted = False
    return quoted
