"""Active, passive or noun: what the tree says of a trigger whose words leave it open."""

from dataclasses import replace

from kawat.code.clauses import Line
from kawat.code.participles import auxiliaries
from kawat.code.triggers import Trigger
from kawat.lang import Pack
from kawat.model import Tree

NOUN_TAGS = frozenset({"NOUN", "PROPN", "ADJ"})
CLAUSE_LABELS = ("acl", "advcl")
"""Labels of a participle that hangs on a noun or opens an aside."""
PASSIVE_LABELS = frozenset({"aux:pass", "nsubj:pass"})


def settle_voice(line: Line, trigger: Trigger, pack: Pack) -> Trigger:
    """Return the trigger with the one of its possible forms that the tree speaks for."""
    tree = line.sentence.tree
    if tree is None or not trigger.options:
        return trigger
    forms = {f.voice: f for f in (*trigger.options, trigger.form)}
    if "noun" in forms and _is_noun(line, trigger, tree, pack):
        voice = "noun"
    elif "passive" in forms and _is_passive(line, trigger, tree, pack):
        voice = "passive"
    else:
        voice = next((v for v in ("active", "passive") if v in forms), trigger.form.voice)
    noun = trigger.noun if forms[voice].row.object else -1
    return replace(trigger, form=forms[voice], options=(), noun=noun)


def is_stray_noun(line: Line, trigger: Trigger, pack: Pack) -> bool:
    """Whether a verb's form is a noun there that no row knows: `the request` in a denial."""
    tree, first = line.sentence.tree, trigger.first
    if tree is None or trigger.form.voice != "active" or first != trigger.last or not first:
        return False
    nominal = auxiliaries(pack).nominal
    behind_noun_word = line.lowers[first - 1] in nominal or tree.upos[first - 1] == "ADJ"
    return bool(nominal) and behind_noun_word and tree.upos[first] == "NOUN"


def _is_noun(line: Line, trigger: Trigger, tree: Tree, pack: Pack) -> bool:
    words = auxiliaries(pack)
    before = line.lowers[trigger.first - 1] if trigger.first else ""
    behind = line.lowers[trigger.last + 1 : trigger.last + 2]
    gerund = line.lowers[trigger.last].endswith(words.gerund_ends)
    if gerund and any(w in words.nominal_behind for w in behind):
        return True
    if gerund and before not in words.determiners:
        return tree.upos[trigger.last] in NOUN_TAGS
    return before in words.nominal or tree.upos[trigger.last] in NOUN_TAGS


def _is_passive(line: Line, trigger: Trigger, tree: Tree, pack: Pack) -> bool:
    """A participle that hangs on a noun, or that the tree calls a passive, with no object."""
    first = trigger.first
    after = line.lowers[trigger.last + 1 : trigger.last + 2]
    if after and after[0] not in auxiliaries(pack).behind:
        return False
    return tree.deprel[first] in CLAUSE_LABELS or any(
        tree.head[i] == first and tree.deprel[i] in PASSIVE_LABELS for i in range(len(tree.head))
    )
