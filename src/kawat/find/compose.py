"""Put atoms together: title, organ, state and person beside one another are one mention.

Indonesian noun phrases run from head to modifier: `juru bicara` `Kementerian Luar Negeri`
`China` `Mao Ning`. English ones mostly the other way: `the Russian foreign minister Sergei Lavrov`
(`modifiers`). The title or organ gives the sector, the state gives the entity, a name the person.
"""

from dataclasses import replace

from kawat.find.atoms import Atom
from kawat.find.chains import PERSONAL, Chain, Grammar, is_person, read_grammar
from kawat.find.index import Index
from kawat.find.modifiers import (
    drop_adjective,
    is_hyphened,
    join_state_first,
    take_name_before,
    take_owned,
)
from kawat.find.resolve import resolve_name, resolve_person
from kawat.lang import Pack
from kawat.model import Actor, Article, Mention, Sentence, Word
from kawat.model.found import MentionKind

KIND_OF_ENTITY: dict[str, MentionKind] = {
    "igo": "igo", "court": "igo", "bloc": "bloc", "group": "group", "party": "party",
    "people": "people", "region": "region",
}  # fmt: skip
OWNING_PHRASES = frozenset({"state_phrases", "body_phrases", "group_phrases", "both_states"})
"""Phrases about parties told before that may stand behind a title or organ of theirs."""
OWN_SECTORS = frozenset({"group", "party"})
"""Kinds of entity whose leaders are of their sector: `Presiden Partai X` is a party's."""


def compose(
    article: Article, sentence: Sentence, atoms: list[Atom], index: Index, pack: Pack
) -> list[Mention]:
    """Return the mentions of a sentence; those that only a discourse resolves have no actors."""
    grammar = read_grammar(pack)
    mentions: list[Mention] = []
    i = 0
    while i < len(atoms):
        if atoms[i].phrase:
            owner = atoms[i]
            last, i = take_owned(sentence, atoms, i, grammar)
            mentions.append(
                _make(article, sentence, owner.first, last, "coreference", (), owner.phrase)
            )
            continue
        if is_hyphened(sentence, atoms[i], grammar) or _is_adjective(sentence, atoms[i], grammar):
            i += 1
            continue
        chain, i = _take_chain(sentence, atoms, i, grammar)
        if chain.dropped:
            continue
        if grammar.state_first:
            taken = mentions[-1].last if mentions else -1
            take_name_before(sentence, chain, taken, chain.first, grammar)
        elif i < len(atoms) and _is_owned_by(sentence, chain, atoms[i], grammar):
            mentions.append(_make_owned(article, sentence, chain, atoms[i]))
            i += 1
            continue
        mention = _close_chain(article, sentence, chain, index, grammar)
        if mention is not None:
            mentions.append(mention)
    return mentions


def _is_owned_by(sentence: Sentence, chain: Chain, atom: Atom, grammar: Grammar) -> bool:
    """`militer negara itu`, `pejabat tinggi badan itu`: the party told before whose it is."""
    bare = bool(chain.agents) and not (chain.name or chain.person or chain.unknown)
    gap = sentence.words[chain.last + 1 : atom.first]
    near = not gap or (len(gap) == 1 and is_plain(gap[0].text, grammar))
    return bare and near and atom.phrase in OWNING_PHRASES


def _make_owned(article: Article, sentence: Sentence, chain: Chain, owner: Atom) -> Mention:
    kinds = {a.agent.kind for a in chain.agents if a.agent}
    kind: MentionKind = (
        "people" if "people" in kinds else "organ" if kinds & {"organ", "craft"} else "leader"
    )
    return _make(article, sentence, chain.first, owner.last, kind, (), owner.phrase)


def _is_adjective(sentence: Sentence, atom: Atom, grammar: Grammar) -> bool:
    """`bantuan militer`: behind a plain noun the word says of what kind, not whose act it is."""
    word = sentence.words[atom.first]
    if grammar.state_first:
        return False
    return (
        atom.agent is not None
        and atom.first > 0
        and word.lower in grammar.adjectives
        and is_plain(sentence.words[atom.first - 1].text, grammar)
    )


def _take_chain(
    sentence: Sentence, atoms: list[Atom], i: int, grammar: Grammar
) -> tuple[Chain, int]:
    chain = Chain([])
    words = sentence.words
    first = atoms[i].first
    chain.former = first > 0 and words[first - 1].lower in grammar.former
    while i < len(atoms) and not atoms[i].phrase:
        atom = atoms[i]
        if chain.last >= 0 and grammar.state_first:
            if not join_state_first(sentence, chain, atoms, i, grammar):
                break
        elif chain.last >= 0 and not _joined(sentence, chain, atom, grammar):
            break
        elif atom.agent and not (chain.name or chain.person):
            chain.agents.append(atom)
        elif atom.name and is_person(atom) and chain.person is None:
            chain.person = atom
        elif atom.name and not is_person(atom) and not (chain.name or chain.person):
            chain.name = atom
        elif not _is_gloss(sentence, chain, atom):
            break
        chain.last = atom.last
        i += 1
    i = _past_name_parts(sentence, chain, atoms, i, grammar)
    chain.dropped = grammar.state_first and drop_adjective(sentence, chain, grammar)
    limit = atoms[i].first if i < len(atoms) else len(words)
    _take_unknown_person(sentence, chain, limit, grammar)
    _take_closing_bracket(sentence, chain)
    return chain, i


