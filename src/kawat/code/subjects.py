"""Whose act a verb tells: the sentence read leftwards from the verb to its subject.

Indonesian and English put the subject before the verb. Between the two stand adverbs, phrases
behind prepositions, asides between commas, a relative pronoun, or another verb that shares it.
"""

from dataclasses import dataclass

from kawat.code.clauses import (
    QUOTES,
    Line,
    Subject,
    coordinated,
    direct_preposition,
    preposition_index,
)
from kawat.model import Mention, Tree

MAX_STEPS = 4
"""Verbs that may hand on one subject: `mengecam dan berjanji akan membalas`."""
ASIDE = 22
"""Words of an aside between two commas."""
LIGHT_TAGS = frozenset({"ADV", "AUX", "PART"})
RELATIVE_REACH = 8
JOINT_TAGS = frozenset({"CCONJ", "SCONJ", "ADP"})
NOUN_TAGS = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "DET", "PRON", "SYM", "X"})


def find_subject(line: Line, verb: int) -> Subject | None:
    """Return the subject of the verb at word `verb`, or None where it cannot be told."""
    tree = line.sentence.tree
    if tree is None:
        return None
    if verb not in line.subjects:
        line.subjects[verb] = _Reader(line, tree).read(verb, MAX_STEPS)
    return line.subjects[verb]


UNNAMED = Subject(None)


@dataclass(slots=True)
class _State:
    """Where the reading stands, and what it has passed since the last preposition."""

    at: int
    noun: bool = False
    relative: bool = False
    voice: bool = False

    def go_on_before(self, word: int) -> None:
        """Leave a finished phrase behind."""
        self.at, self.noun, self.relative = word - 1, False, False


