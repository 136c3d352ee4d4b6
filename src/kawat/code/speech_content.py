"""What is said: the span of the content before or after a cue."""

from kawat.code.speech_scan import Cue, Quotation, Scene
from kawat.model import Sentence

Span = tuple[int, int]
PHRASE = 6
"""Words of a phrase between a report verb and its content."""
NEAR = 18
"""Words after a report verb within which its `bahwa` stands."""


def trim(text: str, start: int, end: int) -> Span | None:
    """Return the span without blanks, marks and commas at its ends, or None if nothing is left.

    >>> trim('a, "Kami siap," ', 2, 16)
    (4, 13)
    """
    while start < end and (text[start].isspace() or text[start] in ',;:.“”"«»–—-'):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ',;:“”"«»–—-'):
        end -= 1
    if end > start and text[end - 1] == "." and text[end - 2 : end - 1] not in ".":
        end -= 1
    # Marks inside an indirect content stay in pairs.
    inside = text[start:end]
    if text[end : end + 1] in ('"', "”") and (
        inside.count('"') % 2 or inside.count("“") > inside.count("”")
    ):
        end += 1
    return (start, end) if any(map(str.isalnum, text[start:end])) else None


def quotation_before(scene: Scene, offset: int) -> Quotation | None:
    """Return the quotation that ends just before `offset` (nothing but marks between)."""
    at = offset - 1
    text = scene.article.text
    while at >= 0 and (text[at].isspace() or text[at] in ",.–—-"):
        at -= 1
    found = scene.quotation_at(at) if at >= 0 else None
    return found if found is not None and found.outer[1] - 1 == at else None


def quotation_after(scene: Scene, offset: int, limit: int) -> Quotation | None:
    """Return the first quotation that opens between `offset` and `limit`."""
    for quotation in scene.quotations:
        if quotation.outer[0] >= limit:
            break
        if quotation.outer[0] >= offset:
            return quotation
    return None


def before_cue(scene: Scene, sentence: Sentence, cue: Cue) -> Span | None:
    """Return what stands before an inverted cue: the quotation, or the clause up to its comma."""
    return before_offset(scene, sentence, sentence.words[cue.first].start)


def before_offset(scene: Scene, sentence: Sentence, offset: int) -> Span | None:
    """Return the quotation or clause that ends at `offset`."""
    text = scene.article.text
    quotation = quotation_before(scene, offset)
    if quotation is None:
        return trim(text, _clause_start(scene, sentence, offset), offset)
    start = quotation.start
    lead = text[sentence.start : quotation.outer[0]] if quotation.outer[0] > sentence.start else ""
    if any(map(str.isalnum, lead)) and scene.quotation_at(sentence.start) is None:
        start = sentence.start
    elif any(map(str.isalnum, lead)):
        first = scene.quotation_at(sentence.start)
        start = first.start if first is not None else start
    return trim(text, _open_before(scene, start), quotation.end)


def _clause_start(scene: Scene, sentence: Sentence, offset: int) -> int:
    # A sentence that begins inside a quotation which closes earlier on: the whole is told.
    first = scene.quotation_at(sentence.start)
    if first is not None and first.outer[1] <= offset:
        return first.start
    words = sentence.words
    if words and words[0].lower == scene.speech.bahwa:
        return words[0].end
    return sentence.start


def _open_before(scene: Scene, start: int) -> int:
    # A quotation over several paragraphs opens anew in each and closes in the last alone.
    text = scene.article.text
    while True:
        at = start - 2
        while at >= 0 and text[at].isspace():
            at -= 1
        before = scene.quotation_at(at) if at >= 0 else None
        if before is None or before.closed or before.start >= start:
            return start
        start = before.start


def with_resumed(scene: Scene, content: Span, sentence: Sentence, cue_end: int) -> Span:
    """Return the content lengthened by a quotation that goes on behind the reporting clause."""
    if scene.quotation_at(content[1] - 1) is None:
        return content
    after = quotation_after(scene, cue_end, sentence.end)
    if after is None or after.end - after.start < 12:
        return content
    lengthened = trim(scene.article.text, content[0], after.end)
    return lengthened or content


def after_verb(scene: Scene, sentence: Sentence, cue: Cue, limit: int) -> Span | None:
    """Return the content after a report verb, up to the offset `limit`."""
    first = content_word(scene, sentence, cue)
    if first is None:
        return _fragment_after(scene, sentence)
    return to_limit(scene, sentence, sentence.words[first].start, limit)


def to_limit(scene: Scene, sentence: Sentence, start: int, limit: int) -> Span | None:
    """Return the content from `start` to `limit`; a quotation that runs on takes it further."""
    text = scene.article.text
    quotation = scene.quotation_at(start)
    if quotation is not None and start <= quotation.start:
        rest = text[quotation.outer[1] : limit].split()
        aside = bool(rest) and rest[0] in scene.speech.sets["speaker.stops"]
        if aside or not any(map(str.isalnum, "".join(rest))):
            return trim(text, quotation.start, quotation.end)
    last = scene.quotation_at(max(limit - 1, start))
    if last is not None and last.outer[1] > limit >= sentence.end:
        return trim(text, start, last.end)
    return trim(text, start, limit)


