"""Tell the body of an article from title, byline, captions, related lists and credits.

The rules are data (`boilerplate.toml` of each language pack). A line of the text is a paragraph.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from kawat.errors import TableError
from kawat.lang import languages, load
from kawat.model import Block, BlockKind

MAX_TITLE_WORDS = 40
MAX_HEADING_WORDS = 12
SUBTITLE_OVERLAP = 0.6
_TERMINAL = re.compile(r"[.!?…:;,][\"”’')\]]*$")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of boilerplate.toml, compiled."""

    name: str
    kind: BlockKind
    pattern: re.Pattern[str]
    rest: bool = False


@dataclass(frozen=True, eq=False, slots=True)
class Layout:
    """The layout rules of one or more languages."""

    lines: tuple[Rule, ...]
    inline: tuple[Rule, ...]
    datelines: tuple[Rule, ...]


@cache
def layout_of(language: str) -> Layout:
    """Return the rules of `language`, or of all packs where it is not known or has none."""
    codes = [language] if language in languages() else languages()
    tables = [(code, load(code).boilerplate) for code in codes]

    def rules(section: str, kind: str = "") -> tuple[Rule, ...]:
        return tuple(
            _compile(row, kind, code) for code, table in tables for row in table.get(section, ())
        )

    return Layout(rules("line"), rules("inline"), rules("dateline", "dateline"))


def _compile(row: dict[str, Any], kind: str, code: str) -> Rule:
    try:
        pattern = re.compile(row["pattern"])
    except re.error as error:
        raise TableError(f"{code}/boilerplate.toml", 0, row["name"], str(error)) from None
    return Rule(row["name"], kind or row["kind"], pattern, row.get("rest", False))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    start: int
    end: int
    text: str


def find_blocks(text: str, layout: Layout, *, title_line: bool) -> tuple[Block, ...]:
    """Return the blocks of `text`, in order. With `title_line` the first line is the title.

    >>> blocks = find_blocks("Baca Juga: Ini\\nRusia menyerang.", layout_of("id"), title_line=False)
    >>> [b.kind for b in blocks]
    ['related', 'body']
    """
    lines = list(_lines(text))
    kinds = _line_kinds(lines, layout)
    if title_line:
        _mark_title(lines, kinds)
    _mark_bylines(lines, kinds)
    first = _mark_subtitles(lines, kinds, layout)
    _mark_headings(lines, kinds)
    blocks: list[Block] = []
    for i, line in enumerate(lines):
        kind, rule = kinds[i]
        block = Block(kind, line.start, line.end, line.number, rule)
        if kind == "body":
            blocks.extend(_split_body(text, block, layout, dateline=i <= first + 1))
        else:
            blocks.append(block)
    return tuple(blocks)


def _lines(text: str) -> Iterator[_Line]:
    start = number = 0
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip()
        if stripped:
            at = start + raw.index(stripped[0])
            yield _Line(number, at, at + len(stripped), stripped)
        start += len(raw)
        number += 1


def _line_kinds(lines: list[_Line], layout: Layout) -> list[tuple[BlockKind, str]]:
    kinds: list[tuple[BlockKind, str]] = []
    rest: tuple[BlockKind, str] | None = None
    for line in lines:
        if rest is None and len(line.text) <= 400:
            for rule in layout.lines:
                if rule.pattern.match(line.text):
                    kinds.append((rule.kind, rule.name))
                    if rule.rest and line.number > 2:
                        rest = ("related", rule.name)
                    break
            else:
                kinds.append(("body", ""))
        else:
            kinds.append(rest or ("body", ""))
    return kinds


def _mark_title(lines: list[_Line], kinds: list[tuple[BlockKind, str]]) -> None:
    """The first line is the title when it reads like one and is not all there is."""
    if len(lines) < 2 or kinds[0][0] != "body":
        return
    text = lines[0].text
    if not re.search(r"[.!:;]$", text) and len(text.split()) <= MAX_TITLE_WORDS:
        kinds[0] = ("title", "first-line")


