"""A spaCy pipeline of the user's own in the place of the packaged one: kawat's words in, trees out.

Its labels may be those of Universal Dependencies or the older ones of spaCy's English pipelines,
which `lang/any/labels.toml` turns into them.
"""

from collections.abc import Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kawat.errors import PipelineError
from kawat.lang import Labels, read_labels
from kawat.model import Sentence, Tree

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_ADVICE = "give an installed package or a folder that spacy.load can read"


class ForeignPipeline:
    """The pipeline of an installed package or a folder.

    Raises:
        PipelineError: it cannot be loaded; from `grow`: it fails, or gives no trees.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        try:
            self._nlp: Language = spacy.load(Path(name) if Path(name).is_dir() else name)
        except (OSError, ValueError, ImportError, KeyError, TypeError, AttributeError) as error:
            reason = " ".join(str(error).split())[:200]
            raise PipelineError(name, f"cannot be loaded: {reason}", _ADVICE) from None

    def grow(self, sentences: Sequence[Sentence]) -> list[Tree]:
        """Return the trees of sentences; a sentence that it cuts in pieces is one tree again."""
        docs = [self._doc(sentence) for sentence in sentences]
        try:
            parsed = list(self._nlp.pipe(docs))
        except (ValueError, KeyError, TypeError, AttributeError, RuntimeError) as error:
            reason = " ".join(str(error).split())[:200]
            raise PipelineError(self.name, f"fails: {reason}", _ADVICE) from None
        if not all(doc.has_annotation("DEP") for doc in parsed):
            raise PipelineError(self.name, "gives no trees", "it needs a dependency parser")
        return [_tree(doc, s) for doc, s in zip(parsed, sentences, strict=True)]

    def _doc(self, sentence: Sentence) -> Doc:
        words = sentence.words
        ends = [word.end for word in words]
        starts = [word.start for word in words[1:]]
        spaces = [end < start for end, start in zip(ends, [*starts, ends[-1]], strict=True)]
        return Doc(self._nlp.vocab, words=[word.text for word in words], spaces=spaces)


def _tree(doc: Doc, sentence: Sentence) -> Tree:
    upos = tuple(token.pos_ or token.tag_ for token in doc)
    heads = [token.head.i if token.head.i != token.i else -1 for token in doc]
    labels = [token.dep_ for token in doc]
    known = read_labels()
    _turn_prepositions(upos, heads, labels, known)
    labels = [known.names.get(label, label) for label in labels]
    root = heads.index(-1)
    for i, head in enumerate(heads):
        if head == -1:
            labels[i] = "root" if i == root else "parataxis"
            heads[i] = -1 if i == root else root
    return Tree(upos, tuple(w.lower for w in sentence.words), tuple(heads), tuple(labels))


def _turn_prepositions(
    upos: Sequence[str], heads: list[int], labels: list[str], known: Labels
) -> None:
    """Hang a preposition on its noun, where the pipeline hangs the noun on the preposition."""
    for noun, label in enumerate(labels):
        preposition = heads[noun]
        if label not in known.of_preposition or preposition < 0:
            continue
        above, old = heads[preposition], labels[preposition]
        if old in known.agents:
            labels[noun] = "obl:agent"
        else:
            labels[noun] = "nmod" if above >= 0 and upos[above] in _NOMINAL else "obl"
        heads[noun], heads[preposition], labels[preposition] = above, noun, "case"
