"""Tell the body of an article from title, byline, captions, related lists and credits.

A line of the text is a paragraph. Lines get a kind first, then body lines are cut further.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from kawat.model import Block
from kawat.read.headline import end_of_headline
from kawat.read.layout import Layout, Rule

MAX_TITLE_WORDS = 40
MAX_HEADING_WORDS = 12
MAX_NUMBERED_WORDS = 25
"""A heading with a number ("4. ...") may be a whole headline."""
MAX_NAME_WORDS = 6
MAX_SUBTITLE_WORDS = 60
HEAD_LINES = 4
"""Body lines among which a dateline is looked for."""
RESUMING = 2
"""So many full sentences in a row after "Artikel Terkait" are the article going on."""
SUBTITLE_OVERLAP = 0.6
"""Share of the word pairs of a subtitle that one paragraph repeats."""
_TERMINAL = re.compile(r"[.!?…:;,][\"”’')\]]*\\?$")
_SENTENCE = re.compile(r"[.!?…][\"”’')\]]*\\?$")
_INNER_STOP = re.compile(r"[^\W\d_]{3}[.…][\"”’')\]]*\s+[\"“‘'(]?[A-Z]")
"""A sentence that ends before the line does."""
_QUESTION = re.compile(r"[^\"“”?]+\?")
_NUMBERED = re.compile(r"\d{1,3}[.)]\s")
_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Line:
    """A line that holds something, with its kind as far as it is known."""

    number: int
    start: int
    text: str
    block: Block
    rule: Rule | None = None
    lead: int = 0
    """Length of the words before a headline (`Baca juga: `)."""

    @property
    def is_body(self) -> bool:
        """Whether no rule has taken the line yet."""
        return self.block.kind == "body"

    @property
    def words(self) -> int:
        """Number of words between spaces."""
        return len(self.text.split())

    def mark(self, block: Block, rule: str) -> None:
        """Give the line the kind of `block`."""
        self.block = replace(self.block, kind=block.kind, rule=rule)


_TITLE, _SUBTITLE, _BYLINE, _HEADING, _RELATED = (
    Block("title", 0, 0, 0), Block("subtitle", 0, 0, 0), Block("byline", 0, 0, 0),
    Block("heading", 0, 0, 0), Block("related", 0, 0, 0),
)  # fmt: skip


def find_blocks(text: str, layout: Layout, *, title_line: bool) -> tuple[Block, ...]:
    """Return the blocks of `text`, in order. With `title_line` the first line may be the title.

    >>> from kawat.read.layout import layout_of
    >>> blocks = find_blocks("Baca Juga: Ini\\nRusia menyerang.", layout_of("id"), title_line=False)
    >>> [b.kind for b in blocks]
    ['related', 'body']
    """
    lines = list(_lines(text))
    _apply_rules(lines, layout)
    _free_last(lines, layout)
    if title_line:
        _mark_title(lines)
    _mark_bylines(lines)
    first = _mark_subtitles(lines, layout)
    _mark_headings(lines)
    blocks: list[Block] = []
    for line in lines:
        blocks.extend(_cut(text, line, layout, may_open=line.number == first))
    _cut_tail(text, blocks, layout)
    return tuple(blocks)


def _lines(text: str) -> Iterator[Line]:
    start = 0
    for number, raw in enumerate(text.splitlines(keepends=True)):
        if stripped := raw.strip():
            at = start + len(raw) - len(raw.lstrip())
            yield Line(number, at, stripped, Block("body", at, at + len(stripped), number))
        start += len(raw)


def _apply_rules(lines: list[Line], layout: Layout) -> None:
    rest = ""
    for i, line in enumerate(lines):
        if found := layout.match_line(line.text):
            line.rule, match = found
            line.block = replace(line.block, kind=line.rule.kind, rule=line.rule.name)
            line.lead = match.end("lead") if line.rule.headline else 0
            if line.rule.rest and i > 1:
                rest = line.rule.name
        elif rest:
            if all(_is_sentence(other) for other in lines[i : i + RESUMING]) and i + 1 < len(lines):
                rest = ""
            else:
                line.mark(_RELATED, rest)


def _free_last(lines: list[Line], layout: Layout) -> None:
    """Full sentences with a credit behind them ("(Reuters/abc)") close the text: no caption."""
    kinds = ("body", "caption")
    last = next((line for line in reversed(lines[2:]) if line.block.kind in kinds), None)
    if last is None or last.block.kind == "body":
        return
    for rule in layout.tails:
        match = rule.pattern.search(last.text)
        if match and _SENTENCE.search(last.text[: match.start()].rstrip()):
            last.block, last.rule = replace(last.block, kind="body", rule=""), None
            return


def _is_sentence(line: Line) -> bool:
    return line.words >= 8 and bool(_SENTENCE.search(line.text))


def _mark_title(lines: list[Line]) -> None:
    """The first line is the title when it reads like one and is not all there is."""
    at = next((i for i, line in enumerate(lines[:3]) if line.block.kind != "byline"), 0)
    if at + 1 >= len(lines) or not lines[at].is_body or lines[at].words > MAX_TITLE_WORDS:
        return
    text = lines[at].text
    if not re.search(r"[.:;]$", text) or text.endswith("..."):
        lines[at].mark(_TITLE, "first-line")


def _mark_bylines(lines: list[Line]) -> None:
    """A short line of names above a lone `Penulis` is the author."""
    for before, line in pairwise(lines):
        lone = line.block.kind == "byline" and line.words <= 2 and ":" not in line.text
        if lone and before.is_body and before.words <= MAX_NAME_WORDS:
            before.mark(_BYLINE, "name-above-byline")


def _mark_subtitles(lines: list[Line], layout: Layout) -> int:
    """Lines above the dateline are subtitle and captions; return the line the text begins with.

    A weak dateline (`Seoul -- `) may be prose too: above it only what the text repeats is marked.
    """
    body = [line for line in lines if line.is_body]
    for i, line in enumerate(body[:HEAD_LINES]):
        if layout.match_dateline(line.text, weak=False):
            for above in body[:i]:
                if above.words <= MAX_SUBTITLE_WORDS:
                    above.mark(_SUBTITLE, "above-dateline")
            return line.number
    if len(body) > 2 and _repeats(body[0].text, [line.text for line in body[1:12]]):
        body[0].mark(_SUBTITLE, "repeats-the-text")
        body = body[1:]
    return body[0].number if body else 0


def _repeats(text: str, others: list[str]) -> bool:
    """Whether a short line says in the same words what one of the paragraphs says."""
    pairs = _pairs(text)
    if not 4 <= len(pairs) <= MAX_SUBTITLE_WORDS:
        return False
    return any(len(pairs & _pairs(other)) >= SUBTITLE_OVERLAP * len(pairs) for other in others)


def _pairs(text: str) -> set[tuple[str, str]]:
    words = [w.lower() for w in _WORD.findall(text[:2000])]
    return set(pairwise(words))


def _mark_headings(lines: list[Line]) -> None:
    """A short line without a full stop between paragraphs is a heading.

    So is a question of its own that nobody is quoted with, and a cry in Title Case: prose does
    not capitalise every long word.
    """
    for line in [line for line in lines if line.is_body][1:]:
        text = line.text
        limit = MAX_NUMBERED_WORDS if _NUMBERED.match(text) else MAX_HEADING_WORDS
        if (
            line.words > limit
            or _INNER_STOP.search(text)
            or not (text[0].isupper() or text[0].isdigit())
        ):
            continue
        if (
            not _TERMINAL.search(text)
            or _QUESTION.fullmatch(text)
            or (text[-1] in "?!" and _in_title_case(text))
        ):
            line.mark(_HEADING, "short-without-stop")


def _in_title_case(text: str) -> bool:
    long_words = [w for w in _WORD.findall(text) if len(w) > 3]
    return len(long_words) > 2 and all(not w[0].islower() for w in long_words)


def _cut(text: str, line: Line, layout: Layout, *, may_open: bool) -> Iterator[Block]:
    """Cut a line into blocks: the dateline off the front, `Baca juga: ...` out of the middle."""
    block = line.block
    if block.kind == "related" and line.lead:
        stop = end_of_headline(text, block.start + line.lead, block.end, layout)
        yield replace(block, end=_rtrim(text, block.start, stop))
        yield from _cut_inline(text, replace(block, kind="body", rule="", start=stop), layout)
        return
    if block.kind != "body":
        yield block
        return
    found = layout.match_dateline(line.text, weak=True) if may_open else None
    if found:
        rule, match = found
        stop = block.start + match.end()
        end = _rtrim(text, block.start, stop)
        yield replace(block, kind=rule.kind, end=end, rule=rule.name)
        block = replace(block, start=stop)
    yield from _cut_inline(text, block, layout)


def _cut_inline(text: str, block: Block, layout: Layout) -> Iterator[Block]:
    found = sorted(
        ((m, rule) for rule in layout.inline
         for m in rule.pattern.finditer(text, block.start, block.end)),
        key=lambda pair: (pair[0].start(), -pair[0].end()),
    )  # fmt: skip
    at = block.start
    for i, (match, rule) in enumerate(found):
        if match.start() < at:
            continue
        stop = match.end()
        if rule.headline:
            limit = next((m.start() for m, _ in found[i + 1 :] if m.start() >= stop), block.end)
            stop = end_of_headline(text, stop, limit, layout)
        yield from _trimmed(text, block, at, match.start())
        end = _rtrim(text, match.start(), stop)
        yield replace(block, kind=rule.kind, start=match.start(), end=end, rule=rule.name)
        at = stop
    yield from _trimmed(text, block, at, block.end)


def _cut_tail(text: str, blocks: list[Block], layout: Layout) -> None:
    """Cut a credit ("(Reuters/abc)") off the end of the last paragraph."""
    last = next((i for i in range(len(blocks) - 1, -1, -1) if blocks[i].kind == "body"), None)
    if last is None:
        return
    block = blocks[last]
    window = max(block.start, block.end - 200)
    for rule in layout.tails:
        match = rule.pattern.search(text[window : block.end])
        if match and window + match.start() > block.start:
            at = window + match.start()
            credit = replace(block, kind=rule.kind, rule=rule.name)
            before = _trimmed(text, block, block.start, at)
            blocks[last : last + 1] = [*before, *_trimmed(text, credit, at, block.end)]
            return


def _trimmed(text: str, block: Block, start: int, end: int) -> Iterator[Block]:
    while start < end and text[start].isspace():
        start += 1
    end = _rtrim(text, start, end)
    if start < end:
        yield replace(block, start=start, end=end)


def _rtrim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
