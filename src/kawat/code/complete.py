"""Fill a side that the sentence leaves open, where what was told before fixes it.

`membantah tuduhan itu` answers who accused; `serangan tersebut` is the attack just told; who
condemns an act condemns its doer.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from kawat.code.arguments import Roles
from kawat.code.clauses import Line, commas_between, word_before
from kawat.code.triggers import Trigger
from kawat.code.when import told_lately
from kawat.lang import Pack
from kawat.model import Actor, Event, Mention

ANSWERS = frozenset({"REJECT"})
"""Types that answer an act of the other side."""
ANSWERED = frozenset({"ASSAULT", "ACCUSE", "REQUEST", "THREATEN"})
"""Types of acts, told as nouns, whose recipient is who rejects them."""
ABOUT_ACTS = frozenset({"ACCUSE", "REJECT", "SUPPORT"})
"""Types whose recipient is the doer of the act that they are about."""
SHARING = frozenset({"SANCTION", "COERCE", "ASSAULT", "THREATEN", "ACCUSE", "REQUEST", "AID"})
"""Types whose recipient a verb joined by `dan` has too."""
COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "CONCEDE", "RETREAT", "AID"})
FIGHTING = frozenset({"ASSAULT", "COERCE"})
DIRECTED = FIGHTING | {"REJECT", "ACCUSE", "THREATEN", "SANCTION", "PROTEST", "AID"}
"""Types that one side of a story directs at the other where no one else is named."""
MUTUAL_ACTS = frozenset({"ASSAULT", "RETREAT"})
"""Acts of two sides that their noun alone tells: `baku tembak`, `gencatan senjata`."""
PARTY_KINDS = frozenset({"state", "leader", "capital", "group", "demonym", "region"})
FEWEST_NAMED = 5
"""Namings of the two sides from which a text is a story about them."""
SIDES_SHARE, SECOND_SHARE, THIRD_SHARE = 0.6, 0.15, 0.8
FRAGMENT_WORDS = 14
"""Words of a sentence that may be a fragment of the one before."""
OBJECT_WORDS = 4
DEEDS = frozenset({"THREATEN", "REJECT", "AGREE", "CONCEDE"})
"""Types whose verb may be followed by the act that is meant."""
DEED_REACH = 6
GOODS_REACH = 9
OTHER_SIDE = "other-side-of-the-story"
"""Rule by which the party that the words leave open is the other side."""
MAX_BACK = 9
"""Sentences back that an answer or `itu` may reach."""


@cache
def _definite(pack: Pack) -> frozenset[str]:
    return frozenset(pack.grammar["clauses"]["definite"])


def find_sides(mentions: tuple[Mention, ...]) -> tuple[Actor, ...]:
    """Return the two parties that an article is about, or nobody.

    They are three fifths of all parties that it names, and the second is a seventh.
    """
    named = [
        a for m in mentions if m.kind not in {"outlet", "coreference", "igo"} for a in m.actors
    ]
    counts, third = _two_and_third(a.entity for a in named)
    fewest = max(FEWEST_NAMED, SIDES_SHARE * len(named))
    if len(counts) < 2 or sum(n for _, n in counts) < fewest:
        return ()
    if counts[1][1] < max(SECOND_SHARE * len(named), third / THIRD_SHARE):
        return ()
    return tuple(next(a for a in named if a.entity == entity) for entity, _ in counts)


def _two_and_third(entities: Iterable[str]) -> tuple[list[tuple[str, int]], int]:
    """The two entities named most, with their counts, and the count of the next."""
    most = Counter(entities).most_common(3)
    return most[:2], most[2][1] if len(most) > 2 else 0


def add_other_side(line: Line, trigger: Trigger, roles: Roles, sides: tuple[Actor, ...]) -> None:
    """In a story of two sides, the party that the words leave open is the other side.

    Hostile acts of one are on the other, attacks on one are by the other, and what is done by two
    is done by both. `menahan ribuan warganya`: what is the actor's own is no target of the other.
    """
    both, kind = {s.entity for s in sides}, trigger.row.type
    actors = {a.entity for a in roles.actors}
    recipients = {r.entity for r in roles.recipients}
    if len(both) < 2 or not actors | recipients <= both:
        return
    if kind not in FIGHTING and _names_third(line, both):
        return
    if trigger.row.recipient == "both":
        told = trigger.form.voice != "noun" and kind != "AGREE" and len(actors) == 1
        if told or (not actors and kind in MUTUAL_ACTS):
            roles.recipients.clear()  # who fell in the fight is one of its sides
            _add_sides(roles.actors, sides, "actors", roles)
    elif not actors and len(recipients) == 1 and kind in FIGHTING:
        _add_sides(roles.actors, [s for s in sides if s.entity not in recipients], "actors", roles)
    elif len(actors) == 1 and not recipients and kind in DIRECTED:
        behind = line.lowers[trigger.edges[1] + 1 : trigger.edges[1] + 1 + OBJECT_WORDS]
        if not any(w in line.words.clitics for w in behind[1:]):
            others = [s for s in sides if s.entity not in actors]
            _add_sides(roles.recipients, others, "recipients", roles)


def _names_third(line: Line, both: set[str]) -> bool:
    """Whether the sentence names a state or group besides the two sides."""
    return any(
        a.entity not in both for m in line.mentions if m.kind in PARTY_KINDS for a in m.actors
    )


def _add_sides(side: list[Actor], found: Sequence[Actor], name: str, roles: Roles) -> None:
    new = [s for s in found if s.entity not in {a.entity for a in side}]
    side.extend(new)
    roles.inferred.append((name, OTHER_SIDE, "+".join(s.entity for s in new)))


def complete(
    line: Line, trigger: Trigger, others: tuple[Trigger, ...], roles: Roles,
    told: Sequence[Event], pack: Pack,
) -> None:  # fmt: skip
    """Fill the open sides of `roles` from the events `told` before, and note the rule."""
    near = told_lately(told, line.sentence, MAX_BACK)
    if trigger.row.recipient in {"both", "none"} and trigger.form.voice != "noun":
        return
    if trigger.form.voice == "noun":
        if _is_definite(line, trigger, pack):
            _copy(trigger, roles, near)
        elif roles.actors and not roles.recipients:
            _resisted_by(line, trigger, others, roles, near)
            _copy_recipients(trigger, roles, near)
        elif roles.recipients and not roles.actors:
            _go_on_with_speaker(line, roles, near)
        return
    if roles.recipients or not roles.actors:
        return
    kind, own = trigger.row.type, {a.entity for a in roles.actors}
    rules: tuple[tuple[str, bool, Callable[[], tuple[Actor, ...]]], ...] = (
        ("doer-of-the-act", kind in ABOUT_ACTS,
         lambda: _doers_of_object(line, trigger, others, roles, near, pack)),
        ("answers-who-acted", kind in ANSWERS, lambda: _who_is_answered(roles, near)),
        ("subject-of-the-charge", kind == "ACCUSE", lambda: _charged(line, trigger, pack)),
        ("relative-object", line.words.owners_first,
         lambda: _relative_object(line, trigger, roles)),
        ("object-of-the-deed", kind in DEEDS, lambda: _object_of_deed(line, trigger, roles)),
        ("threatened-behind", kind == "THREATEN",
         lambda: _threatened_behind(line, trigger, others, roles, pack)),
        ("charge-goes-on", kind == "ACCUSE", lambda: _charged_next(line, trigger, others)),
        ("goods-of", kind in {"SANCTION", "THREATEN"}, lambda: _goods_of(line, trigger, pack)),
        ("clitic-object", not line.words.owners_first,
         lambda: _clitic_object(line, trigger, roles, near)),
        ("act-of-subject", kind in FIGHTING, lambda: _hit_by_subject(line, trigger, roles, near)),
        ("same-recipient", True, lambda: _shared_recipient(line, trigger, roles, near, pack)),
    )  # fmt: skip
    for rule, applies, find in rules:
        new = [d for d in find() if d.entity not in own] if applies else []
        if new:
            roles.recipients.extend(new)
            roles.inferred.append(("recipients", rule, "+".join(d.entity for d in new)))
            return


def _is_definite(line: Line, trigger: Trigger, pack: Pack) -> bool:
    after = line.lowers[trigger.edges[1] + 1 : trigger.edges[1] + 3]
    return any(w in _definite(pack) for w in after)


def _copy(trigger: Trigger, roles: Roles, near: Sequence[Event]) -> None:
    """`serangan itu`: the parties of the last event of this type."""
    for event in reversed(near):
        if event.type == trigger.row.type and (event.actors or event.recipients):
            roles.actors[:] = event.actors
            roles.recipients[:] = event.recipients
            parties = "+".join(a.entity for a in (*event.actors, *event.recipients))
            roles.inferred.append(("actors", "same-act-as-before", parties))
            return


def _resisted_by(
    line: Line, trigger: Trigger, others: tuple[Trigger, ...], roles: Roles, near: Sequence[Event]
) -> None:
    """`Ukraina menolak invasi Rusia`: who resists an attack is who is attacked."""
    for other in others:
        behind = 0 < trigger.first - other.last <= 2
        if trigger.row.type in ANSWERED and other.row.type in ANSWERS and behind:
            for event in reversed(near):
                span = line.sentence.words[other.first].start
                if event.sentence == line.sentence.index and event.trigger.span[0] == span:
                    roles.recipients[:] = event.actors
                    parties = "+".join(a.entity for a in event.actors)
                    roles.inferred.append(("recipients", "who-resists", parties))


def _go_on_with_speaker(line: Line, roles: Roles, near: Sequence[Event]) -> None:
    """`Dalam sebuah surat kepada Kim.`: a fragment goes on with who acted before."""
    if any(not w.isalpha() for w in line.lowers[:-1]) or len(line.lowers) > FRAGMENT_WORDS:
        return
    if not near:
        return
    whom = {r.entity for r in roles.recipients}
    last = near[-1]
    actors = [a for a in last.actors if a.entity not in whom]
    if actors and line.sentence.index - last.sentence <= 1:
        roles.actors[:] = actors
        roles.inferred.append(("actors", "fragment-goes-on", "+".join(a.entity for a in actors)))


def _copy_recipients(trigger: Trigger, roles: Roles, near: Sequence[Event]) -> None:
    """`agresi Israel`: whom the same actor's act of this type was told to be against before."""
    if roles.recipients:
        return
    own = {a.entity for a in roles.actors}
    for event in reversed(near):
        same = event.type == trigger.row.type and own == {a.entity for a in event.actors}
        if same and event.recipients:
            roles.recipients[:] = event.recipients
            parties = "+".join(a.entity for a in event.recipients)
            roles.inferred.append(("recipients", "same-act-as-before", parties))
            return


