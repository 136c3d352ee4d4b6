"""Status of an act: actual, future, hypothetical or negated; and whether it is history."""

from functools import cache
from typing import NamedTuple

from kawat.code.clauses import Line
from kawat.code.triggers import Trigger
from kawat.lang import Pack
from kawat.model.report import Status

SPOKEN_TYPES = frozenset({"REQUEST", "THREATEN", "ACCUSE", "REJECT", "AGREE", "SUPPORT"})
"""Types that are done in saying them, also where a condition follows."""
CONDITION_REACH = 9
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
    passive = trigger.form.voice == "passive"
    marker = _marker_before(line, start, pack, nouns=not passive)
    joined = _verb_joined(line, start)
    if marker.status == "actual" and joined >= 0:
        marker = _marker_before(line, joined, pack)  # `perlu mengurangi A dan melindungi B`
    if marker.status == "actual" and trigger.form.voice != "noun":
        marker = _condition_behind(line, trigger, pack)
    return marker


def _condition_behind(line: Line, trigger: Trigger, pack: Pack) -> Marker:
    """`ikut menggempur Iran apabila Teheran menyerang`: what depends on a condition."""
    conditions = _sets(pack)["conditions"]
    last = trigger.edges[1]
    for i in range(last + 1, min(len(line.lowers), last + 1 + CONDITION_REACH)):
        if line.lowers[i] in conditions:
            spoken = trigger.row.type in SPOKEN_TYPES
            return Marker("actual", "no-marker", -1) if spoken else (
                Marker("hypothetical", "condition-behind", i)
            )  # fmt: skip
        if line.lowers[i] in line.words.breakers or line.lowers[i] in {",", ";", "."}:
            break
    return Marker("actual", "no-marker", -1)


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


def _marker_before(line: Line, start: int, pack: Pack, *, nouns: bool = True) -> Marker:
    """The nearest marker before the word at `start`; before a verb, none beyond `dan`.

    Without `nouns` a noun is none: `the US plan was opposed` tells of no future.
    """
    sets = _sets(pack)
    tree = line.sentence.tree
    noun = tree is None or tree.upos[start] != "VERB"
    for i in range(start - 1, max(-1, start - 1 - WIDE), -1):
        word, back = line.lowers[i], start - i
        if not nouns and tree is not None and tree.upos[i] == "NOUN":
            continue
        if word in {";", "."} or (word == "," and back > 1):
            break
        if word in line.words.coordination and not noun:
            break  # `usulan damai dan menuduh`
        denied = word in line.words.denying and not noun
        if back <= NEAR and (word in sets["negators"] or denied):
            return Marker("negated", "negator-before", i)
        if back <= NEAR + 1 and word in sets["future"]:
            negated = i > 0 and line.lowers[i - 1] in sets["negators"]
            if negated:
                return Marker("negated", "negator-before", i - 1)
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
