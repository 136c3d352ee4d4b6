"""`python -m benchmarks.screenshots`: make docs/screenshots/ from the example articles.

Needs Chromium (Debian: apt-get install chromium) and the extra `dev`.
"""

import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path

import httpx
import uvicorn
from playwright.sync_api import sync_playwright

from kawat.look.web import Settings, create_app
from kawat.run import add_paths, merge_store, open_store
from kawat.store import EventQuery, Store

ROOT = Path(__file__).parents[1]
OUT = ROOT / "docs" / "screenshots"
MOST_BYTES = 200_000
COUNTING = 5.0
"""Seconds in which the surges of the examples are counted."""
DESK, PHONE = (1120, 680), (390, 780)


def choose_shots(store: Store) -> list[tuple[str, str, tuple[int, int], str]]:
    """Return name, address, size and colour scheme of each picture."""
    events = store.events(EventQuery(actor="PRK", partner="RUS")).items
    row = max(events, key=lambda e: (e.reports, e.id))
    view = store.event(row.id)
    if view is None:
        raise SystemExit("the examples hold no event")
    told = max(view.reports, key=lambda r: len(r.report.attribution))
    article = f"/article/{told.article_id}?event={told.report.id}#t-{told.report.id}"
    return [
        ("today", "/", DESK, "light"),
        ("article", article, DESK, "light"),
        ("article-phone", article, PHONE, "dark"),
        ("event", f"/event/{row.id}", DESK, "light"),
        ("relation", "/relation/PRK/RUS", DESK, "light"),
        ("network-dark", "/network?since=2022&until=2025", DESK, "dark"),
        ("review", "/review", DESK, "light"),
    ]


def main() -> None:
    """Serve the examples on a free port and take the pictures."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        sys.exit("Chromium is not installed")
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "kawat.db") as store:
        add_paths(store, [str(ROOT / "examples")])
        merge_store(store)
        app = create_app(store, Settings(reviewer="Ani", cache=Path(folder)))
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        port = server.servers[0].sockets[0].getsockname()[1]
        httpx.get(f"http://127.0.0.1:{port}/")
        time.sleep(COUNTING)
        take_all(browser, f"http://127.0.0.1:{port}", choose_shots(store))
        server.should_exit = True
        thread.join()


def take_all(
    browser: str, address: str, shots: list[tuple[str, str, tuple[int, int], str]]
) -> None:
    """Take every picture; complain of one that is too large for the README."""
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        for name, path, (width, height), scheme in shots:
            page = opened.new_page(
                viewport={"width": width, "height": height}, locale="en-GB",
                color_scheme="dark" if scheme == "dark" else "light",
            )  # fmt: skip
            page.goto(address + path)
            page.wait_for_load_state("networkidle")
            target = OUT / f"{name}.png"
            page.screenshot(path=target)
            page.close()
            size = target.stat().st_size
            print(f"{target.relative_to(ROOT)} {size:,} bytes")
            if size > MOST_BYTES:
                sys.exit(f"{target} is too large")
        opened.close()


if __name__ == "__main__":
    main()
