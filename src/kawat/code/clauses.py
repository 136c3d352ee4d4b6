"""Where a word stands: clause breaks, prepositions and coordination, read off the words."""

from dataclasses import dataclass, field
from functools import cache

from kawat.lang import Pack
from kawat.model import Mention, Sentence, Tree

DIRECTING = frozenset({"REQUEST", "COERCE", "ACCUSE", "SUPPORT", "AID", "THREATEN"})
QUOTES = frozenset('"“”„«»')


@dataclass(frozen=True, eq=False)
class Words:
    """The grammar words of a pack as sets."""

    breakers: frozenset[str]
    relative: frozenset[str]
    agent: frozenset[str]
    coordination: frozenset[str]
    together: frozenset[str]
    prepositions: frozenset[str]
    light: frozenset[str]
    receiving: frozenset[str]
    place: frozenset[str]
    sayings: frozenset[str]
    chaining: frozenset[str]
    joining: frozenset[str]
    """Words behind which a verb shares the subject of the verb before: `dan`, `untuk`."""
    other_clauses: frozenset[str]
    """Breakers that do not open what a demand is about."""
    control_nouns: frozenset[str]
    controlling: frozenset[str]
    addressing: frozenset[str]
    directing: frozenset[str]
    """Verbs whose object does what follows `untuk`: `mendesak Israel untuk mundur`."""
    demands: frozenset[str]
    """Nouns whose genitive wants what another should do: `seruan PBB untuk mundur`."""
    toward: frozenset[str]
    """Prepositions that may lead to what is otherwise an object: `terhadap`."""
    apart: frozenset[str]
    """Prepositions that never lead to an object: `oleh`, `dengan`."""
    owner: frozenset[str]
    """Prepositions between a noun and its genitive: `serangan dari Israel`."""
    denying: frozenset[str]
    fiction: frozenset[str]
    within: frozenset[str]
    """Prepositions before what an act is a part of: `dalam operasi`."""
    comparing: frozenset[str]
    quantities: frozenset[str]
    """Nouns that count what is behind their preposition: `thousands of Kenyans`."""
    suffering: frozenset[str]
    clitics: frozenset[str]
    voices: frozenset[str]
    """Nouns of what a party says: `pernyataan yang mendukung` has that party as its subject."""
    articles: frozenset[str]
    possessives: frozenset[str]
    owners_first: bool
    """Whether the genitive stands before its noun: `Israel's strikes`, `Israeli strikes`."""
    acts: frozenset[str]
    """Nouns of acts of the lexicon."""
    borders: frozenset[str]
    """Nouns whose `with` names a place: `along the border with Iran`."""
    from_where: frozenset[str]
    """Words before the state of people that an act hits: `girls from Nigeria`."""
    comma_cost: float
    """Points that a comma between a trigger and what is no subject takes off."""
    bare_agent: bool
    """Whether the agent of a passive may stand right behind it: `diserang Israel`."""
    relative_pronouns: frozenset[str]
    """Words that are relative only where they are pronouns: `that`."""
    gerund_joining: frozenset[str]
    """Prepositions behind which a verb shares the subject before: `by attacking`."""
    not_owners: frozenset[str]
    """Nouns that are another than their owner: `Israel's allies`."""
    stops: frozenset[str]
    """Words that no noun phrase goes over: prepositions, breaks, commas, `yang`."""


