"""How well a mention fits a slot of a trigger: a visible list of small functions.

Each function looks at one thing and returns points: above 0 speaks for the mention, below 0
against it, `IMPOSSIBLE` rules it out. The sum decides; every summand can be replayed.
"""

from collections.abc import Callable

from kawat.code.clauses import (
    QUOTES,
    breaks_between,
    commas_between,
    direct_preposition,
    preposition_before,
    preposition_index,
    preposition_inside,
    word_before,
)
from kawat.code.fit import IMPOSSIBLE, Fit
from kawat.code.subjects import find_subject
from kawat.code.triggers import Trigger
from kawat.model import Tree

CONTROL_TYPES = frozenset({"ACCUSE", "REQUEST", "THREATEN", "SUPPORT", "CONCEDE"})
PLACED_TYPES = frozenset(
    {"ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "CONSULT", "RETREAT", "AID", "COOPERATE"}
)
"""Types whose recipient may stand behind a preposition of place (`serangan di Gaza`)."""
CONTROL_REACH = 7
"""Words between the object of a controlling verb and the verb that it controls."""
CLITIC_REACH = 4
"""Words behind a verb within which `-nya` is the owner of its object: `merusak dua kapalnya`."""
SUBJECT_COMMA = 0.1
SUBJECT_READ, SUBJECT_NOT_READ, SUBJECT_UNNAMED = 0.9, -0.4, -0.8
OWNED_ADJECTIVES = 5
NESTED = 6
"""Words between a trigger and a preposition inside its complement."""
ADJECTIVES = 3
"""Words that may stand between a noun and its genitive: `serangan udara besar-besaran Israel`."""


def side(fit: Fit) -> float:
    """Subjects stand before the verb, all else behind it; a clitic belongs to its own word."""
    if fit.mention.rule == "person_clitics" and not fit.line.words.owners_first:
        behind = fit.mention.first - fit.trigger.last
        if not 0 < behind <= (CLITIC_REACH if fit.slot == "obj" else 1):
            return IMPOSSIBLE
    trigger, mention = fit.trigger, fit.mention
    if mention.first <= trigger.last and mention.last >= trigger.first:
        # `serangan militer` + `militer Israel`: the mention may begin inside a noun's form
        begins_inside = mention.last > trigger.last
        noun = trigger.form.voice == "noun" and fit.slot in {"gen", "owner"}
        # `menarik duta besar` + `duta besar dari Israel`
        joined = fit.slot == "obl" and preposition_inside(fit.line, mention) in trigger.row.preps
        if fit.line.words.owners_first:
            ends_inside = mention.first < trigger.first
            return 1.0 if ends_inside and (noun or fit.slot == "subj") else IMPOSSIBLE
        return 1.0 if begins_inside and (noun or joined) else IMPOSSIBLE
    if fit.before:
        if _is_inside_passive(fit):
            return 1.0
        owner = fit.slot in {"gen", "owner"} and fit.line.words.owners_first
        return 1.0 if fit.slot == "subj" or owner else IMPOSSIBLE
    heads_main_clause = _is_subject_behind(fit)
    return 1.0 if heads_main_clause == (fit.slot == "subj") else IMPOSSIBLE


def _is_inside_passive(fit: Fit) -> bool:
    """`sanctions on Iran were lifted`, `claims of Iran were denied`: the noun's own party."""
    trigger = fit.trigger
    inside = trigger.form.voice == "passive" and 0 <= trigger.noun < fit.mention.first
    if not inside or fit.slot not in {"obl", "subj"}:
        return False
    word = direct_preposition(fit.line, fit.mention)
    return word in trigger.row.preps or (fit.slot == "subj" and word in fit.line.words.owner)


def _is_subject_behind(fit: Fit) -> bool:
    """`Setelah menyerang Kyiv, Rusia mundur`: the subject of the main clause stands behind."""
    line = fit.line
    if fit.trigger.form.voice == "noun" or word_before(line, fit.mention.first) != ",":
        return False
    subject = find_subject(line, fit.trigger.first)
    return subject is not None and subject.party is fit.mention


def distance(fit: Fit) -> float:
    """Every word in between takes a little off."""
    if fit.slot == "subj" and not fit.before:
        return 0.0
    left, right = fit.gap
    return (-0.025 if fit.slot == "subj" else -0.04) * max(0, right - left - 1)


def clause_breaks(fit: Fit) -> float:
    """A conjunction in between opens another clause."""
    left, right = fit.gap
    if fit.slot == "subj" and not fit.before:
        return 0.0
    breaks = breaks_between(fit.line, left, right)
    if breaks and fit.slot == "subj" and not _mention_between(fit, left, right):
        # `X membalas dengan menyerang Y`: the new clause has no subject of its own
        return -0.25 * breaks
    return -0.9 * breaks


def _mention_between(fit: Fit, left: int, right: int) -> bool:
    """Whether another party stands behind the last break before the trigger."""
    words = fit.line
    last = max(i for i in range(left + 1, right) if words.lowers[i] in words.words.breakers)
    return any(last < m.first < right for m in words.mentions)


def commas(fit: Fit) -> float:
    """Commas and quotation marks part; behind the verb more than before it."""
    left, right = fit.gap
    if fit.slot != "subj" and any(w in QUOTES for w in fit.line.lowers[left + 1 : right - 1]):
        return -1.0
    if right and fit.line.lowers[right - 1] in QUOTES and not fit.before:
        right -= 1  # a name in quotation marks
    cost = SUBJECT_COMMA if fit.slot == "subj" else fit.line.words.comma_cost
    return -cost * commas_between(fit.line, left, right)


def relative_clause(fit: Fit) -> float:
    """`Israel, yang menyerang`: what stands before `yang` is the subject of what follows it."""
    left, right = fit.gap
    between = fit.line.lowers[left + 1 : right]
    if fit.slot != "subj":
        return -0.7 if any(w in fit.line.words.relative for w in between) else 0.0
    relatives = [i for i, w in enumerate(between) if w in fit.line.words.relative]
    if not relatives:
        return 0.0
    at = relatives[-1]
    close_to_trigger = len(between) - at <= 4
    if close_to_trigger:
        return 0.6 if at <= 1 else 0.2
    # the relative clause of another verb lies between: the mention stays subject of the main verb
    return 0.1 if "," in between[at:] else -0.3


def subject_preposition(fit: Fit) -> float:
    """A noun phrase behind a preposition is no subject."""
    if fit.mention.first == 0 or _heads_clause(fit) or _is_inside_passive(fit):
        return 0.0
    word = direct_preposition(fit.line, fit.mention)
    if word in fit.line.words.agent:
        return IMPOSSIBLE
    if word:
        return -1.0
    governed = preposition_before(fit.line, fit.mention)
    return -0.6 if governed else 0.0


def _heads_clause(fit: Fit) -> bool:
    """Whether `yang` right behind the mention leads to the trigger."""
    after = fit.mention.last + 1
    behind = fit.line.lowers[after : after + 2]
    relative = any(w in fit.line.words.relative for w in behind)
    return relative and not _verb_in(fit, after, fit.trigger.first)


def _verb_in(fit: Fit, low: int, high: int) -> bool:
    return any(o.form.voice != "noun" and low <= o.first < high for o in fit.others)


def modifier_of_noun(fit: Fit) -> float:
    """`serangan Israel menewaskan`: a mention that follows another act's noun belongs to it."""
    for other in fit.others:
        last = other.edges[1]
        if other.form.voice == "noun" and 0 < fit.mention.first - last <= ADJECTIVES:
            return -0.25
    return 0.0


def object_of_other(fit: Fit) -> float:
    """The object of an earlier verb is not the subject of a later one, unless it is controlled."""
    if fit.trigger.form.voice != "noun" and is_controlled(fit):
        return 0.7
    left, right = fit.gap
    verb = _verb_before(fit)
    if verb < 0 or any(w in fit.line.words.relative for w in fit.line.lowers[left + 1 : right]):
        return 0.0
    return -0.8 if _is_chained(fit) else -0.4


def _verb_before(fit: Fit) -> int:
    """The verb whose object the mention is: at most six words back, no clause break between.

    A verb of saying has no object: what follows it is the subject of what is said.
    """
    line, tree = fit.line, fit.line.sentence.tree
    verbs = {o.last for o in fit.others if o.form.voice != "noun"}
    for i in range(fit.mention.first - 1, max(-1, fit.mention.first - 7), -1):
        word = line.lowers[i]
        if i in verbs or (tree is not None and tree.upos[i] == "VERB" and i not in line.inside):
            return -1 if word in line.words.sayings else i
        if word in line.words.breakers | line.words.agent | {","} or word in QUOTES:
            return -1
    return -1


def _is_chained(fit: Fit) -> bool:
    """Whether the trigger goes on with the verb before it: `dan menuduh`, `lalu menyerang`."""
    line, first = fit.line, fit.trigger.first
    for i in range(first - 1, max(-1, first - 3), -1):
        if line.lowers[i] in line.words.chaining:
            # `melatih dan mempersenjatai`: two verbs of one clause
            tree = line.sentence.tree
            return not (i and tree is not None and tree.upos[i - 1] == "VERB")
    return False


def is_controlled(fit: Fit) -> bool:
    """Whether the mention does what the trigger tells because another word says so.

    `menuduh Iran melanggar`, `mendesak Israel menghentikan`, `rencana AS menempatkan`.
    """
    if _is_chained(fit):
        return False
    before = fit.line.lowers[max(0, fit.mention.first - 2) : fit.mention.first]
    near = 0 < fit.trigger.first - fit.mention.last <= CONTROL_REACH
    if near and any(w in fit.line.words.control_nouns for w in before):
        return not _act_between(fit)
    return controller(fit) is not None


def _act_between(fit: Fit) -> bool:
    low, high = fit.mention.last, fit.trigger.first
    return any(t.form.voice != "noun" and low < t.first < high for t in fit.others)


def controller(fit: Fit) -> Trigger | None:
    """The verb of saying whose object does what the trigger tells: `menuduh Iran melanggar`."""
    for other in fit.others:
        between = fit.mention.first - other.last
        if (
            other.row.type in CONTROL_TYPES
            and other.form.voice == "active"
            and 0 < between <= 4
            and 0 < fit.trigger.first - fit.mention.last <= CONTROL_REACH
            and not _act_between(fit)
            and breaks_between(fit.line, other.last, fit.mention.first) == 0
        ):
            return other
    return None


def before_controller(fit: Fit) -> float:
    """Who accuses or asks is not who does what the object of the asking does."""
    if fit.trigger.form.voice == "noun":
        return 0.0
    for mention in fit.line.mentions:
        if fit.mention.last < mention.first and mention.last < fit.trigger.first:
            inner = Fit(fit.line, fit.trigger, mention, "subj", fit.others)
            if is_controlled(inner):
                return -0.9
    return 0.0


def read_leftwards(fit: Fit) -> float:
    """The party that reading leftwards from the verb comes to is its subject."""
    tree = fit.line.sentence.tree
    if tree is None:
        return 0.0
    if fit.trigger.form.voice == "noun" and tree.upos[fit.trigger.first] != "VERB":
        return 0.0
    subject = find_subject(fit.line, fit.trigger.first)
    if subject is None or (subject.party and subject.party.kind == "outlet"):
        return 0.0
    if _is_inside_passive(fit):
        return SUBJECT_READ
    if subject.party is None:
        joint = fit.trigger.row.recipient == "both" and fit.trigger.form.voice == "passive"
        return 0.0 if joint else SUBJECT_UNNAMED  # `kerja sama AS-China yang disepakati`
    return SUBJECT_READ if subject.party is fit.mention else SUBJECT_NOT_READ


def first_of_clause(fit: Fit) -> float:
    """The party at the head of the sentence is the likeliest subject."""
    return 0.2 if fit.mention.first <= 1 else 0.0


def beyond_other_verb(fit: Fit) -> float:
    """What stands behind another act's verb is an argument of that verb."""
    left, right = fit.gap
    crossed = any(o.form.voice != "noun" and left < o.first < right for o in fit.others)
    return -0.8 if crossed else 0.0


def object_directly(fit: Fit) -> float:
    """An object follows without a preposition; `oleh` and `dengan` never lead to one."""
    word = preposition_before(fit.line, fit.mention, fit.trigger.last)
    if not word:
        between = fit.mention.first - fit.trigger.last - 1
        return 0.5 if between == 0 else 0.2
    if word in fit.line.words.toward:
        return 0.2
    if _is_owner_of_object(fit):
        return 0.0
    if word in fit.line.words.apart:
        return -1.0
    return -0.55


def _is_owner_of_object(fit: Fit) -> bool:
    """`seized seven districts of Azerbaijan`: whose the object is."""
    line, tree = fit.line, fit.line.sentence.tree
    at = preposition_index(line, fit.mention, fit.trigger.last)
    if tree is None or not line.words.owners_first or line.lowers[at] not in line.words.owner:
        return False
    between = range(fit.trigger.last + 1, at)
    plain = all(line.lowers[i] not in line.words.stops for i in between)
    return plain and at > fit.trigger.last + 1 and tree.upos[at - 1] in {"NOUN", "PROPN"}


def oblique_preposition(fit: Fit) -> float:
    """An oblique stands behind one of the row's prepositions."""
    word = preposition_before(fit.line, fit.mention, fit.trigger.edges[0])
    if not word:
        word = preposition_inside(fit.line, fit.mention)
    elif at_border := _border_preposition(fit):
        word = at_border
    if word in fit.line.words.place and fit.trigger.row.type not in PLACED_TYPES:
        return IMPOSSIBLE
    if word and word not in fit.trigger.row.preps and _is_nested(fit):
        return 0.05
    if word in fit.trigger.row.preps:
        if word in fit.line.words.place and _mention_before(fit):
            return -0.3  # `ke pangkalan AS di Qatar`
        return 0.45 if direct_preposition(fit.line, fit.mention) == word else 0.35
    return IMPOSSIBLE


def _border_preposition(fit: Fit) -> str:
    """`along the border with Iran`: what leads to the border leads to the state behind it."""
    at = preposition_index(fit.line, fit.mention, fit.trigger.edges[0])
    if at < 1 or fit.line.lowers[at - 1] not in fit.line.words.borders:
        return ""
    for i in range(at - 2, max(fit.trigger.edges[1], at - 5), -1):
        if fit.line.lowers[i] in fit.line.words.prepositions:
            return fit.line.lowers[i]
    return ""


def _is_nested(fit: Fit) -> bool:
    """`sanctions on oil from Russia`: a phrase inside the one that the row's preposition opens."""
    line = fit.line
    if not line.words.owners_first:
        return False
    at = preposition_index(line, fit.mention, fit.trigger.edges[0])
    if at < 0 or line.lowers[at] in line.words.apart - line.words.owner - line.words.place:
        return False
    low = fit.trigger.edges[1] + 1
    between = line.lowers[low:at]
    if len(between) > NESTED or any(w in line.words.breakers | {",", ";"} for w in between):
        return False
    opened = [i for i in range(low, at) if line.lowers[i] in line.words.prepositions]
    inside = any(m.actors and low <= m.first < at for m in line.mentions)
    return not inside and len(opened) == 1 and line.lowers[opened[0]] in fit.trigger.row.preps


def _mention_before(fit: Fit) -> bool:
    """Whether another party behind one of the row's prepositions stands before the mention."""
    return any(
        fit.trigger.last < m.first
        and m.last < fit.mention.first
        and preposition_before(fit.line, m, fit.trigger.last) in fit.trigger.row.preps
        for m in fit.line.mentions
    )


def genitive(fit: Fit) -> float:
    """The genitive stands right beside its noun, or behind `oleh`."""
    noun_end = fit.trigger.edges[1]
    if fit.line.words.owners_first and fit.mention.first < fit.trigger.first:
        return _owner_before(fit)
    if fit.mention.first <= noun_end:
        return 0.6 if fit.mention.last > noun_end else IMPOSSIBLE
    gap = fit.line.lowers[noun_end + 1 : fit.mention.first]
    if gap and word_before(fit.line, fit.mention.first) in fit.line.words.agent:
        return 0.8
    if fit.line.words.owners_first:
        if fit.slot == "owner":
            return IMPOSSIBLE
        owned = bool(gap) and gap[0] in fit.line.words.owner and len(gap) <= ADJECTIVES
        moved = fit.trigger.row.type == "RETREAT" and fit.mention.kind == "organ"
        return 0.5 if owned and (moved or gap[0] not in fit.trigger.row.preps) else IMPOSSIBLE
    if any(w in fit.line.words.stops for w in gap):
        if gap[-1] in fit.line.words.owner and len(gap) <= ADJECTIVES:
            return 0.5
        return IMPOSSIBLE
    return 0.6 if len(gap) <= ADJECTIVES else IMPOSSIBLE


def complement(fit: Fit) -> float:
    """`the detention of two Canadians`: the object of an act told as a noun."""
    word = preposition_before(fit.line, fit.mention, fit.trigger.edges[0])
    return 0.6 if word in fit.line.words.owner else IMPOSSIBLE


def _owner_before(fit: Fit) -> float:
    """`Israel's deadly strikes`, `Israeli strikes`: an owner, or an adjective of a state."""
    line, tree = fit.line, fit.line.sentence.tree
    low, high = fit.mention.last + 1, fit.trigger.first
    gap = line.lowers[low:high]
    owned = gap[:1] and gap[0] in line.words.possessives
    inner = gap[1:] if owned else gap
    if len(inner) > (OWNED_ADJECTIVES if owned else ADJECTIVES):
        return IMPOSSIBLE
    if any(w in line.words.stops or w in line.words.coordination for w in inner[:1]):
        return IMPOSSIBLE
    if any(w in line.words.stops or w in line.words.articles for w in inner):
        return IMPOSSIBLE
    if tree is not None and any(t in {"VERB", "AUX"} for t in tree.upos[high - len(inner) : high]):
        return IMPOSSIBLE
    return (0.8 if owned or not inner else 0.6) - 0.05 * len(inner)


def place_not_party(fit: Fit) -> float:
    """`di Israel` is a place; `warga asal Rusia` is no act of Russia."""
    if fit.slot in {"gen", "owner"} and fit.before:
        return 0.0  # `in Israeli strikes`
    word = word_before(fit.line, fit.mention.first)
    if word in fit.line.words.place and word not in fit.trigger.row.preps:
        return -0.8
    return 0.0


def tree_relation(fit: Fit) -> float:
    """The tree hangs the mention on the trigger with the right label, or on something else."""
    tree = fit.line.sentence.tree
    if tree is None:
        return 0.0
    head_word = _head_of(fit, tree)
    target, label = tree.head[head_word], tree.deprel[head_word].split(":")[0]
    on_trigger = fit.trigger.first <= target <= fit.trigger.last or target == fit.trigger.noun
    if on_trigger:
        wanted = {
            "subj": {"nsubj"}, "obj": {"obj", "iobj", "obl"}, "obl": {"obl", "nmod"},
            "gen": {"nmod", "flat", "appos", "obl", "nsubj", "amod", "compound"},
            "owner": {"nmod", "amod", "compound", "obl"},
            "of": {"nmod", "obl"},
        }[fit.slot]  # fmt: skip
        return 0.35 if label in wanted else 0.0
    if fit.slot == "subj" and label == "nsubj" and fit.trigger.form.voice != "noun":
        # the subject of another verb; still ours when that verb is coordinated with the trigger
        return -0.1
    return 0.0


def _head_of(fit: Fit, tree: Tree) -> int:
    """The word of the mention whose head lies outside it."""
    for i in range(fit.mention.first, fit.mention.last + 1):
        if not fit.mention.first <= tree.head[i] <= fit.mention.last:
            return i
    return fit.mention.head


Score = Callable[[Fit], float]
_ALWAYS: tuple[Score, ...] = (
    distance, clause_breaks, commas, relative_clause, place_not_party, tree_relation,
)  # fmt: skip
SCORES: dict[str, tuple[Score, ...]] = {
    "subj": (
        side, subject_preposition, *_ALWAYS, modifier_of_noun, object_of_other,
        before_controller, read_leftwards, first_of_clause,
    ),
    "obj": (side, *_ALWAYS, beyond_other_verb, object_directly),
    "obl": (side, oblique_preposition, *_ALWAYS, beyond_other_verb),
    "gen": (side, genitive, *_ALWAYS, beyond_other_verb),
    "owner": (side, genitive, *_ALWAYS, beyond_other_verb),
    "of": (side, complement, *_ALWAYS, beyond_other_verb),
}  # fmt: skip
"""What is looked at for each slot; what can rule a mention out comes first."""


def score(fit: Fit) -> float:
    """Return the sum of all scores of the slot; `IMPOSSIBLE` as soon as one rules it out."""
    total = 0.0
    for function in SCORES[fit.slot]:
        points = function(fit)
        if points <= IMPOSSIBLE:
            return IMPOSSIBLE
        total += points
    return total
