"""Is it a clause, and where does it end: what a report verb takes as its content."""

from kawat.code.speech_content import tail_start
from kawat.code.speech_noun import is_finite
from kawat.code.speech_posed import cut_at_clause
from kawat.code.speech_scan import Cue, Scene
from kawat.model import Sentence, Word

STRONG = ("demand", "accuse", "reject", "support", "deny", "promise", "admit")
"""Stances whose verbs take things as well as clauses: they need a sign of a clause."""
OWN_ACTS = ("admit", "deny", "promise")
"""The strong stances that tell of an own act: "mengakui pasukannya telah mundur"."""


def takes_clause(scene: Scene, sentence: Sentence, cue: Cue) -> bool:
    """Tell whether the object of the verb is a clause, not a thing ("menegaskan dukungannya")."""
    words, sets = sentence.words, scene.speech.sets
    if words[cue.first].lower in sets["verbs.sure"]:
        return True
    after = words[cue.last + 1 : cue.last + 14]
    if after and (after[0].text in (",", ":") or after[0].text in scene.speech.marks):
        return True
    if after and after[0].lower in sets["verbs.finite"]:
        return True
    return _opens_clause(scene, after, cue.row.stance)


def _opens_clause(scene: Scene, after: tuple[Word, ...], stance: str) -> bool:
    sets, before = scene.speech.sets, ""
    strong, demands = stance in STRONG, stance == "demand"
    for i, word in enumerate(after):
        quoted = word.text in scene.speech.marks and (not strong or demands)
        if quoted or word.lower in sets["verbs.clausal"]:
            return True
        if word.text in (",", ".", ";") or word.lower in sets["verbs.infinitive"]:
            return False
        if stance in OWN_ACTS and i < 3 and word.lower in sets["verbs.finite"]:
            return True
        if not strong and is_finite(scene, word, before):
            return before not in sets["speaker.joiners"]
        before = word.lower
    return False


def report_limit(scene: Scene, sentence: Sentence, cue: Cue) -> int:
    """Return the offset at which the content of a report verb ends at the latest."""
    words, sets = sentence.words, scene.speech.sets
    limit = tail_start(scene, sentence, cue.last + 1)
    limit = min(limit, cut_at_clause(scene, sentence, cue.last + 2))
    quotation = scene.quotation_at(words[cue.first].start)
    if quotation is not None and quotation.closed:
        limit = min(limit, quotation.end)
    if words[0].lower in sets["verbs.subordinators"]:
        limit = min(limit, _clause_end(sentence, cue, limit))
    for i in range(cue.last + 3, len(words)):
        if words[i].start >= limit:
            break
        if _turns_away(scene, words, i):
            return words[i - 1].start
        joined = words[i - 1].lower in sets["verbs.coordinators"]
        outside = scene.quotation_at(words[i].start) is None
        if joined and outside and _reports(scene, words[i].lower):
            return words[i - 1].start
    return limit


def _reports(scene: Scene, word: str) -> bool:
    return any(row.kind == "report" for _, row in scene.speech.cues.get(word, ()))


def _turns_away(scene: Scene, words: tuple[Word, ...], at: int) -> bool:
    """Tell whether ", tetapi Budapest ..." or ", tuduhan yang ..." ends the content before it."""
    if words[at - 1].text != "," or at + 1 >= len(words):
        return False
    sets, follows = scene.speech.sets, words[at + 1]
    turned = words[at].lower in sets["verbs.turns"] and follows.text[:1].isupper()
    summed = words[at].lower in sets["verbs.anaphors"] and follows.lower in sets["verbs.relative"]
    goes_on = words[at].lower in sets["verbs.participles"]
    return (turned or summed or goes_on) and scene.quotation_at(words[at].start) is None


def _clause_end(sentence: Sentence, cue: Cue, limit: int) -> int:
    """Return the offset of the comma that ends a leading subordinate clause that holds the cue."""
    words = sentence.words
    if any(w.text == "," for w in words[: cue.first]):
        return limit
    return next((w.start for w in words[cue.last + 2 :] if w.text == ","), limit)
