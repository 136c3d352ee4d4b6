"""The first page, articles and pasted texts."""

from dataclasses import replace
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from kawat.errors import InputError
from kawat.look.web.coder import CoderError, ProcessCoder
from kawat.look.web.marks import PART_EVENTS, lay_out, mark_reports
from kawat.model import Block
from kawat.read import read_text
from kawat.store import Store
from tests.look.web.conftest import form_token
from tests.store import world

TEXT = "Rusia menyerang Ukraina pada Senin (15/8), kata juru bicara militer Ukraina kepada Reuters."
HOSTILE = (
    "<script>alert(1)</script> & <img src=x onerror=alert(2)> \u202ekilab\u2066 \x07 "
    "{{ 7 * 7 }} {% raw %} \"' javascript:alert(3)"
)


def test_first_page_shows_events_and_what_failed(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "Russia" in page.text
    assert "&lt;b&gt;broken&lt;/b&gt; XML" in page.text


def test_interface_languages(client: TestClient) -> None:
    assert "Peristiwa terbaru" in client.get("/", headers={"accept-language": "id-ID"}).text
    client.get("/preferences", params={"lang": "id", "theme": "dark", "to": "/"})
    page = client.get("/").text
    assert 'lang="id" data-theme="dark"' in page
    assert "Korea Utara" in page


def test_preferences_lead_nowhere_else(client: TestClient) -> None:
    for to in ("//evil.example", "https://evil.example", "/\\evil.example"):
        answer = client.get("/preferences", params={"to": to}, follow_redirects=False)
        assert answer.headers["location"] == "/"


def test_article_marks_the_chosen_event(client: TestClient, store: Store) -> None:
    report = store.events().items[-1]
    page = client.get("/article/a1", params={"event": store.event(report.id).reports[0].report.id})  # type: ignore[union-attr]
    assert page.status_code == 200
    assert '<span class="trigger material conf chosen"' in page.text
    assert client.get("/article/none").status_code == 404
    assert client.get("/article/a1/data.json").json()[0]["type"] == "ASSAULT"
    assert client.get("/article/a1/data.csv").text.startswith("id,article")
    raw = client.get("/article/a1/raw")
    assert raw.content == b"raw of a1"
    assert "attachment" in raw.headers["content-disposition"]


def test_paste_is_shown_and_not_kept(client: TestClient, store: Store) -> None:
    before = store.counts()
    fields = {"form_token": form_token(client), "text": TEXT, "published": "2022-08-16"}
    page = client.post("/paste", data=fields)
    assert page.status_code == 200
    assert page.url.path.startswith("/paste/")
    assert "menyerang" in page.text
    assert store.counts() == before
    kept = client.post(f"{page.url.path}/keep", data={"form_token": form_token(client)})
    assert kept.url.path.startswith("/article/")
    assert store.counts()["articles"] == before["articles"] + 1


def test_paste_of_a_file(client: TestClient) -> None:
    page = client.post(
        "/paste", data={"form_token": form_token(client)},
        files={"file": ("../../etc/a.txt", TEXT.encode(), "text/plain")},
    )  # fmt: skip
    assert page.status_code == 200
    assert "Ukraina" in page.text


def test_paste_refusals(client: TestClient) -> None:
    token = form_token(client)
    assert client.post("/paste", data={"text": TEXT}).status_code == 403
    assert client.post("/paste", data={"form_token": token, "text": " "}).status_code == 400
    both = {"form_token": token, "text": TEXT, "address": "https://contoh.id"}
    assert client.post("/paste", data=both).status_code == 400
    large = {"form_token": token, "text": "a" * 600_000}
    assert client.post("/paste", data=large).status_code == 413
    page = client.post("/paste", data={"form_token": token, "text": "zzz qqq"})
    assert page.status_code == 422
    assert "Traceback" not in page.text


def test_hostile_text_is_text(client: TestClient, store: Store) -> None:
    run = store.start_run("add", "1", {})
    body = HOSTILE + "\n" + world.SENTENCE
    article = world.article(
        "bad", body, url="javascript:alert(1)", title=HOSTILE, publisher=HOSTILE
    )
    at = (len(HOSTILE) + 7, len(HOSTILE) + 16)
    store.add([world.entry(article, world.report(article, at=at))], run)
    for path in ("/", "/article/bad"):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "javascript:alert(1)" not in page.replace("javascript:alert(3)", "")
        assert "\u202e" not in page
        assert "\x07" not in page
        assert "{{ 7 * 7 }}" in client.get("/article/bad").text


def test_ten_thousand_events_come_in_parts() -> None:
    text = "serang " * 10_000
    article = replace(world.article("many", text), blocks=(Block("body", 0, len(text), 0),))
    reports = [world.report(article, at=(i * 7, i * 7 + 6)) for i in range(10_000)]
    parts = lay_out(article, mark_reports(reports))
    assert "".join(p.text for part in parts for line in part for p in line.pieces) == text
    assert max(sum(len(p.numbers) for line in part for p in line.pieces) for part in parts) <= (
        PART_EVENTS + 1
    )


def test_headers(client: TestClient) -> None:
    page = client.get("/")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    cookie = page.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421


def test_ids_may_hold_anything(client: TestClient, store: Store) -> None:
    odd = "a/b?c=#d&e/data"
    store.add([world.entry(world.article(odd))], store.start_run("add", "1", {}))
    path = f"/article/{quote(odd)}"
    page = client.get(path)
    assert page.status_code == 200
    assert f'href="{path}?event=' in page.text
    assert client.get(f"{path}/data.json").json()[0]["article"]["id"] == odd


def test_the_coder_keeps_its_time() -> None:
    coder = ProcessCoder(30)
    try:
        entry = coder.code(read_text(TEXT, language="id", published="2022-08-16"))
        assert [r.event.type for r in entry.reports] == ["ASSAULT"]
        with pytest.raises(InputError):
            coder.code(read_text("zzz qqq"))
        coder.seconds = 0.0
        with pytest.raises(CoderError, match="paste_slow"):
            coder.code(read_text(TEXT * 50, language="id"))
    finally:
        coder.close()
