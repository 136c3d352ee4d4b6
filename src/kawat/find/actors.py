"""Find the actors of an article: names, titles and organs, and what later words mean by them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from kawat.find.atoms import find_atoms, find_names
from kawat.find.chains import read_grammar
from kawat.find.compose import OWNING_PHRASES, compose, is_plain
from kawat.find.coreference import Discourse
from kawat.find.index import Index, build_index
from kawat.find.places import Spot, find_spots
from kawat.find.resolve import identify
from kawat.lang import Pack
from kawat.lang.rows import AgentRow
from kawat.model import Actor, Article, Mention, Parse, Sentence
from kawat.model.found import MentionKind

PLACE_GAP = 3
"""Words from an organ to the place that says whose it is."""
DOMESTIC_SHARE = 0.6
SIDES_SHARE, SECOND_SHARE, THIRD_SHARE = 0.6, 0.15, 0.8
"""Shares of an article's state names that make two states its two sides."""
PRONOUNS = (
    "person_pronouns", "person_clitics", "plural_pronouns", "object_pronouns", "thing_pronouns",
    "thing_clitics",
)  # fmt: skip
SHORT = 10
"""Letters of a short name."""
NAMED_KINDS = frozenset({"group", "igo", "bloc", "party", "organ", "people", "region"})
"""Kinds of mention that an article gives a short name to."""
BARE: dict[str, MentionKind] = {"organ": "organ", "people": "people", "craft": "craft"}
"""Agents that may mean their state without naming it."""
NEAR_RULES = frozenset({"object_pronouns", "thing_clitics"})
NEAR_MENTIONS = 12
HOME_SHARE = 3
FOCUS_SHARE = 0.4
"""Share of an article's state names from which it is about one state."""


def find_actors(article: Article, parse: Parse, pack: Pack) -> tuple[Mention, ...]:
    """Return every mention of an actor in text order, coreference resolved.

    A role that nothing resolves (`para pejabat`, a person whom no table knows) stays, without
    actors: it can still be a speaker.
    """
    index = build_index(pack)
    names = find_names(article, parse, index)
    composed = [
        compose(article, s, find_atoms(s, names.get(s.index, []), index), index, pack)
        for s in parse.sentences
    ]
    focus, share = _find_focus(composed)
    sides = _find_sides(composed)
    home = _find_home(composed, index.homes.get(article.publisher.lower(), ""))
    focus = home or focus
    discourse = Discourse(focus=focus, domestic=share >= DOMESTIC_SHARE, sides=sides)
    pairing = frozenset(pack.grammar["actors"]["pairing"])
    spots = find_spots(article, parse, pack)
    found: list[Mention] = []
    for sentence, mentions in zip(parse.sentences, composed, strict=True):
        mentions.extend(_pronouns(article, sentence, mentions, pack))
        mentions.extend(_surnames(article, sentence, mentions, discourse, index))
        mentions.extend(_abbreviations(article, sentence, mentions, discourse))
        before: Mention | None = None
        for mention in sorted(mentions, key=lambda m: m.first):
            placed = _resolve_placed(mention, mentions, sentence, index, pack) or _resolve_local(
                mention, spots.get(sentence.index, []), index, pack.grammar["actors"], sentence
            )
            if mention.rule in NEAR_RULES:
                discourse.near = _named_before(found, mention, sentence, pairing)
            resolved = placed or _resolve(mention, sentence, discourse, index, pack)
            discourse.note(resolved)
            if resolved.kind in NAMED_KINDS and (short := _defined_short(resolved, sentence)):
                discourse.shorts[short] = resolved
            if before is not None and _are_paired(before, resolved, sentence, pairing):
                discourse.note_pair(before, resolved)
            found.append(resolved)
            before = resolved
    return tuple(found)


