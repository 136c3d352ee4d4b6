"""A store and a page over it, coded without a process of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from kawat.look.web import Settings, create_app
from kawat.model import Article
from kawat.run import code_one, open_store
from kawat.run.add import make_entry
from kawat.store import Entry, Store
from tests.store import world


class HereCoder:
    """Codes in the process of the test."""

    def code(self, article: Article) -> Entry:
        return make_entry(code_one(article))

    def close(self) -> None:
        pass


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A few hand-made articles: RUS and UKR, told by two outlets, one report a future one."""
    with open_store(tmp_path / "kawat.db") as opened:
        run = opened.start_run("add", "1", {})
        one = world.article("a1", url="https://contoh.id/1")
        two = world.article("a2", url="https://lain.id/2", publisher="Lain", title="Balasan")
        chain = (world.link("Putin"), world.link("REUTERS", "carrier"))
        three = world.article("a3", url="https://lain.id/3", publisher="Lain", title="Sepakat")
        opened.add(
            [
                world.entry(one),
                world.entry(two, world.report(two, "UKR", "ACCUSE", "RUS", chain=chain)),
                world.entry(three, world.report(three, "RUS PRK", "AGREE", "", when="2023-01")),
            ],
            run,
        )
        opened.add_failures(run, [("feed.xml", "<b>broken</b> XML")])
        opened.end_run(run, {"articles": 3})
        yield opened


@pytest.fixture
def app(store: Store, tmp_path: Path) -> FastAPI:
    settings = Settings(hosts=("testserver",), reviewer="Ani", cache=tmp_path / "cache")
    return create_app(store, settings, HereCoder())


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, headers={"accept-language": "en"}) as opened:
        yield opened


def form_token(client: TestClient, page: str = "/") -> str:
    """The token of the forms of a page."""
    text = client.get(page).text
    return str(text.split('name="form_token" value="', 1)[1].split('"', 1)[0])
