"""PLOVER contexts: from the trigger's row, and from words of its sentence (contexts.csv)."""

from functools import cache

from kawat.code.clauses import Line
from kawat.code.triggers import Trigger
from kawat.lang import Pack
from kawat.lang.rows import ContextRow
from kawat.model import Reason

REACH = 15
"""Words before and after a trigger within which a word gives a context."""


@cache
def _index(pack: Pack) -> dict[str, tuple[tuple[tuple[str, ...], ContextRow], ...]]:
    index: dict[str, list[tuple[tuple[str, ...], ContextRow]]] = {}
    for row in pack.contexts:
        for phrase in row.phrase:
            words = tuple(phrase.split())
            index.setdefault(words[0], []).append((words, row))
    return {word: tuple(entries) for word, entries in index.items()}


def find_contexts(
    line: Line, trigger: Trigger, pack: Pack
) -> tuple[tuple[str, ...], tuple[Reason, ...]]:
    """Return the contexts in the order of the words that give them, and why."""
    found: dict[str, Reason | None] = dict.fromkeys(trigger.row.contexts)
    index, words = _index(pack), line.sentence.words
    low, high = max(0, trigger.first - REACH), trigger.last + 1 + REACH
    for i, lower in enumerate(line.lowers[low:high], start=low):
        for phrase, row in index.get(lower, ()):
            if row.context not in found and line.lowers[i : i + len(phrase)] == phrase:
                span = (words[i].start, words[i + len(phrase) - 1].end)
                found[row.context] = Reason(
                    "contexts", "lexicon", f"contexts:{row.id}", row.context, span
                )
    return tuple(found), tuple(r for r in found.values() if r is not None)
