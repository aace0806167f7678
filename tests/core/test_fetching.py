"""What is read at a stranger's address, over real sockets, and what it is never led to."""

import gzip
import socket
import ssl
import subprocess
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest

from keino_academy.core import fetching
from keino_academy.core.fetching import FetchError, fetch, is_public, read_place

MOST = 10_000
NAME = "calendar.example"

Answer = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """A server on 127.0.0.1 that answers as each test says, and remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append((self.path, dict(self.headers)))
                outer.answers[self.path](self)

            def log_message(self, *args: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.http.handle_error = lambda *_what: None  # type: ignore[method-assign]
        self.port = self.http.server_address[1]
        threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()


@pytest.fixture
def server(monkeypatch) -> Iterator[Server]:
    """The names of the tests lead to it; 127.0.0.1, and it alone, counts as public."""
    made = Server()
    monkeypatch.setitem(fetching.PORTS, "http", made.port)
    monkeypatch.setattr(fetching, "is_public", lambda address: str(address) == "127.0.0.1")
    resolve(monkeypatch, ["127.0.0.1"])
    yield made
    made.close()


def resolve(monkeypatch, *answers: list[str]) -> list[str]:
    """Let names lead to addresses: each look-up takes the next answer. Returns the names asked for."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: str, port: int, *how: int, **named: int) -> list[tuple]:
        if any(letter.isalpha() for letter in host):
            asked.append(host)
            numbers = answers[min(len(asked), len(answers)) - 1]
        else:
            numbers = [host]
        return [found for one in numbers for found in real(one, port, *how, **named)]

    monkeypatch.setattr(fetching.socket, "getaddrinfo", look_up)
    return asked


def says(body: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def leads_to(location: str, status: int = 302) -> Answer:
    return says(b"", status, Location=location)


def code_of(url: str, *, seconds: float = 5) -> str:
    with pytest.raises(FetchError) as caught:
        fetch(url, most_bytes=MOST, seconds=seconds)
    return caught.value.code


def test_what_stands_there_is_read(server):
    server.answers["/secret/basic.ics?x=1"] = says(b"BEGIN:VCALENDAR")
    url = f"http://{NAME}/secret/basic.ics?x=1#part"
    assert fetch(url, most_bytes=MOST, seconds=5) == b"BEGIN:VCALENDAR"
    [(path, headers)] = server.asked
    assert path == "/secret/basic.ics?x=1"
    assert headers["Host"] == NAME
    assert set(headers) == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}


def test_what_is_packed_is_unpacked(server):
    server.answers["/"] = says(gzip.compress(b"calendar" * 1000, mtime=0), Content_Encoding="gzip")
    assert fetch(f"http://{NAME}", most_bytes=MOST, seconds=5) == b"calendar" * 1000


def test_a_body_of_exactly_the_limit_is_read(server):
    server.answers["/"] = says(b"x" * MOST)
    assert len(fetch(f"http://{NAME}", most_bytes=MOST, seconds=5)) == MOST


@pytest.mark.parametrize(
    "url",
    [
        "", "calendar.example", "file:///etc/passwd", "ftp://calendar.example/a", "gopher://calendar.example/",
        "javascript:alert(1)", "http://", "http:///a", "https://calendar.example:8443/", "http://calendar.example:22/",
        "https://calendar.example:80/", "https://name:word@calendar.example/", "https://public.example\\@127.0.0.1/",
        "http://[::1", "http://a..b/", "https://calendar.example/" + "a" * 5000, "http://calendar.example:x/",
    ],
)  # fmt: skip
def test_what_is_no_address_to_ask_is_not_asked(url, monkeypatch):
    asked = resolve(monkeypatch, ["8.8.8.8"])
    assert code_of(url) == "address"
    assert asked == []


def test_a_calendar_s_own_scheme_is_https():
    assert read_place("webcal://Calendar.example/ä b").url == "https://calendar.example/%C3%A4%20b"
    assert read_place("https://kalenteri-ä.example:443").url == "https://xn--kalenteri--z5a.example/"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2a00:1450:4001:80b::200e", True), ("64:ff9b::808:808", True),
        ("127.0.0.1", False), ("127.1.2.3", False), ("0.0.0.0", False), ("10.0.0.1", False),
        ("172.16.0.1", False), ("192.168.1.1", False), ("169.254.169.254", False), ("100.64.0.1", False),
        ("100.100.100.200", False), ("192.0.0.192", False), ("198.18.0.1", False), ("224.0.0.1", False),
        ("239.1.1.1", False), ("240.0.0.1", False), ("255.255.255.255", False), ("168.63.129.16", False),
        ("::", False), ("::1", False), ("::ffff:127.0.0.1", False), ("::ffff:8.8.8.8", False), ("::7f00:1", False),
        ("fe80::1", False), ("fe80::1%eth0", False), ("fc00::1", False), ("fd00:ec2::254", False), ("fec0::1", False),
        ("ff02::1", False), ("2001:db8::1", False), ("2002:7f00:1::", False), ("2001:0:7f00:1::", False),
        ("64:ff9b::7f00:1", False), ("64:ff9b::a9fe:a9fe", False), ("64:ff9b:1::1", False),
    ],
)  # fmt: skip
def test_which_addresses_belong_to_the_internet(address, public):
    assert is_public(ip_address(address)) is public


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://0/",
        "http://2130706433/", "http://0x7f.1/", "http://127.1/", "http://169.254.169.254/latest/meta-data/",
        "https://10.0.0.1/", "http://[fe80::1]/",
    ],
)  # fmt: skip
def test_an_address_inside_is_not_connected_to(url, monkeypatch):
    """By the system's own look-up, in every spelling that it knows."""
    monkeypatch.setattr(fetching.socket, "create_connection", lambda *_a, **_k: pytest.fail("connected"))
    assert code_of(url) == "inward"


