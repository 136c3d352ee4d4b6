"""Bad input, a row each: named, with what to do next; the articles beside it are read."""

import gzip
import json
import os
import time
import tracemalloc
from pathlib import Path

import pytest

import kawat
from kawat.errors import InputError
from kawat.model import Article
from kawat.read import read_paths, read_text
from kawat.run import code_one

GOOD = "Rusia Serang Ukraina\nRusia menyerang Ukraina pada Senin (15/8/2022)."
LINE = json.dumps({"text": "Rusia menyerang Ukraina.", "language": "id"}).encode() + b"\n"
WORDS = "Rusia menyerang Ukraina – kata Zelensky. "
RUBBISH = bytes(range(256)) * 40

REFUSED: dict[str, tuple[str, bytes, str]] = {
    "empty": ("x.txt", b"", "empty"),
    "empty jsonl": ("x.jsonl", b"", "empty"),
    "empty lines": ("x.jsonl", b"\n \n", "empty"),
    "whitespace": ("x.txt", b" \n\t\r\n", "empty"),
    "punctuation": ("x.txt", b"... !!! --- ?\n***", "no words"),
    "binary": ("x.txt", RUBBISH, "binary"),
    "binary without nul": ("x.txt", RUBBISH.replace(b"\0", b""), "UTF-8"),
    "binary jsonl": ("x.jsonl", RUBBISH, "binary"),
    "utf-16 jsonl": ("x.jsonl", '{"text": "Rusia"}'.encode("utf-16"), "UTF-16"),
    "nul bytes": ("x.txt", b"Rusia\0menyerang\0Ukraina", "binary"),
    "no gzip": ("x.txt.gz", b"Rusia menyerang", "gzip"),
    "cut gzip": ("x.txt.gz", gzip.compress(WORDS.encode() * 99)[:-20], "gzip"),
    "gzip bomb": ("x.txt.gz", gzip.compress(b"a" * 60_000_000), "larger than"),
    "too long": ("x.txt", WORDS.encode() * 60_000, "larger than"),
    "html without article": ("x.html", b"<html><body><a href='/'>Beranda</a>", "no article"),
    "html of nothing": ("x.html", b"<html></html>", "no article"),
    "no json": ("x.jsonl", b"{nope\n", "JSON"),
    "list": ("x.jsonl", b"[1, 2]\n", "not an object"),
    "number": ("x.jsonl", b"5\n", "not an object"),
    "no text": ("x.jsonl", b'{"title": "a"}\n', "'text'"),
    "null text": ("x.jsonl", b'{"text": null}\n', "'text'"),
    "text of no words": ("x.jsonl", b'{"text": " ... "}\n', "'text'"),
    "deep json": ("x.jsonl", b'{"text": ' + b"[" * 200_000 + b"\n", "JSON"),
    "huge number": ("x.jsonl", b'{"text": "Rusia", "id": ' + b"9" * 9999 + b"}\n", "JSON"),
}