@cache
def clause_words(pack: Pack) -> Words:
    """Return the clause grammar of `pack`."""
    table = pack.grammar["clauses"]
    return Words(
        frozenset(table["breakers"]), frozenset(table["relative"]), frozenset(table["agent"]),
        frozenset(table["coordination"]), frozenset(table["together"]),
        frozenset(table["prepositions"]), frozenset(table["light"]), frozenset(table["receiving"]),
        frozenset(pack.grammar["actors"]["place_before"]),
        frozenset(
            p for r in pack.reporting if r.kind in {"quote", "report"} for p in r.phrase
        ),
        frozenset(table["chaining"]), frozenset(table["joining"]),
        frozenset(table["breakers"]) - frozenset(table["demanding"]),
        frozenset(table["control_nouns"]),
        frozenset(table["controlling"]), frozenset(table["addressing"]),
        _directing(pack), _demands(pack), frozenset(table["toward"]),
        frozenset(table["apart"]), frozenset(table["owner"]), frozenset(table["denying"]),
        frozenset(table["fiction"]), frozenset(table["within"]), frozenset(table["comparing"]),
        frozenset(table["quantities"]), frozenset(table["suffering"]),
        frozenset(pack.grammar["actors"]["person_clitics"]),
        frozenset(table["voices"]),
        frozenset(pack.grammar["actors"]["articles"]),
        frozenset(pack.grammar["actors"]["possessives"]),
        bool(pack.grammar["actors"]["state_first"]),
        frozenset(f for r in pack.events if r.voice == "noun" for f in r.form),
        frozenset(table["borders"]), frozenset(table["from_where"]),
        float(table["comma_cost"]), bool(table["bare_agent"]),
        frozenset(table["relative_pronouns"]), frozenset(table["gerund_joining"]),
        frozenset(table["not_owners"]),
        frozenset([*table["prepositions"], *table["breakers"], *table["relative"], ",", "(", "."]),
    )  # fmt: skip


def _directing(pack: Pack) -> frozenset[str]:
    rows = (r for r in pack.events if r.type in DIRECTING and r.recipient == "obj")
    return frozenset(form for row in rows for form in row.form if row.voice == "active")