class _Reader:
    """Reads one sentence leftwards."""

    def __init__(self, line: Line, tree: Tree) -> None:
        self.line = line
        self.tags = tree.upos
        clitics = line.words.clitics
        self.ends = {
            i: m
            for m in line.mentions
            if m.first < m.last or line.lowers[m.first] not in clitics
            for i in range(m.first, m.last + 1)
        }

    def read(self, verb: int, steps: int) -> Subject | None:
        """Return the subject of `verb`, asking at most `steps` other verbs."""
        if steps == 0:
            return None
        state = _State(verb - 1)
        while state.at >= 0:
            i = state.at
            if mention := self.ends.get(i):
                governed = self._governor(mention)
                if governed < 0 or (state.relative and not self._is_placed(mention)):
                    return Subject(mention)
                if not state.noun and self._is_counted(governed):
                    return Subject(mention)
                state.go_on_before(governed)
            elif self._is_joint(i):
                return UNNAMED if state.noun else self._past_joint(i, verb, steps)
            elif self.tags[i] == "VERB" and self.line.lowers[i] not in self.line.words.breakers:
                if not state.noun or (state.relative and state.voice):
                    return self.read(i, steps - 1)
                state.at = self._relative_before(i)
            else:
                self._step(state)
        return UNNAMED if state.noun else self._of_main_clause(verb)

    def _step(self, state: "_State") -> None:
        """Pass a word that neither ends the reading nor names a party."""
        i, words = state.at, self.line.words
        word, tag = self.line.lowers[i], self.tags[i]
        if word in words.relative:
            state.go_on_before(i - (i > 0 and self.line.lowers[i - 1] == ","))
            state.relative = True
        elif word in words.prepositions or tag == "ADP":
            state.go_on_before(i)
        else:
            light = tag in LIGHT_TAGS or word in {"(", ")", "-"} or word in words.breakers
            state.noun = state.noun or (not light and tag in NOUN_TAGS)
            state.voice = state.voice or word in words.voices
            state.at -= 1

    def _is_joint(self, i: int) -> bool:
        """Whether a word parts what is before it from the clause of the verb."""
        word, words = self.line.lowers[i], self.line.words
        if word in QUOTES or word in {",", ";", ":"}:
            return True
        if self.tags[i] in JOINT_TAGS:
            return word in words.joining or word in words.breakers
        return word in words.joining and word not in words.breakers

    def _past_joint(self, i: int, verb: int, steps: int) -> Subject | None:
        word = self.line.lowers[i]
        if word in QUOTES or word in {";", ":"}:
            return None
        if word == ",":
            return self._across_comma(i, verb, steps)
        if mention := self._controlled(i):
            return Subject(mention)
        return self._from_verb_before(i, verb, steps)

    def _relative_before(self, verb: int) -> int:
        """The relative pronoun of the clause that a verb with an object closes, or -1."""
        for i in range(verb - 1, max(-1, verb - RELATIVE_REACH), -1):
            if self.line.lowers[i] in self.line.words.relative:
                return i
            if self.line.lowers[i] == "," or i in self.line.inside:
                break
        return -1

    def _governor(self, mention: Mention) -> int:
        """The preposition that the phrase of a mention stands behind, or -1; a verb is none."""
        first = coordinated(self.line, mention)[0]
        at = preposition_index(self.line, first)
        return at if at >= 0 and self.tags[at] != "VERB" else -1

    def _is_counted(self, governed: int) -> bool:
        """`thousands of Israelis`, `the proposal of Greece`: what the head noun is made up of.

        The object of an act (`the invasion of Ukraine`) is not its subject.
        """
        words, lowers = self.line.words, self.line.lowers
        if not words.owners_first or lowers[governed] not in words.owner or not governed:
            return False
        head = lowers[governed - 1]
        return head not in words.acts and head not in words.not_owners

    def _is_placed(self, mention: Mention) -> bool:
        return direct_preposition(self.line, mention) in self.line.words.place

    def _across_comma(self, comma: int, verb: int, steps: int) -> Subject | None:
        """`Putin, yang sedang di China, menuduh`: the aside parts nothing; else a list of verbs."""
        for i in range(comma - 1, max(0, comma - ASIDE), -1):
            if self.line.lowers[i] in QUOTES:
                return None
            if self.line.lowers[i] == ",":
                before = self.ends.get(i - 1)
                if before is not None and self._governor(before) < 0 and not self._opens(i):
                    return Subject(before)
                break
        return self._from_verb_before(comma, verb, steps)

    def _opens(self, comma: int) -> bool:
        """Whether the words before a comma are a phrase ahead of the subject: `Menurut X, ...`."""
        lowers, words = self.line.lowers, self.line.words
        start = max((i + 1 for i in range(comma) if lowers[i] == ","), default=0)
        return lowers[start] in words.prepositions or lowers[start] in words.breakers

    def _controlled(self, joint: int) -> Mention | None:
        """`keengganan Iran untuk menyerang`, `seruan kepada Israel untuk mundur`: who would act."""
        mention = self.ends.get(joint - 1)
        if self.line.lowers[joint] not in self.line.words.controlling or mention is None:
            return None
        at = coordinated(self.line, mention)[0].first - 1
        if at < 0:
            return None
        before = self.line.lowers[at]
        if before in self.line.words.addressing:
            return mention
        if self.tags[at] == "NOUN" and before not in self.line.words.demands:
            return mention
        return mention if before in self.line.words.directing else None

    def _from_verb_before(self, joint: int, verb: int, steps: int) -> Subject | None:
        """The subject of the verb that stands before a joint; none before it: the main clause's."""
        head = self._joined_verb(joint, verb)
        for i in range(joint - 1, -1, -1):
            if self.line.lowers[i] in QUOTES:
                return None
            if self.tags[i] == "VERB" and i not in self.line.inside and i <= head:
                return self.read(i, steps - 1)
        return self._of_main_clause(verb)

    def _joined_verb(self, joint: int, verb: int) -> int:
        """The verb that the tree joins `verb` to, where it may be told; else the nearest.

        `He said Israel lied and accused the army`: he accused.
        """
        tree = self.line.sentence.tree
        head = tree.head[verb] if tree is not None and tree.deprel[verb] == "conj" else -1
        if not 0 <= head < joint or self.tags[head] != "VERB":
            return joint
        sure = self.line.words.owners_first or self.line.lowers[head] in self.line.words.sayings
        return head if sure else joint

    def _of_main_clause(self, verb: int) -> Subject | None:
        """`Setelah menyerang Kyiv, Rusia mundur`: the party right behind the comma."""
        for i in range(verb + 1, len(self.line.lowers) - 1):
            if self.line.lowers[i] in QUOTES:
                return None
            if self.line.lowers[i] == ",":
                at = i + 1
                while self.line.lowers[at] in self.line.words.articles and at + 1 < len(self.tags):
                    at += 1
                mention = self.ends.get(at)
                begins = mention is not None and mention.first == at
                return Subject(mention) if begins else None
        return None
