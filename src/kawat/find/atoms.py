"""Names and agents of a sentence before they are put together: the atoms of mentions."""

from bisect import bisect_left
from dataclasses import dataclass

from kawat.find.index import Index
from kawat.lang.rows import AgentRow, NameRow
from kawat.model import Article, Parse, Sentence

PHRASE_REACH = 5
"""Words between `blok` and `itu`: `blok beranggotakan 27 negara itu`."""


@dataclass(frozen=True, slots=True)
class Atom:
    """Words `first..last` of a sentence that match a table row or a phrase list."""

    first: int
    last: int
    name: NameRow | None = None
    agent: AgentRow | None = None
    phrase: str = ""


def find_names(article: Article, parse: Parse, index: Index) -> dict[int, list[Atom]]:
    """Return the name atoms of each sentence: longest first, none inside another."""
    found: dict[int, list[Atom]] = {}
    if not parse.sentences:
        return found
    starts = [s.start for s in parse.sentences]
    base, end = starts[0], parse.sentences[-1].end
    hits = index.names.find_matches_as_indexes(article.text[base:end], overlapping=True)
    taken = -1
    for pattern, begin, finish in sorted(hits, key=lambda hit: (hit[1], -hit[2])):
        start, stop = begin + base, finish + base
        if start < taken:
            continue
        number = max(0, bisect_left(starts, start + 1) - 1)
        sentence = parse.sentences[number]
        words = words_at(sentence, start, stop)
        if words is None:
            continue
        row = _allowed_row(index, pattern, sentence, *words)
        if row is not None:
            found.setdefault(number, []).append(Atom(*words, name=row))
            taken = stop
    return found


def words_at(sentence: Sentence, start: int, stop: int) -> tuple[int, int] | None:
    """Return the words that begin at `start` and end at `stop`; None inside a word."""
    words = sentence.words
    first = bisect_left(words, start, key=lambda w: w.start)
    if first >= len(words) or words[first].start != start:
        return None
    last = bisect_left(words, stop, lo=first, key=lambda w: w.end)
    if last >= len(words) or words[last].end != stop:
        return None
    return first, last


def _allowed_row(
    index: Index, pattern: int, sentence: Sentence, first: int, last: int
) -> NameRow | None:
    """The first row that no guard word within two words forbids.

    A guard in small letters forbids the word in any case, one with a capital only as written:
    `Open` after `US` is the tournament, `open to talks` is the state. Beyond a preposition a word
    guards nothing: `juta dolar kepada Ukraina`.
    """
    rows = index.name_rows[pattern]
    if not rows[0].not_before and not rows[0].not_after:
        return rows[0]
    words = sentence.words
    reach = 1 if first and words[first - 1].lower in index.prepositions else 2
    before = {f for w in words[max(0, first - reach) : first] for f in (w.text, w.lower)}
    after = {f for w in words[last + 1 : last + 3] for f in (w.text, w.lower)}
    for row in rows:
        if before.isdisjoint(row.not_before) and after.isdisjoint(row.not_after):
            return row
    return None


def find_atoms(sentence: Sentence, names: list[Atom], index: Index) -> list[Atom]:
    """Return names, titles, organs, roles and coreferring phrases in order, none over another.

    An agent that covers a whole name wins (`perdana menteri`), one that cuts into a name gives way
    to a shorter one: `juru bicara` before the name `Kementerian Luar Negeri China`.
    """
    lowers = [w.lower for w in sentence.words]
    atoms = list(names)
    i = 0
    while i < len(lowers):
        word = lowers[i]
        known = word in index.agents or word in index.phrases or word in index.heads
        agent = _agent_at(lowers, i, index, names) if known else None
        if agent is None:
            i += 1
            continue
        atoms = [a for a in atoms if a.last < agent.first or a.first > agent.last]
        atoms.append(agent)
        i = agent.last + 1
    return sorted(atoms, key=lambda a: a.first)


def _agent_at(lowers: list[str], i: int, index: Index, names: list[Atom]) -> Atom | None:
    word = lowers[i]
    for phrase, name in index.phrases.get(word, ()):
        last = i + len(phrase) - 1
        if tuple(lowers[i : last + 1]) == phrase and not _names_itself(lowers, last, index, names):
            return Atom(i, last, phrase=name)
    if word in index.heads and (last := _end_of_phrase(lowers, i, index, names)) > 0:
        return Atom(i, last, phrase=index.heads[word])
    for phrase, row in index.agents.get(word, ()):
        last = i + len(phrase) - 1
        if tuple(lowers[i : last + 1]) == phrase and not _cuts(i, last, names):
            return Atom(i, last, agent=row)
    return None


def _names_itself(lowers: list[str], last: int, index: Index, names: list[Atom]) -> bool:
    """`the president of Kenya`, `the president Vladimir Putin`: no phrase about who was told."""
    if not index.phrase_guards or last + 1 >= len(lowers):
        return False
    return lowers[last + 1] in index.phrase_guards or any(n.first == last + 1 for n in names)


def _end_of_phrase(lowers: list[str], first: int, index: Index, names: list[Atom]) -> int:
    """The `itu` that closes a phrase about a party told before, or -1; a name ends the search."""
    for i in range(first + 1, min(len(lowers), first + 1 + PHRASE_REACH)):
        if lowers[i] in index.head_ends:
            return i
        if lowers[i] in index.head_stops or any(n.first <= i <= n.last for n in names):
            return -1
    return -1


def _cuts(first: int, last: int, names: list[Atom]) -> bool:
    """Whether the words overlap a name without being longer and covering all of it."""
    return any(
        n.first <= last
        and first <= n.last
        and not (first <= n.first and n.last <= last and last - first > n.last - n.first)
        for n in names
    )
