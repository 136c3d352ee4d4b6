"""Reporting clauses behind what they report, and sources quoted by an outlet.

`"...", Lavrov said` and `..., the ministry said on Monday` (the speaker before the verb),
`"...", said Lavrov` (behind it), `TASS quoted Lavrov as saying ...`, `Lavrov was quoted by TASS
as saying`. Which verbs may stand so is data (speech.toml, `verbs.postposed`).
"""

from kawat.code.speech_content import before_offset, content_word, to_limit, with_resumed
from kawat.code.speech_draft import Draft, make_draft
from kawat.code.speech_noun import is_outlet, is_speaker, make_link, read_left, read_right
from kawat.code.speech_scan import Cue, Scene
from kawat.model import Link, Sentence

Span = tuple[int, int]
QUOTING_REACH = 12
"""Words between `quoted` and `as saying`."""
LEAST_WORDS = 3
"""Words that a clause before `X said` must have to be what X said."""


def read_postposed(scene: Scene, sentence: Sentence, cue: Cue) -> Draft | None:
    """Return the statement that stands before its cue, if this is one."""
    words, sets = sentence.words, scene.speech.sets
    if words[cue.first].lower not in sets["verbs.postposed"]:
        return None
    draft = _read_inverted(scene, sentence, cue)
    if draft is not None:
        return draft
    speaker = read_left(scene, sentence, cue.first)
    if speaker is None:
        return None
    start = first_with_articles(scene, sentence, speaker[0])
    quoted = start > 0 and words[start - 1].text in scene.speech.marks
    comma = start > 0 and words[start - 1].text in (",", "—", "–", "-")
    if not (quoted or comma) or (comma and not ends_clause(scene, sentence, cue)):
        return None
    if quoted and scene.quotation_at(words[start].start) is not None:
        return None
    return _behind(scene, sentence, cue, speaker, words[start].start)


def _read_inverted(scene: Scene, sentence: Sentence, cue: Cue) -> Draft | None:
    """`"...", said Lavrov`: the speaker stands behind the verb."""
    words = sentence.words
    before = words[cue.first - 1].text if cue.first else ""
    speaker = read_right(scene, sentence, cue.last + 1)
    if speaker is None or not is_speaker(scene, sentence, speaker):
        return None
    after = words[speaker[1] + 1] if speaker[1] + 1 < len(words) else None
    closed = after is None or not after.text[:1].isalnum()
    stopped = after is not None and after.lower in scene.speech.sets["speaker.between"]
    if before in scene.speech.marks:
        if scene.quotation_at(words[cue.first].start) is not None:
            return None
    elif before != "," or not (closed or stopped):
        return None
    elif read_left(scene, sentence, cue.first) is not None:
        return None  # `Lavrov, the minister, said the ministry ...`
    return _behind(scene, sentence, cue, speaker, words[cue.first].start)


def _behind(scene: Scene, sentence: Sentence, cue: Cue, speaker: Span, offset: int) -> Draft | None:
    content = before_offset(scene, sentence, offset)
    if content is None or not _is_enough(scene, content):
        return None
    end = sentence.words[max(cue.last, speaker[1])].end
    content = with_resumed(scene, content, sentence, end)
    return make_draft(scene, sentence, cue, speaker, content)


def _is_enough(scene: Scene, content: Span) -> bool:
    quoted = scene.quotation_at(content[0]) is not None
    return quoted or len(scene.article.text[content[0] : content[1]].split()) >= LEAST_WORDS


def first_with_articles(scene: Scene, sentence: Sentence, first: int) -> int:
    """Return the first word of a phrase, articles before it counted in."""
    while first > 0 and sentence.words[first - 1].lower in scene.speech.sets["speaker.articles"]:
        first -= 1
    return first


def ends_clause(scene: Scene, sentence: Sentence, cue: Cue) -> bool:
    """Whether nothing that was said follows the cue: `Lavrov said on Monday, adding that`."""
    words, sets = sentence.words, scene.speech.sets
    at = cue.last + 1
    if at < len(words) and words[at].text == ",":
        follows = words[at + 1].lower if at + 1 < len(words) else ""
        return follows in sets["verbs.participles"] or follows in sets["carrier.citing"] or (
            follows in sets["verbs.relative"] or follows in sets["verbs.coordinators"]
        )  # fmt: skip
    first = content_word(scene, sentence, cue)
    if first is None:
        return True
    before = words[first - 1].text
    follows = words[first].lower
    return before == "," and (
        follows in sets["verbs.participles"] or follows in sets["carrier.citing"]
    )


