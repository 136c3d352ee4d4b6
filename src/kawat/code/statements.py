"""Attributed statements: who said what, with which cue, in which medium, through whom.

Read over words, without trees: a cue (a row of reporting.csv) with its speaker beside it and its
content before or after it. docs/attribution.md tells every form with an example.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from kawat.code.speech_clause import report_limit, takes_clause
from kawat.code.speech_content import (
    after_verb,
    before_cue,
    tail_start,
    to_limit,
    trim,
    with_resumed,
)
from kawat.code.speech_credit import read_credits
from kawat.code.speech_draft import Draft, make_draft, resolve_pronoun, to_statement
from kawat.code.speech_medium import find_medium, read_medium_head
from kawat.code.speech_noun import (
    best_mention,
    is_outlet,
    is_speaker,
    make_link,
    plain_before,
    read_left,
    read_right,
)
from kawat.code.speech_posed import read_postposed, read_quoted_as, told_outlet
from kawat.code.speech_scan import Cue, Scene, match_phrases, set_scene
from kawat.code.speech_scope import link_key, read_scope, read_voice, touching_sentences
from kawat.lang import Pack
from kawat.model import Article, Link, Mention, Parse, Sentence, Statement

Span = tuple[int, int]


Rule = Callable[[Scene, Sentence, Cue, list[Draft]], Draft | None]


def find_statements(
    article: Article, parse: Parse, mentions: tuple[Mention, ...], pack: Pack
) -> tuple[Statement, ...]:
    """Return every attributed statement of the article, in the order of their cues."""
    scene = set_scene(article, parse, mentions, pack)
    drafts: list[Draft] = []
    for sentence in parse.sentences:
        _read_sentence(scene, sentence, drafts)
    drafts = _continue_quotations(scene, drafts)
    statements = tuple(to_statement(scene, draft) for draft in drafts)
    return _under_scope(scene, statements, read_credits(article, pack))


def _under_scope(
    scene: Scene, statements: tuple[Statement, ...], credited: tuple[Link, ...]
) -> tuple[Statement, ...]:
    """Add the carriers of earlier sentences that still reach a statement, and of the piece."""
    touching = touching_sentences(statements)
    mentions = tuple(m for found in scene.mentions.values() for m in found)
    voice = read_voice(scene.parse, touching, mentions, scene.speech)
    scope = read_scope(scene.parse, touching, voice, scene.speech)
    found = []
    for statement in statements:
        speaker = statement.speaker
        if speaker is None or speaker.role == "carrier":
            found.append(statement)
            continue
        reaching = (*statement.carriers, *scope[statement.sentences[1]], *credited)
        links = {link_key(c): c for c in reaching}
        found.append(replace(statement, carriers=tuple(links.values())))
    return tuple(found)


def _read_sentence(scene: Scene, sentence: Sentence, drafts: list[Draft]) -> None:
    named = scene.mentions.get(sentence.index, ())
    cues = [
        cue
        for cue in match_phrases(sentence, scene.speech.cues)
        if not any(m.first < cue.first <= m.last for m in named)  # `the United States`
    ]
    known = len(drafts)
    carriers: list[tuple[Cue, Link]] = []
    for cue in cues:
        if cue.row.kind == "told":
            carriers += [(cue, link) for link in _told_to(scene, sentence, cue)]
            continue
        rule = RULES.get(cue.row.kind)
        if link := told_outlet(scene, sentence, cue):
            carriers.append((cue, link))
        draft = rule(scene, sentence, cue, drafts) if rule else None
        if draft is None:
            continue
        resolve_pronoun(scene, draft, drafts)
        said = [d for d in drafts[known:] if not d.relayed] + _reaching(drafts[:known], sentence)
        if draft.relayed and draft.speaker is not None and said:
            carriers.append((cue, draft.speaker))
        else:
            drafts.append(draft)
    carriers += _drop_relays(drafts, known)
    new = [d for d in drafts[known:] if not d.relayed]
    for cue, link in carriers:
        _hand_on(link, new or _reaching(drafts[:known], sentence), cue)
    for draft in drafts[known:]:
        draft.medium = draft.medium or find_medium(scene, sentence, draft.content)
        if not draft.medium:
            draft.medium = _medium_before(scene, draft, drafts)
    if len(drafts) == known:
        _read_fragment(scene, sentence, drafts)


def _medium_before(scene: Scene, draft: Draft, drafts: list[Draft]) -> str:
    """Return the medium in which the same speaker wrote before ("..., tulis Xi")."""
    word = scene.parse.sentences[draft.cue.sentence].words[draft.cue.first].lower
    earlier = drafts[: drafts.index(draft)]
    if word not in scene.speech.sets["verbs.written"] or not earlier or draft.speaker is None:
        return ""
    last = earlier[-1]
    same = last.speaker is not None and last.speaker.entity == draft.speaker.entity
    return last.medium if same else ""


def _drop_relays(drafts: list[Draft], known: int) -> list[tuple[Cue, Link]]:
    """Take out the drafts of carriers that only relay a speaker's; return them as carriers."""
    said = [d for d in drafts[known:] if not d.relayed]
    relays = [d for d in drafts[known:] if d.relayed and _fills(d, said)]
    for relay in relays:
        drafts.remove(relay)
    return [(d.cue, d.speaker) for d in relays if d.speaker is not None]


