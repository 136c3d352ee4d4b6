"""Who acts and who is acted on: the best mention for each slot of a trigger's frame."""

from dataclasses import dataclass, field

from kawat.code.clauses import Line, breaks_between, coordinated, word_before
from kawat.code.fit import IMPOSSIBLE, Fit
from kawat.code.scores import score
from kawat.code.subjects import find_subject
from kawat.code.triggers import Trigger
from kawat.model import Actor, Mention

THRESHOLD = 0.3
"""A slot stays empty when no mention scores more."""
TURNED = {"subj": "agent", "obj": "subj"}
"""The slots that the passive turns round; `Xi was received by Putin`: the guest acts."""
HITTING = frozenset({"ASSAULT", "COERCE"})
OBJECT_NOUNS = 2
"""Plain nouns between such a verb and whose they are: `mengkritik kebijakan Iran`."""
SAID_TO = frozenset({"REQUEST", "ACCUSE"})
OWN_RULES = frozenset({"own_phrases"})
DONE_TO_OWN = frozenset({"REQUEST", "COERCE"})
"""Types of acts on one's own people: `mengimbau warganya`, `menahan ribuan warganya`."""
HIT_REACH = 5
SUFFERING_REACH = 6
AGENT_GAP = 2
"""Plain nouns that may stand between a passive and its agent: `dihujani rudal Rusia`."""


@dataclass(slots=True)
class Roles:
    """The parties of a trigger, with the score and rule that chose each side."""

    actors: list[Actor] = field(default_factory=list)
    recipients: list[Actor] = field(default_factory=list)
    chosen: list[tuple[str, str, float, Mention]] = field(default_factory=list)
    """(field, rule, score, mention) of each choice."""
    inferred: list[tuple[str, str, str]] = field(default_factory=list)
    """(field, rule, entities) of each side that what was told before fixes."""


def find_roles(line: Line, trigger: Trigger, others: tuple[Trigger, ...]) -> Roles:
    """Return actors and recipients of `trigger` in its sentence."""
    roles = Roles()
    if trigger.row.recipient == "both":
        hit = trigger.row.type == "ASSAULT" and trigger.form.voice == "noun"
        if not (hit and _fill_sufferer(line, trigger, roles)):
            _fill_both(line, trigger, others, roles)
        return roles
    slots = _slots(trigger)
    if slots[1] == "gen" and _has_complement(line, trigger):
        # `China's detention of Canadians`
        slots = ("owner" if slots[0] == "gen" else slots[0], "of")
    if trigger.form.voice == "noun" and _fill_sufferer(line, trigger, roles):
        _fill(line, trigger, others, (slots[0], "actors"), roles, roles.chosen[0][3])
        return roles
    used = _fill_actors(line, trigger, others, slots, roles)
    chosen = _fill_recipients(line, trigger, others, slots[1], roles, used)
    if chosen is None and used is not None and trigger.form.voice == "noun":
        _fill_receiver(line, trigger, others, roles, used)
    if chosen is None and trigger.row.type == "ASSAULT":
        _fill_hit_state(line, roles, trigger.last)
    elif chosen is not None and not chosen.actors and trigger.row.type in HITTING:
        _fill_hit_state(line, roles, max(trigger.last, chosen.last))
    return roles


def _fill_actors(
    line: Line, trigger: Trigger, others: tuple[Trigger, ...], slots: tuple[str, str], roles: Roles
) -> Mention | None:
    """Fill the actors from their slot, else from where else the words may name them."""
    used = _fill(line, trigger, others, (slots[0], "actors"), roles, None)
    if used is None and slots[1] == "of":
        used = _fill(line, trigger, others, ("owner", "actors"), roles, None)
    if used is None and slots[0] in {"gen", "owner"}:
        used = _subject_of_light_verb(line, trigger, others, roles)
    if used is None and trigger.noun > trigger.last and trigger.row.recipient != "gen":
        noun = Trigger(trigger.noun, trigger.noun, trigger.form)
        used = _fill(line, noun, others, ("gen", "actors"), roles, None)
    return used


def _fill_recipients(
    line: Line, trigger: Trigger, others: tuple[Trigger, ...], slot: str, roles: Roles,
    used: Mention | None,
) -> Mention | None:  # fmt: skip
    """Fill the recipients from their slot, else an oblique's from the object and the reverse."""
    chosen = _fill(line, trigger, others, (slot, "recipients"), roles, used)
    moved = trigger.row.type == "MOBILIZE"  # its object is what is moved
    if chosen is None and slot == "obl" and trigger.form.voice != "noun" and not moved:
        turned = trigger.form.voice == "passive" and line.words.owners_first
        second = "subj" if turned else "obj"
        return _fill(line, trigger, others, (second, "recipients"), roles, used)
    if chosen is None and slot == "obj" and trigger.row.preps:
        return _fill(line, trigger, others, ("obl", "recipients"), roles, used)
    return chosen