def _demands(pack: Pack) -> frozenset[str]:
    rows = (r for r in pack.events if r.type == "REQUEST" and r.voice == "noun")
    return frozenset(form for row in rows for form in row.form)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose act a verb tells: a party, or (`party` is None) a noun phrase that names none."""

    party: Mention | None


@dataclass(frozen=True, eq=False, slots=True)
class Line:
    """A sentence as the argument finder sees it."""

    sentence: Sentence
    lowers: tuple[str, ...]
    words: Words
    mentions: tuple[Mention, ...]
    inside: frozenset[int]
    """Words that are part of some mention."""
    subjects: dict[int, Subject | None] = field(default_factory=dict)
    """Subjects that were read already, by verb."""


def make_line(sentence: Sentence, mentions: tuple[Mention, ...], pack: Pack) -> Line:
    """Return `sentence` with its mentions, ready for look-ups."""
    inside = frozenset(i for m in mentions for i in range(m.first, m.last + 1))
    return Line(
        sentence, tuple(w.lower for w in sentence.words), clause_words(pack), mentions, inside
    )


def breaks_between(line: Line, left: int, right: int) -> int:
    """How many clause breaks stand strictly between two words."""
    return sum(
        1
        for i in range(left + 1, right)
        if line.lowers[i] in line.words.breakers and i not in line.inside
    )


def commas_between(line: Line, left: int, right: int) -> int:
    """How many commas and quotation marks stand strictly between two words."""
    return sum(
        1 for i in range(left + 1, right) if line.lowers[i] in {",", ";", ":", "—", "–"}
        or line.lowers[i] in QUOTES
    )  # fmt: skip


def preposition_before(line: Line, mention: Mention, stop: int = -1) -> str:
    """The preposition that governs a mention: at most five words back, none after `stop`.

    Nouns may stand between (`terhadap fasilitas nuklir Iran`), but no break, comma or `yang`.
    """
    at = preposition_index(line, mention, stop)
    return line.lowers[at] if at >= 0 else ""


def preposition_index(line: Line, mention: Mention, stop: int = -1) -> int:
    """The place of that preposition, or -1."""
    for i in range(mention.first - 1, max(stop, mention.first - 6), -1):
        word = line.lowers[i]
        if word in line.words.prepositions:
            if _is_counting(line, i):
                continue
            return i
        if (
            word in line.words.breakers
            or word == ","
            or i in line.inside
            or (word in line.words.relative)
        ):
            return -1
    return -1


def preposition_inside(line: Line, mention: Mention) -> str:
    """The preposition within a mention that joins a role to its state (`pasukan dari Suriah`)."""
    for word in line.lowers[mention.first + 1 : mention.last]:
        if word in line.words.prepositions:
            return word
    return ""


def direct_preposition(line: Line, mention: Mention) -> str:
    """The preposition directly before a mention, or ""."""
    at = index_before(line, mention.first)
    if at < 0 or line.lowers[at] not in line.words.prepositions or _is_counting(line, at):
        return ""
    return line.lowers[at]


def _is_counting(line: Line, at: int) -> bool:
    """`lebih dari 700 warga`, `thousands of Kenyans`: the preposition at `at` is no such one."""
    before = line.lowers[at - 1] if at else ""
    counted = before in line.words.quantities and line.lowers[at] in line.words.owner
    return counted or before in line.words.comparing


def word_before(line: Line, first: int) -> str:
    """The word before the one at `first`, past articles; "" at the head of the sentence."""
    at = index_before(line, first)
    return line.lowers[at] if at >= 0 else ""


def index_before(line: Line, first: int) -> int:
    """The place of that word, or -1."""
    at = first - 1
    while at >= 0 and line.lowers[at] in line.words.articles:
        at -= 1
    return at


def coordinated(line: Line, mention: Mention) -> list[Mention]:
    """Return the mention and those joined to it by commas, `dan` or a hyphen, in order."""
    run = [mention]
    ordered = [m for m in line.mentions if m.kind != "outlet"]
    at = ordered.index(mention) if mention in ordered else -1
    if at < 0:
        return run
    for other in ordered[at + 1 :]:
        if not _joined(line, run[-1], other):
            break
        run.append(other)
    for other in reversed(ordered[:at]):
        if not _joined(line, other, run[0]):
            break
        run.insert(0, other)
    return run


def _joined(line: Line, left: Mention, right: Mention) -> bool:
    gap = tuple(w for w in line.lowers[left.last + 1 : right.first] if w not in line.words.articles)
    if not gap or len(gap) > 2:
        return False
    joints = line.words.coordination | {",", "-", "–", "/"}
    if not all(g in joints for g in gap) or (len(gap) > 1 and _opens_clause(line, left, right)):
        return False
    return gap != (",",) or _list_goes_on(line, right)


def _opens_clause(line: Line, left: Mention, right: Mention) -> bool:
    """`sanctions on Iran, and Israel welcomed them`: the second is the subject of a new clause."""
    tree = line.sentence.tree
    if tree is None or "VERB" not in tree.upos[: left.first]:
        return False
    labels = [_outer_label(tree, m) for m in (left, right)]
    acts = tree.upos[right.last + 1 : right.last + 2] == ("VERB",)
    if acts and labels[0] in {"obj", "obl", "nmod"}:
        return True
    return labels[1].startswith("nsubj") and not labels[0].startswith("nsubj")


def _outer_label(tree: Tree, mention: Mention) -> str:
    """The relation of a mention to the word outside of it that it hangs on."""
    for i in range(mention.first, mention.last + 1):
        if not mention.first <= tree.head[i] <= mention.last:
            return tree.deprel[i]
    return ""


def _list_goes_on(line: Line, mention: Mention) -> bool:
    """A bare comma joins only in a list: another comma or `dan`, and one more name, follow."""
    after = mention.last + 1
    joints = line.words.coordination
    if line.lowers[after : after + 1] == (",",):
        after += 1 + (line.lowers[after + 1 : after + 2] != () and line.lowers[after + 1] in joints)
    elif line.lowers[after : after + 1] and line.lowers[after] in joints:
        after += 1
    else:
        return False
    while line.lowers[after : after + 1] and line.lowers[after] in line.words.articles:
        after += 1
    return any(m.first == after for m in line.mentions)
