"""Active or passive: what the words around a participle say, where its form alone does not.

Indonesian marks the passive on the verb. An English participle is a passive behind a form of
`be` (`was attacked`), before its agent (`attacked by`) and where it hangs on a noun (`the troops
killed in Gaza`); else it is the past tense.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kawat.lang import Pack

Evidence = Literal["active", "passive", ""]
AUXILIARY_REACH = 5
"""Words back that an auxiliary may stand: `was not also reportedly attacked`."""


@dataclass(frozen=True, eq=False)
class Auxiliaries:
    """The words of a pack that tell the voices apart (grammar.toml, `passive`)."""

    passive: frozenset[str]
    perfect: frozenset[str]
    agents: frozenset[str]
    between: frozenset[str]
    adverb_ends: tuple[str, ...]
    gerund_ends: tuple[str, ...]
    behind: frozenset[str]
    nominal: frozenset[str]
    """Words behind which a form that may be verb or noun is a noun: `the attack`."""
    determiners: frozenset[str]
    """Those of them behind which a gerund is one too: `its killing`."""
    nominal_behind: frozenset[str]
    """Words before which a gerund is a noun: `the killing of`, `fighting between`."""


@cache
def auxiliaries(pack: Pack) -> Auxiliaries:
    """Return the auxiliaries of `pack`."""
    table = pack.grammar["passive"]
    return Auxiliaries(
        frozenset(table["auxiliaries"]), frozenset(table["perfect"]),
        frozenset(table["agents"]), frozenset(table["between"]),
        tuple(table["adverb_ends"]), tuple(table["gerund_ends"]), frozenset(table["behind"]),
        frozenset(table["nominal"]), frozenset(table["determiners"]),
        frozenset(table["nominal_behind"]),
    )  # fmt: skip


def read_voice(lowers: Sequence[str], first: int, last: int, words: Auxiliaries) -> Evidence:
    """Return what the words around a participle at `first..last` say, "" if they say nothing."""
    for i in range(first - 1, max(-1, first - 1 - AUXILIARY_REACH), -1):
        word = lowers[i]
        if word in words.passive:
            return "passive"
        if word in words.perfect:
            return "active"
        if word not in words.between and not word.endswith(words.adverb_ends):
            break
    after = lowers[last + 1 : last + 3]
    if after and after[0] in words.agents:
        gerund = len(after) > 1 and after[1].endswith(words.gerund_ends)
        return "active" if gerund else "passive"
    return ""