def _has_complement(line: Line, trigger: Trigger) -> bool:
    behind = line.lowers[trigger.edges[1] + 1 : trigger.edges[1] + 2]
    return line.words.owners_first and any(w in line.words.owner for w in behind)


def _slots(trigger: Trigger) -> tuple[str, str]:
    """The slots of actor and recipient; the passive turns subject and object round."""
    row = trigger.row
    if trigger.form.voice == "passive" and row.voice == "active":
        return TURNED.get(row.actor, row.actor), TURNED.get(row.recipient, row.recipient)
    return row.actor, row.recipient


def _fill(
    line: Line, trigger: Trigger, others: tuple[Trigger, ...], slot: tuple[str, str],
    roles: Roles, taken: Mention | None,
) -> Mention | None:  # fmt: skip
    """Fill one side; return the mention that was chosen, also one that names nobody known."""
    name, side = slot
    best, points = None, THRESHOLD
    if name == "none":
        return None
    for mention in line.mentions:
        if mention is taken or not _may_be_party(mention, trigger, side):
            continue
        if _means_nobody(line, trigger, mention, taken, roles):
            continue
        value = _agent_score(line, trigger, mention) if name == "agent" else score(
            Fit(line, trigger, mention, name, others)
        )  # fmt: skip
        if value > points:
            best, points = mention, value
    if best is None:
        return None
    run = coordinated(line, best)
    target = roles.actors if side == "actors" else roles.recipients
    for mention in run:
        if mention is taken or (taken and _is_echo(line, trigger, mention, roles)):
            continue
        target.extend(a for a in mention.actors if a.entity not in {t.entity for t in target})
    roles.chosen.append((side, f"slot-{name}", round(points, 3), best))
    return best


def _may_be_party(mention: Mention, trigger: Trigger, side: str) -> bool:
    """A vessel acts and is hit for its state; what is bought or sent stands for none."""
    if mention.kind == "craft":
        return side == "actors" or trigger.row.type == "ASSAULT"
    return mention.kind != "outlet"


def _fill_hit_state(line: Line, roles: Roles, last: int) -> None:
    """`mengebom Balakot di Pakistan`: the state that the place hit is said to lie in.

    `last` is the last word of the trigger, or of people hit whom no state's name stands beside.
    """
    own = {a.entity for a in roles.actors}
    for mention in line.mentions:
        gap = mention.first - last
        placed = word_before(line, mention.first) in line.words.place | line.words.from_where
        if 0 < gap <= HIT_REACH and placed and mention.kind in {"state", "region"}:
            if own and not own & {a.entity for a in mention.actors}:
                roles.recipients.extend(mention.actors)
                roles.chosen.append(("recipients", "hit-state", THRESHOLD, mention))
            return


def _means_nobody(
    line: Line, trigger: Trigger, mention: Mention, taken: Mention | None, roles: Roles
) -> bool:
    """`targeted firms in the United States`; `its` of the actor's own: no party behind the verb."""
    if not line.words.owners_first or taken is None:
        return False
    bare = not mention.actors and not mention.person_name and mention.kind == "role"
    echo = mention.kind == "coreference" and _is_echo(line, trigger, mention, roles)
    return bare or echo


def _is_echo(line: Line, trigger: Trigger, mention: Mention, roles: Roles) -> bool:
    """Whether a pronoun or bare name only says the actor again; an organ or people is another.

    What an asking or accusing verb names right behind it is whom it is said to: `mendesak Israel`.
    """
    told = trigger.row.type in SAID_TO and trigger.form.voice == "active"
    if told and mention.kind != "coreference":
        gap = line.lowers[trigger.last + 1 : mention.first]
        if len(gap) <= OBJECT_NOUNS and not any(w in line.words.stops for w in gap):
            return False
    own_people = mention.rule in OWN_RULES and not line.words.owners_first
    if own_people and trigger.row.type in DONE_TO_OWN:
        return False
    own = {a.entity for a in roles.actors}
    same = any(a.entity in own for a in mention.actors)
    return (
        same
        and mention.kind not in {"people", "organ", "leader", "group"}
        and not mention.person_name
    )


def _agent_score(line: Line, trigger: Trigger, mention: Mention) -> float:
    """The agent of a passive: behind `oleh`, or right behind the verb."""
    if mention.first <= trigger.last:
        return IMPOSSIBLE
    gap = line.lowers[trigger.last + 1 : mention.first]
    if word_before(line, mention.first) in line.words.agent and gap:
        return 1.5 - 0.03 * len(gap) - 0.5 * breaks_between(line, trigger.last, mention.first)
    if not line.words.bare_agent:
        return IMPOSSIBLE
    tree = line.sentence.tree
    tags = tree.upos[trigger.last + 1 : mention.first] if tree is not None else ()
    plain = "VERB" not in tags and not any(w in line.words.stops for w in gap)
    if len(gap) <= AGENT_GAP and plain:
        return 1.0 - 0.25 * len(gap)
    return IMPOSSIBLE


