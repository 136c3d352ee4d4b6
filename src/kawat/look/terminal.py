"""Answers of a store in the terminal: events, one event, a relation, a source, alerts."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from kawat.look.alerts import Alert
from kawat.look.query import Relation, RelationMonth, Source
from kawat.look.write import printable
from kawat.merge import explain_origins
from kawat.store import EventRow, EventView, StoredReport

BAR = 24
"""Width of the longest bar of a chart."""


def _plain(text: str, style: str = "") -> Text:
    return Text(printable(text), style=style)


def _table(*names: str) -> Table:
    table = Table(show_edge=False, pad_edge=False, header_style="dim")
    for name in names:
        table.add_column(name, overflow="fold")
    return table


def show_events(rows: Sequence[EventRow], console: Console) -> None:
    """Print events as a table."""
    table = _table("day", "who", "whom", "type", "status", "origins", "words", "id")
    for row in rows:
        start, end = row.trigger
        cells = (
            row.when or f"({row.day})", ", ".join(row.actors), ", ".join(row.recipients),
            row.type + (f"-{row.mode}" if row.mode else ""), row.status, _origins(row),
            row.sentence[start:end], row.id,
        )  # fmt: skip
        table.add_row(*map(_plain, cells))
    console.print(table)


def _bounds(bounds: tuple[int, int] | None) -> str:
    if bounds is None:
        return "?"
    return str(bounds[0]) if bounds[0] == bounds[1] else f"{bounds[0]}-{bounds[1]}"


def _origins(row: EventRow) -> str:
    return f"{_bounds(row.origins)} of {row.documents}"


def show_event(view: EventView, console: Console, language: str = "en") -> None:
    """Print an event, how many stand behind it, and the ways of its reports as one tree."""
    event = view.event
    who = f"{', '.join(event.actors) or '?'} → {', '.join(event.recipients) or '—'}"
    console.print(_plain(f"{event.type}  {who}  {event.when or 'no date'}", "bold"))
    where = f", {event.place} ({event.country})" if event.place else ""
    console.print(_plain(f"{event.status}{where}, confidence {event.confidence:.2f}, {event.id}"))
    console.print(_plain(event.sentence, "italic"))
    if view.origins is not None:
        console.print(_plain(explain_origins(view.origins, language)))
    console.print(_tree(view.reports))
    for judgement in view.judgements:
        if judgement.by_person:
            line = f"{judgement.time[:10]} {judgement.author}: {judgement.verdict}"
            undone = " (undoes an earlier word)" if judgement.undoes else ""
            console.print(_plain(f"{line}{undone} {judgement.reason} [{judgement.id}]", "dim"))


def _tree(reports: Iterable[StoredReport]) -> Tree:
    """The ways from the origins to the articles; ways that begin alike share their beginning."""
    root = Tree("", hide_root=True)
    nodes: dict[tuple[str, ...], Tree] = {(): root}
    for report in sorted(reports, key=lambda r: (r.path, r.published or "", r.key)):
        path = report.path or (report.outlet.name if report.outlet else "?",)
        for end in range(1, len(path) + 1):
            if path[:end] not in nodes:
                nodes[path[:end]] = nodes[path[: end - 1]].add(_plain(path[end - 1], "bold"))
        review = f" [{report.review}]" if report.review else ""
        leaf = f"{report.published or 'no date'}  {report.title or report.article_id}{review}"
        nodes[path].add(_plain(f"{leaf}  {report.report.id}"))
    return root


def show_relation(relation: Relation, console: Console) -> None:
    """Print a relation as a chart of months: cooperation to the right, conflict to the left."""
    console.print(_plain(f"{relation.names[0]} – {relation.names[1]}", "bold"))
    if not relation.months:
        console.print("no events")
        return
    most = max(max(m.cooperation, m.conflict) for m in relation.months)
    table = Table(show_edge=False, pad_edge=False, header_style="dim", box=None)
    table.add_column("month")
    table.add_column("conflict", justify="right", width=BAR + 6)
    table.add_column("cooperation", width=BAR + 6)
    for name in (
        "intensity",
        f"{relation.a} → {relation.b}",
        f"{relation.b} → {relation.a}",
        "2+ origins",
    ):
        table.add_column(name, justify="right")
    for month in relation.months:
        table.add_row(*_month_cells(month, most))
    console.print(table)
    undated = sum(m.undated for m in relation.months)
    note = f"{relation.events} events; {undated} stand under their month of publication"
    console.print(_plain(note, "dim"))


def _month_cells(month: RelationMonth, most: int) -> tuple[Text, ...]:
    conflict = f"{month.conflict or ''} {_bar(month.conflict, most)}"
    cooperation = f"{_bar(month.cooperation, most)} {month.cooperation or ''}"
    intensity = "" if month.intensity is None else f"{month.intensity:+.1f}"
    return (
        Text(month.month), Text(conflict, style="red"), Text(cooperation, style="green"),
        Text(intensity), Text(str(month.forth)), Text(str(month.back)),
        Text(str(month.corroborated)),
    )  # fmt: skip


def _bar(count: int, most: int) -> str:
    return "█" * max(1, round(BAR * count / most)) if count else ""


def show_source(source: Source, console: Console) -> None:
    """Print what an origin started, and who carried it, with and without saying so."""
    console.print(_plain(f"{source.name}: {source.events} events go back to it", "bold"))
    for origin in source.origins:
        console.print(_plain(f"  {origin.name}  [{origin.key}]", "dim"))
    table = _table("outlet", "events", "reports", "with credit", "without", "first", "last")
    for carrier in source.carriers:
        name = carrier.outlet.name if carrier.outlet else "?"
        numbers = (
            carrier.events, carrier.reports, carrier.credited, carrier.reports - carrier.credited,
        )  # fmt: skip
        table.add_row(*map(_plain, (name, *map(str, numbers), carrier.first, carrier.last)))
    console.print(table)


def show_alerts(alerts: Sequence[Alert], console: Console) -> None:
    """Print alerts with the newest events behind them."""
    if not alerts:
        console.print("no alerts")
    for alert in alerts:
        what = "surge of" if alert.kind == "surge" else "change in"
        head = f"{alert.a} – {alert.b}: {what} {alert.side}, {alert.since} to {alert.until}"
        console.print(_plain(head, "bold"))
        every = "" if alert.kind == "surge" else " a week"
        line = f"  {alert.count:g}{every}, {alert.expected:g} expected, {alert.score:.1f} sd above"
        console.print(_plain(line))
        for event in alert.events[:5]:
            text = f"  {event.when or event.day} {event.type} {event.sentence[:100]} [{event.id}]"
            console.print(_plain(text, "dim"))
