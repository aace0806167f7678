"""Reading what stands at an address that somebody typed, without being led inside the network.

The name is looked up once, every address that it has must be a public one, and the
connection is made to the very address that was looked at, so that a second look-up can't
change it. Redirects are followed by hand and looked at in the same way. One deadline holds
for all of it, and the body is counted while it comes. Neither cookies nor the
environment's proxies play a part.

The address is a secret of whoever typed it: no error, and no log, holds any of it.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from string import punctuation
from time import monotonic
from urllib.parse import quote, urljoin, urlsplit

from keino_academy import __version__

MOST_REDIRECTS = 3
#: A calendar's ``webcal`` is ``https`` by another name.
_SCHEMES = {"http": "http", "https": "https", "webcal": "https", "webcals": "https"}
#: A service inside a network likes other ports.
PORTS = {"http": 80, "https": 443}
_REDIRECTS = {301, 302, 303, 307, 308}
_LONGEST = 4000
_CHUNK = 64 * 1024

_PUBLIC_V6 = IPv6Network("2000::/3")
#: Carries an IPv4 address in its last four bytes.
_NAT64 = IPv6Network("64:ff9b::/96")
#: Not the internet, whatever a version of Python's ``is_global`` says: protocols' own addresses, those
#: that carry another one (6to4, Teredo), and one at which a cloud's own computers answer (Azure).
_SPECIAL = [
    ip_network(text)
    for text in ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "2001::/23", "2002::/16", "3fff::/20")
]


class FetchError(Exception):
    """Nothing was read. ``code`` says why, and is safe to store, show and log.

    ``address`` (not one of ours to ask) · ``inward`` (not public) · ``unknown`` (no such name) ·
    ``unreachable`` · ``certificate`` · ``slow`` · ``large`` · ``redirects`` (too many, or to
    what is no address) · ``broken`` (not HTTP, or cut short) · ``status-404`` and the like.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Place:
    """A web address in parts; ``target`` is what stands after the host."""

    scheme: str
    host: str
    target: str

    @property
    def port(self) -> int:
        """The scheme's own."""
        return PORTS[self.scheme]

    @property
    def authority(self) -> str:
        """The host as addresses and headers write it."""
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def url(self) -> str:
        """The whole address."""
        return f"{self.scheme}://{self.authority}{self.target}"


def read_place(url: str) -> Place:
    """Take an address apart; raises :class:`FetchError` ``address`` unless it may be asked.

    It may be http, https or webcal, on the scheme's own port, without a user's name.
    """
    try:
        parts = urlsplit(url.strip())
        scheme = _SCHEMES[parts.scheme.lower()]
        host = (parts.hostname or "").encode("idna").decode()
        usual = parts.port in (None, PORTS[scheme])
    except (ValueError, KeyError, UnicodeError):
        raise FetchError("address") from None
    query = f"?{parts.query}" if parts.query else ""
    target = quote((parts.path or "/") + query, safe=punctuation)
    if not host or not usual or "@" in parts.netloc or len(url) > _LONGEST or not target.startswith("/"):
        raise FetchError("address")
    return Place(scheme, host, target)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address belongs to the internet, rather than to a computer or a network of somebody's own."""
    if isinstance(address, IPv6Address):
        if address in _NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        if address not in _PUBLIC_V6:
            return False
    special = any(address in network for network in _SPECIAL)
    return address.is_global and not address.is_multicast and not special


def fetch(url: str, *, most_bytes: int, seconds: float) -> bytes:
    """What stands at a public address, at most so many bytes, in at most so many seconds in all.

    Raises :class:`FetchError`.
    """
    until = monotonic() + seconds
    place = read_place(url)
    for _turn in range(MOST_REDIRECTS + 1):
        found = _ask(place, most_bytes, until)
        if isinstance(found, bytes):
            return found
        place = found
    raise FetchError("redirects")


def _ask(place: Place, most_bytes: int, until: float) -> bytes | Place:
    """The body, or where it is said to be."""
    peers = _look_up(place, until)
    late = threading.Event()
    try:
        with _connected(peers, place, until, late) as sock:
            connection = http.client.HTTPConnection(place.host, place.port)
            connection.sock = sock
            connection.request("GET", place.target, headers=_headers(place))
            with contextlib.closing(connection.getresponse()) as response:
                found = _answer(place, response, most_bytes)
    except ssl.SSLCertVerificationError:
        raise FetchError("certificate") from None
    except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
        if late.is_set() or isinstance(error, TimeoutError):
            raise FetchError("slow") from None
        raise FetchError("broken") from None
    if late.is_set():
        raise FetchError("slow")
    return found