def _subject_of_light_verb(
    line: Line, trigger: Trigger, others: tuple[Trigger, ...], roles: Roles
) -> Mention | None:
    """`Israel melancarkan serangan`: the subject of the light verb is the noun's actor."""
    at = _light_verb(line, trigger, line.words.light)
    if at < 0:
        return None
    carrier = Trigger(at, at, trigger.form)
    rest = tuple(o for o in others if o.first != at)
    return _fill(line, carrier, rest, ("subj", "actors"), roles, None)


def _fill_receiver(
    line: Line, trigger: Trigger, others: tuple[Trigger, ...], roles: Roles, used: Mention
) -> None:
    """`Indonesia menerima bantuan Turki`: the subject of the receiving verb is the recipient."""
    at = _light_verb(line, trigger, line.words.receiving)
    if at >= 0:
        carrier = Trigger(at, at, trigger.form)
        rest = tuple(o for o in others if o.first != at)
        _fill(line, carrier, rest, ("subj", "recipients"), roles, used)


def _fill_sufferer(line: Line, trigger: Trigger, roles: Roles) -> bool:
    """`Soleimani tewas dalam serangan drone`: who suffers is the recipient."""
    words = line.words
    for i in range(trigger.first - 1, max(-1, trigger.first - SUFFERING_REACH), -1):
        word = line.lowers[i]
        if word in words.suffering:
            subject = find_subject(line, i)
            if subject is None or subject.party is None or not subject.party.actors:
                return False
            run = coordinated(line, subject.party)
            roles.recipients.extend(a for mention in run for a in mention.actors)
            roles.chosen.append(("recipients", "who-suffers", THRESHOLD, subject.party))
            return True
        if i in line.inside or word in words.breakers or word in {",", "."}:
            return False
    return False


def _light_verb(line: Line, trigger: Trigger, verbs: frozenset[str]) -> int:
    """The verb of a list at most three words before a noun, or -1."""
    for i in range(trigger.first - 1, max(-1, trigger.first - 4), -1):
        if line.lowers[i] in verbs:
            return i
        if line.lowers[i] in line.words.breakers:
            break
    return -1


def _fill_both(line: Line, trigger: Trigger, others: tuple[Trigger, ...], roles: Roles) -> None:
    """All parties are actors: the subject side, and who stands behind `dengan` or `antara`."""
    noun = trigger.form.voice == "noun"
    beside = _pick(line, trigger, others, "gen") if noun else None
    sides = [
        beside, _pick(line, trigger, others, "obl"),
        None if noun else _pick(line, trigger, others, "subj"),
    ]  # fmt: skip
    if not noun and sides[0] is None and sides[1] is None:
        sides[0] = _pick(line, trigger, others, "obj")
    if trigger.form.voice == "passive":
        sides.append(_pick_agent(line, trigger))
    if noun and _count(line, sides) < 2 and _light_verb(line, trigger, line.words.light) >= 0:
        sides.append(_pick(line, trigger, others, "subj"))
    for choice in sides:
        if choice is None:
            continue
        mention, rule, points = choice
        for one in coordinated(line, mention):
            roles.actors.extend(
                a for a in one.actors if a.entity not in {t.entity for t in roles.actors}
            )
        roles.chosen.append(("actors", rule, points, mention))


def _count(line: Line, sides: list[tuple[Mention, str, float] | None]) -> int:
    entities: set[str] = set()
    for choice in sides:
        if choice is not None:
            for mention in coordinated(line, choice[0]):
                entities.update(a.entity for a in mention.actors)
    return len(entities)


def _pick_agent(line: Line, trigger: Trigger) -> tuple[Mention, str, float] | None:
    """The agent of a passive that joins all its parties: `signed by Congo and Rwanda`."""
    scored = [(_agent_score(line, trigger, m), m) for m in line.mentions if m.kind != "outlet"]
    points, mention = max(scored, key=lambda pair: pair[0], default=(IMPOSSIBLE, None))
    return (mention, "slot-agent", round(points, 3)) if mention and points > THRESHOLD else None


def _pick(
    line: Line, trigger: Trigger, others: tuple[Trigger, ...], slot: str
) -> tuple[Mention, str, float] | None:
    best: tuple[Mention, str, float] | None = None
    for mention in line.mentions:
        if not _may_be_party(mention, trigger, "recipients"):
            continue
        points = score(Fit(line, trigger, mention, slot, others))
        if points > (best[2] if best else THRESHOLD):
            best = (mention, f"slot-{slot}", round(points, 3))
    return best
