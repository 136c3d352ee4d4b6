"""Triggers that tell of no act: what is only demanded or threatened, and words of a name."""

from kawat.code.clauses import Line
from kawat.code.triggers import Trigger

DEMANDS = frozenset({"REQUEST", "THREATEN"})
REFUSALS = frozenset({"REJECT", "AGREE"})
"""`menolak menerapkan`, `setuju menarik`: the verb right behind is what is refused or agreed."""
WANTING = frozenset({"REQUEST", "REJECT"})
WANTED_NOUNS = frozenset({"AGREE", "CONSULT", "COOPERATE", "AID", "RETREAT", "CONCEDE"})
NOUN_REACH = 2
DEMAND_REACH = 9
REFUSAL_REACH = 3
FICTION_REACH = 4


def is_only_wanted(line: Line, trigger: Trigger, others: tuple[Trigger, ...]) -> bool:
    """Whether the trigger is a verb in what another demands, threatens, refuses or agrees to.

    `mendesak Israel menghentikan`, `mengancam akan menutup`: the demand is the event.
    """
    if trigger.form.voice == "noun":
        return _is_noun_wanted(trigger, others)
    if trigger.first and line.lowers[trigger.first - 1] in line.words.coordination:
        return False
    for other in others:
        gap = trigger.first - other.last
        if (
            other.form.voice != "active"
            or gap <= 0
            or line.lowers[other.first] in line.words.denying
        ):
            continue
        if trigger.first == other.noun:
            return True  # `mendesak junta membuka akses`
        reach = DEMAND_REACH if other.row.type in DEMANDS else REFUSAL_REACH
        wanting = other.row.type in DEMANDS | REFUSALS
        if wanting and gap <= reach and not _new_clause(line, other.last, trigger.first):
            return True
    return False


def _is_noun_wanted(trigger: Trigger, others: tuple[Trigger, ...]) -> bool:
    """`menyerukan negosiasi`, `menolak kunjungan itu`: what is asked for or refused is not done."""
    if trigger.row.type not in WANTED_NOUNS:
        return False
    return any(
        o.form.voice == "active"
        and o.row.type in WANTING
        and 0 < trigger.first - o.last <= NOUN_REACH
        for o in others
    )


def is_denial_of_act(line: Line, trigger: Trigger, others: tuple[Trigger, ...]) -> bool:
    """`membantah menyerang Ukraina`: whom the act is against is not who is contradicted."""
    if line.lowers[trigger.first] not in line.words.denying:
        return False
    return any(0 < o.first - trigger.last <= 2 and o.form.voice != "noun" for o in others)


def _new_clause(line: Line, left: int, right: int) -> bool:
    """Whether a clause that is no part of the demand opens in between."""
    between = line.lowers[left + 1 : right]
    return any(
        w in {",", "."} or w in line.words.relative or w in line.words.other_clauses
        for w in between
    )


def is_told_in_fiction(line: Line, trigger: Trigger) -> bool:
    """`film tentang invasi`: the act of a story is no event."""
    before = line.lowers[max(0, trigger.first - FICTION_REACH) : trigger.first]
    return any(w in line.words.fiction for w in before)


def is_part_of_name(line: Line, trigger: Trigger) -> bool:
    """`Pasukan Dukungan Cepat`: a capitalised word inside a name is no act."""
    if not line.sentence.words[trigger.first].text[0].isupper() or trigger.first == 0:
        return False
    tree = line.sentence.tree
    capital = line.sentence.words[trigger.last].text[0].isupper()
    proper = tree is not None and tree.upos[trigger.last] == "PROPN"
    if capital and proper and line.words.owners_first:
        return True  # `the Fed`, `the Economic Corridor`
    return any(m.first < trigger.first and trigger.last <= m.last for m in line.mentions)
