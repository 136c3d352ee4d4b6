"""From judgements of pairs to events: which reports belong together.

What a person judged holds; the machine's judgements are weighed against one another. Small,
deterministic, and the same whatever the order of the input.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kawat.merge.judgements import settle_judgements
from kawat.model import Judgement, JudgementKind


def cluster_members(
    members: Iterable[str], judgements: Iterable[Judgement], kind: JudgementKind = "event"
) -> tuple[tuple[str, ...], ...]:
    """Return the members in groups, each sorted, the groups by their first member.

    Persons first, the latest first: a pair that a person holds to be the same is joined, unless
    that contradicts a later word; a pair held to be different is kept apart, and with it the
    groups that they are in. Then the machine, the surest first: two groups are joined where the
    judgements between them speak for it on balance and no person keeps them apart.
    """
    known = sorted(set(members))
    groups = _Groups(known)
    holding = [
        j
        for j in settle_judgements(judgements)
        if j.kind == kind and j.left in groups.of and j.right in groups.of
    ]
    persons = [j for j in holding if j.by_person]
    for judgement in sorted(persons, key=lambda j: (j.time, j.id), reverse=True):
        groups.heed_person(judgement)
    machine = [j for j in holding if not j.by_person]
    for judgement in machine:
        groups.weigh(judgement)
    same = [j for j in machine if j.verdict == "same"]
    for judgement in sorted(same, key=lambda j: (-j.score, j.left, j.right)):
        groups.heed_machine(judgement)
    return groups.listed()


def touched_members(start: Iterable[str], judgements: Iterable[Judgement]) -> frozenset[str]:
    """Return the members that can change their group when those of `start` do.

    These are all that "same" leads to: a difference only parts what something else joins.
    """
    near: Mapping[str, set[str]] = defaultdict(set)
    for judgement in (j for j in judgements if j.verdict == "same"):
        near[judgement.left].add(judgement.right)
        near[judgement.right].add(judgement.left)
    reached, waiting = set(start), list(start)
    while waiting:
        new = near.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += new
    return frozenset(reached)


class _Groups:
    """Groups being joined. A group is named by its first member."""

    def __init__(self, members: list[str]) -> None:
        self.of = {member: member for member in members}
        self.held = {member: [member] for member in members}
        self.apart: dict[str, set[str]] = defaultdict(set)
        """Groups that a person keeps apart from this one."""
        self.weight: dict[str, dict[str, float]] = defaultdict(dict)
        """Sum of the machine's judgements between two groups, + for the same."""

    def heed_person(self, judgement: Judgement) -> None:
        one, two = self.of[judgement.left], self.of[judgement.right]
        if judgement.verdict == "same" and two not in self.apart[one]:
            self._join(one, two)
        elif judgement.verdict == "different" and one != two:
            self.apart[one].add(two)
            self.apart[two].add(one)

    def weigh(self, judgement: Judgement) -> None:
        one, two = self.of[judgement.left], self.of[judgement.right]
        if one == two:
            return
        value = judgement.score if judgement.verdict == "same" else -judgement.score
        for a, b in ((one, two), (two, one)):
            self.weight[a][b] = self.weight[a].get(b, 0.0) + value

    def heed_machine(self, judgement: Judgement) -> None:
        one, two = self.of[judgement.left], self.of[judgement.right]
        if two not in self.apart[one] and self.weight[one].get(two, 0.0) > 0:
            self._join(one, two)

    def listed(self) -> tuple[tuple[str, ...], ...]:
        return tuple(sorted(tuple(sorted(found)) for found in self.held.values()))

    def _join(self, one: str, two: str) -> None:
        if one == two:
            return
        kept, gone = sorted((one, two))
        for member in self.held[gone]:
            self.of[member] = kept
        self.held[kept] += self.held.pop(gone)
        for other in self.apart.pop(gone, set()):
            self.apart[other].discard(gone)
            self.apart[other].add(kept)
            self.apart[kept].add(other)
        for other, value in self.weight.pop(gone, {}).items():
            self.weight[other].pop(gone, None)
            if other != kept:
                self.weight[kept][other] = self.weight[kept].get(other, 0.0) + value
                self.weight[other][kept] = self.weight[other].get(kept, 0.0) + value