def _look_up(place: Place, until: float) -> list[str]:
    """Every address of the name, all of them public; the resolver is not waited for beyond the deadline."""
    pool = ThreadPoolExecutor(1)
    asked = pool.submit(socket.getaddrinfo, place.host, place.port, type=socket.SOCK_STREAM)
    try:
        found = asked.result(timeout=max(0.0, until - monotonic()))
    except TimeoutError:
        raise FetchError("slow") from None
    except (OSError, UnicodeError):
        raise FetchError("unknown") from None
    finally:
        pool.shutdown(wait=False)
    peers = list(dict.fromkeys(str(peer[0]) for *_rest, peer in found))
    if not peers or not all(is_public(ip_address(peer)) for peer in peers):
        raise FetchError("inward")
    return peers


@contextlib.contextmanager
def _connected(
    peers: list[str], place: Place, until: float, late: threading.Event
) -> Iterator[socket.socket]:
    """A connection to one of the addresses; it is cut when time is up, whatever waits on it then.

    A timeout of the socket's own would begin anew with every byte.
    """
    with _dial(peers, place, until) as raw:
        sock = raw
        if place.scheme == "https":
            sock = trust().wrap_socket(raw, server_hostname=place.host, do_handshake_on_connect=False)

        def cut() -> None:
            late.set()
            with contextlib.suppress(OSError):
                # The plain socket's: that of TLS forgets its state, which the reader still holds.
                socket.socket.shutdown(sock, socket.SHUT_RDWR)

        timer = threading.Timer(max(0.0, until - monotonic()), cut)
        timer.daemon = True
        timer.start()
        try:
            if isinstance(sock, ssl.SSLSocket):
                sock.do_handshake()
            yield sock
        finally:
            timer.cancel()
            sock.close()


def _dial(peers: list[str], place: Place, until: float) -> socket.socket:
    """The first that answers; one that doesn't takes no more than its share of the time."""
    for number, peer in enumerate(peers):
        left = max(0.01, until - monotonic())
        with contextlib.suppress(OSError):
            sock = socket.create_connection((peer, place.port), timeout=left / (len(peers) - number))
            sock.settimeout(left)
            return sock
    raise FetchError("slow" if until <= monotonic() else "unreachable")


def trust() -> ssl.SSLContext:
    """Whose certificates are believed: the system's."""
    return ssl.create_default_context()


def _headers(place: Place) -> dict[str, str]:
    return {
        "Host": place.authority,
        "User-Agent": f"keino-academy/{__version__}",
        "Accept": "text/calendar, */*;q=0.1",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def _answer(place: Place, response: http.client.HTTPResponse, most_bytes: int) -> bytes | Place:
    if response.status in _REDIRECTS:
        return _follow(place, response.getheader("Location") or "")
    if response.status != 200:
        raise FetchError(f"status-{response.status}")
    return _body(response, most_bytes)


def _follow(place: Place, location: str) -> Place:
    """Where a redirect leads; never from https to http, where others could read the secret."""
    try:
        then = read_place(urljoin(place.url, location))
    except (FetchError, ValueError):
        raise FetchError("redirects") from None
    if not location or (place.scheme, then.scheme) == ("https", "http"):
        raise FetchError("redirects")
    return then


def _body(response: http.client.HTTPResponse, most_bytes: int) -> bytes:
    """The body, unpacked, and counted before and after that."""
    packed = (response.getheader("Content-Encoding") or "").lower() in {"gzip", "x-gzip"}
    unzip = zlib.decompressobj(zlib.MAX_WBITS | 16) if packed else None
    whole, taken = bytearray(), 0
    while chunk := response.read1(_CHUNK):
        taken += len(chunk)
        whole += unzip.decompress(chunk, most_bytes + 1 - len(whole)) if unzip else chunk
        if max(taken, len(whole)) > most_bytes:
            raise FetchError("large")
    if response.length or (unzip and not unzip.eof):
        raise http.client.IncompleteRead(b"")
    return bytes(whole)
