"""Train the trees of a language: tags and dependencies, small and quick, for the CPU.

    python training/train_pipeline.py --treebanks DIR --out src/kawat/lang/id/pipeline

DIR holds the CoNLL-U files named in treebanks.toml (Universal Dependencies; licences in
LICENSES.md), which also says what is kept apart for development. The words are those of
`kawat.parse`. On one core about four minutes for Indonesian, twelve for English.
"""

import argparse
import json
import random
import shutil
import time
from pathlib import Path

import spacy
from conllu import Gold, Row, align, harmonise, read_conllu, read_scheme
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Config, Optimizer, fix_random_seed

ROWS = [5000, 1000, 2500, 2500]
LEARN_RATE = 0.001
DROPOUT = 0.15
TOK2VEC = """
[model]
@architectures = "spacy.Tok2Vec.v2"
[model.embed]
@architectures = "spacy.MultiHashEmbed.v2"
width = {width}
attrs = ["NORM","PREFIX","SUFFIX","SHAPE"]
rows = {rows}
include_static_vectors = false
[model.encode]
@architectures = "spacy.MaxoutWindowEncoder.v2"
width = {width}
depth = {depth}
window_size = 1
maxout_pieces = 3
"""


def read_sources(folder: Path, language: str) -> tuple[list[Gold], dict[str, list[Gold]]]:
    """Return training sentences, and those kept apart by file, in the treebanks' words."""
    scheme = read_scheme(language)
    training: list[Gold] = []
    apart = {name: read_conllu(folder / name) for name in scheme.only_apart}
    for name in scheme.sources:
        sentences = read_conllu(folder / name)
        kept = scheme.apart.get(name, 0)
        training += sentences[: len(sentences) - kept]
        if kept:
            apart[name] = sentences[-kept:]
    return training, apart


def align_all(sentences: list[Gold], language: str) -> list[Gold]:
    """Return the sentences in the words of `kawat.parse`; as they are where that cannot be."""
    return [align(gold, language) or gold for gold in sentences]


def build(width: int, depth: int, hidden: int) -> Language:
    """Return an empty pipeline: one shared tok2vec, a tagger for UPOS and a parser."""
    nlp = spacy.blank("xx")
    nlp.add_pipe(
        "tok2vec", config=Config().from_str(TOK2VEC.format(width=width, depth=depth, rows=ROWS))
    )
    listener = {
        "@architectures": "spacy.Tok2VecListener.v1", "width": width, "upstream": "*",
    }  # fmt: skip
    nlp.add_pipe(
        "tagger",
        config={"model": {"@architectures": "spacy.Tagger.v2", "nO": None, "tok2vec": listener}},
    )
    parser = {
        "@architectures": "spacy.TransitionBasedParser.v2", "state_type": "parser",
        "extra_state_tokens": False, "hidden_width": hidden, "maxout_pieces": 2,
        "use_upper": True, "nO": None, "tok2vec": listener,
    }  # fmt: skip
    nlp.add_pipe("parser", config={"min_action_freq": 20, "model": parser})
    return nlp


def make_example(nlp: Language, sentence: list[Row]) -> Example:
    """Return a sentence with its gold tags and tree."""
    words = [row.form for row in sentence]
    reference = Doc(
        nlp.vocab, words=words, tags=[row.upos for row in sentence],
        heads=[row.head - 1 if row.head else i for i, row in enumerate(sentence)],
        deps=[row.deprel if row.head else "ROOT" for row in sentence],
    )  # fmt: skip
    return Example(Doc(nlp.vocab, words=words), reference)


def train(nlp: Language, sentences: list[list[Row]], epochs: int, seed: int) -> Optimizer:
    """Train for `epochs`, batches growing from 200 words; the averages are the optimizer's."""
    fix_random_seed(seed)
    shuffle = random.Random(seed)
    examples = [make_example(nlp, s) for s in sentences]
    # all of them: a label that is rare in the first file would not become an action of the parser
    optimizer = nlp.initialize(lambda: examples)
    optimizer.learn_rate = LEARN_RATE
    for epoch in range(epochs):
        start, words, batch = time.time(), 0, []
        shuffle.shuffle(examples)
        losses: dict[str, float] = {}
        for example in examples:
            batch.append(example)
            words += len(example.reference)
            if words >= 200 + 120 * epoch:
                nlp.update(batch, sgd=optimizer, drop=DROPOUT, losses=losses)
                words, batch = 0, []
        shown = {name: round(loss) for name, loss in losses.items()}
        print(f"epoch {epoch}: {shown} {time.time() - start:.0f} s", flush=True)
    return optimizer


def main() -> None:
    """Train and write the pipeline, with the settings beside it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--language", default="id")
    parser.add_argument("--treebanks", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--width", type=int, default=64)
    parser.add_argument("--depth", type=int, default=2)
    parser.add_argument("--hidden", type=int, default=48)
    parser.add_argument("--epochs", type=int, default=9)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sentences, _ = read_sources(options.treebanks, options.language)
    aligned = align_all(sentences, options.language)
    fix_random_seed(options.seed)
    nlp = build(options.width, options.depth, options.hidden)
    scheme = read_scheme(options.language)
    rows = [harmonise(gold.rows, scheme) for gold in aligned]
    optimizer = train(nlp, rows, options.epochs, options.seed)
    shutil.rmtree(options.out, ignore_errors=True)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    with nlp.use_params(optimizer.averages):
        nlp.to_disk(options.out)
    settings = {k: v for k, v in vars(options).items() if k not in {"treebanks", "out"}}
    settings["sources"] = scheme.sources
    (options.out / "training.json").write_text(json.dumps(settings, indent=1) + "\n")


if __name__ == "__main__":
    main()
