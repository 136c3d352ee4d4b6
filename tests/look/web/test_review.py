"""Judging in the page: who may, what follows, how it is taken back and given out as gold."""

import io
import sys
import tomllib
import zipfile
from dataclasses import replace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from kawat.look.web import Settings, User, create_app, hash_password
from kawat.run import merge_store
from kawat.store import EventQuery, Store
from tests.look.web.conftest import HereCoder, form_token


@pytest.fixture
def event(store: Store) -> str:
    merge_store(store)
    return next(e.id for e in store.events().items if e.type == "ASSAULT")


def test_accept_and_undo(client: TestClient, store: Store, event: str) -> None:
    token = form_token(client)
    client.post(f"/review/{event}", data={"form_token": token, "verdict": "accept"})
    assert store.event(event).event.review == "accept"  # type: ignore[union-attr]
    ((said, *_), _) = store.history()
    assert (said.author, said.verdict, said.by_person) == ("Ani", "accept", True)
    assert "Ani" in client.get("/review/history").text
    client.post("/review/undo", data={"form_token": token, "judgement": [said.id]})
    assert store.event(event).event.review == ""  # type: ignore[union-attr]
    assert store.check() == []


def test_correct(client: TestClient, store: Store, event: str) -> None:
    fields = {
        "form_token": form_token(client), "type": "THREATEN", "mode": "", "status": "future",
        "actors": "RUS, PRK", "recipients": "UKR", "when": "2022-08", "attribution": "",
        "reason": "only a threat",
    }  # fmt: skip
    client.post(f"/review/{event}/correct", data=fields)
    row = store.event(event).event  # type: ignore[union-attr]
    assert (row.type, row.status, row.actors, row.when, row.review) == (
        "THREATEN", "future", ("RUS", "PRK"), "2022-08", "correct",
    )  # fmt: skip
    bad = client.post(f"/review/{event}/correct", data=fields | {"type": "NONSENSE"})
    assert bad.status_code == 400
    same = client.post(f"/review/{event}/correct", data=fields)
    assert same.status_code == 400


def test_merge_and_split(
    client: TestClient, store: Store, event: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = iter(range(10, 60))  # of two words of one person the later one counts
    monkeypatch.setattr(
        sys.modules["kawat.run.merge_store"], "now", lambda: f"2026-11-25T10:00:{next(seconds)}Z"
    )
    other = next(e.id for e in store.events().items if e.type == "ACCUSE")
    token = form_token(client)
    client.post(f"/review/{event}/merge", data={"form_token": token, "other": other})
    view = store.event(event)
    assert view is not None
    assert len(view.reports) == 2
    client.post(f"/review/{view.event.id}/split", data={"form_token": token, "report": other})
    assert len(store.event(event).reports) == 1  # type: ignore[union-attr]
    refused = client.post(f"/review/{event}/merge", data={"form_token": token, "other": "none"})
    assert refused.status_code == 400


def test_gold(client: TestClient, event: str) -> None:
    assert client.get("/review/gold.zip").status_code == 200
    client.post(f"/review/{event}", data={"form_token": form_token(client), "verdict": "accept"})
    packed = zipfile.ZipFile(io.BytesIO(client.get("/review/gold.zip").content))
    (toml,) = (n for n in packed.namelist() if n.endswith(".toml"))
    gold = tomllib.loads(packed.read(toml).decode())
    assert gold["event"][0]["type"] == "ASSAULT"
    text = packed.read(toml.replace(".toml", ".txt")).decode()
    assert text.count(gold["event"][0]["at"]) == 1


def test_forms_must_be_of_the_session(client: TestClient, store: Store, event: str) -> None:
    for token in ("", "abc", "0.0"):
        data = {"form_token": token, "verdict": "reject"}
        assert client.post(f"/review/{event}", data=data).status_code == 403
    token = form_token(client)
    client.cookies.clear()
    data = {"form_token": token, "verdict": "reject"}
    assert client.post(f"/review/{event}", data=data).status_code == 403
    assert store.event(event).event.review == ""  # type: ignore[union-attr]


SETTINGS = Settings(
    hosts=("testserver",), token="a long token for readers",
    users={
        "Ani": User("Ani", hash_password("rahasia"), may_review=True),
        "Budi": User("Budi", hash_password("sandi"), may_review=False),
    },
)  # fmt: skip


@pytest.fixture
def guarded(store: Store) -> FastAPI:
    return create_app(store, SETTINGS, HereCoder())


def sign_in(client: TestClient, **fields: str) -> int:
    token = form_token(client, "/sign-in")
    return client.post("/sign-in", data={"form_token": token, **fields}).status_code


def test_nobody_reads_without_signing_in(guarded: FastAPI) -> None:
    with TestClient(guarded) as client:
        assert client.get("/search").url.path == "/sign-in"
        assert client.get("/api/events").status_code == 401
        assert client.post("/paste", data={"text": "x"}).status_code == 401
        assert sign_in(client, name="Ani", password="falsch") == 401
        assert sign_in(client, name="Nobody", password="rahasia") == 401
        assert client.get("/").url.path == "/sign-in"


def test_rights_apart(guarded: FastAPI, event: str) -> None:
    with TestClient(guarded) as client:
        assert sign_in(client, name="Budi", password="sandi") == 200
        page = client.get("/review")
        assert 'data-key="a"' not in page.text
        data = {"form_token": form_token(client), "verdict": "accept"}
        assert client.post(f"/review/{event}", data=data).status_code == 403
        assert client.post("/sign-out", data=data).url.path == "/sign-in"
    with TestClient(guarded) as client:
        assert sign_in(client, name="Ani", password="rahasia") == 200
        data = {"form_token": form_token(client), "verdict": "accept"}
        assert client.post(f"/review/{event}", data=data).status_code == 200
    with TestClient(guarded) as client:
        bearer = {"authorization": "Bearer a long token for readers"}
        assert client.get("/api/events", headers=bearer).status_code == 200
        wrong = {"authorization": "Bearer another"}
        assert client.get("/api/events", headers=wrong).status_code == 401
        assert sign_in(client, token="a long token for readers") == 200
        assert client.get("/").url.path == "/"


def test_sessions_end(store: Store) -> None:
    app = create_app(store, replace(SETTINGS, idle_seconds=0.0), HereCoder())
    with TestClient(app) as client:
        assert sign_in(client, name="Ani", password="rahasia") == 200
        assert client.get("/").url.path == "/sign-in"


def test_limits(store: Store) -> None:
    few = replace(SETTINGS, requests_a_minute=5, sign_ins_a_minute=1)
    with TestClient(create_app(store, few, HereCoder())) as client:
        codes = [client.get("/sign-in").status_code for _ in range(8)]
        assert codes[0] == 200
        assert codes[-1] == 429


def test_a_read_only_store_takes_no_judgement(store: Store, event: str, client: TestClient) -> None:
    token = form_token(client)
    store.read_only = True
    data = {"form_token": token, "verdict": "accept"}
    assert client.post(f"/review/{event}", data=data).status_code == 403
    store.read_only = False
    assert store.count(EventQuery(review="reviewed")).value == 0
