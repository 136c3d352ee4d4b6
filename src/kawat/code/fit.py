"""A mention that might fill a slot of a trigger, and what lies between the two."""

from dataclasses import dataclass

from kawat.code.clauses import Line
from kawat.code.triggers import Trigger
from kawat.model import Mention

IMPOSSIBLE = -99.0
"""Points that rule a mention out."""
ASIDE_END = 3
"""Words (adverbs, auxiliaries) that may stand between the end of an aside and the verb."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A mention that might fill `slot` (subj, obj, obl, gen) of a trigger."""

    line: Line
    trigger: Trigger
    mention: Mention
    slot: str
    others: tuple[Trigger, ...]

    @property
    def before(self) -> bool:
        """Whether the mention stands before the trigger."""
        return self.mention.last < self.trigger.first

    @property
    def gap(self) -> tuple[int, int]:
        """The word left and the word right of what lies between mention and trigger."""
        if self.before:
            return self._past_aside(), self.trigger.first
        return self.trigger.last, self.mention.first

    def _past_aside(self) -> int:
        """The last word of the mention, or of the aside between commas that follows it.

        `Putin, yang sedang berkunjung ke China, mengadakan`: the aside parts nothing.
        """
        line, left, right = self.line.lowers, self.mention.last, self.trigger.first
        if left + 1 < right and line[left + 1] == ",":
            for i in range(right - 1, max(left + 1, right - 1 - ASIDE_END), -1):
                if line[i] == ",":
                    return i
        return left
