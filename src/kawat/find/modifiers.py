"""Mentions of languages that put the state first: `Russia's foreign minister Sergei Lavrov`.

What stands before the title or organ gives the entity, as a possessive or an adjective; a phrase
behind it may (`the president of Kenya`); the person's name stands behind the title, or before it
with a comma (`Sergei Lavrov, the Russian foreign minister,`).
"""

from collections.abc import Sequence

from kawat.find.atoms import Atom
from kawat.find.chains import PERSONAL, Chain, Grammar, is_person
from kawat.model import Sentence, Word

NAMED_GROUPS = frozenset({"group", "outlet", "organ"})
"""Kinds of names that stand right behind their common noun: `the rebel group M23`."""
NAME_WORDS = 4
GAP = 4
"""Words that may stand between a state and what is its own: `Israel's far - right minister`."""
CLOSING = frozenset({",", ".", ")", ";", "—", "–"})


def join_state_first(
    sentence: Sentence, chain: Chain, atoms: Sequence[Atom], i: int, grammar: Grammar
) -> bool:
    """Take atom `i` into the chain if it goes on with it; tell whether it did."""
    atom = atoms[i]
    words = [w.lower for w in sentence.words]
    gap = words[chain.last + 1 : atom.first]
    if len(gap) > GAP:
        return False
    if atom.agent:
        return _join_agent(chain, atom, gap, grammar)
    if is_person(atom):
        return _join_person(chain, atom, gap, grammar)
    return _join_name(words, chain, atoms, i, gap, grammar)


def _join_agent(chain: Chain, atom: Atom, gap: list[str], grammar: Grammar) -> bool:
    owned = bool(gap) and gap[0] in grammar.possessives
    inner = gap[1:] if owned else gap
    former = bool(grammar.former & set(inner))
    plain = all(w in grammar.between or w in grammar.former for w in inner)
    if chain.person and chain.name and chain.name.first > chain.person.last:
        if not plain:
            return False
    elif chain.person and not chain.agents and not chain.name:
        if not plain or (inner and not owned) or (not owned and not _is_group(atom)):
            return False
        chain.owner, chain.person = chain.person, None
    elif not _may_own(chain, owned=owned) or not (plain or _goes_on(chain, gap, grammar)):
        return False
    chain.agents.append(atom)
    chain.former = chain.former or former
    return True


def _may_own(chain: Chain, *, owned: bool) -> bool:
    return not (chain.person or chain.unknown or (owned and not (chain.name or chain.owner)))


def _goes_on(chain: Chain, gap: list[str], grammar: Grammar) -> bool:
    """`spokesman for the army`; `US-led forces`."""
    if chain.name and gap[:1] == ["-"]:
        return gap[1] in grammar.leading and all(w in grammar.between for w in gap[2:])
    return not chain.name and _is_link(gap, grammar)


def is_hyphened(sentence: Sentence, atom: Atom, grammar: Grammar) -> bool:
    """`Iran-backed rebels`: what a compound adjective names takes no part itself."""
    after = sentence.words[atom.last + 1 : atom.last + 3]
    if not atom.name or len(after) < 2 or after[0].text != "-":
        return False
    return after[1].text.islower() and after[1].lower not in grammar.leading


def _is_group(atom: Atom) -> bool:
    return atom.agent is not None and atom.agent.kind not in PERSONAL


def _join_person(chain: Chain, atom: Atom, gap: list[str], grammar: Grammar) -> bool:
    titled = any(a.agent and a.agent.kind in PERSONAL for a in chain.agents)
    # the name's own title is part of its alias: `Saudi Crown Prince Mohammed bin Salman`
    row = chain.name.name if chain.name else None
    titled = titled or bool(row and row.kind == "demonym" and not chain.agents and not gap)
    if chain.person or chain.unknown or not titled:
        return False
    if gap and gap != [","] and not all(w in grammar.between for w in gap):
        return False
    chain.person = atom
    return True


def _join_name(
    words: list[str], chain: Chain, atoms: Sequence[Atom], i: int, gap: list[str], grammar: Grammar
) -> bool:
    atom = atoms[i]
    if chain.person or chain.unknown:
        described = _is_description(words, atoms, i, gap, grammar)
        if chain.name or (chain.agents and not _is_link(gap, grammar)):
            return False
        if not chain.agents and not described:
            return False
        chain.name = atom
        return True
    if not chain.agents:
        return _is_gloss(chain, atom, gap)
    last = chain.agents[-1].agent
    if gap and gap[0] in grammar.posted and last and grammar.posts & set(last.phrase):
        titled = bool(chain.name or chain.owner) or _is_named_behind(atoms, i)
        return titled and all(w in grammar.articles for w in gap[1:])
    if chain.name or chain.owner:
        return False
    if _is_link(gap, grammar) or (not gap and atom.name and atom.name.kind in NAMED_GROUPS):
        chain.name = atom
        return True
    return False


