"""How many stand behind an event: documents, outlets, origins, interests, and what is wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kawat.merge.outlets import resolve_outlet
from kawat.merge.roots import is_gathering, party_interest
from kawat.merge.trails import TrailGraph, build_trails, list_trails
from kawat.model import Flag, Judgement, Origin, Origins, Telling, Trail


def trace_origins(tellings: Iterable[Telling], copies: Iterable[Judgement] = ()) -> Origins:
    """Return the origins of one event from all its reports and the copies among their articles.

    The upper bound holds two roots apart unless the texts show that one hangs on the other; the
    lower one counts a root only if nothing lets it hang on another (`Origin.maybe` says on which):
    an outlet that names no source may have copied, a source without a name may be anyone.
    """
    found = build_trails(tellings, copies)
    trails = list_trails(found)
    roots = bind_roots(found.roots.values())
    counted = [r for r in roots if not r.maybe]
    flags = _find_flags(found, roots, trails)
    reports = found.reports.values()
    return Origins(
        documents=len({t.article for t in reports}),
        outlets=len({resolve_outlet(t.publisher) or f"article/{t.article}" for t in reports}),
        origins=(len(counted), len(roots)),
        interests=(len({r.interest for r in counted}), len({r.interest for r in roots})),
        flags=tuple(flag for flag, _ in flags), roots=roots, trails=trails,
        flag_paths=tuple(path for _, path in flags),
    )  # fmt: skip


def bind_roots(roots: Iterable[Origin]) -> tuple[Origin, ...]:
    """Return the roots by key, each with the other root that it may depend on, if any.

    Roots that the texts fix best are taken first, so that a vague one hangs on a clear one.
    """
    counted: list[Origin] = []
    bound: list[Origin] = []
    for root in sorted(set(roots), key=_vagueness):
        maybe = next((c.key for c in counted if _may_depend(root, c)), "")
        if not maybe:
            counted.append(root)
        bound.append(replace(root, maybe=maybe))
    return tuple(sorted(bound, key=lambda r: r.key))


def _vagueness(root: Origin) -> tuple[int, int, str]:
    """A named speaker or agency, then an organ or state, an unnamed source, an outlet's voice."""
    if _is_vague_outlet(root):
        return 3, 0, root.key
    if not root.named:
        return (1 if root.entity else 2), 0, root.key
    return 0, len(root.sectors) or 99, root.key


def _may_depend(root: Origin, on: Origin) -> bool:
    if _is_vague_outlet(root):
        return True
    if not root.named:
        return not root.entity or root.entity == on.entity
    if not root.entity or root.entity != on.entity:
        return False
    return not root.sectors or not on.sectors or bool(set(root.sectors) & set(on.sectors))


def _is_vague_outlet(root: Origin) -> bool:
    """An outlet that may retell without saying so."""
    told_itself = root.key.startswith(("outlet/", "article/"))
    return told_itself and not is_gathering(root)


def _find_flags(
    found: TrailGraph, roots: Sequence[Origin], trails: Sequence[Trail]
) -> list[tuple[Flag, tuple[str, ...]]]:
    flags: list[tuple[Flag, tuple[str, ...]]] = []
    if found.circles:
        flags.append(("circular", min(found.circles)))
    if len(roots) == 1 and trails:
        flags.append(("single-source", max(trails, key=lambda t: (len(t.path), t.path)).path))
    parties = {
        party_interest(p) for t in found.reports.values() for p in (*t.actors, *t.recipients)
    }
    interests = {r.interest for r in roots}
    if len(interests) == 1 and interests <= parties:
        flags.append(("only-from-a-party", max(trails, key=lambda t: (len(t.path), t.path)).path))
    return flags
