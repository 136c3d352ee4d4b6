"""Take one recorded reason and do its step again."""

from collections import Counter

from kawat import code
from kawat.lang import Pack, load
from kawat.model import Reason
from kawat.run.steps import Coded


def replay(reason: Reason, coded: Coded) -> bool:
    """Return whether the step that `reason` records gives its value again.

    A lexicon row must still be in its table, give the value and match the words; a rule or score
    must come out of the sentence again when it is coded anew.
    """
    pack = load(coded.article.language)
    if reason.kind == "lexicon":
        return _replay_lexicon(reason, coded, pack)
    events = code.code_events(
        coded.article, coded.parse, coded.found, coded.candidates, pack, Counter()
    )
    return any(reason in event.reasons for event in events)


def _replay_lexicon(reason: Reason, coded: Coded, pack: Pack) -> bool:
    if reason.span is None:
        return False
    words = coded.article.text[reason.span[0] : reason.span[1]].lower()
    table, _, key = reason.ref.partition(":")
    if table == "events":
        row = next((r for r in pack.events if r.id == key), None)
        if row is None or row.type != reason.value:
            return False
        prefix = pack.grammar["affixes"]["passive"]
        passive = tuple(prefix + base for base in row.base)
        return any(form in words for form in (*row.form, *passive))
    if table == "contexts":
        context = next((r for r in pack.contexts if r.id == key), None)
        return context is not None and context.context == reason.value and words in context.phrase
    return False