def content_word(scene: Scene, sentence: Sentence, cue: Cue) -> int | None:
    """Return the index of the first word of the content after a report verb, or None."""
    words, sets, bahwa = sentence.words, scene.speech.sets, scene.speech.bahwa
    at = cue.last + 1
    if at < len(words) and words[at].lower == scene.speech.clitic:
        at += 1
    if at >= len(words) or not _has_words(sentence, at):
        return None
    if sets["speaker.closings"]:
        return _past_phrases(scene, sentence, cue, at)
    sure = words[cue.first].lower in sets["verbs.sure"]
    between = words[at].lower in sets["speaker.between"] or words[at].text in ",("
    if between or not sure:
        for i in range(at, min(at + NEAR, len(words))):
            if words[i].text in scene.speech.marks and i > at:
                break
            if words[i].lower == bahwa:
                return i + 1 if i + 1 < len(words) else None
    if words[at].lower == bahwa:
        return at + 1
    if words[at].text in (",", ":"):
        return at + 1
    if words[at].lower in sets["speaker.between"] or words[at].text == "(":
        return _after_phrase(scene, sentence, at)
    return at


def _past_phrases(scene: Scene, sentence: Sentence, cue: Cue, at: int) -> int | None:
    """The first word behind who was told, when and where: `told AFP in an interview on Monday`.

    For languages that close such phrases with listed nouns (speech.toml, `speaker.closings`).
    """
    words, sets = sentence.words, scene.speech.sets
    told = words[cue.first].lower in sets["verbs.telling"]
    if told and words[at].lower != scene.speech.bahwa and words[at].text not in (",", ":"):
        at = _past_noun(scene, sentence, at)
    stop = min(len(words), at + NEAR)
    while at < stop:
        word = words[at]
        if word.lower in sets["speaker.times"]:
            at += 1
        elif word.lower in sets["speaker.between"] and not _opens_clause_at(scene, sentence, at):
            at = _past_noun(scene, sentence, at + 1)
        else:
            break
    if at < len(words) and words[at].text in (",", ":") and _has_words(sentence, at + 1):
        at += 1
    if at < len(words) and words[at].lower == scene.speech.bahwa:
        at += 1
    return at if _has_words(sentence, at) else None


def _opens_clause_at(scene: Scene, sentence: Sentence, at: int) -> bool:
    """Whether a preposition is the first word of what is said: `said after the war it would`."""
    follows = sentence.words[at + 1] if at + 1 < len(sentence.words) else None
    return follows is not None and follows.lower in scene.speech.sets["verbs.finite"]


def _past_noun(scene: Scene, sentence: Sentence, at: int) -> int:
    """The word behind the noun phrase at `at`: a name, or small words up to a closing noun."""
    words, sets = sentence.words, scene.speech.sets
    while at < len(words) and (
        words[at].lower in sets["speaker.openings"] or words[at].lower in sets["speaker.articles"]
    ):
        at += 1
    for mention in scene.mentions.get(sentence.index, ()):
        if mention.first <= at <= mention.last and mention.kind != "coreference":
            return mention.last + 1
    for i in range(at, min(len(words), at + PHRASE)):
        word = words[i]
        if word.lower in sets["speaker.closings"] or word.lower in sets["speaker.times"]:
            return i + 1
        told = word.lower == scene.speech.bahwa or word.text in scene.speech.marks
        if told or word.text in (",", ":", ".") or word.lower in sets["speaker.between"]:
            return i
    return min(len(words), at + 1)


def _has_words(sentence: Sentence, at: int) -> bool:
    return any(w.text[:1].isalnum() for w in sentence.words[at:])


def _after_phrase(scene: Scene, sentence: Sentence, at: int) -> int | None:
    words, depth = sentence.words, 0
    for i in range(at, min(at + NEAR, len(words))):
        depth += (words[i].text == "(") - (words[i].text == ")")
        if words[i].text in scene.speech.marks:
            return i
        if words[i].text in (",", ":") and depth <= 0 and _has_words(sentence, i + 1):
            return i + 1
    ends = [m.last + 1 for m in scene.mentions.get(sentence.index, ()) if at <= m.first <= at + 4]
    after = min(ends) if ends else len(words)
    # The phrase "kepada Kim" alone, with nothing said after it: the content is elsewhere.
    finite = scene.speech.sets["verbs.finite"]
    if any(w.lower in finite for w in words[after:]):
        return after
    return None


def _fragment_after(scene: Scene, sentence: Sentence) -> Span | None:
    sentences = scene.parse.sentences
    if sentence.index + 1 >= len(sentences):
        return None
    following = sentences[sentence.index + 1]
    words = following.words
    if not words:
        return None
    if words[0].lower == scene.speech.bahwa:
        end = tail_start(scene, following, 1)
        return trim(scene.article.text, words[0].end, end)
    quotation = scene.quotation_at(following.start)
    ends_with_colon = any(w.text == ":" for w in sentence.words[-2:])
    if quotation is not None and ends_with_colon:
        return trim(scene.article.text, quotation.start, quotation.end)
    return None


def tail_start(scene: Scene, sentence: Sentence, first: int) -> int:
    """Return the offset where a closing reporting clause begins (", lapor KCNA"), or the end."""
    words, cues = sentence.words, scene.speech.cues
    for i in range(first, len(words) - 2):
        if words[i].text != ",":
            continue
        options = cues.get(words[i + 1].lower, ())
        for phrase, row in options:
            if row.kind not in ("quote", "via", "according"):
                continue
            if tuple(w.lower for w in words[i + 1 : i + 1 + len(phrase)]) != phrase:
                continue
            if scene.quotation_at(words[i].start) is None:
                return words[i].start
    return sentence.end