def test_one_address_inside_spoils_a_name(monkeypatch):
    monkeypatch.setattr(fetching.socket, "create_connection", lambda *_a, **_k: pytest.fail("connected"))
    resolve(monkeypatch, ["8.8.8.8", "10.0.0.1"])
    assert code_of(f"http://{NAME}/") == "inward"


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(server, monkeypatch):
    """A name that answers with another address the second time leads nowhere else."""
    asked = resolve(monkeypatch, ["127.0.0.1"], ["127.0.0.2"])
    connected: list[tuple[str, int]] = []
    connect = socket.create_connection

    def note(address: tuple[str, int], **how: object) -> socket.socket:
        connected.append(address)
        return connect(address, **how)

    monkeypatch.setattr(fetching.socket, "create_connection", note)
    server.answers["/"] = says(b"one")
    assert fetch(f"http://{NAME}/", most_bytes=MOST, seconds=5) == b"one"
    assert (asked, connected) == ([NAME], [("127.0.0.1", server.port)])


def test_a_name_that_moves_inside_between_two_questions_is_refused(server, monkeypatch):
    resolve(monkeypatch, ["127.0.0.1"], ["10.0.0.1"])
    server.answers["/"] = leads_to(f"http://{NAME}/again")
    assert code_of(f"http://{NAME}/") == "inward"
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://127.0.0.2/", "inward"), ("http://169.254.169.254/latest/", "inward"), ("http://[::1]/", "inward"),
        ("//10.0.0.1/", "inward"), ("file:///etc/passwd", "redirects"), ("gopher://x/", "redirects"),
        ("http://name:word@calendar.example/", "redirects"), ("http://calendar.example:22/", "redirects"),
        ("", "redirects"), ("http://[", "redirects"),
    ],
)  # fmt: skip
def test_a_redirect_is_looked_at_like_an_address(server, location, code):
    server.answers["/"] = leads_to(location)
    assert code_of(f"http://{NAME}/") == code
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_three_times(server, status):
    for number in range(4):
        server.answers[f"/{number}"] = leads_to(f"/{number + 1}", status)
    server.answers["/4"] = says(b"here")
    assert fetch(f"http://{NAME}/1", most_bytes=MOST, seconds=5) == b"here"
    assert code_of(f"http://{NAME}/0") == "redirects"


@pytest.mark.parametrize("status", [204, 304, 401, 404, 410, 500, 503])
def test_other_answers_are_told_by_their_number(server, status):
    server.answers["/"] = says(b"", status)
    assert code_of(f"http://{NAME}/") == f"status-{status}"


def test_too_much_is_not_read(server):
    server.answers["/"] = says(b"x" * (MOST + 1))
    assert code_of(f"http://{NAME}/") == "large"


def test_a_body_that_never_ends_is_left_when_it_is_too_much(server):
    sent: list[int] = []

    def pours(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            sent.append(handler.wfile.write(b"x" * 1000))

    server.answers["/"] = pours
    assert code_of(f"http://{NAME}/") == "large"


def test_a_packed_bomb_is_left_when_it_is_too_much(server):
    bomb = gzip.compress(b"0" * 50_000_000, mtime=0)
    server.answers["/"] = says(bomb, Content_Encoding="gzip")
    tracemalloc.start()
    with pytest.raises(FetchError, match="large"):
        fetch(f"http://{NAME}/", most_bytes=len(bomb) * 2, seconds=5)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


@pytest.mark.parametrize("what", ["body", "headers", "status line", "nothing", "chunks"])
def test_whoever_drips_is_cut_off_in_time(server, what):
    """Each byte comes before any time-out between two bytes; only all of them together take too long."""

    def drips(handler: BaseHTTPRequestHandler) -> None:
        start = {
            "body": b"HTTP/1.1 200 OK\r\n\r\n",
            "chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            "headers": b"HTTP/1.1 200 OK\r\nX-Slow: ",
            "status line": b"HTTP/1.1 200 ",
            "nothing": b"",
        }[what]
        handler.wfile.write(start)
        while what != "nothing":
            handler.wfile.write(b"1\r\nx\r\n" if what == "chunks" else b"x")
            time.sleep(0.1)
        time.sleep(5)

    server.answers["/"] = drips
    began = time.monotonic()
    assert code_of(f"http://{NAME}/", seconds=0.6) == "slow"
    assert time.monotonic() - began < 2


def test_the_deadline_holds_for_all_redirects_together(server):
    def waits(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(0.4)
        leads_to("/")(handler)

    server.answers["/"] = waits
    began = time.monotonic()
    assert code_of(f"http://{NAME}/", seconds=0.6) == "slow"
    assert time.monotonic() - began < 1.5


def test_a_resolver_that_does_not_answer_is_not_waited_for(monkeypatch):
    over = threading.Event()
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *_a, **_k: over.wait(10) and [])
    began = time.monotonic()
    assert code_of(f"http://{NAME}/", seconds=0.3) == "slow"
    assert time.monotonic() - began < 2
    over.set()


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"calendar" * 100, mtime=0)[:-9],
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot packed",
        b"SSH-2.0-OpenSSH_9.2p1\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
    ],
)
def test_what_is_cut_short_or_no_http_is_not_taken(server, raw):
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(raw)

    server.answers["/"] = answer
    assert code_of(f"http://{NAME}/") == "broken"


