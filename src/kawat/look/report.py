"""A report on two parties: one HTML page with its charts in it, or a PDF of it."""

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from markupsafe import Markup

from kawat.errors import KawatError
from kawat.lang.interface import load_interface
from kawat.look import query as ask
from kawat.look.charts import draw_svg, relation_chart
from kawat.look.web.page import environment
from kawat.store import EventQuery, EventRow, Store, StoredReport

MOST_EVENTS = 200
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
PRINT_SECONDS = 120.0
STYLE = Path(__file__).parent / "web" / "static" / "report.css"


@dataclass(frozen=True, slots=True)
class ReportedEvent:
    """An event with the reports behind it."""

    row: EventRow
    reports: tuple[StoredReport, ...]


def write_report(
    store: Store, a: str, b: str, *, since: str = "", until: str = "", language: str = "en"
) -> str:
    """Return a report on two parties (entity ids) as one HTML page that needs no other file.

    Raises:
        KawatError: the two are one, or the store has no event of theirs.
    """
    relation = ask.relation(store, a, b, since=since, until=until, status="")
    if not relation.months:
        raise KawatError(f"{store.name}: no event of {a} and {b}")
    words = load_interface(language)
    query = EventQuery(actor=a, partner=b, since=since, until=until, order="oldest")
    events = [_behind(store, row) for row in store.events(query, limit=MOST_EVENTS).items]
    chart = relation_chart(store, a, b, since=since, until=until, language=language)
    return environment().get_template("report.html").render(
        words=words, t=words.say, label=words.label, name=words.name, day=words.day,
        num=words.number, a=a, b=b, relation=relation, events=events, sources=_sources(events),
        # both are made here, of nothing that an article can change but through text that is escaped
        chart=Markup(draw_svg(chart)), style=Markup(STYLE.read_text("utf-8")),  # noqa: S704
        version=version("kawat"), store=Path(store.name).name,
    )  # fmt: skip


def _behind(store: Store, row: EventRow) -> ReportedEvent:
    view = store.event(row.id)
    return ReportedEvent(row, view.reports if view else ())


def _sources(events: Sequence[ReportedEvent]) -> tuple[StoredReport, ...]:
    """The articles behind the events, each once, in order of publication."""
    by_article = {r.article_id: r for e in events for r in e.reports}
    return tuple(sorted(by_article.values(), key=lambda r: (r.published or "", r.article_id)))


def print_pdf(html: str) -> bytes:
    """Return a page as PDF, printed by a browser of this machine.

    Raises:
        KawatError: there is no browser, or it did not print.
    """
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise KawatError("a PDF needs Chromium, Chrome or Edge; write .html and print that")
    with TemporaryDirectory(prefix="kawat-") as folder:
        page, pdf = Path(folder) / "report.html", Path(folder) / "report.pdf"
        page.write_text(html, "utf-8")
        command = [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
            f"--user-data-dir={folder}/profile", f"--print-to-pdf={pdf}", page.as_uri(),
        ]  # fmt: skip
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=PRINT_SECONDS)  # noqa: S603
            return pdf.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise KawatError(f"{browser} did not print: {error}") from None