@pytest.mark.parametrize(("name", "data", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(name: str, data: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "z.jsonl").write_bytes(LINE)
    first, *found, last = read_paths([str(tmp_path)])
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert found
    for error in found:
        assert isinstance(error, InputError)
        assert error.source.startswith(str(tmp_path / name))
        assert reason in error.reason
        assert error.advice


def test_missing_and_forbidden(tmp_path: Path) -> None:
    closed = tmp_path / "closed.txt"
    closed.write_text(GOOD)
    closed.chmod(0)
    (error,) = read_paths([str(tmp_path / "missing.txt")])
    assert isinstance(error, InputError)
    assert "no such file" in str(error)
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    (error,) = read_paths([str(closed)])
    assert isinstance(error, InputError)
    assert error.advice


def test_a_broken_line_in_the_middle_is_named(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_bytes(LINE + b'{"text": "Rus\n' + LINE + b'{"text": "Rus\xff\xfe\xfa"}\n' + LINE)
    items = list(read_paths([str(file)]))
    assert [isinstance(item, Article) for item in items[:3]] == [True, False, True]
    assert str(items[1]).startswith(f"{file}:2: ")
    assert isinstance(items[-1], Article)


def test_a_line_of_50_mb(tmp_path: Path) -> None:
    """It is passed over in little memory, and the stream goes on."""
    file = tmp_path / "x.jsonl"
    with file.open("wb") as out:
        out.write(LINE + b'{"text": "')
        for _ in range(50):
            out.write(b"a" * 1_000_000)
        out.write(b'"}\n' + LINE)
    tracemalloc.start()
    started = time.monotonic()
    items = list(read_paths([str(file)]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [isinstance(item, Article) for item in items] == [True, False, True]
    assert str(items[1]).startswith(f"{file}:2: ")
    assert peak < 20_000_000
    assert time.monotonic() - started < 10


DECODED = {
    "windows-1252": WORDS.encode("cp1252"),
    "latin-1": "Presiden José menyerang Ukraina, kata Müller.".encode("latin-1"),
    "utf-8 with a mark": b"\xef\xbb\xbf" + WORDS.encode(),
    "utf-16 little": WORDS.encode("utf-16"),
    "utf-16 big": b"\xfe\xff" + WORDS.encode("utf-16-be"),
    "utf-8 with one broken byte": (WORDS * 9).encode() + b"\xc3" + WORDS.encode(),
}


@pytest.mark.parametrize("data", DECODED.values(), ids=DECODED.keys())
def test_other_encodings(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    file.write_bytes(data)
    (article,) = read_paths([str(file)])
    assert isinstance(article, Article)
    assert "menyerang Ukraina" in article.text
    assert not article.text.startswith("\ufeff")
    assert "José" in article.text or "– kata" in article.text


ODD = {
    "right to left": "Rusia \u200fmenyerang\u202e Ukraina pada \u2066Senin\u2069 (15/8/2022).",
    "emoji": "🇷🇺 Rusia 👨‍👩‍👧 menyerang 🚀 Ukraina 🎉 pada Senin (15/8/2022).",
    "combining": "Rusia menyera\u0301ng. Presiden Erdog\u0306an mengecam Israel.",
    "astral": "𝐑𝐮𝐬𝐢𝐚 berkata. Rusia menyerang Ukraina 𐍈.",
    "zero width": "Rusia\u200b menyerang\u200d Ukraina\ufeff pada Senin.",
    "controls": "Rusia\x00 menyerang\x1b[2J Ukraina\x07 pada\x0c Senin\x85 (15/8).",
    "separators": "Rusia menyerang\u2028Ukraina.\u2029Iran mengecam Israel.\vChina mundur.",
    "carriage returns": "Rusia menyerang Ukraina.\r\nIran mengecam Israel.\rChina mundur.",
    "hard spaces": "Rusia\xa0menyerang\u2009Ukraina\u3000pada Senin.",
    "half a character": "Rusia menyerang Ukraina \ud83d pada Senin.",
    "turkish i": "İran İsrail'e saldırdı. Iran menyerang Israel.",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_spans_stay_exact(text: str) -> None:
    coded = code_one(read_text(text, language="id", published="2022-08-16"))
    text = text.replace("\ud83d", "\ufffd")
    assert coded.article.text == text
    for report in coded.reports:
        for quote in (report.event.trigger, report.sentence):
            assert text[quote.span[0] : quote.span[1]] == quote.text
        for actor in (*report.event.actors, *report.event.recipients):
            assert actor.span is None or text[actor.span[0] : actor.span[1]] == actor.text


@pytest.mark.parametrize(
    "text",
    ["a\n" * 100_000, "Baca juga: Rusia Serang " * 5000, "(" * 100_000, '"' * 100_000 + "x",
     "Foto (" * 20_000, "1. " * 50_000, "Jakarta, " * 20_000, "x" * 1_000_000],
    ids=["lines", "headlines", "brackets", "quotes", "captions", "numbers", "places", "one word"],
)  # fmt: skip
def test_layout_in_bounded_time(text: str) -> None:
    started = time.monotonic()
    read_text(text, language="id", title_line=True)
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    "text", [WORDS * 400, "Rusia menyerang Ukraina dan " * 200], ids=["many", "one sentence"]
)
def test_long_texts_in_bounded_time(text: str) -> None:
    started = time.monotonic()
    kawat.code_text(text, language="id", published="2022-08-16")
    assert time.monotonic() - started < 60


@pytest.mark.parametrize(
    "published",
    ["9" * 10_000, "2022-13-45", "soon", "(" * 500, "2022-08-16T99:99", "\0", "-", "2022/../2023",
     "[" * 200, "Tue, 99 Foo 2022 10:00:00 +9999", "1e999"],
)  # fmt: skip
def test_odd_dates(published: str) -> None:
    article = read_text("Rusia menyerang.", language="id", published=published)
    assert article.published.how in ("given", "unknown")
