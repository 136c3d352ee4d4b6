"""Status of an act: actual, future, hypothetical or negated; and whether it is history."""

from functools import cache
from typing import NamedTuple

from kawat.code.clauses import Line
from kawat.code.triggers import Trigger
from kawat.lang import Pack
from kawat.model.report import Status

NEAR, WIDE = 3, 7
"""How many words before a trigger a negator or future marker, a hypothetical one, may stand."""


class Marker(NamedTuple):
    """The word that gave the status."""

    status: Status
    rule: str
    word: int


@cache
def _sets(pack: Pack) -> dict[str, frozenset[str]]:
    return {key: frozenset(words) for key, words in pack.grammar["status"].items()}


def find_status(line: Line, trigger: Trigger, pack: Pack) -> Marker:
    """Return the status that the words before the trigger give; the nearest marker decides."""
    if trigger.row.status:
        return Marker(trigger.row.status, "lexicon", trigger.first)  # type: ignore[arg-type]
    start = trigger.edges[0]
    marker = _marker_before(line, start, pack)
    joined = _verb_joined(line, start)
    if marker.status == "actual" and joined >= 0:
        marker = _marker_before(line, joined, pack)  # `perlu mengurangi A dan melindungi B`
    return marker


def _verb_joined(line: Line, start: int) -> int:
    """The verb that `dan` joins the one at `start` to, or -1."""
    tree = line.sentence.tree
    if tree is None or start < 2 or line.lowers[start - 1] not in line.words.coordination:
        return -1
    if tree.upos[start] != "VERB":
        return -1
    for i in range(start - 2, max(-1, start - 2 - WIDE), -1):
        if line.lowers[i] in {",", ";"} or line.lowers[i] in line.words.breakers:
            return -1
        if tree.upos[i] == "VERB" and i not in line.inside:
            return i
    return -1


def _marker_before(line: Line, start: int, pack: Pack) -> Marker:
    """The nearest marker before the word at `start`."""
    sets = _sets(pack)
    for i in range(start - 1, max(-1, start - 1 - WIDE), -1):
        word, back = line.lowers[i], start - i
        if word in {";", "."} or (word == "," and back > 1):
            break
        if back <= NEAR and word in sets["negators"]:
            return Marker("negated", "negator-before", i)
        if back <= NEAR + 1 and word in sets["future"]:
            return Marker("future", "future-before", i)
        if word in sets["hypothetical"] and (back <= NEAR + 1 or word in line.words.breakers):
            return Marker("hypothetical", "hypothetical-before", i)
        if word in line.words.breakers and word not in sets["hypothetical"]:
            break
    return Marker("actual", "no-marker", -1)


def is_historical(line: Line, trigger: Trigger, pack: Pack) -> bool:
    """Whether words of the clause place the act in a past period."""
    words = _sets(pack)["historical"]
    low = max(0, trigger.first - 12)
    return any(w in words for w in line.lowers[low : trigger.last + 12])
