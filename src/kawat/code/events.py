"""Code the events of an article: triggers, parties, status, time, place, contexts, confidence."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from kawat.code.arguments import Roles, find_roles
from kawat.code.clauses import Line, make_line
from kawat.code.complete import OTHER_SIDE, add_other_side, complete, find_sides
from kawat.code.contexts import find_contexts
from kawat.code.holders import name_holders
from kawat.code.judge import find_features, judge
from kawat.code.speech_scope import touching_sentences
from kawat.code.status import Marker, find_status, is_historical
from kawat.code.topics import find_topic
from kawat.code.triggers import Trigger, find_triggers
from kawat.code.victims import add_state_hit
from kawat.code.voice import is_stray_noun, settle_voice
from kawat.code.wanted import is_denial_of_act, is_only_wanted, is_part_of_name, is_told_in_fiction
from kawat.code.when import Clock, find_when, is_past_period
from kawat.lang import Pack
from kawat.model import (
    Actor,
    Article,
    Event,
    Mention,
    Parse,
    Place,
    Quote,
    Reason,
    Statement,
    TimeMention,
)

AGREE_WHEN_FUTURE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
ALWAYS_PARTIES = frozenset({"PROTEST"})
OPEN_TYPES = frozenset(
    {
        "ACCUSE",
        "AGREE",
        "REJECT",
        "REQUEST",
        "THREATEN",
        "SANCTION",
        "RETREAT",
        "CONCEDE",
        "COERCE",
    }
)
"""Types that count without a recipient even where the row asks for both, if the actor is sure."""
TOLD_ONCE = frozenset({"CONSULT"})
"""Types of which the same parties do not do two in one sentence."""
CLOSED_NEEDS = frozenset({"strict", "named"})
"""Needs that a sure actor alone never meets."""
MUTUAL_TYPES = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "MOBILIZE"})
"""Types in which a party is not its own recipient."""
ARMED_TYPES = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
ARMED_SECTORS = frozenset({"MIL", "COP", "REB", "PRM", "UAF"})
MAX_WORDS = 150
"""A longer sentence is a list or none at all; its time would grow with its square."""
SEA_REACH = 7
SURE_ACTOR = 1.4
PRIVATE_SECTORS = frozenset({"CVL", "BUS", "EDU", "JRN", "MED", "LAB", "AGR", "SOC", "REL", "CRM"})
"""Sectors that make a party political only when the other side is, or in a protest."""


@dataclass(frozen=True, eq=False, slots=True)
class Found:
    """All that the find room and the statements know of an article."""

    mentions: tuple[Mention, ...]
    times: tuple[TimeMention, ...]
    places: tuple[Place, ...]
    statements: tuple[Statement, ...]


In = TypeVar("In", Mention, TimeMention)
Candidates = Mapping[int, tuple[Trigger, ...]]


def find_candidates(parse: Parse, mentions: tuple[Mention, ...], pack: Pack) -> Candidates:
    """Return the triggers of each sentence that holds a party; no other can hold an event."""
    with_party = {m.sentence for m in mentions if m.actors and m.kind != "outlet"}
    found: dict[int, tuple[Trigger, ...]] = {}
    for sentence in parse.sentences:
        if sentence.index in with_party and len(sentence.words) <= MAX_WORDS:
            triggers = find_triggers(sentence, pack)
            if triggers:
                found[sentence.index] = tuple(triggers)
    return found


def code_events(
    article: Article, parse: Parse, found: Found, candidates: Candidates, pack: Pack,
    dropped: Counter[str],
) -> tuple[Event, ...]:  # fmt: skip
    """Return the events of an article in text order; `dropped` counts what became none, and why."""
    topic = find_topic(parse, pack)
    if topic:
        dropped[f"triggers in an article about {topic}"] += sum(map(len, candidates.values()))
        return ()
    sides = find_sides(found.mentions)
    named = {a.entity for m in found.mentions for a in m.actors}
    mentions_of = _by_sentence(found.mentions)
    events: list[Event] = []
    clock = Clock(
        _by_sentence(found.times), touching_sentences(found.statements),
        article.published.edtf, events, parse.sentences,
    )  # fmt: skip
    places_of = _places_by_sentence(found.places, parse)
    for number, triggers in candidates.items():
        sentence = parse.sentences[number]
        line = make_line(sentence, tuple(mentions_of.get(number, ())), pack)
        places = places_of.get(number, ())
        settled = [settle_voice(line, t, pack) for t in triggers]
        settled = [t for t in settled if not is_stray_noun(line, t, pack)]
        for trigger in settled:
            others = tuple(t for t in settled if t is not trigger)
            if _is_no_act(line, trigger, others):
                dropped["acts that are only demanded, or words of a name"] += 1
                continue
            roles = find_roles(line, trigger, others)
            if is_denial_of_act(line, trigger, others):
                roles.recipients.clear()
            complete(line, trigger, others, roles, events, pack)
            add_state_hit(line, trigger, roles, places, named, article.text, pack)
            add_other_side(line, trigger, roles, sides)
            if any(
                rule == "same-act-as-before" and side == "actors"
                for side, rule, _ in roles.inferred
            ):
                dropped["acts told before"] += 1
            elif _counts(trigger, roles):
                event = _make_event(article, line, trigger, others, roles, clock, places, pack)
                if not _settle(event, events):
                    dropped["other words for an act of the same sentence"] += 1
            else:
                dropped["triggers without the parties they need"] += 1
    return tuple(events)


def _is_no_act(line: Line, trigger: Trigger, others: tuple[Trigger, ...]) -> bool:
    named = is_part_of_name(line, trigger) or is_told_in_fiction(line, trigger)
    return named or is_only_wanted(line, trigger, others)


def _settle(event: Event, events: list[Event]) -> bool:
    """Add an event, unless a surer one tells the same; a less sure one gives way.

    `terbang ke Moskow untuk menemui Putin` is one visit in two words.
    """
    if event.type in TOLD_ONCE:
        for i, other in enumerate(events):
            if other.sentence == event.sentence and _tells_same(event, other):
                if other.confidence < event.confidence:
                    events[i] = event
                return False
    events.append(event)
    return True


def _tells_same(event: Event, other: Event) -> bool:
    alike = event.type == other.type and event.status == other.status
    parties = [{a.entity for a in (*e.actors, *e.recipients)} for e in (event, other)]
    return alike and parties[0] == parties[1]


def _by_sentence(found: Iterable[In]) -> dict[int, list[In]]:
    grouped: dict[int, list[In]] = {}
    for one in found:
        grouped.setdefault(one.sentence, []).append(one)
    return grouped


def _places_by_sentence(places: tuple[Place, ...], parse: Parse) -> dict[int, tuple[Place, ...]]:
    starts = [s.start for s in parse.sentences]
    grouped: dict[int, tuple[Place, ...]] = {}
    for place in places:
        index = parse.sentences[bisect_right(starts, place.span[0]) - 1].index
        grouped[index] = (*grouped.get(index, ()), place)
    return grouped


def _counts(trigger: Trigger, roles: Roles) -> bool:
    """Whether the parties that the row needs were found, and one of them is political."""
    actors, recipients = roles.actors, roles.recipients
    needs, both = trigger.row.needs, trigger.row.recipient == "both"
    enough = {
        "any": bool(actors or recipients),
        "actor": bool(actors),
        "recipient": bool(recipients),
        "both": len(actors) > 1 if both else bool(actors and recipients),
        "strict": bool(actors and recipients),
        "named": bool(actors and recipients) and not _is_side_guessed(roles),
    }[needs]
    enough = enough or (needs not in CLOSED_NEEDS and _is_sure_of_actor(trigger, roles))
    return enough and _is_political(trigger, [*actors, *recipients], actors)


def _is_side_guessed(roles: Roles) -> bool:
    """Whether one side is only the other side of the story."""
    return any(rule == OTHER_SIDE for _, rule, _ in roles.inferred)


def _is_sure_of_actor(trigger: Trigger, roles: Roles) -> bool:
    """Whether a plain subject is enough for an act in words whose addressee stays open."""
    points = max((score for side, _, score, _ in roles.chosen if side == "actors"), default=0.0)
    kind = trigger.row.type
    armed = kind in ARMED_TYPES and any(set(a.sectors) & ARMED_SECTORS for a in roles.actors)
    told = trigger.form.voice != "noun" and (kind in OPEN_TYPES or armed)
    return bool(roles.actors) and points >= SURE_ACTOR and told


def _is_political(trigger: Trigger, parties: list[Actor], actors: list[Actor]) -> bool:
    moved = trigger.row.voice == "passive" and bool(trigger.row.object)
    if trigger.row.type in ALWAYS_PARTIES or moved:
        return True  # `buruh Korea Utara dikirim`: the row itself says that they stand for a state
    public = [p for p in parties if p.entity != p.code or not set(p.sectors) & PRIVATE_SECTORS]
    if not public:
        return False
    criminal = trigger.row.type == "COERCE" and any("CRM" in a.sectors for a in actors)
    hostile = criminal or trigger.row.type == "ASSAULT"
    return not actors or hostile or any(a in public for a in actors)


def _make_event(
    article: Article, line: Line, trigger: Trigger, others: tuple[Trigger, ...], roles: Roles,
    clock: Clock, places: tuple[Place, ...], pack: Pack,
) -> Event:  # fmt: skip
    marker = find_status(line, trigger, pack)
    kind, mode, status = trigger.row.type, trigger.row.mode, marker.status
    if status == "future" and kind in AGREE_WHEN_FUTURE:
        kind, mode, status = "AGREE", "", "actual"
    actors, recipients = tuple(roles.actors), tuple(roles.recipients)
    if kind == "ASSAULT" and not recipients and _ends_in_the_sea(line, trigger, pack):
        kind, mode = "MOBILIZE", "weapons"
    if kind in MUTUAL_TYPES and not _is_thanked_at_home(kind, roles):
        recipients = tuple(r for r in recipients if r.entity not in {a.entity for a in actors})
    if kind == "AGREE" and trigger.row.type == "CONSULT":
        actors, recipients = (*actors, *recipients), ()
    when, time_rule = find_when(line, trigger, others, kind, clock, pack)
    words = line.sentence.words
    first, last = trigger.edges
    span = (words[first].start, words[last].end)
    contexts, context_reasons = find_contexts(line, trigger, pack)
    features = find_features(trigger, others, roles, marker.status, pack.language)
    historical = is_past_period(when, clock) or (
        when is None and (is_historical(line, trigger, pack) or _goes_on_with_history(line, clock))
    )
    known = not historical and status == "actual"
    day = when.edtf if when else article.published.edtf if known else None
    told = (*actors, *recipients)
    actors, recipients = (name_holders(side, day, pack) for side in (actors, recipients))
    reasons = (
        Reason("type", "lexicon", f"events:{trigger.row.id}", trigger.row.type, span),
        *_role_reasons(roles),
        *_holder_reasons(told, actors, recipients),
        _status_reason(marker, line, kind, trigger),
        *context_reasons,
        *((Reason("when", "rule", time_rule, when.edtf, when.span),) if when else ()),
        Reason("confidence", "score", "judge", _show_features(features)),
    )
    return Event(
        type=kind, mode=mode, contexts=contexts, actors=actors, recipients=recipients, when=when,
        where=_find_where(line, trigger, places), status=status, historical=historical,
        sentence=line.sentence.index, trigger=Quote(article.text[span[0] : span[1]], span),
        confidence=judge(features, pack), reasons=reasons,
    )  # fmt: skip


def _is_thanked_at_home(kind: str, roles: Roles) -> bool:
    """`DPR mengapresiasi langkah Polri`: two organs of one state, one behind the other's verb."""
    organs = [
        (frozenset(side[0].sectors), side[0].person)
        for side in (roles.actors, roles.recipients)
        if side
    ]
    return (
        kind == "SUPPORT"
        and len(organs) == 2
        and organs[0] != organs[1]
        and all(o[0] for o in organs)
    )


