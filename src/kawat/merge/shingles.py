"""The words of a body as shingles: what finds near-copies, and what decides."""

import re
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple
from zlib import crc32

from kawat.lang import load_common
from kawat.model import Article

_WORD = re.compile(r"\w+")
_LATEST = 4096


class Shingled(NamedTuple):
    """A body as the numbers of its overlapping runs of words."""

    words: int
    shingles: frozenset[int]


def read_body(article: Article) -> tuple[str, ...]:
    """Return the words of the body blocks, lower case; of the whole text where there are none."""
    text, body = article.text, [b for b in article.blocks if b.kind == "body"]
    parts = [text[b.start : b.end] for b in body] if article.blocks else [text]
    return tuple(_WORD.findall(" ".join(parts).lower()))


@lru_cache(maxsize=_LATEST)
def shingle_article(article: Article) -> Shingled:
    """Return the shingles of an article's body. A body shorter than one shingle has none."""
    words = read_body(article)
    size = load_common().settings["copy"]["shingle"]
    return Shingled(len(words), frozenset(crc32(s.encode()) for s in _runs(words, size)))


def share_contained(a: Shingled, b: Shingled) -> float:
    """Return how much of the one with fewer shingles the other holds, 0..1."""
    few, many = sorted((a.shingles, b.shingles), key=len)
    return len(few & many) / len(few) if few else 0.0


def copy_keys(article: Article) -> tuple[int, ...]:
    """Return the banding keys of an article (63-bit): near-copies share at least one.

    They are the minimal hashes of each stretch of `window` runs of words (winnowing, Schleimer et
    al. 2003): any passage of `window` + `run` - 1 words that two texts share gives both one key,
    wherever it stands. A body that is too short to be judged has none.
    """
    settings = load_common().settings["copy"]
    words, window = read_body(article), settings["window"]
    if len(words) < settings["shortest"]:
        return ()
    runs = _runs(words, settings["run"])
    hashed = [(crc32(run.encode()), run) for run in runs]
    stretches = range(max(1, len(hashed) - window + 1))
    least = {min(hashed[at : at + window]) for at in stretches}
    return tuple(sorted(_number(run) for _, run in least))


def _runs(words: tuple[str, ...], size: int) -> list[str]:
    return [" ".join(words[at : at + size]) for at in range(len(words) - size + 1)]


def _number(text: str) -> int:
    # 63 bits: SQLite and PostgreSQL keep signed 64-bit integers.
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) >> 1
