"""Every page in Chromium: two widths, dark, keyboard only, without JavaScript, and axe-core."""

import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn

from kawat.look.web import Settings, create_app
from kawat.run import add_paths, merge_store, open_store
from kawat.store import EventQuery, Store
from tests.look.web.conftest import HereCoder
from tests.look.web.test_articles import HOSTILE
from tests.store import world

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Response

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed (apt-get install chromium)"),
]
EXAMPLES = Path(__file__).parents[3] / "examples"
AXE_CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kawat-tests"
WIDE, NARROW = (1280, 900), (390, 844)
MOST_BYTES = 150_000


@dataclass(frozen=True)
class Site:
    """The page over the examples, served on a free port."""

    address: str
    store: Store
    pages: dict[str, str]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    with open_store(folder / "kawat.db") as store:
        add_paths(store, [str(EXAMPLES)])
        hostile = world.article("hostile", f"{HOSTILE}\n{world.SENTENCE}", title=HOSTILE)
        at = (len(HOSTILE) + 7, len(HOSTILE) + 16)
        run = store.start_run("add", "1", {})
        store.add([world.entry(hostile, world.report(hostile, at=at))], run)
        store.add_failures(run, [("feed.xml", "broken XML")])
        merge_store(store)
        settings = Settings(
            reviewer="Ani", cache=folder, requests_a_minute=100_000, pastes_a_minute=1000
        )
        app = create_app(store, settings, HereCoder())
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield Site(f"http://127.0.0.1:{port}", store, find_pages(store))
        server.should_exit = True
        thread.join()


def find_pages(store: Store) -> dict[str, str]:
    row = max(store.events(EventQuery(actor="PRK", partner="RUS")).items, key=lambda e: e.reports)
    view = store.event(row.id)
    assert view is not None
    article, report = view.reports[0].article_id, view.reports[0].report.id
    return {
        "today": "/", "article": f"/article/{article}", "hostile": "/article/hostile",
        "chosen": f"/article/{article}?event={report}#t-{report}", "event": f"/event/{row.id}",
        "relation": "/relation/PRK/RUS", "relations": "/relation", "sources": "/source",
        "network": "/network?since=2022&until=2025", "source": "/source/KCNA",
        "search": "/search?search=Korea", "review": "/review", "history": "/review/history",
        "api": "/api/", "missing": "/event/none", "sign-in": "/sign-in",
    }  # fmt: skip


