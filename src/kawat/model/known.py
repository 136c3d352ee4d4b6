"""Answers to questions about the knowledge itself: `kawat who`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A term of office as an answer shows it. `standing` is how it stands to the day asked about.

    holds | part (of the days) | unknown (last seen before) | over | undated
    """

    person: str
    name: str
    entity: str
    office: str
    start: str
    end: str
    seen: str
    standing: str


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that words may mean.

    kind: state, former, region, igo, bloc, court, group, party, people, person or outlet.
    `facts` are pairs to show; `terms` whose offices the answer is about; `members` of a body, or
    of what the entity is one, on the day asked about; `guards` say when the words mean something
    else. `reason` names the row or rule by which the words were read.
    """

    id: str
    kind: str
    name: str
    code: str
    reason: str
    facts: tuple[tuple[str, str], ...] = ()
    aliases: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    members: tuple[str, ...] = ()
    member_of: tuple[str, ...] = ()