def _fills(relayed: Draft, said: list[Draft]) -> bool:
    """Tell whether what a carrier relays is mostly the content of a speaker's statement."""
    start, end = relayed.content
    covered = []
    for draft in said:
        named = draft.speaker.span if draft.speaker is not None else None
        first = min(draft.content[0], named[0]) if named else draft.content[0]
        covered.append(min(draft.content[1], end) - max(first, start))
    return bool(covered) and max(covered) * 2 > end - start


def _reaching(drafts: list[Draft], sentence: Sentence) -> list[Draft]:
    """Return the earlier drafts whose content reaches into this sentence."""
    return [
        d for d in drafts[-2:] if d.content[1] > sentence.start and d.cue.sentence < sentence.index
    ]


def _hand_on(link: Link, drafts: list[Draft], cue: Cue) -> None:
    for draft in drafts:
        same = any(c.text == link.text and c.entity == link.entity for c in draft.carriers)
        if not same and (draft.speaker is None or draft.speaker.text != link.text):
            draft.carriers.append(link)
            if not draft.medium and cue.row.medium:
                draft.medium = cue.row.medium


def _read_quote(scene: Scene, sentence: Sentence, cue: Cue, _: list[Draft]) -> Draft | None:
    """`"...", kata X` and `..., kata X`; also `Kata X, "..."` at the head of a sentence."""
    words = sentence.words
    after = cue.last + 1
    if after >= len(words) or words[after].lower in scene.speech.sets["speaker.joiners"]:
        return None
    if _is_quoted(scene, sentence, cue):
        return None
    speaker = read_right(scene, sentence, after)
    if speaker is None:
        return None
    if cue.first == 0 or words[cue.first - 1].text not in (",", *scene.speech.marks, "-", "–", "."):
        return _read_initial(scene, sentence, cue, speaker)
    content = before_cue(scene, sentence, cue)
    if content is None:
        return None
    content = with_resumed(scene, content, sentence, words[speaker[1]].end)
    return make_draft(scene, sentence, cue, speaker, content)


def _read_initial(scene: Scene, sentence: Sentence, cue: Cue, speaker: Span) -> Draft | None:
    words, initial = sentence.words, scene.speech.sets["verbs.initial"]
    if cue.first > 0 or words[0].lower not in initial:
        return None
    previous = _previous(scene, sentence)
    follows = _after_comma(scene, sentence, speaker[1])
    if follows is None:
        if previous is None:
            return None
        quotation = scene.quotation_at(previous.end - 1)
        content = trim(scene.article.text, quotation.start, quotation.end) if quotation else None
    else:
        limit = tail_start(scene, sentence, follows)
        content = to_limit(scene, sentence, words[follows].start, limit)
    return make_draft(scene, sentence, cue, speaker, content) if content else None


