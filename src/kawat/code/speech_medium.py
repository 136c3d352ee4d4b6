"""In which medium: letters, speeches, posts and the rest, found beside the cue."""

from kawat.code.speech_scan import Cue, Scene, match_phrases
from kawat.model import Sentence

Span = tuple[int, int]


def find_medium(scene: Scene, sentence: Sentence, content: Span, *, loose: bool = False) -> str:
    """Return the medium that the sentence names outside `content`, or "".

    `loose` asks for no preposition before the noun ("mengirim surat ... yang mengatakan").
    """
    for cue in match_phrases(sentence, scene.speech.media):
        start = sentence.words[cue.first].start
        if content[0] <= start < content[1] or not _is_spelt(scene, sentence, cue):
            continue
        if scene.quotation_at(start) is not None:
            continue
        if loose or _has_preposition(scene, sentence, cue):
            return cue.row.medium
    return ""


def _is_spelt(scene: Scene, sentence: Sentence, cue: Cue) -> bool:
    # "X" and "Telegram" are names: without the capital they are other words.
    words = sentence.words[cue.first : cue.last + 1]
    proper = scene.speech.sets["medium.proper"]
    text = " ".join(w.text for w in words)
    if text.lower() in {p.lower() for p in proper}:
        return text in proper
    return True


def _has_preposition(scene: Scene, sentence: Sentence, cue: Cue) -> bool:
    before = sentence.words[max(0, cue.first - scene.speech.reach) : cue.first]
    prepositions = scene.speech.sets["medium.prepositions"]
    return any(w.lower in prepositions for w in before)


def read_medium_head(scene: Scene, sentence: Sentence, speaker: Span) -> tuple[Span | None, str]:
    """Split "pernyataan Kementerian X" into who and in what.

    Returns the words of the author (None where the phrase names none) and the medium, "" if
    the phrase begins with no medium noun.
    """
    words = sentence.words
    for cue in match_phrases(sentence, scene.speech.media):
        if cue.first > speaker[0] + 1 or cue.last < speaker[0]:
            continue
        if cue.first < speaker[0] or cue.last > speaker[1]:
            continue
        if not _is_spelt(scene, sentence, cue):
            continue
        first = cue.last + 1
        while first <= speaker[1] and not words[first].text[:1].isupper():
            if any(m.first == first for m in scene.mentions.get(sentence.index, ())):
                break
            if words[first].lower in scene.speech.sets["speaker.heads"]:
                break
            first += 1
        return ((first, speaker[1]) if first <= speaker[1] else None), cue.row.medium
    return None, ""
