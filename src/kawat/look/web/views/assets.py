"""The script that draws charts in the browser: made on this machine, fetched from nowhere."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from kawat.look.charts import chart_script
from kawat.look.web.desk import desk_of

router = APIRouter(include_in_schema=False)


@router.get("/static-charts/vega.js")
def vega(request: Request) -> Response:
    """Vega, Vega-Lite and vega-embed in one script."""
    script = chart_script(desk_of(request).settings.cache)
    headers = {"cache-control": "private, max-age=86400"}
    return Response(script, media_type="text/javascript", headers=headers)
