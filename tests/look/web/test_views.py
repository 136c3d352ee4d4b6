"""Events, relations, networks, sources, search and the feed."""

import html
import json
from pathlib import Path

import feedparser
import pytest
from fastapi.testclient import TestClient

import kawat
from kawat.look.ask_pairs import Tie, find_network, triads
from kawat.look.charts import chart_script, draw_png, draw_svg, network_chart, relation_chart
from kawat.merge import explain_origins
from kawat.run import merge_store
from kawat.store import EventQuery, Store

PAGES = (
    "/", "/relation", "/relation/RUS/UKR", "/relation/UKR/RUS?by=day", "/relation/IDN/MYS",
    "/network", "/network?since=2022&until=2023-06", "/network?since=x&until=0000", "/source",
    "/source/Putin", "/source/lain", "/search", "/search?search=menyerang&type=ASSAULT", "/review",
    "/search?since=gestern&min_origins=-4&order=up&dated=1", "/review/history", "/api/", "/api",
    "/network?since=9999&until=9999", "/search?search=%22unbalanced", "/sign-in",
)  # fmt: skip
CHARTS = ("/relation/RUS/UKR/chart", "/network/chart", "/source/chart")


@pytest.fixture
def merged(store: Store) -> Store:
    merge_store(store)
    return store


@pytest.mark.usefixtures("merged")
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["en", "id"])
def test_every_page_answers(client: TestClient, path: str, language: str) -> None:
    page = client.get(path, headers={"accept-language": language})
    assert page.status_code == 200, page.text
    assert f'<html lang="{language}"' in page.text
    assert "style=" not in page.text
    assert " onclick" not in page.text
    assert len(page.content) < 150_000


def test_event_shows_reports_and_origins(client: TestClient, merged: Store) -> None:
    row = next(e for e in merged.events().items if e.type == "ACCUSE")
    page = client.get(f"/event/{row.id}").text
    assert "Putin" in page
    assert "REUTERS" in page
    assert explain_origins(merged.event(row.id).origins, "en") in html.unescape(page)  # type: ignore[arg-type,union-attr]
    record = client.get(f"/event/{row.id}/data.json").json()
    assert record["event"]["id"] == row.id
    assert client.get(f"/event/{row.id}/data.csv").text.count("\n") == 2
    assert client.get("/event/none").status_code == 404


@pytest.mark.usefixtures("merged")
def test_relation_data_and_refusals(client: TestClient) -> None:
    records = client.get("/relation/RUS/UKR/data.json").json()
    assert {r["type"] for r in records} == {"ASSAULT", "ACCUSE"}
    assert client.get("/relation/RUS/UKR/data.csv").text.startswith("id,type")
    assert client.get("/relation/RUS/RUS").status_code == 404
    assert client.get("/relation", params={"a": "rus", "b": "ukr"}).url.path == "/relation/RUS/UKR"
    assert client.get("/relation/RUS/UKR?cursor=zzz").status_code == 400


@pytest.mark.usefixtures("merged")
def test_charts(client: TestClient) -> None:
    for base in CHARTS:
        values = {"name": "Putin", "theme": "dark"}
        assert client.get(f"{base}.svg", params=values).text.startswith("<svg")
        assert client.get(f"{base}.png", params=values).content.startswith(b"\x89PNG")
        assert "vega-lite" in client.get(f"{base}.json", params=values).json()["$schema"]
        assert client.get(f"{base}.exe", params=values).status_code == 404


def test_charts_in_notebooks(merged: Store) -> None:
    assert kawat.charts.relation_chart is relation_chart
    chart = relation_chart(merged, "RUS", "UKR", language="id")
    spec = chart.to_dict()
    bars = spec["vconcat"][0]
    assert any("konflik nyata" in json.dumps(v) for v in (spec, bars))
    assert draw_svg(chart).startswith("<svg")
    network = find_network(merged, "2000-01-01", "2030-01-01")
    assert network.all_ties == 2
    assert draw_png(network_chart(network)).startswith(b"\x89PNG")
    assert draw_svg(network_chart(find_network(merged, "1900-01-01", "1900-01-02")))


def test_triads_are_balanced_by_their_signs() -> None:
    ties = [Tie("A", "B", 3, 0), Tie("A", "C", 0, 2), Tie("B", "C", 0, 1), Tie("C", "D", 1, 1)]
    assert list(triads(ties)) == [(("A", "B", "C"), 1)]
    assert [sign for _, sign in triads([*ties[:2], Tie("B", "C", 1, 0)])] == [-1]


def test_the_chart_script_is_made_once(tmp_path: Path) -> None:
    script = chart_script(tmp_path / "cache")
    (kept,) = (tmp_path / "cache").iterdir()
    assert kept.read_text("utf-8") == script


@pytest.mark.usefixtures("merged")
def test_source_tells_who_carried_it(client: TestClient) -> None:
    record = client.get("/source/data.json", params={"name": "Putin"}).json()
    assert record["carriers"][0]["outlet"]["name"] == "Lain"
    rows = client.get("/source/data.csv", params={"name": "Putin"}).text
    assert rows.startswith("outlet,name,events")
    assert client.get("/source/Nobody").status_code == 404
    assert client.get("/source", params={"name": "Putin"}).url.path == "/source/Putin"


def test_search_and_its_feed(client: TestClient, merged: Store) -> None:
    found = client.get("/search.json", params={"type": "AGREE"}).json()
    assert [r["actors"] for r in found] == [["RUS", "PRK"]]
    assert client.get("/search.csv").text.count("\n") == 1 + len(merged.events(EventQuery()).items)
    feed = feedparser.parse(client.get("/feed.atom", params={"actor": "PRK"}).text)
    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == ["Russia, North Korea · agree"]
