"""The chain of sources of an event: from who said it first to the nearest carrier.

`prepare_sources` reads an article once (who carries what, how far a source reaches);
`attribute` answers for one trigger. docs/attribution.md states the rules with examples.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from kawat.code.speech_credit import read_credits
from kawat.code.speech_scan import Speech, compile_speech
from kawat.code.speech_scope import is_year, link_key, read_scope, read_voice, touching_sentences
from kawat.lang import Pack
from kawat.model import Actor, Article, Link, Mention, Parse, Sentence, Statement

Chain = tuple[Link, ...]
Span = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Sources:
    """What `attribute` looks up: statements and carriers by sentence."""

    parse: Parse
    speech: Speech
    statements: Mapping[int, tuple[Statement, ...]]
    scope: tuple[Chain, ...]
    """Carriers that a sentence stands under, from the inner to the outer."""
    voice: tuple[Chain, ...]
    """The speaker who goes on in a sentence without a cue."""
    before: Mapping[str, Chain]
    """By statement id: the speaker whose words a carrier's statement goes on with."""
    credited: Chain
    publisher: frozenset[str]


def prepare_sources(
    article: Article,
    parse: Parse,
    mentions: tuple[Mention, ...],
    statements: tuple[Statement, ...],
    pack: Pack,
) -> Sources:
    """Return the sources of an article by sentence, for `attribute` to look up."""
    speech = compile_speech(pack)
    touching = touching_sentences(statements)
    voice = read_voice(parse, touching, mentions, speech)
    return Sources(
        parse=parse,
        speech=speech,
        statements={index: tuple(found) for index, found in touching.items()},
        scope=read_scope(parse, touching, voice, speech),
        voice=voice,
        before=_read_relays(parse, statements, speech),
        credited=read_credits(article, pack),
        publisher=_publisher_names(article, pack),
    )


def attribute(sources: Sources, sentence: int, span: Span, actors: tuple[Actor, ...]) -> Chain:
    """Return the chain of the event whose trigger is at `span`, from the origin outwards.

    The words that make a statement ("X menuduh ...") are not attributed to their own speaker:
    the actor of a speech act is not its source. Empty in the publisher's own voice.
    """
    around = sources.statements.get(sentence, ())
    inside = [s for s in around if s.content.span[0] <= span[0] < s.content.span[1]]
    inside.sort(key=lambda s: s.content.span[1] - s.content.span[0])
    chain: list[Link] = []
    if inside and inside[0].style == "indirect":
        line = sources.parse.sentences[sentence]
        if _takes_for_granted(sources, line, span):
            return ()
    for statement in inside:
        chain += sources.before.get(statement.id, ())
        if statement.speaker is not None:
            chain.append(statement.speaker)
        chain += statement.carriers
    if not inside:
        chain += _beside(around, span)
        if not chain and not around:
            chain += _unless_own(sources.voice[sentence], actors)
    chain += sources.scope[sentence]
    chain += sources.credited
    return _settle(chain, sources.publisher)


def _beside(around: Iterable[Statement], span: Span) -> Chain:
    """Return the carriers of a trigger that stands in a reporting clause, or is its cue."""
    for statement in around:
        cue = statement.cue.span
        if cue[0] <= span[0] < cue[1] or span[1] <= statement.content.span[0]:
            return statement.carriers
    return ()


def _unless_own(voice: Chain, actors: tuple[Actor, ...]) -> Chain:
    # "Lavrov mengecam ..." between two quotations of Lavrov is told by the publisher.
    if voice and any(a.person and a.name == voice[0].name for a in actors):
        return voice[1:]
    return voice


def _settle(chain: Iterable[Link], publisher: frozenset[str]) -> Chain:
    """Drop the publisher and whoever stands in the chain already; carriers follow speakers."""
    kept: dict[str, Link] = {}
    for link in chain:
        key = link_key(link)
        if _is_publisher(link, publisher) or key in kept:
            continue
        kept[key] = link
    return tuple(kept.values())


def _is_publisher(link: Link, publisher: frozenset[str]) -> bool:
    if link.role != "carrier":
        return False
    return bool({link.name.lower(), link.text.lower(), link.entity.lower()} & publisher)


def _takes_for_granted(sources: Sources, sentence: Sentence, span: Span) -> bool:
    """Tell whether an indirect content only mentions the event ("pakta yang diteken pada 2019")."""
    words, granted = sentence.words, sources.speech.sets["scope.granted"]
    at = next((i for i, w in enumerate(words) if w.start >= span[0]), len(words))
    opened = any(w.lower in granted for w in words[max(0, at - 3) : at])
    return opened and any(is_year(w.text) for w in words[max(0, at - 8) : at + 8])


def _read_relays(
    parse: Parse, statements: tuple[Statement, ...], speech: Speech
) -> dict[str, Chain]:
    """Find carriers' statements that go on with what a speaker said ("Hal itu ..., kata KCNA")."""
    found: dict[str, Chain] = {}
    for earlier, later in pairwise(statements):
        if earlier.speaker is None or later.speaker is None or later.speaker.role != "carrier":
            continue
        speakers = found.get(earlier.id) or (
            (earlier.speaker,) if earlier.speaker.role == "speaker" else ()
        )
        if not speakers or later.sentences[0] - earlier.sentences[1] != 1:
            continue
        sentence = parse.sentences[later.sentences[0]]
        lowered = " ".join(w.lower for w in sentence.words[:4])
        if lowered.startswith(speech.phrases["scope.continuing"]):
            found[later.id] = speakers
    return found


def _publisher_names(article: Article, pack: Pack) -> frozenset[str]:
    """Return every name by which the article's own publisher may be cited, lower case."""
    own = article.publisher.lower()
    lines = [article.text[b.start : b.end].lower() for b in article.blocks if b.kind == "dateline"]
    names = {own} if own else set()
    for labels, domains in _outlet_labels(pack):
        if own in labels or any(label in line for line in lines for label in domains):
            names |= labels
    return frozenset(names)


@cache
def _outlet_labels(pack: Pack) -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
    """Every name of each outlet, lower case, and its domains."""
    return tuple(
        (frozenset({row.name.lower(), row.id.lower(), *row.domains}), row.domains)
        for row in pack.outlets.values()
    )
