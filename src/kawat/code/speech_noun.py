"""Who speaks: the noun phrase beside a cue, and the link of the chain that it makes."""

from kawat.code.speech_scan import Scene
from kawat.model import Link, Mention, Sentence, Word
from kawat.model.report import Role

Span = tuple[int, int]
LONGEST = 16
"""Words of the longest noun phrase that is read as a speaker."""


def read_right(scene: Scene, sentence: Sentence, first: int) -> Span | None:
    """Return the words of the speaker that begins at word `first` (after an inverted cue)."""
    words, speech = sentence.words, scene.speech
    if first >= len(words) or not _may_open(scene, sentence, first):
        return None
    if words[first].lower in speech.sets["speaker.pronouns"]:
        return first, first
    last, relative = first, words[first].lower in speech.sets["anonymous.heads"]
    while last + 1 < len(words) and last - first < LONGEST:
        after = _step_right(scene, words, last, relative=relative)
        if after is None:
            break
        last = after
        relative = relative or words[last].lower in speech.sets["anonymous.heads"]
    return first, last


def _may_open(scene: Scene, sentence: Sentence, first: int) -> bool:
    word = sentence.words[first]
    sets = scene.speech.sets
    if any(
        word.lower in sets[name]
        for name in ("speaker.pronouns", "speaker.heads", "speaker.articles")
    ):
        return True
    if word.lower in scene.speech.media and word.text[:1].islower():
        return True
    if not word.text[:1].isalpha():
        return False
    return (word.text[:1].isupper() and word.lower not in sets["speaker.times"]) or any(
        m.first <= first <= m.last for m in scene.mentions.get(sentence.index, ())
    )


def _step_right(scene: Scene, words: tuple[Word, ...], last: int, *, relative: bool) -> int | None:
    """Return the last word of the phrase lengthened by one word or bracket, None at its end."""
    sets, word = scene.speech.sets, words[last + 1]
    if word.text == "(":
        return _closing_bracket(words, last + 1)
    if word.lower in sets["speaker.joiners"]:
        follows = words[last + 2] if last + 2 < len(words) else None
        named = follows is not None and (
            follows.text[:1].isupper() or follows.lower in sets["speaker.heads"]
        )
        return last + 2 if named else None
    if word.lower in sets["speaker.inner"] and last + 2 < len(words):
        return last + 2
    if relative and word.lower in sets["verbs.relative"]:
        return last + 1
    return None if _ends_noun(scene, words, last, relative=relative) else last + 1


def _ends_noun(scene: Scene, words: tuple[Word, ...], last: int, *, relative: bool) -> bool:
    sets, word = scene.speech.sets, words[last + 1]
    if not word.text[:1].isalnum() or word.lower in sets["speaker.times"]:
        return True
    if word.lower in sets["speaker.stops"]:
        return True
    # After a name, a small word with the shape of a verb begins something new.
    small = word.text[:1].islower() and word.lower not in sets["speaker.heads"]
    if relative or not small or not words[last].text[:1].isupper() or len(word.text) < 6:
        return False
    return word.lower.startswith(scene.speech.phrases["speaker.verb_prefixes"])


def is_finite(scene: Scene, word: Word, before: str) -> bool:
    """Tell whether a small word makes a clause: a modal, or a verb that is not in an infinitive."""
    sets = scene.speech.sets
    if word.lower in sets["verbs.finite"]:
        return True
    if before in sets["speaker.linkers"] or before in sets["verbs.relative"]:
        return False
    if before in sets["medium.own"] and word.text[:1].isalnum():
        # "menyatakan persahabatan itu kekal": a predicate follows the subject.
        return not any(
            word.lower in sets[name]
            for name in ("speaker.stops", "speaker.between", "speaker.joiners", "speaker.linkers")
        )
    shaped = len(word.text) > 6 and word.lower.startswith(
        scene.speech.phrases["speaker.verb_prefixes"]
    )
    shaped = shaped or word.lower.endswith(scene.speech.phrases["verbs.finite_suffixes"])
    known = word.lower in sets["verbs.not_verbs"] or word.lower in sets["speaker.heads"]
    return shaped and word.text[:1].islower() and not known


def _closing_bracket(words: tuple[Word, ...], opening: int) -> int | None:
    # "(PBB)" is part of a name; "(15/8)" or a longer aside is not.
    if opening + 2 < len(words) and words[opening + 2].text == ")":
        inside = words[opening + 1].text
        if inside[:1].isupper():
            return opening + 2
    return None


