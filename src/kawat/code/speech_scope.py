"""How far a source reaches: carriers over following sentences, speakers over sentences between.

The reach is short on purpose: a sentence without a cue is the publisher's unless it plainly goes
on with the report.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kawat.code.speech_scan import Speech
from kawat.model import Link, Mention, Parse, Sentence, Statement

Chain = tuple[Link, ...]
SILENT = 2
"""Sentences without a cue over which a carrier goes on."""
GAP = 4
"""Sentences without a cue that may lie between two statements of one speaker."""


@dataclass(slots=True)
class _Reach:
    """How far the sources reach, sentence after sentence."""

    inner: Link | None = None
    inner_speaker: str | None = None
    """Key of the speaker whose words the inner carrier relays; None if it tells by itself."""
    outer: Link | None = None
    silent: int = 0
    paragraph: int = -1
    """Of the last sentence with a source."""


def touching_sentences(statements: Iterable[Statement]) -> dict[int, list[Statement]]:
    """Return the statements by the sentences that they touch."""
    found: dict[int, list[Statement]] = defaultdict(list)
    for statement in statements:
        for index in range(statement.sentences[0], statement.sentences[1] + 1):
            found[index].append(statement)
    return found


def link_key(link: Link) -> str:
    """Return what tells two sources apart."""
    if link.role == "carrier":
        return f"carrier {link.entity or link.name.lower()}"
    return f"{link.entity} {link.name.lower()}"


def read_scope(
    parse: Parse,
    touching: Mapping[int, list[Statement]],
    voice: tuple[Chain, ...],
    speech: Speech,
) -> tuple[Chain, ...]:
    """Return for each sentence the carriers that it stands under, from the inner to the outer."""
    reach, scope = _Reach(), []
    sizes = Counter(sentence.paragraph for sentence in parse.sentences)
    for sentence in parse.sentences:
        around = touching.get(sentence.index, [])
        # Where paragraphs have more than a sentence, a new one is a new matter.
        if sentence.paragraph != reach.paragraph and sizes[reach.paragraph] > 1:
            reach.inner, reach.inner_speaker = None, None
        if around:
            _hear(reach, sentence, around, speech)
        elif not voice[sentence.index]:
            _fall_silent(reach, sentence, speech)
        scope.append(tuple(link for link in (reach.inner, reach.outer) if link is not None))
    return tuple(scope)


def _hear(reach: _Reach, sentence: Sentence, around: list[Statement], speech: Speech) -> None:
    if reach.silent > SILENT or opens_turn(sentence, speech):
        reach.inner = reach.outer = None
    reach.silent = 0
    speakers = [s.speaker for s in around if s.speaker is not None and s.speaker.role == "speaker"]
    other = bool(speakers) and link_key(speakers[0]) != reach.inner_speaker
    if reach.inner_speaker is not None and other:
        reach.inner, reach.inner_speaker = None, None
    for statement in around:
        speaker = statement.speaker
        if speaker is not None and speaker.role == "carrier" and _is_in(speaker, sentence):
            _take_over(reach, speaker, speech)
        for link in statement.carriers:
            if _is_in(link, sentence):
                reach.inner = link
                reach.inner_speaker = link_key(speaker) if speaker is not None else ""
    reach.paragraph = sentence.paragraph
    if reach.inner and reach.outer and link_key(reach.inner) == link_key(reach.outer):
        reach.inner, reach.inner_speaker = None, None


def _take_over(reach: _Reach, link: Link, speech: Speech) -> None:
    """An outlet tells by itself: the publisher retells it, or it stands inside what is retold."""
    retelling = any(w in speech.sets["scope.retelling"] for w in link.cue.lower().split())
    if retelling:
        reach.outer, reach.inner, reach.inner_speaker = link, None, None
    else:
        reach.inner, reach.inner_speaker = link, None


def _fall_silent(reach: _Reach, sentence: Sentence, speech: Speech) -> None:
    if names_medium(sentence, speech) or _opens_with(sentence, reach.inner or reach.outer):
        return
    reach.silent += 1
    if reach.inner_speaker is not None or sentence.paragraph != reach.paragraph:
        reach.inner, reach.inner_speaker = None, None
    if reach.silent > SILENT or opens_turn(sentence, speech) or is_background(sentence, speech):
        reach.inner = reach.outer = None


def _opens_with(sentence: Sentence, link: Link | None) -> bool:
    """Tell whether the sentence is about the carrier itself ("KCNA tidak menyebut ...")."""
    if link is None:
        return False
    last = link.name.split()[-1]
    return any(word.text == last for word in sentence.words[:3])


def _is_in(link: Link, sentence: Sentence) -> bool:
    start = link.cue_span[0] if link.cue_span else -1
    return sentence.start <= start < sentence.end


def opens_turn(sentence: Sentence, speech: Speech) -> bool:
    """Tell whether a sentence opens with words that turn to another matter."""
    lowered = " ".join(w.lower for w in sentence.words[:5])
    return lowered.startswith(speech.phrases["scope.turning"] + speech.phrases["scope.background"])


def is_background(sentence: Sentence, speech: Speech) -> bool:
    """Tell whether a sentence without a cue leaves the report: history, a date with no weekday."""
    words = [w.lower for w in sentence.words]
    if any(word in speech.sets["scope.history"] for word in words):
        return True
    dated = any(word in speech.sets["scope.months"] or is_year(word) for word in words)
    return dated and not any(word in speech.sets["scope.weekdays"] for word in words)


def is_year(text: str) -> bool:
    """Tell whether the word is a year of the last three centuries.

    >>> is_year("2019"), is_year("128")
    (True, False)
    """
    return len(text) == 4 and text.isdigit() and text[:2] in ("18", "19", "20")


def names_medium(sentence: Sentence, speech: Speech) -> bool:
    """Tell whether this is a fragment about the medium itself ("Dalam sebuah surat kepada Kim")."""
    words = [w.lower for w in sentence.words]
    if len(words) > 16 or not words or words[0] not in speech.sets["medium.prepositions"]:
        return False
    return not any(word in speech.sets["verbs.finite"] for word in words)


def read_voice(
    parse: Parse,
    touching: Mapping[int, list[Statement]],
    mentions: tuple[Mention, ...],
    speech: Speech,
) -> tuple[Chain, ...]:
    """Return for each sentence without a cue the speaker who goes on in it, with his carriers."""
    openings: dict[int, Mention] = {}
    for mention in mentions:
        if mention.first <= 2:
            openings.setdefault(mention.sentence, mention)
    sentences = parse.sentences
    voice: list[Chain] = [()] * len(sentences)
    for index, sentence in enumerate(sentences):
        before = None if touching.get(index) else _near(touching, index, -1)
        if before is None or before.speaker is None or before.speaker.role == "carrier":
            continue
        if opens_turn(sentence, speech) or names_medium(sentence, speech):
            continue
        opening = openings.get(index)
        if opening is not None and any(a.entity == before.speaker.entity for a in opening.actors):
            continue
        after = _near(touching, index, 1)
        if _encloses(before, after) or _goes_on(sentence, sentences[index - 1], before, speech):
            voice[index] = (before.speaker, *before.carriers)
    return tuple(voice)


def _encloses(before: Statement, after: Statement | None) -> bool:
    """Tell whether a sentence between the two is one speaker's: both retold, from one medium."""
    if after is None or before.speaker is None or after.speaker is None:
        return False
    same = link_key(before.speaker) == link_key(after.speaker)
    return (
        same
        and bool(before.medium)
        and before.medium == after.medium
        and (before.style != "direct" and after.style != "direct")
    )


def _near(touching: Mapping[int, list[Statement]], index: int, step: int) -> Statement | None:
    for distance in range(1, GAP + 1):
        around = touching.get(index + step * distance)
        if around:
            return around[-1] if step < 0 else around[0]
    return None


def _goes_on(sentence: Sentence, previous: Sentence, before: Statement, speech: Speech) -> bool:
    """Tell whether a sentence right behind a statement goes on with it in the same mouth."""
    if before.sentences[1] != previous.index:
        return False
    words = [w.lower for w in sentence.words]
    opens = " ".join(words[:4]).startswith(speech.phrases["scope.continuing"])
    return opens and any(word in speech.sets["scope.modal"] for word in words)
