"""A local web server that does all that a watcher must survive. Loopback only; every loop ends."""

import gzip
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STORY = (
    "Rusia menyerang Ukraina pada Senin (15/8/2022), kata Presiden Volodymyr Zelensky. "
    "Serangan itu terjadi di wilayah timur negara itu dan menewaskan sejumlah warga sipil. "
)
PAGE = """<!doctype html><html lang="id"><head><title>{title}</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="Harian Uji">
<meta property="article:published_time" content="2022-08-16T10:00:00+07:00">{head}</head>
<body><article><h1>{title}</h1><p>{text}</p><p>{text}</p></article></body></html>"""
FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Uji</title>
{items}</channel></rss>"""
ITEM = (
    "<item><title>{n}</title><link>{link}</link>"
    "<pubDate>Tue, 16 Aug 2022 10:00:00 GMT</pubDate></item>"
)
BOMB = gzip.compress(b"0" * 50_000_000, 1)


class Server(ThreadingHTTPServer):
    """Counts what it is asked, by path. `links` are the pages that /feed names."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: Counter[str] = Counter()
        self.links: list[str] = ["/a1", "/a2"]
        self.robots = "User-agent: *\nDisallow: /private\n"
        self.changed = ""
        self.cut = 1
        """How often /flaky fails before it answers."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are what this server is for."""


class Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        path = self.path
        self.server.asked[path] += 1
        name = path.strip("/").split("?")[0].replace("-", "_").replace(".", "_")
        if name[:1] in {"a", "z"} and name[1:].isdecimal():
            self.page(name)
        else:
            getattr(self, f"get_{name}", self.get_missing)()

    def send(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        fields = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
        for name, value in {
            **fields,
            **{k.replace("_", "-"): v for k, v in headers.items()},
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def page(self, name: str, head: str = "") -> None:
        text = f"{STORY} Berita {name}. {self.server.changed}"
        self.send(200, PAGE.format(title=f"Berita {name}", text=text, head=head).encode())

    def get_missing(self) -> None:
        self.send(404)

    def get_robots_txt(self) -> None:
        self.send(200, self.server.robots.encode(), Content_Type="text/plain")

    def get_feed(self) -> None:
        items = "".join(ITEM.format(n=n, link=self.server.url + n) for n in self.server.links)
        body = FEED.format(items=items).encode()
        tag = f'"{hash(body)}"'
        if self.headers.get("If-None-Match") == tag:
            self.send(304, ETag=tag)
        else:
            self.send(200, body, ETag=tag, Content_Type="application/rss+xml")

    def get_broken_feed(self) -> None:
        whole = FEED.format(items=ITEM.format(n=1, link="/a1") + ITEM.format(n=2, link="/a2"))
        self.send(200, whole[:-60].encode() + b"\xff\xfe<item><link>")

    def get_no_feed(self) -> None:
        self.send(200, b"<html><body>Halaman masuk</body></html>")

    def get_odd_feed(self) -> None:
        links = ["javascript:alert(1)", "file:///etc/passwd", "", "/a3", "ftp://x/y"]
        items = "".join(ITEM.format(n="x", link=link) for link in links)
        self.send(200, FEED.format(items=items).encode())

    def get_entities(self) -> None:
        bomb = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">' + "".join(
            f'<!ENTITY {c} "{f"&{b};" * 10}">' for b, c in zip("abcdefgh", "bcdefghi", strict=True)
        )
        items = "<item><title>&i;</title><link>/a1</link></item>"
        self.send(200, (bomb + "]>" + FEED.format(items=items)).encode())

    def get_slow(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        for _ in range(50):
            self.wfile.write(b"<p>")
            self.wfile.flush()
            time.sleep(0.05)

    def get_slow_head(self) -> None:
        for _ in range(50):
            self.wfile.write(b"H")
            self.wfile.flush()
            time.sleep(0.05)

    def get_short(self) -> None:
        self.send(200, b"<p>half", Content_Length="5000")

    def get_long(self) -> None:
        self.send(200, b"x" * 3_000_000)

    def get_endless_head(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for i in range(20_000):
            self.wfile.write(b"X-%d: %s\r\n" % (i, b"y" * 60))

    def get_bad_length(self) -> None:
        self.send(200, b"<p>x", Content_Length="minus")

    def get_bomb(self) -> None:
        self.send(200, BOMB, Content_Encoding="gzip")

    def get_bad_gzip(self) -> None:
        self.send(200, b"no gzip at all", Content_Encoding="gzip")

    def get_cut_gzip(self) -> None:
        self.send(200, gzip.compress(PAGE.encode())[:-20], Content_Encoding="gzip")

    def get_brotli(self) -> None:
        self.send(200, b"xyz", Content_Encoding="br")

    def get_packed(self) -> None:
        text = PAGE.format(title="Berita", text=STORY, head="").encode()
        self.send(200, gzip.compress(text), Content_Encoding="gzip")

    def get_loop(self) -> None:
        self.send(302, Location="/loop2")

    def get_loop2(self) -> None:
        self.send(302, Location="/loop")

    def get_chain(self) -> None:
        number = int(self.path.partition("?")[2] or 0)
        self.send(302, Location=f"/chain?{number + 1}")

    def get_moved(self) -> None:
        self.send(301, Location="/a1")

    def get_to_file(self) -> None:
        self.send(302, Location="file:///etc/passwd")

    def get_to_private(self) -> None:
        self.send(302, Location="/private")

    def get_busy(self) -> None:
        self.send(429, Retry_After="120")

    def get_down(self) -> None:
        self.send(500)

    def get_flaky(self) -> None:
        if self.server.asked["/flaky"] <= self.server.cut:
            self.send(502)
        else:
            self.page("flaky")

    def get_pdf(self) -> None:
        self.send(200, b"%PDF-1.7", Content_Type="application/pdf")

    def get_empty(self) -> None:
        self.send(200, b"<html><body><p>Masuk</p></body></html>")

    def get_hang_up(self) -> None:
        self.connection.close()

    def get_latin(self) -> None:
        text = PAGE.format(title="Erdoğan", text=STORY, head="").encode("iso-8859-9")
        self.send(200, text, Content_Type="text/html; charset=ISO-8859-9")

    def get_canonical(self) -> None:
        self.page("kanon", '<link rel="canonical" href="https://korban.example/asli">')


@contextmanager
def serving() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
