"""Find the actors of an article: names, titles and organs, and what later words mean by them."""

from collections.abc import Iterator
from dataclasses import replace

from kawat.find.atoms import find_atoms, find_names
from kawat.find.compose import compose
from kawat.find.coreference import Discourse
from kawat.find.index import Index, build_index
from kawat.lang import Pack
from kawat.model import Actor, Article, Mention, Parse, Sentence


def find_actors(article: Article, parse: Parse, pack: Pack) -> tuple[Mention, ...]:
    """Return every mention of an actor in text order, coreference resolved.

    A role that nothing resolves (`para pejabat`, a person whom no table knows) stays, without
    actors: it can still be a speaker.
    """
    index = build_index(pack)
    names = find_names(article, parse, index)
    discourse = Discourse()
    found: list[Mention] = []
    for sentence in parse.sentences:
        atoms = find_atoms(sentence, names.get(sentence.index, []), index)
        mentions = compose(article, sentence, atoms, index, pack)
        mentions.extend(_pronouns(article, sentence, mentions, pack))
        mentions.extend(_surnames(article, sentence, mentions, discourse, index))
        for mention in sorted(mentions, key=lambda m: m.first):
            resolved = _resolve(mention, sentence, discourse, index)
            discourse.note(resolved)
            found.append(resolved)
    return tuple(found)


def _pronouns(
    article: Article, sentence: Sentence, mentions: list[Mention], pack: Pack
) -> Iterator[Mention]:
    grammar = pack.grammar["actors"]
    taken = {i for m in mentions for i in range(m.first, m.last + 1)}
    for i, word in enumerate(sentence.words):
        if i in taken:
            continue
        for name in ("person_pronouns", "person_clitics", "plural_pronouns"):
            if word.lower in grammar[name]:
                yield _single(article, sentence, i, i, name)


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


def _single(article: Article, sentence: Sentence, first: int, last: int, rule: str) -> Mention:
    words = sentence.words
    span = (words[first].start, words[last].end)
    return Mention(
        sentence=sentence.index, first=first, last=last, head=first, kind="coreference",
        actors=(), text=article.text[span[0] : span[1]], span=span, rule=rule,
    )  # fmt: skip


def _resolve(mention: Mention, sentence: Sentence, discourse: Discourse, index: Index) -> Mention:
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
    if mention.kind == "coreference":
        actors, rule = discourse.resolve(mention.rule, sentence.index)
        return replace(mention, actors=_at(actors, mention), rule=rule)
    if mention.rule.startswith("agents:") and not mention.person_name:
        sectors = _organ_sectors(mention, index)
        if sectors:
            actors = discourse.titled(sectors, sentence.index)
            return replace(mention, actors=_at(actors, mention), rule=f"{mention.rule}+subject")
    return mention


def _organ_sectors(mention: Mention, index: Index) -> tuple[str, ...]:
    """The sectors of a bare organ (`pemerintah`, `militer`); a bare title resolves to nobody."""
    words = tuple(mention.text.lower().split())
    for phrase, row in index.agents.get(words[0], ()):
        if phrase == words[: len(phrase)] and row.kind == "organ":
            return row.sectors
    return ()


def _at(actors: tuple[Actor, ...], mention: Mention) -> tuple[Actor, ...]:
    """The same actors with the words by which they are meant here."""
    return tuple(replace(a, text=mention.text, span=mention.span) for a in actors)