def test_a_name_that_nobody_has(monkeypatch):
    def fails(*_what: object, **_how: object) -> None:
        raise socket.gaierror(-2, f"Name {NAME} not known")

    monkeypatch.setattr(fetching.socket, "getaddrinfo", fails)
    assert code_of(f"http://{NAME}/") == "unknown"


def test_a_server_that_is_not_there(server):
    server.close()
    assert code_of(f"http://{NAME}/") == "unreachable"


def test_a_second_address_is_tried_when_the_first_does_not_answer(server, monkeypatch):
    monkeypatch.setattr(fetching, "is_public", lambda _address: True)
    resolve(monkeypatch, ["127.0.0.9", "127.0.0.1"])
    server.answers["/"] = says(b"second")
    assert fetch(f"http://{NAME}/", most_bytes=MOST, seconds=5) == b"second"


def test_the_environment_s_proxy_plays_no_part(server, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.9:1/")
    server.answers["/"] = says(b"direct")
    assert fetch(f"http://{NAME}/", most_bytes=MOST, seconds=5) == b"direct"


def test_the_address_is_in_no_error_and_no_log(server, caplog):
    caplog.set_level("DEBUG")
    server.answers["/topsecret.ics"] = says(b"", 404)
    with pytest.raises(FetchError) as caught:
        fetch(f"http://{NAME}/topsecret.ics", most_bytes=MOST, seconds=5)
    seen = [caught.value, caught.value.__cause__, *caught.value.args]
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    assert not any("secret" in str(thing) or NAME in str(thing) for thing in seen)
    assert "secret" not in caplog.text


@pytest.fixture
def secure(server, tmp_path, monkeypatch) -> Iterator[Server]:
    """A server with a certificate for the tests' name, which is believed."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = (
        f"openssl req -x509 -newkey rsa:2048 -nodes -keyout {key} -out {certificate} -days 2 -subj /CN={NAME} "
        f"-addext subjectAltName=DNS:{NAME}"
    )
    subprocess.run(command.split(), check=True, capture_output=True)
    made = Server()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    made.http.socket = context.wrap_socket(made.http.socket, server_side=True, do_handshake_on_connect=False)
    monkeypatch.setitem(fetching.PORTS, "https", made.port)
    monkeypatch.setattr(fetching, "trust", lambda: ssl.create_default_context(cafile=str(certificate)))
    yield made
    made.close()


def test_a_certificate_is_checked_by_the_name_though_the_address_is_pinned(secure):
    secure.answers["/"] = says(b"BEGIN:VCALENDAR")
    assert fetch(f"webcal://{NAME}/", most_bytes=MOST, seconds=5) == b"BEGIN:VCALENDAR"
    assert secure.asked[0][1]["Host"] == NAME
    assert code_of("https://other.example/") == "certificate"


def test_an_unknown_certificate_is_not_believed(secure, monkeypatch):
    monkeypatch.setattr(fetching, "trust", ssl.create_default_context)
    assert code_of(f"https://{NAME}/") == "certificate"
    assert secure.asked == []


def test_nothing_leads_from_https_to_http(secure, server):
    secure.answers["/"] = leads_to(f"http://{NAME}/")
    server.answers["/"] = leads_to(f"https://{NAME}/calendar")
    secure.answers["/calendar"] = says(b"safe")
    assert code_of(f"https://{NAME}/") == "redirects"
    assert server.asked == []
    assert fetch(f"http://{NAME}/", most_bytes=MOST, seconds=5) == b"safe"


def test_a_handshake_that_never_comes_is_cut_off(server, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setitem(fetching.PORTS, "https", silent.getsockname()[1])
        began = time.monotonic()
        assert code_of(f"https://{NAME}/", seconds=0.5) == "slow"
        assert time.monotonic() - began < 2