def _is_named_behind(atoms: Sequence[Atom], i: int) -> bool:
    """Whether a person's name stands right behind: `special envoy for Syria Geir Pedersen`."""
    following = atoms[i + 1] if i + 1 < len(atoms) else None
    return bool(following and is_person(following) and following.first == atoms[i].last + 1)


def _is_gloss(chain: Chain, atom: Atom, gap: list[str]) -> bool:
    """`the United Nations (UN)`: the same name again in brackets."""
    name = chain.name and chain.name.name
    return bool(gap == ["("] and name and atom.name and atom.name.target == name.target)


def _is_link(gap: list[str], grammar: Grammar) -> bool:
    """`of`, `of the`: what leads from a title or organ to whose it is."""
    return bool(gap) and gap[0] in grammar.linkers and all(w in grammar.articles for w in gap[1:])


def _is_description(
    words: list[str], atoms: Sequence[Atom], i: int, gap: list[str], grammar: Grammar
) -> bool:
    """`Sergei Lavrov, the Russian foreign minister,`: a name, and then who it is."""
    if not gap or gap[0] != "," or not all(w in grammar.articles for w in gap[1:]):
        return False
    if i + 1 >= len(atoms):
        return False
    title = atoms[i + 1]
    between = words[atoms[i].last + 1 : title.first]
    owned = [w for w in between if w not in grammar.possessives]
    if not title.agent or title.agent.kind not in PERSONAL:
        return False
    after = words[title.last + 1 : title.last + 2]
    return all(w in grammar.between for w in owned) and (not after or after[0] in CLOSING)


def take_name_before(
    sentence: Sentence, chain: Chain, taken: int, first_atom: int, grammar: Grammar
) -> None:
    """`Jane Doe, a spokeswoman for the army,`: a name that no table knows before its title.

    `taken` is the last word of the mention before, `first_atom` the chain's first word.
    """
    if chain.person or chain.unknown or not chain.agents:
        return
    if not any(a.agent and a.agent.kind in PERSONAL for a in chain.agents):
        return
    words = sentence.words
    at = first_atom - 1
    while at >= 0 and (words[at].lower in grammar.articles or words[at].lower in grammar.former):
        at -= 1
    closed = chain.last + 1 >= len(words) or words[chain.last + 1].text in CLOSING
    if at < 2 or words[at].text != "," or not closed:
        return
    start = at
    while start - 1 > taken and at - start < NAME_WORDS and _is_name_word(words, start - 1):
        start -= 1
    if start and at - start >= NAME_WORDS and _is_name_word(words, start - 1):
        return
    if at - start >= 2 and not {w.lower for w in words[start:at]} & grammar.no_names:
        chain.unknown = (start, at - 1)


def _is_name_word(words: Sequence[Word], at: int) -> bool:
    text = words[at].text
    return text[:1].isupper() and text[:1].isalpha() and len(text) > 1


def drop_adjective(sentence: Sentence, chain: Chain, grammar: Grammar) -> bool:
    """`Israeli military operation`: an organ before a plain noun only says of what kind it is.

    Tells whether nothing of the mention is left (`military aid`).
    """
    after = sentence.words[chain.last + 1 : chain.last + 2]
    if not after:
        return False
    bare = chain.first == chain.last and not (chain.name or chain.person)
    plain = after[0].text.islower() and after[0].lower not in grammar.never_between
    if bare and plain and sentence.words[chain.first].lower in grammar.adjectives:
        return after[0].text.isalpha()
    if after[0].lower not in grammar.modified:
        return False
    owner = chain.name or chain.owner
    if owner is None:
        return len(chain.agents) == 1 and not chain.person
    while chain.agents and chain.agents[-1].first > owner.last:
        agent = chain.agents[-1].agent
        if agent is None or agent.kind in PERSONAL:
            break
        chain.agents.pop()
        chain.last = max(chain.agents[-1].last if chain.agents else owner.last, owner.last)
    return False


def take_owned(
    sentence: Sentence, atoms: Sequence[Atom], i: int, grammar: Grammar
) -> tuple[int, int]:
    """`the country's foreign ministry`: titles and organs of the party that a phrase means.

    Returns the last word, and the index of the next atom.
    """
    last = atoms[i].last
    i += 1
    while i < len(atoms) and atoms[i].agent:
        gap = [w.lower for w in sentence.words[last + 1 : atoms[i].first]]
        owned = last == atoms[i - 1].last and gap and gap[0] in grammar.possessives
        if gap and not (owned and all(w in grammar.between for w in gap[1:])):
            break
        last = atoms[i].last
        i += 1
    return last, i