def _holder_reasons(
    told: tuple[Actor, ...], actors: tuple[Actor, ...], recipients: tuple[Actor, ...]
) -> Iterator[Reason]:
    """The persons that titles alone were found to mean on the day of the event."""
    for actor in (*actors, *recipients):
        if actor not in told:
            field = "actors" if actor in actors else "recipients"
            yield Reason(field, "rule", "holder-of-office", actor.person, actor.span)


def _show_features(features: dict[str, float]) -> str:
    return " ".join(f"{name}={value:g}" for name, value in features.items())


def _ends_in_the_sea(line: Line, trigger: Trigger, pack: Pack) -> bool:
    """`menembakkan rudal ke Laut Timur`: a show of arms that hits nobody."""
    behind = line.lowers[trigger.edges[1] + 1 : trigger.edges[1] + 1 + SEA_REACH]
    return any(w in pack.grammar["clauses"]["sea"] for w in behind)


def _goes_on_with_history(line: Line, clock: Clock) -> bool:
    """A subordinate fragment behind an act of the past (`Setelah kemenangan atas Jepang ...`)."""
    if not clock.told or line.lowers[0] not in line.words.breakers:
        return False
    last = clock.told[-1]
    return last.historical and line.sentence.index - last.sentence <= 1


def _role_reasons(roles: Roles) -> Iterator[Reason]:
    for field, rule, points, mention in roles.chosen:
        entities = "+".join(a.entity for a in mention.actors)
        yield Reason(field, "rule", mention.rule or "name", entities, mention.span)
        yield Reason(field, "score", rule, str(points), mention.span)
    for field, rule, entities in roles.inferred:
        yield Reason(field, "rule", rule, entities)


def _status_reason(marker: Marker, line: Line, kind: str, trigger: Trigger) -> Reason:
    span = None
    if marker.word >= 0:
        word = line.sentence.words[marker.word]
        span = (word.start, word.end)
    rule = "future-is-agree" if kind != trigger.row.type else marker.rule
    return Reason("status", "rule", rule, marker.status, span)


def _find_where(line: Line, trigger: Trigger, places: tuple[Place, ...]) -> Place | None:
    """The place nearest to the trigger in its sentence."""
    at = line.sentence.words[trigger.first].start
    return min(places, key=lambda p: abs(p.span[0] - at), default=None)