def _read_report(scene: Scene, sentence: Sentence, cue: Cue, drafts: list[Draft]) -> Draft | None:
    """`X mengatakan bahwa ...`, `X mengatakan kepada Y: "..."`, `X menyebut A sebagai B`."""
    words = sentence.words
    before = words[cue.first - 1].lower if cue.first else ""
    hidden = _is_quoted(scene, sentence, cue) and not _has_bahwa(scene, sentence, cue)
    negated = plain_before(scene, words, cue.first) in scene.speech.sets["verbs.negators"]
    if not negated and (posed := read_postposed(scene, sentence, cue)):
        return posed
    if hidden or negated or not takes_clause(scene, sentence, cue):
        return None
    content = after_verb(scene, sentence, cue, report_limit(scene, sentence, cue))
    if content is None or content[0] < words[cue.last].end:
        return None
    if before in scene.speech.sets["verbs.relative"]:
        return _read_relative(scene, sentence, cue, content)
    if words[cue.first].lower in scene.speech.sets["verbs.participles"]:
        return _read_elided(scene, sentence, cue, content, drafts)
    speaker = read_left(scene, sentence, cue.first)
    if speaker is None:
        return _read_elided(scene, sentence, cue, content, drafts)
    if not _may_report(scene, sentence, cue, speaker):
        return None
    return make_draft(scene, sentence, cue, speaker, content)


def _may_report(scene: Scene, sentence: Sentence, cue: Cue, speaker: Span) -> bool:
    words, sets = sentence.words, scene.speech.sets
    first = words[speaker[0]].lower
    if first in sets["verbs.self"] or first in sets["verbs.relative"]:
        return False
    if _is_quoted(scene, sentence, cue):
        sure = words[cue.first].lower in sets["verbs.sure"]
        if not sure or first in sets["speaker.pronouns"]:
            return False
    documentary = words[cue.first].lower in sets["verbs.documentary"]
    return not documentary or bool(read_medium_head(scene, sentence, speaker)[1])


def _has_bahwa(scene: Scene, sentence: Sentence, cue: Cue) -> bool:
    near = sentence.words[cue.last + 1 : cue.last + 6]
    return any(w.lower == scene.speech.bahwa for w in near)


def _read_relative(scene: Scene, sentence: Sentence, cue: Cue, content: Span) -> Draft | None:
    """`Kim mengirim surat kepada Putin yang mengatakan ...`: the letter speaks for its author."""
    head = read_left(scene, sentence, cue.first - 1)
    if head is None:
        return None
    medium = find_medium(scene, sentence, content, loose=True)
    subject = _first_subject(scene, sentence, cue.first) if medium else None
    draft = make_draft(scene, sentence, cue, subject or head, content)
    draft.medium = draft.medium or medium
    return draft


def _read_elided(
    scene: Scene, sentence: Sentence, cue: Cue, content: Span, drafts: list[Draft]
) -> Draft | None:
    """`... dan menambahkan bahwa ...`: the subject stands before an earlier verb."""
    for draft in reversed(drafts):
        if draft.cue.sentence != sentence.index:
            break
        if not draft.relayed and draft.speaker is not None and draft.cue.first < cue.first:
            return Draft(cue, content, draft.speaker)
    subject = _first_subject(scene, sentence, cue.first)
    return make_draft(scene, sentence, cue, subject, content) if subject else None


def _first_subject(scene: Scene, sentence: Sentence, before: int) -> Span | None:
    sets = scene.speech.sets
    for mention in scene.mentions.get(sentence.index, ()):
        if mention.last >= before:
            break
        previous = sentence.words[mention.first - 1].lower if mention.first else ""
        if previous not in sets["speaker.left_stops"] and previous not in sets["speaker.between"]:
            return mention.first, mention.last
    return None


def _read_according(scene: Scene, sentence: Sentence, cue: Cue, _: list[Draft]) -> Draft | None:
    """`Menurut X, ...` and `..., menurut X`."""
    words = sentence.words
    if _is_quoted(scene, sentence, cue):
        return None
    anywhere = words[cue.first].lower in scene.speech.sets["according.anywhere"]
    before = words[cue.first - 1].text.lower() if cue.first else ","
    if not anywhere and before != ",":
        return None
    speaker = read_right(scene, sentence, cue.last + 1)
    if speaker is None:
        return None
    content: Span | None = None
    if before in scene.speech.sets["verbs.relative"]:
        # `..., yang menurutnya "..."`: only a quotation right behind is told by the speaker.
        after = speaker[1] + 1
        quoted = after < len(words) and scene.quotation_at(words[after].start)
        content = trim(scene.article.text, quoted.start, quoted.end) if quoted else None
        return make_draft(scene, sentence, cue, speaker, content) if content else None
    lead = sum(w.text[:1].isalnum() for w in words[: cue.first])
    follows = _after_comma(scene, sentence, speaker[1])
    opener = words[cue.first - 2].lower if cue.first > 1 and before == "," else ""
    if follows is not None and opener in scene.speech.sets["speaker.left_stops"]:
        lead = 0
    if lead >= 4 or (lead and follows is None):
        content = before_cue(scene, sentence, cue)
    else:
        if follows is None and words[speaker[1]].lower in scene.speech.sets["speaker.pronouns"]:
            follows = speaker[1] + 1
        if follows is not None and follows < len(words):
            limit = tail_start(scene, sentence, follows)
            content = to_limit(scene, sentence, words[follows].start, limit)
    return make_draft(scene, sentence, cue, speaker, content) if content else None


