"""Statements in the making: their speaker made a link, their pronouns resolved."""

import hashlib
from dataclasses import dataclass, field, replace

from kawat.code.speech_medium import read_medium_head
from kawat.code.speech_noun import best_mention, make_link
from kawat.code.speech_scan import Cue, Scene
from kawat.model import Link, Quote, Sentence, Statement
from kawat.model.report import Style

Span = tuple[int, int]
RECALL = 8
"""Statements back in which a speaker may have been introduced."""


@dataclass(slots=True)
class Draft:
    """A statement in the making. `speaker` None: the last speaker, by a clitic or a pronoun."""

    cue: Cue
    content: Span
    speaker: Link | None
    pronoun: Span | None = None
    medium: str = ""
    carriers: list[Link] = field(default_factory=list)
    relayed: bool = False
    """Only a carrier is named ("Dilansir dari X, ..."): the speaker link is that carrier."""


def make_draft(scene: Scene, sentence: Sentence, cue: Cue, speaker: Span, content: Span) -> Draft:
    """Return a draft whose speaker is the words `speaker` of the sentence."""
    words, sets = sentence.words, scene.speech.sets
    named, medium = read_medium_head(scene, sentence, speaker)
    link = make_link(
        scene,
        sentence,
        named or speaker,
        (cue.first, cue.last),
        medium=medium or cue.row.medium,
        role=None,
    )
    draft = Draft(cue, content, link, medium=medium or cue.row.medium)
    if speaker[0] == speaker[1] and words[speaker[0]].lower in sets["speaker.pronouns"]:
        draft.pronoun = speaker
    if named is None and medium:
        draft.pronoun = speaker
    draft.relayed = link.role == "carrier"
    return draft


def resolve_pronoun(scene: Scene, draft: Draft, drafts: list[Draft]) -> None:
    """Give a pronoun (`ujarnya`, `kata dia`) the entity of the last speaker."""
    if draft.speaker is None:
        return
    if draft.pronoun is None:
        _recall_name(scene, draft, draft.speaker, drafts)
        return
    inverted = draft.cue.row.kind in ("quote", "according")
    mention = best_mention(scene, draft.cue.sentence, draft.pronoun)
    if mention is not None and mention.person_name and not inverted:
        return
    for earlier in reversed(drafts):
        speaker = earlier.speaker
        if speaker is None or speaker.role == "carrier" or earlier.relayed:
            continue
        if draft.content[0] <= earlier.content[0] < draft.content[1]:
            continue
        name = _later_subject(scene, earlier.cue.sentence, draft.cue.sentence)
        if name is not None:
            speaker = replace(speaker, entity=name[0], name=name[1], sectors=name[2])
        draft.speaker = replace(
            draft.speaker, entity=speaker.entity, name=speaker.name, sectors=speaker.sectors
        )
        return
    name = _later_subject(scene, -1, draft.cue.sentence)
    if name is not None:
        draft.speaker = replace(draft.speaker, entity=name[0], name=name[1], sectors=name[2])


def _recall_name(scene: Scene, draft: Draft, speaker: Link, drafts: list[Draft]) -> None:
    """Give "pejabat itu", or a surname in no table, the entity of who was introduced with it."""
    if speaker.entity:
        return
    for earlier in reversed(drafts[-RECALL:]):
        known = earlier.speaker
        if known is None or not known.entity or known.role == "carrier":
            continue
        if _shares_noun(scene, speaker.text, known.text):
            draft.speaker = replace(
                speaker, entity=known.entity, name=known.name, sectors=known.sectors
            )
            return


def _shares_noun(scene: Scene, later: str, earlier: str) -> bool:
    heads, quantifiers = (
        scene.speech.sets[name] for name in ("speaker.heads", "speaker.quantifiers")
    )
    known = set(earlier.replace("(", " ").replace(")", " ").split())
    if " " not in later:
        return later[:1].isupper() and later in known
    lowered = {word.lower() for word in known}
    return any(
        word.lower() in lowered and word in heads and word not in quantifiers
        for word in later.split()
    )


def _later_subject(
    scene: Scene, after: int, before: int
) -> tuple[str, str, tuple[str, ...]] | None:
    """Return a person who is the subject of a sentence between the last statement and this one."""
    sets = scene.speech.sets
    for index in range(before - 1, after, -1):
        words = scene.parse.sentences[index].words
        for mention in scene.mentions.get(index, ()):
            word = words[mention.first - 1].lower if mention.first else ""
            if mention.kind not in ("leader", "role") or not mention.actors:
                continue
            if word in sets["speaker.left_stops"] or word in sets["speaker.between"]:
                continue
            actor = mention.actors[0]
            return actor.entity, mention.person_name or actor.name, actor.sectors
    return None


def to_statement(scene: Scene, draft: Draft) -> Statement:
    """Return the finished record, with its stable id and the sentences that it touches."""
    article, sentences = scene.article, scene.parse.sentences
    words = sentences[draft.cue.sentence].words
    cue = words[draft.cue.first].start, words[draft.cue.last].end
    content = draft.content
    touched = [draft.cue.sentence]
    index = draft.cue.sentence
    while index > 0 and sentences[index].start > content[0]:
        index -= 1
    touched.append(index)
    index = draft.cue.sentence
    while index + 1 < len(sentences) and sentences[index + 1].start < content[1]:
        index += 1
    touched.append(index)
    speaker = draft.speaker
    if speaker is not None and draft.medium and speaker.role == "speaker":
        speaker = replace(speaker, medium=draft.medium)
    return Statement(
        id=hash_statement(article.id, cue, content),
        article_id=article.id,
        speaker=speaker,
        cue=Quote(article.text[cue[0] : cue[1]], cue),
        content=Quote(article.text[content[0] : content[1]], content),
        style=_style(scene, content),
        medium=draft.medium,
        carriers=tuple(draft.carriers),
        sentences=(min(touched), max(touched)),
    )


def _style(scene: Scene, content: Span) -> Style:
    first, last = scene.quotation_at(content[0]), scene.quotation_at(content[1] - 1)
    if first is not None and last is not None:
        return "direct"
    holds = any(q.outer[0] < content[1] and q.outer[1] > content[0] for q in scene.quotations)
    return "mixed" if holds else "indirect"


def hash_statement(article_id: str, cue: tuple[int, int], content: tuple[int, int]) -> str:
    """Return the id of the statement of an article whose cue and content have these spans."""
    key = f"{article_id}:{cue[0]}:{cue[1]}:{content[0]}:{content[1]}"
    return hashlib.sha256(key.encode()).hexdigest()[:16]