def _doers_of_object(
    line: Line, trigger: Trigger, others: tuple[Trigger, ...], roles: Roles,
    near: Sequence[Event], pack: Pack,
) -> tuple[Actor, ...]:  # fmt: skip
    """The actors of the last event of the type whose noun stands, definite, behind the verb."""
    if doers := _doers_behind(line, trigger, roles):
        return doers
    if trigger.row.type == "ACCUSE" and trigger.noun >= 0:
        return _who_is_answered(roles, near) or _doers_of_violence(roles, near)
    for other in others:
        behind = 0 < other.first - trigger.last <= 3
        hostile = other.row.type not in COOPERATIVE
        if behind and hostile and other.form.voice == "noun" and _is_definite(line, other, pack):
            for event in reversed(near):
                if event.type == other.row.type and _others(event.actors, roles):
                    return event.actors
    return ()


def _charged(line: Line, trigger: Trigger, pack: Pack) -> tuple[Actor, ...]:
    """`menuding bahwa Teheran memiliki rudal`: who stands at the head of what is charged."""
    head = trigger.edges[1] + 2
    opening = pack.grammar["clauses"]["demanding"]
    if not any(w in opening for w in line.lowers[head - 1 : head]):
        return ()
    return next((m.actors for m in line.mentions if m.first == head), ())