def _after_comma(scene: Scene, sentence: Sentence, last: int) -> int | None:
    """Return the word after the comma that closes an introduction, past asides and dates."""
    words, sets = sentence.words, scene.speech.sets
    at = next((i for i in range(last + 1, len(words)) if words[i].text in (",", ":")), None)
    while at is not None and at + 1 < len(words):
        follows = words[at + 1]
        later = next((i for i in range(at + 1, len(words)) if words[i].text == ","), None)
        inside = words[at + 1 : later] if later is not None else ()
        aside = follows.lower in sets["speaker.times"] or follows.lower in sets["according.asides"]
        titled = 0 < len(inside) <= 4 and all(w.text[:1].isupper() for w in inside)
        if later is None or not (aside or titled):
            return at + 1
        at = later
    return None


def _read_via(scene: Scene, sentence: Sentence, cue: Cue, drafts: list[Draft]) -> Draft | None:
    """`Dilansir dari X, ...`, `..., lapor X`, `X melaporkan ...`: an outlet that carries."""
    words = sentence.words
    if _is_quoted(scene, sentence, cue):
        return None
    size = cue.last - cue.first
    if size == 0 and words[cue.first].lower in scene.speech.sets["carrier.reporting"]:
        subject = read_left(scene, sentence, cue.first)
        active = words[cue.first].lower in scene.speech.sets["carrier.active"]
        if subject is not None and active:
            return _read_report(scene, sentence, cue, drafts)
    citing = _read_citing(scene, sentence, cue, drafts)
    if citing is not None:
        return citing
    source = read_right(scene, sentence, cue.last + 1)
    relative = cue.first > 0 and words[cue.first - 1].lower in scene.speech.sets["verbs.relative"]
    if source is None or relative or not is_speaker(scene, sentence, source):
        return None
    lead = sum(w.text[:1].isalnum() for w in words[: cue.first])
    follows = _after_comma(scene, sentence, source[1])
    content = None
    if lead >= 3 or follows is None:
        content = before_cue(scene, sentence, cue)
    elif follows is not None:
        content = to_limit(
            scene, sentence, words[follows].start, tail_start(scene, sentence, follows)
        )
    if content is None:
        return None
    draft = make_draft(scene, sentence, cue, source, content)
    mention = best_mention(scene, sentence.index, source)
    known = mention is not None and mention.kind not in ("outlet", "coreference")
    draft.relayed = draft.relayed or not (known or draft.medium)
    if draft.relayed and draft.speaker is not None:
        draft.speaker = replace(draft.speaker, role="carrier")
    return draft


def _read_citing(scene: Scene, sentence: Sentence, cue: Cue, drafts: list[Draft]) -> Draft | None:
    """`TASS mengutip Lavrov yang mengatakan ...`: an outlet names its own source."""
    citing = scene.speech.sets["carrier.citing"]
    if not cue.first or sentence.words[cue.first].lower not in citing:
        return None
    outlet = read_left(scene, sentence, cue.first)
    last = drafts[-1] if drafts and drafts[-1].cue.sentence == sentence.index else None
    source = read_right(scene, sentence, cue.last + 1)
    participle = sentence.words[cue.first].lower in scene.speech.sets["carrier.participles"]
    if not participle and (outlet is None or not is_outlet(scene, sentence, outlet)):
        return None
    if last is not None and last.relayed and source is not None:
        # "..., demikian dilaporkan AFP mengutip militer Israel": the army said it.
        return make_draft(scene, sentence, cue, source, last.content)
    if participle or outlet is None:
        return None
    content = trim(scene.article.text, sentence.words[cue.last].end, sentence.end)
    return make_draft(scene, sentence, cue, outlet, content) if content else None


