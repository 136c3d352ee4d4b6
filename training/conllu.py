"""Read CoNLL-U, and bring the labels of several treebanks to one scheme."""

import re
from pathlib import Path
from typing import NamedTuple

_POINTED = re.compile(r"(?!(?:[A-Z]\.){2,}$)\w[\w.]*\.")
KEPT_SUBTYPES = frozenset({"nsubj:pass", "acl:relcl", "aux:pass", "csubj:pass", "obl:agent"})
"""Subtypes that the coder can use; all others are cut down to their universal label."""


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


def read_conllu(path: Path) -> list[Gold]:
    """Return the sentences of a file.

    The words of a multi-word token share it out when they spell it, else each has the whole. The
    point of an abbreviation is a word of its own, as in `kawat.parse`.
    """
    return [
        _part_points(_read_sentence(part.split("\n")))
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


def _part_points(gold: Gold) -> Gold:
    rows: list[Row] = []
    spans: list[tuple[int, int]] = []
    moved = [0]
    for row, (start, end) in zip(gold.rows, gold.spans, strict=True):
        moved.append(len(rows) + 1)
        if _POINTED.fullmatch(row.form):
            rows += [row._replace(form=row.form[:-1]), Row(".", "PUNCT", -moved[-1], "punct")]
            spans += [(start, end - 1), (end - 1, end)]
        else:
            rows.append(row)
            spans.append((start, end))
    heads = (moved[row.head] if row.head >= 0 else -row.head for row in rows)
    return Gold(gold.text, [r._replace(head=h) for r, h in zip(rows, heads, strict=True)], spans)


def harmonise(sentence: list[Row]) -> list[Row]:
    """Return the sentence in one scheme.

    The three Indonesian treebanks disagree in these, and the coder needs one answer: `compound`
    is `nmod`, chains of `flat` are stars, a verb's phrase with `oleh` is `obl:agent`, and a
    clause with `bahwa` on a verb is `ccomp`.
    """
    rows = [row._replace(deprel=_label(row.deprel)) for row in sentence]
    for i, row in enumerate(rows):
        head = row.head
        steps = 0
        while row.deprel == "flat" and head and rows[head - 1].deprel == "flat" and steps < 10:
            head = rows[head - 1].head
            steps += 1
        rows[i] = row._replace(head=head)
    for row in sentence:
        if row.head and row.deprel in {"case", "mark"}:
            rows[row.head - 1] = _by_marker(row.form.lower(), rows, row.head - 1)
    return rows


def _by_marker(marker: str, rows: list[Row], at: int) -> Row:
    row = rows[at]
    on_verb = row.head > 0 and rows[row.head - 1].upos == "VERB"
    if marker == "oleh" and on_verb and row.deprel in {"obl", "nmod"}:
        return row._replace(deprel="obl:agent")
    if marker == "bahwa" and on_verb and row.deprel in {"advcl", "xcomp", "obj"}:
        return row._replace(deprel="ccomp")
    return row


def _label(deprel: str) -> str:
    if deprel == "compound:plur":
        return "compound"
    if deprel.startswith("compound"):
        return "nmod"
    return deprel if deprel in KEPT_SUBTYPES else deprel.split(":", maxsplit=1)[0]