def _charged_next(line: Line, trigger: Trigger, others: tuple[Trigger, ...]) -> tuple[Actor, ...]:
    """`menyatakan kekecewaan dan menuding AS`: whom the next charge of the sentence names."""
    for other in others:
        joined = line.lowers[other.first - 1] in line.words.coordination
        if other.first > trigger.last and joined and other.row.type == "ACCUSE":
            return next((m.actors for m in line.mentions if m.first == other.last + 1), ())
    return ()


def _goods_of(line: Line, trigger: Trigger, pack: Pack) -> tuple[Actor, ...]:
    """`tarif barang impor asal China`: the state whose goods it is about."""
    origin = pack.grammar["clauses"]["origin"]
    for mention in line.mentions:
        if 0 < mention.first - trigger.last <= GOODS_REACH:
            before = word_before(line, mention.first)
            if before in origin and not commas_between(line, trigger.last, mention.first):
                return mention.actors
    return ()


def _doers_behind(line: Line, trigger: Trigger, roles: Roles) -> tuple[Actor, ...]:
    """`memprotes pencantuman itu oleh Uni Eropa`: the agent of the noun that the act is about."""
    for mention in line.mentions:
        low, high = trigger.edges[1], mention.first - 1
        agent = high > low and line.lowers[high] in line.words.agent
        if agent and not commas_between(line, low, high) and _others(mention.actors, roles):
            return mention.actors
    return ()


def _doers_of_violence(roles: Roles, near: Sequence[Event]) -> tuple[Actor, ...]:
    """`mengutuk kekejaman itu`: who did the last act of violence that another did."""
    for event in reversed(near):
        if event.type in FIGHTING and _others(event.actors, roles):
            return event.actors
    return ()


