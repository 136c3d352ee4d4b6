"""Web pages and JSON Lines: what they state about themselves."""

import gzip
import io
import json
from pathlib import Path

import pytest

from kawat.errors import InputError
from kawat.model import Article
from kawat.read import Unit, Window, open_piece, plan_pieces, read_path, read_paths
from kawat.read.html import read_html
from kawat.read.units import each_unit

BODY = "".join(
    f"<p>Rusia menyerang kota nomor {i} di Ukraina timur, kata Presiden Volodymyr Zelensky.</p>"
    for i in range(6)
)
LINKED = {
    "@type": "NewsArticle", "headline": "Rusia Serang Kota",
    "datePublished": "2022-08-16T09:30:00Z",
    "author": [{"@type": "Person", "name": "Sari Wulan"}, {"name": "Budi"}],
    "publisher": {"@type": "Organization", "name": "Contoh News"}, "url": "https://contoh.test/a",
}  # fmt: skip


def page(head: str, body: str = BODY) -> str:
    return (
        f"<html lang='id'><head><title>x</title>{head}</head>"
        f"<body><nav>Beranda</nav><article><h1>Rusia Serang Kota</h1>{body}</article></body></html>"
    )


def linked(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


@pytest.mark.parametrize(
    "head",
    [
        linked(LINKED),
        linked([{"@type": "BreadcrumbList"}, LINKED]),
        linked({"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, LINKED]}),
        '<script type="application/ld+json">{broken</script>' + linked(LINKED),
        linked({**LINKED, "@type": ["Thing", "NewsArticle"]}),
    ],
    ids=["plain", "list", "graph", "after a broken one", "two types"],
)
def test_json_ld(head: str) -> None:
    article = read_html(page(head), source="a.html")
    assert article.title == "Rusia Serang Kota"
    assert article.published.edtf == "2022-08-16T09:30:00+00:00"
    assert article.published.how == "markup"
    assert article.author == "Sari Wulan, Budi"
    assert article.publisher == "Contoh News"
    assert article.url == "https://contoh.test/a"
    assert article.language == "id"
    assert "nomor 5" in article.text
    assert "Beranda" not in article.text


def test_meta_tags() -> None:
    head = (
        '<meta property="og:title" content="Rusia Serang Kota">'
        '<meta property="og:site_name" content="Contoh News">'
        '<meta name="author" content="Sari Wulan">'
        '<meta property="article:published_time" content="2022-08-16T09:30:00+07:00">'
        '<link rel="canonical" href="https://contoh.test/b">'
    )
    article = read_html(page(head), source="a.html")
    assert (article.title, article.publisher) == ("Rusia Serang Kota", "Contoh News")
    assert (article.author, article.url) == ("Sari Wulan", "https://contoh.test/b")
    assert article.published.edtf == "2022-08-16T09:30:00+07:00"


@pytest.mark.parametrize("value", ["", "besok", None, 5, {"a": 1}, "2022-99-99"])
def test_a_date_that_cannot_be_read_is_passed_over(value: object) -> None:
    head = linked({**LINKED, "datePublished": value})
    head += '<meta name="date" content="2022-08-16">'
    assert read_html(page(head), source="a.html").published.edtf == "2022-08-16"


def test_no_link_that_runs_code() -> None:
    head = '<link rel="canonical" href="javascript:alert(1)">'
    assert read_html(page(head), source="a.html").url == ""


HOSTILE = {
    "entities": '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY f SYSTEM "file:///etc/passwd">]>' + page("", BODY + "<p>&b;&f;</p>"),
    "script": page("<script>document.write('Rusia menyerang Polandia')</script>"),
    "cut in half": page(linked(LINKED))[:-150],
    "deep json": page(f'<script type="application/ld+json">{"[" * 90000}</script>'),
    "huge attribute": page(f'<meta name="x" content="{"a" * 500_000}">'),
    "nul": page("", BODY.replace("nomor", "nomor\0")),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_pages(text: str) -> None:
    """A page is read for what it says; nothing of a script or a file comes in."""
    article = read_html(text, source="a.html")
    assert "root:" not in article.text
    assert "Polandia" not in article.text
    assert "nomor" in article.text


@pytest.mark.parametrize(
    "text",
    ["<html></html>", "<", "<ul><li><a href=x>y</a></ul>", "<p>hai", "<div>" * 9000 + BODY],
    ids=["empty", "cut", "list", "short", "too deep"],
)
def test_no_article(text: str) -> None:
    with pytest.raises(InputError, match=r"a\.html: .*\("):
        read_html(text, source="a.html")


RECORD = {
    "id": 7, "text": "Rusia menyerang Ukraina.", "title": "Perang", "published": "2022-08-16",
    "publisher": "Contoh", "url": "https://contoh.test/c", "language": "id",
}  # fmt: skip
KINDS = {
    "a.txt": "Perang\nRusia menyerang Ukraina.", "a.html": page(linked(LINKED)),
    "a.jsonl": json.dumps(RECORD) + "\n\n" + json.dumps({"text": "Rusia mundur."}),
}  # fmt: skip


def only_articles(path: str) -> list[Article]:
    items = list(read_path(path))
    assert all(isinstance(item, Article) for item in items), items
    return [item for item in items if isinstance(item, Article)]


def test_fields_of_a_line(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(KINDS["a.jsonl"])
    first, second = only_articles(str(file))
    assert (first.id, first.title, first.published.edtf) == ("7", "Perang", "2022-08-16")
    assert (first.publisher, first.url, first.language) == ("Contoh", RECORD["url"], "id")
    assert first.source == f"{file}:1"
    assert second.source == f"{file}:3"
    assert len(second.id) == 16


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("how", ["plain", "packed", "stdin"])
def test_every_kind(name: str, how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = KINDS[name].encode()
    path = tmp_path / (name + (".gz" if how == "packed" else ""))
    path.write_bytes(gzip.compress(data) if how == "packed" else data)
    read = str(path)
    if how == "stdin":
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        read = "-"
    found = only_articles(read)
    assert len(found) == (2 if "jsonl" in name else 1)
    assert "menyerang" in found[0].text
    assert found[0].source.startswith("standard input" if how == "stdin" else str(path))


def test_folder(tmp_path: Path) -> None:
    (tmp_path / "b/c").mkdir(parents=True)
    (tmp_path / "b/c/1.txt").write_text(KINDS["a.txt"])
    (tmp_path / "b/2.pdf").write_text("x")
    (tmp_path / "b/.hidden.txt").write_text("x")
    (tmp_path / "b/loop").symlink_to(tmp_path)
    (tmp_path / "b/nowhere.txt").symlink_to(tmp_path / "missing")
    (tmp_path / "a.jsonl").write_text(KINDS["a.jsonl"])
    items = [str(getattr(item, "source", item)) for item in read_paths([str(tmp_path)])]
    names = [item.removeprefix(f"{tmp_path}/") for item in items]
    assert names == ["a.jsonl:1", "a.jsonl:3", "b/2.pdf", "b/c/1.txt", "b/loop", "b/nowhere.txt"]


def test_empty_folder(tmp_path: Path) -> None:
    (error,) = read_paths([str(tmp_path)])
    assert isinstance(error, InputError)


def warc_record(number: int, content: bytes, kind: str = "text/html") -> bytes:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n\r\n"
    block = http.encode() + content
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Target-URI: https://contoh.test/{number}\r\nWARC-Date: 2022-08-16T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{number:032}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


@pytest.mark.parametrize("packed", [True, False])
def test_a_warc_gives_its_pages_and_can_be_cut(packed: bool, tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    records = [warc_record(i, page("").encode()) for i in range(5)]
    records.insert(2, warc_record(9, b"\x89PNG", "image/png"))
    records.append(warc_record(6, b"<html><body>Beranda</body></html>"))
    path = tmp_path / ("x.warc.gz" if packed else "x.warc")
    path.write_bytes(b"".join(gzip.compress(r) if packed else r for r in records))
    found = list(read_path(str(path)))
    assert [a.url[-2:] for a in found if isinstance(a, Article)] == ["/0", "/1", "/2", "/3", "/4"]
    assert [str(e)[-60:] for e in found if isinstance(e, InputError)] != []
    pieces = list(plan_pieces([str(path)], 2))
    assert [p.window.size for p in pieces] == [2, 2, 2]
    cut = [u for p in pieces for u in open_piece(p)]
    assert [u.source for u in cut] == [f"{path}:{i}" for i in range(1, 7)]
    assert isinstance(cut[3], Unit)
    assert cut[3].read() == found[3]


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_pieces_hold_what_the_whole_file_holds(suffix: str, tmp_path: Path) -> None:
    rows = [json.dumps({"id": f"a{i}", "text": f"Rusia menyerang kota {i}."}) for i in range(7)]
    data = "\n".join([*rows[:3], "", "{broken", *rows[3:]]).encode()
    path = tmp_path / f"x.jsonl{suffix}"
    path.write_bytes(gzip.compress(data) if suffix else data)
    (tmp_path / "y.jsonl").write_bytes(b"")
    whole = [u.source for u in each_unit(str(path), Window()) if isinstance(u, Unit)]
    pieces = list(plan_pieces([str(path), str(tmp_path / "y.jsonl"), "none.txt"], 2))
    cut = [u for p in pieces for u in open_piece(p)]
    assert [u.source for u in cut if isinstance(u, Unit)] == whole
    assert [u.reason for u in cut if isinstance(u, InputError)] == ["empty", "no such file"]
