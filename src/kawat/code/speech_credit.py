"""The carrier that a credit line names for the whole piece ("Sumber: Yonhap")."""

from functools import lru_cache

from kawat.lang import Pack
from kawat.model import Article, Link

Chain = tuple[Link, ...]


def read_credits(article: Article, pack: Pack) -> Chain:
    """Return the carriers that a credit line names ("Sumber: Yonhap")."""
    openers = tuple(pack.speech["scope"]["credits"])
    aliases = _outlet_aliases(pack)
    for block in article.blocks:
        line = article.text[block.start : block.end]
        if block.kind != "credit" or not line.strip().lower().startswith(openers):
            continue
        for alias, target in aliases:
            at = line.lower().find(alias)
            if at >= 0:
                span = block.start + at, block.start + at + len(alias)
                text = article.text[span[0] : span[1]]
                cue = line.split(":", 1)[0].strip()
                at = block.start + line.find(cue)
                name = pack.outlets[target].name
                return (Link(target, name, "carrier", "", cue, (at, at + len(cue)), text, span),)
    return ()


@lru_cache(maxsize=16)
def _outlet_aliases(pack: Pack) -> tuple[tuple[str, str], ...]:
    pairs = {(n.alias.lower(), n.target) for n in pack.names if n.target in pack.outlets}
    pairs |= {(row.name.lower(), row.id) for row in pack.outlets.values()}
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))