def read_left(scene: Scene, sentence: Sentence, verb: int) -> Span | None:
    """Return the words of the subject that ends before the report verb at word `verb`."""
    words = sentence.words
    last = _skip_fillers(scene, words, verb - 1)
    if last >= 0 and words[last].text == ")":
        last = _skip_brackets(words, last)
    if last < 0:
        return None
    if words[last].text == ",":
        return _read_apposition(scene, sentence, last)
    lower, sets = words[last].lower, scene.speech.sets
    joined = lower in sets["verbs.relative"] or lower in sets["verbs.coordinators"]
    if joined or (not words[last].text[:1].isalnum() and words[last].text != ")"):
        return None
    return _subject(scene, sentence, last)


def _skip_fillers(scene: Scene, words: tuple[Word, ...], at: int) -> int:
    sets = scene.speech.sets
    fillers, weak = sets["speaker.fillers"], sets["speaker.weak_fillers"]
    while at > 0 and words[at].lower in fillers:
        if words[at].lower in weak and words[at - 1].lower not in fillers:
            break
        if words[at].text[:1].isupper():
            break
        at -= 1
    return at


def plain_before(scene: Scene, words: tuple[Word, ...], verb: int) -> str:
    """Return the word before a verb, past adverbs ("tidak pernah mengakui"), lower case."""
    at = _skip_fillers(scene, words, verb - 1)
    return words[at].lower if at >= 0 else ""


def _skip_brackets(words: tuple[Word, ...], closing: int) -> int:
    at = closing
    while at >= 0 and words[at].text != "(":
        at -= 1
    inside = words[at + 1 : closing]
    if len(inside) == 1 and inside[0].text[:1].isupper():
        return closing
    return at - 1


def _read_apposition(scene: Scene, sentence: Sentence, comma: int) -> Span | None:
    words = sentence.words
    opening = comma - 1
    while opening >= 0 and words[opening].text != ",":
        if words[opening].text in ('"', "”", "“", ";", ":"):
            return None
        opening -= 1
    if opening <= 0:
        return None
    last = opening - 1
    if words[last].text == ")":
        last = _skip_brackets(words, last)
    found = _subject(scene, sentence, last) if last >= 0 else None
    if found is None:
        return None
    inside = words[opening + 1 : comma]
    named = 0 < len(inside) <= 6 and all(w.text[:1].isupper() or w.text in "()" for w in inside)
    if named and words[found[0]].lower in scene.speech.sets["speaker.indefinite"]:
        return opening + 1, comma - 1
    if named and inside[0].lower not in scene.speech.sets["speaker.times"]:
        return found[0], comma - 1
    return found


def _skip_time(scene: Scene, words: tuple[Word, ...], last: int) -> int:
    """Return the last word before "pada bulan Juli" or "Senin", if such a phrase ends at `last`."""
    sets, at = scene.speech.sets, last
    while at > 0 and (
        words[at].lower in sets["speaker.times"]
        or words[at].lower in sets["speaker.time_nouns"]
        or words[at].text.isdigit()
    ):
        at -= 1
    if at in (last, 0):
        return last
    if words[at].lower in sets["speaker.between"]:
        return at - 1 if at > 0 else last
    return at


def _subject(scene: Scene, sentence: Sentence, last: int) -> Span | None:
    words, sets = sentence.words, scene.speech.sets
    last = _skip_time(scene, words, last)
    if words[last].text == ",":
        last -= 1
    last = _skip_fillers(scene, words, last)
    first = last
    if words[last].text == ")":
        while first > 0 and words[first].text != "(":
            first -= 1
        first -= 1
    while first > 0 and last - first < LONGEST:
        before = words[first - 1]
        if before.text == ")" and first >= 3 and words[first - 3].text == "(":
            first -= 4 if first >= 4 else 3
            continue
        if before.lower in sets["speaker.inner"]:
            first -= 1
            continue
        if not before.text[:1].isalnum() or before.lower in sets["speaker.left_stops"]:
            break
        first -= 1
    first = _trim_left(scene, sentence, first, last)
    first = _whole_list(scene, words, first)
    for i in range(first + 1, last):
        if words[i].lower in sets["speaker.asides"]:
            last = i - 1
            break
    return (first, last) if is_speaker(scene, sentence, (first, last)) else None


def _whole_list(scene: Scene, words: tuple[Word, ...], first: int) -> int:
    """Return the first word of "A, B, dan C", if `first` begins its last item."""
    joiners = scene.speech.sets["speaker.joiners"]
    at = first - 1
    if at > 0 and words[at].lower in joiners:
        at -= 1
    if at < 1 or words[at].text != "," or words[at + 1].lower not in joiners:
        return first
    while at > 0 and (words[at].text == "," or words[at].text[:1].isupper()):
        at -= 1
    return at if words[at].text[:1].isupper() else at + 1


