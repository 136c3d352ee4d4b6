"""Judgements: how they are made, and which of them hold when several speak of one pair."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from kawat.model import Judgement, JudgementKind, Verdict


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who judges, and when (ISO 8601, UTC, to the second)."""

    author: str
    time: str
    by_person: bool = False


def make_judgement(  # one keyword a field of the record
    kind: JudgementKind,
    pair: tuple[str, str],
    verdict: Verdict,
    stamp: Stamp,
    *,
    score: float = 1.0,
    reason: str = "",
    directed: bool = False,
) -> Judgement:
    """Return a judgement of `pair`. The two stand in order of their ids unless `directed`.

    A machine's id is the same whenever it judges the same again, so that a second run adds
    nothing; a person's holds the time, since a person may say again what was undone.
    """
    left, right = pair if directed else sorted(pair)
    when = stamp.time if stamp.by_person else ""
    key = f"{kind}\n{left}\n{right}\n{verdict}\n{directed}\n{stamp.author}\n{score:.3f}\n{when}"
    return Judgement(
        id=hashlib.sha256(key.encode()).hexdigest()[:16], kind=kind, left=left, right=right,
        verdict=verdict, score=round(score, 3), reason=reason, author=stamp.author,
        by_person=stamp.by_person, time=stamp.time, directed=directed,
    )  # fmt: skip


def undo_judgement(judgement: Judgement, stamp: Stamp, reason: str = "") -> Judgement:
    """Return the judgement that takes `judgement` back; the one taken back stays on record."""
    key = f"undo\n{judgement.id}\n{stamp.author}\n{stamp.time}"
    return Judgement(
        id=hashlib.sha256(key.encode()).hexdigest()[:16], kind=judgement.kind,
        left=judgement.left, right=judgement.right, verdict=judgement.verdict, score=1.0,
        reason=reason or f"takes back the judgement of {judgement.author}", author=stamp.author,
        by_person=stamp.by_person, time=stamp.time, undoes=judgement.id,
        directed=judgement.directed,
    )  # fmt: skip


def settle_judgements(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Return the judgement that holds for each kind and pair, sorted by kind and pair.

    What was undone does not count (an undoing can be undone); a person beats the machine; of two
    of the same rank the later counts, then the one with the greater id.
    """
    known = {j.id: j for j in judgements}
    dead = _undone(known)
    holding: dict[tuple[str, str, str], Judgement] = {}
    for judgement in known.values():
        if judgement.id in dead or judgement.undoes:
            continue
        first, second = sorted((judgement.left, judgement.right))
        key = judgement.kind, first, second
        if key not in holding or _rank(judgement) > _rank(holding[key]):
            holding[key] = judgement
    return tuple(holding[key] for key in sorted(holding))


def _undone(known: dict[str, Judgement]) -> set[str]:
    """Latest first: an undoing that is itself undone takes nothing back."""
    dead: set[str] = set()
    undoings = [j for j in known.values() if j.undoes]
    for undoing in sorted(undoings, key=lambda j: (j.time, j.id), reverse=True):
        if undoing.id not in dead:
            dead.add(undoing.undoes)
    return dead


def _rank(judgement: Judgement) -> tuple[bool, str, str]:
    return judgement.by_person, judgement.time, judgement.id
