"""Measure the parse room of a language on the sentences that training kept apart.

    python training/evaluate_pipeline.py --treebanks DIR [--folder DIR] [--out FILE]

Trees are grown on gold sentences in the words of `kawat.parse` (UPOS, UAS, LAS over all words,
punctuation too, labels in the harmonised scheme). Sentences and words are those of
`kawat.parse.split` on the running text of the slice, sentences joined by a space, no paragraph
marks: harder than news, which has them; they are compared with the treebank's own. Speeds are words
a second of this process, which runs on one thread.
"""

import argparse
import json
import platform
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from conllu import Gold, harmonise, read_scheme, tokens_pack
from train_pipeline import align_all, read_sources

from kawat.lang import Pack
from kawat.model import Article, Block, Parse, Sentence, Word
from kawat.parse import grow_many, split

LABELS = (
    "nsubj", "nsubj:pass", "obj", "obl", "obl:agent", "nmod", "acl:relcl", "ccomp", "advcl",
    "parataxis", "conj", "root",
)  # fmt: skip
SPEED_WORDS = 60_000
MARKS = "<!-- figures {} -->", "<!-- end of figures {} -->"


def f_score(right: int, found: int, wanted: int) -> float:
    """Return the balanced F in per cent."""
    return round(200 * right / (found + wanted), 1) if found + wanted else 0.0


def as_parse(sentences: Iterable[Gold], language: str) -> Parse:
    """Return gold sentences as a parse without trees."""
    made = []
    for i, gold in enumerate(sentences):
        words = tuple(
            Word(row.form, row.form.lower(), *span)
            for row, span in zip(gold.rows, gold.spans, strict=True)
        )
        made.append(Sentence(i, words[0].start, words[-1].end, words, 0))
    return Parse(language, tuple(made))


def score_trees(sentences: list[Gold], pack: Pack) -> dict[str, float]:
    """Return UPOS, UAS, LAS and F by label, in per cent."""
    scheme = read_scheme(pack.language)
    sentences = align_all(sentences, pack.language)
    parse = as_parse(sentences, pack.language)
    (grown,) = grow_many([parse], [range(len(sentences))], pack)
    hits: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for gold, sentence in zip(sentences, grown.sentences, strict=True):
        rows, tree = harmonise(gold.rows, scheme), sentence.tree
        hits["words"] += len(rows)
        wanted.update(row.deprel for row in rows)
        if tree is None:
            continue
        found.update(tree.deprel)
        for row, upos, head, label in zip(rows, tree.upos, tree.head, tree.deprel, strict=True):
            attached = head == row.head - 1
            hits["upos"] += upos == row.upos
            hits["uas"] += attached
            hits["las"] += attached and label == row.deprel
            right[label] += attached and label == row.deprel
    scores = {name: round(100 * hits[name] / hits["words"], 1) for name in ("upos", "uas", "las")}
    return scores | {k: f_score(right[k], found[k], wanted[k]) for k in LABELS if wanted[k]}


def score_split(sentences: list[Gold], pack: Pack) -> dict[str, float]:
    """Return sentence F and word F of `split` on the running text, in per cent."""
    text, gold_sentences, gold_words = "", set(), set()
    for gold in sentences:
        at = len(text)
        gold_words |= {(at + start, at + end) for start, end in gold.spans}
        gold_sentences.add((at, at + len(gold.text)))
        text += gold.text + " "
    parse = split(one_block(text), pack)
    own_sentences = {(s.start, s.end) for s in parse.sentences}
    own_words = {(w.start, w.end) for s in parse.sentences for w in s.words}
    return {
        "sentence_f": f_score(
            len(own_sentences & gold_sentences), len(own_sentences), len(gold_sentences)
        ),
        "word_f": f_score(len(own_words & gold_words), len(own_words), len(gold_words)),
    }


def one_block(text: str) -> Article:
    """Return an article whose whole text is one body block."""
    return Article("slice", text, blocks=(Block("body", 0, len(text), 0),))


def measure_speed(sentences: list[Gold], pack: Pack) -> dict[str, int]:
    """Return the words a second of splitting and of growing trees, after a warm start."""
    size = sum(len(gold.rows) for gold in sentences)
    articles = [one_block(" ".join(g.text for g in sentences))] * (SPEED_WORDS // size + 1)
    split(articles[0], pack)
    start = time.perf_counter()
    parses = [split(article, pack) for article in articles]
    middle = time.perf_counter()
    wanted = [range(len(parse.sentences)) for parse in parses]
    grow_many(parses[:1], wanted[:1], pack)
    begun = time.perf_counter()
    grow_many(parses, wanted, pack)
    end = time.perf_counter()
    words = sum(len(s.words) for parse in parses for s in parse.sentences)
    return {"split": round(words / (middle - start)), "trees": round(words / (end - begun))}


def describe_run(pack: Pack) -> dict[str, object]:
    """Return what the figures depend on: day, versions, kind of machine, settings of training."""
    settings = pack.folder / "pipeline" / "training.json"
    return {
        "date": time.strftime("%Y-%m-%d"),
        "versions": {"python": platform.python_version(), "spacy": version("spacy")},
        "machine": f"{platform.system()} {platform.machine()}, one thread",
        "training": json.loads(settings.read_text("utf-8")) if settings.is_file() else None,
    }


def write_table(shown: dict[str, Any], path: Path, language: str) -> None:
    """Put the figures into the page at `path`, between the two comments of the language."""
    begin, end = (mark.format(language) for mark in MARKS)
    parts = list(shown["quality"])
    names = [part.split("/")[0] for part in parts]
    lines = [f"| | {' | '.join(names)} |", "|---" * (len(parts) + 1) + "|"]
    for name in shown["quality"]["together"]:
        row = [str(shown["quality"][part].get(name, "")) for part in parts]
        lines.append(f"| {name} | {' | '.join(row)} |")
    speeds = [f"{name}: {n:,} words a second" for name, n in shown["words_a_second"].items()]
    lines += ["", f"On one thread: {'; '.join(speeds)}."]
    before, _, rest = path.read_text("utf-8").partition(begin)
    after = rest.partition(end)[2]
    table = "\n".join(lines)
    path.write_text(f"{before}{begin}\n{table}\n{end}{after}", "utf-8")


def main() -> None:
    """Print the figures, and write them if asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--language", default="id")
    parser.add_argument("--treebanks", type=Path, required=True)
    parser.add_argument("--folder", type=Path, help="a folder with pipeline/, not the shipped one")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--table", type=Path, help="a page whose table of figures is renewed")
    options = parser.parse_args()
    pack = tokens_pack(options.language)
    if options.folder:
        pack = replace(pack, folder=options.folder)
    _, apart = read_sources(options.treebanks, options.language)
    both = [gold for sentences in apart.values() for gold in sentences]
    result = {
        name: score_split(sentences, pack) | score_trees(sentences, pack)
        for name, sentences in (apart | {"together": both}).items()
    }
    shown = {
        "run": describe_run(pack),
        "quality": result,
        "words_a_second": measure_speed(both, pack),
    }
    print(json.dumps(shown, indent=1))
    if options.out:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(shown, indent=1) + "\n", encoding="utf-8")
    if options.table:
        write_table(shown, options.table, options.language)


if __name__ == "__main__":
    main()
