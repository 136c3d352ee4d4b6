"""Cut the text of an article into pieces, each with all that is marked on it."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kawat.model import Article, Block, Report, Statement

PART_CHARACTERS = 40_000
PART_EVENTS = 200
"""A page shows so much of a text: a longer one comes in parts."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on a stretch of the text. `kind` is a CSS class, `ref` the id of a report."""

    start: int
    end: int
    kind: str
    ref: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch with the same marks all along. `ref` and `numbers` are of the events on it."""

    text: str
    start: int
    kinds: tuple[str, ...]
    ref: str = ""
    numbers: tuple[int, ...] = ()
    """Numbers of events whose trigger begins here."""
    anchor: str = ""
    """Id of the element: where a reason's words begin."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the text. `kind` and `rule` are those of its first block."""

    kind: str
    rule: str
    pieces: tuple[Piece, ...]

    @property
    def runs(self) -> tuple[tuple[str, tuple[Piece, ...]], ...]:
        """The pieces in runs that lead to the same event, or to none; blanks lead nowhere."""
        found = ((ref, tuple(run)) for ref, run in groupby(self.pieces, key=lambda p: p.ref))
        return tuple(
            (ref if any(piece.text.strip() for piece in run) else "", run) for ref, run in found
        )


def mark_reports(reports: Sequence[Report]) -> list[Mark]:
    """Return the triggers of all reports, numbered in their order."""
    return [
        Mark(*report.event.trigger.span, f"trigger {quad_class(report.quad)}", report.id, number)
        for number, report in enumerate(reports, 1)
    ]


def mark_statements(statements: Iterable[Statement]) -> Iterator[Mark]:
    """Yield what is said and the words that say that it is."""
    for statement in statements:
        yield Mark(*statement.content.span, "said")
        yield Mark(*statement.cue.span, "cue")


def mark_chosen(report: Report) -> Iterator[Mark]:
    """Yield the parties, time, place, sources and reasons of one report."""
    event = report.event
    yield Mark(*event.trigger.span, "chosen", report.id)
    yield from (Mark(*actor.span, "who") for actor in event.actors)
    yield from (Mark(*party.span, "whom") for party in event.recipients)
    if event.when:
        yield Mark(*event.when.span, "when")
    if event.where:
        yield Mark(*event.where.span, "where")
    for link in report.attribution:
        yield from (Mark(*span, "teller") for span in (link.span, link.cue_span) if span)
    for reason in event.reasons:
        if reason.span:
            yield Mark(*reason.span, "because")


def quad_class(quad: str) -> str:
    """Return the CSS class of a quad class: `verbal coop`, `material conf` ..."""
    kind, _, side = quad.lower().partition("_")
    return f"{kind} {side[:4]}"


def lay_out(article: Article, marks: Iterable[Mark]) -> tuple[tuple[Paragraph, ...], ...]:
    """Return the text with its marks, in parts of a bounded size."""
    known = [m for m in marks if 0 <= m.start < m.end <= len(article.text)]
    edges = sorted({edge for m in known for edge in (m.start, m.end)})
    starting = _by_start(known)
    active: list[Mark] = []
    parts = _Parts()
    for block, breaks in _lines(article):
        parts.begin(block, breaks=breaks)
        for start, end in _cut(block, edges):
            active = [m for m in active if m.end > start] + starting.pop(start, [])
            events = sum(m.start == start and m.number > 0 for m in active)
            parts.add(_make_piece(article.text[start:end], start, active), events)
        parts.end_line()
    return parts.done()


class _Parts:
    """Collects pieces into lines, and lines into parts of a bounded size."""

    def __init__(self) -> None:
        self._parts: list[list[Paragraph]] = [[]]
        self._pieces: list[Piece] = []
        self._block = Block("body", 0, 0, 0)
        self._breaks = True
        self._characters = self._events = 0

    def begin(self, block: Block, *, breaks: bool) -> None:
        """Go on with a block, in a line of its own or in the one before."""
        self._block, self._breaks = block, breaks

    def add(self, piece: Piece, events: int) -> None:
        """Add a piece on which so many triggers begin."""
        if self._block.kind != "body":
            piece = replace(piece, kinds=("grey", *piece.kinds))
        self._pieces.append(piece)
        self._characters += len(piece.text)
        self._events += events
        if self._characters > PART_CHARACTERS or self._events > PART_EVENTS:
            self.end_line()
            self._parts.append([])
            self._characters = self._events = 0

    def end_line(self) -> None:
        """Put the pieces into the part: as a line, or at the end of the last one."""
        part = self._parts[-1]
        pieces = tuple(self._pieces)
        if pieces and part and not self._breaks:
            part[-1] = replace(part[-1], pieces=(*part[-1].pieces, *pieces))
        elif pieces:
            part.append(Paragraph(self._block.kind, self._block.rule, pieces))
        self._pieces, self._breaks = [], True

    def done(self) -> tuple[tuple[Paragraph, ...], ...]:
        """Return the parts: one at least, if an empty one."""
        return tuple(tuple(part) for part in self._parts if part) or ((),)


def part_of(parts: Sequence[Sequence[Paragraph]], offset: int) -> int:
    """Return the number of the part (from 0) that holds an offset."""
    begins = [part[0].pieces[0].start for part in parts if part]
    return max(0, bisect_left(begins, offset + 1) - 1)


def _by_start(marks: Iterable[Mark]) -> dict[int, list[Mark]]:
    found: dict[int, list[Mark]] = {}
    for mark in marks:
        found.setdefault(mark.start, []).append(mark)
    return found


def _lines(article: Article) -> Iterator[tuple[Block, bool]]:
    """The blocks that hold words, and whether each begins a line. Without blocks all is body."""
    blocks = article.blocks or _plain_lines(article.text)
    line, end = -1, 0
    for block in blocks:
        if article.text[block.start : block.end].strip():
            breaks = block.paragraph != line
            # blanks between two blocks of a line belong to no block
            yield block if breaks else replace(block, start=end), breaks
            line, end = block.paragraph, block.end


def _plain_lines(text: str) -> tuple[Block, ...]:
    found, start = [], 0
    for number, line in enumerate(text.split("\n")):
        found.append(Block("body", start, start + len(line), number))
        start += len(line) + 1
    return tuple(found)


def _cut(block: Block, edges: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = block.start
    for at in range(bisect_left(edges, block.start + 1), len(edges)):
        if edges[at] >= block.end:
            break
        yield start, edges[at]
        start = edges[at]
    yield start, block.end


def _make_piece(text: str, start: int, active: Sequence[Mark]) -> Piece:
    kinds = dict.fromkeys(kind for m in active for kind in m.kind.split())
    ref = next((m.ref for m in reversed(active) if m.ref), "")
    numbers = tuple(m.number for m in active if m.number and m.start == start)
    begins = any(m.kind == "because" and m.start == start for m in active)
    return Piece(text, start, tuple(kinds), ref, numbers, f"w{start}" if begins else "")