def _named_before(
    found: list[Mention], mention: Mention, sentence: Sentence, pairing: frozenset[str]
) -> tuple[Actor, ...]:
    """The parties named right before a pronoun in its sentence: `the US and Korea accused it`."""
    here = [
        m
        for m in found[-NEAR_MENTIONS:]
        if m.sentence == mention.sentence and m.actors and m.kind != "outlet"
    ]
    if not here:
        return ()
    last = here[-1]
    actors = list(last.actors)
    for left in reversed(here[:-1]):
        if not _are_paired(left, last, sentence, pairing):
            break
        actors.extend(left.actors)
        last = left
    return tuple(actors)


def _are_paired(left: Mention, right: Mention, sentence: Sentence, pairing: frozenset[str]) -> bool:
    """Whether one joining word is all that stands between two mentions."""
    gap = sentence.words[left.last + 1 : right.first]
    plain = "coreference" not in {left.kind, right.kind} and "outlet" not in {left.kind, right.kind}
    return plain and len(gap) == 1 and gap[0].lower in pairing


def _pronouns(
    article: Article, sentence: Sentence, mentions: list[Mention], pack: Pack
) -> Iterator[Mention]:
    grammar = pack.grammar["actors"]
    taken = {i for m in mentions for i in range(m.first, m.last + 1)}
    for i, word in enumerate(sentence.words):
        if i in taken:
            continue
        for name in PRONOUNS:
            if word.lower in grammar[name]:
                rule = _thing_rule(sentence, i, pack) if name == "thing_pronouns" else name
                if rule:
                    yield _single(article, sentence, i, i, rule)


def _thing_rule(sentence: Sentence, i: int, pack: Pack) -> str:
    """Whether `it` is a subject, an object (`accused it of`), or nobody (`it is said`)."""
    after = sentence.words[i + 1].lower if i + 1 < len(sentence.words) else ""
    if after in pack.grammar["actors"]["expletives"]:
        return ""
    speech = pack.speech["verbs"]
    verb = after in speech["finite"] or after.endswith(tuple(speech["finite_suffixes"]))
    return "thing_pronouns" if verb or i == 0 else "object_pronouns"


def _surnames(
    article: Article, sentence: Sentence, mentions: list[Mention], discourse: Discourse,
    index: Index,
) -> Iterator[Mention]:  # fmt: skip
    """A capitalised word that was part of a person's name before, alone."""
    taken = {i for m in mentions for i in range(m.first, m.last + 1)}
    known = dict(discourse.surnames)
    for mention in mentions:
        known.update(dict.fromkeys(mention.person_name.split(), mention))
    for i, word in enumerate(sentence.words):
        if i not in taken and word.text in known and len(word.text) > 2 and word.text[0].isupper():
            if word.lower in index.agents:
                continue
            yield _single(article, sentence, i, i, f"surname:{word.text}")


def _defined_short(mention: Mention, sentence: Sentence) -> str:
    """`Tentara Arakan (AA)`: the short name in brackets right behind a mention, or ""."""
    behind = sentence.words[mention.last + 1 : mention.last + 4]
    if len(behind) < 3 or behind[0].text != "(" or behind[2].text != ")":
        return ""
    short = behind[1].text
    return short if short[:1].isupper() and short.isalnum() and len(short) <= SHORT else ""


def _abbreviations(
    article: Article, sentence: Sentence, mentions: list[Mention], discourse: Discourse
) -> Iterator[Mention]:
    """Short names that the article itself gave to a party."""
    taken = {i for m in mentions for i in range(m.first, m.last + 1)}
    for i, word in enumerate(sentence.words):
        if i not in taken and word.text in discourse.shorts:
            yield _single(article, sentence, i, i, f"short:{word.text}")


def _single(article: Article, sentence: Sentence, first: int, last: int, rule: str) -> Mention:
    words = sentence.words
    span = (words[first].start, words[last].end)
    return Mention(
        sentence=sentence.index, first=first, last=last, head=first, kind="coreference",
        actors=(), text=article.text[span[0] : span[1]], span=span, rule=rule,
    )  # fmt: skip


