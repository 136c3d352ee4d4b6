"""Where times are written: the rules run over the text, before any value is worked out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kawat.find.time_grammar import DIGIT, Grammar, Rule

_TOKEN = re.compile(r"\w+")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[\s(]*$")
_CLAUSE = re.compile(r"[,;:()\"“”.]")
_COUNTED = frozenset({"ago", "later", "shift"})
"""Values before which `setelah` and `usai` open a clause: they do not bend the time."""
_REACH = 60
"""Characters before an expression in which a word of the future counts."""


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression as written: the rule, its groups, and what stands around it."""

    start: int
    end: int
    rule: Rule
    groups: dict[str, str]
    relation: str
    future: bool


def scan_times(text: str, start: int, end: int, grammar: Grammar) -> Iterator[Found]:
    """Yield the time expressions of `text[start:end]` (a sentence) in order, none overlapping."""
    at, by_start = start, grammar.by_start
    for token in _TOKEN.finditer(text, start, end):
        if token.start() < at:
            continue
        word = token[0]
        rules = by_start.get(DIGIT if word[0].isdigit() else word.lower())
        if not rules:
            continue
        best: tuple[Rule, re.Match[str]] | None = None
        for rule in rules:
            match = rule.pattern.match(text, token.start(), end)
            if (
                match
                and (best is None or match.end() > best[1].end())
                and _fits(rule, match, (start, end), grammar)
            ):
                best = rule, match
        if best:
            at = best[1].end()
            if best[0].value != "skip":
                yield _describe(*best, start, grammar)


def _describe(rule: Rule, match: re.Match[str], start: int, grammar: Grammar) -> Found:
    text = match.string
    relation = _relation(text[max(start, match.start() - 40) : match.start()], grammar)
    if rule.value in _COUNTED and relation in {"after", "before"}:
        relation = ""
    return Found(
        start=match.start(),
        end=match.end(),
        rule=rule,
        groups={name: value for name, value in match.groupdict().items() if value},
        relation=relation,
        future=_is_future(text, start, match, grammar),
    )


def _fits(rule: Rule, match: re.Match[str], span: tuple[int, int], grammar: Grammar) -> bool:
    """Tell whether what stands around a match lets it be a time."""
    text, (start, end) = match.string, span
    before = text[max(start, match.start() - 40) : match.start()]
    if match[0][0].isdigit() and before and before[-1] in ".,/-":
        return False
    if rule.after is not None:
        word = _WORD_BEFORE.search(before)
        if not word or word[1].lower() not in rule.after:
            return False
    if rule.guard and (
        grammar.guard_before.search(before) or grammar.guard_after.match(text, match.end(), end)
    ):
        return False
    if rule.not_after:
        following = re.match(r"\s*(\w+)", text[match.end() : min(end, match.end() + 20)])
        if following and following[1].lower() in rule.not_after:
            return False
    if rule.near:
        sentence = text[start:end].lower()
        return any(word in sentence for word in rule.near)
    return True


def _relation(before: str, grammar: Grammar) -> str:
    """Return the relation of the preposition that the text before an expression ends in."""
    for word in reversed(re.findall(r"\w+|[^\w\s(]", before.lower())):
        if word in grammar.relations:
            return grammar.relations[word]
        if word not in grammar.between:
            return ""
    return ""


def _is_future(text: str, start: int, match: re.Match[str], grammar: Grammar) -> bool:
    """Tell whether the words around say that the time lies ahead.

    Before it, only the words of its own clause count, so that the day of a report, set off by
    a comma, is not drawn into what the report says will be.
    """
    words = _TOKEN.findall(match[0].lower())
    if words[-1] in grammar.past:
        return False
    if words[-1] in grammar.ahead or grammar.future_after.match(text, match.end()):
        return True
    clause = _CLAUSE.split(text[max(start, match.start() - _REACH) : match.start()])[-1].lower()
    ahead = [m.end() for m in grammar.future_before.finditer(clause)]
    return bool(ahead) and not any(w in grammar.past for w in _TOKEN.findall(clause[ahead[-1] :]))
