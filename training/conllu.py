"""Read CoNLL-U, cut it into the words of `kawat.parse`, and bring its labels to one scheme."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kawat.lang.pack import HERE, Pack
from kawat.model import Word
from kawat.parse.words import split_words

_TREEBANKS = Path(__file__).with_name("treebanks.toml")


class Row(NamedTuple):
    """One syntactic word; `head` counts from 1, 0 is the root."""

    form: str
    upos: str
    head: int
    deprel: str


class Gold(NamedTuple):
    """A sentence as printed, its words, and where in the text each word stands."""

    text: str
    rows: list[Row]
    spans: list[tuple[int, int]]


@dataclass(frozen=True)
class Scheme:
    """The sources of a language and its labels: a table of treebanks.toml, explained there."""

    sources: Sequence[str]
    only_apart: Sequence[str]
    apart: Mapping[str, int]
    keep: Sequence[str]
    labels: Mapping[str, str]
    markers: Mapping[str, Mapping[str, str | Sequence[str]]]


@cache
def read_scheme(language: str) -> Scheme:
    """Return the scheme of `language`."""
    return Scheme(**tomllib.loads(_TREEBANKS.read_text("utf-8"))[language])


@cache
def tokens_pack(language: str) -> Pack:
    """Return a pack that knows nothing but words: all that training needs of one."""
    tokens = tomllib.loads((HERE / language / "tokens.toml").read_text("utf-8"))
    folder = HERE / language
    return Pack(language, folder, (), {}, (), {}, (), (), (), (), (), (), tokens, {}, {}, {}, {})


def read_conllu(path: Path) -> list[Gold]:
    """Return the sentences of a file in the words of the treebank.

    The words of a multi-word token share it out when they spell it, else each has the whole.
    """
    return [
        _read_sentence(part.split("\n"))
        for part in path.read_text(encoding="utf-8").split("\n\n")
        if part.strip()
    ]


def _read_sentence(lines: list[str]) -> Gold:
    text, rows, spans = "", [], []
    at, token_end, token_words = 0, -1, 0
    for line in lines:
        if line.startswith("# text ="):
            text = line[8:].strip()
        cells = line.split("\t")
        if len(cells) != 10:
            continue
        if cells[0].isdigit():
            rows.append(Row(cells[1], cells[3], int(cells[6]), cells[7]))
            start = text.find(cells[1], at)
            if token_words:
                token_words -= 1
                found = start >= 0 and start + len(cells[1]) <= token_end
                end = start + len(cells[1]) if found else token_end
                spans.append((start if found else at, end))
                at = token_end if not token_words else end
            else:
                at = start + len(cells[1])
                spans.append((start, at))
        elif "-" in cells[0]:
            first, last = cells[0].split("-")
            token_words = int(last) - int(first) + 1
            token_end = text.find(cells[1], at) + len(cells[1])
    return Gold(text, rows, spans)


def align(gold: Gold, language: str) -> Gold | None:
    """Return the sentence in the words of `kawat.parse`, None where that makes no tree.

    Of several words that are one there, the one whose head lies outside stands for all. Of one
    word that is several, the first has its place; a mark behind it is punctuation, else `flat`.
    """
    words = split_words(gold.text, 0, len(gold.text), tokens_pack(language))
    groups = _group(gold, words)
    if groups is None:
        return None
    first_word: dict[int, int] = {}
    at = 0
    for golds, own in groups:
        for index in golds:
            first_word[index + 1] = at + 1
        at += len(own)
    rows: list[Row] = []
    spans: list[tuple[int, int]] = []
    for golds, own in groups:
        inside = {index + 1 for index in golds}
        row = next(
            (r for i in golds if (r := gold.rows[i]).head not in inside), gold.rows[golds[0]]
        )
        here = len(rows) + 1
        for i, word in enumerate(own):
            spans.append((word.start, word.end))
            if i == 0:
                head = first_word[row.head] if row.head else 0
                rows.append(Row(word.text, row.upos, head, row.deprel))
            elif word.text.isalnum():
                rows.append(Row(word.text, row.upos, here, "flat"))
            else:
                rows.append(Row(word.text, "PUNCT", here, "punct"))
    return Gold(gold.text, rows, spans) if _is_tree(rows) else None


def _is_tree(rows: Sequence[Row]) -> bool:
    """Tell whether every word reaches the root: two words in one may have closed a circle."""
    for row in rows:
        head, steps = row.head, 0
        while head and steps <= len(rows):
            head, steps = rows[head - 1].head, steps + 1
        if head:
            return False
    return True


def _group(gold: Gold, words: Sequence[Word]) -> list[tuple[list[int], list[Word]]] | None:
    """Return the words of both sides that share characters, in text order."""
    groups: list[tuple[list[int], list[Word]]] = []
    end = at = 0
    for index, (start, stop) in enumerate(gold.spans):
        if start < 0 or stop <= start:
            return None
        if start < end and groups:
            groups[-1][0].append(index)
        else:
            groups.append(([index], []))
        end = max(end, stop)
        while at < len(words) and words[at].start < end:
            groups[-1][1].append(words[at])
            end = max(end, words[at].end)
            at += 1
    covered = at == len(words) and all(own for _, own in groups)
    return groups if covered else None


def harmonise(sentence: list[Row], scheme: Scheme) -> list[Row]:
    """Return the sentence in one scheme; chains of `flat` become stars."""
    rows = [row._replace(deprel=_label(row.deprel, scheme)) for row in sentence]
    for i, row in enumerate(rows):
        head = row.head
        steps = 0
        while row.deprel == "flat" and head and rows[head - 1].deprel == "flat" and steps < 10:
            head = rows[head - 1].head
            steps += 1
        rows[i] = row._replace(head=head)
    for row in sentence:
        rule = scheme.markers.get(row.form.lower())
        if rule and row.head and row.deprel in {"case", "mark"}:
            marked = rows[row.head - 1]
            on_verb = marked.head > 0 and rows[marked.head - 1].upos == "VERB"
            if on_verb and marked.deprel in rule["from"]:
                rows[row.head - 1] = marked._replace(deprel=str(rule["to"]))
    return rows


def _label(deprel: str, scheme: Scheme) -> str:
    if deprel in scheme.labels:
        return scheme.labels[deprel]
    return deprel if deprel in scheme.keep else deprel.split(":", maxsplit=1)[0]
