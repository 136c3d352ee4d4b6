"""The API keeps what its description promises, whatever it is asked."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from kawat.look.web import Settings, create_app
from kawat.run import merge_store, open_store
from kawat.store import Store
from tests.look.web.conftest import HereCoder
from tests.store import world

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much]


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[schemathesis.schemas.BaseSchema]:
    folder = tmp_path_factory.mktemp("api")
    with open_store(folder / "kawat.db") as store:
        store.add(world.many(30), store.start_run("add", "1", {}))
        merge_store(store)
        limits = {"requests_a_minute": 10**6, "pastes_a_minute": 10**6}
        app = create_app(store, Settings(hosts=("localhost", "testserver"), **limits), HereCoder())  # type: ignore[arg-type]
        yield schemathesis.openapi.from_asgi("/api/openapi.json", app)


def test_every_call(api: schemathesis.schemas.BaseSchema) -> None:
    """Without schemathesis's own plugin, which the newest pytest does not load."""
    operations: list[Any] = [found.ok() for found in api.get_all_operations()]  # type: ignore[union-attr]
    assert len(operations) > 10
    for operation in operations:

        @settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=SLOW)
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            # no schema can say which cursors, searches and texts make sense: those give 400
            case.call_and_validate(excluded_checks=[positive_data_acceptance])

        ask()


def test_pages_by_cursor(client: TestClient, store: Store) -> None:
    store.add(world.many(25, start=100), store.start_run("add", "1", {}))
    seen: list[str] = []
    cursor = ""
    while True:
        answer = client.get("/api/events", params={"limit": 7, "cursor": cursor}).json()
        seen += [item["id"] for item in answer["items"]]
        cursor = answer["cursor"]
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == store.counts()["events"]
    assert client.get("/api/events", params={"nonsense": 1}).status_code == 422


def test_records_are_those_of_the_files(client: TestClient) -> None:
    article = client.get("/api/articles/a1").json()
    report = article["reports"][0]
    start, end = report["trigger"]["span"]
    assert article["text"][start:end] == report["trigger"]["text"] == "menyerang"
    assert client.get("/api/articles/none").status_code == 404
    event = client.get("/api/events").json()["items"][0]
    assert client.get(f"/api/events/{event['id']}").json()["event"]["id"] == event["id"]


def test_code_a_text(client: TestClient, store: Store, tmp_path: Path) -> None:
    before = store.counts()
    text = "Rusia menyerang Ukraina pada Senin (15/8), kata juru bicara militer Ukraina."
    asked = {"text": text, "published": "2022-08-16", "language": "id"}
    answer = client.post("/api/code", json=asked).json()
    assert [r["type"] for r in answer["reports"]] == ["ASSAULT"]
    assert client.post("/api/code", json={"text": "?!"}).status_code == 400
    assert store.counts() == before
    assert list(tmp_path.glob("*.txt")) == []