def _past_name_parts(
    sentence: Sentence, chain: Chain, atoms: list[Atom], i: int, grammar: Grammar
) -> int:
    """`Justice Minister Iván Lima`: a place's name behind a title's capitalised word is a surname.

    Returns the index of the next atom that is no part of the name.
    """
    if not grammar.state_first or chain.person or i >= len(atoms) or not atoms[i].name:
        return i
    gap = sentence.words[chain.last + 1 : atoms[i].first]
    titled = any(a.agent and a.agent.kind in PERSONAL for a in chain.agents)
    named = 0 < len(gap) <= 2 and all(_is_name_word(w, grammar) for w in gap)
    return i + 1 if titled and named and not is_person(atoms[i]) else i


def _is_gloss(sentence: Sentence, chain: Chain, atom: Atom) -> bool:
    """`Amerika Serikat (AS)`: the same name again in brackets."""
    same = atom.name and chain.name and chain.name.name
    return bool(
        same
        and atom.name
        and atom.name.target == chain.name.name.target  # type: ignore[union-attr]
        and sentence.words[atom.first - 1].text == "("
    )


def _joined(sentence: Sentence, chain: Chain, atom: Atom, grammar: Grammar) -> bool:
    """Whether `atom` goes on with the chain: adjacent, or over words that do not part them."""
    gap = sentence.words[chain.last + 1 : atom.first]
    if not gap:
        if chain.name and not chain.agents and not chain.person:
            return False
        return not (chain.person or (chain.name and not is_person(atom)))
    if len(gap) > 2:
        return False
    texts = [w.lower for w in gap]
    if texts == ["("]:
        return bool(atom.name)
    if texts == [","]:
        return bool(chain.agents and not chain.person and is_person(atom))
    if chain.person or (chain.name and not is_person(atom)):
        return False
    if len(gap) == 1 and atom.name and chain.agents and is_plain(gap[0].text, grammar):
        return True
    return all(t in grammar.between for t in texts) or (
        len(texts) == 1 and texts[0] in grammar.linkers and bool(atom.name)
    )


def is_plain(text: str, grammar: Grammar) -> bool:
    """A lower-case word that is neither verb nor function word: `ilmuwan nuklir Iran`."""
    return (
        text.isalpha()
        and text.islower()
        and len(text) > 3
        and text not in grammar.never_between
        and not text.startswith(grammar.verb_prefixes)
    )


def _take_unknown_person(sentence: Sentence, chain: Chain, limit: int, grammar: Grammar) -> None:
    """A capitalised run behind a title is a person that no table knows."""
    if chain.person or not chain.agents:
        return
    words = sentence.words
    start = chain.last + 1
    kinds = {a.agent.kind for a in chain.agents if a.agent}
    if not kinds & PERSONAL:  # `aktivis politik Samer Sinijlawi`
        start += start < limit and is_plain(words[start].text, grammar)
        if (
            chain.name
            or kinds != {"people"}
            or not all(i < limit and _is_name_word(words[i], grammar) for i in (start, start + 1))
        ):
            return
    comma = start < limit and words[start].text == ","
    if comma:
        start += 1
    stop = start
    while stop < min(limit, start + 4) and _is_name_word(words[stop], grammar):
        stop += 1
    ends_well = stop > start and (
        not comma or (stop < len(words) and words[stop].text in {",", ".", ")"})
    )
    if ends_well:
        chain.unknown = (start, stop - 1)
        chain.last = stop - 1


def _is_name_word(word: Word, grammar: Grammar) -> bool:
    text = word.text
    named = text[:1].isupper() and text[:1].isalpha() and len(text) > 1
    return named and word.lower not in grammar.no_names


def _take_closing_bracket(sentence: Sentence, chain: Chain) -> None:
    words = sentence.words
    inside = words[chain.first : chain.last + 1]
    opened = any(w.text == "(" for w in inside)
    if opened and chain.last + 1 < len(words) and words[chain.last + 1].text == ")":
        chain.last += 1


def _close_chain(
    article: Article, sentence: Sentence, chain: Chain, index: Index, grammar: Grammar
) -> Mention | None:
    first, last = chain.first, chain.last
    words = sentence.words
    span = (words[first].start, words[last].end)
    text = article.text[span[0] : span[1]]
    named = chain.unknown or ((chain.person.first, chain.person.last) if chain.person else None)
    person_name = article.text[words[named[0]].start : words[named[1]].end] if named else ""
    actor = _resolve_chain(article, chain, index, text, span)
    kind, rule = _kind_of(chain, index)
    if actor is None:
        return _make(article, sentence, first, last, "role", (), rule, person_name)
    if _means_state_media(sentence, chain, grammar) and actor.entity in index.state_media:
        outlet = index.state_media[actor.entity]
        actor = Actor(outlet.id, outlet.country, outlet.name, ("JRN",), text, span)
        kind, rule = "outlet", "state-media-of-state"
    if chain.former and "GOV" in actor.sectors:
        actor = replace(actor, sectors=("ELI",))
    return _make(article, sentence, first, last, kind, (actor,), rule, person_name)