def _mark_bylines(lines: list[_Line], kinds: list[tuple[BlockKind, str]]) -> None:
    """A short line of names above a lone `Penulis` is the author."""
    for i, (kind, _) in enumerate(kinds):
        if kind == "byline" and ":" not in lines[i].text and len(lines[i].text.split()) == 1:
            before = i - 1
            if before >= 0 and kinds[before][0] == "body" and _is_short(lines[before], 6):
                kinds[before] = ("byline", "name-above-byline")


def _mark_subtitles(
    lines: list[_Line], kinds: list[tuple[BlockKind, str]], layout: Layout
) -> int:
    """Lines above the dateline are subtitle and captions; return the index of the first paragraph."""
    body = [i for i, (kind, _) in enumerate(kinds) if kind == "body"]
    head = body[:4]
    dated = next((i for i in head if _dateline(lines[i].text, layout)), None)
    if dated is not None:
        for i in head:
            if i >= dated:
                break
            words = len(lines[i].text.split())
            kinds[i] = ("subtitle" if words <= 60 else "body", "above-dateline")
        return dated
    if len(body) > 2 and _repeats(lines[body[0]].text, [lines[i].text for i in body[1:]]):
        kinds[body[0]] = ("subtitle", "repeats-the-text")
        return body[1]
    return body[0] if body else 0


def _repeats(line: str, others: list[str]) -> bool:
    """Whether a short line says again what one of the paragraphs says."""
    words = {w.lower() for w in _WORD.findall(line)}
    if not 4 <= len(words) <= 40:
        return False
    return any(
        len(words & {w.lower() for w in _WORD.findall(o)}) >= SUBTITLE_OVERLAP * len(words)
        for o in others[:12]
    )


def _mark_headings(lines: list[_Line], kinds: list[tuple[BlockKind, str]]) -> None:
    """A short line without a full stop between paragraphs is a heading."""
    body = [i for i, (kind, _) in enumerate(kinds) if kind == "body"]
    for i in body[1:]:
        if _is_short(lines[i], MAX_HEADING_WORDS) and not _TERMINAL.search(lines[i].text):
            if lines[i].text[0].isupper() or lines[i].text[0].isdigit():
                kinds[i] = ("heading", "short-without-stop")


def _is_short(line: _Line, words: int) -> bool:
    return len(line.text.split()) <= words


def _dateline(text: str, layout: Layout) -> re.Match[str] | None:
    for rule in layout.datelines:
        match = rule.pattern.match(text)
        if match and match.end() < len(text):
            return match
    return None


def _split_body(text: str, block: Block, layout: Layout, *, dateline: bool) -> Iterator[Block]:
    """Cut the dateline off the front and `Baca juga: ...` out of the middle of a paragraph."""
    start = block.start
    match = _dateline(text[block.start : block.end], layout) if dateline else None
    if match:
        stop = block.start + match.end()
        yield replace(block, kind="dateline", end=_rtrim(text, start, stop), rule="dateline")
        start = stop
    for rule in layout.inline:
        while found := rule.pattern.search(text, start, block.end):
            stop = _end_of_title_case(text, found.end(), block.end)
            if found.start() > start:
                yield from _body(text, block, start, found.start())
            end = _rtrim(text, found.start(), stop)
            yield replace(block, kind=rule.kind, start=found.start(), end=end, rule=rule.name)
            start = stop
    yield from _body(text, block, start, block.end)


def _body(text: str, block: Block, start: int, end: int) -> Iterator[Block]:
    while start < end and text[start].isspace():
        start += 1
    end = _rtrim(text, start, end)
    if start < end:
        yield replace(block, start=start, end=end)


def _rtrim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _end_of_title_case(text: str, start: int, end: int) -> int:
    """Where a headline inside a paragraph ends.

    Headlines are in Title Case: two small words in a row of over three letters are running text,
    which began with the last capitalised word. A headline in sentence case ends with the line.
    """
    words = list(re.finditer(r"\S+", text[start:end]))
    if len(words) > 2 and all(w[0][0].islower() for w in words[1:3]):
        stop = re.search(r"[.!?]\s", text[start:end])
        return start + stop.end() if stop else end
    for i, match in enumerate(words):
        if match[0].endswith((".", "!", "?")) and i > 1:
            return start + match.end()
        running = [w[0] for w in words[i : i + 2]]
        if i > 1 and len(running) > 1 and all(w[0].islower() and len(w) > 3 for w in running):
            return start + words[i - 1].start()
    return end