def _trim_left(scene: Scene, sentence: Sentence, first: int, last: int) -> int:
    words, sets = sentence.words, scene.speech.sets
    heads, openers = sets["speaker.heads"], sets["speaker.openers"]
    times = sets["speaker.times"]
    while first < last and (words[first].lower in openers or words[first].lower in times):
        first += 1
    if words[first].lower in sets["verbs.coordinators"] and first < last:
        first += 1
    prefixes = scene.speech.phrases["speaker.verb_prefixes"]
    for i in range(last - 1, first - 1, -1):
        word = words[i]
        shaped = word.text[:1].islower() and word.lower.startswith(prefixes)
        known = word.lower in heads or word.lower in sets["verbs.not_verbs"]
        if shaped and len(word.lower) > 5 and not known:
            if any(w.lower in sets["verbs.relative"] for w in words[max(first, i - 4) : i]):
                continue
            joins = [j for j in range(i + 1, last) if words[j].lower in sets["speaker.joiners"]]
            return joins[-1] + 1 if joins else _last_name(scene, sentence, i + 1, last)
    if words[first].lower in sets["speaker.between"] and first < last:
        return _last_name(scene, sentence, first + 1, last)
    return first


def _last_name(scene: Scene, sentence: Sentence, first: int, last: int) -> int:
    found = [
        m.first
        for m in scene.mentions.get(sentence.index, ())
        if first <= m.first <= last and m.last >= last
    ]
    return min(found) if found else last


def is_speaker(scene: Scene, sentence: Sentence, span: Span) -> bool:
    """Tell whether the words may speak: a name, a pronoun, a known actor, a person's noun."""
    words, sets = sentence.words[span[0] : span[1] + 1], scene.speech.sets
    if any(
        m.first <= span[1] and m.last >= span[0] for m in scene.mentions.get(sentence.index, ())
    ):
        return True
    return any(
        w.lower in sets["speaker.heads"]
        or w.lower in sets["speaker.pronouns"]
        or w.lower in scene.speech.media
        or (w.text[:1].isupper() and (i > 0 or span[0] > 0 or len(words) == 1))
        for i, w in enumerate(words)
    )


def best_mention(
    scene: Scene, sentence: int, span: Span, *, outlet: bool = False
) -> Mention | None:
    """Return the mention that names the speaker: the longest, an outlet first where asked."""
    words = scene.parse.sentences[sentence].words
    for i in range(span[0] + 1, span[1] + 1):
        if words[i].lower in scene.speech.sets["verbs.relative"]:
            span = (span[0], i - 1)
            break
    found = [
        m
        for m in scene.mentions.get(sentence, ())
        if m.first <= span[1] and m.last >= span[0] and m.actors
    ]
    if outlet:
        found = [m for m in found if m.kind == "outlet"] or found
    if not found:
        return None
    return max(found, key=lambda m: (min(m.last, span[1]) - max(m.first, span[0]), -m.first))


def is_outlet(scene: Scene, sentence: Sentence, span: Span) -> bool:
    """Tell whether the words name an agency, paper or broadcaster, known or not."""
    mention = best_mention(scene, sentence.index, span, outlet=True)
    if mention is not None and mention.kind == "outlet":
        return True
    text = " ".join(w.lower for w in sentence.words[span[0] : span[1] + 1])
    return any(text.startswith(name) for name in scene.speech.phrases["carrier.outlets"])


def make_link(
    scene: Scene, sentence: Sentence, span: Span, cue: Span, *, medium: str, role: Role | None
) -> Link:
    """Return the link of the words `span`; with no `role`, an outlet carries and others speak."""
    words, text = sentence.words, scene.article.text
    start, end = words[span[0]].start, words[span[1]].end
    cue_span = words[cue[0]].start, words[cue[1]].end
    outlet = is_outlet(scene, sentence, span)
    mention = best_mention(scene, sentence.index, span, outlet=outlet)
    if role is None:
        role = "carrier" if outlet else "speaker"
    actor = mention.actors[0] if mention is not None else None
    person = mention.person_name if mention is not None else ""
    return Link(
        entity=actor.entity if actor else "",
        name=person or (actor.name if actor else text[start:end]),
        role=role,
        medium=medium,
        cue=text[cue_span[0] : cue_span[1]],
        cue_span=cue_span,
        text=text[start:end],
        span=(start, end),
        sectors=actor.sectors if actor else (),
    )
