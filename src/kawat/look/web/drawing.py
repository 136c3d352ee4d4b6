"""Charts as answers."""

from starlette.requests import Request
from starlette.responses import Response

from kawat.look.charts import Chart, draw_png, draw_svg

THEMES = {"light", "dark"}


def chart_theme(request: Request) -> str:
    """The theme that a chart is asked for in."""
    theme = request.query_params.get("theme", "")
    return theme if theme in THEMES else "light"


def chart_response(chart: Chart, ending: str) -> Response:
    """Return a chart as `svg`, `png` or `json` (its Vega-Lite specification)."""
    if ending == "svg":
        # an image that somebody opens by itself must not run either
        policy = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'"}
        return Response(draw_svg(chart), media_type="image/svg+xml", headers=policy)
    if ending == "png":
        return Response(draw_png(chart), media_type="image/png")
    return Response(chart.to_json(indent=None), media_type="application/json")