def _means_state_media(sentence: Sentence, chain: Chain, grammar: Grammar) -> bool:
    if not chain.name or not chain.name.name or chain.name.name.target.startswith("outlet:"):
        return False
    if grammar.state_first:
        return any(
            tuple(phrase.split()) in grammar.state_media
            for a in chain.agents
            if a.agent
            for phrase in a.agent.phrase
        )
    lowers = [w.lower for w in sentence.words[max(0, chain.name.first - 3) : chain.name.first]]
    return any(tuple(lowers[-len(p) :]) == p for p in grammar.state_media)


def _resolve_chain(
    article: Article, chain: Chain, index: Index, text: str, span: tuple[int, int]
) -> Actor | None:
    agent_sectors = _sectors_of(chain)
    person = None
    if chain.person and chain.person.name:
        person = _resolve_named(chain.person, index, text, span, article)
    if chain.owner and chain.owner.name:
        owner = _resolve_named(chain.owner, index, text, span, article)
        served = person.person if person else ""
        if owner is not None and agent_sectors:
            return replace(owner, sectors=agent_sectors, person=served)
        return person or owner
    if chain.name and chain.name.name:
        actor = resolve_name(chain.name.name, index, text, span, article)
        if actor is None:
            return person
        own = actor.sectors
        entity = index.entities.get(actor.entity)
        bodily = entity and KIND_OF_ENTITY.get(entity.kind) in OWN_SECTORS
        named = chain.name.name.kind == "organ" and _is_behind(chain)
        sectors = (
            own
            if own and (bodily or named)
            else agent_sectors or own or (person.sectors if person else ())
        )
        if "PRE" in own and "PRE" not in sectors:
            sectors = (*sectors, "PRE")
        served = person.person if person else ""
        if sectors == own and actor.person == served:
            return actor
        return replace(actor, sectors=sectors, person=served)
    if person is not None and agent_sectors and "ELI" not in person.sectors:
        return replace(person, sectors=agent_sectors)
    return person


def _is_behind(chain: Chain) -> bool:
    """`a spokesman for the Israeli military`: the organ behind a title gives the sector."""
    return bool(chain.name and chain.agents and chain.name.first > chain.agents[-1].last)


def _resolve_named(
    atom: Atom, index: Index, text: str, span: tuple[int, int], article: Article
) -> Actor | None:
    key = atom.name.target.removeprefix("person:") if atom.name else ""
    return resolve_person(key, index, text, span, article)


def _sectors_of(chain: Chain) -> tuple[str, ...]:
    """An organ gives the sector; else the first word that has one."""
    with_sector = [a.agent for a in chain.agents if a.agent and a.agent.sectors]
    for agent in with_sector:
        if agent.kind == "people":
            return agent.sectors
    for agent in with_sector:
        if agent.kind in {"organ", "craft"}:
            return agent.sectors
    return with_sector[0].sectors if with_sector else ()


def _kind_of(chain: Chain, index: Index) -> tuple[MentionKind, str]:
    if chain.name and chain.name.name and chain.name.name.target.startswith("outlet:"):
        return "outlet", f"names:{chain.name.name.alias}"
    if chain.person or chain.unknown:
        return "leader", "title+state+person" if chain.name else "person"
    if chain.agents:
        kinds = {a.agent.kind for a in chain.agents if a.agent}
        if not (chain.name or chain.owner):
            return "role", "agents:" + "+".join(a.agent.id for a in chain.agents if a.agent)
        if "people" in kinds:
            return "people", "people+state"
        return ("organ", "organ+state") if kinds & {"organ", "craft"} else ("leader", "title+state")
    row = chain.name.name if chain.name else None
    kinds_of_row: dict[str, MentionKind] = {
        "organ": "organ",
        "palace": "organ",
        "capital": "organ",
        "group": "group",
        "region": "region",
    }
    if row is None:
        return "role", ""
    entity = index.entities.get(row.target)
    kind = kinds_of_row.get(row.kind) or KIND_OF_ENTITY.get(entity.kind if entity else "", "state")
    return kind, f"names:{row.alias}"


def _make(
    article: Article, sentence: Sentence, first: int, last: int, kind: MentionKind,
    actors: tuple[Actor, ...], rule: str, person_name: str = "",
) -> Mention:  # fmt: skip
    words = sentence.words
    span = (words[first].start, words[last].end)
    return Mention(
        sentence=sentence.index, first=first, last=last, head=first, kind=kind, actors=actors,
        text=article.text[span[0] : span[1]], span=span, rule=rule, person_name=person_name,
    )  # fmt: skip
