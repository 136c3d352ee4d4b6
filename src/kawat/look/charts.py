"""Charts: a relation over time, a source over time, a network. Altair, drawn without a browser."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Any, Literal

import altair as alt
import networkx as nx
import vl_convert

from kawat.lang.interface import Interface, load_interface
from kawat.look.ask_pairs import Network
from kawat.look.query import COOPERATION
from kawat.store import EventQuery, EventRow, Store

QUADS = (
    "VERBAL_COOPERATION", "MATERIAL_COOPERATION", "VERBAL_CONFLICT", "MATERIAL_CONFLICT",
)  # fmt: skip
COLOURS = {
    "light": ("#4f9db8", "#0b4a66", "#d98a5f", "#94201f"),
    "dark": ("#4f9db8", "#a5d4ee", "#c9713f", "#f39a94"),
}
"""Of the four quad classes, told apart by those who cannot tell red from green."""
INKS = {"light": ("#1c1b19", "#d8d3c7"), "dark": ("#e9e6df", "#3a3e44")}
MOST_CIRCLES = 1000
LONGEST_LABEL = 16
WIDTH = 860
"""Pixels."""
Chart = alt.VConcatChart | alt.Chart | alt.LayerChart
By = Literal["month", "day"]


def relation_chart(
    store: Store, a: str, b: str, *, since: str = "", until: str = "", by: By = "month",
    language: str = "en", theme: str = "light",
) -> alt.VConcatChart:  # fmt: skip
    """Return what passed between two parties over time (entity ids such as RUS).

    Above: events in each month or day, cooperation upwards and conflict downwards. Below: the
    newest 1,000 events one by one at their PLOVER intensity (-10..10), larger the more origins
    they have (lower bound). `language` is that of the labels, `theme` light or dark.
    """
    words = load_interface(language)
    query = EventQuery(actor=a, partner=b, since=since, until=until)
    rows = store.events(query, limit=MOST_CIRCLES).items
    counts = _by_day(rows) if by == "day" else _by_month(store, a, b, since, until)
    bars = _bars(counts, words, theme, by)
    circles = _circles(rows, words, theme)
    title = words.say("relation_title", a=words.name(a), b=words.name(b))
    chart = alt.vconcat(bars, circles, title=title).resolve_scale(color="shared")
    styled: alt.VConcatChart = _style(chart, theme)
    return styled


def _by_month(store: Store, a: str, b: str, since: str, until: str) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for row in store.months(a, b, since=since, until=until):
        counts[f"{row.month}-01", row.quad] += row.events
    return counts


def _by_day(rows: Iterable[EventRow]) -> Counter[tuple[str, str]]:
    return Counter((row.day, row.quad) for row in rows)


def _bars(counts: Mapping[tuple[str, str], int], words: Interface, theme: str, by: By) -> Any:
    values = [
        {
            "day": day, "quad": words.label("quad", quad), "events": n,
            "signed": n if quad in COOPERATION else -n,
        }
        for (day, quad), n in sorted(counts.items())
    ]  # fmt: skip
    unit: Any = "yearmonth" if by == "month" else "yearmonthdate"
    form = "%Y-%m" if by == "month" else "%Y-%m-%d"
    return (
        alt.Chart(_data(values), width=WIDTH, height=170)
        .mark_bar()
        .encode(
            x=alt.X("day:T", timeUnit=unit, title=None, axis=alt.Axis(format=form)),
            y=alt.Y("signed:Q", title=words.say("events"), axis=alt.Axis(tickMinStep=1)),
            color=_quad_colour(words, theme),
            tooltip=[
                alt.Tooltip("day:T", timeUnit=unit, title=words.say("when")),
                alt.Tooltip("quad:N", title=words.say("type")),
                alt.Tooltip("events:Q", title=words.say("events")),
            ],
        )
    )


def _quad_colour(words: Interface, theme: str) -> alt.Color:
    names = [words.label("quad", quad) for quad in QUADS]
    scale = alt.Scale(domain=names, range=list(COLOURS.get(theme, COLOURS["light"])))
    return alt.Color("quad:N", scale=scale, title=None, legend=alt.Legend(orient="bottom"))


def _circles(rows: Sequence[EventRow], words: Interface, theme: str) -> Any:
    values = [
        {
            "day": row.day, "intensity": row.intensity, "quad": words.label("quad", row.quad),
            "origins": row.origins[0] if row.origins else 1,
            "type": words.label("type", row.type),
            "who": " → ".join(
                filter(None, (_names(words, row.actors), _names(words, row.recipients)))
            ),
        }
        for row in rows
        if row.intensity is not None
    ]  # fmt: skip
    return (
        alt.Chart(_data(values), width=WIDTH, height=170)
        .mark_circle(opacity=0.65)
        .encode(
            x=alt.X("day:T", title=None, axis=alt.Axis(format="%Y-%m-%d", labelOverlap=True)),
            y=alt.Y(
                "intensity:Q", title=words.say("intensity"), scale=alt.Scale(domain=[-10, 10])
            ),
            size=alt.Size(
                "origins:Q", title=words.say("origins"),
                scale=alt.Scale(domain=[0, 5], range=[20, 420], clamp=True),
                legend=alt.Legend(orient="bottom", values=[1, 2, 5]),
            ),
            color=_quad_colour(words, theme),
            tooltip=[
                alt.Tooltip("day:T", title=words.say("when")),
                alt.Tooltip("who:N", title=words.say("who")),
                alt.Tooltip("type:N", title=words.say("type")),
                alt.Tooltip("origins:Q", title=words.say("origins")),
            ],
        )
    )  # fmt: skip


def _data(values: Sequence[Mapping[str, Any]]) -> Any:
    """Values that stand in the chart itself."""
    return {"values": list(values)}


def _names(words: Interface, entities: Iterable[str]) -> str:
    return ", ".join(words.name(e) for e in entities)


def source_chart(
    months: Iterable[tuple[str, int]], title: str, *, language: str = "en", theme: str = "light"
) -> alt.Chart:
    """Return events a month (`YYYY-MM`) as bars."""
    words = load_interface(language)
    values = [{"day": f"{month}-01", "events": n} for month, n in months]
    chart = (
        alt.Chart(_data(values), width=WIDTH, height=180, title=title)
        .mark_bar(color=COLOURS.get(theme, COLOURS["light"])[0])
        .encode(
            x=alt.X("day:T", timeUnit="yearmonth", title=None, axis=alt.Axis(format="%Y-%m")),
            y=alt.Y("events:Q", title=words.say("events"), axis=alt.Axis(tickMinStep=1)),
            tooltip=[
                alt.Tooltip("day:T", timeUnit="yearmonth", title=words.say("month")),
                alt.Tooltip("events:Q", title=words.say("events")),
            ],
        )
    )
    styled: alt.Chart = _style(chart, theme)
    return styled


def network_chart(
    network: Network, *, language: str = "en", theme: str = "light"
) -> alt.LayerChart:
    """Return the actors as circles and their ties as lines, coloured by what outweighs.

    The places are the same whenever the ties are (a spring layout with a fixed beginning).
    """
    words = load_interface(language)
    places = _lay_out(network)
    kinds = {1: words.say("friendly"), -1: words.say("hostile"), 0: "±"}
    lines = [
        {
            "x": places[t.a][0], "y": places[t.a][1], "x2": places[t.b][0], "y2": places[t.b][1],
            "sign": kinds[t.sign], "events": t.events,
            "pair": f"{words.name(t.a)} – {words.name(t.b)}",
        }
        for t in network.ties
    ]  # fmt: skip
    nodes = [
        {
            "x": places[actor][0],
            "y": places[actor][1],
            "name": words.name(actor),
            "short": _short(words, actor),
            "events": n,
        }
        for actor, n in network.actors
    ]
    shades = COLOURS.get(theme, COLOURS["light"])
    across = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-1.15, 1.15]))
    down = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-1.15, 1.15]))
    ties = (
        alt.Chart(_data(lines))
        .mark_rule(opacity=0.75)
        .encode(
            x=across, y=down, x2="x2:Q", y2="y2:Q",
            strokeWidth=alt.StrokeWidth(
                "events:Q", scale=alt.Scale(type="sqrt", range=[1, 7]), legend=None
            ),
            color=alt.Color(
                "sign:N", title=None, legend=alt.Legend(orient="bottom"),
                scale=alt.Scale(
                    domain=[kinds[1], kinds[-1], kinds[0]], range=[shades[0], shades[3], "#888888"]
                ),
            ),
            tooltip=["pair:N", alt.Tooltip("events:Q", title=words.say("events")), "sign:N"],
        )
    )  # fmt: skip
    ink = INKS.get(theme, INKS["light"])[0]
    dots = alt.Chart(_data(nodes)).encode(x=across, y=down, tooltip=["name:N", "events:Q"])
    sized = dots.mark_circle(color=ink, opacity=1).encode(
        size=alt.Size("events:Q", scale=alt.Scale(type="sqrt", range=[40, 420]), legend=None)
    )
    named = dots.mark_text(dy=-14, color=ink, fontSize=12).encode(text="short:N")
    chart = alt.layer(ties, sized, named).properties(width=WIDTH, height=520)
    styled: alt.LayerChart = _style(chart, theme)
    return styled


def _short(words: Interface, actor: str) -> str:
    """A label that fits beside others: the id of an actor with a long name."""
    name = words.name(actor)
    return name if len(name) <= LONGEST_LABEL else actor


def _lay_out(network: Network) -> dict[str, tuple[float, float]]:
    graph: nx.Graph[str] = nx.Graph()
    for tie in network.ties:
        graph.add_edge(tie.a, tie.b)
    if not graph:
        return {}
    places = nx.spring_layout(graph, seed=7, k=4 / sqrt(len(graph)), iterations=300, weight=None)
    return {
        actor: (
            _stretch(x, [p[0] for p in places.values()]),
            _stretch(y, [p[1] for p in places.values()]),
        )
        for actor, (x, y) in places.items()
    }


def _stretch(value: float, values: Sequence[float]) -> float:
    """Put a coordinate between -1 and 1, so that the places fill the chart."""
    low, high = min(values), max(values)
    return float(2 * (value - low) / (high - low) - 1) if high > low else 0.0


def _style(chart: Any, theme: str) -> Any:
    ink, rule = INKS.get(theme, INKS["light"])
    font = "DejaVu Sans, system-ui, sans-serif"
    return (
        chart.configure(background="transparent", font=font)
        .configure_axis(
            labelColor=ink, titleColor=ink, gridColor=rule, domainColor=rule, tickColor=rule
        )
        .configure_legend(labelColor=ink, titleColor=ink)
        .configure_title(color=ink, fontSize=15)
        .configure_view(stroke=None)
    )


def draw_svg(chart: Chart) -> str:
    """Return the chart as SVG."""
    svg: str = vl_convert.vegalite_to_svg(chart.to_dict())
    return svg


def draw_png(chart: Chart, scale: float = 2.0) -> bytes:
    """Return the chart as PNG, on white."""
    spec = chart.to_dict()
    if spec.get("config", {}).get("background") == "transparent":
        spec["config"]["background"] = "white"
    png: bytes = vl_convert.vegalite_to_png(spec, scale=scale)
    return png


@cache
def chart_script(cache_folder: Path) -> str:
    """Return the script that draws charts in a browser; it is made once, and kept in the folder."""
    version = f"{vl_convert.get_vega_version()}-{vl_convert.get_vega_embed_version()}"
    path = cache_folder / f"vega-{version}.js"
    if path.is_file():
        return path.read_text("utf-8")
    make: Any = vl_convert.javascript_bundle  # its stub asks for more than it does
    script: str = make()
    try:
        cache_folder.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_text(script, "utf-8")
        part.replace(path)
    except OSError:
        return script  # a folder that cannot be written costs a second at each start
    return script
