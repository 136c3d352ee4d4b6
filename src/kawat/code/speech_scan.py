"""What marks speech in an article: the words of reporting, and quotations across sentences."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from kawat.lang import Pack
from kawat.lang.rows import ReportingRow
from kawat.model import Article, Mention, Parse, Sentence

Phrases = dict[str, tuple[tuple[tuple[str, ...], ReportingRow], ...]]
Words = frozenset[str]


class Cue(NamedTuple):
    """A row of reporting.csv that matches words `first..last` of a sentence."""

    row: ReportingRow
    sentence: int
    first: int
    last: int


class Quotation(NamedTuple):
    """Quoted words `start:end`; `outer` takes in the marks, `closed` tells of the second."""

    start: int
    end: int
    outer: tuple[int, int]
    closed: bool


@dataclass(frozen=True, eq=False)
class Speech:
    """reporting.csv and speech.toml of a pack, in the shape that reading needs."""

    cues: Phrases
    media: Phrases
    press: Words
    marks: Mapping[str, str]
    sets: Mapping[str, Words]
    phrases: Mapping[str, tuple[str, ...]]
    bahwa: str
    clitic: str
    reach: int


@dataclass(eq=False)
class Scene:
    """An article under reading: what the rules ask again and again, computed once."""

    article: Article
    parse: Parse
    speech: Speech
    mentions: Mapping[int, list[Mention]]
    quotations: list[Quotation]
    starts: list[int] = field(default_factory=list)

    def quotation_at(self, offset: int) -> Quotation | None:
        """Return the quotation that holds `offset`, its marks included."""
        at = bisect_right(self.starts, offset) - 1
        if at >= 0 and offset < self.quotations[at].outer[1]:
            return self.quotations[at]
        return None


@lru_cache(maxsize=16)
def compile_speech(pack: Pack) -> Speech:
    """Return the tables of reporting as sets and phrase maps, made once a pack."""
    toml = pack.speech
    marks = dict.fromkeys(toml["quotes"]["open"], "open")
    marks |= dict.fromkeys(toml["quotes"]["close"], "close")
    marks |= dict.fromkeys(toml["quotes"]["both"], "both")
    sets, phrases = {}, {}
    for section, values in toml.items():
        for name, value in values.items():
            if isinstance(value, list):
                sets[f"{section}.{name}"] = frozenset(value)
                phrases[f"{section}.{name}"] = tuple(value)
    spoken = [r for r in pack.reporting if r.kind not in ("medium", "anonymous", "hearsay")]
    press = [r for r in pack.reporting if r.id == "told-press"]
    return Speech(
        cues=_phrase_map(r for r in spoken if r not in press),
        media=_phrase_map(r for r in pack.reporting if r.kind == "medium"),
        press=frozenset(p for r in press for p in r.phrase),
        marks=marks,
        sets=sets,
        phrases=phrases,
        bahwa=_text(toml, "bahwa"),
        clitic=_text(toml, "clitic"),
        reach=int(toml["medium"]["reach"]),
    )


def _text(toml: Mapping[str, Any], name: str) -> str:
    return str(toml["verbs"][name])


def _phrase_map(rows: Iterable[ReportingRow]) -> Phrases:
    found: dict[str, list[tuple[tuple[str, ...], ReportingRow]]] = defaultdict(list)
    for row in rows:
        for phrase in row.phrase:
            words = tuple(phrase.lower().split())
            found[words[0]].append((words, row))
    return {
        first: tuple(sorted(options, key=lambda option: -len(option[0])))
        for first, options in found.items()
    }


def match_phrases(sentence: Sentence, phrases: Phrases) -> Iterator[Cue]:
    """Yield the longest match at each word; matches do not overlap."""
    words, after = sentence.words, 0
    for i, word in enumerate(words):
        options = phrases.get(word.lower)
        if options is None or i < after:
            continue
        for phrase, row in options:
            size = len(phrase)
            if size == 1 or tuple(w.lower for w in words[i : i + size]) == phrase:
                after = i + size
                yield Cue(row, sentence.index, i, after - 1)
                break


def set_scene(article: Article, parse: Parse, mentions: Iterable[Mention], pack: Pack) -> Scene:
    """Return the article ready for reading: quotations paired, mentions by sentence."""
    speech = compile_speech(pack)
    by_sentence: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_sentence[mention.sentence].append(mention)
    quotations = pair_quotations(article.text, parse, speech)
    return Scene(article, parse, speech, by_sentence, quotations, [q.outer[0] for q in quotations])


def pair_quotations(text: str, parse: Parse, speech: Speech) -> list[Quotation]:
    """Return the quotations of every paragraph; one left open ends with its paragraph."""
    found: list[Quotation] = []
    sentences = parse.sentences
    at = 0
    while at < len(sentences):
        end = at
        while end + 1 < len(sentences) and sentences[end + 1].paragraph == sentences[at].paragraph:
            end += 1
        found += _pair(text, sentences[at].start, sentences[end].end, speech.marks)
        at = end + 1
    return found


def _pair(text: str, start: int, end: int, marks: Mapping[str, str]) -> Iterator[Quotation]:
    opened = -1
    for i in _mark_offsets(text, start, end, marks):
        kind = marks[text[i]]
        if kind == "both":
            opens = (i == start or not text[i - 1].isalnum()) and text[i + 1 : i + 2].strip() != ""
            spaced = i == start or text[i - 1].isspace() or text[i - 1] in "(["
            # A straight mark after a space and before a word opens, though one is open still:
            # the closing mark of the first was forgotten.
            kind = "open" if (opened < 0 and (opens or spaced)) or (spaced and opens) else "close"
        if kind == "open":
            if opened >= 0:
                yield Quotation(opened + 1, i, (opened, i), closed=False)
            opened = i
        elif opened >= 0:
            yield Quotation(opened + 1, i, (opened, i + 1), closed=True)
            opened = -1
    if opened >= 0 and end > opened + 1:
        yield Quotation(opened + 1, end, (opened, end), closed=False)


def _mark_offsets(text: str, start: int, end: int, marks: Mapping[str, str]) -> list[int]:
    found: list[int] = []
    for mark in marks:
        at = text.find(mark, start, end)
        while at >= 0:
            found.append(at)
            at = text.find(mark, at + 1, end)
    return sorted(found)