def _threatened_behind(
    line: Line, trigger: Trigger, others: tuple[Trigger, ...], roles: Roles, pack: Pack
) -> tuple[Actor, ...]:
    """`mengancam akan menutup selat apabila AS ikut campur`; `akan bertindak terhadap Hamas`.

    Whom another act is against is not threatened: `akan membalas setiap serangan terhadap Niger`.
    """
    own = {a.entity for a in roles.actors}
    leading = pack.grammar["clauses"]["threatened"]
    nouns = {o.edges[1] for o in others if o.form.voice == "noun"}
    for mention in line.mentions:
        before = word_before(line, mention.first)
        if mention.first < trigger.last or mention.first - 2 in nouns:
            continue
        if before in leading and mention.kind != "outlet":
            found = tuple(a for a in mention.actors if a.entity not in own)
            if found:
                return found
    return ()


def _others(actors: tuple[Actor, ...], roles: Roles) -> bool:
    """Whether there are actors, and none of them is an actor of this act."""
    return bool(actors) and not {a.entity for a in actors} & {a.entity for a in roles.actors}


def _clitic_object(
    line: Line, trigger: Trigger, roles: Roles, near: Sequence[Event]
) -> tuple[Actor, ...]:
    """`mengepungnya`: the party named last before the verb that is not the actor.

    Of a threat the clitic may stand behind the verb of what is threatened.
    """
    reach = 2 if trigger.row.type == "THREATEN" else 1
    behind = line.lowers[trigger.last + 1 : trigger.last + 1 + reach]
    if not behind or behind[-1] not in line.words.clitics:
        return ()
    own = {a.entity for a in roles.actors}
    subjects = [id(mention) for side, _, _, mention in roles.chosen if side == "actors"]
    for mention in reversed(line.mentions):
        before = mention.last < trigger.first and mention.kind != "outlet"
        if before and mention.actors and not own & {a.entity for a in mention.actors}:
            return mention.actors
        if before and mention.kind == "leader" and id(mention) not in subjects:
            return mention.actors
    for event in reversed(near):
        for side in (event.recipients, event.actors):
            if side and not own & {a.entity for a in side}:
                return side
    return ()


def _shared_recipient(
    line: Line, trigger: Trigger, roles: Roles, near: Sequence[Event], pack: Pack
) -> tuple[Actor, ...]:
    """`mengusir duta besar India serta menghentikan perdagangan`: the verbs share the recipient."""
    before = line.lowers[max(0, trigger.first - 2) : trigger.first]
    if not any(w in pack.grammar["clauses"]["chaining"] for w in before):
        return ()
    own = {a.entity for a in roles.actors}
    for event in reversed(near):
        if event.sentence != line.sentence.index:
            break
        if own == {a.entity for a in event.actors} and event.type in SHARING:
            return event.recipients
    return ()


def _object_of_deed(line: Line, trigger: Trigger, roles: Roles) -> tuple[Actor, ...]:
    """`threatened to attack Iran`, `refuses to recognise Kosovo`: whom the act meant is done to."""
    words, last = line.words, trigger.edges[1]
    head = last if line.lowers[last] in words.controlling else last + 1
    leads = head < len(line.lowers) and line.lowers[head] in words.controlling
    if not words.owners_first or not leads:
        return ()
    for mention in line.mentions:
        between = line.lowers[head + 1 : mention.first]
        if not between or len(between) > DEED_REACH or mention.kind in {"outlet", "coreference"}:
            continue
        if any(w in words.breakers or w in {",", ";"} for w in between):
            return ()
        if _others(mention.actors, roles):
            return mention.actors
    return ()


def _relative_object(line: Line, trigger: Trigger, roles: Roles) -> tuple[Actor, ...]:
    """`the ambassador, whom Morales accused`: who stands before the relative pronoun."""
    subject = next((m for side, _, _, m in roles.chosen if side == "actors"), None)
    if subject is None or trigger.form.voice != "active" or subject.last > trigger.first:
        return ()
    head = subject.first - 1
    while head > 0 and line.lowers[head] in line.words.articles:
        head -= 1
    if head < 1 or line.lowers[head] not in line.words.relative:
        return ()
    end = head - 1 - (line.lowers[head - 1] == ",")
    for mention in line.mentions:
        if mention.last == end and _others(mention.actors, roles):
            return mention.actors
    return ()


def _hit_by_subject(
    line: Line, trigger: Trigger, roles: Roles, near: Sequence[Event]
) -> tuple[Actor, ...]:
    """`Israeli strikes on Gaza killed ten people`: whom the attack that killed them is on."""
    own = {a.entity for a in roles.actors}
    start = line.sentence.words[trigger.first].start
    for event in reversed(near):
        if event.sentence != line.sentence.index or event.trigger.span[0] >= start:
            break
        if event.type in FIGHTING and own == {a.entity for a in event.actors}:
            return event.recipients
    return ()


def _who_is_answered(roles: Roles, near: Sequence[Event]) -> tuple[Actor, ...]:
    own = {a.entity for a in roles.actors}
    for event in reversed(near):
        if own & {r.entity for r in event.recipients} and event.actors:
            return event.actors
    return ()
