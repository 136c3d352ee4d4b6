"""What is held to be the same or copied, by whom and why; and what a count of origins rests on."""

from dataclasses import dataclass
from typing import Literal

JudgementKind = Literal["copy", "event", "review"]
"""copy: article `left` copies article `right`. event: the reports `left` and `right` tell of one
event. review: a person's word on the report `left` (accepted, rejected, or corrected)."""
Verdict = Literal["same", "different", "accept", "reject", "correct"]
Flag = Literal["circular", "single-source", "only-from-a-party"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement. Never changed or erased: a later one, or a person's, beats it."""

    id: str
    kind: JudgementKind
    left: str
    right: str
    verdict: Verdict
    score: float
    """0..1: how sure the author is; 1 for a person."""
    reason: str
    """One sentence that a person can check."""
    author: str
    """`kawat VERSION` for the machine, else the person's name."""
    by_person: bool
    time: str
    """ISO 8601, UTC, to the second."""
    undoes: str = ""
    """Id of the judgement that this one takes back."""
    correction: str = ""
    """JSON object of the corrected fields of the record (`verdict` correct)."""
    directed: bool = False
    """Of a copy: it is known that `left` has it from `right`. Else the two ids stand in order."""


@dataclass(frozen=True, slots=True)
class Trail:
    """The way of one report from its root to the article: labels, origin first, publisher last."""

    report: str
    article: str
    path: tuple[str, ...]
    origin: str
    """Key of the origin that the way ends at, after merging."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A root of reports: who first told. `interest` keys whose control it is under."""

    key: str
    name: str
    entity: str
    interest: str
    named: bool
    """False for an unnamed source, keyed by outlet and description."""
    maybe: str = ""
    """Key of another root that this one may depend on: then the lower bound does not count it."""
    sectors: tuple[str, ...] = ()
    """Of a speaker, as far as any report tells."""


@dataclass(frozen=True, slots=True)
class Origins:
    """How many stand behind an event. Bounds are (lower, upper): "no dependence found" is no proof.

    documents: articles; outlets: publishers; origins: roots; interests: roots by who controls them.
    """

    documents: int
    outlets: int
    origins: tuple[int, int]
    interests: tuple[int, int]
    flags: tuple[Flag, ...]
    roots: tuple[Origin, ...]
    """Sorted by key. `maybe` of each says what the lower bound rests on."""
    trails: tuple[Trail, ...]
    """Sorted by report."""
    flag_paths: tuple[tuple[str, ...], ...] = ()
    """For each flag the way that shows it: labels, origin first."""
