"""Show an article in the terminal with every event marked, and why each field is what it is."""

from rich.console import Console
from rich.text import Text

from kawat.look.write import describe_chain, printable
from kawat.model import Reason, Report
from kawat.run import Coded, replay

QUAD_STYLE = {
    "VERBAL_COOPERATION": "green", "MATERIAL_COOPERATION": "bold green",
    "VERBAL_CONFLICT": "red", "MATERIAL_CONFLICT": "bold red",
}  # fmt: skip


def explain(coded: Coded, console: Console) -> None:
    """Print the text of an article with its events marked, then each event with its reasons."""
    console.print(_marked_text(coded))
    published = coded.article.published
    console.print(
        Text(
            printable(
                f"\npublished {published.edtf or 'unknown'} ({published.how}) {published.reason}"
            )
        )
    )
    for number, report in enumerate(coded.reports, start=1):
        console.print(_event_text(number, report, coded))


def _marked_text(coded: Coded) -> Text:
    """The whole article; what is not body is dim, triggers carry the numbers of their events."""
    text = Text(printable(coded.article.text))
    for block in coded.article.blocks:
        if block.kind != "body":
            text.stylize("dim", block.start, block.end)
    marks: list[tuple[int, str, str]] = []
    for number, report in enumerate(coded.reports, start=1):
        start, end = report.event.trigger.span
        style = QUAD_STYLE[report.quad]
        text.stylize(f"{style} underline", start, end)
        marks.append((end, f"[{number}]", style))
    shown = Text()
    at = 0
    for end, label, style in sorted(marks):
        shown.append_text(text[at:end])
        shown.append(label, style=style)
        at = end
    shown.append_text(text[at:])
    return shown


def _event_text(number: int, report: Report, coded: Coded) -> Text:
    event = report.event
    text = Text(f"\n[{number}] ", style=QUAD_STYLE[report.quad])
    text.append(event.type + (f"-{event.mode}" if event.mode else ""), style="bold")
    text.append(f"  {', '.join(a.entity for a in event.actors) or '?'}")
    text.append(f" → {', '.join(r.entity for r in event.recipients) or '—'}")
    text.append(f"  {event.when.edtf if event.when else 'no date'}  {event.status}")
    text.append(f"{', historical' if event.historical else ''}  {event.confidence:.2f}\n")
    sources = describe_chain(report.attribution) or "the publisher itself"
    text.append(printable(f"    sources: {sources}\n"))
    for reason in event.reasons:
        text.append(printable(f"    {_reason_line(reason, coded)}\n"), style="dim")
    if event.when:
        text.append(f"    when: {event.when.reason}\n", style="dim")
    for link in report.attribution:
        text.append(f"    source: {link.role} {link.name!r}, cue {link.cue!r}\n", style="dim")
    return text


def _reason_line(reason: Reason, coded: Coded) -> str:
    words = ""
    if reason.span:
        words = f" “{coded.article.text[reason.span[0] : reason.span[1]]}”"
    held = "replayed" if replay(reason, coded) else "NOT replayed"
    return f"{reason.field}: {reason.value or '—'} by {reason.kind} {reason.ref}{words} ({held})"
