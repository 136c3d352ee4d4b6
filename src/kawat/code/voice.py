"""Active or passive: what the tree says of a participle whose words leave it open."""

from dataclasses import replace

from kawat.code.clauses import Line
from kawat.code.participles import auxiliaries
from kawat.code.triggers import Trigger
from kawat.lang import Pack

CLAUSE_LABELS = ("acl", "advcl")
"""Labels of a participle that hangs on a noun or opens an aside."""


def settle_voice(line: Line, trigger: Trigger, pack: Pack) -> Trigger:
    """Return the trigger as a passive where the tree hangs its participle on a noun or says so."""
    tree, passive = line.sentence.tree, trigger.alternative
    if tree is None or passive is None:
        return trigger
    first = trigger.first
    after = line.lowers[trigger.last + 1 : trigger.last + 2]
    open_object = not after or after[0] in auxiliaries(pack).behind
    label = tree.deprel[first]
    reduced = label in CLAUSE_LABELS and open_object
    told = any(
        tree.head[i] == first and tree.deprel[i] in {"aux:pass", "nsubj:pass"}
        for i in range(len(tree.head))
    )
    if reduced or (told and open_object):
        return replace(trigger, form=passive, alternative=None)
    return trigger