def _resolve(
    mention: Mention, sentence: Sentence, discourse: Discourse, index: Index, pack: Pack
) -> Mention:
    if mention.actors:
        return mention
    if mention.rule.startswith("surname:"):
        person = discourse.surname(mention.text)
        if person is None:
            return mention
        return replace(
            mention, actors=_at(person.actors, mention), person_name=person.person_name,
            kind="leader",
        )  # fmt: skip
    if mention.rule.startswith("short:"):
        party = discourse.shorts[mention.text]
        return replace(mention, actors=_at(party.actors, mention), kind=party.kind)
    if mention.kind == "coreference":
        actors, rule = discourse.resolve(mention.rule, sentence.index)
        return replace(mention, actors=_at(actors, mention), rule=rule)
    if mention.rule in OWNING_PHRASES:
        actors, rule = discourse.resolve(mention.rule, sentence.index)
        sectors = _title_sectors(mention, index)
        served = tuple(replace(a, sectors=sectors or a.sectors, person="") for a in actors)
        return replace(mention, actors=_at(served, mention), rule=rule)
    before = sentence.words[mention.first - 1].lower if mention.first else ""
    if before in pack.grammar["actors"]["unowned"] and mention.rule.startswith("agents:"):
        return mention
    if mention.rule.startswith("agents:") and not mention.person_name:
        return _resolve_agent(mention, discourse, index, _stands_alone(mention, sentence, pack))
    if mention.person_name and discourse.focus:
        # a title and a name that no table knows, without a state: one of the state in view
        actor = replace(discourse.focus, sectors=_title_sectors(mention, index), person="")
        return replace(mention, actors=_at((actor,), mention), rule="person-of-state-in-view")
    return mention


def _stands_alone(mention: Mention, sentence: Sentence, pack: Pack) -> bool:
    """Whether no noun follows that would say whose title it is (`juru bicara promotor`)."""
    behind = sentence.words[mention.last + 1 : mention.last + 2]
    return not any(is_plain(w.text, read_grammar(pack)) or w.text[0].isupper() for w in behind)


def _resolve_placed(
    mention: Mention, mentions: list[Mention], sentence: Sentence, index: Index, pack: Pack
) -> Mention | None:
    """`pemerintah baru di Havana`; `republik rakyat yang memisahkan diri di Ukraina timur`.

    A bare organ right before a place is that state's; a breakaway region's claimant is the state
    that it is said to lie in, further on too.
    """
    if mention.actors or not mention.rule.startswith("agents:") or mention.person_name:
        return None
    row = _agent_row(mention, index)
    if row is None or row.kind not in {"organ", "people"} or not row.sectors:
        return None
    breakaway = "PRE" in row.sectors
    for other in mentions:
        gap = other.first - mention.last
        placed = (
            gap > 0 and sentence.words[other.first - 1].lower in pack.grammar["actors"]["organ_in"]
        )
        if placed and other.actors and (breakaway or gap <= PLACE_GAP):
            actor = replace(other.actors[0], sectors=row.sectors, person="")
            kind: MentionKind = "region" if breakaway else "organ"
            return replace(mention, actors=_at((actor,), mention), kind=kind, rule="organ-in-place")
    return None


def _resolve_local(
    mention: Mention, spots: list[Spot], index: Index, grammar: Mapping[str, Any],
    sentence: Sentence,
) -> Mention | None:  # fmt: skip
    """`warga Kherson`, `polisi di Surabaya`: an organ or crowd beside a place is its state's."""
    if mention.actors or not mention.rule.startswith("agents:") or mention.person_name:
        return None
    row = _agent_row(mention, index)
    if row is None or row.kind not in {"organ", "people"} or not row.sectors:
        return None
    for spot in spots:
        gap = [w.lower for w in sentence.words[mention.last + 1 : spot.first]]
        near = spot.first > mention.last and (
            not gap or (len(gap) == 1 and gap[0] in grammar["organ_in"])
        )
        state = index.entities.get(spot.row.country) if near else None
        if state is not None:
            key, code = identify(state)
            actor = Actor(key, code, state.name, row.sectors, mention.text, mention.span)
            kind: MentionKind = "organ" if row.kind == "organ" else "people"
            return replace(mention, actors=(actor,), kind=kind, rule="people-of-the-place")
    return None


