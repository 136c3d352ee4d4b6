"""The parts of a mention while it is put together, and the words that may join them."""

from dataclasses import dataclass
from functools import cache

from kawat.find.atoms import Atom
from kawat.lang import Pack

PERSONAL = frozenset({"title", "role"})


@dataclass(frozen=True, eq=False)
class Grammar:
    """The words that join the parts of a mention."""

    between: frozenset[str]
    never_between: frozenset[str]
    verb_prefixes: tuple[str, ...]
    adjectives: frozenset[str]
    linkers: frozenset[str]
    former: frozenset[str]
    state_media: frozenset[tuple[str, ...]]
    state_first: bool
    """Whether a state stands before the title or organ that is its own (`Israeli army`)."""
    possessives: frozenset[str]
    articles: frozenset[str]
    posted: frozenset[str]
    posts: frozenset[str]
    """Titles of who is sent to a state: `ambassador to Iran` is no Iranian."""
    modified: frozenset[str]
    """Nouns before which an organ is an adjective: `military aid`."""
    leading: frozenset[str]
    """Participles of compounds whose name does act: `US-led`."""
    no_names: frozenset[str]
    """Capitalised words that are no name of a person: days and months."""


@cache
def read_grammar(pack: Pack) -> Grammar:
    """Return the joining words of `pack` (grammar.toml, `actors`)."""
    table = pack.grammar["actors"]
    return Grammar(
        frozenset(table["between"]) | frozenset(table["honorifics"]),
        frozenset(table["never_between"])
        | frozenset(pack.grammar["clauses"]["prepositions"])
        | frozenset(pack.grammar["clauses"]["breakers"])
        | frozenset(pack.grammar["clauses"]["coordination"]),
        tuple(table["never_between_prefixes"]),
        frozenset(table["adjectives"]),
        frozenset(table["linkers"]),
        frozenset(table["former"]),
        frozenset(tuple(p.split()) for p in table["state_media"]),
        bool(table["state_first"]),
        frozenset(table["possessives"]),
        frozenset(table["articles"]),
        frozenset(table["posted"]),
        frozenset(table["posts"]),
        frozenset(table["modified"]),
        frozenset(table["leading"]),
        frozenset(pack.speech["speaker"]["times"]),
    )


@dataclass(slots=True)
class Chain:
    """The atoms of one mention while it is being put together."""

    agents: list[Atom]
    name: Atom | None = None
    person: Atom | None = None
    owner: Atom | None = None
    """A person whose organ or people it is: `the Trump administration`."""
    unknown: tuple[int, int] | None = None
    """The words of a person's name that no table knows."""
    last: int = -1
    former: bool = False
    dropped: bool = False
    """Whether its words turned out to be an adjective."""

    @property
    def first(self) -> int:
        """The first word of the mention."""
        parts = [a.first for a in self.agents]
        parts += [a.first for a in (self.name, self.person, self.owner) if a]
        if self.unknown:
            parts.append(self.unknown[0])
        return min(parts)


def is_person(atom: Atom) -> bool:
    """Whether the atom is the name of a person."""
    return atom.name is not None and atom.name.target.startswith("person:")
