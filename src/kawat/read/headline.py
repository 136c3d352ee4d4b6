"""Where a headline that stands inside running text ends ("... Baca Juga: Judul Berita Ini ...")."""

import re

from kawat.read.layout import Layout

MAX_HEADLINE = 300
MIN_REST_WORDS = 4
"""Fewer words after the supposed end are the tail of the headline."""
SENTENCE_CASE = 3
"""A headline whose first words are small by now is not in Title Case."""
_STOP = re.compile(r"[.!?…][\"”’')\]]*$")
_BREAK = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(]?[A-Z0-9])")
_EDGES = "\"“”‘’'()[],.:;!?…"


def end_of_headline(text: str, start: int, end: int, layout: Layout) -> int:
    """Return where the headline from `start` ends, at most `end`.

    A headline in Title Case ends where running text begins: before the sentence that holds the
    first small word that headlines do not leave small. One in sentence case ends at its stop.
    Without a full sentence after it, the headline goes to the end.

    >>> from kawat.read.layout import layout_of
    >>> line = "Perang Nuklir Bisa Terjadi Setelah itu pasukan mundur dari kota."
    >>> line[: end_of_headline(line, 0, len(line), layout_of("id"))]
    'Perang Nuklir Bisa Terjadi '
    """
    stop = _find_end(text, start, end, layout)
    rest = text[stop : stop + 2 * MAX_HEADLINE].split(None, MIN_REST_WORDS)
    closed = _STOP.search(text[max(stop, end - 5) : end].rstrip())
    return stop if stop < end and len(rest) >= MIN_REST_WORDS and closed else end


def _find_end(text: str, start: int, end: int, layout: Layout) -> int:
    limit = min(end, start + MAX_HEADLINE)
    words = list(re.finditer(r"\S+", text[start:limit]))
    for i, word in enumerate(words):
        bare = word[0].strip(_EDGES)
        if bare.islower() and bare.isalpha() and bare not in layout.small_words:
            if i <= SENTENCE_CASE:
                found = _BREAK.search(text, start, min(end, start + 2 * MAX_HEADLINE))
                return found.end() if found else end
            return start + words[_sentence_start([w[0] for w in words[:i]], layout)].start()
    return end if limit == end else limit


def _sentence_start(words: list[str], layout: Layout) -> int:
    """Return the index of the word with which the sentence begins that goes on after `words`."""
    for i in range(len(words) - 1, 1, -1):
        if _STOP.search(words[i - 1]):
            return i
    last = len(words) - 1
    for i in range(last, max(last - 6, 1), -1):
        if words[i].strip(_EDGES) in layout.openers:
            while i > 2 and words[i - 1].strip(_EDGES) in layout.openers:
                i -= 1  # noqa: PLW2901 (the first of several openers)
            return i
    while last > 2 and not words[last][0].isupper():
        last -= 1
    return last