def _title_sectors(mention: Mention, index: Index) -> tuple[str, ...]:
    row = _agent_row(mention, index)
    return row.sectors if row else ()


def _agent_row(mention: Mention, index: Index) -> AgentRow | None:
    """The row of the title, organ or role that a mention begins with."""
    words = tuple(mention.text.lower().split())
    for phrase, row in index.agents.get(words[0], ()):
        if phrase == words[: len(phrase)]:
            return row
    return None


def _resolve_agent(mention: Mention, discourse: Discourse, index: Index, alone: bool) -> Mention:
    """A bare title means the person who had it; a bare organ or crowd that of the state in view.

    In a story of one state a title that stands `alone`, with no noun behind it, is of that state.
    """
    words = tuple(mention.text.lower().split())
    row = _agent_row(mention, index)
    if row is None:
        return mention
    if row.kind == "title":
        person = discourse.titled(" ".join(words), mention.sentence)
        if person is None and discourse.domestic and "GOV" in row.sectors and alone:
            actors = discourse.organ(words[0], row.sectors, mention.sentence)
            return replace(mention, actors=_at(actors, mention), rule="title-of-state-in-view")
        if person is None:
            return mention
        return replace(
            mention, actors=_at(person.actors, mention), kind="leader", rule="title-again",
            person_name=person.person_name,
        )  # fmt: skip
    if words[0] in index.never_alone:
        return mention
    if row.kind in BARE and row.sectors and "PRE" not in row.sectors:
        actors = discourse.organ(words[0], row.sectors, mention.sentence)
        kind = BARE[row.kind]
        return replace(mention, actors=_at(actors, mention), kind=kind, rule="state-in-view")
    return mention


def _named_states(composed: list[list[Mention]]) -> list[Actor]:
    return [
        a
        for mentions in composed
        for m in mentions
        if m.kind not in {"outlet", "group", "igo", "bloc"}
        for a in m.actors
        if a.entity == a.code and len(a.entity) == 3
    ]


def _find_sides(composed: list[list[Mention]]) -> tuple[Actor, ...]:
    """The two states that most names of an article mean, if hardly any means another."""
    states = _named_states(composed)
    most = Counter(a.entity for a in states).most_common(3)
    third = most[2][1] if len(most) > 2 else 0
    if len(most) < 2 or most[0][1] + most[1][1] < SIDES_SHARE * len(states):
        return ()
    if most[1][1] < max(SECOND_SHARE * len(states), third / THIRD_SHARE):
        return ()
    return tuple(next(a for a in states if a.entity == entity) for entity, _ in most[:2])


def _find_home(composed: list[list[Mention]], home: str) -> Actor | None:
    """The publisher's own state, if the article names it a third as often as the one named most.

    Its police and ministries are named without it.
    """
    states = _named_states(composed)
    counts = Counter(a.entity for a in states)
    most = max(counts.values(), default=0)
    if not counts[home] or counts[home] * HOME_SHARE < most:
        return None
    return next(a for a in states if a.entity == home)


def _find_focus(composed: list[list[Mention]]) -> tuple[Actor | None, float]:
    """The state that most names of an article mean, if they are many enough, and their share."""
    states = _named_states(composed)
    if not states:
        return None, 0.0
    entity, count = Counter(a.entity for a in states).most_common(1)[0]
    share = count / len(states)
    if share < FOCUS_SHARE:
        return None, share
    return next(a for a in states if a.entity == entity), share


def _at(actors: tuple[Actor, ...], mention: Mention) -> tuple[Actor, ...]:
    """The same actors with the words by which they are meant here."""
    return tuple(replace(a, text=mention.text, span=mention.span) for a in actors)
