"""Fetch one address with bounds on everything: time, size, redirects, and whom it may reach."""

import socket
import ssl
import time
import typing
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import version
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpcore
import httpx

from kawat.errors import InputError

AGENT = f"kawat/{version('kawat')}"
HEAD_BYTES = 100_000
"""Bytes that status lines and headers of one answer may have beside its body."""
REDIRECTS = frozenset({301, 302, 303, 307, 308})
Address = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost, and whom it may reach."""

    seconds: float = 20.0
    """Of one request, from the start to the last byte."""
    max_bytes: int = 2_000_000
    """Of a body, both as it is sent and unpacked."""
    redirects: int = 5
    allow_private: bool = False
    """Whether private, loopback and other addresses that are not public may be reached."""
    agent: str = AGENT


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. `url` is where the last redirect led."""

    url: str
    status: int
    body: bytes
    kind: str
    """Media type in lower case, without parameters."""
    charset: str
    etag: str
    modified: str
    retry_after: str


class FetchError(InputError):
    """An address cannot be fetched. `lasting` if trying again later would be of no use."""

    def __init__(self, url: str, reason: str, *, lasting: bool = False) -> None:
        super().__init__(url, reason)
        self.lasting = lasting


class _Refused(Exception):  # noqa: N818  (only carries a reason to where the address is known)
    """A host that must not be reached, or bounds that were passed."""


def fetch(
    url: str, limits: Limits, *, etag: str = "", modified: str = "",
    before: Callable[[str], None] | None = None,
) -> Fetched:  # fmt: skip
    """Fetch an address, following redirects; any status is an answer.

    `etag` and `modified` of an earlier answer make the request conditional (status 304, no body).
    `before` is called with every address before it is asked, that of a redirect too, and may raise.

    Raises:
        FetchError: it is no public http(s) address, or the answer breaks a bound or the protocol.
    """
    deadline = time.monotonic() + limits.seconds
    asked: set[str] = set()
    here = url
    while True:
        address = _check_url(here, url)
        if here in asked:
            raise FetchError(url, "a redirect loop", lasting=True)
        if len(asked) > limits.redirects:
            raise FetchError(url, f"more than {limits.redirects} redirects", lasting=True)
        asked.add(here)
        if before:
            before(here)
            deadline = max(deadline, time.monotonic() + limits.seconds)  # it may have waited
        answer, location = _ask(address, url, limits, deadline, _conditions(etag, modified))
        if not location:
            return answer
        here = str(address.join(location))


def _conditions(etag: str, modified: str) -> dict[str, str]:
    found = {"If-None-Match": etag, "If-Modified-Since": modified}
    return {name: value for name, value in found.items() if value}


def _check_url(here: str, url: str) -> httpx.URL:
    try:
        address = httpx.URL(here)
    except httpx.InvalidURL as error:
        raise FetchError(url, f"no address: {error}", lasting=True) from None
    if address.scheme not in {"http", "https"} or not address.host:
        raise FetchError(url, f"{here[:80]!r} is no http address", lasting=True)
    if address.port is not None and not 0 < address.port < 65536:
        raise FetchError(url, f"no address: port {address.port}", lasting=True)
    if address.userinfo:
        raise FetchError(url, "an address with a password", lasting=True)
    return address


