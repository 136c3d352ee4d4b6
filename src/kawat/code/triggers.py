"""Find the triggers of a sentence: words that tell of an act (events/)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from kawat.code.participles import Auxiliaries, auxiliaries, read_voice
from kawat.lang import Pack
from kawat.lang.rows import EventRow
from kawat.model import Sentence

ABOUT_ACTS = frozenset({"ACCUSE", "REJECT", "SUPPORT", "REQUEST"})
"""Types whose verb is about an act: in `mengecam serangan Israel` the attack is an act too."""
OBJECT_REACH = 5
"""Words between a light verb and the noun that makes it an act."""
GUARD_REACH = 3


@dataclass(frozen=True, slots=True)
class Form:
    """One written form of a row. A derived passive has its roles turned round."""

    words: tuple[str, ...]
    row: EventRow
    voice: str
    objects: tuple[tuple[str, ...], ...] = ()
    """The words of each noun that the row needs."""
    not_after: tuple[tuple[str, ...], ...] = ()
    """The words of each guard behind."""
    shared: bool = False
    """Whether active and passive are written alike: `attacked`."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words `first..last` that match `form`; `noun` is the index of a light verb's noun or -1."""

    first: int
    last: int
    form: Form
    noun: int = -1
    options: tuple[Form, ...] = ()
    """Forms of other voices that the words leave possible; the tree settles which it is."""

    @property
    def row(self) -> EventRow:
        """The row of the lexicon."""
        return self.form.row

    @property
    def edges(self) -> tuple[int, int]:
        """First and last word, the light verb's noun counted in."""
        if self.noun < 0:
            return self.first, self.last
        return min(self.first, self.noun), max(self.last, self.noun)


@cache
def trigger_index(pack: Pack) -> dict[str, tuple[Form, ...]]:
    """Return the forms of the pack by their first word: longest first, those with object first."""
    index: dict[str, list[Form]] = {}
    for row in pack.events:
        for form in _forms(row, pack.grammar["affixes"]["passive"]):
            index.setdefault(form.words[0], []).append(form)
    return {
        word: tuple(sorted(forms, key=lambda f: (-len(f.words), not f.row.object)))
        for word, forms in index.items()
    }


def _forms(row: EventRow, passive_prefix: str) -> Iterator[Form]:
    objects = tuple(tuple(o.split()) for o in row.object)
    guards = tuple(tuple(g.split()) for g in row.not_after)
    shared = not passive_prefix
    for form in row.form:
        alike = shared and form in row.base
        yield Form(tuple(form.split()), row, row.voice, objects, guards, alike)
    if row.voice == "active":
        for base in row.base:
            words = tuple((passive_prefix + base).split())
            yield Form(words, row, "passive", objects, guards, shared)


def find_triggers(sentence: Sentence, pack: Pack) -> list[Trigger]:
    """Return the triggers in order; a longer one, or one with its noun, covers a shorter."""
    index = trigger_index(pack)
    breakers, words = _breakers(pack), auxiliaries(pack)
    lowers = [w.lower for w in sentence.words]
    found: list[Trigger] = []
    covered: set[int] = set()
    about: dict[int, str] = {}  # nouns of verbs about an act, with the type of the verb
    for i, word in enumerate(lowers):
        forms = index.get(word)
        if forms is None or i in covered:
            continue
        trigger = _best_at(lowers, i, forms, breakers, words)
        if trigger is None or about.get(i) == trigger.row.type:
            continue
        found.append(trigger)
        covered.update(range(trigger.first, trigger.last + 1))
        if trigger.noun >= 0:
            kind = trigger.row.type
            if kind in ABOUT_ACTS and trigger.form.voice != "noun":
                about[trigger.noun] = kind
            else:
                covered.add(trigger.noun)
            found = [t for t in found if t is trigger or t.first != trigger.noun]
    return found


@cache
def _breakers(pack: Pack) -> frozenset[str]:
    return frozenset(pack.grammar["clauses"]["breakers"]) | {";", ".", ":"}


def _best_at(
    lowers: list[str], i: int, forms: tuple[Form, ...], breakers: frozenset[str],
    words: Auxiliaries,
) -> Trigger | None:  # fmt: skip
    best: Trigger | None = None
    for form in forms:
        last = i + len(form.words) - 1
        if best is not None and len(form.words) < len(best.form.words):
            break
        if tuple(lowers[i : last + 1]) != form.words or _is_guarded(lowers, i, last, form):
            continue
        voice = read_voice(lowers, i, last, words) if form.shared else form.voice
        if voice and voice != form.voice:
            continue
        if not form.row.object:
            best = _choose(best, Trigger(i, last, form), words, lowers)
            continue
        noun = _find_object(lowers, i, last, form, breakers)
        if not voice and form.voice == "passive" and not _is_reduced(lowers, i, last, noun, form):
            continue
        if noun < 0:
            continue
        if best is None or best.noun < 0 or abs(noun - last) < abs(best.noun - last):
            best = Trigger(i, last, form, noun)
        elif form.voice == "noun":
            best = _choose(best, Trigger(i, last, form, noun), words, lowers)
    return best


def _is_reduced(lowers: list[str], first: int, last: int, noun: int, form: Form) -> bool:
    """`sanctions imposed on Iran`: a passive without `was` has its noun before it."""
    after = lowers[last + 1] if last + 1 < len(lowers) else ""
    return 0 <= noun < first and after in form.row.preps


def _choose(best: Trigger | None, new: Trigger, words: Auxiliaries, lowers: list[str]) -> Trigger:
    """The first form wins, others of its words stay possible; a noun behind an article is one."""
    if best is None:
        return new
    known = {best.form.voice, *(f.voice for f in best.options)}
    if best.form.words != new.form.words or new.form.voice in known:
        return best
    if best.noun >= 0 and new.form.voice != "noun":
        return best  # `imposed sanctions` is told by its noun; `the release of hostages` may be one
    if not words.nominal:
        return best
    options = (*best.options, new.form)
    before = lowers[new.first - 1] if new.first else ""
    if new.form.voice == "noun" and before in words.nominal:
        return replace(best, form=new.form, options=(*best.options, best.form), noun=-1)
    return replace(best, options=options)


def _is_guarded(lowers: list[str], first: int, last: int, form: Form) -> bool:
    if not form.row.not_before and not form.not_after:
        return False
    before = lowers[max(0, first - GUARD_REACH) : first]
    after = tuple(lowers[last + 1 : last + 1 + GUARD_REACH])
    return any(g in before for g in form.row.not_before) or any(
        g == after[: len(g)] or (len(g) == 1 and g[0] in after) for g in form.not_after
    )


def _find_object(
    lowers: list[str], first: int, last: int, form: Form, breakers: frozenset[str]
) -> int:
    """The index of the first word of the noun that `form` needs, -1 if it is not there."""
    if lowers[last + 1 : last + 2] == [","]:
        return -1  # `menyebut, insiden itu ...`: what follows is what is said
    for i in range(last + 1, min(len(lowers), last + 2 + OBJECT_REACH)):
        if _stands_at(lowers, i, form.objects):
            return i
        if lowers[i] in breakers:
            break
    if form.voice == "passive":
        for i in range(first - 1, max(-1, first - 2 - OBJECT_REACH), -1):
            if _stands_at(lowers, i, form.objects):
                return i
            if lowers[i] in breakers:
                break
    return -1


def _stands_at(lowers: list[str], i: int, phrases: tuple[tuple[str, ...], ...]) -> bool:
    word = lowers[i]
    for phrase in phrases:
        if phrase[0] == word and tuple(lowers[i : i + len(phrase)]) == phrase:
            return True
    return False