NAMES = (
    "today", "article", "hostile", "chosen", "event", "relation", "relations", "sources", "network",
    "source", "search", "review", "history", "api", "missing", "sign-in",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with sync_api.sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core, from npm, kept between runs."""
    script = AXE_CACHE / "node_modules/axe-core/axe.min.js"
    if not script.is_file():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("npm is not installed, and gives axe-core")
        AXE_CACHE.mkdir(parents=True, exist_ok=True)
        command = [
            npm,
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--prefix",
            str(AXE_CACHE),
        ]
        try:
            subprocess.run([*command, "axe-core@4"], check=True, timeout=120, capture_output=True)
        except (OSError, subprocess.SubprocessError):
            pytest.skip("axe-core could not be installed from npm")
    return script.read_text("utf-8")


class Opened:
    """A page with what it complained of and how much it fetched."""

    def __init__(self, browser: "Browser", size: tuple[int, int], **options: Any) -> None:
        width, height = size
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, locale="en-GB", bypass_csp=False,
            **options,
        )  # fmt: skip
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.charts = self.bytes = 0
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))
        self.page.on("dialog", lambda d: self.complaints.append(f"dialog: {d.message}"))
        self.page.on("console", self._hear)
        self.page.on("response", self._weigh)

    def _hear(self, message: "ConsoleMessage") -> None:
        if message.type == "error" and "status of 404" not in message.text:
            self.complaints.append(message.text)

    def _weigh(self, response: "Response") -> None:
        if "/chart." in response.url:
            self.charts += 1
        elif response.status == 200:
            self.bytes += len(response.body())

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_every_page(
    site: Site, browser: "Browser", axe: str, name: str, size: tuple[int, int]
) -> None:
    """Wide in light, narrow in dark: nothing complains, overflows, weighs much or shuts out."""
    scheme = "light" if size == WIDE else "dark"
    opened = Opened(browser, size, color_scheme=scheme)
    opened.open(site.address + site.pages[name])
    assert opened.complaints == []
    assert opened.bytes < MOST_BYTES
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert opened.page.evaluate("document.querySelectorAll('h1').length") == 1
    dark = opened.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (dark == "rgb(21, 23, 26)") == (scheme == "dark")
    opened.page.evaluate(axe)
    found = opened.page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice']})"
    )
    serious = [
        (v["id"], [n["html"][:200] for n in v["nodes"][:3]])
        for v in found["violations"]
        if v["impact"] in {"serious", "critical"}
    ]
    assert serious == [], json.dumps(serious, indent=1)
    opened.context.close()


@pytest.mark.parametrize("name", NAMES)
def test_reads_without_javascript(site: Site, browser: "Browser", name: str) -> None:
    opened = Opened(browser, WIDE, java_script_enabled=False)
    opened.open(site.address + site.pages[name])
    assert opened.page.locator("main").inner_text().strip()
    assert opened.page.locator("[data-explore]:visible").count() == 0
    assert opened.complaints == []
    opened.context.close()


def test_hostile_text_never_runs(site: Site, browser: "Browser") -> None:
    opened = Opened(browser, WIDE)
    for address in (site.pages["hostile"], "/search?search=kilab", "/"):
        opened.open(site.address + address)
        assert opened.complaints == []
        assert opened.page.locator("main img[src=x]").count() == 0
    shown = opened.page.request.get(site.address + site.pages["hostile"]).text()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    opened.context.close()


def test_keyboard_only(site: Site, browser: "Browser") -> None:
    opened = Opened(browser, WIDE)
    page = opened.page
    opened.open(site.address + site.pages["article"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    with page.expect_navigation():
        page.keyboard.press("j")
    first = page.url
    assert "event=" in first
    assert page.locator("section.chosen .chain li.page").count() == 1
    with page.expect_navigation():
        page.keyboard.press("j")
    assert page.url != first
    with page.expect_navigation():
        page.keyboard.press("k")
    assert page.url == first
    with page.expect_navigation():
        page.keyboard.press("Escape")
    assert "event=" not in page.url
    page.keyboard.press("/")
    page.keyboard.type("Kursk")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "search=Kursk" in page.url
    assert opened.complaints == []
    opened.context.close()


def test_review_by_keyboard(site: Site, browser: "Browser") -> None:
    opened = Opened(browser, WIDE)
    page = opened.page
    opened.open(f"{site.address}/review")
    waiting = site.store.count(EventQuery(review="unreviewed")).value
    with page.expect_navigation():
        page.keyboard.press("r")
    assert site.store.count(EventQuery(review="rejected")).value == 1
    with page.expect_navigation():
        page.keyboard.press("u")
    assert site.store.count(EventQuery(review="unreviewed")).value == waiting
    with page.expect_navigation():
        page.keyboard.press("j")
    assert "cursor=" in page.url
    page.keyboard.press("c")
    page.locator("details[open] select[name=type]").select_option("THREATEN")
    with page.expect_navigation():
        page.locator("details[open] button").press("Enter")
    ((said, *_), _) = site.store.history()
    assert json.loads(said.correction)["type"] == "THREATEN"
    assert opened.complaints == []
    opened.context.close()


def test_a_chart_is_drawn_by_script(site: Site, browser: "Browser") -> None:
    opened = Opened(browser, WIDE)
    opened.open(site.address + site.pages["relation"])
    opened.page.locator("[data-explore]").click()
    opened.page.locator(".chart .canvas svg").wait_for(timeout=20_000)
    assert opened.page.locator(".chart .canvas svg path").count() > 10
    assert opened.complaints == []
    opened.context.close()


def test_a_theme_is_kept_without_script(site: Site, browser: "Browser") -> None:
    opened = Opened(browser, WIDE, java_script_enabled=False)
    opened.open(site.address)
    opened.page.get_by_role("link", name="Dark").click()
    assert opened.page.locator("html").get_attribute("data-theme") == "dark"
    opened.page.get_by_role("link", name="Indonesian").click()
    assert opened.page.locator("html").get_attribute("lang") == "id"
    opened.context.close()
