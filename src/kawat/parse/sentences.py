"""Split the body of an article into sentences by rule.

A rule splitter ties with the parser on the treebanks, costs next to nothing, and stands up to the
dates, sums and quotations of news. Long lines are cut hard, so that time and memory stay bounded.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache

from kawat.lang import Pack
from kawat.model import Article, Block, Parse, Sentence
from kawat.parse.words import split_words

MAX_WORDS = 400
"""Words of a sentence; a longer one is cut."""
_CLOSERS = "\"”»’')\\]"
# the second way out is for a missing space: "damai.Rusia"
_END = re.compile(
    rf"(?<![.!?…])[.!?…]+(?:[{_CLOSERS}]*(?=\s)|(?<=[a-z][a-z][.!?])(?=[A-Z][a-z]))"
    r"|\n\s*\n"
)
_QUOTE = re.compile('["“”«»]')
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_a-z]")
_CLAUSE = re.compile(r"[^,.;:!?\"“”]*")
_CREDIT_WORDS = 6
_LIST_NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-z])$")
_LOOK_AHEAD = 60
_LOOK_BACK = 40


@dataclass(frozen=True, eq=False)
class _Points:
    """What a point may mean in a language: the lists of tokens.toml, explained there."""

    abbreviations: frozenset[str]
    may_end: frozenset[str]
    before_number: frozenset[str]
    openers: frozenset[str]
    after_quote: frozenset[str]
    domains: frozenset[str]


@cache
def _points(pack: Pack) -> _Points:
    return _Points(**{f.name: frozenset(pack.tokens[f.name]) for f in fields(_Points)})


def split(article: Article, pack: Pack) -> Parse:
    """Return the sentences and words of the body blocks, without trees.

    A sentence is `quoted` when it starts inside a quotation that an earlier sentence of the same
    block opened. A sentence of more than `MAX_WORDS` words is cut after every `MAX_WORDS`.
    """
    sentences: list[Sentence] = []
    for block in article.blocks:
        if block.kind == "body":
            sentences.extend(_split_block(article.text, block, len(sentences), pack))
    return Parse(pack.language, tuple(sentences))


def _split_block(text: str, block: Block, first: int, pack: Pack) -> Iterator[Sentence]:
    quoted, index = False, first
    for start, end in _spans(text, block.start, block.end, pack):
        words = split_words(text, start, end, pack)
        for i in range(0, len(words), MAX_WORDS):
            part = words[i : i + MAX_WORDS]
            yield Sentence(index, part[0].start, part[-1].end, part, block.paragraph, quoted)
            index += 1
        quoted = _open_after(text, start, end, quoted)


def _spans(text: str, start: int, end: int, pack: Pack) -> Iterator[tuple[int, int]]:
    """The sentences of one block, white space at their ends left out."""
    at = _skip_space(text, start, end)
    for match in _END.finditer(text, start, end):
        if match.end() >= end or not _ends_here(text, match, at, end, pack):
            continue
        yield from _trimmed(text, at, match.end())
        at = _skip_space(text, match.end(), end)
    yield from _trimmed(text, at, end)


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _ends_here(text: str, match: re.Match[str], start: int, end: int, pack: Pack) -> bool:
    """Whether a mark ends a sentence: what follows starts a new one, what precedes allows it."""
    mark = match[0]
    if mark.isspace():
        return True
    following = text[match.end() : min(end, match.end() + _LOOK_AHEAD)].lstrip()
    if not following or _goes_on(following):
        return False
    if mark == ".":
        return _may_end_after(text, start, match.start(), following, _points(pack))
    if mark[0] in "?!" and mark[-1] in _CLOSERS:
        return not _is_credited(following, _points(pack))
    # "kredit … Meskipun": words are left out there, the sentence is not over
    return mark not in {"...", "…"} or not text[match.start() - 1 : match.start()].isspace()


def _goes_on(following: str) -> bool:
    """Whether the sentence goes on: lower case, a mark of its middle, or a quotation mark alone."""
    first = following[0]
    if first in '"”' and following[1:2] in {" ", ","}:
        return True
    return first.islower() or first in ",;:)–—-"


def _is_credited(following: str, points: _Points) -> bool:
    """Whether a clause begins that says whose the question or cry before it is."""
    words = _CLAUSE.match(following)[0].split()[:_CREDIT_WORDS]  # type: ignore[index]
    return any(word in points.after_quote for word in words)


def _may_end_after(text: str, start: int, point: int, following: str, points: _Points) -> bool:
    before = _word_before(text, start, point)
    lower = before.lower()
    if not text[point + 1].isspace() and re.split(r"\W", following)[0].lower() in points.domains:
        return False
    if lower in points.may_end:
        return _opens(following, points)
    if lower in points.abbreviations or (lower in points.before_number and following[0].isdigit()):
        return False
    if _INITIALS.fullmatch(before):
        return bool(points.openers) and _opens(following, points)
    # "1. Rusia": the number of a list, at the beginning
    return not (start + len(before) == point and _LIST_NUMBER.match(before))


def _opens(following: str, points: _Points) -> bool:
    """Whether the next word can begin a sentence after an abbreviation."""
    word = re.split(r"[^\w’']", following.lstrip('"“‘'), maxsplit=1)[0]
    return word[:1].isupper() and (not points.openers or word.lower() in points.openers)


def _word_before(text: str, start: int, stop: int) -> str:
    at, least = stop, max(start, stop - _LOOK_BACK)
    while at > least and not text[at - 1].isspace() and text[at - 1] not in '("“‘/':
        at -= 1
    return text[at:stop]


def _open_after(text: str, start: int, end: int, quoted: bool) -> bool:
    """Whether a quotation is open behind the sentence."""
    for match in _QUOTE.finditer(text, start, end):
        quoted = not quoted if match[0] == '"' else match[0] in "“«"
    return quoted
