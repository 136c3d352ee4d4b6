"""Names in context: what a row expects, and what the find room makes of it."""

import re
from typing import NamedTuple

from kawat.find import find_actors
from kawat.find.atoms import find_names
from kawat.find.index import build_index
from kawat.find.resolve import resolve_name
from kawat.lang import Pack
from kawat.parse import split
from kawat.read import read_text

NOBODY = "-"


class Expected(NamedTuple):
    """Words of a sentence and the party that they name, `-` for none."""

    words: str
    entity: str


def read_expected(cell: str) -> list[Expected]:
    """Return what the cell `words=entity; words=entity` expects."""
    return [Expected(*part.strip().rsplit("=", 1)) for part in cell.split(";")]


def find_wrong(text: str, expected: list[Expected], pack: Pack) -> list[str]:
    """Return each expectation that does not come true, with what was found instead."""
    article = read_text(text, language=pack.language, published="2025-06-16")
    index, parse = build_index(pack), split(article, pack)
    found: dict[tuple[int, int], str] = {}
    for number, atoms in find_names(article, parse, index).items():
        line = parse.sentences[number].words
        for atom in atoms:
            if atom.name is None:
                continue
            span = (line[atom.first].start, line[atom.last].end)
            actor = resolve_name(atom.name, index, article.text[slice(*span)], span, article)
            if actor is not None:
                outlet = "outlet:" if atom.name.target.startswith("outlet:") else ""
                found[span] = outlet + actor.entity
    for mention in find_actors(article, parse, pack):
        if mention.actors and mention.kind != "outlet":
            found.setdefault(mention.span, mention.actors[0].entity)
    wrong = []
    for words, entity in expected:
        match = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", article.text)
        assert match, f"{words!r} is not in {text!r}"
        at, end = match.span()
        touching = {e for (a, b), e in found.items() if a < end and at < b} or {NOBODY}
        if entity not in touching:
            wrong.append(f"{words}: {'+'.join(sorted(touching))}, not {entity} in {text!r}")
    return wrong
