"""The trained pipeline (spaCy): words in, trees out. Slow to load, so `trees` loads it late."""

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import numpy as np
from spacy.attrs import DEP, HEAD, TAG
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import load_model_from_path
from thinc.api import use_ops

from kawat.model import Sentence, Tree

MAX_KNOWN_WORDS = 200_000
"""Different words that the pipeline keeps in memory; from there on it forgets new ones."""


class Pipeline:
    """The pipeline in one folder."""

    def __init__(self, folder: Path) -> None:
        # numpy's matrix products take a fifth of the time of spaCy's own on a processor of today
        with use_ops("numpy", use_blis=False):
            self._nlp: Language = load_model_from_path(folder)

    def grow(self, sentences: Sequence[Sentence]) -> list[Tree]:
        """Return the trees of sentences, grown side by side."""
        vocab = self._nlp.vocab
        with self._nlp.memory_zone() if len(vocab) > MAX_KNOWN_WORDS else nullcontext():
            docs = [Doc(vocab, words=[w.text for w in s.words]) for s in sentences]
            _annotate(docs, self._nlp)
            return [_tree(doc, s) for doc, s in zip(docs, sentences, strict=True)]


def _annotate(docs: list[Doc], nlp: Language) -> None:
    """Run the pipeline; what `nlp.pipe` does, but the parser's steps in half the time.

    spaCy's own loop gives up and takes back Python's lock at every addition of two vectors.
    """
    for name in ("tok2vec", "tagger"):
        part: Any = nlp.get_pipe(name)
        part.set_annotations(docs, part.predict(docs))
    parser: Any = nlp.get_pipe("parser")
    model = parser.model.predict(docs)
    states = done = parser.moves.init_batch(docs)
    while states:
        states = parser.transition_states(states, model.predict(states))
    model.clear_memory()
    parser.set_annotations(docs, done)


def _tree(doc: Doc, sentence: Sentence) -> Tree:
    """The columns of a parsed Doc; heads as indexes in the sentence, -1 for the root."""
    strings = doc.vocab.strings
    columns = doc.to_array([TAG, HEAD, DEP])
    offsets = columns[:, 1].astype(np.int64).tolist()
    return Tree(
        upos=tuple(strings[tag] for tag in columns[:, 0].tolist()),
        lemma=tuple(w.lower for w in sentence.words),
        head=tuple(i + offset if offset else -1 for i, offset in enumerate(offsets)),
        # spaCy writes the root's label in capitals, Universal Dependencies does not
        deprel=tuple(
            strings[dep] if offset else "root"
            for dep, offset in zip(columns[:, 2].tolist(), offsets, strict=True)
        ),
    )