def read_quoted_as(scene: Scene, sentence: Sentence, cue: Cue, _: list[Draft]) -> Draft | None:
    """`TASS quoted Lavrov as saying ...`; `Lavrov was quoted (by TASS) as saying (by TASS)`."""
    words, quoting = sentence.words, scene.speech.sets["carrier.quoting"]
    low = max(-1, cue.first - 1 - QUOTING_REACH)
    verb = next((i for i in range(cue.first - 1, low, -1) if words[i].lower in quoting), -1)
    if verb < 1:
        return None
    speaker, carrier = _quoted_parties(scene, sentence, verb, cue)
    after = cue.last + 1
    agents = scene.speech.sets["carrier.agents"]
    if after < len(words) and words[after].lower in agents:
        carrier = carrier or read_right(scene, sentence, after + 1)
        after = carrier[1] + 1 if carrier else after
    if speaker is None:
        return None
    start = first_with_articles(scene, sentence, speaker[0])
    content = None
    if after < len(words) and any(w.text[:1].isalnum() for w in words[after:]):
        content = to_limit(scene, sentence, _after_opening(scene, sentence, after), sentence.end)
    elif start > 0:
        content = before_offset(scene, sentence, words[start].start)
    if content is None:
        return None
    draft = make_draft(scene, sentence, cue, speaker, content)
    if carrier is not None and is_outlet(scene, sentence, carrier):
        draft.carriers.append(_carrier(scene, sentence, carrier, cue))
    return draft


def _quoted_parties(
    scene: Scene, sentence: Sentence, verb: int, cue: Cue
) -> tuple[Span | None, Span | None]:
    """Speaker and outlet: who stands between the verb and its `as saying` is quoted."""
    words = sentence.words
    between = words[verb + 1 : cue.first]
    agents = scene.speech.sets["carrier.agents"]
    if not between or between[0].lower in agents:
        first = verb
        while first > 0 and words[first - 1].lower in scene.speech.sets["verbs.finite"]:
            first -= 1
        carrier = read_right(scene, sentence, verb + 2) if between else None
        return read_left(scene, sentence, first), carrier
    return (verb + 1, cue.first - 1), read_left(scene, sentence, verb)


def _after_opening(scene: Scene, sentence: Sentence, at: int) -> int:
    words = sentence.words
    while at + 1 < len(words) and (
        words[at].text in (",", ":") or words[at].lower == scene.speech.bahwa
    ):
        at += 1
    return words[at].start


def _carrier(scene: Scene, sentence: Sentence, span: Span, cue: Cue) -> Link:
    return make_link(scene, sentence, span, (cue.first, cue.last), medium="", role="carrier")


def told_outlet(scene: Scene, sentence: Sentence, cue: Cue) -> Link | None:
    """`he told AFP`: the outlet that a verb of telling has as its object."""
    if sentence.words[cue.first].lower not in scene.speech.sets["verbs.telling"]:
        return None
    named = read_right(scene, sentence, cue.last + 1)
    if named is None or not is_outlet(scene, sentence, named):
        return None
    return _carrier(scene, sentence, named, cue)


def cut_at_clause(scene: Scene, sentence: Sentence, first: int) -> int:
    """Return where a closing clause such as `, the ministry said` begins, or the end."""
    words, posed = sentence.words, scene.speech.sets["verbs.postposed"]
    if not posed:
        return sentence.end
    commas = [i for i in range(first, len(words)) if words[i].text == ","]
    for comma in reversed(commas):
        if scene.quotation_at(words[comma].start) is not None:
            continue
        for i in range(comma + 2, min(len(words), comma + 10)):
            if words[i].lower in posed:
                subject = read_left(scene, sentence, i)
                begins = subject and first_with_articles(scene, sentence, subject[0]) == comma + 1
                closed = i + 1 >= len(words) or not words[i + 1].text[:1].isalnum() or (
                    words[i + 1].lower in scene.speech.sets["speaker.between"]
                )  # fmt: skip
                if begins and closed:
                    return words[comma].start
    return sentence.end