def _ask(
    address: httpx.URL, url: str, limits: Limits, deadline: float, conditions: dict[str, str]
) -> tuple[Fetched, str]:
    """One request without redirects: the answer, and where it sends us ("" if nowhere)."""
    headers = {
        "Host": address.netloc.decode("ascii"), "User-Agent": limits.agent,
        "Accept-Encoding": "gzip", "Accept": "*/*", "Connection": "close", **conditions,
    }  # fmt: skip
    target = httpcore.URL(
        scheme=address.raw_scheme, host=address.raw_host, port=address.port, target=address.raw_path
    )
    try:
        with (
            httpcore.ConnectionPool(network_backend=_Guard(limits, deadline)) as pool,
            pool.stream("GET", target, headers=list(headers.items())) as response,
        ):
            found = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in response.headers}
            location = found.get("location", "") if response.status in REDIRECTS else ""
            body = b"" if location else _read_body(response, found, limits)
    except _Refused as error:
        raise FetchError(url, str(error), lasting=True) from None
    except httpcore.TimeoutException:
        raise FetchError(url, f"took longer than {limits.seconds:g} seconds") from None
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise FetchError(url, f"cannot be fetched: {error or type(error).__name__}") from None
    kind, _, parameters = found.get("content-type", "").partition(";")
    return Fetched(
        str(address), response.status, body, kind.strip().lower(), _charset(parameters),
        found.get("etag", ""), found.get("last-modified", ""), found.get("retry-after", ""),
    ), location  # fmt: skip


def _read_body(response: httpcore.Response, headers: dict[str, str], limits: Limits) -> bytes:
    """The body, unpacked. No more of it is ever unpacked than may be kept."""
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding not in {"", "identity", "gzip", "x-gzip"}:
        raise _Refused(f"packed as {encoding[:20]!r}, which was not asked for")
    body = bytearray()
    unpacker = zlib.decompressobj(wbits=31) if "gzip" in encoding else None
    for chunk in typing.cast("Iterable[bytes]", response.stream):
        try:
            room = limits.max_bytes + 1 - len(body)
            body += unpacker.decompress(chunk, room) if unpacker else chunk
        except zlib.error as error:
            raise _Refused(f"broken gzip: {error}") from None
        if len(body) > limits.max_bytes:
            raise _Refused(f"larger than {limits.max_bytes / 1e6:g} MB")
    if unpacker and not unpacker.eof:
        raise _Refused("broken gzip: it ends early")
    return bytes(body)


def _charset(parameters: str) -> str:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'").lower()
    return ""


def is_public(address: Address) -> bool:
    """Return whether an address is one of the public internet, also behind another one's form.

    >>> [is_public(ip_address(a)) for a in ("93.184.216.34", "10.0.0.1", "::ffff:127.0.0.1")]
    [True, False, False]
    """
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast


_NAT64 = IPv6Network("64:ff9b::/96")


class _Guard(httpcore.NetworkBackend):
    """Connects only to addresses that may be reached: the one that was checked is the one used."""

    def __init__(self, limits: Limits, deadline: float) -> None:
        self._limits, self._deadline = limits, deadline
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        """Resolve, check, connect."""
        refused = None
        for address in _resolve(host, port):
            if not self._limits.allow_private and not is_public(address):
                refused = address
                continue
            stream = self._backend.connect_tcp(
                str(address), port, _left(self._deadline, timeout), local_address, socket_options
            )
            size = self._limits.max_bytes + HEAD_BYTES
            return _Bounded(stream, self._deadline, [size])
        raise _Refused(f"{host} is not a public address ({refused})")


def _resolve(host: str, port: int) -> list[Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise httpcore.ConnectError(f"the host {host[:80]!r} is not known") from None
    return [ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time is over")
    return left if timeout is None else min(left, timeout)


class _Bounded(httpcore.NetworkStream):
    """A stream that ends when the time is over, however slowly bytes drip, or after enough bytes.

    `room` is shared with the stream below TLS, so that it is counted once.
    """

    def __init__(self, stream: httpcore.NetworkStream, deadline: float, room: list[int]) -> None:
        self._stream, self._deadline, self._room = stream, deadline, room

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what is there."""
        data = self._stream.read(max_bytes, _left(self._deadline, timeout))
        self._room[0] -= len(data)
        if self._room[0] < 0:
            raise _Refused("more is sent than may be")
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all."""
        self._stream.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        """Close."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        """Speak TLS from here on."""
        secure = self._stream.start_tls(
            ssl_context, server_hostname, _left(self._deadline, timeout)
        )
        return _Bounded(secure, self._deadline, self._room)

    def get_extra_info(self, info: str) -> typing.Any:
        """Tell about the socket."""
        return self._stream.get_extra_info(info)
