"""What has been spoken of so far, and what later words mean by it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from kawat.model import Actor, Mention

NO_STATES = frozenset({"UNO", "EUR", "IGO", "NGO", "IMG"})
"""PLOVER codes in the place of a country that are none."""
ARMED = frozenset({"REB", "PRM", "UAF"})
MAX_DISTANCE = 4
"""Sentences back that a pronoun or `negara itu` may reach."""


@dataclass(slots=True)
class Discourse:
    """The parties of an article in the order in which they were last named."""

    states: list[tuple[int, Actor]] = field(default_factory=list)
    groups: list[tuple[int, Actor]] = field(default_factory=list)
    breakaway: list[tuple[int, Actor]] = field(default_factory=list)
    people: list[tuple[int, Mention]] = field(default_factory=list)
    surnames: dict[str, Mention] = field(default_factory=dict)
    shorts: dict[str, Mention] = field(default_factory=dict)
    """Short names that the article gave: `Tentara Arakan (AA)`."""
    subjects: dict[int, Mention] = field(default_factory=dict)
    leads: dict[int, Mention] = field(default_factory=dict)
    """The first mention of each sentence, a person of unknown state too."""
    counts: Counter[str] = field(default_factory=Counter)
    organs: dict[str, Actor] = field(default_factory=dict)
    pairs: list[tuple[int, tuple[Actor, Actor]]] = field(default_factory=list)
    """Two parties that were told together: `Thailand dan Kamboja`."""
    sides: tuple[Actor, ...] = ()
    """The two states that the article is about, where there are two."""
    focus: Actor | None = None
    """The one state that an article is about, where there is one."""
    near: tuple[Actor, ...] = ()
    """The parties named right before the pronoun in hand."""
    domestic: bool = False
    """Whether it tells of hardly any other: then a bare crowd is of that state too."""

    def note(self, mention: Mention) -> None:
        """Remember a resolved mention."""
        number = mention.sentence
        if mention.kind == "outlet":
            return
        if mention.kind != "coreference" and (mention.actors or mention.person_name):
            self.leads.setdefault(number, mention)
        if mention.actors and mention.kind != "coreference":
            self.subjects.setdefault(number, mention)
        for actor in mention.actors:
            if "PRE" in actor.sectors:
                _move_up(self.breakaway, number, actor)
            if actor.sectors and mention.kind in {"organ", "people"}:
                self.organs[mention.text.split()[0].lower()] = actor
            if mention.kind in {"group", "igo", "bloc", "party"} or _is_no_state(actor):
                _move_up(self.groups, number, actor)
            else:
                _move_up(self.states, number, actor)
                self.counts[actor.entity] += mention.kind != "coreference"
        if mention.person_name or mention.kind == "leader":
            self.people.append((number, mention))
        for part in mention.person_name.split():
            if len(part) > 2 and part[0].isupper():
                self.surnames[part] = mention

    def resolve(self, phrase: str, number: int) -> tuple[tuple[Actor, ...], str]:
        """Return the actors that a phrase list or pronoun means in sentence `number`."""
        simple: dict[str, Callable[[int], tuple[Actor, ...]]] = {
            "both_states": self._two_states,
            "plural_pronouns": self._plural_before,
            "thing_pronouns": self._thing_before,
            "object_pronouns": self._other_before,
            "thing_clitics": self._owner_before,
            "person_phrases": self._last_person,
            "person_pronouns": self._last_person,
            "person_clitics": self._subject_before,
            "own_phrases": self._subject_before,
        }
        if phrase in simple:
            return simple[phrase](number), phrase
        if phrase == "both_people":
            return self._last_people(number) or self._two_states(number), phrase
        if phrase in {"both_phrases", "all_phrases"}:
            pair = self._two_here(number) or self._pair(number) if phrase == "both_phrases" else ()
            count = 2 if phrase == "both_phrases" else 3
            return pair or _near([*self.states, *self.groups], count, number), phrase
        if phrase == "region_phrases":
            return self._last_of(self.breakaway, number), phrase
        if phrase == "state_phrases":
            return self._last_of(self.states, number), phrase
        if phrase in {"group_phrases", "body_phrases"}:
            armed = phrase == "group_phrases"
            party = [g for g in self.groups if armed == bool(set(g[1].sectors) & ARMED)]
            return self._last_of(party or self.groups, number), phrase
        return (), phrase

    def _last_of(self, party: list[tuple[int, Actor]], number: int) -> tuple[Actor, ...]:
        if party and number - party[-1][0] <= MAX_DISTANCE:
            return (party[-1][1],)
        return ()

    def _last_person(self, number: int) -> tuple[Actor, ...]:
        """The person who led the nearest sentence before, else the last one named.

        Who led it may be somebody whose state nothing tells: then nobody known is meant.
        """
        for at, mention in reversed(self.people):
            if number - at > MAX_DISTANCE:
                break
            if self.leads.get(at) is mention or at == number:
                return mention.actors
        if self.people and number - self.people[-1][0] <= MAX_DISTANCE:
            return self.people[-1][1].actors
        return ()

    def _two_states(self, number: int) -> tuple[Actor, ...]:
        """The two states of this sentence; else, of those named lately, the two named most."""
        if here := self._two_here(number):
            return here
        if self.pairs and self.pairs[-1][0] >= number - 1:
            return self.pairs[-1][1]
        before = [actor for at, actor in self.states if at == number - 1]
        if len(before) == 2 and not self.sides:
            return tuple(before)
        if pair := self._pair(number):
            return pair
        near = [(at, a) for at, a in self.states if number - at <= 2 * MAX_DISTANCE]
        most = sorted(near, key=lambda pair: (self.counts[pair[1].entity], pair[0]))[-2:]
        return tuple(a for _, a in sorted(most, key=lambda p: p[0])) if len(most) == 2 else ()

    def _two_here(self, number: int) -> tuple[Actor, ...]:
        """The two states that the sentence names; of three, not its subject.

        `Indonesia mengecam serangan Israel terhadap Iran dan meminta kedua negara`.
        """
        here = [actor for at, actor in self.states if at == number]
        subject = self.subjects.get(number)
        if len(here) == 3 and subject:
            here = [a for a in here if a.entity not in {s.entity for s in subject.actors}]
        return tuple(here) if len(here) == 2 else ()

    def _pair(self, number: int) -> tuple[Actor, ...]:
        """The two sides of the article, else the two parties told together last."""
        if self.sides:
            return self.sides
        if self.pairs and number - self.pairs[-1][0] <= MAX_DISTANCE:
            return self.pairs[-1][1]
        return ()

    def note_pair(self, left: Mention, right: Mention) -> None:
        """Remember that two mentions are told together, if each means one party of its own."""
        if len(left.actors) == len(right.actors) == 1:
            first, second = left.actors[0], right.actors[0]
            if first.entity != second.entity:
                self.pairs.append((right.sentence, (first, second)))

    def _last_people(self, number: int) -> tuple[Actor, ...]:
        """The states of the two people of different states who were named last."""
        found: dict[str, Actor] = {}
        for at, mention in reversed(self.people):
            if number - at > 2 * MAX_DISTANCE or len(found) == 2:
                break
            for actor in mention.actors:
                found.setdefault(actor.entity, actor)
        return tuple(reversed(found.values())) if len(found) == 2 else ()

    def _plural_before(self, number: int) -> tuple[Actor, ...]:
        """The subject of the sentence before, if it is several or a body of people."""
        for at in (number, number - 1):
            subject = self.subjects.get(at)
            if subject and (
                len(subject.actors) > 1 or subject.kind in {"group", "igo", "people", "bloc"}
            ):
                return subject.actors
        return ()

    def _thing_before(self, number: int) -> tuple[Actor, ...]:
        """The subject of this sentence or the one before, if it is one body and no person."""
        for at in (number, number - 1):
            subject = self.subjects.get(at)
            if subject and len(subject.actors) == 1:
                return () if subject.kind == "leader" else subject.actors
        return ()

    def _other_before(self, number: int) -> tuple[Actor, ...]:
        """The subject of this sentence, unless it is named right before; else another party."""
        own = {a.entity for a in self.near}
        subject = self.subjects.get(number)
        if subject and own and not own & {a.entity for a in subject.actors}:
            return subject.actors
        own |= {a.entity for a in subject.actors} if subject else set()
        parties = [(at, a) for at, a in (*self.states, *self.groups) if a.entity not in own]
        return self._last_of(sorted(parties, key=lambda p: p[0]), number)

    def _owner_before(self, number: int) -> tuple[Actor, ...]:
        """The party named right before in this sentence, else the last subject."""
        return self.near[:1] if self.near else self._subject_before(number)

    def _subject_before(self, number: int) -> tuple[Actor, ...]:
        for at in (number, number - 1, number - 2):
            if at in self.subjects:
                return self.subjects[at].actors
        return ()

    def surname(self, word: str) -> Mention | None:
        """Return the person whose name as printed has this word."""
        return self.surnames.get(word)

    def titled(self, title: str, number: int) -> Mention | None:
        """Return the person who was named with this title before (`presiden`)."""
        for at, mention in reversed(self.people):
            if number - at > 2 * MAX_DISTANCE:
                break
            if mention.actors and mention.text.lower().startswith(title):
                return mention
        return None

    def organ(self, word: str, sectors: tuple[str, ...], number: int) -> tuple[Actor, ...]:
        """Return the state whose bare `polisi`, `militer` or `massa` is meant.

        The one whose police was named before, else the state that the article is about, else the
        last subject's.
        """
        if set(sectors) & ARMED:
            return self._last_of([g for g in self.groups if set(g[1].sectors) & ARMED], number)
        known = self.organs.get(word)
        if known:
            return (known,)
        if self.focus and (self.domestic or sectors[0] != "CVL"):
            return (replace(self.focus, sectors=sectors, person=""),)
        for at in (number, number - 1, number - 2):
            subject = self.subjects.get(at)
            if subject and len(subject.actors) == 1 and subject.kind != "role":
                actor = subject.actors[0]
                if actor.entity == actor.code:
                    return (replace(actor, sectors=sectors, person=""),)
        return ()


def _is_no_state(actor: Actor) -> bool:
    return actor.code != actor.entity or actor.entity in NO_STATES


def _near(parties: list[tuple[int, Actor]], count: int, number: int) -> tuple[Actor, ...]:
    """The parties named last, in the order of their mention; nobody if there are fewer."""
    ordered = sorted(parties, key=lambda pair: pair[0])
    near = [actor for at, actor in ordered if number - at <= MAX_DISTANCE]
    return tuple(near[-count:]) if len(near) >= count else ()


def _move_up(parties: list[tuple[int, Actor]], number: int, actor: Actor) -> None:
    parties[:] = [pair for pair in parties if pair[1].entity != actor.entity]
    parties.append((number, actor))