def _read_back(scene: Scene, sentence: Sentence, cue: Cue, drafts: list[Draft]) -> Draft | None:
    """`Demikian disampaikan X ...`: what was said stands in the sentences before."""
    words = sentence.words
    speaker = read_right(scene, sentence, cue.last + 1)
    if speaker is None:
        return None
    if cue.first > 0 and words[cue.first - 1].text in (",", *scene.speech.marks):
        content = before_cue(scene, sentence, cue)
        return make_draft(scene, sentence, cue, speaker, content) if content else None
    previous = _previous(scene, sentence)
    if cue.first > 0 or previous is None:
        return None
    start = previous
    while (earlier := _previous(scene, start)) and earlier.paragraph == sentence.paragraph:
        start = earlier
    content = trim(scene.article.text, start.start, previous.end)
    if content is None:
        return None
    draft = make_draft(scene, sentence, cue, speaker, content)
    if drafts and drafts[-1].content[1] >= content[0] and not drafts[-1].relayed:
        # The words have their speaker: this sentence only adds where they were said.
        drafts[-1].medium = drafts[-1].medium or find_medium(scene, sentence, (0, 0))
        return None
    return draft


RULES: dict[str, Rule] = {
    "quote": _read_quote,
    "report": _read_report,
    "according": _read_according,
    "via": _read_via,
    "demikian": _read_back,
    "quoting": read_quoted_as,
}


def _told_to(scene: Scene, sentence: Sentence, cue: Cue) -> Iterator[Link]:
    if _is_quoted(scene, sentence, cue):
        return
    named = read_right(scene, sentence, cue.last + 1)
    if named is None or not is_outlet(scene, sentence, named):
        return
    span = (cue.first, cue.last)
    yield make_link(scene, sentence, named, span, medium="", role="carrier")


def _read_fragment(scene: Scene, sentence: Sentence, drafts: list[Draft]) -> None:
    """`Dalam sebuah surat kepada Kim.`: a fragment that names the medium of what went before."""
    if not drafts or not sentence.words or len(sentence.words) > 16:
        return
    last = drafts[-1]
    if last.medium or last.cue.sentence < sentence.index - 2:
        return
    if sentence.words[0].lower in scene.speech.sets["medium.prepositions"]:
        last.medium = find_medium(scene, sentence, (0, 0))


def _continue_quotations(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Give a quotation without a cue to the speaker of the statement right before it."""
    if not drafts:
        return drafts
    openings = {s.start: s for s in scene.parse.sentences}
    added: list[Draft] = []
    for quotation in scene.quotations:
        sentence = openings.get(quotation.outer[0])
        if sentence is None or not sentence.index:
            continue
        if any(d.content[0] < quotation.end and d.content[1] > quotation.start for d in drafts):
            continue
        last = _statement_before(scene, sentence, drafts + added)
        content = trim(scene.article.text, quotation.start, quotation.end)
        if last is None or content is None:
            continue
        previous = scene.parse.sentences[sentence.index - 1]
        quoted = scene.quotation_at(last.content[0]) is not None
        if quoted and previous.paragraph == sentence.paragraph:
            last.content = last.content[0], content[1]
        else:
            added.append(replace(last, content=content, carriers=list(last.carriers)))
    return sorted(drafts + added, key=lambda d: (max(d.cue.sentence, 0), d.content[0]))


def _statement_before(scene: Scene, sentence: Sentence, drafts: list[Draft]) -> Draft | None:
    sentences = scene.parse.sentences
    previous = sentences[sentence.index - 1]
    for draft in reversed(drafts):
        reaches = max(draft.content[1] + 3, sentences[draft.cue.sentence].end)
        if draft.content[0] < sentence.start and reaches >= previous.end:
            return None if draft.relayed else draft
    return None


def _is_quoted(scene: Scene, sentence: Sentence, cue: Cue) -> bool:
    quotation = scene.quotation_at(sentence.words[cue.first].start)
    return quotation is not None and quotation.closed


def _previous(scene: Scene, sentence: Sentence) -> Sentence | None:
    return scene.parse.sentences[sentence.index - 1] if sentence.index else None
