"""Charts for notebooks and files (the extra `web`).

`relation_chart(store, "RUS", "PRK")` gives an Altair chart: a notebook shows it,
`draw_svg` and `draw_png` make files of it.
"""

from kawat.look.ask_pairs import find_network
from kawat.look.charts import (
    draw_png,
    draw_svg,
    network_chart,
    relation_chart,
    source_chart,
)

__all__ = [
    "draw_png",
    "draw_svg",
    "find_network",
    "network_chart",
    "relation_chart",
    "source_chart",
]
